"""Promises: what somebody said on a visit that he would do, by when, and whether he did (承诺台账)."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import Field

from zjtui.domain.codes import Codes
from zjtui.domain.fields import F, Kind
from zjtui.domain.record import Record
from zjtui.domain.workflow import Facts, Ground, Move, Values, Workflow
from zjtui.errors import Refused
from zjtui.i18n import N_

SIDES = Codes(
    ours=N_("side|We"), owner=N_("side|Owner"), department=N_("side|Department"), contractor=N_("side|Contractor"),
    other=N_("Other"),
)  # fmt: skip
STATES = Codes(
    open=N_("promise|Open"), kept=N_("promise|Kept"), broken=N_("promise|Broken"), withdrawn=N_("promise|Withdrawn")
)


class Promise(Record):
    """One promise made about one project, usually on a visit."""

    entity: ClassVar[str] = "promise"
    noun: ClassVar[str] = N_("Promise")
    title_field: ClassVar[str] = "text"

    project_uid: Annotated[str, F(N_("Project"), Kind.REF, ref="project", width=24, form=False)]
    follow_up_uid: Annotated[str | None, F(N_("Follow-up"), Kind.REF, ref="follow_up", form=False)] = None
    text: Annotated[str, Field(min_length=1, max_length=500), F(N_("Promise"), width=34, listed=True)]
    side: Annotated[str, F(N_("Who promised"), Kind.CODE, codes=SIDES, width=10, listed=True)] = "ours"
    keeper: Annotated[str | None, Field(max_length=100), F(N_("Keeper"), width=14, listed=True)] = None
    made_on: Annotated[date, F(N_("Made on"), Kind.DATE, width=10, listed=True, past=True)]
    due_on: Annotated[date | None, F(N_("Due on"), Kind.DATE, width=10, ahead=True, listed=True)] = None
    state: Annotated[str, F(N_("State"), Kind.CODE, codes=STATES, width=10, listed=True, form=False)] = "open"
    settled_on: Annotated[date | None, F(N_("Settled on"), Kind.DATE, width=10, form=False, past=True)] = None
    note: Annotated[str | None, Field(max_length=2000), F(N_("Note"), Kind.LONG, width=24, form=False)] = None

    def rules(self) -> Iterator[Refused]:
        """Yield what contradicts itself in this record."""
        if self.due_on and self.due_on < self.made_on:
            yield Refused(N_("It is due before it was made"), rule="K-01", field="due_on", facts=("made_on", "due_on"))
        if self.settled_on and self.settled_on < self.made_on:
            yield Refused(
                N_("It was settled before it was made"),
                rule="K-02",
                field="settled_on",
                facts=("made_on", "settled_on"),
            )


def _settle(_record: Values, facts: Facts) -> dict[str, Any]:
    return {"settled_on": facts.today}


WORKFLOW = Workflow(
    "state",
    STATES,
    "K",
    (
        Move("open", "kept", N_("promise|Keep"), asks=("note",), sets=_settle),
        Move("open", "broken", N_("promise|Break"), needs=("note",), sets=_settle),
        Move("open", "withdrawn", N_("promise|Withdraw"), needs=("note",), sets=_settle),
        *(
            Move(state, "open", N_("promise|Open again"), needs=("note",), sets=lambda *_: {"settled_on": None})
            for state in ("kept", "broken", "withdrawn")
        ),
    ),
    fresh=frozenset({"note"}),
    grounds={state: Ground(("settled_on",), ("made_on",), ("due_on",)) for state in ("kept", "broken", "withdrawn")},
)
