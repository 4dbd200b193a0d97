"""The few functions that the findings need and SQL does not have: each is the domain's own, called from a query."""

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import Any

from zjtui.domain import workdays
from zjtui.domain.finding import size_of
from zjtui.domain.month import add_months
from zjtui.domain.service_days import spans
from zjtui.store.read.finding_scope import as_day
from zjtui.store.sqlite import Connection, OperationalError

_CALENDARS: list[workdays.Given] = [workdays.NONE_GIVEN]
_KEPT = 4096  # answers: the parts of one row ask the same


def prepare(connection: Connection) -> None:
    """Give the functions to a connection, once: it takes none while something is being read."""
    with suppress(OperationalError):
        connection.execute("SELECT size_of(0)").fetchone()
        return
    functions: Sequence[tuple[str, int, Callable[..., Any]]] = (
        ("size_of", 1, size_of),
        ("months_later", 2, _months_later),
        ("bits", 1, int.bit_count),
        ("days_used", 5, _days_used),
        ("near_promise", 7, _near_promise),
        ("promised_for", 5, _promised_for),
    )
    for name, count, function in functions:
        connection.create_function(name, count, function, deterministic=True)


def calendar(given: workdays.Given) -> int:
    """Return the number by which a query names a calendar."""
    if given not in _CALENDARS:
        _CALENDARS.append(given)
    return _CALENDARS.index(given)


@lru_cache(_KEPT)
def _months_later(day: str, count: int) -> str | None:
    found = as_day(day)
    return add_months(found, count).isoformat() if found else None


@lru_cache(_KEPT)
def _counted(number: int, start: str, end: str, basis: str, pauses: str) -> tuple[int, int]:
    begin, stop = as_day(start), as_day(end)
    if begin is None or stop is None:
        return 0, 0
    paused = spans(json.loads(pauses)) if pauses != "[]" else ()
    return workdays.counted(begin, stop, basis, paused, _CALENDARS[number])


def _days_used(number: int, start: str, end: str, basis: str, pauses: str) -> int:
    return _counted(number, start, end, basis, pauses)[0]


def _near_promise(promise: int | None, near: int, *counted: Any) -> bool:
    """Tell whether a service is past its promise, or so near to it that no unknown day can be what is missing."""
    if promise is None:
        return False
    used, unknown = _counted(*counted)
    left = promise - used
    return left < 0 or unknown <= left <= near


@lru_cache(_KEPT)
def _promised_for(number: int, start: str, promise: int, basis: str, pauses: str) -> str | None:
    begin = as_day(start)
    paused = spans(json.loads(pauses)) if pauses != "[]" else ()
    day = workdays.due_date(begin, promise, basis, paused, _CALENDARS[number]) if begin else None
    return day.isoformat() if day else None
