"""Findings that are set aside for a while with a reason (搁置), and visits that are planned (走访计划)."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field

from zjtui.domain.fields import F, Kind
from zjtui.domain.finding import KINDS
from zjtui.domain.record import Record
from zjtui.errors import Refused
from zjtui.i18n import N_

LONGEST = 60  # days; longer than that it is no longer set aside but forgotten


class SetAside(Record):
    """A finding of one project that is left alone until a day; it is counted all the while, and comes back after it."""

    entity: ClassVar[str] = "set_aside"
    noun: ClassVar[str] = N_("Set aside")
    title_field: ClassVar[str] = "kind"

    project_uid: Annotated[str, F(N_("Project"), Kind.REF, ref="project", width=24, form=False)]
    kind: Annotated[str, F(N_("Finding"), Kind.CODE, codes=KINDS, width=16, listed=True)]
    about_uid: Annotated[
        str | None,
        Field(max_length=80),
        F(N_("Only of record"), width=20, hint=N_("uid; empty: of the whole project"), inner=True),
    ] = None
    person_uid: Annotated[
        str | None,
        F(N_("Only for"), Kind.REF, ref="person", known=True, width=12, listed=True, hint=N_("empty: for everybody")),
    ] = None
    reason: Annotated[str, Field(min_length=1, max_length=2000), F(N_("Reason"), Kind.LONG, width=30, listed=True)]
    made_on: Annotated[date, F(N_("Set aside on"), Kind.DATE, width=10, listed=True, past=True)]
    until: Annotated[date, F(N_("set aside|Until"), Kind.DATE, width=10, ahead=True, listed=True, hint=N_("e.g. +7"))]

    def rules(self) -> Iterator[Refused]:
        """Yield what contradicts itself in this record."""
        if self.until < self.made_on:
            yield Refused(N_("It ends before it begins"), rule="N-01", field="until", facts=("made_on", "until"))
        if (self.until - self.made_on).days > LONGEST:
            yield Refused(
                N_("Nothing is set aside for more than {days} days at a time"),
                rule="N-02",
                field="until",
                facts=("made_on", "until"),
                days=LONGEST,
            )


class VisitPlan(Record):
    """A visit that is planned: when, who goes, and what for."""

    entity: ClassVar[str] = "visit_plan"
    noun: ClassVar[str] = N_("Planned visit")
    title_field: ClassVar[str] = "day"

    project_uid: Annotated[str, F(N_("Project"), Kind.REF, ref="project", width=24, form=False)]
    day: Annotated[date, F(N_("Planned for"), Kind.DATE, width=10, ahead=True, listed=True, hint=N_("e.g. +7"))]
    who: Annotated[str | None, Field(max_length=400), F(N_("Who goes"), width=24, listed=True)] = None
    purpose: Annotated[str | None, Field(max_length=2000), F(N_("Purpose"), Kind.LONG, width=34, listed=True)] = None
