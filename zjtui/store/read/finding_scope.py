"""What every query of findings shares: whose projects, on which day, by which thresholds, and the row it returns."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from zjtui.domain.actions import FOUNDATIONS
from zjtui.domain.finding import CLOSED_STAGES, Finding
from zjtui.domain.limits import LIMITS, Limits
from zjtui.domain.region import subtree
from zjtui.domain.report_due import last_due
from zjtui.store.read import on_day
from zjtui.store.sqlite import Connection

ACTIVE = "'preparatory', 'ready', 'building'"  # the stages in which somebody has to look after a project
_CLOSED = ", ".join(f"'{stage}'" for stage in CLOSED_STAGES)
_FOUNDATIONS = ", ".join(f"'{action}'" for action in FOUNDATIONS)
PLAN = (
    "(SELECT coalesce(adjusted_invest, plan_invest) FROM annual_plan WHERE project_uid = p.uid AND year = :year) "
    "AS plan"
)
HEAD = f"p.uid AS project_uid, p.name AS project, {PLAN}"
CURRENT = on_day.CONTACT.format("c")
MINE = f"SELECT c.project_uid FROM contact c WHERE c.person_uid = :person AND {CURRENT}"
# The day of a record's last entry in the log; what was loaded as a whole says nothing about anybody's work.
TOUCHED = (
    "(SELECT substr(at, 1, 10) FROM deed WHERE uid = {0}.uid AND action NOT IN ("
    + _FOUNDATIONS
    + ") ORDER BY seq DESC LIMIT 1)"
)


@dataclass(frozen=True)
class Scope:
    """Whose findings: those of one person's projects and issues, of a region with all it contains, or all."""

    person: str = ""
    region: str = ""
    project: str = ""  # its uid


@dataclass(frozen=True)
class Asked:
    """Who asks for what, on which day, by which thresholds; `viewer` sees what is set aside for him."""

    today: date
    scope: Scope = Scope()
    viewer: str = ""
    limits: Limits = field(default_factory=lambda: LIMITS)
    profile: str = "points"  # of the progress light

    def day(self, offset: float) -> str:
        """Return the day `offset` days from today."""
        return (self.today + timedelta(days=int(offset))).isoformat()

    @property
    def where(self) -> str:
        """Which projects `p` are meant; suspended, withdrawn and archived ones never are."""
        parts = [f"p.stage NOT IN ({_CLOSED})"]
        if self.scope.person:
            parts.append(f"p.uid IN ({MINE})")
        if self.scope.project:
            parts.append("p.uid = :project")
        if self.scope.region:
            parts.append("p.region_code BETWEEN :region_from AND :region_to")
        return " AND ".join(parts)

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
            "region_from": first,
            "region_to": last,
        }

    def last_month_due(self) -> tuple[int, int]:
        """Return the newest month whose report is due by now."""
        return last_due(self.today, self.limits["report_day"])


def of_projects(connection: Connection, asked: Asked, table: str, fields: str, condition: str, **more: Any) -> Any:
    """Return the rows of `table` (called t) of the projects asked for.

    The projects are always the outer loop: from a few outwards, or all of them in the order in which they are stored.
    """
    return connection.execute(
        f"SELECT {HEAD}, t.uid, {fields} FROM project p CROSS JOIN {table} t ON t.project_uid = p.uid "
        f"WHERE {asked.where} AND {condition}",
        {**asked.values, **more},
    )


def of_issues(connection: Connection, asked: Asked, fields: str, condition: str, **more: Any) -> Iterator[Any]:
    """Yield issues of the projects asked for, and those of other projects that the person is in charge of."""
    yield from of_projects(connection, asked, "issue", fields, condition, **more)
    if asked.scope.person:
        yield from connection.execute(
            f"SELECT {HEAD}, t.uid, {fields} FROM issue t CROSS JOIN project p ON p.uid = t.project_uid "
            f"WHERE t.owner_person = :person AND p.stage NOT IN ({_CLOSED}) AND p.uid NOT IN ({MINE}) AND {condition}",
            {**asked.values, **more},
        )


def found(asked: Asked, kind: str, row: Any, about: str, uid: str, due: date | None = None, **more: Any) -> Finding:
    """Return a row as a finding; what was due before today is overdue."""
    overdue = max((asked.today - due).days, 0) if due else 0
    return Finding(kind, row["project_uid"], row["project"], about, uid, due, overdue, plan=row["plan"] or 0, **more)


def as_day(text: str | None) -> date | None:
    """Return a stored day."""
    return date.fromisoformat(text) if text else None
