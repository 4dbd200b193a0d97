"""Figures that call for a question (带问号的数字): neutral, to be asked on the next visit, never an accusation.

Each rule is a pure function of one project's year; what is odd may well be right.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from statistics import median

from zjtui.domain import lights
from zjtui.domain.limits import LIMITS
from zjtui.errors import Msg
from zjtui.i18n import N_

_ROUND = (Fraction(75), Fraction(85))  # the targets themselves, to the tenth of a percent
_TENTH = Fraction(1, 20)


@dataclass(frozen=True)
class Year:
    """What is known of one project up to a month (1-12) of a year; amounts in yuan, a missing month is not there.

    `amounts` and `percents` by month; `corrected` are months whose negative amount has its reason; `stopped` months in
    which a follow-up says that the work stands still; `expected` the 12 cumulative amounts expected.
    """

    month: int
    plan: int = 0
    adjusted: bool = False
    building: bool = True
    started: date | None = None
    stat_in: date | None = None
    permit: bool = True
    amounts: Mapping[int, int] = field(default_factory=dict)
    percents: Mapping[int, int] = field(default_factory=dict)
    corrected: frozenset[int] = frozenset()
    stopped: frozenset[int] = frozenset()
    expected: tuple[int, ...] = (0,) * 12
    blocking_days: int = 0
    profile: str = "points"

    def done(self, month: int) -> int:
        """The sum of the months up to one."""
        return sum(amount for number, amount in self.amounts.items() if number <= month)

    def light(self, month: int, limits: Mapping[str, float]) -> str:
        """The colour of the progress light at the end of a month."""
        if month < 1:
            return "grey"
        return lights.progress(self.done(month), self.expected[month - 1], self.plan, self.profile, limits).colour


def questions(year: Year, limits: Mapping[str, float] = LIMITS) -> list[tuple[str, Msg]]:
    """Return (rule, question) for everything that is odd, in the order of the rules."""
    return [(rule, question) for rule, check in _RULES.items() for question in check(year, limits)]


def _exactly(year: Year, _limits: Mapping[str, float]) -> Iterator[Msg]:
    """W01: completion is 75.0 or 85.0 %, to the tenth."""
    if year.plan:
        share = Fraction(year.done(year.month) * 100, year.plan)
        if any(abs(share - target) < _TENTH for target in _ROUND):
            yield Msg(N_("completion is exactly {share} %; how was it counted?"), share=f"{float(share):.1f}")


def _leap(year: Year, limits: Mapping[str, float]) -> Iterator[Msg]:
    """W02: a month above three times the median of the others and above a fifth of the plan."""
    for number, amount in sorted(year.amounts.items()):
        others = [other for month, other in year.amounts.items() if month != number]
        if (
            len(others) > 1
            and amount > limits["odd_leap"] * median(others)
            and amount > limits["odd_share"] * year.plan
        ):
            yield Msg(N_("month {month} is far above the others; what was done in it?"), month=number)


def _falls(year: Year, _limits: Mapping[str, float]) -> Iterator[Msg]:
    """W03: the sum falls, and nobody says why."""
    for number, amount in sorted(year.amounts.items()):
        if amount < 0 and number not in year.corrected:
            yield Msg(N_("the sum falls in month {month}; what was corrected?"), month=number)


def _same(year: Year, _limits: Mapping[str, float]) -> Iterator[Msg]:
    """W04: the same progress in percent three months in a row while building."""
    last = [year.percents.get(year.month - back) for back in range(3)]
    if year.building and last[0] is not None and last[0] < 100 and last[0] == last[1] == last[2]:
        yield Msg(N_("progress stands at {percent} % for three months; what holds it up?"), percent=last[0])


def _no_permit(year: Year, _limits: Mapping[str, float]) -> Iterator[Msg]:
    """W05: started, without a permit among the proofs, and not in the statistics."""
    if year.building and year.started and not year.permit and not year.stat_in:
        yield Msg(N_("started without a permit noted and not in the statistics; where do both stand?"))


def _green_but_blocked(year: Year, limits: Mapping[str, float]) -> Iterator[Msg]:
    """W06: progress is green while a blocking problem is open for more than a week."""
    if year.blocking_days > limits["blocking_red"] and year.light(year.month, limits) == "green":
        yield Msg(N_("progress is green with a problem blocking for {days} days; does it stop the work?"),
                  days=year.blocking_days)  # fmt: skip


def _sudden(year: Year, limits: Mapping[str, float]) -> Iterator[Msg]:
    """W07: green last month, red this month."""
    if year.light(year.month - 1, limits) == "green" and year.light(year.month, limits) == "red":
        yield Msg(N_("progress went from green to red within a month; what happened?"))


def _beyond(year: Year, limits: Mapping[str, float]) -> Iterator[Msg]:
    """W09: more than 130 % of the plan, and the plan was not adjusted."""
    if year.plan and not year.adjusted and year.done(year.month) > limits["odd_beyond"] * year.plan:
        yield Msg(N_("far more was done than planned; is the plan to be adjusted?"))


def _stopped(year: Year, _limits: Mapping[str, float]) -> Iterator[Msg]:
    """W11: a follow-up says that the work stands still in a month that reports money."""
    for number in sorted(year.stopped):
        if year.amounts.get(number, 0) > 0:
            yield Msg(N_("a follow-up says the work stood still in month {month}, which reports money; which holds?"),
                      month=number)  # fmt: skip


_RULES: dict[str, Callable[[Year, Mapping[str, float]], Iterator[Msg]]] = {
    "W01": _exactly, "W02": _leap, "W03": _falls, "W04": _same, "W05": _no_permit, "W06": _green_but_blocked,
    "W07": _sudden, "W09": _beyond, "W11": _stopped,
}  # fmt: skip


class Questions(Msg):
    """Several questions with their rules, translated when they are shown."""

    def __init__(self, found: list[tuple[str, Msg]]) -> None:
        super().__init__("")
        self.found = found

    def __str__(self) -> str:
        return "；".join(f"{rule} {question}" for rule, question in self.found)
