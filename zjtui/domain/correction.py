"""Corrections: a fact that a state stands on, changed with a reason, and confirmed where the state asked for that."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field

from zjtui.domain.around import Around
from zjtui.domain.fields import F, Kind
from zjtui.domain.record import Record
from zjtui.errors import Refused
from zjtui.i18n import N_


class Correction(Record):
    """One correction (更正). What it changed, from what to what, stands in the change log beside it."""

    entity: ClassVar[str] = "correction"
    noun: ClassVar[str] = N_("Correction")
    title_field: ClassVar[str] = "reason"

    project_uid: Annotated[str, F(N_("Project"), Kind.REF, ref="project", width=24, listed=True, form=False)]
    about: Annotated[str, F(N_("Belongs to"), width=12, form=False, inner=True)]  # of an entity
    about_uid: Annotated[str, F(N_("Record"), width=36, form=False, inner=True)]
    what: Annotated[str, F(N_("Corrected"), width=24, listed=True, form=False)]
    told: Annotated[str, Field(max_length=10_000), F(N_("correction|From and to"), width=50, listed=True, form=False)]
    reason: Annotated[str, Field(min_length=1, max_length=2000), F(N_("Reason"), Kind.LONG, width=30, listed=True)]
    confirmed_by: Annotated[
        str | None,
        F(N_("Confirmed by"), Kind.REF, ref="person", known=True, width=12, listed=True, hint=N_("another person")),
    ] = None
    made_on: Annotated[date, F(N_("Corrected on"), Kind.DATE, width=10, listed=True, past=True, form=False)]
    made_by: Annotated[str, Field(max_length=100), F(N_("Corrected by"), width=12, listed=True, form=False)]

    def stands(self, around: Around) -> Iterator[Refused]:
        """Yield what contradicts the state of this record, or the records around it."""
        if self.confirmed_by and self.confirmed_by == self.made_by:
            yield Refused(
                N_("Another person than you has to confirm it"),
                rule="G-53",
                field="confirmed_by",
                facts=("confirmed_by", "made_by"),
            )
