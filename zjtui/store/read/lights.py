"""The lights of single projects, read for a page or a list at a time; each says why it is on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zjtui.domain import lights, report_due
from zjtui.domain.lights import Light
from zjtui.domain.limits import LIMITS, Limits
from zjtui.domain.month import previous_month
from zjtui.store.read import on_day
from zjtui.store.sqlite import Connection
from zjtui.store.standing import counted

_UNSOLVED = on_day.UNSOLVED.format("i")
_QUERY = (
    "SELECT p.uid, p.id, p.stage, p.real_start, p.real_end, p.stat_in, p.stage_on, a.year_class, "
    "a.plan_start_month, s.plan, s.planned, s.d{month} AS done, s.x{month} AS expected, "
    "(SELECT min(i.due_on) FROM issue i WHERE i.project_uid = p.uid AND " + _UNSOLVED + ") AS due, "
    "(SELECT min(i.found_on) FROM issue i WHERE i.project_uid = p.uid AND i.severity = 'blocking' AND "
    + _UNSOLVED
    + ") AS blocked, "
    "(SELECT group_concat(month) FROM monthly_report WHERE project_uid = p.uid AND month BETWEEN :first AND :month "
    "AND " + counted() + " AND coalesce(submitted_on, '') <= :day) AS reported, "
    "(SELECT submitted_on FROM monthly_report WHERE project_uid = p.uid AND month = :month AND "
    + counted()
    + ") AS submitted "
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
        {
            **values,
            "year": year,
            "month": f"{year}-{month:02}",
            "first": f"{year}-01",
            "day": judge.today.isoformat(),
        },
    )
    return {row["uid"]: _lights(row, judge) for row in rows}


def overall(connection: Connection, uids: Sequence[str], judge: Judge) -> dict[str, Light]:
    """Return the overall light of projects by uid."""
    return {uid: lights.overall(items) for uid, items in of_projects(connection, uids, judge).items()}


def _lights(row: Any, judge: Judge) -> list[Light]:
    today, limits = judge.today, judge.limits
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
    if row["planned"] and row["stage"] == "building":
        found.append(_reports(row, judge))
    withdrawn = row["stage_on"] or ""
    stage = "" if row["stage"] == "withdrawn" and withdrawn > today.isoformat() else row["stage"]
    return lights.judged(stage, found)


def _reports(row: Any, judge: Judge) -> Light:
    """Return the light of the reports: of the months that are due by the day (domain/report_due.py)."""
    year, month = judge.month
    report_day = judge.limits["report_day"]
    reported = (row["reported"] or "").split(",")
    months = report_due.months_due(year, month, row["real_start"], row["real_end"], row["stage"])
    due = report_due.last_due(judge.today, report_day)
    missing = [name for name in months if name not in reported and name <= f"{due[0]}-{due[1]:02}"]
    submitted = _day(row["submitted"])
    late = submitted and submitted > report_due.due_on(f"{year}-{month:02}", report_day)
    return lights.reports(len(missing), bool(late), judge.limits)


def _since(day: date | None, today: date) -> int:
    return max((today - day).days, 0) if day else 0


def _day(text: str | None) -> date | None:
    """Return a full day; of a day that is known by its month only, its first."""
    return date.fromisoformat((text + "-01-01")[:10]) if text else None
