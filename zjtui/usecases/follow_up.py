"""Follow-ups: log one, mend one."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from zjtui.domain.follow_up import FollowUp
from zjtui.errors import Notice, RefusedMany
from zjtui.store.read.records import usual_mechanism
from zjtui.store.write.tx import Tx
from zjtui.usecases import attachment, records
from zjtui.usecases.session import Outcome, Session


def add(session: Session, project_uid: str, values: Mapping[str, Any]) -> Outcome:
    """Log a follow-up of a project. Date, mechanism and people default to today, the person's own and the person."""
    tx, (record, notices) = session.operate("follow_up.add", lambda tx: add_in(tx, session, project_uid, values))
    return Outcome(record.uid, tx.operation, notices, tx.created)


def add_in(tx: Tx, session: Session, project_uid: str, values: Mapping[str, Any]) -> tuple[FollowUp, list[Notice]]:
    """Log a follow-up as a part of an operation."""
    complete = {**defaults(session, tx, project_uid), **_given(values)}
    if complete.get("people") and "units" not in values:
        complete.pop("units", None)
    return records.add(tx, FollowUp, {**complete, "project_uid": project_uid}, session.today)


def log(
    session: Session,
    project_uid: str,
    values: Mapping[str, Any],
    parts: Mapping[str, Mapping[str, Any]],
    files: Sequence[Path] = (),
) -> Outcome:
    """Log a follow-up with what came of it and its photos, as one operation."""

    def work(tx: Tx) -> tuple[FollowUp, list[Notice]]:
        record, notices = log_in(tx, session, project_uid, values, parts)
        attach(tx, record)
        return record, notices

    with attachment.storing_many(session, files) as attach:
        tx, (record, notices) = session.operate("follow_up.add", work)
    return Outcome(record.uid, tx.operation, notices, tx.created)


def log_in(
    tx: Tx, session: Session, project_uid: str, values: Mapping[str, Any], parts: Mapping[str, Mapping[str, Any]]
) -> tuple[FollowUp, list[Notice]]:
    """Log a follow-up with what came of it as a part of an operation.

    `parts` is {"issue" | "service" | "promise": values}; a part whose values are all empty is left out. A refusal of a
    part names its field as "issue.title_text".
    """
    record, notices = add_in(tx, session, project_uid, values)
    for entity, given in parts.items():
        filled = _given(given)
        if not filled:
            continue
        try:
            notices += _add_part(tx, session, record, entity, filled)
        except RefusedMany as refused:
            for refusal in refused.refusals:
                refusal.field = f"{entity}.{refusal.field}"
            raise
    return record, notices


def parts_of(values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """Return the visit's own values, and those of its parts, which are named like "issue.title_text"."""
    parts: dict[str, dict[str, Any]] = {}
    for name, value in values.items():
        entity, dot, field = name.partition(".")
        if dot:
            parts.setdefault(entity, {})[field] = value
    return {name: value for name, value in values.items() if "." not in name}, parts


def _add_part(tx: Tx, session: Session, visit: FollowUp, entity: str, values: dict[str, Any]) -> list[Notice]:
    from zjtui.usecases import register

    if entity == "issue":
        values = {"source": "visit", "found_on": visit.visit_date, **values, "follow_up_uid": visit.uid}
    elif entity == "promise":
        values = {"made_on": visit.visit_date, **values, "follow_up_uid": visit.uid}
    elif entity == "service":
        values = {"applied_on": visit.visit_date, **values}
    _record, notices = register.add_in(tx, session, entity, visit.project_uid, values)
    return notices


def edit(session: Session, uid: str, values: Mapping[str, Any]) -> Outcome:
    """Change fields of a follow-up."""
    tx, (_record, notices) = session.operate(
        "follow_up.set", lambda tx: records.edit(tx, "follow_up", uid, values, session.today)
    )
    return Outcome(uid, tx.operation, notices, tx.created)


def defaults(session: Session, tx: Tx, project_uid: str) -> dict[str, Any]:
    """Return what a follow-up by the session's person starts from."""
    usual = usual_mechanism(tx.connection, project_uid, session.person)
    who: dict[str, Any] = {"units": session.person}
    if tx.exact("person", session.person) == [session.person]:
        who = {"people": [session.person]}
    return {"visit_date": session.today, "mechanism": usual or "supervise", **who}


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what was left empty, so that the defaults stand."""
    return {name: value for name, value in values.items() if value not in (None, "", [])}
