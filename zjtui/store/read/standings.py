"""What the years of many projects add up to, for any scope and month: sums, groups, curves, and the projects behind."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from zjtui.domain.project_codes import BAND_LIMITS
from zjtui.domain.region import PROVINCE, subtree
from zjtui.store.sqlite import Connection
from zjtui.store.standing import WAITING

_BAND = (
    "CASE " + " ".join(f"WHEN s.total >= {low} THEN '{band}'" for band, (low, _high) in BAND_LIMITS.items()) + " END"
)
_TEAM = (
    "JOIN project p ON p.id = s.id JOIN (SELECT DISTINCT c.project_uid, n.org_uid FROM contact c JOIN person n "
    "ON n.uid = c.person_uid WHERE c.mechanism = 'supervise' AND c.to_date IS NULL) t ON t.project_uid = p.uid"
)
# group: (the key of a row, what it needs beside the standings, the region's level or flag)
GROUPS: Mapping[str, tuple[str, str, str]] = {
    "city": ("s.region / 100 * 100", "", "level = 'city'"),
    "county": ("s.region", "", "level = 'county'"),
    "mountain26": ("s.region", "", "mountain26"),
    "island6": ("s.region", "", "island6"),
    "field9": ("s.field9", "", ""),
    "attr": ("s.attr", "", ""),
    "band": (_BAND, "", ""),
    "dept": ("p.dept_org", "JOIN project p ON p.id = s.id", ""),
    "team": ("t.org_uid", _TEAM, ""),
}
REGIONS = ("city", "county", "mountain26", "island6")


@dataclass(frozen=True)
class Scope:
    """Which projects are added up: a region with all it contains, a list, a field, an attribute, one person's."""

    region: str = ""
    list_kind: str = ""
    field9: str = ""
    attr: str = ""
    mine: str = ""


@dataclass(frozen=True)
class Sums:
    """What the projects of one group add up to by the end of a month; amounts in yuan.

    What ends in `_before` is up to the month before; `new` are new starts of the year, `started` those started by
    the month's last day, `due` those planned to have started by then, `due_started` the started ones among them;
    `unplanned` projects have no plan of the year, but what they did counts. Of `withdrawn` ones only what they did
    counts; they are not among the `projects`. See docs/figures.md.
    """

    key: str
    projects: int
    unplanned: int
    total: int
    plan: int
    done: int
    done_before: int
    expected: int
    expected_before: int
    new: int
    started: int
    started_before: int
    due: int
    due_started: int
    withdrawn: int = 0  # not in freezes of older versions, like the next two
    plan_before: int | None = None
    new_before: int | None = None

    def month_before(self) -> "Sums":
        """Return how the same projects stood one month earlier."""
        return replace(
            self,
            done=self.done_before,
            expected=self.expected_before,
            started=self.started_before,
            plan=self.plan if self.plan_before is None else self.plan_before,
            new=self.new if self.new_before is None else self.new_before,
        )


def groups(connection: Connection, scope: Scope, year: int, month: int, by: str = "") -> list[Sums]:
    """Return the sums of each group, in the order of their keys; without `by` one row for all ("" as its key)."""
    key, join, flag = GROUPS[by] if by else ("''", "", "")
    where, values = _where(scope)
    if flag:
        inside = f"SELECT CAST(uid AS INTEGER) FROM region WHERE {flag}"
        where += f" AND {key} IN ({inside})"
    sums = ", ".join(f"sum({expression})" for expression in _sums(year, month))
    rows = connection.execute(
        f"SELECT coalesce({key}, '') AS key, {sums} FROM standing s {join} "
        f"WHERE s.year = :year AND {where} GROUP BY 1 ORDER BY 1",
        {**values, "year": year},
    )
    return [Sums(str(row[0]), *(int(value or 0) for value in tuple(row)[1:])) for row in rows if row[1] is not None]


