"""Findings whose figures call for a question (带问号的数字): one for every figure that has no answer yet.

What is typed is asked about, whether it counts yet or not: a question lasts while its figure is being corrected.

One pass over the projects asked for, of one or of all. A project's months, follow-ups and problems are read by its own
keys, so that the brief of one costs the same in a register of any size.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zjtui.domain.dates import previous_month
from zjtui.domain.finding import Finding
from zjtui.domain.issue_codes import OPEN_STATES
from zjtui.domain.odd_facts import Facts, Hit, says_stopped
from zjtui.domain.odd_figures import hits
from zjtui.store.read import odd_log
from zjtui.store.read.finding_scope import HEAD, Asked, found
from zjtui.store.sqlite import Connection
from zjtui.store.standing import DONE, EXPECTED

_OPEN = ", ".join(f"'{state}'" for state in OPEN_STATES if state != "solved")
# The plus keeps the planner at the project's own problems: of the whole register's blocking ones there are thousands.
_FACTS = f"""
    p.stage, p.real_start, p.stat_in, p.start_evidence, p.owner_org, s.plan AS planned,
    json_array({", ".join(f"s.{name}" for name in EXPECTED)}) AS expected,
    (SELECT adjusted_invest FROM annual_plan WHERE project_uid = p.uid AND year = :of_year) AS adjusted,
    (SELECT json_group_array(json_array(CAST(substr(month, 6) AS INTEGER), invest_month, reported_ytd, progress_pct,
        correction_reason IS NOT NULL)) FROM monthly_report
        WHERE project_uid = p.uid AND month BETWEEN :first AND :last) AS months,
    (SELECT json_group_array(json_array(visit_date, findings)) FROM (SELECT visit_date, findings FROM follow_up
        WHERE project_uid = p.uid AND visit_date BETWEEN :first || '-01' AND min(:last || '-31', :today)
        AND (instr(findings, '停工') OR instr(findings, '停建')) ORDER BY visit_date)) AS stops,
    (SELECT min(found_on) FROM issue WHERE project_uid = p.uid AND +severity = 'blocking' AND +state IN ({_OPEN})
        AND found_on <= :today) AS blocked"""


@dataclass(frozen=True)
class OddFigure:
    """What a rule asks about a project; `uid` and `state` are those of its question where it was asked already."""

    project_uid: str
    project: str
    hit: Hit
    uid: str = ""
    state: str = ""


@dataclass
class _Known:
    """The questions of one figure: the one that waits for its answer, and the figures that were explained."""

    asked: str = ""
    explained: set[str] = field(default_factory=set)


def odd_figure(connection: Connection, asked: Asked) -> Iterator[Finding]:
    """Yield a finding for every figure that calls for a question and has no explanation that still holds."""
    known = _questions(connection, asked)
    for row, facts in _facts(connection, asked):
        for hit in hits(facts):
            earlier = known.get((row["project_uid"], hit.rule, hit.month), _Known())
            if not earlier.asked and hit.figures in earlier.explained:
                continue
            uid, state = earlier.asked, "asked" if earlier.asked else ""
            odd = OddFigure(row["project_uid"], row["project"], hit, uid, state)
            about = ("question", uid) if uid else ("project", odd.project_uid)
            params = {"rule": hit.rule, "question": hit.sentence, "odd": odd}
            yield found(asked, "odd_figure", row, *about, params=params)


def asked_of(connection: Connection, asked: Asked, question: Any) -> Hit | None:
    """Return what a rule asks now about a question's project and month; None where it no longer does."""
    month = question["month"] or ""
    year = int(month[:4]) if month else None
    for _row, facts in _facts(connection, asked, year, anywhere=True):
        for hit in hits(facts):
            if (hit.rule, hit.month) == (question["rule"], month):
                return hit
    return None


def waiting(connection: Connection, project_uid: str) -> list[Any]:
    """Return the questions of a project that were asked and have no answer."""
    rows = connection.execute("SELECT * FROM question WHERE project_uid = ? AND state = 'asked'", (project_uid,))
    return list(rows)


def _questions(connection: Connection, asked: Asked) -> dict[tuple[str, str, str], _Known]:
    own = "project_uid = :project" if asked.scope.project else "1"
    rows = connection.execute(
        f"SELECT uid, project_uid, rule, month, state, figures FROM question WHERE {own} AND state <> 'corrected'",
        {"project": asked.scope.project},
    )
    known: dict[tuple[str, str, str], _Known] = {}
    for row in rows:
        of_figure = known.setdefault((row["project_uid"], row["rule"], row["month"] or ""), _Known())
        if row["state"] == "asked":
            of_figure.asked = row["uid"]
        else:
            of_figure.explained.add(row["figures"])
    return known


def _facts(
    connection: Connection, asked: Asked, year: int | None = None, *, anywhere: bool = False
) -> Iterator[tuple[Any, Facts]]:
    """Yield every project asked for with what the rules need of its year, up to the last month that is over.

    Without a `year` it is the one of that month; `anywhere` also of projects that nothing is found of any more.
    """
    newest, month = previous_month(asked.today.year, asked.today.month)
    of_year = year or newest
    last = month if of_year == newest else 12
    values = {**asked.values, "of_year": of_year, "first": f"{of_year}-01", "last": f"{of_year}-{last:02}"}
    typed = odd_log.typed(connection, asked, values)
    told = odd_log.told(connection, asked, values)
    units = odd_log.units(connection, asked, values, DONE[:last])
    where = "p.uid = :project" if anywhere else asked.where
    rows = connection.execute(
        f"SELECT {HEAD}, {_FACTS} FROM project p LEFT JOIN standing s ON s.year = :of_year AND s.id = p.id "
        f"WHERE {where}",
        values,
    )
    for row in rows:
        uid = row["project_uid"]
        facts = _of_row(row, of_year, asked)
        facts.typed, facts.told = typed.get(uid, {}), told.get(uid, {})
        facts.unit_figures, facts.unit_round = units.get(row["owner_org"], (0, 0))
        yield row, facts


def _of_row(row: Mapping[str, Any], year: int, asked: Asked) -> Facts:
    facts = Facts(year, asked.today, stage=row["stage"], profile=asked.profile, limits=asked.limits)
    facts.plan, facts.adjusted = row["planned"] or 0, row["adjusted"] is not None
    if row["planned"] is not None:
        facts.expected = tuple(json.loads(row["expected"]))
    facts.real_start, facts.stat_in = _day(row["real_start"]), _day(row["stat_in"])
    facts.permit = '"permit"' in row["start_evidence"]
    if row["months"] != "[]":
        _put_months(facts, json.loads(row["months"]))
    if row["stops"] != "[]":
        days = (date.fromisoformat(day) for day, findings in json.loads(row["stops"]) if says_stopped(findings))
        facts.stopped = {day.month: day for day in days}
    if row["blocked"]:
        facts.blocking_days = (asked.today - date.fromisoformat(row["blocked"])).days
    return facts


def _put_months(facts: Facts, months: list[list[Any]]) -> None:
    amounts, reported, progress = ([None] * 12 for _each in range(3))
    for month, amount, ytd, percent, _corrected in months:
        amounts[month - 1], reported[month - 1], progress[month - 1] = amount, ytd, percent
    facts.amounts, facts.reported_ytd, facts.progress = tuple(amounts), tuple(reported), tuple(progress)
    facts.corrected = frozenset(month for month, *_figures, corrected in months if corrected)


def _day(text: str | None) -> date | None:
    """Return a full day; of a day that is known by its month only, its first."""
    return date.fromisoformat((text + "-01-01")[:10]) if text else None
