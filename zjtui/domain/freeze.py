"""A freeze (定格): the figures of a month as they were when they were told; what comes later never changes them."""

from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field

from zjtui.domain.fields import F, Kind
from zjtui.domain.plan import Month
from zjtui.domain.record import Record
from zjtui.i18n import N_


class Freeze(Record):
    """The figures of one month under a name. `seen` says which entries of which device's log they were made from."""

    entity: ClassVar[str] = "freeze"
    noun: ClassVar[str] = N_("Freeze")
    title_field: ClassVar[str] = "name"

    name: Annotated[str, Field(min_length=1, max_length=100), F(N_("Name"), width=24, listed=True)]
    month: Annotated[Month, F(N_("Month"), Kind.MONTH, width=8, listed=True)]
    made_on: Annotated[date, F(N_("Made on"), Kind.DATE, width=10, listed=True)]
    head: Annotated[str, F(N_("Head of the change log"), width=18, listed=True, form=False)]
    seen: Annotated[list[str], F(N_("Devices seen"), Kind.LIST, width=20, form=False, inner=True)]
    figures: Annotated[str, F(N_("Figures"), Kind.LONG, width=20, form=False, inner=True)]
    digest: Annotated[str, F(N_("Digest"), width=16, form=False, inner=True)]
