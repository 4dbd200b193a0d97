"""Chinese working days: public holidays and the weekends worked in exchange (调休).

A year's calendar is the one that the office gave (domain/work_calendar.py), else the one shipped with
`chinesecalendar`, as the State Council announces it. Of a year that neither knows no day is guessed: its days are not
counted, and whoever asks is told how many there are.
"""

from bisect import bisect_left
from calendar import isleap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import accumulate
from types import MappingProxyType

Span = tuple[date, date | None]  # from (counted) to (no longer counted); None: still going on


@dataclass(frozen=True)
class Year:
    """A year's calendar that was given: days off beside the weekends, and weekend days that are worked.

    `first` and `last` are where it begins and ends, where that is not the year: outside of them nothing is known.
    """

    off: frozenset[date]
    worked: frozenset[date]
    first: date = date.min
    last: date = date.max


Given = Mapping[int, Year]
NONE_GIVEN: Given = MappingProxyType({})
_DAY = timedelta(days=1)


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
    if not year.first <= day <= year.last:
        return None
    return day in year.worked or (day.weekday() < 5 and day not in year.off)


def unknown_until(day: date, given: Given = NONE_GIVEN) -> int:
    """Return of how many days of its year, up to `day`, nobody knows whether they are worked."""
    return _table(day.year, given.get(day.year))[1][day.timetuple().tm_yday]


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
    if end <= start:
        return 0, 0
    if basis != "wd":
        known, unknown = (end - start).days, 0
    else:
        known, unknown = _between(start, end, given)
    for begin, stop in _paused(start, end, pauses):
        worked, nobody = _between(begin, stop, given) if basis == "wd" else ((stop - begin).days, 0)
        known, unknown = known - worked, unknown - nobody
    return known, unknown


def _paused(start: date, end: date, pauses: Iterable[Span]) -> Iterator[tuple[date, date]]:
    """Yield the paused days after `start` and up to `end`, each day once, as (the day before, the last one)."""
    done = start
    for begin, stop in sorted((begin, stop or date.max) for begin, stop in pauses):
        first, last = max(begin, done + _DAY), min(stop, end + _DAY)
        if first < last:
            yield first - _DAY, last - _DAY
            done = last - _DAY


@lru_cache(maxsize=512)
def _table(year: int, own: Year | None) -> tuple[list[int], list[int]]:
    """Return how many days of a year up to each of its days are worked, and how many nobody knows of."""
    given = {year: own} if own else NONE_GIVEN
    days = [is_workday(date(year, 1, 1) + timedelta(days=number), given) for number in range(366 - (not isleap(year)))]
    return [0, *accumulate(map(bool, days))], [0, *accumulate(day is None for day in days)]


def _between(start: date, end: date, given: Given) -> tuple[int, int]:
    """Return the days worked, and those that nobody knows of, from `start` (not counted) to `end` (counted)."""
    known = unknown = 0
    for year in range(start.year, end.year + 1):
        worked, nobody = _table(year, given.get(year))
        first = start.timetuple().tm_yday if year == start.year else 0
        last = end.timetuple().tm_yday if year == end.year else len(worked) - 1
        known, unknown = known + worked[last] - worked[first], unknown + nobody[last] - nobody[first]
    return known, unknown


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
    if not spans and basis == "wd" and (quick := _nth(start, limit, given)):
        return quick
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


def _nth(start: date, limit: int, given: Given) -> date | None:
    """Return the `limit`-th day worked after `start`, where it falls into the same year and all of that is known."""
    worked, nobody = _table(start.year, given.get(start.year))
    target = worked[start.timetuple().tm_yday] + limit
    if not limit or nobody[-1] or target > worked[-1]:
        return None
    return date(start.year, 1, 1) + timedelta(days=bisect_left(worked, target) - 1)
