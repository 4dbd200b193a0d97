"""Figures that call for a question (带问号的数字): one pure function a rule, each with its formula.

A hit is no fault. It says what is unusual about a figure, so that somebody asks on the next visit and writes the answer
down; the wording never accuses. Thresholds are settings (`odd_...` in domain/limits.py). They run over every project of
a register at once, so the cheap half of each condition comes first.
"""

from collections.abc import Callable, Iterator
from itertools import accumulate
from statistics import median
from typing import Any

from zjtui.domain import lights
from zjtui.domain.fields import WAN
from zjtui.domain.money import percent, plain, show_money
from zjtui.domain.odd_facts import Facts, Hit


def _wan(yuan: int) -> str:
    return show_money(yuan, WAN, named=True)


def _share(part: int, whole: int, decimals: int = 1) -> str:
    return percent(part, whole, decimals).replace("%", " %")


def _hit(facts: Facts, rule: str, month: int, figures: tuple[Any, ...], **params: Any) -> Hit:
    """Return a hit about a month, or about the whole project where `month` is 0."""
    return Hit(rule, facts.name(month) if month else "", params, " ".join(str(figure) for figure in figures))


def w01(facts: Facts) -> Iterator[Hit]:
    """Completion exactly on a target: done(m) / plan, as it is printed with one decimal, = 75.0 % or 85.0 %.

    Only in a month with an amount: one that adds nothing was asked about when it was reached.
    """
    if facts.plan <= 0:
        return
    targets = {round(lights.exact(facts.limits[name]) * 10) for name in ("odd_target_low", "odd_target_high")}
    for month, (amount, done) in enumerate(zip(facts.amounts, _sums(facts), strict=True), 1):
        if amount and (done * 2000 + facts.plan) // (2 * facts.plan) in targets:  # in tenths, rounded half up
            yield _hit(facts, "W01", month, (done, facts.plan), rate=_share(done, facts.plan))


def w02(facts: Facts) -> Iterator[Hit]:
    """One month far above the others: amount > 3 * median of the other reported months and > 20 % of the plan."""
    if not facts.plan or not facts.beyond(max(amount or 0 for amount in facts.amounts), "odd_share", facts.plan):
        return
    reported = facts.reported
    if len(reported) <= max(facts.limits["odd_leap_months"], 1):
        return
    for month, amount in reported:
        if facts.beyond(amount, "odd_share", facts.plan):
            usual = int(median(other for number, other in reported if number != month))
            if facts.beyond(amount, "odd_leap", usual):
                yield _hit(facts, "W02", month, (amount,), amount=_wan(amount), median=_wan(usual))


def w03(facts: Facts) -> Iterator[Hit]:
    """The sum falls: amount < 0 without a reason of correction, or reported_ytd below that of an earlier month."""
    highest: int | None = None
    for month, (amount, reported) in enumerate(zip(facts.amounts, facts.reported_ytd, strict=True), 1):
        falls = reported is not None and highest is not None and reported < highest
        if (falls or (amount is not None and amount < 0)) and month not in facts.corrected:
            yield _hit(facts, "W03", month, (amount, reported))
        if reported is not None:
            highest = reported if highest is None else max(highest, reported)


def w04(facts: Facts) -> Iterator[Hit]:
    """The same progress_pct (below 100) three months in a row while the stage is "building"; again after three more."""
    if facts.stage != "building":
        return
    length, last, asked = 0, None, max(int(facts.limits["odd_same_months"]), 2)
    for month, reached in enumerate(facts.progress, 1):
        length = length + 1 if reached is not None and reached == last else int(reached is not None)
        last = reached
        if length and length % asked == 0 and reached != 100:
            yield _hit(facts, "W04", month, (reached, length), percent=reached, count=length)


def w05(facts: Facts) -> Iterator[Hit]:
    """A start that nothing shows: real_start <= today, no permit in start_evidence, stat_in empty or ahead."""
    if facts.permit or facts.real_start is None or facts.real_start > facts.today:
        return
    if facts.stat_in is None or facts.stat_in > facts.today:
        yield _hit(facts, "W05", 0, (facts.real_start,), day=facts.real_start.isoformat())


