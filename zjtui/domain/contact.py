"""Contact assignments: which leader, team or department follows a project, by which mechanism, in what cycle."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field

from zjtui.domain.around import Around
from zjtui.domain.codes import Codes
from zjtui.domain.fields import F, Kind
from zjtui.domain.people import RANKS
from zjtui.domain.record import Record
from zjtui.errors import Refused
from zjtui.i18n import N_

ROLES = Codes(
    leader=N_("Contact leader"),
    lead_dept=N_("Lead department"),
    team=N_("Team member"),
    liaison=N_("Liaison"),
    agent=N_("Filing agent"),
)
MECHANISMS = Codes(contact=N_("Leader's contact"), supervise=N_("Team supervision"), sink=N_("Department on site"))


class Contact(Record):
    """One person's assignment to one project (联系服务)."""

    entity: ClassVar[str] = "contact"
    noun: ClassVar[str] = N_("Contact")
    title_field: ClassVar[str] = "role"

    project_uid: Annotated[str, F(N_("Project"), Kind.REF, ref="project", width=30, form=False)]
    person_uid: Annotated[str, F(N_("Person"), Kind.REF, ref="person", width=12, listed=True)]
    role: Annotated[str, F(N_("Role"), Kind.CODE, codes=ROLES, width=14, listed=True)]
    rank: Annotated[str | None, F(N_("Rank"), Kind.CODE, codes=RANKS, width=10, listed=True)] = None
    mechanism: Annotated[str, F(N_("Mechanism"), Kind.CODE, codes=MECHANISMS, width=14, listed=True)] = "contact"
    from_date: Annotated[date, F(N_("contact|From"), Kind.DATE, width=10, listed=True)]
    to_date: Annotated[date | None, F(N_("Until"), Kind.DATE, width=10)] = None
    cycle_days: Annotated[int, Field(ge=1, le=366), F(N_("Cycle (days)"), Kind.INT, width=8, listed=True)] = 30
    is_main: Annotated[bool, F(N_("Main leader"), Kind.YESNO, width=8, listed=True)] = False

    def rules(self) -> Iterator[Refused]:
        """Yield what contradicts itself in this record."""
        if self.to_date and self.to_date < self.from_date:
            yield Refused(N_("It ends before it begins"), rule="C-01", field="to_date", facts=("from_date", "to_date"))
        if self.is_main and self.role != "leader":
            yield Refused(
                N_("Only a contact leader can be the main leader"),
                rule="C-02",
                field="is_main",
                facts=("is_main", "role"),
            )

    def stands(self, around: Around) -> Iterator[Refused]:
        """Yield what contradicts the state of this record, or the records around it."""
        if self.is_main and (name := around.other_leader(self)):
            yield Refused(
                N_("{name} is the main leader already: end that contact first, or hand it over"),
                rule="C-03",
                field="is_main",
                facts=("is_main", "from_date", "to_date", "project_uid"),
                name=name,
            )
