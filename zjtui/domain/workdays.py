"""Chinese working days: public holidays and the weekends worked in exchange (调休).

The calendar is the one that the State Council announces each year, as shipped by `chinesecalendar`. For a year that it
does not know there is no answer: the caller says so, nothing is guessed.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

from zjtui.errors import Refused
from zjtui.i18n import N_

Span = tuple[date, date | None]  # from (counted) to (no longer counted); None: still going on


@cache
def is_workday(day: date) -> bool:
    """Tell whether offices work on `day`. Rule W-01: the year must be in the calendar."""
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        raise Refused(N_("No calendar of working days for {year} yet"), rule="W-01", year=day.year) from None


def add_workdays(start: date, count: int) -> date:
    """Return the day on which the `count`-th working day after `start` falls; `start` itself does not count."""
    day = start
    while count > 0:
        day += timedelta(days=1)
        count -= is_workday(day)
    return day


def used_days(start: date, end: date, basis: str, pauses: Iterable[Span] = ()) -> int:
    """Return the days counted from `start` (not counted) to `end` (counted) less those in `pauses`.

    `basis` "wd" counts working days, anything else calendar days. A pause's first day is paused, its last runs again.
    """
    spans = [(begin, stop or date.max) for begin, stop in pauses]
    count, day = 0, start
    while day < end:
        day += timedelta(days=1)
        if any(begin <= day < stop for begin, stop in spans):
            continue
        count += is_workday(day) if basis == "wd" else 1
    return count


def due_date(start: date, limit: int, basis: str, pauses: Iterable[Span] = ()) -> date | None:
    """Return the day on which the `limit`-th counted day falls; None while a pause is open, for nobody knows."""
    spans = list(pauses)
    if any(stop is None for _begin, stop in spans):
        return None
    closed = [(begin, stop) for begin, stop in spans if stop is not None]
    day, counted = start, 0
    while counted < limit:
        day += timedelta(days=1)
        if not any(begin <= day < stop for begin, stop in closed):
            counted += is_workday(day) if basis == "wd" else 1
    return day
