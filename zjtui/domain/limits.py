"""Thresholds of the register: proposals that a workspace's settings may change, never constants in a rule.

Share, points and counts where the name says so; changed by `zjtui limits` and in the
settings (F9), kept in `settings.json`.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from zjtui.domain.workdays import NONE_GIVEN, Given
from zjtui.i18n import N_

_DECLARED: Mapping[str, tuple[float, str]] = {
    "service_near": (2, N_("Services: counted days left from which the light is yellow")),
    "accept_within": (5, N_("Services: working days in which an application is accepted or refused")),
    "deliver_within": (10, N_("Services: working days from decision to delivery")),
    "stage_start": (60, N_("Services: days promised up to the construction permit")),
    "stage_acceptance": (30, N_("Services: days promised for the completion acceptance")),
    "escalate_l2": (1.0, N_("Problems: share of the time limit after which L2 is proposed")),
    "escalate_l3": (1.5, N_("Problems: share of the time limit after which L3 is proposed")),
    "points_yellow": (10, N_("Lights: points behind from which progress is yellow")),
    "points_red": (30, N_("Lights: points behind beyond which progress is red")),
    "ratio_yellow": (0.8, N_("Lights: share of the expected below which progress is yellow")),
    "ratio_red": (0.6, N_("Lights: share of the expected below which progress is red")),
    "start_red": (3, N_("Lights: month-ends after the planned month until a missing start is red")),
    "stat_yellow": (1, N_("Lights: months from the start without statistics until yellow")),
    "stat_red": (2, N_("Lights: months from the start without statistics until red")),
    "issue_red": (15, N_("Lights: days overdue beyond which a problem is red")),
    "blocking_red": (7, N_("Lights: days beyond which an open blocking problem is red")),
    "report_red": (2, N_("Lights: missing months until red")),
    "blocking_l3": (7, N_("Problems: days after which a blocking one is proposed for L3")),
    "odd_target_low": (75, N_("Questions: % of completion that is asked about when hit exactly")),
    "odd_target_high": (85, N_("Questions: % of starts that is asked about when hit exactly")),
    "odd_leap": (3, N_("Questions: times the median month beyond which a month is asked about")),
    "odd_share": (0.2, N_("Questions: and share of the year's plan above which it is")),
    "odd_leap_months": (2, N_("Questions: and so many other months")),
    "odd_same_months": (3, N_("Questions: months in a row with the same progress")),
    "odd_blocking": (7, N_("Questions: days a blocking problem is open under a green light")),
    "odd_typed": (10, N_("Questions: projects typed by one person in a row")),
    "odd_typed_minutes": (2, N_("Questions: within so many minutes")),
    "odd_beyond": (1.3, N_("Questions: times the plan beyond which one asks for an adjusted plan")),
    "odd_round_share": (0.6, N_("Questions: share of a unit's figures that are round")),
    "odd_round_count": (10, N_("Questions: of at least so many figures")),
    "odd_round_wan": (1000, N_("Questions: round means a multiple of so many 10k yuan")),
    "odd_correction": (0.05, N_("Questions: share of the plan changed after a freeze")),
    "evidence_days": (60, N_("League: days in which a visit on site, photo or document backs the money")),
    "evidence_share": (0.5, N_("League: share of backed money below which figures are unverified")),
    "recheck_first": (30, N_("Problems: days after closing until the first re-check")),
    "recheck_second": (90, N_("Problems: days after closing until the second re-check")),
    "relapse_within": (180, N_("Problems: days after closing in which a return counts against the unit")),
    "hasty_solving": (1, N_("Problems: solved within so many days without evidence is doubtful")),
    "hasty_count": (10, N_("Problems: more closed by one person in a row are doubtful")),
    "hasty_minutes": (5, N_("Problems: minutes in which that many closings are doubtful")),
    "report_day": (5, N_("Months: day of the next month on which a report is due")),
    "issue_near": (3, N_("Today: days before its due date from which a problem is listed")),
    "issue_silent": (7, N_("Gaps: days without anything done to an overdue problem")),
    "service_silent": (10, N_("Gaps: working days without anything done to a running service")),
    "element_near": (30, N_("Today: days before a need from which it has to be secured")),
    "element_unowned": (60, N_("Gaps: days before a need from which a unit has to be responsible")),
    "policy_tell": (14, N_("Today: days in which the owner is told of a fitting policy")),
    "untouched_days": (60, N_("Gaps: days after which a project that nobody opened is named")),
    "often_visits": (4, N_("Visits: follow-ups of one project that are too many")),
    "often_days": (30, N_("Visits: in so many days")),
    "filled_share": (0.8, N_("Gaps: share of projects with a field from which it is missed elsewhere")),
}
LABELS: Mapping[str, str] = MappingProxyType({name: label for name, (_value, label) in _DECLARED.items()})
RULES: Mapping[str, str] = MappingProxyType(  # what counts as overtime; how a line is read: domain/overtime.py
    {
        "acceptance": "applied_on..accepted_on > accept_within wd "
        "when applied|accepted|reviewing|paused|decided|delivered|refused",
        "late_pause": "accepted_on..paused > promise",
        "delivery": "decided_on..delivered_on > deliver_within wd when decided|delivered",
        "no_reason": "reason empty when refused",
    }
)


class Limits(Mapping[str, float]):
    """The thresholds in force by name; in `rules` the lines of what counts as overtime, in `calendar` years given."""

    def __init__(
        self, numbers: Mapping[str, float], rules: Mapping[str, str] = RULES, calendar: Given = NONE_GIVEN
    ) -> None:
        self._numbers, self.rules, self.calendar = dict(numbers), dict(rules), calendar

    def __getitem__(self, name: str) -> float:
        return self._numbers[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


LIMITS = Limits({name: value for name, (value, _label) in _DECLARED.items()})


def limits(
    changed: Mapping[str, object] | None = None,
    rules: Mapping[str, object] | None = None,
    calendar: Given = NONE_GIVEN,
) -> Limits:
    """Return all thresholds and overtime rules, with those that a workspace changed, and the years it was given.

    What is no positive number, or no line, is not taken.
    """
    taken = {
        name: float(value)
        for name, value in (changed or {}).items()
        if name in LIMITS and isinstance(value, int | float) and not isinstance(value, bool) and value >= 0
    }
    lines = {name: line for name, line in (rules or {}).items() if isinstance(line, str)}
    return Limits({**LIMITS, **taken}, {**RULES, **lines}, calendar)
