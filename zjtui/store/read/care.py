"""How the work goes beside the money: problems solved, services in time, projects contacted, needs secured, reports."""

from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction
from statistics import median
from typing import Any

from zjtui.domain import report_due
from zjtui.domain.element import amount
from zjtui.domain.indicators import rate, solving
from zjtui.domain.region import PROVINCE, subtree
from zjtui.domain.service import Service
from zjtui.domain.service_clock import line
from zjtui.domain.service_days import as_of
from zjtui.store.read import on_day
from zjtui.store.read.standings import Scope, asked_of_project, last_day
from zjtui.store.rows import decode
from zjtui.store.sqlite import Connection
from zjtui.store.standing import counted

AGES = ((0, 7), (8, 30), (31, 90), (91, 100_000))  # days open, both included
_KEYS = {
    "city": "substr(p.region_code, 1, 4) || '00'", "county": "p.region_code", "mountain26": "p.region_code",
    "island6": "p.region_code", "field9": "p.field9", "attr": "p.attr", "dept": "p.dept_org",
}  # fmt: skip
GROUPED = tuple(_KEYS)
_CURRENT, _FOLLOWED, _SEEN = on_day.CONTACT.format("c"), on_day.FOLLOWED.format("p"), on_day.LAST_SEEN.format("c")


def issues(connection: Connection, scope: Scope, year: int, month: int, today: date) -> dict[str, Any]:
    """Return I1 to I3 of the problems found from January on, the overdue and the open ones by age: on the month's last
    day, or today. Open are those of earlier years too.
    """
    where, values = _projects(scope)
    day = min(last_day(year, month), today.isoformat())
    found = _of_issues(connection, "''", f"1 {where.format('i.project_uid')}", values, year, day).get("")
    overdue = connection.execute(
        f"SELECT count(*) FROM issue i WHERE {on_day.OVERDUE.format('i')} {where.format('i.project_uid')}",
        {**values, "day": day},
    ).fetchone()[0]
    ages = [0] * len(AGES)
    end = date.fromisoformat(day)
    for row in connection.execute(
        f"SELECT i.found_on FROM issue i WHERE {on_day.OPEN.format('i')} {where.format('i.project_uid')}",
        {**values, "day": day},
    ):
        age = (end - date.fromisoformat(row[0])).days
        ages[next(number for number, (low, high) in enumerate(AGES) if low <= age <= high)] += 1
    return {**(found or _solving([0] * 4, [])), "overdue": overdue, "ages": ages, "day": day}


def issues_by(connection: Connection, by: str, year: int, month: int, today: date) -> dict[str, dict[str, Any]]:
    """Return I1 to I3 by group (a key of `standings.GROUPS` that is a column of the project, or a kind of region)."""
    day = min(last_day(year, month), today.isoformat())
    return _of_issues(connection, f"coalesce({_KEYS[by]}, '')", "1", {}, year, day)


def _of_issues(
    connection: Connection, key: str, where: str, values: dict[str, Any], year: int, day: str
) -> dict[str, dict[str, Any]]:
    """Return I1 to I3 by key of the problems found from January to `day`, as they stood then."""
    rows = connection.execute(
        f"SELECT {key} AS key, i.found_on, i.due_on, coalesce(i.solved_on, i.closed_on), "
        "CASE WHEN i.state = 'closed' AND i.closed_on <= :day THEN i.closed_on END, i.reopened_count > 0 "
        f"FROM issue i JOIN project p ON p.uid = i.project_uid WHERE {on_day.ISSUE.format('i')} "
        f"AND i.found_on >= :january AND {where}",
        {**values, "day": day, "january": f"{year}-01-01"},
    )
    counts: dict[str, list[int]] = {}
    days: dict[str, list[int]] = {}
    for group, found, due, solved, ended, back in rows:
        count = counts.setdefault(str(group), [0] * 4)
        count[0] += 1
        count[3] += back
        if ended:
            count[1] += 1
            count[2] += due is None or solved <= due
            days.setdefault(str(group), []).append((date.fromisoformat(ended) - date.fromisoformat(found)).days)
    return {group: _solving(count, days.get(group, [])) for group, count in counts.items()}


def _solving(count: list[int], days: list[int]) -> dict[str, Any]:
    counted, closed, on_time, reopened = count
    figures = solving(counted, closed, on_time, days, reopened)
    return {**figures, "counted": counted, "closed": closed, "on_time": on_time, "reopened": reopened}


