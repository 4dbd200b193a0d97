"""Green-channel services: one approval or supply for one project, on a clock that can be paused."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field

from zjtui.domain.around import Around
from zjtui.domain.fields import F, Kind
from zjtui.domain.record import Record
from zjtui.domain.service_codes import BASES, CHANNELS, KINDS, OPEN_STATES, PAUSE_REASONS, RESULTS, STATES
from zjtui.domain.service_days import Pause, pause_told, pauses_fit
from zjtui.domain.workflow import Facts, Ground, Move, Values, Workflow, moves, needed
from zjtui.errors import Notice, Refused
from zjtui.i18n import N_, joined

Days = Annotated[int | None, Field(ge=0, le=3660)]
_DAYS = ("applied_on", "accepted_on", "decided_on", "delivered_on")
_TAKEN_ON = ("accepted", "reviewing", "paused", "decided", "delivered")
_TOLERANT = ("channel", "state", "missing_docs", "received_docs")
Text = Annotated[str | None, Field(max_length=2000)]


class Service(Record):
    """One green-channel service (绿色通道事项) of one project."""

    entity: ClassVar[str] = "service"
    noun: ClassVar[str] = N_("Green-channel service")
    title_field: ClassVar[str] = "kind"

    project_uid: Annotated[str, F(N_("Project"), Kind.REF, ref="project", width=24, form=False)]
    kind: Annotated[str, F(N_("Service"), Kind.CODE, codes=KINDS, width=18, listed=True)]
    dept: Annotated[str | None, F(N_("Department"), Kind.REF, ref="org", width=18, listed=True)] = None
    channel: Annotated[list[str], F(N_("Channel"), Kind.CODES, codes=CHANNELS, width=16)] = Field(default_factory=list)
    state: Annotated[str, F(N_("State"), Kind.CODE, codes=STATES, width=10, listed=True, form=False)] = "planned"
    basis: Annotated[str, F(N_("Days counted"), Kind.CODE, codes=BASES, width=8)] = "wd"
    limit_days: Annotated[Days, F(N_("Statutory days"), Kind.INT, width=6)] = None
    promise_days: Annotated[
        Days, F(N_("Promised days"), Kind.INT, width=6, short=N_("column|Promised"), listed=True)
    ] = None
    wanted_on: Annotated[date | None, F(N_("Wanted by"), Kind.DATE, width=10, ahead=True)] = None
    applied_on: Annotated[date | None, F(N_("Applied on"), Kind.DATE, width=10, past=True)] = None
    accepted_on: Annotated[date | None, F(N_("Accepted on"), Kind.DATE, width=10, past=True, listed=True)] = None
    decided_on: Annotated[date | None, F(N_("Decided on"), Kind.DATE, width=10, past=True, listed=True)] = None
    delivered_on: Annotated[date | None, F(N_("Delivered on"), Kind.DATE, width=10, past=True)] = None
    pauses: Annotated[list[Pause], F(N_("Pauses"), Kind.OBJECTS, width=24, form=False, words=pause_told)] = Field(
        default_factory=list
    )
    missing_docs: Annotated[list[str], F(N_("service|Documents outstanding"), Kind.LIST, width=24)] = Field(
        default_factory=list
    )
    missing_due: Annotated[date | None, F(N_("Documents due"), Kind.DATE, width=10, ahead=True)] = None
    result: Annotated[str | None, F(N_("Result"), Kind.CODE, codes=RESULTS, width=10, form=False)] = None
    doc_no: Annotated[str | None, Field(max_length=80), F(N_("Document no."), width=18)] = None
    reason: Annotated[Text, F(N_("Reason"), Kind.LONG, width=24, form=False)] = None
    pause_reason: Annotated[str | None, F(N_("Paused for"), Kind.CODE, codes=PAUSE_REASONS, width=14, form=False)] = (
        None
    )
    received_docs: Annotated[list[str], F(N_("service|Documents received"), Kind.LIST, width=24, form=False)] = Field(
        default_factory=list
    )
    ended_on: Annotated[date | None, F(N_("Refused or withdrawn on"), Kind.DATE, width=10, past=True, form=False)] = (
        None
    )
    state_on: Annotated[date | None, F(N_("State since"), Kind.DATE, width=10, form=False, past=True)] = None

    def rules(self) -> Iterator[Refused]:
        """Yield what contradicts itself in this record."""
        days = [day for day in (self.applied_on, self.accepted_on, self.decided_on, self.delivered_on) if day]
        if days != sorted(days):
            yield Refused(
                N_("Applied, accepted, decided and delivered must follow each other"),
                rule="S-01",
                field="decided_on",
                facts=_DAYS,
            )
        if not pauses_fit(self.pauses, self.accepted_on, self.decided_on):
            yield Refused(
                N_("Pauses lie outside acceptance and decision, or overlap"),
                rule="S-02",
                field="pauses",
                facts=("pauses", "accepted_on", "decided_on"),
            )
        documents = self.missing_docs or self.received_docs
        if "tolerant" in self.channel and self.state in _TAKEN_ON and not documents:
            yield _unnamed_documents()

    def stands(self, around: Around) -> Iterator[Refused]:
        """Yield what contradicts the state of this record, or the records around it."""
        decided = self.state in ("decided", "delivered")
        if decided and self.result == "approved" and not self.doc_no:
            yield _undocumented()
        if self.state == "delivered" and self.missing_docs:
            yield Refused(
                N_("Documents are still outstanding: {names}"),
                rule="S-13",
                field="missing_docs",
                facts=("state", "missing_docs"),
                names=joined(self.missing_docs),
            )
        if self.state in OPEN_STATES and around.row("project", self.project_uid)["stage"] == "archived":
            yield Refused(
                N_("The project is archived: nothing is opened there any more"),
                rule="S-15",
                field="state",
                facts=("state", "project_uid"),
            )

    def notices(self, before: Self | None = None) -> Iterator[Notice]:
        """Yield what is odd without being wrong."""
        if self.promise_days and self.limit_days and self.promise_days > self.limit_days:
            yield Notice(N_("More days are promised than the law allows"), rule="S-04", field="promise_days")
        if self.state == "decided" and self.missing_docs:
            yield Notice(
                N_("Documents are still outstanding: {names}"),
                rule="S-06",
                field="missing_docs",
                names=joined(self.missing_docs),
            )


def _unnamed_documents() -> Refused:
    text = N_("Accepted with documents outstanding: say which")
    return Refused(text, rule="S-03", field="missing_docs", facts=_TOLERANT)


def _which_documents(after: Values, _facts: Facts) -> Refused | None:
    unnamed = "tolerant" in after["channel"] and not (after["missing_docs"] or after["received_docs"])
    return _unnamed_documents() if unnamed else None


def _undocumented() -> Refused:
    text = N_("An approval needs its document number")
    return Refused(text, rule="S-12", field="doc_no", facts=("state", "result", "doc_no"))


def _no_result(after: Values, _facts: Facts) -> Refused | None:
    """A document number alone says that it is approved."""
    missing = not (after["result"] or after["doc_no"])
    return needed(STATES, "S", "decided", "result", N_("Result")) if missing else None


def _no_document(after: Values, _facts: Facts) -> Refused | None:
    return _undocumented() if after["result"] in (None, "approved") and not after["doc_no"] else None


def _pause(record: Values, facts: Facts) -> dict[str, Any]:
    pause = {"from": facts.today.isoformat(), "to": None, "reason": record["pause_reason"], "note": record["reason"]}
    return {"pauses": [*record["pauses"], pause]}


def _resume(record: Values, facts: Facts) -> dict[str, Any]:
    if not record["pauses"]:
        return {}
    *earlier, last = record["pauses"]
    return {"pauses": [*earlier, {**last, "to": facts.today.isoformat()}]}


def _apply(record: Values, facts: Facts) -> dict[str, Any]:
    return {"applied_on": record["applied_on"] or facts.day}


def _accept(record: Values, facts: Facts) -> dict[str, Any]:
    return {"accepted_on": record["accepted_on"] or facts.day}


def _decide(record: Values, facts: Facts) -> dict[str, Any]:
    result = record["result"] or ("approved" if record["doc_no"] else None)
    return {"decided_on": record["decided_on"] or facts.day, "result": result}


def _deliver(record: Values, facts: Facts) -> dict[str, Any]:
    return {"delivered_on": record["delivered_on"] or facts.day, "result": record["result"] or "approved"}


def _end(record: Values, facts: Facts) -> dict[str, Any]:
    waiting = bool(record["pauses"]) and record["pauses"][-1]["to"] is None
    return {"ended_on": facts.day, **(_resume(record, facts) if waiting and facts.day else {})}


_OPEN = ("planned", "applied", "accepted", "reviewing", "paused", "decided")
_ACCEPTED = Ground(("accepted_on",), ("applied_on",))
_DECIDED = ("accepted_on", "decided_on", "result")
_OF_DECISION = ("promise_days", "limit_days", "basis", "applied_on", "doc_no", "pauses")
_GROUNDS = {
    "applied": Ground(("applied_on",)),
    **dict.fromkeys(("accepted", "reviewing", "paused"), _ACCEPTED),
    "decided": Ground(_DECIDED, _OF_DECISION, ("promise_days", "limit_days")),
    "delivered": Ground((*_DECIDED, "delivered_on"), _OF_DECISION, ("promise_days", "limit_days")),
}
_ACCEPTANCE = ("accepted_on", "missing_docs", "missing_due")
_DECISION = ("decided_on", "result", "doc_no")
_DECIDED_BY = (_no_result, _no_document)
WORKFLOW = Workflow(
    "state",
    STATES,
    "S",
    (
        Move("planned", "applied", N_("Apply"), asks=("applied_on",), sets=_apply),
        Move("applied", "accepted", N_("Accept"), asks=_ACCEPTANCE, wants=(_which_documents,), sets=_accept),
        Move("applied", "refused", N_("Refuse"), needs=("reason",), sets=_end),
        Move("accepted", "reviewing", N_("Begin review")),
        *moves(("accepted", "reviewing"), "decided", N_("Decide"), asks=_DECISION, wants=_DECIDED_BY, sets=_decide),
        *moves(
            ("accepted", "reviewing"),
            "paused",
            N_("service|Pause"),
            needs=("pause_reason",),
            asks=("reason", "state_on"),
            sets=_pause,
        ),
        Move("paused", "reviewing", N_("Resume"), asks=("state_on",), sets=_resume),
        Move(
            "decided",
            "delivered",
            N_("Deliver"),
            asks=("delivered_on", "result", "doc_no"),
            wants=(_no_document,),
            sets=_deliver,
        ),
        *moves(_OPEN, "withdrawn", N_("service|Withdraw"), needs=("reason",), sets=_end),
    ),
    fresh=frozenset({"reason", "pause_reason"}),
    grounds=_GROUNDS,
    day_field="state_on",
    days={
        "applied": "applied_on",
        "accepted": "accepted_on",
        "decided": "decided_on",
        "delivered": "delivered_on",
        "refused": "ended_on",
        "withdrawn": "ended_on",
    },
)
