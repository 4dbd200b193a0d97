"""Thresholds of the register: proposals that a workspace's settings may change, never constants in a rule.

Days unless the name says otherwise. `settings.json` may hold {"limits": {name: number}}.
"""

from collections.abc import Mapping
from types import MappingProxyType

LIMITS: Mapping[str, float] = MappingProxyType(
    {
        "service_near": 2,  # counted days left of a promise from which the light is yellow
        "accept_within": 5,  # working days in which an application is accepted or refused; then it counts as overtime
        "deliver_within": 10,  # working days from decision to delivery; then it counts as overtime
        "stage_start": 60,  # days of the "at most 90 days" promise for everything up to the construction permit
        "stage_acceptance": 30,  # and for the completion acceptance
        "escalate_l2": 1.0,  # share of an issue's time limit after which L2 is proposed
        "escalate_l3": 1.5,  # and L3
        "points_yellow": 10,  # percentage points behind what is expected from which progress is yellow
        "points_red": 30,  # and beyond which it is red
        "ratio_yellow": 0.8,  # share of what is expected below which progress is yellow (the other profile)
        "ratio_red": 0.6,  # and red
        "start_red": 3,  # month-ends after the planned month from which a missing start is more than yellow
        "stat_yellow": 1,  # months after the start without being in the statistics
        "stat_red": 2,
        "issue_red": 15,  # days overdue beyond which a problem is red
        "blocking_red": 7,  # days beyond which an open blocking problem is red
        "report_red": 2,  # missing months
        "blocking_l3": 7,  # days after which a blocking issue is proposed for L3
        "odd_target_low": 75,  # %; completion exactly on a target calls for a question
        "odd_target_high": 85,
        "odd_leap": 3,  # times the median of the other months beyond which a month calls for a question ...
        "odd_share": 0.2,  # ... if it is above this share of the year's plan too ...
        "odd_leap_months": 2,  # ... and there are so many other months
        "odd_same_months": 3,  # months in a row with the same progress
        "odd_blocking": 7,  # days a blocking problem is open while the progress light is green
        "odd_typed": 10,  # projects beyond which the entries of one person ...
        "odd_typed_minutes": 2,  # ... within so many minutes call for a question
        "odd_beyond": 1.3,  # times the plan beyond which one asks whether it is to be adjusted
        "odd_round_share": 0.6,  # share of a unit's monthly figures ...
        "odd_round_count": 10,  # ... of at least so many ...
        "odd_round_wan": 1000,  # ... that are multiples of so many 10k yuan
        "odd_correction": 0.05,  # share of the plan by which a month was changed after a freeze told it
        "recheck_first": 30,  # days after closing on which somebody looks again
        "recheck_second": 90,  # and once more
        "relapse_within": 180,  # days after closing in which an issue that comes back counts against its unit
        "hasty_solving": 1,  # solved within so many days, without evidence: listed as doubtful
        "hasty_count": 10,  # closed by one person ...
        "hasty_minutes": 5,  # ... within so many minutes: listed as doubtful
        "report_day": 5,  # of the next month, on which a month's report is due
        "issue_near": 3,  # days before its due date from which an issue is on the list of today
        "issue_silent": 7,  # days without anything done to an overdue issue
        "service_silent": 10,  # working days without anything done to a running service
        "element_near": 30,  # days before a need from which it has to be secured
        "element_unowned": 60,  # and from which a unit has to be responsible for it
        "policy_tell": 14,  # days in which the owner is told of a policy that fits
        "untouched_days": 60,  # days after which a project that nobody visited or changed is named
        "often_visits": 4,  # follow-ups of one project ...
        "often_days": 30,  # ... in so many days: visited too often
        "filled_share": 0.8,  # share of the projects that fill in a field from which it is missed elsewhere
    }
)


def limits(changed: Mapping[str, object] | None = None) -> dict[str, float]:
    """Return all thresholds, with those that a workspace changed; what is no positive number is not taken."""
    taken = {
        name: float(value)
        for name, value in (changed or {}).items()
        if name in LIMITS and isinstance(value, int | float) and not isinstance(value, bool) and value >= 0
    }
    return {**LIMITS, **taken}
