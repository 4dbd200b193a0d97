"""Amounts of a list that are larger or smaller than what can be: they are asked about before they are written."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from zjtui.domain import registry
from zjtui.domain.fields import WAN
from zjtui.domain.money import show_money
from zjtui.errors import Msg
from zjtui.i18n import N_
from zjtui.usecases.import_line import Entry, Fault

if TYPE_CHECKING:
    from zjtui.usecases.import_row import Done, Taking

_MOST = 200_000_000_000  # yuan of one project
_LEAST = 5_000  # the total is at most so many times the plan of a year: beyond that a unit was mistaken, 万 for 亿
SURE = ("", "", "sure")  # what a fault is about that somebody may say is none


def beyond(taking: "Taking", entry: Entry, done: "Done") -> list[Fault]:
    """Return the amounts of a row that can hardly be right: they are asked about. Rule L-26."""
    found = []
    said = entry.parts.get(("project", ""), {}).get("total_invest")
    total = said if isinstance(said, int) and (done.new or done.changes) else 0
    if total > _MOST:
        why = Msg(N_("{value} is more than any project has cost: say that it is right (Enter, or --sure)"),
                  value=taking.told.shown(registry.model("project").fields()["total_invest"], total))  # fmt: skip
        key = ("project", "", "total_invest")
        found.append(Fault(entry.heads.get(key, ""), entry.texts.get(key, ""), why, "L-26", SURE))
    if (done.new or done.changes) and any(said.rule == "A-05" for said in done.notices):
        key = next((key for key in entry.texts if key[2] == "plan_invest"), ("", "", ""))
        why = Msg(N_("The plan is above the total: say that it is right (Enter, or --sure)"))
        found.append(Fault(entry.heads.get(key, ""), entry.texts.get(key, ""), why, "L-26", SURE))
    return [*found, *_too_small(entry, total)]


def _too_small(entry: Entry, total: int) -> Iterator[Fault]:
    """Yield the plans of a year that are next to nothing beside the row's total, where their heading names no unit."""
    for (entity, period), given in entry.parts.items():
        plan = given.get("plan_invest") if entity == "annual_plan" else None
        key = (entity, period, "plan_invest")
        named = any(word in entry.heads.get(key, "").casefold() for word in ("元", "yuan"))
        if isinstance(plan, int) and 0 < plan * _LEAST < total and not named:
            why = Msg(N_("{value} a year is next to nothing of the total: say that it is right (Enter, or --sure)"),
                      value=show_money(plan, WAN, named=True))  # fmt: skip
            yield Fault(entry.heads.get(key, ""), entry.texts.get(key, ""), why, "L-26", SURE)
