"""Policies as data, by year, and which project a policy was found for."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import Field, field_validator

from zjtui.domain import policy_rules
from zjtui.domain.around import Around
from zjtui.domain.codes import Codes
from zjtui.domain.element import ELEMENTS
from zjtui.domain.fields import WAN, F, Kind
from zjtui.domain.plan import twin
from zjtui.domain.project_codes import LEVELS
from zjtui.domain.record import Record
from zjtui.domain.workflow import Facts, Ground, Move, Values, Workflow, moves
from zjtui.errors import Refused
from zjtui.i18n import N_

MATCH_STATES = Codes(
    suggested=N_("policy|Suggested"),
    informed=N_("policy|Informed"),
    applied=N_("policy|Applied"),
    granted=N_("policy|Granted"),
    refused=N_("policy|Refused"),
)
Note = Annotated[str | None, Field(max_length=2000)]
Yuan = Annotated[int | None, Field(ge=0, le=2**62)]


class Policy(Record):
    """One policy measure. `package` is that year's wording of the "8+4" item: it changes every year."""

    entity: ClassVar[str] = "policy"
    noun: ClassVar[str] = N_("Policy")
    title_field: ClassVar[str] = "title_text"

    title_text: Annotated[str, Field(min_length=1, max_length=200), F(N_("Title"), width=40, listed=True)]
    doc_no: Annotated[str | None, Field(max_length=80), F(N_("Document no."), width=18, listed=True)] = None
    year: Annotated[int, Field(ge=1990, le=2099), F(N_("Year"), Kind.INT, width=6, listed=True)]
    package: Annotated[str, Field(max_length=100), F(N_("Package"), width=24, listed=True)]
    element: Annotated[str | None, F(N_("Element"), Kind.CODE, codes=ELEMENTS, width=16)] = None
    valid_from: Annotated[date | None, F(N_("Valid from"), Kind.DATE, width=10)] = None
    valid_to: Annotated[date | None, F(N_("Valid to"), Kind.DATE, width=10)] = None
    level: Annotated[str | None, F(N_("Project level"), Kind.CODE, codes=LEVELS, width=8)] = None
    summary: Annotated[Note, F(N_("Summary"), Kind.LONG, width=40)] = None
    amount_limit: Annotated[Yuan, F(N_("At most"), Kind.MONEY, unit=WAN, width=12)] = None
    conditions: Annotated[
        list[str],
        F(
            N_("Conditions"),
            Kind.LIST,
            width=24,
            words=policy_rules.told,
            hint=N_("all must hold, e.g. Field=Clean energy supply、Total investment>=1bn"),
        ),
    ] = Field(default_factory=list)
    source_url: Annotated[Note, F(N_("Source"), width=30)] = None

    @field_validator("conditions")
    @classmethod
    def _stored(cls, conditions: list[str]) -> list[str]:
        return [policy_rules.canonical(condition) for condition in conditions]

    def rules(self) -> Iterator[Refused]:
        """Yield what contradicts itself in this record."""
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            yield Refused(
                N_("It ends before it begins"), rule="Y-01", field="valid_to", facts=("valid_from", "valid_to")
            )
        for condition in self.conditions:
            if refusal := policy_rules.wrong(condition):
                yield refusal


class PolicyMatch(Record):
    """A policy found for a project, from suggestion to grant; unique by project and policy."""

    entity: ClassVar[str] = "policy_match"
    noun: ClassVar[str] = N_("Policy match")
    title_field: ClassVar[str] = "policy_uid"

    project_uid: Annotated[str, F(N_("Project"), Kind.REF, ref="project", width=24, form=False)]
    policy_uid: Annotated[str, F(N_("Policy"), Kind.REF, ref="policy", width=36, listed=True)]
    state: Annotated[str, F(N_("State"), Kind.CODE, codes=MATCH_STATES, width=10, listed=True, form=False)] = (
        "suggested"
    )
    informed_on: Annotated[date | None, F(N_("Informed on"), Kind.DATE, width=10, listed=True, past=True)] = None
    applied_on: Annotated[date | None, F(N_("policy|Applied on"), Kind.DATE, width=10, listed=True, past=True)] = None
    granted_on: Annotated[date | None, F(N_("Granted on"), Kind.DATE, width=10, listed=True, past=True)] = None
    amount: Annotated[Yuan, F(N_("Amount granted"), Kind.MONEY, unit=WAN, width=12, listed=True)] = None
    reason: Annotated[Note, F(N_("Reason"), Kind.LONG, width=24, form=False)] = None

    def rules(self) -> Iterator[Refused]:
        """Yield what contradicts itself in this record."""
        days = [day for day in (self.informed_on, self.applied_on, self.granted_on) if day]
        if days != sorted(days):
            yield Refused(
                N_("Informed, applied and granted must follow each other"),
                rule="Y-02",
                field="granted_on",
                facts=("informed_on", "applied_on", "granted_on"),
            )

    def stands(self, around: Around) -> Iterator[Refused]:
        """Yield what contradicts the state of this record, or the records around it."""
        yield from twin(self, around, "policy_uid", "Y-04")


def _on(field: str) -> Any:
    def effect(record: Values, facts: Facts) -> dict[str, Any]:
        return {field: record[field] or facts.today}

    return effect


def match_state(values: Values) -> str:
    """Return how far a match has come by the days it has: one with a day on which the owner was told is told."""
    if values.get("granted_on") and values.get("amount") is not None:
        return "granted"
    return "applied" if values.get("applied_on") else "informed" if values.get("informed_on") else "suggested"


MATCH_WORKFLOW = Workflow(
    "state",
    MATCH_STATES,
    "Y",
    (
        Move("suggested", "informed", N_("Tell the owner"), asks=("informed_on",), sets=_on("informed_on")),
        Move("informed", "applied", N_("policy|Apply"), asks=("applied_on",), sets=_on("applied_on")),
        Move("applied", "granted", N_("Grant"), needs=("amount",), asks=("granted_on",), sets=_on("granted_on")),
        *moves(("suggested", "informed", "applied"), "refused", N_("Refuse"), needs=("reason",)),
        Move("refused", "suggested", N_("Suggest again")),
    ),
    fresh=frozenset({"reason"}),
    grounds={
        "informed": Ground(("informed_on",)),
        "applied": Ground(("informed_on", "applied_on")),
        "granted": Ground(("informed_on", "applied_on", "granted_on", "amount")),
        "refused": Ground(("reason",)),
    },
)


def days_to_grant(values: Values) -> int | None:
    """Return the days from telling the owner to the grant (直达快享), None before that."""
    informed, granted = values["informed_on"], values["granted_on"]
    return (granted - informed).days if informed and granted else None
