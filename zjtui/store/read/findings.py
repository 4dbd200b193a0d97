"""What is due and what is missing, worked out from the register whenever it is asked for: today, gaps, their counts.

A list is an array of keys in their order (store/read/finding_query.py); only the rows that are shown become findings.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TypeVar

from zjtui.domain.finding import DUTIES, GAPS, ORDER, Finding
from zjtui.store.read import finding_care, finding_first, finding_gaps, finding_odd, finding_work, side_by_side
from zjtui.store.read.finding_functions import prepare
from zjtui.store.read.finding_query import Query, count, kind_in, ranked_keys, rows
from zjtui.store.read.finding_scope import Asked, Scope
from zjtui.store.rows import to_json
from zjtui.store.sqlite import Connection, roomy

__all__ = [
    "Asked", "Board", "Scope", "all_clear_until", "counts", "gaps", "keys", "kind", "overview", "page", "pages",
    "scope_of", "tally", "today",
]  # fmt: skip
_QUERIES: dict[str, Callable[[Connection, Asked], Iterator[Query]]] = {
    name: query
    for module in (finding_work, finding_care, finding_gaps, finding_odd)
    for name, query in vars(module).items()
    if name in (*DUTIES, *GAPS)
}
Found = TypeVar("Found")
_KINDS = {number: kind for kind, number in ORDER.items()}
_AHEAD = 92  # days that are looked ahead for the next duty
_DEAR = ("odd_figure", "blank_fields")  # are begun first
_PAGE = 1000  # findings built at a time where all are wanted


@dataclass
class Board:
    """Findings in their order (`keys`, and built), how many there are of each kind, and how many are set aside."""

    findings: list[Finding] = field(default_factory=list)
    keys: "array[int]" = field(default_factory=lambda: array("q"))
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


def today(connection: Connection, asked: Asked, limit: int = -1) -> Board:
    """Return what is due today, the weightiest first, at most `limit` rows of it (-1: all)."""
    return _board(connection, asked, DUTIES, limit)


def gaps(connection: Connection, asked: Asked, kind: str, limit: int = -1) -> Board:
    """Return the findings of one kind, the weightiest first, at most `limit` of them (-1: all)."""
    return _board(connection, asked, (kind,), limit)


def overview(
    connection: Connection, asked: Asked, each: int, progress: Callable[[Board], None] = lambda board: None
) -> Board:
    """Return the gap board: the `each` weightiest findings of every kind, kind by kind, and all counts.

    `progress` gets what there is so far after every kind: all of a large register take seconds.
    """
    parts: dict[str, Board] = {}
    with _room(connection, asked):
        for name, part in _look(connection, asked, GAPS, lambda reader, kind: _board(reader, asked, (kind,), each)):
            parts[name] = part
            progress(_together(parts))
    return _together(parts)


def _together(parts: Mapping[str, Board]) -> Board:
    """Return one board of the boards of single kinds, in the order of the kinds."""
    board = Board()
    for part in (parts[kind] for kind in GAPS if kind in parts):
        board.findings += part.findings
        board.keys += part.keys
        board.counts |= part.counts
        board.aside |= part.aside
    return board


def counts(connection: Connection, asked: Asked, kinds: Sequence[str] = GAPS) -> dict[str, tuple[int, int]]:
    """Return {kind: (how many, how many set aside)}; those set aside are not among the first.

    On a list of several kinds, a problem that is named as silent is not named as due once more.
    """
    once = tuple(kinds) == DUTIES

    def of_kind(reader: Connection, kind: str) -> tuple[int, int]:
        found = [count(reader, asked, name, query) for name, query in _queries(reader, asked, (kind,), once=once)]
        return sum(number for number, _aside in found), sum(aside for _number, aside in found)

    with _room(connection, asked):
        found = dict(_look(connection, asked, kinds, of_kind))
    return {kind: found[kind] for kind in kinds}


def _look(
    connection: Connection, asked: Asked, kinds: Sequence[str], one: Callable[[Connection, str], Found]
) -> Iterable[tuple[str, Found]]:
    """Return (kind, what `one` returns of it) of all kinds; of a whole province, two at a time."""
    _prepare(connection, asked)
    if asked.scope != Scope():
        return ((kind, one(connection, kind)) for kind in kinds)
    return side_by_side.look(connection, sorted(kinds, key=lambda kind: kind not in _DEAR), one)


def tally(connection: Connection, asked: Asked, kinds: Sequence[str]) -> Board:
    """Return the counts alone."""
    found = counts(connection, asked, kinds)
    return Board(
        counts={kind: number for kind, (number, _aside) in found.items()},
        aside={kind: aside for kind, (_number, aside) in found.items()},
    )


def kind(key: int) -> str:
    """Return the kind of a key's finding."""
    return _KINDS[kind_in(key)]


