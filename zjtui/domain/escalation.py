"""The ladder of an issue (提级): project leader, head of unit, county leader, top leader; when the next rung is due."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from zjtui.domain.issue_codes import LADDER, OPEN_STATES
from zjtui.errors import Msg, Refused
from zjtui.i18n import N_

LEVELS = tuple(LADDER)
Values = Mapping[str, Any]


def proposed(values: Values, today: date, limits: Mapping[str, float]) -> str | None:
    """Return the level that the rule proposes, None where the issue is on it or above already.

    L2 once the time limit has run out, L3 at one and a half times the limit, or where work has been blocked for more
    than a week. A person decides.
    """
    if values["state"] not in OPEN_STATES or values["state"] == "solved":
        return None
    level = "L1"
    start = values["assigned_on"] or values["found_on"]  # of one from a list nobody may know when it was handed over
    if values["due_on"] and start:
        limit = max((values["due_on"] - start).days, 1)
        used = (today - start).days / limit
        if used > limits["escalate_l2"]:
            level = "L2"
        if used >= limits["escalate_l3"] and used > 1:
            level = "L3"
    if values["severity"] == "blocking" and (today - values["found_on"]).days > limits["blocking_l3"]:
        level = "L3"
    return level if LEVELS.index(level) > rung(values["escalation"]) else None


def rung(level: str) -> int:
    """Return the place of a level on the ladder, from 0; a level of a newer version counts as the top."""
    return LEVELS.index(level) if level in LEVELS else len(LEVELS) - 1


def changes(values: Values, level: str, reason: str | None, today: date) -> dict[str, Any]:
    """Return what taking an issue to `level` changes, or refuse. Rules I-16 to I-18."""
    if values["state"] not in OPEN_STATES or values["state"] == "solved":
        raise Refused(N_("Only an issue that is still to be solved is escalated"), rule="I-16", field="escalation")
    step = rung(level) - rung(values["escalation"])
    if step == 0:
        raise Refused(N_("It is on {level} already"), rule="I-17", field="escalation", level=Msg(LADDER.labels[level]))
    if step != 1 and not reason:
        raise Refused(N_("Skipping a level, or going back down, needs its reason"), rule="I-18", field="level_reason")
    return {"escalation": level, "level_on": today, "level_reason": reason}


def next_level(values: Values, today: date, limits: Mapping[str, float]) -> str:
    """Return the level to offer first: the proposed one, else the next rung."""
    up = LEVELS[min(rung(values["escalation"]) + 1, len(LEVELS) - 1)]
    return proposed(values, today, limits) or up
