"""Sentences that are typed again and again: chosen into a text, kept from a text."""

from typing import TYPE_CHECKING

from zjtui.i18n import N_, _
from zjtui.ui.dialogs.choice import Choice, ChoiceDialog
from zjtui.ui.widgets.form_row import FormRow

if TYPE_CHECKING:
    from zjtui.ui.screens.form import FormScreen

_KEEP, _FORGET = "\x01keep", "\x01forget"
SHIPPED = (
    N_("Checked on site: progress as planned, no new problem."),
    N_("Documents are complete; the application is handed in this week."),
    N_("Land is handed over; the machines come in next week."),
    N_("The department promised an answer within five working days."),
)


def choose(screen: "FormScreen") -> None:
    """Offer the sentences for the field that has the cursor."""
    row = screen.focused.parent if screen.focused else None
    if not isinstance(row, FormRow):
        return
    settings = screen.session.settings
    choices = [Choice(text, text) for text in [*settings.snippets, *(_(text) for text in SHIPPED)]]
    text = row.text.strip()
    if text and text not in settings.snippets:
        choices.append(Choice(_KEEP, _(N_("(keep this field's text as a snippet)"))))
    elif text:
        choices.append(Choice(_FORGET, _(N_("(forget this snippet)"))))

    def chosen(value: str | None) -> None:
        if value == _KEEP:
            settings.snippets.append(text)
        elif value == _FORGET:
            settings.snippets.remove(text)
        elif value:
            row.put(row.text + value)
            return
        if value:
            screen.zj.keep_settings()

    screen.app.push_screen(ChoiceDialog(N_("Snippets"), choices), chosen)
