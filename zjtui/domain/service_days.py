"""The days of a green-channel service as it is kept: its pauses and its end."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from zjtui.domain import workdays
from zjtui.domain.service_codes import PAUSE_REASONS
from zjtui.i18n import N_, _

Values = Mapping[str, Any]
Pause = dict[str, str | None]  # {"from": ISO day, "to": ISO day or None, "reason": a PAUSE_REASONS, "note": text}
ENDED = ("refused", "withdrawn")


def spans(pauses: Sequence[Pause]) -> list[workdays.Span]:
    """Return the pauses as days, for `workdays`."""
    return [
        (date.fromisoformat(pause["from"] or ""), date.fromisoformat(pause["to"]) if pause["to"] else None)
        for pause in pauses
    ]


def pause_told(pause: Pause) -> str:
    """Return a pause in words: from when to when, why, and what was noted."""
    days = {"since": pause["from"] or "?", "until": pause["to"] or ""}
    span = N_("{since} to {until}") if pause["to"] else N_("since {since}")
    return f"{_(span).format_map(days)} {reason_told(pause)}"


def reason_told(pause: Pause) -> str:
    """Return why a service is or was paused, with what was noted."""
    note = f" ({pause['note']})" if pause.get("note") else ""
    return PAUSE_REASONS.label(pause.get("reason")) + note


def pauses_fit(pauses: Sequence[Pause], accepted: date | None, decided: date | None) -> bool:
    """Tell whether the pauses lie between acceptance and decision, in order, without overlap."""
    previous = accepted or date.min
    for begin, stop in sorted(spans(pauses), key=lambda span: span[0]):
        if begin < previous or (stop and stop < begin):
            return False
        previous = stop or date.max
    return not pauses or decided is None or previous <= decided


def as_of(values: Values, day: date) -> dict[str, Any]:
    """Return a service as it stood on `day`: what was decided, ended, paused or resumed later had not happened yet."""
    iso = day.isoformat()
    found = dict(values)
    for name in ("applied_on", "accepted_on", "decided_on", "delivered_on", "ended_on"):
        if found.get(name) and found[name] > day:
            found[name] = None
    found["pauses"] = [
        pause if not pause["to"] or pause["to"] <= iso else {**pause, "to": None}
        for pause in values["pauses"]
        if (pause["from"] or "") <= iso
    ]
    if found["state"] in ENDED and values.get("ended_on") and not found["ended_on"]:
        found["state"] = "reviewing" if found["accepted_on"] else "applied"
    return found


def end_of(values: Values, today: date) -> date:
    """Return the day up to which a service runs: delivered, refused, withdrawn, or today."""
    ended = values.get("ended_on") if values["state"] in ENDED else None
    return values["delivered_on"] or ended or today