def _sums(year: int, month: int) -> tuple[str, ...]:
    """Return what is added up of each project, in the order of the fields of `Sums`."""
    counts, counted = f"s.out_month > {month:d}", f"s.out_month > {month - 1:d}"  # not withdrawn by then
    new, was_new = f"(s.new_start AND {counts})", f"(s.new_start AND {counted})"
    began = f"(s.started IS NOT NULL AND s.started <= '{last_day(year, month)}')"
    earlier = f"(s.started IS NOT NULL AND s.started < '{year:d}-{month:02}-01')"
    planned = f"(s.start_month BETWEEN 1 AND {month:d})"
    done_before, expected_before = (f"s.d{month - 1}", f"s.x{month - 1}") if month > 1 else ("0", "0")
    return (
        f"({counts})", f"(s.plan = 0 AND {counts})", f"s.total * ({counts})", f"s.plan * ({counts})", f"s.d{month:d}",
        done_before, f"s.x{month:d}", expected_before, new, f"({new} AND {began})",
        f"({was_new} AND {earlier})", f"({new} AND {planned})", f"({new} AND {planned} AND {began})",
        f"(s.out_month <= {month:d})", f"s.plan * ({counted})", was_new,
    )  # fmt: skip


def backed(connection: Connection, scope: Scope, year: int, month: int, by: str, days: int) -> dict[str, int]:
    """Return how much of what each group did, in yuan, is backed by evidence of the last `days` days of the month.

    Evidence is a visit on site, or a photo or document attached to the project or to what hangs on it.
    """
    key, join, flag = GROUPS[by]
    where, values = _where(scope)
    if flag:
        where += f" AND {key} IN (SELECT CAST(uid AS INTEGER) FROM region WHERE {flag})"
    last = last_day(year, month)
    since = (date.fromisoformat(last) - timedelta(days=days)).isoformat()
    rows = connection.execute(
        "WITH seen AS (SELECT id FROM project WHERE uid IN (SELECT project_uid FROM follow_up "
        "WHERE visit_date > :since AND visit_date <= :last AND form = 'onsite' "
        "UNION SELECT project_uid FROM attachment WHERE added_on > :since AND added_on <= :last)) "
        f"SELECT coalesce({key}, '') AS key, sum(s.d{month:d}) FROM standing s {join} "
        f"WHERE s.year = :year AND s.id IN (SELECT id FROM seen) AND {where} GROUP BY 1",
        {**values, "year": year, "since": since, "last": last},
    )
    return {str(row[0]): int(row[1] or 0) for row in rows}


def whole(connection: Connection, scope: Scope, year: int, month: int) -> Sums:
    """Return the sums of the whole scope."""
    found = groups(connection, scope, year, month)
    return found[0] if found else Sums("", *[0] * 13)


def curves(connection: Connection, scope: Scope, year: int) -> tuple[list[int], list[int]]:
    """Return what was done and what was expected by the end of each of the twelve months, cumulative yuan."""
    where, values = _where(scope)
    names = [f"sum(s.d{month})" for month in range(1, 13)]
    names += [f"sum(s.x{month})" for month in range(1, 13)]
    row = tuple(
        connection.execute(
            f"SELECT {', '.join(names)} FROM standing s WHERE s.year = :year AND {where}", {**values, "year": year}
        ).fetchone()
    )
    numbers = [int(value or 0) for value in row]
    return numbers[:12], numbers[12:]


def not_counted(connection: Connection, scope: Scope, year: int, month: int) -> int:
    """Return the yuan that stand in drafts and returned reports from January to the month's end."""
    where, values = _where(scope)
    row = connection.execute(
        "SELECT coalesce(sum(r.invest_month), 0) FROM monthly_report r CROSS JOIN project p ON p.uid = r.project_uid "
        f"CROSS JOIN standing s ON s.year = :year AND s.id = p.id WHERE r.{WAITING} "
        f"AND r.month BETWEEN :first AND :last AND {where}",
        {**values, "year": year, "first": f"{year}-01", "last": f"{year}-{month:02}"},
    ).fetchone()
    return int(row[0])


