"""The "at most 90 days" promise of one project: which days of its services count, and which chain takes longest.

From code and filing to the construction permit at most 60 days count, for the completion acceptance at most 30. What
counts is government approval, agents commissioned by government, and utility connections; not the owner's own
preparation and not what the owner commissions (Zhejiang, 2019).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from zjtui.domain.service_clock import days_of

START, ACCEPTANCE = "start", "acceptance"
_ACCEPTANCE_KINDS = ("acceptance", "power", "water", "gas", "network")
_OUTSIDE = ("finance", "labour")  # supplies, not approvals
_COUNTED = ("waiting", "department")


@dataclass(frozen=True)
class Stretch:
    """One service on the strip: its days with their watches, and whether it lies on the longest chain."""

    values: Mapping[str, Any]
    days: Sequence[tuple[date, str]]
    longest: bool


@dataclass(frozen=True)
class Stage:
    """One part of the promise: the days that count, the limit, and the services in their order."""

    name: str
    counted: int
    limit: int
    stretches: Sequence[Stretch]


def stage_of(kind: str) -> str:
    """Return the part of the promise that a kind of service belongs to, "" where it is outside of it."""
    if kind in _OUTSIDE:
        return ""
    return ACCEPTANCE if kind in _ACCEPTANCE_KINDS else START


def stages(services: Sequence[Mapping[str, Any]], today: date, limits: Mapping[str, float]) -> list[Stage]:
    """Return both parts for the services of one project. A day on which two departments work counts once."""
    found = []
    for name in (START, ACCEPTANCE):
        mine = [(values, days_of(values, today)) for values in services if stage_of(values["kind"]) == name]
        mine = sorted(((values, days) for values, days in mine if days), key=lambda item: item[1][0][0])
        counted = {day for _values, days in mine for day, watch in days if watch in _COUNTED}
        chain = _longest([days for _values, days in mine])
        stretches = [Stretch(values, days, number in chain) for number, (values, days) in enumerate(mine)]
        found.append(Stage(name, len(counted), int(limits[f"stage_{name}"]), stretches))
    return found


def _longest(spans: Sequence[Sequence[tuple[date, str]]]) -> set[int]:
    """Return the numbers of the services on the chain, one after the other, in which most counted days lie."""
    best: list[tuple[int, list[int]]] = []
    for number, days in enumerate(spans):
        own = sum(watch in _COUNTED for _day, watch in days)
        before = [best[earlier] for earlier in range(number) if spans[earlier][-1][0] < days[0][0]]
        length, chain = max(before, key=lambda item: item[0], default=(0, []))
        best.append((length + own, [*chain, number]))
    return set(max(best, key=lambda item: item[0], default=(0, []))[1])
