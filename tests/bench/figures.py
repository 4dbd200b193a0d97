"""The figures of the looking issue: overview, league and today's duties of one person, each from a file just opened."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from zjtui.domain.finding import DUTIES, GAPS
from zjtui.domain.month import Month
from zjtui.reports import indicators, league
from zjtui.store.read import findings
from zjtui.store.read.standings import Scope
from zjtui.usecases import brief
from zjtui.usecases.session import Session, open_session

WHEN = Month(2023, 9)
Line = Callable[[str, float, float, str], None]


def all_of(line: Line, large: Path, today: Any, rounds: int) -> None:
    """Measure each from a connection that has read nothing yet."""
    person = _busiest(large, today)

    def duties(session: Session) -> None:
        reader = session.reader()
        findings.today(reader, replace(session.asked(findings.scope_of(reader, person)), viewer=person))

    def page(session: Session) -> None:
        uid = session.reader().execute("SELECT uid FROM project ORDER BY id DESC LIMIT 1").fetchone()[0]
        brief.lines(session, uid)

    works: list[tuple[str, Callable[[Session], Any], float]] = [
        ("overview: from file to numbers", lambda session: indicators.figures(session, Scope(), WHEN), 300),
        ("league of the cities", lambda session: league.table(session, "city", "completion", WHEN), 300),
        ("league of the counties", lambda session: league.table(session, "county", "commencement", WHEN), 300),
        ("today's duties of one person", duties, 100),
        ("the brief of one project, with its questions", page, 50),
    ]
    for name, work, limit in works:
        line(name, statistics.median(_timed(large, today, work) for _round in range(rounds)) * 1000, limit, "ms")


def of_all(line: Line, name: str, large: Path, today: Any) -> None:
    """Measure the findings of a whole province: their counts, a kind's first page, the list of today."""
    person = _busiest(large, today)

    def counts(session: Session) -> None:
        findings.counts(session.reader(), session.asked())

    def first(session: Session, kinds: Sequence[str]) -> None:
        reader, asked = session.reader(), session.asked()
        findings.page(reader, asked, findings.keys(reader, asked, kinds, 40))

    def duties(session: Session) -> None:
        findings.today(session.reader(), session.asked(findings.Scope(person=person)))

    once = {kind: _timed(large, today, lambda session, kind=kind: first(session, (kind,))) for kind in GAPS}  # type: ignore[misc]
    dearest = max(once, key=lambda kind: once[kind])
    works: list[tuple[str, Callable[[Session], Any], float]] = [
        ("counts of all kinds", counts, 2_000),
        (f"first page of {dearest}, the dearest kind", lambda session: first(session, (dearest,)), 300),
        ("first page of today, of all", lambda session: first(session, DUTIES), 2_000),
        ("today of one person", duties, 300),
    ]
    for what, work, limit in works:
        line(
            f"{name}: {what}",
            statistics.median(_timed(large, today, work) for _round in range(3)) * 1000,
            limit,
            "ms",
        )


def _timed(large: Path, today: Any, work: Callable[[Session], Any]) -> float:
    session = open_session(large, today=today, write=False)
    try:
        begin = time.perf_counter()
        work(session)
        return time.perf_counter() - begin
    finally:
        session.close()


def _busiest(large: Path, today: Any) -> str:
    """Return a person with the usual number of projects."""
    session = open_session(large, today=today, write=False)
    try:
        row = session.reader().execute("SELECT person_uid FROM contact ORDER BY id LIMIT 1").fetchone()
        return str(row[0])
    finally:
        session.close()
