"""The list of choices under the field that is being typed into."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from zjtui.ui.dialogs.choice import Choice
from zjtui.ui.text import cells, styled

if TYPE_CHECKING:
    from zjtui.ui.widgets.form_row import FormRow

ROWS = 6


class Suggestions(Widget, can_focus=False):
    """Up to `ROWS` choices at a time; the highlighted one is taken with Enter."""

    def __init__(self) -> None:
        super().__init__(id="suggestions")
        self.choices: list[Choice] = []
        self.row = -1
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
        self.styles.height = min(len(self.choices), ROWS)
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
        before = text.replace("，", "、").rpartition("、")[0]
        kept = [item for item in before.split("、") if item.strip() and item != self.chosen.label]
        return "、".join([*kept, self.chosen.label])

    def render(self) -> Content:
        top = max(0, min(self.row - ROWS // 2, len(self.choices) - ROWS))
        width = self.size.width - 1
        parts = []
        for number, choice in enumerate(self.choices[top : top + ROWS], top):
            marked = number == self.row
            parts.append((("›" if marked else " ") + cells(choice.label, width), "reverse" if marked else ""))
            parts.append(("\n", ""))
        return Content.assemble(
            *((text, style) if text == "\n" else styled((text, style)) for text, style in parts[:-1])
        )
