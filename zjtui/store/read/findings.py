"""What is due and what is missing, worked out from the register whenever it is asked for: today, gaps, their counts."""

import heapq
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from zjtui.domain.finding import DUTIES, GAPS, Finding, rank, ranked
from zjtui.store.read import finding_care, finding_gaps, finding_odd, finding_work
from zjtui.store.read.finding_scope import Asked, Scope
from zjtui.store.rows import to_json
from zjtui.store.sqlite import Connection

__all__ = ["Asked", "Board", "Scope", "all_clear_until", "counts", "gaps", "overview", "scope_of", "today"]
Query = Callable[[Connection, Asked], Iterator[Finding]]
_QUERIES: dict[str, Query] = {
    name: query
    for module in (finding_work, finding_care, finding_gaps, finding_odd)
    for name, query in vars(module).items()
    if name in (*DUTIES, *GAPS)
}
_MOST = 5000  # rows of a list of today that is not one person's
_AHEAD = 92  # days that are looked ahead for the next duty


@dataclass
class Board:
    """Findings in their order, how many there are of each kind, and how many of each are set aside."""

    findings: list[Finding] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    aside: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many findings there are, set aside ones left out; `findings` may hold only the weightiest."""
        return sum(self.counts.values())

    @property
    def set_aside(self) -> int:
        """How many findings are set aside."""
        return sum(self.aside.values())


def scope_of(connection: Connection, person: str) -> Scope:
    """Return a person's own scope; of somebody who looks after nothing yet, everything."""
    own = connection.execute(
        "SELECT 1 FROM contact WHERE person_uid = ?1 UNION ALL SELECT 1 FROM issue WHERE owner_person = ?1 LIMIT 1",
        (person,),
    ).fetchone()
    return Scope(person=person) if own else Scope()


def today(connection: Connection, asked: Asked) -> Board:
    """Return what is due today, the weightiest first."""
    board = _read(connection, asked, DUTIES)
    _once(board)
    # A person can work off his own list; of everybody's only the weightiest part is worth keeping.
    most = None if asked.scope.person else _MOST
    board.findings = _visited(connection, asked, ranked(board.findings)[:most])
    return board


def _once(board: Board) -> None:
    """Leave an issue out of those due that is named already because nobody does anything to it."""
    silent = {finding.about_uid for finding in board.findings if finding.kind == "issue_silent"}
    kept = [item for item in board.findings if item.kind != "issue_due" or item.about_uid not in silent]
    board.counts["issue_due"] -= len(board.findings) - len(kept)
    board.findings = kept


def gaps(connection: Connection, asked: Asked, kind: str) -> Board:
    """Return the findings of one kind, the weightiest first."""
    board = _read(connection, asked, (kind,))
    board.findings = _visited(connection, asked, ranked(board.findings))
    return board


def overview(
    connection: Connection, asked: Asked, each: int, progress: Callable[[Board], None] = lambda board: None
) -> Board:
    """Return the gap board: the `each` weightiest findings of every kind, kind by kind, and all counts.

    `progress` gets what there is so far after every kind: all of a large register take seconds.
    """
    board = Board()
    for kind in GAPS:
        part = _read(connection, asked, (kind,))
        board.findings += heapq.nsmallest(each, part.findings, key=rank)
        board.counts |= part.counts
        board.aside |= part.aside
        progress(board)
    board.findings = _visited(connection, asked, board.findings)
    return board


def counts(connection: Connection, asked: Asked, kinds: Sequence[str] = GAPS) -> dict[str, tuple[int, int]]:
    """Return {kind: (how many, how many of it set aside)}; those set aside are not among the first."""
    found = {kind: _read(connection, asked, (kind,)) for kind in kinds}
    return {kind: (board.counts[kind], board.aside[kind]) for kind, board in found.items()}


def all_clear_until(connection: Connection, asked: Asked) -> date | None:
    """Return the next day on which something is due if nothing else happens; None where none is in sight.

    The same question is asked of the days ahead, so that the answer cannot differ from the list of that day.
    """
    kinds = [kind for kind in DUTIES if kind != "draft_left"]
    for number in range(1, _AHEAD + 1):
        day = asked.today + timedelta(days=number)
        ahead = replace(asked, today=day)
        if any(_read(connection, ahead, (kind,)).counts[kind] for kind in kinds):
            return day
    return None


def _read(connection: Connection, asked: Asked, kinds: Sequence[str]) -> Board:
    """Return the findings of `kinds` without those set aside, in no order."""
    aside = _aside(connection, asked)
    board = Board()
    for kind in kinds:
        board.counts[kind] = board.aside[kind] = 0
        for finding in _QUERIES[kind](connection, asked):
            if aside & {(finding.project_uid, kind, finding.about_uid), (finding.project_uid, kind, "")}:
                board.aside[kind] += 1
            else:
                board.counts[kind] += 1
                board.findings.append(finding)
    return board


def _aside(connection: Connection, asked: Asked) -> set[tuple[str, str, str]]:
    """Return what is set aside on the day, for everybody or for the person who looks."""
    rows = connection.execute(
        "SELECT project_uid, kind, coalesce(about_uid, '') FROM set_aside "
        "WHERE until >= :today AND made_on <= :today AND (person_uid IS NULL OR person_uid = :viewer)",
        {"today": asked.today.isoformat(), "viewer": asked.viewer},
    )
    return {(row[0], row[1], row[2]) for row in rows}


def _visited(connection: Connection, asked: Asked, findings: list[Finding]) -> list[Finding]:
    """Put beside each finding whether its project is visited too often."""
    rows = connection.execute(
        "SELECT project_uid, count(*) FROM follow_up WHERE project_uid IN (SELECT value FROM json_each(:uids)) "
        "AND visit_date > :since AND visit_date <= :today GROUP BY project_uid HAVING count(*) >= :often",
        {
            "uids": to_json(sorted({finding.project_uid for finding in findings})),
            "since": asked.day(-asked.limits["often_days"]),
            "today": asked.today.isoformat(),
            "often": asked.limits["often_visits"],
        },
    )
    often = {row[0]: row[1] for row in rows}
    if not often:
        return findings
    return [replace(item, visits=often.get(item.project_uid, 0)) for item in findings]
