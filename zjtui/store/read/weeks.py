"""What is planned, agreed, due and done on the days of some weeks, read side by side from the records themselves."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from zjtui.domain.codes import Codes
from zjtui.domain.element import ELEMENTS
from zjtui.domain.follow_up import FORMS
from zjtui.domain.issue_codes import OPEN_STATES as OPEN_ISSUES
from zjtui.domain.limits import Limits
from zjtui.domain.region import subtree
from zjtui.domain.service import Service
from zjtui.domain.service_clock import shown
from zjtui.domain.service_codes import KINDS as SERVICES
from zjtui.domain.service_codes import OPEN_STATES as OPEN_SERVICES
from zjtui.i18n import N_
from zjtui.store.rows import decode
from zjtui.store.sqlite import Connection

KINDS = Codes(
    planned=N_("week|Planned visit"), agreed=N_("week|Agreed next visit"), issue=N_("week|Problem due"),
    promise=N_("week|Promise due"), service=N_("week|Service due"), element=N_("week|Element needed"),
    visit=N_("week|Visited"),
)  # fmt: skip
_OPEN_ISSUES = ", ".join(f"'{state}'" for state in OPEN_ISSUES if state != "solved")
_OPEN_SERVICES = ", ".join(f"'{state}'" for state in OPEN_SERVICES)


@dataclass(frozen=True)
class WeekQuery:
    """Which days, and of which projects: those that `mine` contacts or visits, and of a region."""

    since: date
    until: date
    mine: str = ""
    region: str = ""


@dataclass(frozen=True)
class Entry:
    """One line of a day: a record, what it means on that day, and whether it is done."""

    day: date
    kind: str  # one of KINDS
    entity: str
    uid: str
    project_uid: str
    project: str
    text: str
    done: bool = False
    left: tuple[int, str] | None = None  # of a promise: the days left on its own clock, and how they are counted


_Tell = Callable[[Any], str]
# kind: (entity, its day, condition, what is told of it, whether it is done)
_SOURCES: dict[str, tuple[str, str, str, _Tell, str]] = {
    "planned": ("visit_plan", "day", "1", lambda row: " · ".join(filter(None, (row["who"], row["purpose"]))),
                "EXISTS (SELECT 1 FROM follow_up f WHERE f.project_uid = t.project_uid AND f.visit_date = t.day)"),
    "agreed": ("follow_up", "next_visit", "NOT EXISTS (SELECT 1 FROM follow_up f WHERE f.project_uid = t.project_uid "
               "AND (f.visit_date, f.id) > (t.visit_date, t.id))", lambda row: str(row["findings"]), "0"),
    "issue": ("issue", "due_on", f"t.state IN ({_OPEN_ISSUES})", lambda row: str(row["title_text"]), "0"),
    "promise": ("promise", "due_on", "t.state = 'open'", lambda row: str(row["text"]), "0"),
    "element": ("element_need", "needed_by", "t.state NOT IN ('secured', 'rejected')",
                lambda row: str(ELEMENTS.label(row["element"])), "0"),
    "visit": ("follow_up", "visit_date", "1",
              lambda row: f"{FORMS.label(row['form'])} · {row['findings']}", "1"),
}  # fmt: skip


def entries(connection: Connection, query: WeekQuery, limits: Limits, today: date) -> list[Entry]:
    """Return the lines of all days of `query`, day by day, what is open before what is done."""
    found = [*_dated(connection, query), *_services(connection, query, limits, today)]
    order = list(KINDS)
    return sorted(found, key=lambda entry: (entry.day, entry.done, order.index(entry.kind), entry.project, entry.uid))


def _dated(connection: Connection, query: WeekQuery) -> Iterator[Entry]:
    scope, values = _scope(query)
    for kind, (entity, day, condition, tell, done) in _SOURCES.items():
        for row in connection.execute(
            f"SELECT t.*, {done} AS is_done, p.name AS project FROM {entity} t JOIN project p ON p.uid = t.project_uid "
            f"WHERE t.{day} BETWEEN :since AND :until AND {condition} AND {scope}",
            values,
        ):
            yield Entry(
                date.fromisoformat(row[day]), kind, entity, row["uid"], row["project_uid"], row["project"], tell(row),
                bool(row["is_done"]),
            )  # fmt: skip


def _services(connection: Connection, query: WeekQuery, limits: Limits, today: date) -> Iterator[Entry]:
    """Yield the services that are not decided and whose promise ends on one of the days: the clock says which."""
    scope, values = _scope(query)
    for row in connection.execute(
        "SELECT t.*, p.name AS project FROM service t JOIN project p ON p.uid = t.project_uid "
        f"WHERE t.state IN ({_OPEN_SERVICES}) AND t.decided_on IS NULL AND {scope}",
        values,
    ):
        clock = shown(decode(Service, row), today, limits)
        due, left = clock["due_on"], (clock["days_left"], row["basis"])
        if due and query.since <= due <= query.until:
            label = SERVICES.label(row["kind"])
            yield Entry(due, "service", "service", row["uid"], row["project_uid"], row["project"], label, left=left)


def _scope(query: WeekQuery) -> tuple[str, dict[str, Any]]:
    parts = ["1"]
    values: dict[str, Any] = {"since": query.since.isoformat(), "until": query.until.isoformat()}
    if query.mine:
        parts.append("p.uid IN (SELECT project_uid FROM contact WHERE person_uid = :mine AND to_date IS NULL)")
        values["mine"] = query.mine
    if query.region:
        parts.append("p.region_code BETWEEN :region_from AND :region_to")
        values["region_from"], values["region_to"] = subtree(query.region)
    return " AND ".join(parts), values


def monday(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())
