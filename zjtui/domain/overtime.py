"""What counts as overtime although no promise was broken (视同超时): rules as data, flagged beside the clock.

A rule is one line, which a workspace's settings may change, add or (empty) take away:

    applied_on..accepted_on > 5 wd when applied|accepted      more than 5 working days between two days
    accepted_on..paused > promise                              paused when the promise had run out
    reason empty when refused                                  a field that was left empty

The days are a number, the name of a threshold (domain/limits.py) or `promise`; the basis is `wd` (working days), `cd`
(calendar days) or, left out, the service's own. What has not ended yet is counted up to today.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from zjtui.domain import workdays
from zjtui.domain.codes import Codes
from zjtui.domain.limits import LIMITS, Limits
from zjtui.domain.service_codes import STATES
from zjtui.domain.service_days import Values, end_of, spans
from zjtui.errors import Refused
from zjtui.i18n import N_

OVERTIME = Codes(  # a rule that a workspace adds is shown by its own name
    acceptance=N_("overtime|Neither accepted nor refused in time"),
    late_pause=N_("overtime|Paused after the promise had run out"),
    delivery=N_("overtime|Decided but not delivered in time"),
    no_reason=N_("overtime|Refused without a reason"),
)
_SINCE = ("applied_on", "accepted_on", "decided_on")
_UNTIL = ("accepted_on", "decided_on", "delivered_on", "paused")
_EMPTY = ("reason", "doc_no", "result", "promise_days", "dept")
_STRETCH = re.compile(r"(\w+)\s*\.\.\s*(\w+)\s*>\s*(\w+)(?:\s+(wd|cd))?")
_LEFT_EMPTY = re.compile(r"(\w+)\s+empty")


@dataclass(frozen=True)
class Rule:
    """One rule: a stretch of days that took too long, or a field left empty, in some states (none: in all)."""

    since: str = ""
    until: str = ""
    days: str = ""
    basis: str = ""
    empty: str = ""
    states: tuple[str, ...] = ()


def parsed(text: str) -> Rule:
    """Return the rule that one line says. Rule V-09: a line that says none is refused."""
    line, _when, states = unicodedata.normalize("NFKC", text).strip().partition(" when ")
    chosen = tuple(STATES.find(part) for part in states.split("|")) if states.strip() else ()
    stretch, empty = _STRETCH.fullmatch(line.strip()), _LEFT_EMPTY.fullmatch(line.strip())
    if stretch and stretch[1] in _SINCE and stretch[2] in _UNTIL and _known(stretch[3]):
        return Rule(stretch[1], stretch[2], stretch[3], stretch[4] or "", states=chosen)
    if empty and empty[1] in _EMPTY:
        return Rule(empty=empty[1], states=chosen)
    raise Refused(
        N_("“{value}” is no overtime rule: write e.g. “{example}” or “reason empty when refused”"),
        rule="V-09",
        field="overtime",
        value=text[:80],
        example="decided_on..delivered_on > 10 wd",
    )


def overtime(values: Values, today: date, limits: Limits = LIMITS) -> list[str]:
    """Return the names of the rules that hold: flagged beside the clock, never counted into it."""
    rules = ((name, _parsed_once(text)) for name, text in limits.rules.items())
    return [name for name, rule in rules if rule and _holds(rule, values, today, limits)]


def _holds(rule: Rule, values: Values, today: date, limits: Limits) -> bool:
    if rule.states and values["state"] not in rule.states:
        return False
    if rule.empty:
        return not values.get(rule.empty)
    start, days = values[rule.since], _days(rule, values, limits)
    if start is None or days is None:
        return False
    basis = rule.basis or values["basis"]
    return any(
        workdays.used_days(start, end, basis, pauses, limits.calendar) > days
        for end, pauses in _ends(rule.until, values, today)
    )


def _ends(until: str, values: Values, today: date) -> Iterator[tuple[date, list[workdays.Span]]]:
    """Yield the days on which a stretch ends, with the pauses that are not counted into it."""
    pauses = spans(values["pauses"])
    if until == "paused":  # the days before each pause, less the pauses before it
        for begin, _stop in pauses:
            yield begin - timedelta(days=1), [span for span in pauses if span[0] < begin]
    elif until == "decided_on":
        yield values[until] or end_of(values, today), pauses
    else:  # before acceptance and after the decision nothing pauses
        yield values[until] or end_of(values, today), []


def _days(rule: Rule, values: Values, limits: Mapping[str, float]) -> float | None:
    if rule.days == "promise":
        promise: int | None = values["promise_days"]
        return promise
    return float(rule.days) if rule.days.isdigit() else limits[rule.days]


def _known(days: str) -> bool:
    return days == "promise" or days.isdigit() or days in LIMITS


_SEEN: dict[str, Rule | None] = {}


def _parsed_once(text: str) -> Rule | None:
    # A list asks for every row. A line that says no rule (settings changed by hand) never stops the work.
    if text not in _SEEN:
        try:
            _SEEN[text] = parsed(text)
        except Refused:
            _SEEN[text] = None
    return _SEEN[text]
