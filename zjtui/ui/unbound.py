"""A key that nothing on the screen takes: it begins the filter, or the line below says why nothing happens."""

from typing import TYPE_CHECKING

from textual import events
from textual.widgets import Input, TextArea

from zjtui.i18n import N_, _
from zjtui.ui import old_keys
from zjtui.ui.action import key_told
from zjtui.ui.base import BaseScreen
from zjtui.ui.key_meanings import MEANINGS, meaning_of
from zjtui.ui.text import content
from zjtui.ui.widgets.filter_line import FilterLine

if TYPE_CHECKING:
    from zjtui.ui.app import ZjtuiApp

_MOVES = {"up", "down", "left", "right", "home", "end", "pageup", "pagedown", "tab", "shift_tab", "backspace"}


def pressed(app: "ZjtuiApp", event: events.Key) -> None:
    """Work on a key that has no binding where it was pressed."""
    screen = app.screen
    if isinstance(app.focused, Input | TextArea) and event.is_printable:
        return
    if not isinstance(screen, BaseScreen):
        if meaning_of(event.key) and event.key not in _MOVES:
            say_dialog_first(app)
        return
    if told := old_keys.hint(screen.name_of_actions, event.key):
        screen.status(told, "$text-warning")
    elif event.is_printable and event.character and event.character.isalpha():
        typed(screen, event.character)
    elif (meaning := meaning_of(event.key)) and event.key not in _MOVES:
        told = _(N_("{key} does nothing here: “{what}” is for other screens. F1 shows the keys of this one"))
        screen.status(told.format(key=key_told(event.key), what=_(MEANINGS[meaning].label)), "$text-warning")
    elif not event.is_printable and event.key not in _MOVES:
        told = _(N_("{key} has no meaning. F1 shows the keys of this screen"))
        screen.status(told.format(key=key_told(event.key)), "$text-warning")


def typed(screen: BaseScreen, text: str) -> None:
    """Begin the filter with what was typed on the list, or pasted, as an input method does with whole words."""
    for line in screen.query(FilterLine):
        line.begin(text)
        return
    screen.status(_(N_("There is nothing to filter here. Ctrl+P finds what you type")), "$text-warning")


def say_dialog_first(app: "ZjtuiApp") -> None:
    """Say that a question is open."""
    app.notify(content(_(N_("A question is open: answer it, or Esc goes back"))).plain, markup=False, timeout=3)
