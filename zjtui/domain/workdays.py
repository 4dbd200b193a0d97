"""Chinese working days: public holidays and the weekends worked in exchange (调休).

A year's calendar is the one that the office gave (domain/work_calendar.py), else the one shipped with
`chinesecalendar`, as the State Council announces it. Of a year that neither knows no day is guessed: its days are not
counted, and whoever asks is told how many there are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

Span = tuple[date, date | None]  # from (counted) to (no longer counted); None: still going on


@dataclass(frozen=True)
class Year:
    """A year's calendar that was given: days off beside the weekends, and weekend days that are worked."""

    off: frozenset[date]
    worked: frozenset[date]


Given = Mapping[int, Year]
NONE_GIVEN: Given = MappingProxyType({})


@cache
def _shipped(day: date) -> bool | None:
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None


def is_known(year: int, given: Given = NONE_GIVEN) -> bool:
    """Tell whether there is a calendar of `year`."""
    return year in given or _shipped(date(year, 1, 1)) is not None


def is_workday(day: date, given: Given = NONE_GIVEN) -> bool | None:
    """Tell whether offices work on `day`; None where there is no calendar of its year."""
    if (year := given.get(day.year)) is None:
        return _shipped(day)
    return day in year.worked or (day.weekday() < 5 and day not in year.off)


def add_workdays(start: date, count: int, given: Given = NONE_GIVEN) -> date:
    """Return the day on which the `count`-th day known to be worked after `start` falls; `start` does not count."""
    day = start
    while count > 0:
        day += timedelta(days=1)
        count -= bool(is_workday(day, given))
    return day


def counted(
    start: date, end: date, basis: str, pauses: Iterable[Span] = (), given: Given = NONE_GIVEN
) -> tuple[int, int]:
    """Return the days counted from `start` (not counted) to `end` (counted) less those in `pauses`, and those of which
    nobody knows whether they count.

    `basis` "wd" counts working days, anything else calendar days. A pause's first day is paused, its last runs again.
    """
    spans = [(begin, stop or date.max) for begin, stop in pauses]
    count = unknown = 0
    day = start
    while day < end:
        day += timedelta(days=1)
        if any(begin <= day < stop for begin, stop in spans):
            continue
        worked = basis != "wd" or is_workday(day, given)
        count += bool(worked)
        unknown += worked is None
    return count, unknown


def used_days(start: date, end: date, basis: str, pauses: Iterable[Span] = (), given: Given = NONE_GIVEN) -> int:
    """Return the days that are known to count: at least so many."""
    return counted(start, end, basis, pauses, given)[0]


def due_date(
    start: date, limit: int, basis: str, pauses: Iterable[Span] = (), given: Given = NONE_GIVEN
) -> date | None:
    """Return the day on which the `limit`-th counted day falls.

    None while a pause is open, or where a day before it is of a year without a calendar: nobody knows.
    """
    spans = list(pauses)
    if any(stop is None for _begin, stop in spans):
        return None
    closed = [(begin, stop) for begin, stop in spans if stop is not None]
    day, found = start, 0
    while found < limit:
        day += timedelta(days=1)
        if any(begin <= day < stop for begin, stop in closed):
            continue
        worked = basis != "wd" or is_workday(day, given)
        if worked is None:
            return None
        found += worked
    return day
