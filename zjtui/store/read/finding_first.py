"""The first rows of a province's list, without weighing all of it: its largest projects decide most lists.

Beside the size of its project a finding has a few points at most (store/read/finding_query.py). Once the last row that
is wanted has more than any finding of a smaller project can have, the others need not be looked at; until then, those
that stay behind it even in the largest project need not be weighed.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from zjtui.domain.finding import size_of
from zjtui.store.read.finding_query import Query, ranked_keys
from zjtui.store.read.finding_scope import Asked, Scope
from zjtui.store.sqlite import Connection

Queries = Callable[[Asked], Sequence[tuple[str, Query]]]
_STEPS = (1_000, 10_000)  # so many projects are looked at before all are


def rows(connection: Connection, asked: Asked, queries: Queries, limit: int) -> Iterable[Any]:
    """Return the first `limit` of what `ranked_keys` returns."""
    least = 0
    for count in _STEPS if asked.scope == Scope() else ():
        found, decided = _of_largest(connection, asked, queries, limit, count)
        if decided:
            return found
        if len(found) == limit:
            least = found[-1]["total"] - size_of(_plan(connection, asked, 0))
            break
    return ranked_keys(connection, asked, queries(asked), limit, least)


def _of_largest(
    connection: Connection,
    asked: Asked,
    queries: Queries,
    limit: int,
    count: int,
) -> tuple[list[Any], bool]:
    """Return the first rows of the `count` largest projects, and whether those of the others are all behind them."""
    smallest = _plan(connection, asked, count - 1)
    if not smallest:
        return [], False
    largest = replace(asked, scope=Scope(least=smallest))
    largest.known.update(asked.known)
    of_largest = queries(largest)
    found = list(ranked_keys(connection, largest, of_largest, limit))
    asked.known.update(largest.known)
    others = size_of(smallest - 1) + max((query.most for _kind, query in of_largest), default=0)
    return found, len(found) == limit and (not found[-1]["place"] or found[-1]["total"] > others)


def _plan(connection: Connection, asked: Asked, place: int) -> int:
    """Return the plan of the year, in yuan, of the project at a place among the largest, from 0; 0 where none is."""
    row = connection.execute(
        "SELECT plan FROM standing INDEXED BY standing_plan WHERE year = ? AND plan > 0 "
        "ORDER BY plan DESC LIMIT 1 OFFSET ?",
        (asked.today.year, place),
    ).fetchone()
    return row[0] if row else 0
