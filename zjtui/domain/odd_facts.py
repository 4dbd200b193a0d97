"""What the rules of odd figures look at: one project's year as plain data, and what a rule says about it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from zjtui.domain import lights
from zjtui.domain.codes import Codes
from zjtui.domain.limits import LIMITS
from zjtui.errors import Msg
from zjtui.i18n import N_

_EMPTY: tuple[None, ...] = (None,) * 12
# "No stop" is none, nor is the break of a hot day or a quiet night.
_STOP = re.compile(r"(?<![未无不没])(?<!没有|并无|未曾|中午|午间|夜间)停[工建]")
RULES = Codes(
    W01=N_("odd|Exactly on the target"),
    W02=N_("odd|One month far above the others"),
    W03=N_("odd|The sum falls"),
    W04=N_("odd|The same progress for months"),
    W05=N_("odd|A start without permit or statistics"),
    W06=N_("odd|On schedule with a blocking issue"),
    W07=N_("odd|From green to red"),
    W08=N_("odd|Many projects within minutes"),
    W09=N_("odd|Far above the plan"),
    W10=N_("odd|Round figures"),
    W11=N_("odd|A stop and an amount"),
    W12=N_("odd|Changed after a freeze"),
)
# Each asks; none says that something is wrong.
_SENTENCES = {
    "W01": N_("Completion up to {month} is exactly {rate}; how was it counted?"),
    "W02": N_("{month} has {amount}, a usual month {median}; what was done in it?"),
    "W03": N_("{month} lowers the sum of the year; what was corrected?"),
    "W04": N_("Progress is {percent} % for {count} months up to {month}; what moved in them?"),
    "W05": N_("Started on {day}, without a permit or an entry in the statistics; what shows the start?"),
    "W06": N_("On schedule in {month}, and a blocking issue is open for {days} days; how do the two go together?"),
    "W07": N_("The progress light goes from green to red in {month}; what changed?"),
    "W08": N_("{month} was entered with {count} projects within {minutes} minutes; which papers do they come from?"),
    "W09": N_("Completion reaches {rate} in {month}; is there an adjusted plan?"),
    "W10": N_("{share} of the unit's {count} monthly figures are multiples of {unit}; how are they rounded?"),
    "W11": N_("{month} reports {amount}, and the follow-up of {day} notes a stop; what is the amount for?"),
    "W12": N_("{month} was frozen with {old} and is {new} now; what was found?"),
}


@dataclass(frozen=True, slots=True)
class Hit:
    """One figure that a rule asks about: of a month ("YYYY-MM"), or of the whole project ("").

    `figures` are those that the question is about, exactly: an explanation holds as long as they are the same.
    """

    rule: str
    month: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    figures: str = ""

    @property
    def sentence(self) -> Msg:
        """The question, in a sentence."""
        return Msg(_SENTENCES[self.rule], month=self.month, **self.params)


@dataclass(slots=True)
class Facts:
    """One project's year as the rules need it. Amounts in yuan; what nobody reported is None.

    The tuples have one item a month, January first. `corrected` are the months with a reason of correction, `stopped`
    the day of a follow-up that notes a stop by month, `typed` how many projects were entered together with the month,
    `told` what a freeze told of a month. Months are numbers from 1.
    """

    year: int
    today: date
    amounts: tuple[int | None, ...] = _EMPTY
    reported_ytd: tuple[int | None, ...] = _EMPTY
    progress: tuple[float | None, ...] = _EMPTY
    corrected: frozenset[int] = frozenset()
    plan: int = 0
    adjusted: bool = False
    expected: tuple[int, ...] = (0,) * 12
    stage: str = "building"
    real_start: date | None = None
    permit: bool = False
    stat_in: date | None = None
    blocking_days: int = 0
    stopped: Mapping[int, date] = field(default_factory=dict)
    typed: Mapping[int, int] = field(default_factory=dict)
    told: Mapping[int, int] = field(default_factory=dict)
    unit_figures: int = 0  # months with an amount that the unit reported in the year, of all its projects
    unit_round: int = 0  # and those of them that are multiples
    profile: str = "points"
    limits: Mapping[str, float] = field(default_factory=lambda: LIMITS)

    @property
    def reported(self) -> list[tuple[int, int]]:
        """The months that have an amount, with it."""
        return [(number, amount) for number, amount in enumerate(self.amounts, 1) if amount is not None]

    def done(self, month: int) -> int:
        """Return what was done up to the end of `month`."""
        return sum(amount or 0 for amount in self.amounts[:month])

    def colour(self, month: int) -> str:
        """Return the colour of the progress light at the end of `month`; grey where nothing was reported for it."""
        if self.amounts[month - 1] is None:
            return "grey"
        return lights.progress_colour(self.done(month), self.expected[month - 1], self.plan, self.profile, self.limits)

    def name(self, month: int) -> str:
        """Return a month of the year as "YYYY-MM"."""
        return f"{self.year}-{month:02}"

    def beyond(self, value: int, limit: str, whole: int) -> bool:
        """Tell whether value > threshold * whole, in whole numbers: no figure falls on the wrong side of it."""
        threshold = lights.exact(self.limits[limit])
        return value * threshold.denominator > threshold.numerator * whole


def says_stopped(text: str) -> bool:
    """Tell whether a follow-up's findings note that work stands still (停工, 停建)."""
    return _STOP.search(text) is not None


@dataclass(frozen=True, slots=True)
class Entry:
    """An amount that a person entered at a time, as the change log knows it."""

    person: str
    at: datetime
    project: str
    month: str


def entered_together(entries: Iterable[Entry], minutes: float) -> dict[tuple[str, str], int]:
    """Return {(project, month): n}: the most projects that one person entered within `minutes` around that entry."""
    by_person: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda item: item.at):
        by_person.setdefault(entry.person, []).append(entry)
    found: dict[tuple[str, str], int] = {}
    span = timedelta(minutes=minutes)
    for own in by_person.values():
        end = 0
        for begin, first in enumerate(own):
            reached = end
            while end < len(own) and own[end].at - first.at <= span:
                end += 1
            if end > reached:  # no longer row of entries holds this one
                together = own[begin:end]
                count = len({entry.project for entry in together})
                for entry in together:
                    key = entry.project, entry.month
                    found[key] = max(found.get(key, 0), count)
    return found


def falls(amounts: Sequence[int | None], reported: Sequence[int | None], reasons: Sequence[str | None]) -> bool:
    """Tell whether a month of the year lowers its sum without a reason: only then has rule W03 anything to ask."""
    highest: int | None = None
    for amount, told, reason in zip(amounts, reported, reasons, strict=True):
        lowers = told is not None and highest is not None and told < highest
        if reason is None and (lowers or (amount is not None and amount < 0)):
            return True
        if told is not None:
            highest = told if highest is None else max(highest, told)
    return False


def steady(progress: Sequence[float | None]) -> int:
    """Return for how many months in a row the progress, below 100, stayed the same: what rule W04 asks about."""
    longest, length, last = 0, 0, None
    for reached in progress:
        length = length + 1 if reached is not None and reached == last else int(reached is not None)
        last = reached
        if reached != 100:
            longest = max(longest, length)
    return longest
