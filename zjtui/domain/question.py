"""Questions about odd figures: what was asked, and what was answered or put right (带问号的数字)."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import Field

from zjtui.domain.around import Around
from zjtui.domain.codes import Codes
from zjtui.domain.fields import F, Kind
from zjtui.domain.odd_facts import RULES
from zjtui.domain.plan import Month
from zjtui.domain.record import Record
from zjtui.domain.workflow import Facts, Move, Values, Workflow
from zjtui.errors import Refused
from zjtui.i18n import N_

STATES = Codes(
    asked=N_("question|Asked"), explained=N_("question|Explained"), corrected=N_("question|Put right")
)  # fmt: skip


class Question(Record):
    """One question about a figure of one project: which rule asks, about which month, and what came of it.

    `figures` are those it was asked or explained about: an explanation is silent as long as the rule sees the same.
    """

    entity: ClassVar[str] = "question"
    noun: ClassVar[str] = N_("Question")
    title_field: ClassVar[str] = "rule"

    project_uid: Annotated[str, F(N_("Project"), Kind.REF, ref="project", width=24, form=False)]
    rule: Annotated[str, F(N_("question|Rule"), Kind.CODE, codes=RULES, width=20, listed=True)]
    month: Annotated[
        Month | None, F(N_("Month"), Kind.MONTH, width=8, listed=True, hint=N_("empty: of the whole project"))
    ] = None
    text: Annotated[str, Field(max_length=500), F(N_("Question"), width=34, listed=True, form=False)]
    figures: Annotated[str, Field(max_length=200), F(N_("question|Figures"), width=20, form=False)]
    asked_on: Annotated[date, F(N_("Asked on"), Kind.DATE, width=10, listed=True, past=True, form=False)]
    state: Annotated[str, F(N_("State"), Kind.CODE, codes=STATES, width=10, listed=True, form=False)] = "asked"
    answer: Annotated[
        str | None, Field(max_length=2000), F(N_("Answer"), Kind.LONG, width=30, listed=True, form=False)
    ] = None
    answered_by: Annotated[str | None, Field(max_length=100), F(N_("Answered by"), width=14, form=False)] = None
    note: Annotated[str | None, Field(max_length=2000), F(N_("Note"), Kind.LONG, width=24, form=False)] = None

    def rules(self) -> Iterator[Refused]:
        """Yield what contradicts itself in this record."""
        if self.state == "explained" and not (self.answer and self.answered_by):
            yield Refused(
                N_("An explanation says what, and by whom"),
                rule="Q-01",
                field="answer",
                facts=("state", "answer", "answered_by"),
            )

    def stands(self, around: Around) -> Iterator[Refused]:
        """Yield what contradicts the state of this record, or the records around it."""
        if self.state == "asked" and around.asked_already(self):
            yield Refused(
                N_("It is asked already; note its answer there"),
                rule="Q-02",
                field="rule",
                facts=("state", "rule", "month", "project_uid"),
            )


def _put_right(_record: Values, facts: Facts) -> Refused | None:
    if facts.odd_figures is None:
        return None
    return Refused(N_("The figures are as they were: correct them, or note an explanation"), rule="Q-05", field="state")


def _about_now(_record: Values, facts: Facts) -> dict[str, Any]:
    """An explanation is about the figures as they are, not as they were when somebody asked."""
    return {} if facts.odd_figures is None else {"figures": facts.odd_figures}


WORKFLOW = Workflow(
    "state",
    STATES,
    "Q",
    (
        Move("asked", "explained", N_("question|Answer"), needs=("answer", "answered_by"), sets=_about_now),
        Move("asked", "corrected", N_("question|Put right"), asks=("note",), guard=_put_right),
        Move("explained", "asked", N_("question|Ask again"), asks=("note",)),
    ),
    fresh=frozenset({"answer", "answered_by", "note"}),
)
