"""Issues: problems found, from raising to striking off the list, and the only ways between the states."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated, Any, ClassVar

from pydantic import Field

from zjtui.domain.around import Around
from zjtui.domain.fields import F, Kind
from zjtui.domain.issue_closing import badly_closed, unowned, without_proof
from zjtui.domain.issue_codes import (
    GIVEN_OUT,
    KINDS,
    LADDER,
    LAYERS,
    LIMIT_KINDS,
    OPEN_STATES,
    SEVERITIES,
    SOURCES,
    STAGES,
    STATES,
)
from zjtui.domain.month import quarter_end
from zjtui.domain.record import Record
from zjtui.domain.workflow import Facts, Ground, Move, Values, Workflow, moves
from zjtui.errors import Refused
from zjtui.i18n import N_

Text = Annotated[str | None, Field(max_length=10_000)]


class Issue(Record):
    """One problem of one project (问题)."""

    entity: ClassVar[str] = "issue"
    noun: ClassVar[str] = N_("Issue")
    title_field: ClassVar[str] = "title_text"

    no: Annotated[str, F(N_("No."), width=20, form=False, indexed=True)]
    project_uid: Annotated[str, F(N_("Project"), Kind.REF, ref="project", width=20, listed=True, form=False)]
    follow_up_uid: Annotated[str | None, F(N_("Follow-up"), Kind.REF, ref="follow_up", form=False)] = None
    title_text: Annotated[str, Field(min_length=1, max_length=100), F(N_("Problem"), width=24, listed=True)]
    kind: Annotated[str, F(N_("issue|Kind"), Kind.CODE, codes=KINDS, width=12, listed=True, indexed=True)]
    severity: Annotated[str, F(N_("Severity"), Kind.CODE, codes=SEVERITIES, width=8, listed=True, indexed=True)] = "low"
    state: Annotated[str, F(N_("State"), Kind.CODE, codes=STATES, width=10, listed=True, indexed=True, form=False)] = (
        "open"
    )
    detail: Annotated[Text, F(N_("Details"), Kind.LONG, width=40)] = None
    source: Annotated[str, F(N_("Source"), Kind.CODE, codes=SOURCES, width=10)] = "visit"
    layer: Annotated[str | None, F(N_("Level concerned"), Kind.CODE, codes=LAYERS, width=8)] = None
    stage: Annotated[str | None, F(N_("Stage of appearance"), Kind.CODE, codes=STAGES, width=10)] = None
    need_coord: Annotated[bool, F(N_("Needs coordination"), Kind.YESNO, width=8)] = False
    found_on: Annotated[date, F(N_("Found on"), Kind.DATE, width=10, past=True, indexed=True)]
    limit_kind: Annotated[str | None, F(N_("Time limit"), Kind.CODE, codes=LIMIT_KINDS, width=10)] = None
    lead_unit: Annotated[str | None, F(N_("Lead unit"), Kind.REF, ref="org", width=18, listed=True)] = None
    assist_units: Annotated[list[str], F(N_("Assisting units"), Kind.REFS, ref="org", width=20)] = Field(
        default_factory=list
    )
    owner_person: Annotated[str | None, F(N_("Person in charge"), Kind.REF, ref="person", width=12)] = None
    assigned_on: Annotated[date | None, F(N_("Assigned on"), Kind.DATE, width=10, form=False, past=True)] = None
    due_on: Annotated[date | None, F(N_("Due on"), Kind.DATE, width=10, ahead=True, listed=True, indexed=True)] = None
    resume_on: Annotated[date | None, F(N_("Resume on"), Kind.DATE, width=10, ahead=True, form=False)] = None
    solved_on: Annotated[date | None, F(N_("Solved on"), Kind.DATE, width=10, form=False, past=True)] = None
    closed_on: Annotated[date | None, F(N_("Closed on"), Kind.DATE, width=10, form=False, past=True)] = None
    measure: Annotated[Text, F(N_("Measures"), Kind.LONG, width=30)] = None
    outcome: Annotated[Text, F(N_("Outcome"), Kind.LONG, width=30, form=False)] = None
    state_reason: Annotated[Text, F(N_("Reason"), Kind.LONG, width=24, form=False)] = None
    verifier: Annotated[str | None, F(N_("Verifier"), Kind.REF, ref="person", known=True, width=12, form=False)] = None
    verify_note: Annotated[Text, F(N_("Verification"), Kind.LONG, width=30, form=False)] = None
    evidence: Annotated[
        str | None, Field(max_length=200), F(N_("Document seen"), width=20, form=False, hint=N_("number or name"))
    ] = None
    escalation: Annotated[str, F(N_("Ladder"), Kind.CODE, codes=LADDER, width=6, form=False)] = "L1"
    merged_into: Annotated[str | None, F(N_("Merged into"), Kind.REF, ref="issue", width=20, form=False)] = None
    reopened_count: Annotated[int, Field(ge=0), F(N_("Reopened"), Kind.INT, width=4, form=False)] = 0
    bounced_count: Annotated[int | None, F(N_("Sent back"), Kind.INT, width=4, form=False)] = None
    level_on: Annotated[date | None, F(N_("On this level since"), Kind.DATE, width=10, form=False)] = None
    level_reason: Annotated[Text, F(N_("Reason of the level"), Kind.LONG, width=24, form=False)] = None
    evidence_on: Annotated[date | None, F(N_("Document of"), Kind.DATE, width=10, form=False, past=True)] = None
    steps: Annotated[
        list[str], F(N_("Steps to tick"), Kind.LIST, width=24, hint=N_("all are ticked before closing"))
    ] = Field(default_factory=list)
    steps_done: Annotated[list[str], F(N_("Steps done"), Kind.LIST, width=24, form=False)] = Field(default_factory=list)
    reopened_on: Annotated[date | None, F(N_("Came back on"), Kind.DATE, width=10, form=False, past=True)] = None
    state_on: Annotated[date | None, F(N_("State since"), Kind.DATE, width=10, form=False, past=True)] = None
    first_due_on: Annotated[date | None, F(N_("First due on"), Kind.DATE, width=10, form=False)] = None
    extended_count: Annotated[
        int | None, F(N_("Times extended"), Kind.INT, width=8, form=False, short=N_("column|Extended"))
    ] = None
    extended_on: Annotated[date | None, F(N_("Extended on"), Kind.DATE, width=10, form=False, past=True)] = None
    extend_reason: Annotated[Text, F(N_("Reason of the extension"), Kind.LONG, width=24, form=False)] = None

    def rules(self) -> Iterator[Refused]:
        """Yield what contradicts itself in this record."""
        if self.due_on and self.assigned_on and self.due_on < self.assigned_on:
            yield Refused(
                N_("The due date lies before the assignment"),
                rule="I-02",
                field="due_on",
                facts=("due_on", "assigned_on"),
            )
        if self.assigned_on and self.assigned_on < self.found_on:
            yield Refused(
                N_("It was found after it was assigned"),
                rule="I-03",
                field="found_on",
                facts=("found_on", "assigned_on"),
            )
        if self.solved_on and self.solved_on < self.found_on:
            yield Refused(
                N_("It was solved before it was found"), rule="I-04", field="solved_on", facts=("solved_on", "found_on")
            )
        if self.closed_on and self.solved_on and self.closed_on < self.solved_on:
            yield Refused(
                N_("It was closed before it was solved"),
                rule="I-05",
                field="closed_on",
                facts=("closed_on", "solved_on"),
            )

    def stands(self, around: Around) -> Iterator[Refused]:
        """Yield what contradicts the state of this record, or the records around it."""
        if self.state == "closed":
            yield from badly_closed(self, around)
        if self.state == "merged" and self.merged_into:
            into = around.row("issue", self.merged_into)
            if self.merged_into == self.uid or into["project_uid"] != self.project_uid:
                yield Refused(
                    N_("It is merged into an issue of another project"),
                    rule="I-14",
                    field="merged_into",
                    facts=("merged_into", "state", "project_uid"),
                )
        if self.state in OPEN_STATES and around.row("project", self.project_uid)["stage"] == "archived":
            yield Refused(
                N_("The project is archived: nothing is opened there any more"),
                rule="I-22",
                field="state",
                facts=("state", "project_uid"),
            )


def late_days(state: str, due_on: date | None, today: date) -> int | None:
    """Return by how many days an issue is late: negative while there is time, None where nothing is due."""
    return (today - due_on).days if due_on and state in OPEN_STATES and state != "solved" else None


def default_due(limit_kind: str | None, start: date) -> date:
    """Return the due date that a kind of time limit means: +3, +7, +30 days or the quarter's end."""
    days = {"asap": 3, "week": 7, "month": 30, "long": 180}.get(limit_kind or "month")
    return start + timedelta(days=days) if days else quarter_end(start)


