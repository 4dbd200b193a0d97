"""The lines around every screen: title above, status and keys below."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from textual import events
from textual.content import Content
from textual.widget import Widget

from zjtui.i18n import _
from zjtui.ui.action import EVERYWHERE, Action, key_name
from zjtui.ui.key_meanings import DEED
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
        """Show `text`; `tone` is a theme style. What was refused, and why, is never cut: it takes more lines."""
        self._text, self._tone = text, tone
        self.set_class(tone in ("$text-error", "$text-warning"), "-told")
        self.refresh(layout=True)

    def render(self) -> Content:
        return styled((" " + self._text, self._tone))


class KeyBar(Widget):
    """The keys of this screen, as many as fit; help (first) and quit (last) always do."""

    def __init__(self, actions: Sequence[Action]) -> None:
        super().__init__(id="keys")
        # What is in the menu is not beside it.
        shown = (action for action in actions if action.footer and action.meaning != DEED)
        self._actions = sorted(shown, key=lambda action: action.footer)
        self._drawn: list[Action] = []
        self._ends: list[int] = []  # where each of them ends

    def render(self) -> Content:
        entries = [(action, key_name(action.pressed), _(action.label)) for action in self._actions]
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
            for _action, *entry in [*shown, last]
            for part in ((f" {entry[0]}", "$footer-key-foreground bold"), (f" {entry[1]}", ""))
        ]
        self._ends = list(accumulate(_width(entry) for entry in [*shown, last]))
        self._drawn = [action for action, *_entry in [*shown, last]]
        return styled(*parts)

    async def on_click(self, event: events.Click) -> None:
        """A click on an entry does what its key does."""
        place = bisect_right(self._ends, event.x)
        if place < len(self._drawn):
            action = self._drawn[place]
            await self.app.run_action(action.name, self.app if action.screen == EVERYWHERE else self.screen)


def _width(entry: tuple[Action, str, str]) -> int:
    return cell_len(entry[1]) + cell_len(entry[2]) + 2
