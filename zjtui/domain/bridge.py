"""What leads from one rate to a later one: the causes, whose parts add up to the change exactly.

A rate is a numerator over a denominator, each a sum over projects. A cause changes either or both; its part of the
change is what it does to the numerator over the later denominator, less what it does to the denominator at the earlier
rate. So nothing is left over and nothing depends on an order of the causes.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeVar

from zjtui.domain.indicators import ranks

CAUSES = ("month", "late", "corrections", "entered", "left", "plans", "calendar")
Key = TypeVar("Key")


@dataclass(frozen=True)
class Stand:
    """One project in one year: its plan, the amount of each month reported (1-12), in yuan; 0 is an amount.

    `expected` are the cumulative amounts by the end of each month; `new` says it is a new start of the year, `started`
    on which ISO day it really started; from month `out` of the year on (13: not in it) it is withdrawn.
    """

    plan: int = 0
    months: Mapping[int, int] = field(default_factory=dict)
    expected: Sequence[int] = (0,) * 12
    new: bool = False
    started: str | None = None
    out: int = 13

    def counts(self, month: int) -> bool:
        """Tell whether its plan and its start count at the end of `month`."""
        return self.out > month


Stands = Mapping[str, Stand]  # by the project's uid


@dataclass(frozen=True)
class Point:
    """From where a change is measured, or up to where: the year's month (1-12) and its last day, ISO."""

    month: int
    last_day: str


@dataclass
class Change:
    """What each cause did: month: done in the months between; late: figures that were missing before; corrections:
    figures changed since, and negative months; entered, left: projects that only one of the two counts (what a
    withdrawn one did stays); plans: plans changed since; calendar: what is expected by the later month more than by
    the earlier.
    """

    numerator: dict[str, int] = field(default_factory=lambda: dict.fromkeys(CAUSES, 0))
    denominator: dict[str, int] = field(default_factory=lambda: dict.fromkeys(CAUSES, 0))

    def points(self, numerator: int, denominator: int) -> dict[str, Fraction] | None:
        """Return each cause's part in percentage points; None where one of the rates has nothing to divide by.

        `numerator` and `denominator` are those of the earlier rate; the parts add up to the change exactly.
        """
        later = denominator + sum(self.denominator.values())
        if not denominator or not later:
            return None
        earlier = Fraction(numerator, denominator)
        return {cause: (self.numerator[cause] - earlier * self.denominator[cause]) * 100 / later for cause in CAUSES}


def completion(before: Stands, start: Point, after: Stands, end: Point) -> Change:
    """Return what changed the money done over the plans, in yuan."""
    change = Change()
    _money(change, before, start, after, end)
    _over(change.denominator, before, start, after, end, lambda stand: stand.plan)
    return change


def pace(before: Stands, start: Point, after: Stands, end: Point) -> Change:
    """Return what changed the money done over what is expected by the month, in yuan."""
    change = Change()
    _money(change, before, start, after, end)
    _over(change.denominator, before, start, after, end, lambda stand: stand.expected[start.month - 1])
    for stand in after.values():
        if not stand.counts(end.month):
            continue
        change.denominator["calendar"] += stand.expected[end.month - 1] - stand.expected[start.month - 1]
    return change


def commencement(before: Stands, start: Point, after: Stands, end: Point) -> Change:
    """Return what changed the new starts that started over all new starts, in projects."""
    change = Change()
    _over(change.denominator, before, start, after, end, lambda stand: int(stand.new))
    for uid in {*before, *after}:
        old, new = before.get(uid), after.get(uid)
        step = int(_began(new, end)) - int(_began(old, start))
        if step:
            change.numerator[_cause_of_start(old, new, start, end)] += step
    return change


METRICS: Mapping[str, Callable[[Stands, Point, Stands, Point], Change]] = {
    "completion": completion,
    "commencement": commencement,
    "pace": pace,
}


def _began(stand: Stand | None, by: Point) -> bool:
    counts = stand is not None and stand.new and stand.counts(by.month)
    return bool(stand and counts and stand.started is not None and stand.started <= by.last_day)


def _cause_of_start(old: Stand | None, new: Stand | None, start: Point, end: Point) -> str:
    """Return why a start counts now and did not before, or the other way round."""
    if new is None or not new.counts(end.month):
        return "left"
    if old is not None and not old.counts(start.month):
        return "entered"
    if new.started is not None and new.started > start.last_day:
        return "corrections" if _began(old, start) else "month"
    if old is None:
        return "entered"
    if old.new != new.new:
        return "plans"
    return "late" if old.started is None else "corrections"


def _money(change: Change, before: Stands, start: Point, after: Stands, end: Point) -> None:
    for uid in {*before, *after}:
        old = _up_to(before.get(uid), start)
        new = _up_to(after.get(uid), end)
        if uid not in after:
            change.numerator["left"] -= sum(old.values())
            continue
        for month, amount in new.items():
            change.numerator[_cause_of_month(month, amount, old, uid in before, start)] += amount - old.get(month, 0)
        for month, amount in old.items():
            if month not in new:  # taken out since, or behind the month that is looked at
                change.numerator["month" if month > end.month else "corrections"] -= amount


def _cause_of_month(month: int, amount: int, old: Mapping[int, int], was_there: bool, start: Point) -> str:
    """Return why the amount of a month counts; a negative one has a reason by rule R-01: it corrects."""
    if month > start.month:
        return "corrections" if amount < 0 else "month"
    if not was_there:
        return "entered"
    return "corrections" if month in old or amount < 0 else "late"


def _up_to(stand: Stand | None, point: Point) -> dict[int, int]:
    return {month: amount for month, amount in stand.months.items() if month <= point.month} if stand else {}


def _over(
    parts: dict[str, int], before: Stands, start: Point, after: Stands, end: Point, amount: Callable[[Stand], int]
) -> None:
    """Add what came in, what went out or was withdrawn, and what is another amount now."""
    for uid in {*before, *after}:
        old, new = before.get(uid), after.get(uid)
        counted, counts = old is not None and old.counts(start.month), new is not None and new.counts(end.month)
        if new is not None and counts:
            parts["plans" if counted else "entered"] += amount(new)
        if old is not None and counted:
            parts["plans" if counts else "left"] -= amount(old)


def rank_effects(
    before: Mapping[Key, Fraction | None], after: Mapping[Key, Fraction | None], key: Key
) -> tuple[int, int, int] | None:
    """Return the rank of `key` before, with only its own value changed, and now; None where it was or is not ranked.

    So the first step is its own doing, the second that of the others; both together are the change.
    """
    if before.get(key) is None or after.get(key) is None:
        return None
    return _rank(before, key), _rank({**before, key: after[key]}, key), _rank(after, key)


def _rank(values: Mapping[Key, Fraction | None], key: Key) -> int:
    found = ranks(values.values())[list(values).index(key)]
    assert found is not None
    return found