def _assigned(record: Values, facts: Facts) -> dict[str, Any]:
    # Sent back and assigned again: the time since the first assignment has passed all the same.
    first, start = record["assigned_on"] or facts.day, facts.day or record["found_on"]
    return {"assigned_on": first, "due_on": record["due_on"] or default_due(record["limit_kind"], start)}


def _sent_back(record: Values, _facts: Facts) -> dict[str, Any]:
    return {"bounced_count": (record["bounced_count"] or 0) + 1}


def _solved(record: Values, facts: Facts) -> dict[str, Any]:
    lowered = {"escalation": "L1", "level_on": facts.day} if record["escalation"] != "L1" else {}
    return {"solved_on": facts.day, **lowered}


def _closed(record: Values, facts: Facts) -> dict[str, Any]:
    return {
        "closed_on": facts.day,
        "evidence_on": record["evidence_on"] or (facts.day if record["evidence"] else None),
    }


def _other_issue(after: Values, facts: Facts) -> Refused | None:
    if after["merged_into"] == after["uid"]:
        return Refused(N_("An issue cannot be merged into itself"), rule="I-14", field="merged_into")
    into = facts.merge_into
    if into and into["project_uid"] != after["project_uid"]:
        return Refused(N_("The other issue belongs to another project"), rule="I-14", field="merged_into")
    if into and into["state"] not in OPEN_STATES:
        return Refused(
            N_("The other issue is not open ({state}): open it again first"),
            rule="I-14",
            field="merged_into",
            state=STATES.label(into["state"]),
        )
    return None


