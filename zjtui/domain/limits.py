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
        "blocking_l3": 7,  # days after which a blocking issue is proposed for L3
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