def w06(facts: Facts) -> Iterator[Hit]:
    """On schedule although blocked: progress light of the last reported month green, blocking issue open > 7 days."""
    if facts.blocking_days <= facts.limits["odd_blocking"] or not facts.reported:
        return
    month = facts.reported[-1][0]
    if facts.colour(month) == "green":
        yield _hit(facts, "W06", month, (facts.done(month), facts.plan), days=facts.blocking_days)


def w07(facts: Facts) -> Iterator[Hit]:
    """From green to red with no yellow between: progress light of month m - 1 green, of m red, both reported."""
    sums = _sums(facts)
    for month in range(2, 13):
        behind = sums[month - 1] < facts.expected[month - 1]  # what is not behind is not red, whatever the profile
        if behind and facts.colour(month) == "red" and facts.colour(month - 1) == "green":
            yield _hit(facts, "W07", month, (sums[month - 2], sums[month - 1], facts.plan))


def w08(facts: Facts) -> Iterator[Hit]:
    """Many at once: one person entered amounts of > 10 projects within 2 minutes, the month's among them."""
    for month, count in sorted(facts.typed.items()):
        if count > facts.limits["odd_typed"]:
            minutes = plain(facts.limits["odd_typed_minutes"])
            yield _hit(facts, "W08", month, (facts.amounts[month - 1],), count=count, minutes=minutes)


def w09(facts: Facts) -> Iterator[Hit]:
    """Far above the plan: done(m) / plan > 130 % without an adjusted plan, in the month in which it is passed."""
    if facts.adjusted or not facts.plan:
        return
    for month, (amount, done) in enumerate(zip(facts.amounts, _sums(facts), strict=True), 1):
        if amount is not None and facts.beyond(done, "odd_beyond", facts.plan):
            yield _hit(facts, "W09", month, (done, facts.plan), rate=_share(done, facts.plan))
            return


def w10(facts: Facts) -> Iterator[Hit]:
    """Round figures: > 60 % of the unit's monthly amounts (n >= 10, 0 not counted) are multiples of 1000 万元.

    Asked about a project of the unit that has such an amount itself. A habit is explained once a year: the figures that
    an explanation holds for are the share to the nearest tenth, not each new month.
    """
    count, unit = facts.unit_figures, int(facts.limits["odd_round_wan"]) * int(WAN.factor)
    if not count or count < facts.limits["odd_round_count"] or not unit:
        return
    own = any(amount and amount % unit == 0 for amount in facts.amounts)
    if own and facts.beyond(facts.unit_round, "odd_round_share", count):
        tenths = (facts.unit_round * 20 + count) // (2 * count)
        shown = {"share": _share(facts.unit_round, count, 0), "count": count, "unit": _wan(unit)}
        yield _hit(facts, "W10", 0, (facts.year, tenths), **shown)


def w11(facts: Facts) -> Iterator[Hit]:
    """A stop and an amount: a follow-up of month m notes 停工 or 停建, and the amount of m is > 0."""
    for month, day in sorted(facts.stopped.items()):
        amount = facts.amounts[month - 1]
        if amount is not None and amount > 0:
            yield _hit(facts, "W11", month, (amount, day), amount=_wan(amount), day=day.isoformat())


def w12(facts: Facts) -> Iterator[Hit]:
    """A correction after a freeze: |amount now - amount that the month's first freeze told| > 5 points of the plan."""
    for month, old in sorted(facts.told.items()):
        new = facts.amounts[month - 1] or 0
        if facts.plan and facts.beyond(abs(new - old), "odd_correction", facts.plan):
            yield _hit(facts, "W12", month, (old, new), old=_wan(old), new=_wan(new))


def _sums(facts: Facts) -> list[int]:
    """Return what was done up to the end of each month."""
    return list(accumulate(amount or 0 for amount in facts.amounts))


_RULES: tuple[Callable[[Facts], Iterator[Hit]], ...] = (w01, w02, w03, w04, w05, w06, w07, w08, w09, w10, w11, w12)


def hits(facts: Facts, rules: int = -1) -> list[Hit]:
    """Return what the rules ask about one project's year, rule by rule; a bit of `rules` for each that may ask."""
    return [hit for number, rule in enumerate(_RULES) if rules >> number & 1 for hit in rule(facts)]
