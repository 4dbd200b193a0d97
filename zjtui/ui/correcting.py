"""Correcting what a state stands on: the form that asks for the reason, after a plain edit was refused."""

from typing import TYPE_CHECKING, Any

from zjtui.domain.fields import Kind
from zjtui.domain.show import label, show
from zjtui.errors import RefusedMany
from zjtui.i18n import N_
from zjtui.store.read.records import get, told_of
from zjtui.ui.forms import FormSpec, fields_of, texts_of
from zjtui.usecases import correct, issue, register

if TYPE_CHECKING:
    from zjtui.ui.app import ZjtuiApp
    from zjtui.usecases.session import Outcome, Session

_TOLD = 2  # changes in the title of the form


def spec(app: "ZjtuiApp", entity: str, uid: str, values: dict[str, Any], error: Exception) -> FormSpec | None:
    """Return the form that asks for what `error` wants beside `values`: why they are corrected, or a date extended.

    None where something else speaks against them.
    """
    rules = {refusal.rule for refusal in error.refusals} if isinstance(error, RefusedMany) else set()
    if rules == {"I-24"} and values.keys() == {"due_on"}:
        return extension(app, uid, values["due_on"])
    return correction(app, entity, uid, values) if rules == {"G-50"} else None


def edit(session: "Session", entity: str, uid: str, values: dict[str, Any]) -> "Outcome":
    """Edit a record; a reason that its form had a field for is not asked for again where the edit is a correction."""
    try:
        return register.edit(session, entity, uid, values)
    except RefusedMany as error:
        reason = values.get("correction_reason")
        wanted = {refusal.rule for refusal in error.refusals} == {"G-50"}
        if not (reason and wanted) or correct.needs_second(session, entity, uid):
            raise
    return correct.correct(session, entity, uid, values, {"reason": reason})


def extension(app: "ZjtuiApp", uid: str, due: Any = None) -> FormSpec:
    """Return the form that asks for the new due date of an issue, and why."""
    session = app.session
    names = ("due_on", "extend_reason")
    items = fields_of(session, "issue", names, names)
    record = get(session.reader(), "issue", uid)
    return FormSpec(
        title=N_("Extend the due date"),
        subject=f"{record.title} · {record.due_on}",
        key=f"issue.extend:{uid}",
        items=items,
        texts=texts_of(session, items, {"due_on": due}),
        save=lambda given: issue.extend(session, uid, given["due_on"], given["extend_reason"]),
        done=N_("Due date extended"),
        start="extend_reason" if due else "due_on",
    )


def correction(app: "ZjtuiApp", entity: str, uid: str, values: dict[str, Any]) -> FormSpec:
    """Return the form that asks why `values` of a record are corrected, and says what that changes."""
    session = app.session
    second = correct.needs_second(session, entity, uid)
    names = ("reason", "confirmed_by") if second else ("reason",)
    items = fields_of(session, "correction", names, names)
    record = get(session.reader(), entity, uid)

    def save(given: dict[str, Any]) -> "Outcome":
        negative = (values.get("invest_month") or 0) < 0  # its reason is a part of the report: one is enough
        why = {"correction_reason": given["reason"]} if negative else {}
        return correct.correct(session, entity, uid, {**why, **values}, given)

    return FormSpec(
        title=N_("Correct a fact"),
        subject=" · ".join([*_changes(record, values), told_of(session.reader(), record)]),
        key=f"correction.add:{entity}:{uid}",
        items=items,
        texts=texts_of(session, items, {}),
        save=save,
        done=N_("Corrected"),
        start="reason",
    )


def _changes(record: Any, values: dict[str, Any]) -> list[str]:
    """Return from what to what the amounts, days and words of a record are corrected."""
    fields = type(record).fields()
    told = []
    for name, value in values.items():
        field, before = fields[name], getattr(record, name)
        if value != before and not field.ref and field.kind is not Kind.LONG:
            told.append(f"{label(field)}: {show(field, before) or '-'} → {show(field, value) or '-'}")
    return told[:_TOLD]
