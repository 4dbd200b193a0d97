"""The line in which a cell of a grid is typed; the keys that move in the grid, mark and paste go to its screen."""

from typing import ClassVar

from textual import events
from textual.actions import SkipAction
from textual.message import Message

from zjtui.ui.widgets.inputs import SafeInput

_MOVES = {
    "enter": "down", "down": "down", "up": "up", "tab": "right", "shift+tab": "left",
    "pagedown": "pagedown", "pageup": "pageup",
}  # fmt: skip


class CellInput(SafeInput):
    """One cell at a time. The screen has `action_step(where, finished)` and the actions of the keys in `SCREENS`."""

    SCREENS: ClassVar[dict[str, str]] = {
        "insert": "mark", "shift+down": "mark_to(1)", "shift+up": "mark_to(-1)", "ctrl+a": "mark_all",
        "ctrl+w": "views", "ctrl+d": "export_list",
    }  # fmt: skip

    class Pasted(Message):
        """Several lines were pasted: they are the cells from here down."""

        def __init__(self, lines: list[str]) -> None:
            super().__init__()
            self.lines = lines

    def nothing_typed(self) -> None:
        """What was saved last is taken back then, as in a spreadsheet."""
        raise SkipAction

    async def _on_key(self, event: events.Key) -> None:
        action = self.SCREENS.get(event.key)
        if event.key in _MOVES:
            action = f"step('{_MOVES[event.key]}', {event.key == 'enter'})"
        if action is None:
            return
        event.stop()
        event.prevent_default()
        await self.screen.run_action(action)

    def _on_paste(self, event: events.Paste) -> None:
        lines = event.text.splitlines()
        if len([line for line in lines if line.strip()]) < 2:
            return
        event.stop()
        event.prevent_default()
        self.post_message(self.Pasted(lines))
