"""The month's reports of many projects side by side, and what one project's months add up to."""

import json
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from zjtui.domain import report_due
from zjtui.domain.fields import WAN, F, Kind
from zjtui.domain.money import percent
from zjtui.domain.month import month_end, previous_month
from zjtui.domain.plan import COUNTED, MonthlyReport
from zjtui.domain.region import subtree
from zjtui.i18n import N_
from zjtui.store.search import phrase
from zjtui.store.sqlite import Connection
from zjtui.store.standing import WAITING, counted

_REPORTING = "p.stage NOT IN ('reserve', 'withdrawn', 'archived', 'operating')"
_FIELDS = MonthlyReport.fields()
COLUMNS: dict[str, F] = {
    "name": F(N_("Project"), width=24, listed=True),
    "plan": F(N_("Plan of the year"), Kind.MONEY, unit=WAN, width=9, short=N_("Plan"), listed=True),
    "last_month": F(N_("Last month"), Kind.MONEY, unit=WAN, width=9, listed=True),
    "invest_month": _FIELDS["invest_month"],
    "invest_ytd": F(N_("Done this year"), Kind.MONEY, unit=WAN, width=9, short=N_("months|Total"), listed=True),
    "waiting": F(
        N_("Reported, not counted yet"), Kind.MONEY, unit=WAN, width=9, short=N_("column|Not counted"), listed=True
    ),
    "rate": F(N_("Completion"), width=7, short=N_("Rate"), listed=True),
    "progress_pct": _FIELDS["progress_pct"],
    "progress_text": _FIELDS["progress_text"],
    "started": F(N_("Started"), Kind.YESNO, width=4, listed=True),
    "state": _FIELDS["state"],
}
WORKED_OUT = ("last_month", "invest_ytd", "waiting", "rate", "plan", "started")  # what no report holds
SHOWS = ("", "missing", "draft", "returned", "submitted", "approved")


@dataclass(frozen=True)
class MonthQuery:
    """Which projects' reports of which month are shown. `show` is one of SHOWS; "missing": nothing reported."""

    month: str = ""
    text: str = ""
    mine: str = ""
    region: str = ""
    show: str = ""
    sort: str = "region_code"
    descending: bool = False


def to_report(connection: Connection, today: date, report_day: float, mine: str = "") -> str:
    """Return the month that is to be reported: the last one that is over, up to its report day and as long as a report
    of it is owed after that (docs/figures.md 3); then the month of today.
    """
    over = "{}-{:02}".format(*previous_month(today.year, today.month))
    if today <= report_due.due_on(over, report_day):
        return over
    where, values = _where(MonthQuery(month=over, mine=mine))
    first = date.fromisoformat(f"{over}-01")
    owed = connection.execute(
        f"SELECT 1 FROM project p WHERE {where} AND {report_due.condition()} AND NOT EXISTS "
        f"(SELECT 1 FROM monthly_report r WHERE r.project_uid = p.uid AND r.month = :month AND r.{counted()}) LIMIT 1",
        {**values, "first": first.isoformat(), "last": month_end(first).isoformat()},
    ).fetchone()
    return over if owed else today.strftime("%Y-%m")


def ids(connection: Connection, query: MonthQuery) -> "array[int]":
    """Return the local ids of the projects in their order: by region, then as they were entered."""
    where, values = _where(query)
    rows = connection.execute(f"SELECT p.id FROM project p WHERE {where} ORDER BY p.region_code, p.id", values)
    return array("q", (row[0] for row in rows))


