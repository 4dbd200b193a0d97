"""The clock of a green-channel service: whose days were used, what is left of the promise, and why it stands still.

Every calendar day between application and decision belongs to exactly one of four watches: waiting for acceptance, the
department, the owner (documents), a third party (review, publicity, hearing, higher authority). The promise counts
the department's days alone, as working or calendar days.
"""

from datetime import date, timedelta
from typing import Any

from zjtui.domain import workdays
from zjtui.domain.codes import Codes
from zjtui.domain.limits import LIMITS, Limits
from zjtui.domain.overtime import OVERTIME, overtime
from zjtui.domain.service_codes import BASES
from zjtui.domain.service_days import ENDED, Values, end_of, spans
from zjtui.errors import Msg
from zjtui.i18n import N_, joined

WATCHES = Codes(
    waiting=N_("watch|Awaiting acceptance"),
    department=N_("watch|Department"),
    owner=N_("watch|Owner"),
    third=N_("watch|Third party"),
)
_OWNERS_REASONS = ("owner_prep", "supplement")  # every other reason of a pause lies with a third party
LIGHTS = Codes(green=N_("light|Green"), yellow=N_("light|Yellow"), red=N_("light|Red"), grey=N_("light|Idle"))


def clock(values: Values, today: date, limits: Limits = LIMITS) -> dict[str, Any]:
    """Return `used_days`, `days_left`, `due_on`, `light` and `unknown_days` of a service on `today`.

    Days are counted from the day after acceptance to the decision, without pauses. `light` is "green", "yellow" (few
    days left), "red" (past the promise), "grey" (not running, or no promise). `days_left` is None then. The days of
    a year without a calendar of working days (`unknown_days`) are not counted: at least so many are used, at most so
    many left, and what was overdue stays overdue; `light` is None where it depends on them.
    """
    accepted, promise = values["accepted_on"], values["promise_days"]
    empty = {"used_days": None, "days_left": None, "due_on": None, "light": "grey", "unknown_days": 0}
    if not accepted:
        return empty
    pauses = spans(values["pauses"])
    end = values["decided_on"] or (values.get("ended_on") if values["state"] in ENDED else None) or today
    used, unknown = workdays.counted(accepted, end, values["basis"], pauses, limits.calendar)
    if promise is None or values["state"] in ENDED:
        return {**empty, "used_days": used, "unknown_days": unknown}
    left = promise - used
    near = left <= limits["service_near"] and not values["decided_on"]
    return {
        "used_days": used,
        "days_left": left,
        "due_on": workdays.due_date(accepted, promise, values["basis"], pauses, limits.calendar),
        "light": "red" if left < 0 else None if left < unknown else "yellow" if near else "green",
        "unknown_days": unknown,
    }


def watch_of(values: Values, day: date) -> str:
    """Return which watch runs on `day`, a day after the application and up to its end."""
    if values["accepted_on"] is None or day <= values["accepted_on"]:
        return "waiting"
    for pause, (begin, stop) in zip(values["pauses"], spans(values["pauses"]), strict=True):
        if begin <= day and (stop is None or day < stop):
            return "owner" if pause.get("reason") in _OWNERS_REASONS else "third"
    return "department"


def days_of(values: Values, today: date) -> list[tuple[date, str]]:
    """Return every day after the application up to the decision or the end, with the watch that runs on it.

    What is decided waits for nobody's work any more; how long it takes to be delivered is a rule of its own.
    """
    start = values["applied_on"] or values["accepted_on"]
    if start is None:
        return []
    count = ((values["decided_on"] or end_of(values, today)) - start).days
    return [(day, watch_of(values, day)) for day in (start + timedelta(days=number + 1) for number in range(count))]


def watches(values: Values, today: date) -> dict[str, int]:
    """Return the calendar days on each of the four watches; their sum is the time to the decision or the end."""
    found = dict.fromkeys(WATCHES, 0)
    for _day, watch in days_of(values, today):
        found[watch] += 1
    return found


def line(values: Values, today: date, limits: Limits = LIMITS) -> dict[str, Any]:
    """Return everything a list shows of a service's clock; `note` says what could not be worked out."""
    found: dict[str, Any] = {**watches(values, today), **clock(values, today, limits)}
    years = range((values["accepted_on"] or today).year, today.year + 1)
    ends = (min(date(year, 12, 31), today) for year in years)
    unknown = joined(str(end.year) for end in ends if workdays.unknown_until(end, limits.calendar))
    text = N_("{days} days are not counted: the calendar of {years} is missing, or does not reach them")
    note = Msg(text, days=found["unknown_days"], years=unknown)
    return {
        **found,
        "overtime": overtime(values, today, limits),
        "note": str(note) if found["unknown_days"] else None,
    }


