"""How the work goes beside the money: problems solved, services in time, projects contacted, needs secured, reports."""

from datetime import date, timedelta
from fractions import Fraction
from statistics import median
from typing import Any

from zjtui.domain.indicators import rate, solving
from zjtui.domain.region import PROVINCE, subtree
from zjtui.domain.service import Service
from zjtui.domain.service_clock import line
from zjtui.store.read.standings import Scope, asked_of_project, last_day
from zjtui.store.rows import decode
from zjtui.store.sqlite import Connection

AGES = ((0, 7), (8, 30), (31, 90), (91, 100_000))  # days open, both included
_KEYS = {
    "city": "substr(p.region_code, 1, 4) || '00'", "county": "p.region_code", "mountain26": "p.region_code",
    "island6": "p.region_code", "field9": "p.field9", "attr": "p.attr", "dept": "p.dept_org",
}  # fmt: skip
GROUPED = tuple(_KEYS)
_CURRENT = "c.from_date <= :today AND (c.to_date IS NULL OR c.to_date > :today)"
_ACTIVE = "p.stage NOT IN ('reserve', 'withdrawn', 'archived')"


def issues(connection: Connection, scope: Scope, year: int, month: int, today: date) -> dict[str, Any]:
    """Return I1 to I3 of the problems found from January to the month's end, the overdue ones, and open ones by age."""
    where, values = _projects(scope)
    last = min(last_day(year, month), today.isoformat())
    rows = connection.execute(
        "SELECT i.state, i.found_on, i.due_on, i.closed_on, i.reopened_count FROM issue i WHERE i.state NOT IN "
        f"('draft', 'refused', 'merged') AND i.found_on BETWEEN :first AND :last {where.format('i.project_uid')}",
        {**values, "first": f"{year}-01-01", "last": last},
    )
    days: list[int] = []
    counted = closed = on_time = reopened = overdue = 0
    ages = [0] * len(AGES)
    end = date.fromisoformat(last)
    for state, found, due, ended, back in rows:
        counted += 1
        reopened += bool(back)
        if state == "closed" and ended and ended <= last:
            closed += 1
            on_time += due is None or ended <= due
            days.append((date.fromisoformat(ended) - date.fromisoformat(found)).days)
            continue
        overdue += bool(due and due < last and state != "solved")
        age = (end - date.fromisoformat(found)).days
        ages[next(number for number, (low, high) in enumerate(AGES) if low <= age <= high)] += 1
    figures = solving(counted, closed, on_time, days, reopened)
    return {**figures, "counted": counted, "closed": closed, "on_time": on_time, "overdue": overdue, "ages": ages}


def issues_by(connection: Connection, by: str, year: int, month: int) -> dict[str, dict[str, Any]]:
    """Return I1 to I3 by group (a key of `standings.GROUPS` that is a column of the project, or a kind of region)."""
    last = last_day(year, month)
    rows = connection.execute(
        f"SELECT {_KEYS[by]} AS key, i.state, i.found_on, i.due_on, i.closed_on FROM issue i "
        "JOIN project p ON p.uid = i.project_uid WHERE i.state NOT IN ('draft', 'refused', 'merged') "
        "AND i.found_on BETWEEN :first AND :last",
        {"first": f"{year}-01-01", "last": last},
    )
    counts: dict[str, list[int]] = {}
    days: dict[str, list[int]] = {}
    for key, state, found, due, ended in rows:
        count = counts.setdefault(str(key or ""), [0, 0, 0])
        count[0] += 1
        if state == "closed" and ended and ended <= last:
            count[1] += 1
            count[2] += due is None or ended <= due
            days.setdefault(str(key or ""), []).append((date.fromisoformat(ended) - date.fromisoformat(found)).days)
    return {
        key: {
            **solving(count[0], count[1], count[2], days.get(key, []), 0),
            "counted": count[0],
            "closed": count[1],
            "on_time": count[2],
        }
        for key, count in counts.items()
    }


def services(connection: Connection, scope: Scope, year: int, month: int, today: date, limits: Any) -> dict[str, Any]:
    """Return how many of the services decided in the year up to the month's end kept their promise, and those late."""
    where, values = _projects(scope)
    rows = connection.execute(
        "SELECT v.* FROM service v WHERE v.promise_days IS NOT NULL AND v.accepted_on IS NOT NULL "
        f"AND (v.decided_on IS NULL OR v.decided_on >= :first) {where.format('v.project_uid')}",
        {**values, "first": f"{year}-01-01"},
    )
    last = last_day(year, month)
    decided = kept = late = 0
    for row in rows:
        values_then = decode(Service, row)
        if (row["decided_on"] or "") > last:  # it was still running then
            values_then |= {"decided_on": None, "delivered_on": None, "state": "reviewing"}
        if row["accepted_on"] > last:
            continue
        clock = line(values_then, today, limits)
        if values_then["decided_on"]:
            decided += 1
            kept += clock["light"] in ("green", "yellow")
        else:
            late += clock["light"] == "red"
    return {"decided": decided, "kept": kept, "late": late, "kept_rate": rate(kept, decided)}