def rows(connection: Connection, wanted: Sequence[int], month: str) -> list[dict[str, Any]]:
    """Return a row for each project with the local ids `wanted`; what nobody reported is None."""
    year, before = month[:4], last_month(month)
    marks = ", ".join(str(int(number)) for number in wanted)
    found = connection.execute(
        "SELECT p.id, p.uid, p.name, p.real_start, p.total_invest, p.stage, r.uid AS report_uid, r.invest_month, "
        "r.progress_pct, r.progress_text, r.state, "
        "(SELECT coalesce(adjusted_invest, plan_invest) FROM annual_plan WHERE project_uid = p.uid AND year = :year) "
        "AS plan, "
        "(SELECT invest_month FROM monthly_report WHERE project_uid = p.uid AND month = :before) AS last_month, "
        "(SELECT sum(invest_month) FROM monthly_report WHERE project_uid = p.uid AND month BETWEEN :jan AND :month "
        f"AND {counted()}) AS invest_ytd, "
        "(SELECT sum(invest_month) FROM monthly_report WHERE project_uid = p.uid AND month BETWEEN :jan AND :month "
        f"AND {WAITING}) AS waiting "
        "FROM project p LEFT JOIN monthly_report r ON r.project_uid = p.uid AND r.month = :month "
        f"WHERE p.id IN ({marks})",
        {"year": int(year), "before": before, "jan": f"{year}-01", "month": month},
    )
    by_id = {row["id"]: dict(row) for row in found}
    for row in by_id.values():
        row["started"] = bool(row["real_start"] and row["real_start"][:7] <= month)
    return [by_id[number] for number in wanted if number in by_id]


def year_rows(connection: Connection, wanted: Sequence[int], year: int) -> list[dict[str, Any]]:
    """Return a row for each project with the local ids `wanted`: its amounts by month, the sum of those that count,
    that of the others, and the reports.

    Amounts stand under "YYYY-MM", in yuan; a month that nobody reported is missing. `states` and `reports` hold the
    state and the uid of each month's report.
    """
    marks = ", ".join(str(int(number)) for number in wanted)
    found = connection.execute(f"SELECT id, uid, name FROM project WHERE id IN ({marks})")
    by_uid = {
        row["uid"]: {**dict(row), "invest_ytd": None, "waiting": None, "states": {}, "reports": {}} for row in found
    }
    reports = connection.execute(
        "SELECT r.uid, r.project_uid, r.month, r.invest_month, r.state FROM monthly_report r "
        f"JOIN project p ON p.uid = r.project_uid WHERE p.id IN ({marks}) AND r.month BETWEEN ? AND ?",
        (f"{year}-01", f"{year}-12"),
    )
    for report in reports:
        row = by_uid[report["project_uid"]]
        row[report["month"]] = report["invest_month"]
        total = "invest_ytd" if report["state"] in COUNTED else "waiting"
        row[total] = (row[total] or 0) + report["invest_month"]
        row["states"][report["month"]] = report["state"]
        row["reports"][report["month"]] = report["uid"]
    by_id = {row["id"]: row for row in by_uid.values()}
    return [by_id[number] for number in wanted if number in by_id]


def rate(row: dict[str, Any]) -> str | None:
    """Return this year's sum against the plan as a percentage, None where there is nothing to compare."""
    return percent(row["invest_ytd"], row["plan"]) if row["invest_ytd"] is not None and row["plan"] else None


def summary(connection: Connection, query: MonthQuery) -> dict[str, int]:
    """Return counts and sums of `query`: projects, reports filled in, submitted, what counts of this month and what
    waits in drafts and returned reports, the plan, and the same two of this year up to it. Yuan.
    """
    where, values = _where(query)
    year = query.month[:4]
    row = connection.execute(
        f"SELECT count(*), count(r.uid), count(CASE WHEN r.{counted()} THEN 1 END), "
        f"coalesce(sum(CASE WHEN r.{counted()} THEN r.invest_month END), 0), "
        f"coalesce(sum(CASE WHEN r.{WAITING} THEN r.invest_month END), 0), "
        "coalesce(sum((SELECT coalesce(adjusted_invest, plan_invest) FROM annual_plan "
        "WHERE project_uid = p.uid AND year = :year)), 0), "
        "coalesce(sum((SELECT sum(invest_month) FROM monthly_report "
        f"WHERE project_uid = p.uid AND month BETWEEN :jan AND :month AND {counted()})), 0), "
        "coalesce(sum((SELECT sum(invest_month) FROM monthly_report "
        f"WHERE project_uid = p.uid AND month BETWEEN :jan AND :month AND {WAITING})), 0) "
        "FROM project p LEFT JOIN monthly_report r ON r.project_uid = p.uid AND r.month = :month "
        f"WHERE {where}",
        {**values, "year": int(year), "jan": f"{year}-01", "month": query.month},
    ).fetchone()
    names = ("projects", "filled", "submitted", "invest_month", "month_waiting", "plan", "invest_ytd", "waiting")
    return dict(zip(names, tuple(row), strict=True))


