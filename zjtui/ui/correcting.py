"""Correcting what a state stands on: the form that asks for the reason, after a plain edit was refused."""

from typing import TYPE_CHECKING, Any

from zjtui.errors import RefusedMany
from zjtui.i18n import N_
from zjtui.store.read.records import get, title_of
from zjtui.ui.forms import FormSpec, fields_of, texts_of
from zjtui.usecases import correct, issue

if TYPE_CHECKING:
    from zjtui.ui.app import ZjtuiApp


def spec(app: "ZjtuiApp", entity: str, uid: str, values: dict[str, Any], error: Exception) -> FormSpec | None:
    """Return the form that asks for what `error` wants beside `values`: why they are corrected, or a date extended.

    None where something else speaks against them.
    """
    rules = {refusal.rule for refusal in error.refusals} if isinstance(error, RefusedMany) else set()
    if rules == {"I-24"} and values.keys() == {"due_on"}:
        return extension(app, uid, values["due_on"])
    return _correction(app, entity, uid, values) if rules == {"G-50"} else None


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


def _correction(app: "ZjtuiApp", entity: str, uid: str, values: dict[str, Any]) -> FormSpec:
    session = app.session
    second = correct.needs_second(session, entity, uid)
    names = ("reason", "confirmed_by") if second else ("reason",)
    items = fields_of(session, "correction", names, names)
    return FormSpec(
        title=N_("Correct a fact"),
        subject=title_of(session.reader(), get(session.reader(), entity, uid)),
        key=f"correction.add:{entity}:{uid}",
        items=items,
        texts=texts_of(session, items, {}),
        save=lambda given: correct.correct(session, entity, uid, values, given),
        done=N_("Corrected"),
        start="reason",
    )