def keys(connection: Connection, asked: Asked, kinds: Sequence[str], limit: int = -1) -> "array[int]":
    """Return the keys of the findings of `kinds`, the weightiest first, at most `limit` (-1: all)."""

    def queries(of: Asked) -> list[tuple[str, Query]]:
        return list(_queries(connection, of, kinds, once=tuple(kinds) == DUTIES))

    with _room(connection, asked):
        if limit > 0:
            found = finding_first.rows(connection, asked, queries, limit)
        else:
            found = ranked_keys(connection, asked, queries(asked))
        return array("q", (row["key"] for row in found))


def page(connection: Connection, asked: Asked, wanted: Sequence[int]) -> dict[int, Finding]:
    """Return the findings with the keys `wanted`, in that order; what is gone meanwhile is left out."""
    by_kind: dict[str, list[int]] = {}
    for key in wanted:
        by_kind.setdefault(kind(key), []).append(key)
    found: dict[int, Finding] = {}
    for name, query in _queries(connection, asked, tuple(by_kind)):
        found |= rows(connection, asked, name, query, by_kind[name])
    often = _often(connection, asked, found.values())
    return {key: replace(found[key], visits=often.get(found[key].project_uid, 0)) for key in wanted if key in found}


def pages(connection: Connection, asked: Asked, wanted: Sequence[int]) -> Iterator[tuple[int, Finding]]:
    """Yield (key, finding) of all that are `wanted`, built a few at a time."""
    for start in range(0, len(wanted), _PAGE):
        yield from page(connection, asked, wanted[start : start + _PAGE]).items()


def all_clear_until(connection: Connection, asked: Asked) -> date | None:
    """Return the next day on which something is due if nothing else happens; None where none is in sight.

    The same question is asked of the days ahead, so that the answer cannot differ from the list of that day.
    """
    kinds = [kind for kind in DUTIES if kind != "draft_left"]
    for number in range(1, _AHEAD + 1):
        day = asked.today + timedelta(days=number)
        ahead = replace(asked, today=day)
        if any(len(keys(connection, ahead, (kind,), 1)) for kind in kinds):
            return day
    return None


def _board(connection: Connection, asked: Asked, kinds: Sequence[str], limit: int) -> Board:
    board = tally(connection, asked, kinds)
    if board.total:
        board.keys = keys(connection, asked, kinds, limit)
        board.findings = [finding for _key, finding in pages(connection, asked, board.keys)]
    return board


def _room(connection: Connection, asked: Asked) -> AbstractContextManager[None]:
    return nullcontext() if asked.scope.person or asked.scope.project else roomy(connection)


def _queries(
    connection: Connection, asked: Asked, kinds: Sequence[str], *, once: bool = False
) -> Iterator[tuple[str, Query]]:
    """Yield (kind, query) of `kinds`; `once` leaves out the problems due that are silent too."""
    _prepare(connection, asked)
    for kind in kinds:
        for query in _QUERIES[kind](connection, asked):
            due_only = once and kind == "issue_due"
            yield kind, finding_work.not_silent_too(connection, asked, query) if due_only else query


def _prepare(connection: Connection, asked: Asked) -> None:
    prepare(connection)
    if "aside" not in asked.known:
        asked.known["aside"] = _aside(connection, asked)


def _aside(connection: Connection, asked: Asked) -> frozenset[str]:
    """Return the kinds of which something is set aside on the day, for everybody or for the person who looks."""
    rows = connection.execute(
        "SELECT DISTINCT kind FROM set_aside "
        "WHERE until >= :today AND made_on <= :today AND (person_uid IS NULL OR person_uid = :viewer)",
        {"today": asked.today.isoformat(), "viewer": asked.viewer},
    )
    return frozenset(row[0] for row in rows)


def _often(connection: Connection, asked: Asked, findings: Iterable[Finding]) -> dict[str, int]:
    """Return how often those of the findings' projects were visited that are visited too often."""
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
    return {row[0]: row[1] for row in rows}
