"""Follow-ups: a visit on site, a meeting, a call, a letter, by any of the three mechanisms."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field

from zjtui.domain.codes import Codes
from zjtui.domain.contact import MECHANISMS
from zjtui.domain.fields import F, Kind
from zjtui.domain.record import Record
from zjtui.errors import Refused
from zjtui.i18n import N_

FORMS = Codes(
    onsite=N_("form|On site"),
    meeting=N_("form|Meeting"),
    phone=N_("form|Phone"),
    online=N_("form|Online"),
    letter=N_("form|Letter"),
)
TOPICS = Codes(
    land=N_("topic|Land"),
    approval=N_("topic|Approval"),
    finance=N_("topic|Finance"),
    energy=N_("topic|Energy"),
    labour=N_("topic|Labour"),
    design=N_("topic|Design"),
    organisation=N_("topic|Organisation"),
    quality_safety=N_("topic|Quality & safety"),
    digital=N_("topic|Digital"),
    policy=N_("topic|Policy"),
    other=N_("Other"),
)
RESULTS = Codes(
    none=N_("result|No problem"),
    advised=N_("result|Advised"),
    issue_raised=N_("result|Problem raised"),
    escalated=N_("result|Escalated"),
)
Text = Annotated[str | None, Field(max_length=10_000)]


class FollowUp(Record):
    """One follow-up of one project (走访/督导记录)."""

    entity: ClassVar[str] = "follow_up"
    noun: ClassVar[str] = N_("Follow-up")
    title_field: ClassVar[str] = "visit_date"

    project_uid: Annotated[str, F(N_("Project"), Kind.REF, ref="project", width=30, form=False, indexed=True)]
    visit_date: Annotated[date, F(N_("Date"), Kind.DATE, width=10, listed=True, past=True, indexed=True)]
    form: Annotated[str, F(N_("Visit type"), Kind.CODE, codes=FORMS, width=8, listed=True)] = "onsite"
    findings: Annotated[
        str, Field(min_length=1, max_length=10_000), F(N_("Findings"), Kind.LONG, width=40, listed=True)
    ]
    mechanism: Annotated[str, F(N_("Mechanism"), Kind.CODE, codes=MECHANISMS, width=12, listed=True)] = "supervise"
    people: Annotated[list[str], F(N_("People"), Kind.REFS, ref="person", width=20, listed=True)] = Field(
        default_factory=list
    )
    units: Annotated[str | None, Field(max_length=400), F(N_("Units"), width=20)] = None
    topics: Annotated[list[str], F(N_("Topics"), Kind.CODES, codes=TOPICS, width=16)] = Field(default_factory=list)
    advice: Annotated[Text, F(N_("Advice"), Kind.LONG, width=30)] = None
    promised: Annotated[Text, F(N_("Promised"), Kind.LONG, width=30)] = None
    progress_seen: Annotated[Text, F(N_("Progress seen"), width=24)] = None
    result: Annotated[str, F(N_("Result"), Kind.CODE, codes=RESULTS, width=12, listed=True)] = "none"
    next_visit: Annotated[
        date | None, F(N_("Next on"), Kind.DATE, width=10, ahead=True, listed=True, hint=N_("e.g. +7"))
    ] = None
    end_date: Annotated[date | None, F(N_("Until"), Kind.DATE, width=10, past=True)] = None
    issue_uids: Annotated[
        list[str],
        F(N_("Problems looked at"), Kind.REFS, ref="issue", width=20, hint=N_("it proves that these are solved")),
    ] = Field(default_factory=list)

    def rules(self) -> Iterator[Refused]:
        """Yield what contradicts itself in this record."""
        if not self.people and not self.units:
            yield Refused(
                N_("Who was there? Name a person or a unit"), rule="V-01", field="people", facts=("people", "units")
            )
        if self.end_date and self.end_date < self.visit_date:
            yield Refused(
                N_("It ends before it begins"), rule="V-02", field="end_date", facts=("visit_date", "end_date")
            )
        if self.next_visit and self.next_visit < self.visit_date:
            yield Refused(
                N_("The next date lies before this one"),
                rule="V-03",
                field="next_visit",
                facts=("visit_date", "next_visit"),
            )