def behind(
    connection: Connection, scope: Scope, year: int, month: int, limit: int = 1000
) -> list[tuple[str, str, int]]:
    """Return the projects that are behind their own curve as (uid, name, yuan behind), the largest first."""
    where, values = _where(scope)
    rows = connection.execute(
        f"SELECT p.uid, p.name, s.x{month:d} - s.d{month:d} AS short FROM standing s JOIN project p ON p.id = s.id "
        f"WHERE s.year = :year AND {where} AND s.x{month:d} > s.d{month:d} AND s.out_month > {month:d} "
        "ORDER BY short DESC, p.id LIMIT :limit",
        {**values, "year": year, "limit": limit},
    )
    return [(row[0], row[1], int(row[2])) for row in rows]


def unstarted(
    connection: Connection, scope: Scope, year: int, month: int, limit: int = 1000
) -> list[tuple[str, str, int]]:
    """Return the new starts that have not started as (uid, name, permits still missing), the nearest first."""
    where, values = _where(scope)
    rows = connection.execute(
        "SELECT p.uid, p.name, (SELECT count(*) FROM service v WHERE v.project_uid = p.uid AND v.state NOT IN "
        "('decided', 'delivered', 'withdrawn')) AS missing FROM standing s JOIN project p ON p.id = s.id "
        f"WHERE s.year = :year AND {where} AND s.new_start AND s.out_month > {month:d} "
        "AND (s.started IS NULL OR s.started > :last) "
        "ORDER BY missing, s.start_month, p.id LIMIT :limit",
        {**values, "year": year, "last": last_day(year, month), "limit": limit},
    )
    return [(row[0], row[1], int(row[2])) for row in rows]


def of_project(connection: Connection, uid: str, year: int) -> dict[str, Any] | None:
    """Return one project's year, None where it has neither plan nor report."""
    row = connection.execute(
        "SELECT s.* FROM standing s WHERE s.year = ? AND s.id = (SELECT id FROM project WHERE uid = ?)", (year, uid)
    ).fetchone()
    return dict(row) if row else None


def years(connection: Connection) -> list[int]:
    """Return the years that anything is known of, the newest first."""
    return [row[0] for row in connection.execute("SELECT DISTINCT year FROM standing ORDER BY year DESC")]


def last_day(year: int, month: int) -> str:
    """Return the last day of a month as an ISO day."""
    from calendar import monthrange

    return f"{year}-{month:02}-{monthrange(year, month)[1]:02}"


def asked_of_project(scope: Scope) -> tuple[list[str], dict[str, Any]]:
    """Return what `scope` asks of a project's own columns, apart from its region, and the values."""
    parts, values = [], dict[str, Any]()
    for name in ("field9", "attr"):
        if chosen := getattr(scope, name):
            parts.append(f"{name} = :{name}")
            values[name] = chosen
    if scope.list_kind:
        parts.append("instr(list_kinds, :list_kind)")
        values["list_kind"] = f'"{scope.list_kind}"'
    if scope.mine:
        parts.append("uid IN (SELECT project_uid FROM contact WHERE person_uid = :mine AND to_date IS NULL)")
        values["mine"] = scope.mine
    return parts, values


def _where(scope: Scope) -> tuple[str, dict[str, Any]]:
    asked, values = asked_of_project(scope)
    parts = [f"s.id IN (SELECT id FROM project WHERE {' AND '.join(asked)})"] if asked else ["1"]
    if scope.region and scope.region != PROVINCE:
        first, last = subtree(scope.region)
        parts.append("s.region BETWEEN :region_from AND :region_to")
        values |= {"region_from": int(first), "region_to": int(last)}
    return " AND ".join(parts), values
