"""The first rows of a province's list, without weighing all of it: its largest projects decide most lists.

Beside the size of its project a finding has a few points at most (store/read/finding_query.py). Once the last row that
is wanted has more than any finding of a smaller project can have, the others need not be looked at; until then, those
that stay behind it even in the largest project need not be weighed.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from zjtui.domain.finding import least_of, size_of
from zjtui.store.read.finding_query import Query, ranked_keys
from zjtui.store.read.finding_scope import LARGEST, Asked, Scope
from zjtui.store.sqlite import Connection

Queries = Callable[[Asked], Sequence[tuple[str, Query]]]
_STEPS = (1_000, 10_000)  # so many projects are looked at before all are
_SOON = 10  # where the first ones have not a tenth of what is wanted, ten times as many would not have it either
_FEW = 4  # one in so many: of more, each record is looked at rather than each project


def rows(connection: Connection, asked: Asked, queries: Queries, limit: int) -> Iterable[Any]:
    """Return the first `limit` of what `ranked_keys` returns."""
    if asked.scope != Scope():
        return ranked_keys(connection, asked, queries(asked), limit)
    for count in _STEPS:
        least = least_of(size_of(_plan(connection, asked, count - 1)))
        if not least:
            break
        largest = _of_largest(asked, least)
        found, most = _first(connection, largest, queries, limit)
        asked.known.update(largest.known)
        if len(found) == limit:
            reached = found[-1]["total"]
            if not found[-1]["place"] or reached > size_of(largest.scope.least - 1) + most:
                return found  # no finding of a smaller project comes so far
            beside = reached - size_of(_plan(connection, asked, 0))
            others = _of_largest(asked, least_of(reached - most))
            some = others if _are_few(connection, others) else asked
            return ranked_keys(connection, some, queries(some), limit, beside)
        if len(found) * _SOON < limit:
            break
    return ranked_keys(connection, asked, queries(asked), limit)


def _of_largest(asked: Asked, least: int) -> Asked:
    """Return the same asked of the projects with at least such a plan."""
    largest = replace(asked, scope=Scope(least=least))
    largest.known.update(asked.known)
    return largest


def _first(connection: Connection, asked: Asked, queries: Queries, limit: int) -> tuple[list[Any], int]:
    """Return the first rows, and the most that a finding may have beside the size of its project."""
    asking = queries(asked)
    found = list(ranked_keys(connection, asked, asking, limit))
    return found, max((query.most for _kind, query in asking), default=0)


def _are_few(connection: Connection, asked: Asked) -> bool:
    if not asked.scope.least:
        return False
    given = {"year": asked.today.year, "least": asked.scope.least}
    [count] = connection.execute(f"SELECT count(*) FROM ({LARGEST})", given).fetchone()
    [all_of_them] = connection.execute("SELECT count(*) FROM project").fetchone()
    return bool(count * _FEW < all_of_them)


def _plan(connection: Connection, asked: Asked, place: int) -> int:
    """Return the plan of the year, in yuan, of the project at a place among the largest, from 0; 0 where none is."""
    row = connection.execute(
        "SELECT plan FROM standing INDEXED BY standing_plan WHERE year = ? AND plan > 0 "
        "ORDER BY plan DESC LIMIT 1 OFFSET ?",
        (asked.today.year, place),
    ).fetchone()
    return row[0] if row else 0
