"""The lights of single projects, read for a page or a list at a time; each says why it is on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zjtui.domain import lights
from zjtui.domain.dates import previous_month
from zjtui.domain.issue_codes import OPEN_STATES
from zjtui.domain.lights import Light
from zjtui.domain.limits import LIMITS, Limits
from zjtui.store.sqlite import Connection

_OPEN = ", ".join(f"'{state}'" for state in OPEN_STATES if state != "solved")
_QUERY = (
    "SELECT p.uid, p.id, p.stage, p.real_start, p.stat_in, a.year_class, a.plan_start_month, s.plan, "
    "s.d{month} AS done, s.x{month} AS expected, "
    "(SELECT min(due_on) FROM issue WHERE project_uid = p.uid AND state IN (" + _OPEN + ")) AS due, "
    "(SELECT min(found_on) FROM issue WHERE project_uid = p.uid AND severity = 'blocking' AND state IN ("
    + _OPEN
    + ")) AS blocked, "
    "(SELECT count(*) FROM monthly_report WHERE project_uid = p.uid AND month BETWEEN :first AND :month "
    "AND state IN ('submitted', 'approved')) AS reported, "
    "(SELECT submitted_on FROM monthly_report WHERE project_uid = p.uid AND month = :month) AS submitted "
    "FROM project p LEFT JOIN annual_plan a ON a.project_uid = p.uid AND a.year = :year "
    "LEFT JOIN standing s ON s.id = p.id AND s.year = :year WHERE p.uid IN ({marks})"
)


@dataclass(frozen=True)
class Judge:
    """By which day, profile and thresholds the lights are judged; money up to the last month that is over."""

    today: date
    profile: str = "points"
    limits: Limits = field(default_factory=lambda: LIMITS)

    @property
    def month(self) -> tuple[int, int]:
        """The last month that is over."""
        return previous_month(self.today.year, self.today.month)


def of_projects(connection: Connection, uids: Sequence[str], judge: Judge) -> dict[str, list[Light]]:
    """Return the lights of projects by uid, in the order of `lights.KINDS`."""
    year, month = judge.month
    marks = ", ".join(f":u{number}" for number in range(len(uids)))
    values = {f"u{number}": uid for number, uid in enumerate(uids)}
    rows = connection.execute(
        _QUERY.format(month=month, marks=marks),
        {**values, "year": year, "month": f"{year}-{month:02}", "first": f"{year}-01"},
    )
    return {row["uid"]: _lights(row, judge) for row in rows}


def overall(connection: Connection, uids: Sequence[str], judge: Judge) -> dict[str, Light]:
    """Return the overall light of projects by uid."""
    found = of_projects(connection, uids, judge)
    marks = ", ".join("?" * len(uids))
    stages = {
        row[0]: row[1] for row in connection.execute(f"SELECT uid, stage FROM project WHERE uid IN ({marks})", uids)
    }
    return {uid: lights.overall(stages[uid], items) for uid, items in found.items()}


def _lights(row: Any, judge: Judge) -> list[Light]:
    today, limits = judge.today, judge.limits
    year, month = judge.month
    begun, entered = _day(row["real_start"]), _day(row["stat_in"])
    found = [lights.progress(row["done"] or 0, row["expected"] or 0, row["plan"] or 0, judge.profile, limits)]
    planned = row["plan_start_month"] if row["year_class"] == "new_start" else None
    found += [
        light
        for light in (lights.start(planned, begun, today, limits), lights.statistics(begun, entered, today, limits))
        if light
    ]
    due, blocked = _day(row["due"]), _day(row["blocked"])
    found.append(lights.issues(_since(due, today), _since(blocked, today), limits))
    if begun and row["stage"] == "building" and row["plan"] is not None:
        first = begun.month if begun.year == year else 1
        missing = max(month - first + 1 - row["reported"], 0) if begun <= date(year, month, 28) else 0
        limit = date(today.year, today.month, int(limits.get("report_day", 5)))
        submitted = _day(row["submitted"])
        found.append(
            lights.reports(
                missing if today > limit else max(missing - 1, 0), bool(submitted and submitted > limit), limits
            )
        )
    return found


def _since(day: date | None, today: date) -> int:
    return max((today - day).days, 0) if day else 0


def _day(text: str | None) -> date | None:
    """Return a full day; of a day that is known by its month only, its first."""
    return date.fromisoformat((text + "-01-01")[:10]) if text else None
