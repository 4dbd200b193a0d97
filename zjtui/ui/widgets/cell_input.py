"""The line in which a cell of a grid is typed; the keys that move in the grid, mark and paste go to its screen."""

from typing import ClassVar

from textual import events
from textual.actions import SkipAction
from textual.binding import BindingType
from textual.message import Message

from zjtui.ui.widgets.inputs import NOT_TYPING, SafeInput

_MOVES = {
    "enter": "down", "down": "down", "up": "up", "tab": "right", "shift+tab": "left",
    "pagedown": "pagedown", "pageup": "pageup", "ctrl+home": "ctrl+home", "ctrl+end": "ctrl+end",
}  # fmt: skip
_ENDS = ("home", "end")  # of the text while one types, else of the rows, or of the row where it is typed along


_SCREENS = (
    "mark", "mark_down", "mark_up", "mark_all", "views", "write", "columns", "earlier", "later",
)  # fmt: skip


class CellInput(SafeInput):
    """One cell at a time. The screen has `action_step(where, finished)` and actions of the meanings in `_SCREENS`."""

    BINDINGS: ClassVar[list[BindingType]] = NOT_TYPING

    class Pasted(Message):
        """Several lines were pasted: they are the cells from here down."""

        def __init__(self, lines: list[str]) -> None:
            super().__init__()
            self.lines = lines

    def nothing_typed(self) -> None:
        """What was saved last is taken back then, as in a spreadsheet."""
        raise SkipAction

    def _leaves(self, key: str) -> bool:
        """Tell whether an arrow goes to the cell beside: from a value that is still whole, or from its end."""
        whole = not self.selection.is_empty and set(self.selection) == {0, len(self.value)}
        edge = self.selection.is_empty and self.cursor_position == (0 if key == "left" else len(self.value))
        return key in ("left", "right") and (whole or edge)

    def _untouched(self) -> bool:
        """Tell whether nothing is typed: the value is still whole, or there is none."""
        return not self.history.typed and (not self.value or set(self.selection) == {0, len(self.value)})

    async def _on_key(self, event: events.Key) -> None:
        own = next((each for each in getattr(self.screen, "ACTIONS", ()) if event.key in each.pressed.split(",")), None)
        action = own.name if own and own.meaning in _SCREENS else None
        if self._leaves(event.key) or (event.key in _ENDS and self._untouched()):
            action = f"step('{event.key}', False)"
        elif event.key in _MOVES:
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
