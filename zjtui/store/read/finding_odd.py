"""Findings whose figures call for a question."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from zjtui.domain.finding import Finding
from zjtui.domain.odd_figures import Questions, Year, questions
from zjtui.store.read.finding_scope import HEAD, Asked, found
from zjtui.store.sqlite import Connection
from zjtui.store.standing import EXPECTED

_OPEN = "('open', 'assigned', 'doing', 'paused')"


def odd_figure(connection: Connection, asked: Asked) -> Iterator[Finding]:
    """Yield projects with questions about their figures of the year, up to the newest month that is due."""
    year, month = asked.last_month_due()
    values = {**asked.values, "of_year": year, "first": f"{year}-01", "last": f"{year}-{month:02}"}
    # Of one project only its own are read: a register has a million of them.
    own = "project_uid = :project" if asked.scope.project else "1"
    reports = _by_project(
        connection.execute(
            "SELECT project_uid, month, invest_month, progress_pct, correction_reason FROM monthly_report "
            f"WHERE {own} AND month BETWEEN :first AND :last",
            {"first": values["first"], "last": values["last"], "project": asked.scope.project},
        )
    )
    stopped = _by_project(
        connection.execute(
            "SELECT project_uid, substr(visit_date, 1, 7) AS month FROM follow_up "
            f"WHERE {own} AND visit_date BETWEEN :day AND :today "
            "AND (instr(findings, '停工') OR instr(findings, '停建'))",
            {"day": f"{year}-01-01", "today": asked.today.isoformat(), "project": asked.scope.project},
        )
    )
    rows = connection.execute(
        f"SELECT {HEAD}, p.stage, p.real_start, p.stat_in, p.start_evidence, s.plan AS planned, "
        f"{', '.join(f's.{name}' for name in EXPECTED)}, "
        "(SELECT adjusted_invest FROM annual_plan WHERE project_uid = p.uid AND year = :of_year) AS adjusted, "
        f"(SELECT min(found_on) FROM issue WHERE project_uid = p.uid AND severity = 'blocking' AND state IN {_OPEN}) "
        f"AS blocked FROM standing s JOIN project p ON p.id = s.id WHERE s.year = :of_year AND {asked.where}",
        values,
    )
    for row in rows:
        uid = row["project_uid"]
        asked_about = questions(_year(row, month, reports.get(uid, ()), stopped.get(uid, ()), asked), asked.limits)
        if asked_about:
            yield found(asked, "odd_figure", row, "project", uid, params={"questions": Questions(asked_about)})


def _by_project(rows: Any) -> dict[str, list[Any]]:
    found_rows: dict[str, list[Any]] = {}
    for row in rows:
        found_rows.setdefault(row["project_uid"], []).append(row)
    return found_rows


def _year(row: Any, month: int, reports: Any, stopped: Any, asked: Asked) -> Year:
    blocked = date.fromisoformat(row["blocked"]) if row["blocked"] else None
    return Year(
        month=month,
        plan=row["planned"],
        adjusted=row["adjusted"] is not None,
        building=row["stage"] == "building",
        started=_day(row["real_start"]),
        stat_in=_day(row["stat_in"]),
        permit="permit" in json.loads(row["start_evidence"]),
        amounts={int(item["month"][5:]): item["invest_month"] for item in reports},
        percents={int(item["month"][5:]): item["progress_pct"] for item in reports if item["progress_pct"] is not None},
        corrected=frozenset(int(item["month"][5:]) for item in reports if item["correction_reason"]),
        stopped=frozenset(int(item["month"][5:]) for item in stopped),
        expected=tuple(row[name] for name in EXPECTED),
        blocking_days=max((asked.today - blocked).days, 0) if blocked else 0,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat((text + "-01-01")[:10]) if text else None
