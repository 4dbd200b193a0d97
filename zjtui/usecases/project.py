"""Projects: add, edit, move along the stages."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from zjtui.domain import project_code
from zjtui.domain.project import Project
from zjtui.domain.workflow import Facts
from zjtui.errors import Notice, Refused, RefusedMany
from zjtui.i18n import N_
from zjtui.store.write.tx import Tx
from zjtui.usecases import records
from zjtui.usecases.session import Outcome, Session


def add(session: Session, values: Mapping[str, Any]) -> Outcome:
    """Add a project. A missing code is fine, a mistyped one is refused unless `code_note` gives a reason."""

    tx, (record, notices) = session.operate("project.add", lambda tx: add_in(tx, session, values))
    return Outcome(record.uid, tx.operation, notices, tx.created)


def add_in(tx: Tx, session: Session, values: Mapping[str, Any]) -> tuple[Project, list[Notice]]:
    """Add a project as a part of an operation."""
    record, notices = records.add(tx, Project, _with_code(tx, values, None), session.today)
    return record, notices + _code_notices(tx, record, session.today)


def edit(session: Session, uid: str, values: Mapping[str, Any]) -> Outcome:
    """Change fields of a project; its stage changes only by `move`."""

    tx, (record, notices) = session.operate("project.set", lambda tx: edit_in(tx, session, uid, values))
    return Outcome(record.uid, tx.operation, notices, tx.created)


def edit_in(tx: Tx, session: Session, uid: str, values: Mapping[str, Any]) -> tuple[Project, list[Notice]]:
    """Change fields of a project as a part of an operation."""
    if values.get("code"):
        values = _with_code(tx, values, tx.get("project", uid))
    record, notices = records.edit(tx, "project", uid, values, session.today)
    if "parent_uid" in values and record.parent_uid:
        _refuse_cycle(tx, record)
    return record, notices + (_code_notices(tx, record, session.today) if "code" in values else [])


def move(session: Session, uid: str, target: str, given: Mapping[str, Any], on: date | None = None) -> Outcome:
    """Take a project to another stage on day `on` (today by default)."""
    day = records.day_of(session.today, on)
    tx, _result = session.operate("project.move", lambda tx: move_in(tx, session, uid, target, given, day))
    return Outcome(uid, tx.operation, created=tx.created)


def move_in(
    tx: Tx, session: Session, uid: str, target: str, given: Mapping[str, Any], day: date | None
) -> tuple[Any, dict[str, Any]]:
    """Take a project to another stage as a part of an operation."""
    facts = Facts(day or session.today, session.person, undated=day is None, limits=session.limits)
    return records.move(tx, "project", uid, target, given, facts)


def _with_code(tx: Tx, values: Mapping[str, Any], before: Project | None) -> dict[str, Any]:
    if not values.get("code"):
        return dict(values)
    note = values.get("code_note") or (before.code_note if before else None)
    try:
        code = project_code.normalise(str(values["code"]))
        if not note and not (before and before.code == code):
            project_code.refuse_wrong_digit(code)
    except Refused as refusal:
        raise RefusedMany([refusal]) from None
    twin = tx.of_code(code)
    if twin and (before is None or twin["uid"] != before.uid):
        raise RefusedMany(
            [
                Refused(
                    N_("The code {value} belongs to “{name}”"), rule="P-18", field="code", value=code, name=twin["name"]
                )
            ]
        )
    return {**values, "code": code}


def _code_notices(tx: Tx, record: Project, today: date) -> list[Notice]:
    if not record.code:
        return []
    return project_code.notices(record.code, record.region_code, tx.regions, today)


def _refuse_cycle(tx: Tx, record: Project) -> None:
    parent, seen = record.parent_uid, {record.uid}
    while parent:
        if parent in seen:
            raise RefusedMany([Refused(N_("A project cannot be part of itself"), rule="P-19", field="parent_uid")])
        seen.add(parent)
        parent = tx.row("project", parent)["parent_uid"]
