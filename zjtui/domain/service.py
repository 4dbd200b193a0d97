"""Green-channel services: one approval or supply for one project, on a clock that can be paused."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field

from zjtui.domain import workdays
from zjtui.domain.fields import F, Kind
from zjtui.domain.record import Record
from zjtui.domain.service_codes import BASES, CHANNELS, KINDS, RESULTS, STATES
from zjtui.domain.workflow import Facts, Move, Values, Workflow, moves
from zjtui.errors import Notice, Refused
from zjtui.i18n import N_

Days = Annotated[int | None, Field(ge=0, le=3660)]
Text = Annotated[str | None, Field(max_length=2000)]
Pause = dict[str, str | None]  # {"from": ISO day, "to": ISO day or None, "reason": one of PAUSE_REASONS}


class Service(Record):
    """One green-channel service (绿色通道事项) of one project."""

    entity: ClassVar[str] = "service"
    noun: ClassVar[str] = N_("Green-channel service")
    title_field: ClassVar[str] = "kind"

    project_uid: Annotated[str, F(N_("Project"), Kind.REF, ref="project", width=24, form=False)]
    kind: Annotated[str, F(N_("Service"), Kind.CODE, codes=KINDS, width=18, listed=True)]
    dept: Annotated[str | None, F(N_("Department"), Kind.REF, ref="org", width=18, listed=True)] = None
    channel: Annotated[list[str], F(N_("Channel"), Kind.CODES, codes=CHANNELS, width=16)] = []
    state: Annotated[str, F(N_("State"), Kind.CODE, codes=STATES, width=10, listed=True, form=False)] = "planned"
    basis: Annotated[str, F(N_("Days counted"), Kind.CODE, codes=BASES, width=8)] = "wd"
    limit_days: Annotated[Days, F(N_("Statutory days"), Kind.INT, width=6)] = None
    promise_days: Annotated[Days, F(N_("Promised days"), Kind.INT, width=6, listed=True)] = None
    wanted_on: Annotated[date | None, F(N_("Wanted by"), Kind.DATE, width=10)] = None
    applied_on: Annotated[date | None, F(N_("Applied on"), Kind.DATE, width=10, past=True)] = None
    accepted_on: Annotated[date | None, F(N_("Accepted on"), Kind.DATE, width=10, past=True, listed=True)] = None
    decided_on: Annotated[date | None, F(N_("Decided on"), Kind.DATE, width=10, past=True, listed=True)] = None
    delivered_on: Annotated[date | None, F(N_("Delivered on"), Kind.DATE, width=10, past=True)] = None
    pauses: Annotated[list[Pause], F(N_("Pauses"), Kind.OBJECTS, width=12, form=False)] = []
    missing_docs: Annotated[list[str], F(N_("service|Documents outstanding"), Kind.LIST, width=24)] = []
    missing_due: Annotated[date | None, F(N_("Documents due"), Kind.DATE, width=10)] = None
    result: Annotated[str | None, F(N_("Result"), Kind.CODE, codes=RESULTS, width=10, form=False)] = None
    doc_no: Annotated[str | None, Field(max_length=80), F(N_("Document no."), width=18)] = None
    reason: Annotated[Text, F(N_("Reason"), Kind.LONG, width=24, form=False)] = None

    def rules(self) -> Iterator[Refused]:
        """Yield what contradicts itself in this record."""
        days = [day for day in (self.applied_on, self.accepted_on, self.decided_on, self.delivered_on) if day]
        if days != sorted(days):
            yield Refused(
                N_("Applied, accepted, decided and delivered must follow each other"), rule="S-01", field="decided_on"
            )
        if not pauses_fit(self.pauses, self.accepted_on, self.decided_on):
            yield Refused(N_("Pauses lie outside acceptance and decision, or overlap"), rule="S-02", field="pauses")
        if "tolerant" in self.channel and self.state in ("accepted", "reviewing", "paused") and not self.missing_docs:
            yield Refused(N_("Accepted with documents outstanding: say which"), rule="S-03", field="missing_docs")

    def notices(self, before: Self | None = None) -> Iterator[Notice]:
        """Yield what is odd without being wrong."""
        if self.promise_days and self.limit_days and self.promise_days > self.limit_days:
            yield Notice(N_("More days are promised than the law allows"), rule="S-04", field="promise_days")


def spans(pauses: list[Pause]) -> list[workdays.Span]:
    """Return the pauses as days, for `workdays`."""
    return [
        (date.fromisoformat(pause["from"] or ""), date.fromisoformat(pause["to"]) if pause["to"] else None)
        for pause in pauses
    ]


def pauses_fit(pauses: list[Pause], accepted: date | None, decided: date | None) -> bool:
    """Tell whether the pauses lie between acceptance and decision, in order, without overlap."""
    previous = accepted or date.min
    for begin, stop in sorted(spans(pauses), key=lambda span: span[0]):
        if begin < previous or (stop and stop < begin):
            return False
        previous = stop or date.max
    return not pauses or decided is None or previous <= decided


def clock(values: Values, today: date) -> dict[str, Any]:
    """Return `used_days`, `days_left`, `due_on` and `light` of a service on `today`.

    Days are counted from the day after acceptance to the decision, without pauses. `light` is "green", "yellow" (two
    days or fewer left), "red" (past the promise), "grey" (not running, or no promise). `days_left` is None then.
    """
    accepted, promise = values["accepted_on"], values["promise_days"]
    empty = {"used_days": None, "days_left": None, "due_on": None, "light": "grey"}
    if not accepted:
        return empty
    pauses = spans(values["pauses"])
    end = values["decided_on"] or today
    used = workdays.used_days(accepted, end, values["basis"], pauses)
    if promise is None or values["state"] in ("refused", "withdrawn"):
        return {**empty, "used_days": used}
    left = promise - used
    light = "red" if left < 0 else "yellow" if left <= 2 and not values["decided_on"] else "green"
    return {
        "used_days": used,
        "days_left": left,
        "due_on": workdays.due_date(accepted, promise, values["basis"], pauses),
        "light": light,
    }


def _pause(record: Values, facts: Facts) -> dict[str, Any]:
    pause = {"from": facts.today.isoformat(), "to": None, "reason": record.get("pause_reason") or "supplement"}
    return {"pauses": [*record["pauses"], pause]}


def _resume(record: Values, facts: Facts) -> dict[str, Any]:
    if not record["pauses"]:
        return {}
    *earlier, last = record["pauses"]
    return {"pauses": [*earlier, {**last, "to": facts.today.isoformat()}]}


def _decide(record: Values, facts: Facts) -> dict[str, Any]:
    return {"decided_on": record["decided_on"] or facts.today, "result": record["result"] or "approved"}


def _documented(after: Values, _facts: Facts) -> Refused | None:
    if (after["result"] or "approved") == "approved" and not after["doc_no"]:
        return Refused(N_("An approval needs its document number"), rule="S-12", field="doc_no")
    return None


_RUNNING = ("planned", "applied", "accepted", "reviewing", "paused", "decided")
WORKFLOW = Workflow(
    "state",
    STATES,
    "S",
    (
        Move(
            "planned",
            "applied",
            N_("Apply"),
            asks=("applied_on",),
            sets=lambda r, f: {"applied_on": r["applied_on"] or f.today},
        ),
        Move(
            "applied",
            "accepted",
            N_("Accept"),
            asks=("accepted_on",),
            sets=lambda r, f: {"accepted_on": r["accepted_on"] or f.today},
        ),
        Move("applied", "refused", N_("Refuse"), needs=("reason",)),
        Move("accepted", "reviewing", N_("Begin review")),
        *moves(("accepted", "reviewing"), "paused", N_("service|Pause"), needs=("reason",), sets=_pause),
        Move("paused", "reviewing", N_("Resume"), sets=_resume),
        *moves(
            ("accepted", "reviewing"),
            "decided",
            N_("Decide"),
            asks=("decided_on", "result", "doc_no"),
            guard=_documented,
            sets=_decide,
        ),
        Move("decided", "delivered", N_("Deliver"), sets=lambda _, facts: {"delivered_on": facts.today}),
        *moves(_RUNNING, "withdrawn", N_("service|Withdraw"), needs=("reason",)),
    ),
    fresh=frozenset({"reason"}),
)
