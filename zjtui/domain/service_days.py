"""The days of a green-channel service as it is kept: its pauses and its end."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from zjtui.domain import workdays

Values = Mapping[str, Any]
Pause = dict[str, str | None]  # {"from": ISO day, "to": ISO day or None, "reason": a PAUSE_REASONS, "note": text}
ENDED = ("refused", "withdrawn")


def spans(pauses: Sequence[Pause]) -> list[workdays.Span]:
    """Return the pauses as days, for `workdays`."""
    return [
        (date.fromisoformat(pause["from"] or ""), date.fromisoformat(pause["to"]) if pause["to"] else None)
        for pause in pauses
    ]


def pauses_fit(pauses: Sequence[Pause], accepted: date | None, decided: date | None) -> bool:
    """Tell whether the pauses lie between acceptance and decision, in order, without overlap."""
    previous = accepted or date.min
    for begin, stop in sorted(spans(pauses), key=lambda span: span[0]):
        if begin < previous or (stop and stop < begin):
            return False
        previous = stop or date.max
    return not pauses or decided is None or previous <= decided


def end_of(values: Values, today: date) -> date:
    """Return the day up to which a service runs: delivered, refused, withdrawn, or today."""
    ended = values.get("ended_on") if values["state"] in ENDED else None
    return values["delivered_on"] or ended or today
