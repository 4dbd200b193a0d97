"""The lines around every screen: title above, status and keys below."""

from collections.abc import Sequence

from textual.content import Content
from textual.widget import Widget

from zjtui.i18n import _
from zjtui.ui.action import Action, key_name
from zjtui.ui.text import cell_len, styled


class TopBar(Widget):
    """Where we are, on which day, as whom."""

    def __init__(self) -> None:
        super().__init__(id="top")
        self._left: tuple[str, ...] = ()
        self._right = ""

    def show(self, left: Sequence[str], right: str) -> None:
        """Show the path of titles at the left and the circumstances at the right."""
        self._left, self._right = tuple(left), right
        self.refresh()

    def render(self) -> Content:
        path = " › ".join(part for part in self._left if part)
        room = self.size.width - cell_len(path) - cell_len(self._right) - 2
        if room < 1:
            return styled((" " + path, "bold"))
        return styled((" " + path, "bold"), (" " * room, ""), (self._right + " ", "dim"))


class StatusBar(Widget):
    """What is counted and summed, or what was just done."""

    def __init__(self) -> None:
        super().__init__(id="status")
        self._text = ""
        self._tone = ""

    def show(self, text: str, tone: str = "") -> None:
        """Show `text`; `tone` is a theme style."""
        self._text, self._tone = text, tone
        self.refresh()

    def render(self) -> Content:
        return styled((" " + self._text, self._tone))


class KeyBar(Widget):
    """The keys of this screen, as many as fit; help (first) and quit (last) always do."""

    def __init__(self, actions: Sequence[Action]) -> None:
        super().__init__(id="keys")
        self._actions = sorted((action for action in actions if action.footer), key=lambda action: action.footer)

    def render(self) -> Content:
        entries = [(key_name(action.pressed), _(action.label)) for action in self._actions]
        if not entries:
            return Content("")
        last = entries[-1]
        room = self.size.width - _width(last)
        shown = []
        for entry in entries[:-1]:
            if room - _width(entry) < 0:
                break
            room -= _width(entry)
            shown.append(entry)
        parts = [
            part
            for entry in [*shown, last]
            for part in ((f" {entry[0]}", "$footer-key-foreground bold"), (f" {entry[1]}", ""))
        ]
        return styled(*parts)


def _width(entry: tuple[str, str]) -> int:
    return cell_len(entry[0]) + cell_len(entry[1]) + 2
