"""One line of a table as it is drawn: the columns that fit, each cut to its width and in its tone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from zjtui.ui.text import cells
from zjtui.ui.widgets.columns import Column, fitting
from zjtui.ui.widgets.pages import Cell


@dataclass(frozen=True, slots=True)
class Line:
    """Draws lines of a table that has `room` cells, where `skipped` cells of its columns lie to the left."""

    columns: Sequence[Column]
    room: int
    skipped: int
    tone: Callable[[str], Style]

    def heading(self, base: Style) -> Strip:
        """Draw the labels; where not all of a row is seen, › says so."""
        labels: list[Cell] = [column.label for column in self.columns]
        segments, beyond = self._segments(labels, base, plain=True, marked=False)
        line = Strip(segments).adjust_cell_length(self.room, base)
        return Strip([*line.crop(0, self.room - 1), Segment("›", base)]) if beyond else line

    def row(self, row: Sequence[Cell], base: Style, *, plain: bool = False, marked: bool = False) -> Strip:
        """Draw a row; `plain`: all of it in the one style."""
        segments, _beyond = self._segments(row, base, plain=plain, marked=marked)
        return Strip(segments).adjust_cell_length(self.room, base)

    def _segments(self, row: Sequence[Cell], base: Style, *, plain: bool, marked: bool) -> tuple[list[Segment], bool]:
        """Return the columns that fit, and whether something lies beyond: half a number would be another one."""
        segments: list[Segment] = []
        beyond = False
        for number, width in fitting(self.columns, self.room, self.skipped):
            if not width:
                return segments, True
            column, cell = self.columns[number], row[number] if number < len(row) else ""
            text, tone = (cell, "") if isinstance(cell, str) else cell
            style = base if plain or not tone else base + self.tone(tone)
            segments.append(Segment(cells(text, width, right=column.right), style))
            mark = marked and number == 0
            segments.append(Segment("●" if mark else " ", base + self.tone("strong") if mark else base))
            beyond = width < column.width
        return segments, beyond