def shown(values: Values, today: date, limits: Limits = LIMITS) -> dict[str, Any]:
    """Return `line` as lists tell it: what was decided in time has no time left, what was decided late stays late."""
    found = line(values, today, limits)
    over = found["days_left"] is not None and found["days_left"] < 0
    return found if over or not values["decided_on"] else {**found, "days_left": None}


def calendar_note(today: date, limits: Limits = LIMITS) -> Msg | None:
    """Return what every page with clocks says while days of the year are in no calendar; None: all up to today are."""
    if not workdays.unknown_until(today, limits.calendar):
        return None
    own = limits.calendar.get(today.year)
    if own:
        return Msg(
            N_(
                "The calendar of working days for {year} reaches from {first} to {last}: other days are not counted, "
                "so clocks show at least what is used. zjtui calendar add FILE, or the settings (F9), take in all of it"
            ),
            year=today.year,
            first=max(own.first, date(today.year, 1, 1)),
            last=min(own.last, date(today.year, 12, 31)),
        )
    return Msg(
        N_(
            "No calendar of working days for {year} yet: its days are not counted, so clocks show at least what is "
            "used. zjtui calendar add FILE, or the settings (F9), take it in"
        ),
        year=today.year,
    )


def calendar_chip(today: date, limits: Limits = LIMITS) -> Msg | None:
    """Return the same in a few words, for the line of a screen."""
    if not workdays.unknown_until(today, limits.calendar):
        return None
    if today.year in limits.calendar:
        return Msg(N_("part of the calendar of {year}: clocks show the least"), year=today.year)
    return Msg(N_("no calendar of {year}: clocks show the least"), year=today.year)


def why(values: Values, today: date, limits: Limits = LIMITS) -> Msg:
    """Return one sentence that says why a service is paused, late or where it is, with reason and document."""
    note = line(values, today, limits)["note"]
    told = _why(values, today, limits)
    return Msg(N_("{what} ({note})"), what=told, note=note) if note else told


def _why(values: Values, today: date, limits: Limits = LIMITS) -> Msg:
    state = values["state"]
    if state == "paused" and values["pauses"]:
        last = values["pauses"][-1]
        return Msg(
            N_("Paused since {day}: {reason}{note}"),
            day=last["from"],
            reason=Msg(_reason(last.get("reason"))),
            note=f" ({last['note']})" if last.get("note") else "",
        )
    if state in ENDED:
        return Msg(N_("Ended on {day}: {reason}"), day=values.get("ended_on") or "?", reason=values["reason"] or "?")
    found = line(values, today, limits)
    left = found["days_left"]
    if values["missing_docs"] and state not in ("delivered",):
        return Msg(
            N_("Documents outstanding until {day}: {names}"),
            day=values["missing_due"] or "?",
            names=joined(values["missing_docs"]),
        )
    if left is not None and left < 0:
        return Msg(
            N_(
                "{over} days over the promise of {promise} ({basis}): {used} used; calendar days: owner {owner}, "
                "third party {third}"
            ),
            over=-left,
            basis=Msg(BASES.labels[values["basis"]]),
            promise=values["promise_days"],
            used=found["used_days"],
            owner=found["owner"] or 0,
            third=found["third"] or 0,
        )
    for code in found["overtime"]:
        return Msg(N_("Counts as overtime: {rule}"), rule=Msg(OVERTIME.labels.get(code, code)))
    if left is not None and not values["decided_on"]:
        return Msg(N_("On time: {left} days left, due on {day}"), left=left, day=found["due_on"] or "?")
    if values["accepted_on"] is None:
        return Msg(N_("Not accepted yet: {days} days since the application"), days=found["waiting"] or 0)
    if values["decided_on"]:
        return Msg(N_("Decided on {day}: {doc}"), day=values["decided_on"], doc=values["doc_no"] or "-")
    return Msg(N_("Running without a promise: {used} days used"), used=found["used_days"] or 0)


def _reason(code: str | None) -> str:
    from zjtui.domain.service_codes import PAUSE_REASONS

    return PAUSE_REASONS.labels.get(code or "", code or "?")
