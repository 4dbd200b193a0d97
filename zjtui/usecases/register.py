"""Add, edit, move and remove any record: the one way in for forms, grids, bulk work and the command line."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from zjtui.domain import element, registry
from zjtui.domain.check import check, notices
from zjtui.domain.fields import YI
from zjtui.domain.money import show_money
from zjtui.domain.policy import match_state
from zjtui.domain.workflow import Facts
from zjtui.errors import Msg, Notice, Refused, RefusedMany
from zjtui.i18n import N_
from zjtui.store.read.around import Around
from zjtui.store.read.records import get
from zjtui.store.sqlite import IntegrityError
from zjtui.store.write.tx import Tx
from zjtui.usecases import attachment, contact, follow_up, issue, month, project, questions, records, service, visits
from zjtui.usecases.session import Outcome, Session

Values = Mapping[str, Any]
_HARDLY = ("P-14", "P-15")  # what is odd about a project's total: mostly it is the unit
Result = tuple[Any, list[Notice]]


def add(session: Session, entity: str, project_uid: str | None, values: Values) -> Outcome:
    """Add a record, of a project where it hangs on one."""
    tx, (record, notices) = session.operate(
        f"{entity}.add", lambda tx: add_in(tx, session, entity, project_uid, values)
    )
    return Outcome(record.uid, tx.operation, notices, tx.created)


def add_in(tx: Tx, session: Session, entity: str, project_uid: str | None, values: Values) -> Result:
    """Add a record as a part of an operation."""
    if entity == "project":
        return project.add_in(tx, session, values)
    if entity == "issue":
        return issue.add_in(tx, session, str(project_uid), values)
    if entity == "follow_up":
        return follow_up.add_in(tx, session, str(project_uid), values)
    given = {name: value for name, value in values.items() if value not in (None, "", [])}
    complete = _prepared(session, entity, given)
    if project_uid is not None:
        tx.get("project", project_uid)
        complete["project_uid"] = project_uid
    if entity == "question":
        complete = questions.prepared(tx, session, complete)
    record, notices = records.add(tx, registry.model(entity), complete, session.today)
    return record, notices + _after(tx, session, record, None)


def edit(session: Session, entity: str, uid: str, values: Values) -> Outcome:
    """Change fields of a record; its state changes only by `move`."""
    tx, (_record, notices) = session.operate(f"{entity}.set", lambda tx: edit_in(tx, session, entity, uid, values))
    return Outcome(uid, tx.operation, notices, tx.created)


def edit_in(tx: Tx, session: Session, entity: str, uid: str, values: Values) -> Result:
    """Change fields of a record as a part of an operation."""
    if entity == "project":
        return project.edit_in(tx, session, uid, values)
    if entity == "element_need":
        values = _with_state(tx, uid, values)
    if entity == "policy_match":
        held = tx.get(entity, uid)
        if held.state == "suggested":  # a day on which the owner was told is more than a suggestion
            values = {**values, "state": match_state({**held.__dict__, **values})}
    before = tx.get(entity, uid)
    record, notices = records.edit(tx, entity, uid, values, session.today)
    return record, notices + _after(tx, session, record, before)


def move(
    session: Session,
    entity: str,
    uid: str,
    target: str,
    given: Values,
    on: date | None = None,
    files: Sequence[Path] = (),
) -> Outcome:
    """Take a record to another state on day `on` (today by default), with `files` that prove it."""
    day = records.day_of(session.today, on)
    with attachment.storing_many(session, files) as attach:

        def work(tx: Tx) -> list[Notice]:
            if not files:
                return move_in(tx, session, entity, uid, target, given, day)
            if entity == "issue":
                issue.move_in(tx, session, uid, target, given, day, files=True)
                found: list[Notice] = []
            else:
                found = move_in(tx, session, entity, uid, target, given, day)
            attach(tx, tx.get(entity, uid))
            return found

        tx, notices = session.operate(f"{entity}.move", work)
    return Outcome(uid, tx.operation, notices, tx.created)


def move_in(
    tx: Tx, session: Session, entity: str, uid: str, target: str, given: Values, day: date | None
) -> list[Notice]:
    """Take a record to another state as a part of an operation; return what is worth checking.

    `day` is None where nobody knows when it was: then no day is taken for it.
    """
    if entity == "project":
        record, _changed = project.move_in(tx, session, uid, target, given, day)
    elif entity == "issue":
        record, _changed = issue.move_in(tx, session, uid, target, given, day)
    elif entity == "question":
        record = questions.move_in(tx, session, uid, target, given, day or session.today)
    else:
        facts = Facts(day or session.today, undated=day is None, limits=session.limits)
        record, _changed = records.move(tx, entity, uid, target, given, facts)
    return list(record.notices()) if entity in ("service", "monthly_report") else []


def wanted(session: Session, entity: str, uid: str, target: str, given: Values, *, files: bool) -> list[Refused]:
    """Return what a move wants beside what it always needs, as things stand and with what is `given` so far."""
    reader = session.reader()
    record = get(reader, entity, uid)
    solved = entity == "issue" and issue.proved(Around(session.today, lambda: reader), record)
    facts = Facts(session.today, person=session.person, limits=session.limits, proved=files or solved)
    return registry.workflow(entity).wanted(record.__dict__, target, given, facts)


def remove(session: Session, entity: str, uid: str) -> Outcome:
    """Take a record out of the register; it can be undone. Rule G-23."""

    def work(tx: Tx) -> None:
        try:
            tx.remove(entity, uid)
        except IntegrityError:
            raise Refused(
                N_("{noun}: other records point to it; remove those first"),
                rule="G-23",
                noun=Msg(registry.model(entity).noun),
            ) from None

    tx, _nothing = session.operate("record.remove", work)
    return Outcome(uid, tx.operation)


def _prepared(session: Session, entity: str, given: Values) -> dict[str, Any]:
    if entity == "service":
        return service.prepared(given)
    if entity == "contact":
        return contact.prepared(session, given)
    if entity in ("promise", "set_aside"):
        return {**given, "made_on": given.get("made_on") or session.today}
    if entity == "element_need" and isinstance(given.get("need"), int | float):
        secured = given.get("secured") or 0.0
        return {**given, "state": element.state_for("reported", given["need"], secured)}
    if entity == "policy_match" and not given.get("state"):
        return {**given, "state": match_state(given)}
    return dict(given)


def _with_state(tx: Tx, uid: str, values: Values) -> dict[str, Any]:
    before = tx.get("element_need", uid)
    after = {**before.__dict__, **values}
    return {**values, "state": element.state_for(before.state, after["need"] or 0.0, after["secured"] or 0.0)}


def _after(tx: Tx, session: Session, record: Any, before: Any) -> list[Notice]:
    """Return what is worth knowing about a record among others."""
    entity = record.entity
    if entity == "visit_plan":
        return visits.worth_knowing(tx, session, record)
    if entity == "monthly_report":
        return month.checked(tx, session, record, before)
    if entity == "annual_plan":
        return _above_total(tx.get("project", record.project_uid).total_invest, record)
    return []


_GIVEN = {"uid": "-", "no": "-"}  # what the register gives a new record itself


def doubts(session: Session, entity: str, uid: str | None, values: Values) -> list[Notice]:
    """Return what is asked about before `values` are saved: what hardly can be. Rules P-14, P-15, A-05, I-02.

    `uid` is the record that is edited; of a new one that hangs on a project `values` name that.
    """
    reader = session.reader()
    before = get(reader, entity, uid) if uid else None
    kind = registry.model(entity)
    try:
        typed = values if before else {name: value for name, value in values.items() if value not in (None, [])}
        given = {**_GIVEN, **(before.__dict__ if before else {}), **typed}
        known = {name: value for name, value in given.items() if name in kind.model_fields}
        record: Any = check(kind, known, session.today, before)
    except RefusedMany:  # saving says why
        return []
    if entity == "project" and (before is None or before.total_invest != record.total_invest):
        return [notice for notice in notices(record, before) if notice.rule in _HARDLY]
    if entity == "annual_plan" and (before is None or before.plan != record.plan):
        return _above_total(get(reader, "project", record.project_uid).total_invest, record)
    if entity == "issue" and (before is None or before.due_on != record.due_on):
        return _due_before_found(record)
    return []


def _due_before_found(record: Any) -> list[Notice]:
    """Say that a problem was due before anybody found it: often the year is wrong, or the day of another list."""
    if not record.due_on or record.due_on >= record.found_on:
        return []
    text = N_("It would be due on {due}, before it was found on {found}; are the days right?")
    return [Notice(text, rule="I-02", field="due_on", due=record.due_on, found=record.found_on)]


def _above_total(total: int, record: Any) -> list[Notice]:
    """Say that a year's plan exceeds the whole investment: often the unit is wrong. Rule A-05."""
    if record.plan <= total:
        return []
    text = N_("The plan of the year is above the total investment of {total}; is the unit right?")
    return [Notice(text, rule="A-05", field="plan_invest", total=show_money(total, YI, named=True))]
