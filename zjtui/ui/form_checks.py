"""What is looked at before a form is saved: whether all is there and right, and what is asked about first."""

from datetime import date
from typing import TYPE_CHECKING, Any

from zjtui.domain.show import label
from zjtui.i18n import N_, _, joined
from zjtui.usecases import clock

if TYPE_CHECKING:
    from zjtui.ui.screens.form import FormScreen
    from zjtui.ui.widgets.form_row import FormRow


def filled_in(screen: "FormScreen") -> dict[str, Any] | None:
    """Return what is to be saved, by field; None where something is missing or wrong: it is marked and said."""
    spec, form = screen.spec, screen.form
    values, refusals = form.parsed()
    missing = [item for item in spec.items if item.required and values.get(item.name) in (None, [])]
    if spec.only_changed:  # what was there before is not this person's to mend now
        refusals = [refusal for refusal in refusals if screen.touched(refusal.field)]
        missing = [item for item in missing if screen.touched(item.name)]
        values = {name: value for name, value in values.items() if screen.touched(name)}
    if spec.wants:
        refused = {refusal.field for refusal in refusals}
        refusals += [refusal for refusal in spec.wants(values) if refusal.field not in refused]
    for item in missing:
        row = form.row(item.name)
        if row and all(refusal.field != item.name for refusal in refusals):
            row.add_class("-visited")
            form.check(row)
    if not (refusals or missing):
        return values
    form.complain(refusals, [item.name for item in missing])
    first = next((row for row in form.rows() if row.fault), None)
    screen.status(told_of(screen, first) if first else _(N_("Not saved: the marked fields")), "$text-error")
    return None


def told_of(screen: "FormScreen", row: "FormRow") -> str:
    """Return what is wrong with a field, and which others wait to be mended: choices may lie over them."""
    others = [label(other.item.field) for other in screen.form.rows() if other.fault and other is not row]
    if not row.fault or not others:
        return row.fault
    told = _(N_("{label}: {fault} · also marked: {others}"))
    return told.format(label=label(row.item.field), fault=row.fault, others=joined(others))


def doubts(screen: "FormScreen", values: dict[str, Any]) -> list[str]:
    """Return what is asked about before these values are saved."""
    told = screen.form.doubts(values)
    if any(isinstance(value, date) for value in values.values()) and (doubt := clock.doubt(screen.session)):
        told.append(str(doubt))
    if screen.spec.ask and (more := screen.spec.ask(values)):
        told.append(more)
    return told
