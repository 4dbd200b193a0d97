"""Follow-ups: log one, mend one."""

from collections.abc import Mapping
from typing import Any

from zjtui.domain.follow_up import FollowUp
from zjtui.errors import Notice
from zjtui.store.read import find
from zjtui.store.read.records import usual_mechanism
from zjtui.store.write.tx import Tx
from zjtui.usecases import records
from zjtui.usecases.session import Outcome, Session


def add(session: Session, project_uid: str, values: Mapping[str, Any]) -> Outcome:
    """Log a follow-up of a project. Date, mechanism and people default to today, the person's own and the person."""

    def work(tx: Tx) -> tuple[FollowUp, list[Notice]]:
        complete = {**defaults(session, tx, project_uid), **_given(values)}
        if complete.get("people") and "units" not in values:
            complete.pop("units", None)
        return records.add(tx, FollowUp, {**complete, "project_uid": project_uid}, session.today)

    tx, (record, notices) = session.operate("follow_up.add", work)
    return Outcome(record.uid, tx.operation, notices, tx.created)


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
    if find.exact(tx.connection, "person", session.person) == [session.person]:
        who = {"people": [session.person]}
    return {"visit_date": session.today, "mechanism": usual or "supervise", **who}


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what was left empty, so that the defaults stand."""
    return {name: value for name, value in values.items() if value not in (None, "", [])}
