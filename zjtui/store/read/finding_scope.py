"""What every query of findings shares: whose projects, on which day, by which thresholds."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from zjtui.domain.finding import CLOSED_STAGES
from zjtui.domain.limits import LIMITS, Limits
from zjtui.domain.region import subtree
from zjtui.domain.report_due import last_due
from zjtui.store.changes import WORKED_ON
from zjtui.store.read import on_day
from zjtui.store.undone import STANDS

ACTIVE = "'preparatory', 'ready', 'building'"  # the stages in which somebody has to look after a project
CLOSED = ", ".join(f"'{stage}'" for stage in CLOSED_STAGES)
PLAN = (
    "(SELECT coalesce(adjusted_invest, plan_invest) FROM annual_plan WHERE project_uid = p.uid AND year = :year) "
    "AS plan"
)
HEAD = f"p.uid AS project_uid, p.name AS project, {PLAN}"
CURRENT = on_day.CONTACT.format("c")
LARGEST = "SELECT id FROM standing INDEXED BY standing_plan WHERE year = :year AND plan >= :least"
MINE = f"SELECT c.project_uid FROM contact c WHERE c.person_uid = :person AND {CURRENT}"
# The day of the last entry about a problem or a service that stands (store/undone.py); what was loaded as a whole says
# nothing about anybody's work.
# By which index the rows of a project are found: left to itself, the planner takes one on states for a small scope too.
_BY_PROJECT = {
    "annual_plan": "annual_plan_key", "monthly_report": "monthly_report_key", "contact": "contact_seen",
    "follow_up": "follow_up_project", "policy_match": "policy_match_key",
}  # fmt: skip
TOUCHED = (
    "(SELECT substr(change.at, 1, 10) FROM change INDEXED BY change_worked WHERE change.uid = {0}.uid "
    f"AND {WORKED_ON} AND {STANDS} ORDER BY change.seq DESC LIMIT 1)"
)


@dataclass(frozen=True)
class Scope:
    """Whose findings: those of one person's projects and issues, of a region with all it contains, or all."""

    person: str = ""
    region: str = ""
    project: str = ""  # its uid
    least: int = 0  # the plan of the year, in yuan, of the smallest projects that are looked at


@dataclass(frozen=True)
class Asked:
    """Who asks for what, on which day, by which thresholds; `viewer` sees what is set aside for him.

    `known` keeps what was found out about the register for as long as this is asked: which kinds have something set
    aside, which fields are usually filled in.
    """

    today: date
    scope: Scope = Scope()
    viewer: str = ""
    limits: Limits = field(default_factory=lambda: LIMITS)
    profile: str = "points"  # of the progress light
    known: dict[str, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    def day(self, offset: float) -> str:
        """Return the day `offset` days from today."""
        return (self.today + timedelta(days=int(offset))).isoformat()

    @property
    def projects(self) -> str:
        """The projects `p` as a source: those of a person, and a single one, are found by their uids."""
        if self.scope.person or self.scope.project:
            return "project p INDEXED BY sqlite_autoindex_project_1"
        if self.scope.least:
            return "project p NOT INDEXED"  # by their local ids
        return "project p INDEXED BY project_facets" if self.scope.region else "project p"

    @property
    def where(self) -> str:
        """Which projects `p` are meant; suspended, withdrawn and archived ones never are."""
        parts = [f"p.stage NOT IN ({CLOSED})"]
        if self.scope.person:
            parts.append(f"p.uid IN ({MINE})")
        if self.scope.project:
            parts.append("p.uid = :project")
        if self.scope.least:
            parts.append(f"p.id IN ({LARGEST})")
        if self.scope.region:
            parts.append("p.region_code BETWEEN :region_from AND :region_to")
        return " AND ".join(parts)

    def hanging(self, table: str, alias: str = "t", *, index: str = "", without: str = CLOSED) -> tuple[str, str]:
        """Return the source and the condition of the rows of `table` that hang on the projects asked for.

        From a few projects outwards; of all, every row but those of the few projects that are left alone.
        """
        rows = f"{table} {alias}"
        if self.scope == Scope():
            rows += f" INDEXED BY {index}" if index else ""
            return rows, f"{alias}.project_uid NOT IN (SELECT uid FROM project WHERE stage IN ({without}))"
        rows += f" INDEXED BY {index or _BY_PROJECT.get(table, f'{table}_project')}"
        source = f"{self.projects} CROSS JOIN {rows} ON {alias}.project_uid = p.uid"
        return source, f"{self.where} AND p.stage NOT IN ({without})"

    def kept(self, table: str, alias: str, *, without: str = CLOSED) -> tuple[str, str]:
        """Return the same of a table that is kept of projects by their local ids."""
        if self.scope == Scope():
            return f"{table} {alias}", f"{alias}.id NOT IN (SELECT id FROM project WHERE stage IN ({without}))"
        source = f"{self.projects} CROSS JOIN {table} {alias} ON {alias}.id = p.id"
        return source, f"{self.where} AND p.stage NOT IN ({without})"

    @property
    def aside(self) -> frozenset[str]:
        """The kinds of which something is set aside."""
        found: frozenset[str] = self.known.get("aside", frozenset())
        return found

    @property
    def values(self) -> dict[str, Any]:
        """What the queries are bound to."""
        first, last = subtree(self.scope.region) if self.scope.region else ("", "")
        return {
            "today": self.today.isoformat(),
            "day": self.today.isoformat(),
            "year": self.today.year,
            "month": self.today.strftime("%Y-%m"),
            "person": self.scope.person,
            "project": self.scope.project,
            "least": self.scope.least,
            "viewer": self.viewer,
            "region_from": first,
            "region_to": last,
        }

    def last_month_due(self) -> tuple[int, int]:
        """Return the newest month whose report is due by now."""
        return last_due(self.today, self.limits["report_day"])


def as_day(text: str | None) -> date | None:
    """Return a stored day."""
    return date.fromisoformat(text) if text else None