def services(connection: Connection, scope: Scope, year: int, month: int, today: date, limits: Any) -> dict[str, Any]:
    """Return how many services decided from January to the month's end (or today) kept their promise, and those late.

    What was refused or withdrawn by then counts in neither; nor do those of which nobody can tell, because they ran in
    a year without a calendar (`unknown`).
    """
    where, values = _projects(scope)
    rows = connection.execute(
        "SELECT v.* FROM service v WHERE v.promise_days IS NOT NULL AND v.accepted_on IS NOT NULL "
        f"AND (v.decided_on IS NULL OR v.decided_on >= :first) {where.format('v.project_uid')}",
        {**values, "first": f"{year}-01-01"},
    )
    day = min(date.fromisoformat(last_day(year, month)), today)
    decided = kept = late = unknown = 0
    for row in rows:
        then = as_of(decode(Service, row), day)
        clock = line(then, day, limits)
        if then["accepted_on"] is None or clock["days_left"] is None:
            continue
        if clock["light"] is None:
            unknown += 1
        elif then["decided_on"]:
            decided += 1
            kept += clock["days_left"] >= 0
        else:
            late += clock["days_left"] < 0
    return {"decided": decided, "kept": kept, "late": late, "kept_rate": rate(kept, decided), "unknown": unknown}


def contacts(connection: Connection, scope: Scope, today: date) -> dict[str, Any]:
    """Return coverage (projects with a main leader on `today` / projects) and, by mechanism, visited in time / due."""
    where, values = _projects(scope)
    day = {"day": today.isoformat()}
    projects, led = connection.execute(
        "SELECT count(*), coalesce(sum(EXISTS (SELECT 1 FROM contact c WHERE c.project_uid = p.uid AND c.is_main "
        f"AND {_CURRENT})), 0) FROM project p WHERE {_FOLLOWED} {where.format('p.uid')}",
        {**values, **day},
    ).fetchone()
    rows = connection.execute(
        f"SELECT c.mechanism, sum(date({_SEEN}, '+' || c.cycle_days || ' days') >= :day), count(*) FROM contact c "
        f"JOIN project p ON p.uid = c.project_uid WHERE {_CURRENT} AND {_FOLLOWED} "
        f"{where.format('c.project_uid')} GROUP BY 1 ORDER BY 1",
        {**values, **day},
    )
    return {
        "projects": projects,
        "led": led,
        "coverage": rate(led, projects),
        "mechanisms": {name: (visited, due, rate(visited, due)) for name, visited, due in rows},
    }


def elements(connection: Connection, scope: Scope) -> list[tuple[str, Fraction, Fraction, Fraction | None]]:
    """Return (element, need, secured up to the need, guarantee rate) of each element; units are never mixed.

    Exact: what is needed in money counts in yuan. What was refused is still needed.
    """
    where, values = _projects(scope)
    rows = connection.execute(
        f"SELECT e.element, e.need, e.secured FROM element_need e WHERE 1 {where.format('e.project_uid')}", values
    )
    sums: dict[str, list[Decimal]] = {}
    with localcontext() as context:
        context.prec = 60
        for element, need, secured in rows:
            own = sums.setdefault(element, [Decimal(0), Decimal(0)])
            own[0] += amount(element, need)
            own[1] += amount(element, min(secured, need))
    found = []
    for element, pair in sorted(sums.items()):
        whole, part = Fraction(pair[0]), Fraction(pair[1])
        found.append((element, whole, part, part / whole if whole else None))
    return found


def punctuality(connection: Connection, scope: Scope, year: int, month: int, day: int = 5) -> tuple[int, int]:
    """Return (reported in time, reports due) of one month; who was under construction then: domain/report_due.py."""
    where, values = _projects(scope)
    row = connection.execute(
        f"SELECT {_PROMPT.format('')} {where.format('p.uid')}", {**values, **_of_month(year, month, day)}
    ).fetchone()
    return int(row[0] or 0), int(row[1])


def punctuality_by(connection: Connection, by: str, year: int, month: int, day: int = 5) -> dict[str, dict[str, Any]]:
    """Return `report_rate`, `in_time` and `reports_due` of one month by group; see `punctuality`."""
    key = f", coalesce({_KEYS[by]}, '') AS key"
    rows = connection.execute(f"SELECT {_PROMPT.format(key)} GROUP BY key", _of_month(year, month, day))
    found = {str(row[2]): (int(row[0] or 0), int(row[1])) for row in rows}
    return {
        key: {"report_rate": rate(*pair), "in_time": pair[0], "reports_due": pair[1]} for key, pair in found.items()
    }


_PROMPT = (  # of a report whose day nobody knows it is not said whether it came in time: it is in neither sum
    "sum(r.submitted_on <= :due), count(CASE WHEN r.uid IS NULL OR r.submitted_on IS NOT NULL THEN 1 END){} "
    "FROM project p JOIN annual_plan a ON a.project_uid = p.uid "
    "AND a.year = :year LEFT JOIN monthly_report r ON r.project_uid = p.uid AND r.month = :month "
    f"AND {counted().replace('state', 'r.state')} WHERE {report_due.condition()}"
)


def _of_month(year: int, month: int, day: int) -> dict[str, Any]:
    name = f"{year}-{month:02}"
    return {
        "due": report_due.due_on(name, day).isoformat(),
        "year": year,
        "month": name,
        "first": f"{name}-01",
        "last": last_day(year, month),
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
