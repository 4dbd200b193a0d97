"""Correcting what a state stands on: the form that asks for the reason, after a plain edit was refused."""

from typing import TYPE_CHECKING, Any

from zjtui.errors import RefusedMany
from zjtui.i18n import N_
from zjtui.store.read.records import get
from zjtui.ui.forms import FormSpec, fields_of, texts_of
from zjtui.usecases import correct

if TYPE_CHECKING:
    from zjtui.ui.app import ZjtuiApp

RULE = "G-50"


def only_by_correction(error: Exception) -> bool:
    """Tell whether all that speaks against a change is that it has to be a correction."""
    return isinstance(error, RefusedMany) and all(refusal.rule == RULE for refusal in error.refusals)


def spec(app: "ZjtuiApp", entity: str, uid: str, values: dict[str, Any]) -> FormSpec:
    """Return the form that asks why `values` are corrected, and who confirms it where the state asked for that."""
    session = app.session
    second = correct.needs_second(session, entity, uid)
    names = ("reason", "confirmed_by") if second else ("reason",)
    items = fields_of(session, "correction", names, names)
    return FormSpec(
        title=N_("Correct a fact"),
        subject=get(session.reader(), entity, uid).title,
        key=f"correction.add:{entity}:{uid}",
        items=items,
        texts=texts_of(session, items, {}),
        save=lambda given: correct.correct(session, entity, uid, values, given),
        done=N_("Corrected"),
        start="reason",
    )
