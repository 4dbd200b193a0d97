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
        "recheck_first": 30,  # days after closing on which somebody looks again
        "recheck_second": 90,  # and once more
        "relapse_within": 180,  # days after closing in which an issue that comes back counts against its unit
        "hasty_solving": 1,  # solved within so many days, without evidence: listed as doubtful
        "hasty_count": 10,  # closed by one person ...
        "hasty_minutes": 5,  # ... within so many minutes: listed as doubtful
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
