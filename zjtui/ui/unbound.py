"""A key that nothing on the screen takes: it begins the filter, or the line below says why nothing happens."""

from textual import events
from textual.screen import ModalScreen

from zjtui.i18n import N_, _
from zjtui.ui import old_keys
from zjtui.ui.action import key_told
from zjtui.ui.actions import GLOBAL
from zjtui.ui.base import BaseScreen
from zjtui.ui.key_meanings import MEANINGS, meaning_of
from zjtui.ui.keys import takes_text
from zjtui.ui.text import content
from zjtui.ui.turning import TurningApp
from zjtui.ui.widgets.filter_line import FilterLine

_MOVES = {"up", "down", "left", "right", "home", "end", "pageup", "pagedown", "tab", "shift_tab", "backspace"}


class SpeakingKeysApp(TurningApp):
    """An app in which no key is silent."""

    def key_is_held_back(self, key: str) -> bool:
        """Function keys are for the screen: while a question is open, it is answered first."""
        held = isinstance(self.screen, ModalScreen) and key[0] == "f"
        held = held and any(key in action.pressed.split(",") for action in GLOBAL)
        if held:
            self._say_question_first()
        return held

    def nothing_to_do(self, name: str) -> bool:
        """Tell whether there is nothing to do `name` to on the screen in front."""
        return isinstance(self.screen, BaseScreen) and self.screen.nothing_to_do(name)

    def key_unbound(self, event: events.Key) -> None:
        """Work on a key that has no binding where it was pressed."""
        screen = self.screen
        if event.is_printable and takes_text(self.focused):
            return
        if not isinstance(screen, BaseScreen):
            if meaning_of(event.key) and event.key not in _MOVES:
                self._say_question_first()
            return
        if told := old_keys.hint(screen.name_of_actions, event.key):
            screen.status(told, "$text-warning")
        elif event.is_printable:
            if event.character and event.character.isalpha():
                typed(screen, event.character)
        elif event.key not in _MOVES:
            screen.status(_unused(event.key), "$text-warning")

    def _say_question_first(self) -> None:
        told = _(N_("A question is open: answer it, or Esc goes back"))
        self.notify(content(told).plain, markup=False, timeout=3)


def _unused(key: str) -> str:
    """Return why a key does nothing on a screen."""
    if meaning := meaning_of(key):
        told = _(N_("{key} does nothing here: “{what}” is for other screens. F1 shows the keys of this one"))
        return told.format(key=key_told(key), what=_(MEANINGS[meaning].label))
    return _(N_("{key} has no meaning. F1 shows the keys of this screen")).format(key=key_told(key))


def typed(screen: BaseScreen, text: str) -> None:
    """Begin the filter with what was typed on the list, or pasted, as an input method does with whole words."""
    for line in screen.query(FilterLine):
        line.begin(text)
        return
    screen.status(_(N_("There is nothing to filter here. Ctrl+P finds what you type")), "$text-warning")
