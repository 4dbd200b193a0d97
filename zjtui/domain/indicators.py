"""The province's indicators (domain dictionary B10): each a pure function, exact, with its formula.

Amounts are whole yuan, rates exact fractions (1 = 100 %), never capped at 1 and never an average of rates; a rate whose
denominator is 0 is None. They are rounded only where they are shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate
from typing import TypeVar

Key = TypeVar("Key")
MOST_FORECAST = Fraction(999, 100)  # where a forecast ends as it is shown: so little was expected that it says nothing
NEEDED = {"completion": {3: 25, 6: 50, 9: 75, 12: 100}, "commencement": {3: 30, 6: 60, 9: 85, 10: 100, 12: 100}}


def whole(amount: Fraction) -> int:
    """Return whole yuan, half up, away from zero."""
    rounded = int(abs(amount) + Fraction(1, 2))
    return -rounded if amount < 0 else rounded


def rate(part: int, whole: int) -> Fraction | None:
    """Return part / whole, None where whole is 0.

    completion_rate = sum of invest_month up to m / sum of the plans in force; commencement_rate = new starts that
    really started by the last day of m / new starts of the year.
    """
    return Fraction(part, whole) if whole else None


def expected_share(year_class: str, start_month: int, curve: Sequence[str], month: int) -> Fraction:
    """Return the share of the year's plan that is expected by the end of `month` (序时), from 0 to 1.

    The plan's own curve where it has one; else month / 12; a new start without a curve 0 before `start_month` (1-12),
    then linear to 1 in December, and 0 where it is planned for a later year (13). A new start whose planned month is
    not known (0) counts like any other plan. See `start_month_in`.
    """
    if curve:
        return Fraction(curve[month - 1]) / 100
    if year_class == "new_start" and start_month > 12:
        return Fraction(0)
    if year_class == "new_start" and start_month:
        return Fraction(max(month - start_month + 1, 0), 13 - start_month)
    return Fraction(month, 12)


def start_month_in(year: int, planned: str | None) -> int:
    """Return the month of `year` from which a start planned for "YYYY-MM" is due: 1 of an earlier year, 13 of a later.

    0: no month is planned.
    """
    if not planned:
        return 0
    of_year = int(planned[:4])
    return int(planned[5:7]) if of_year == year else 1 if of_year < year else 13


def expected_amounts(plan: int, year_class: str, start_month: int, curve: Sequence[str]) -> list[int]:
    """Return what is expected of `plan` by the end of each month, 12 cumulative amounts, half up to whole yuan."""
    shares = _shares(year_class, start_month, tuple(curve))
    return [(2 * plan * share.numerator + share.denominator) // (2 * share.denominator) for share in shares]


@lru_cache(maxsize=1000)
def _shares(year_class: str, start_month: int, curve: tuple[str, ...]) -> tuple[Fraction, ...]:
    """Return the shares of the twelve months: most plans have the same."""
    return tuple(expected_share(year_class, start_month, curve, month) for month in range(1, 13))


def gap_points(done: int, expected: int, plan: int) -> Fraction | None:
    """Return (completion - expected share) * 100: percentage points ahead (+) or behind (-)."""
    return Fraction((done - expected) * 100, plan) if plan else None


def ratio(done: int, expected: int) -> Fraction | None:
    """Return completion / expected share = done / expected, None where nothing is expected yet."""
    return rate(done, expected)


def target(kind: str, month: int, settings: Mapping[str, float] | None = None) -> tuple[int, Fraction]:
    """Return (month, share) of the next milestone of `kind` ("completion" or "commencement") from `month` on."""
    needed = {int(name): value for name, value in (settings or {}).items()} or NEEDED[kind]
    due = min((item for item in needed if item >= month), default=12)
    return due, Fraction(str(needed.get(due, 100))) / 100


def needed_starts(new: int, started: int, share: Fraction) -> int:
    """Return how many more of `new` starts are needed: ceil(share * new) - started, at least 0."""
    return max(-(-(share * new) // 1) - started, 0).__int__()


def monthly(cumulative: Sequence[int]) -> list[int]:
    """Return the single months of cumulative amounts."""
    return [now - before for before, now in zip((0, *cumulative), cumulative, strict=False)]


def forecasts(cumulative: Sequence[int], expected: Sequence[int], due: int) -> dict[str, Fraction] | None:
    """Return what will be done by the end of month `due`, in yuan, by three methods; None with less than two months.

    `cumulative` are the amounts done by the end of months 1..m, `expected` the 12 expected ones.
    run_rate: done / m * due. own_curve: done / expected(m) * expected(due). recent_pace: done + mean of the last three
    months * months left. A method that has nothing to divide by is left out.
    """
    month = len(cumulative)
    if month < 2:
        return None
    done = cumulative[-1]
    last = monthly(cumulative)[-3:]
    found = {"run_rate": Fraction(done, month) * due}
    if expected[month - 1]:
        found["own_curve"] = Fraction(done, expected[month - 1]) * expected[due - 1]
    found["recent_pace"] = done + Fraction(sum(last), len(last)) * (due - month)
    return found


def year_forecast(done: int, expected: int, plan: int, month: int) -> Fraction | None:
    """Return the whole year's completion at the own curve: done_ytd / expected(m) of the plan; needs two months."""
    return Fraction(done, expected) if month >= 2 and expected and plan else None


def pace(cumulative: Sequence[int]) -> Fraction:
    """Return the mean of the last three months (fewer at the beginning), in yuan a month."""
    last = monthly(cumulative)[-3:]
    return Fraction(sum(last), len(last)) if last else Fraction(0)


def smallest_set(shortfalls: Sequence[tuple[Key, int]], gap: int) -> list[Key] | None:
    """Return the fewest projects that close `gap` yuan if they catch up with their own curve; None: not even all.

    The largest shortfalls are taken first; equal ones in the order given.
    """
    if gap <= 0:
        return []
    ordered = sorted((item for item in shortfalls if item[1] > 0), key=lambda item: -item[1])
    for count, reached in enumerate(accumulate(amount for _key, amount in ordered), 1):
        if reached >= gap:
            return [key for key, _amount in ordered[:count]]
    return None


def ranks(values: Iterable[Fraction | int | None]) -> list[int | None]:
    """Return each value's rank, the largest first; ties share a rank (1, 1, 3), None has none."""
    items = list(values)
    counted = sorted((value for value in items if value is not None), reverse=True)
    first: dict[Fraction | int, int] = {}
    for place, value in enumerate(counted, 1):
        first.setdefault(value, place)
    return [None if value is None else first[value] for value in items]


def solving(counted: int, closed: int, on_time: int, days: Sequence[int], reopened: int) -> dict[str, Fraction | None]:
    """Return I1 solving rate, I2 on-time rate, I3 mean and median days, and the share that came back.

    I1 = closed / all not draft, refused or merged; I2 = closed ones solved by the due day / closed; I3 = days from
    finding to closing of the closed ones; reopened share = issues that were reopened / counted.
    """
    ordered = sorted(days)
    half = len(ordered) // 2
    median: Fraction | None = None
    if ordered:
        median = Fraction(ordered[half]) if len(ordered) % 2 else Fraction(ordered[half - 1] + ordered[half], 2)
    return {
        "solving_rate": rate(closed, counted),
        "on_time_rate": rate(on_time, closed),
        "mean_days": rate(sum(ordered), len(ordered)),
        "median_days": median,
        "reopened_share": rate(reopened, counted),
    }