def earlier_waiting(connection: Connection, month: str, reports: Sequence[str]) -> tuple[int, int]:
    """Return how many reports of earlier months of the year do not count yet, of the projects of `reports`, and their
    sum in yuan.
    """
    row = connection.execute(
        f"SELECT count(*), coalesce(sum(invest_month), 0) FROM monthly_report WHERE {WAITING} AND month >= ? "
        "AND month < ? AND project_uid IN "
        "(SELECT project_uid FROM monthly_report WHERE uid IN (SELECT value FROM json_each(?)))",
        (f"{month[:4]}-01", month, json.dumps(list(reports))),
    ).fetchone()
    return int(row[0]), int(row[1])


def figures(connection: Connection, project_uid: str, month: str) -> dict[str, Any]:
    """Return what one project's report of `month` is checked against; sums run up to that month. Yuan."""
    year = month[:4]
    row = connection.execute(
        "SELECT total_invest, "
        "(SELECT coalesce(adjusted_invest, plan_invest) FROM annual_plan WHERE project_uid = :uid AND year = :year) "
        "AS plan, "
        "(SELECT invest_month FROM monthly_report WHERE project_uid = :uid AND month = :before) AS last_month, "
        "(SELECT progress_pct FROM monthly_report WHERE project_uid = :uid AND month < :month "
        "AND progress_pct IS NOT NULL ORDER BY month DESC LIMIT 1) AS last_pct, "
        "(SELECT coalesce(sum(invest_month), 0) FROM monthly_report WHERE project_uid = :uid "
        "AND month BETWEEN :jan AND :month) AS invest_ytd, "
        f"{invest_total(':uid', ':month')} AS invest_total FROM project WHERE uid = :uid",
        {"uid": project_uid, "year": int(year), "before": last_month(month), "jan": f"{year}-01", "month": month},
    ).fetchone()
    return dict(row)


def invest_total(uid: str, month: str) -> str:
    """Return an expression for all that was reported up to `month`, and before: what was done is counted once.

    From the first opening total on: what came before it is in it (as `store/read/around.py` adds up for a rule).
    """
    opening = (
        f"FROM annual_plan WHERE project_uid = {uid} AND opening_total IS NOT NULL "
        f"AND year <= CAST(substr({month}, 1, 4) AS INTEGER) ORDER BY year LIMIT 1"
    )
    return (
        f"(coalesce((SELECT opening_total {opening}), 0) + (SELECT coalesce(sum(invest_month), 0) FROM monthly_report "
        f"WHERE project_uid = {uid} AND month <= {month} AND month >= coalesce((SELECT year {opening}) || '-01', '')))"
    )


def last_month(month: str) -> str:
    """Return the month before "YYYY-MM"."""
    return "{}-{:02}".format(*previous_month(int(month[:4]), int(month[5:])))


def _where(query: MonthQuery) -> tuple[str, dict[str, Any]]:
    report = "SELECT 1 FROM monthly_report WHERE project_uid = p.uid AND month = :month"
    # A report that is there stands somewhere, e.g. a returned one of a project in operation.
    parts, values = [f"({_REPORTING} OR EXISTS ({report}))"], dict[str, Any](month=query.month)
    if query.text.strip():
        parts.append("p.id IN (SELECT rowid FROM project_fts WHERE project_fts MATCH :text)")
        values["text"] = phrase(query.text) or '"\x01"'
    if query.mine:
        parts.append("p.uid IN (SELECT project_uid FROM contact WHERE person_uid = :mine AND to_date IS NULL)")
        values["mine"] = query.mine
    if query.region:
        parts.append("p.region_code BETWEEN :region_from AND :region_to")
        values["region_from"], values["region_to"] = subtree(query.region)
    if query.show == "missing":
        parts.append(f"NOT EXISTS ({report})")
    elif query.show:
        parts.append(f"EXISTS ({report} AND state = :show)")
        values["show"] = query.show
    return " AND ".join(parts), values