def contacts(connection: Connection, scope: Scope, today: date) -> dict[str, Any]:
    """Return coverage (projects with a main leader on `today` / projects) and, by mechanism, visited in time / due."""
    where, values = _projects(scope)
    day = {"today": today.isoformat()}
    projects, led = connection.execute(
        "SELECT count(*), coalesce(sum(EXISTS (SELECT 1 FROM contact c WHERE c.project_uid = p.uid AND c.is_main "
        f"AND {_CURRENT})), 0) FROM project p WHERE {_ACTIVE} {where.format('p.uid')}",
        {**values, **day},
    ).fetchone()
    found: dict[str, tuple[int, int]] = {}
    rows = connection.execute(
        "SELECT c.mechanism, c.from_date, c.cycle_days, (SELECT max(visit_date) FROM follow_up f WHERE f.project_uid = "
        "c.project_uid AND f.mechanism = c.mechanism AND f.visit_date <= :today) FROM contact c "
        f"JOIN project p ON p.uid = c.project_uid WHERE {_CURRENT} AND {_ACTIVE} "
        f"{where.format('c.project_uid')}",
        {**values, **day},
    )
    for mechanism, begun, cycle, seen in rows:
        visited, due = found.get(mechanism, (0, 0))
        limit = (today - timedelta(days=cycle)).isoformat()
        found[mechanism] = (visited + (max(begun, seen or "") >= limit), due + 1)
    return {
        "projects": projects,
        "led": led,
        "coverage": rate(led, projects),
        "mechanisms": {name: (visited, due, rate(visited, due)) for name, (visited, due) in sorted(found.items())},
    }


def elements(connection: Connection, scope: Scope) -> list[tuple[str, float, float, Fraction | None]]:
    """Return (element, need, secured up to the need, guarantee rate) of each element; units are never mixed."""
    where, values = _projects(scope)
    rows = connection.execute(
        "SELECT e.element, sum(e.need), sum(min(e.secured, e.need)) FROM element_need e WHERE e.state <> 'rejected' "
        f"{where.format('e.project_uid')} GROUP BY 1 ORDER BY 1",
        values,
    )
    return [(row[0], row[1], row[2], Fraction(str(row[2])) / Fraction(str(row[1])) if row[1] else None) for row in rows]


def punctuality(connection: Connection, scope: Scope, year: int, month: int, day: int = 5) -> tuple[int, int]:
    """Return (reported in time, reports due) of one month: due are projects under construction with a plan.

    In time: submitted by `day` of the next month.
    """
    where, values = _projects(scope)
    due_on = f"{year}-{month + 1:02}-{day:02}" if month < 12 else f"{year + 1}-01-{day:02}"
    row = connection.execute(
        "SELECT coalesce(sum(r.submitted_on IS NOT NULL AND r.submitted_on <= :due), 0), count(*) FROM project p "
        "JOIN annual_plan a ON a.project_uid = p.uid AND a.year = :year LEFT JOIN monthly_report r "
        "ON r.project_uid = p.uid AND r.month = :month AND r.state IN ('submitted', 'approved') "
        f"WHERE p.stage = 'building' {where.format('p.uid')}",
        {**values, "due": due_on, "year": year, "month": f"{year}-{month:02}"},
    ).fetchone()
    return int(row[0]), int(row[1])


def punctuality_by(connection: Connection, by: str, year: int, month: int, day: int = 5) -> dict[str, dict[str, Any]]:
    """Return `report_rate`, `in_time` and `reports_due` of one month by group; see `punctuality`."""
    due_on = f"{year}-{month + 1:02}-{day:02}" if month < 12 else f"{year + 1}-01-{day:02}"
    rows = connection.execute(
        f"SELECT coalesce({_KEYS[by]}, ''), sum(r.submitted_on IS NOT NULL AND r.submitted_on <= :due), count(*) "
        "FROM project p JOIN annual_plan a ON a.project_uid = p.uid AND a.year = :year LEFT JOIN monthly_report r "
        "ON r.project_uid = p.uid AND r.month = :month AND r.state IN ('submitted', 'approved') "
        "WHERE p.stage = 'building' GROUP BY 1",
        {"due": due_on, "year": year, "month": f"{year}-{month:02}"},
    )
    found = {str(row[0]): (int(row[1] or 0), int(row[2])) for row in rows}
    return {
        key: {"report_rate": rate(*pair), "in_time": pair[0], "reports_due": pair[1]} for key, pair in found.items()
    }


def unanswered(connection: Connection) -> int:
    """Return how many questions about figures were asked and not answered yet."""
    return int(connection.execute("SELECT count(*) FROM question WHERE state = 'asked'").fetchone()[0])


def policy_days_by(connection: Connection, by: str, year: int, month: int) -> dict[str, dict[str, Any]]:
    """Return `median_days` from telling the owner to the grant, and `granted`, of the year's grants by group."""
    rows = connection.execute(
        f"SELECT coalesce({_KEYS[by]}, ''), julianday(m.granted_on) - julianday(m.informed_on) FROM policy_match m "
        "JOIN project p ON p.uid = m.project_uid WHERE m.informed_on IS NOT NULL "
        "AND m.granted_on BETWEEN :first AND :last",
        {"first": f"{year}-01-01", "last": last_day(year, month)},
    )
    days: dict[str, list[int]] = {}
    for key, count in rows:
        days.setdefault(str(key), []).append(round(count))
    return {key: {"median_days": Fraction(median(counts)), "granted": len(counts)} for key, counts in days.items()}


def _projects(scope: Scope) -> tuple[str, dict[str, Any]]:
    """Return a condition on a project's uid, with {} in its place, and its values."""
    parts, values = asked_of_project(scope)
    if scope.region and scope.region != PROVINCE:
        first, last = subtree(scope.region)
        parts.append("region_code BETWEEN :region_from AND :region_to")
        values |= {"region_from": first, "region_to": last}
    if not parts:
        return "", {}
    return "AND {} IN (SELECT uid FROM project WHERE " + " AND ".join(parts) + ")", values
