"""Issues: raise, edit, move from state to state, escalate, tick what is done."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from zjtui.domain import escalation
from zjtui.domain.check import check, notices
from zjtui.domain.extension import extension_refused
from zjtui.domain.issue import Issue
from zjtui.domain.workflow import Facts
from zjtui.errors import Notice, Refused, RefusedMany
from zjtui.i18n import N_
from zjtui.store.read.around import Around
from zjtui.store.write.door import AroundTx
from zjtui.store.write.tx import Tx
from zjtui.usecases import attachment, records
from zjtui.usecases.session import Outcome, Session


def add(session: Session, project_uid: str, values: Mapping[str, Any], files: Sequence[Path] = ()) -> Outcome:
    """Raise an issue of a project, with its photos; one raised from a follow-up marks that follow-up."""

    def work(tx: Tx) -> tuple[Issue, list[Notice]]:
        record, found = add_in(tx, session, project_uid, values)
        attach(tx, record)
        return record, found

    with attachment.storing_many(session, files) as attach:
        tx, (record, found) = session.operate("issue.add", work)
    return Outcome(record.uid, tx.operation, found, tx.created)


def add_in(tx: Tx, session: Session, project_uid: str, values: Mapping[str, Any]) -> tuple[Issue, list[Notice]]:
    """Raise an issue as a part of an operation."""
    project = tx.get("project", project_uid)
    given = {name: value for name, value in values.items() if value not in (None, "", [])}
    found_on = given.get("found_on") or session.today
    number = next_number(tx, project.region_code, found_on.year)
    complete = {**given, "found_on": found_on, "no": number, "project_uid": project_uid}
    record, found = records.add(tx, Issue, complete, session.today)
    if record.follow_up_uid:
        visit = tx.get("follow_up", record.follow_up_uid)
        tx.set(visit, visit.model_copy(update={"result": "issue_raised"}))
    return record, found


def edit(session: Session, uid: str, values: Mapping[str, Any]) -> Outcome:
    """Change fields of an issue; its state changes only by `move`."""
    tx, (_record, found) = session.operate(
        "issue.set", lambda tx: records.edit(tx, "issue", uid, values, session.today)
    )
    return Outcome(uid, tx.operation, found, tx.created)


def move(session: Session, uid: str, target: str, given: Mapping[str, Any], on: date | None = None) -> Outcome:
    """Take an issue to another state on day `on` (today by default)."""
    day = records.day_of(session.today, on)
    tx, _result = session.operate("issue.move", lambda tx: move_in(tx, session, uid, target, given, day))
    return Outcome(uid, tx.operation, created=tx.created)


def move_in(
    tx: Tx, session: Session, uid: str, target: str, given: Mapping[str, Any], day: date | None, *, files: bool = False
) -> tuple[Any, dict[str, Any]]:
    """Take an issue to another state as a part of an operation, which attaches `files` to it."""
    into = records.resolve(tx, Issue, {"merged_into": given["merged_into"]}) if given.get("merged_into") else {}
    facts = Facts(
        day or session.today,
        undated=day is None,
        merge_into=tx.get("issue", into["merged_into"]).__dict__ if into else None,
        proved=files or proved(AroundTx(tx), tx.get("issue", uid)),
        limits=session.limits,
    )
    return records.move(tx, "issue", uid, target, {**given, **into}, facts)


def proved(around: Around, record: Issue) -> bool:
    """Tell whether a follow-up or an attached file proves already that an issue is solved."""
    return record.state == "solved" and record.solved_on is not None and bool(around.proofs(record))


def merge(session: Session, uid: str, into: str) -> Outcome:
    """Merge an issue into another open one of the same project."""
    return move(session, uid, "merged", {"merged_into": into})


def escalate(session: Session, uid: str, level: str = "", reason: str | None = None, on: date | None = None) -> Outcome:
    """Take an issue to a level of the ladder, by default the proposed one or the next rung. Rules I-16 to I-18."""
    day = records.day_of(session.today, on)

    def work(tx: Tx) -> list[Notice]:
        before = tx.get("issue", uid)
        wanted = level or escalation.next_level(before.__dict__, day, session.limits)
        try:
            changes = escalation.changes(before.__dict__, wanted, reason, day)
        except Refused as refusal:
            raise RefusedMany([refusal]) from None
        after = check(Issue, {**before.__dict__, **changes}, session.today, before)
        tx.set(before, after)
        return notices(after, before)

    tx, found = session.operate("issue.escalate", work)
    return Outcome(uid, tx.operation, found)


def extend(session: Session, uid: str, due: date, reason: str | None, on: date | None = None) -> Outcome:
    """Put off the due date of an issue that somebody is working on; the first date stays. Rules I-23 to I-25."""
    day = records.day_of(session.today, on)

    def work(tx: Tx) -> list[Notice]:
        before = tx.get("issue", uid)
        wrong = extension_refused(before, due, reason)
        if wrong:
            raise RefusedMany(wrong)
        changes = {
            "due_on": due,
            "first_due_on": before.first_due_on or before.due_on,
            "extended_count": (before.extended_count or 0) + 1,
            "extended_on": day,
            "extend_reason": reason,
        }
        after = check(Issue, {**before.__dict__, **changes}, session.today, before)
        tx.set(before, after)
        return notices(after, before)

    tx, found = session.operate("issue.extend", work)
    return Outcome(uid, tx.operation, found)


def tick(session: Session, uid: str, done: Sequence[str]) -> Outcome:
    """Say which steps of an issue are done."""

    def work(tx: Tx) -> None:
        before = tx.get("issue", uid)
        unknown = [step for step in done if step not in before.steps]
        if unknown:
            raise RefusedMany(
                [Refused(N_("There is no step “{value}”"), rule="I-20", field="steps_done", value=unknown[0])]
            )
        tx.set(before, before.model_copy(update={"steps_done": [step for step in before.steps if step in done]}))

    tx, _nothing = session.operate("issue.tick", work)
    return Outcome(uid, tx.operation)


def next_number(tx: Tx, region_code: str, year: int) -> str:
    """Return the next human number, e.g. 330782-2023-0042/K7QX2B: two laptops may count alike, the device differs."""
    prefix = f"{region_code}-{year}-"
    rows = tx.connection.execute("SELECT no FROM issue WHERE no > ? AND no < ?", (prefix, prefix + "~"))
    taken = [row[0][len(prefix) :].partition("/")[0] for row in rows if row[0].endswith(tx.clock.device)]
    last = max((int(number) for number in taken if number.isdigit()), default=0)
    return f"{prefix}{last + 1:04}/{tx.clock.device}"
