"""The list of choices under the field that is being typed into."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from zjtui.domain.parse import being_typed
from zjtui.ui.dialogs.choice import Choice
from zjtui.ui.text import cells, styled

if TYPE_CHECKING:
    from zjtui.ui.widgets.form_row import FormRow

ROWS = 8


class Suggestions(Widget, can_focus=False):
    """Up to `ROWS` choices at a time; the highlighted one is taken with Enter, or with a click."""

    class Picked(Message):
        """A choice for the field `field` was clicked; it is the highlighted one now."""

        def __init__(self, field: str) -> None:
            super().__init__()
            self.field = field

    def __init__(self) -> None:
        super().__init__(id="suggestions")
        self.choices: list[Choice] = []
        self.row = -1
        self.left = 0  # cells to the left of the fields
        self._rows = ROWS
        self._field = ""
        self._text = ""  # of the field, for which the choices were looked up
        self.display = False

    @property
    def is_open(self) -> bool:
        """Whether choices are shown."""
        return bool(self.display and self.choices)

    @property
    def chosen(self) -> Choice | None:
        """The highlighted choice; none is, as long as nothing was typed and no arrow pressed."""
        return self.choices[self.row] if 0 <= self.row < len(self.choices) else None

    def open(self, row: "FormRow", choices: Sequence[Choice], text: str) -> None:
        """Show `choices` under `row`; the first is highlighted once something is typed that is not a choice already."""
        self.choices = list(choices)
        exact = any(choice.label == text for choice in self.choices)
        self.row = 0 if text and not exact and self.choices else -1
        if self._field != row.item.name:
            self.row = -1
        self._field, self._text = row.item.name, text
        self.display = bool(self.choices)
        self.refresh()

    def place(self, below: int, above: int, room: Size) -> None:
        """Stand under the line that ends at `below`; over the one that begins at `above` where more room is there."""
        wanted = min(len(self.choices), ROWS)
        down = room.height - below >= min(wanted, above)
        self._rows = max(min(wanted, room.height - below if down else above), 1)
        self.styles.height = self._rows
        self.styles.width = max(room.width - self.left, 1)
        self.styles.offset = (self.left, below if down else above - self._rows)
        self.refresh()

    def close(self) -> None:
        """Show nothing."""
        self.choices, self.row, self._field, self._text = [], -1, "", ""
        self.display = False

    def stands_for(self, row: "FormRow") -> bool:
        """Whether the choices are those of what stands in `row` now: only then the lit one is the one that was lit."""
        return (self._field, self._text) == (row.item.name, row.text)

    def step(self, direction: int) -> None:
        """Move the highlight."""
        self.row = (self.row + direction) % len(self.choices)
        self.refresh()

    def take(self, text: str, *, several: bool) -> str:
        """Return the field's text with the highlighted choice taken."""
        assert self.chosen is not None
        if not several:
            return self.chosen.label
        kept = [item for item in being_typed(text)[0] if item != self.chosen.label]
        return "、".join([*kept, self.chosen.label])

    @property
    def _top(self) -> int:
        return max(0, min(self.row - self._rows // 2, len(self.choices) - self._rows))

    def on_click(self, event: events.Click) -> None:
        """Take the choice under the mouse."""
        event.stop()
        number = self._top + event.y
        if number < len(self.choices):
            self.row = number
            self.post_message(self.Picked(self._field))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves the highlight."""
        event.stop()
        self.step(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves the highlight."""
        event.stop()
        self.step(-1)

    def render(self) -> Content:
        top, width = self._top, self.size.width - 1
        below = len(self.choices) - top - self._rows
        parts = []
        for number, choice in enumerate(self.choices[top : top + self._rows], top):
            more = f" ↓{below}" if below > 0 and number == top + self._rows - 1 else ""
            more = f" ↑{top}" if top > 0 and number == top else more
            marked = number == self.row
            text = ("›" if marked else " ") + cells(choice.label, width - len(more)) + more
            parts += [(text, "reverse" if marked else ""), ("\n", "")]
        return Content.assemble(
            *((text, style) if text == "\n" else styled((text, style)) for text, style in parts[:-1])
        )
