"""A freeze (定格): the figures of a month as they were when they were told; what comes later never changes them."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field

from zjtui.domain.fields import F, Kind
from zjtui.domain.plan import Month
from zjtui.domain.record import Record
from zjtui.i18n import N_

Reports = Mapping[str, Mapping[str, int]]  # uid of the project: {month: yuan done in it}


class Freeze(Record):
    """The figures of one month under a name. `seen` says which entries of which device's log they were made from."""

    entity: ClassVar[str] = "freeze"
    noun: ClassVar[str] = N_("Freeze")
    title_field: ClassVar[str] = "name"

    name: Annotated[str, Field(min_length=1, max_length=100), F(N_("Name"), width=24, listed=True)]
    month: Annotated[Month, F(N_("Month"), Kind.MONTH, width=8, listed=True)]
    made_on: Annotated[date, F(N_("Made on"), Kind.DATE, width=10, listed=True)]
    head: Annotated[str, F(N_("Head of the change log"), width=10, listed=True, form=False)]
    seen: Annotated[list[str], F(N_("Devices seen"), Kind.LIST, width=20, form=False)]
    figures: Annotated[str, F(N_("Figures"), Kind.LONG, width=20, form=False)]
    digest: Annotated[str, F(N_("Digest"), width=16, form=False)]


def bridge(before: Reports, month_before: str, after: Reports, month_after: str) -> dict[str, int]:
    """Return what leads from one sum of a year to a later one, in yuan; the parts add up to the difference exactly.

    month: done in the months between; late: months that were missing before; corrections: amounts changed since;
    entered and left: what projects did up to then that only one of the two knows.
    """
    parts = dict.fromkeys(("month", "late", "corrections", "entered", "left"), 0)
    for uid in {*before, *after}:
        old = {month: amount for month, amount in before.get(uid, {}).items() if month <= month_before}
        new = {month: amount for month, amount in after.get(uid, {}).items() if month <= month_after}
        if uid not in after:
            parts["left"] -= sum(old.values())
            continue
        for month, amount in new.items():
            if month > month_before:
                parts["month"] += amount
            elif uid not in before:
                parts["entered"] += amount
            elif month not in old:
                parts["late"] += amount
            else:
                parts["corrections"] += amount - old[month]
        parts["corrections"] -= sum(amount for month, amount in old.items() if month not in new)
    return parts