_REASON = ("state_reason",)
_REOPENED = {"solved_on": None, "closed_on": None, "verifier": None, "verify_note": None, "evidence": None,
             "evidence_on": None}  # fmt: skip
_ASSIGNED = Ground(("lead_unit", "due_on"), ("assigned_on",))
_GROUNDS = {
    **dict.fromkeys(GIVEN_OUT, _ASSIGNED),
    "solved": Ground((*_ASSIGNED.needs, "solved_on"), (*_ASSIGNED.facts, "found_on"), ("due_on",)),
    "closed": Ground(
        (*_ASSIGNED.needs, "owner_person", "solved_on", "closed_on", "verifier", "verify_note"),
        (*_ASSIGNED.facts, "found_on", "steps"),
        ("due_on", "evidence", "evidence_on"),
        second=True,
    ),
    "merged": Ground(("merged_into",)),
}
WORKFLOW = Workflow(
    "state",
    STATES,
    "I",
    (
        Move("draft", "open", N_("Report")),
        Move(
            "open",
            "assigned",
            N_("Assign"),
            needs=("lead_unit",),
            asks=("due_on", "owner_person", "assist_units"),
            sets=_assigned,
        ),
        Move("open", "refused", N_("Refuse"), needs=_REASON),
        Move("assigned", "doing", N_("Begin"), asks=("owner_person", "measure")),
        Move("assigned", "open", N_("Send back"), needs=_REASON, sets=_sent_back),
        Move("doing", "solved", N_("Report solved"), asks=("outcome",), sets=_solved),
        Move("doing", "paused", N_("Pause"), needs=("state_reason", "resume_on"), asks=("state_on",)),
        Move("paused", "doing", N_("Resume"), asks=("state_on",), sets=lambda *_: {"resume_on": None}),
        Move(
            "solved",
            "closed",
            N_("Verify and close"),
            needs=("verifier", "verify_note"),
            asks=("evidence", "evidence_on", "owner_person"),
            wants=(unowned, without_proof),
            sets=_closed,
        ),
        Move("solved", "doing", N_("Verification failed"), needs=("verify_note",), sets=lambda *_: {"solved_on": None}),
        Move(
            "closed",
            "doing",
            N_("Reopen"),
            needs=_REASON,
            sets=lambda record, facts: {
                **_REOPENED,
                "reopened_on": facts.today,
                "reopened_count": record["reopened_count"] + 1,
            },
        ),
        *moves(OPEN_STATES, "merged", N_("Merge into another"), needs=("merged_into",), guard=_other_issue),
    ),
    fresh=frozenset({"state_reason", "resume_on", "verifier", "verify_note", "evidence", "evidence_on"}),
    grounds=_GROUNDS,
    day_field="state_on",
    days={"assigned": "assigned_on", "solved": "solved_on", "closed": "closed_on"},
)
