"""A table of any length: it knows only the rows' ids, reads a page around what is seen, and draws what is seen."""

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.actions import SkipAction
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from zjtui.i18n import N_, _
from zjtui.ui.key_meanings import bound
from zjtui.ui.text import cells
from zjtui.ui.widgets.columns import Column, edge_beside, heading_at, whole_width
from zjtui.ui.widgets.pages import HEADING, TONES, Cell, Fetch, Pages
from zjtui.ui.widgets.table_line import Line

__all__ = ["HEADING", "TONES", "Cell", "Column", "WindowTable"]


class WindowTable(ScrollView, can_focus=True):
    """Shows rows by id; `fetch` returns the cells of the rows asked for, in their order."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "window-table--header", "window-table--cursor", "window-table--heading",
        *(f"window-table--{tone}" for tone in TONES),
    }  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        bound("up", "move(-1)"),
        bound("down", "move(1)"),
        bound("page_up", "page(-1)"),
        bound("page_down", "page(1)"),
        bound("first", "end(-1)"),
        bound("last", "end(1)"),
        bound("left", "shift(-1)"),
        bound("right", "shift(1)"),
        bound("open", "select"),
    ]
    cursor = reactive(0, repaint=False)

    class Highlighted(Message):
        """The cursor stands on the row `row_id` (None: there is no row)."""

        def __init__(self, table: "WindowTable", row_id: int | None) -> None:
            super().__init__()
            self.table = table
            self.row_id = row_id

        @property
        def control(self) -> "WindowTable":
            return self.table

    class Selected(Highlighted):
        """The row `row_id` was chosen with Enter or a double click."""

    class HeadingClicked(Message):
        """The heading of the column `key` was clicked."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self) -> None:
        super().__init__(id="table")
        self.columns: list[Column] = []
        self.headings: Sequence[str] = []
        self.empty = ""
        self.marked: set[int] = set()
        self.wanted: int | None = None  # the row that the cursor goes to as soon as it is there
        self._copied: tuple[int | None, int] = (None, 0)
        self._pages = Pages()
        self._tones: dict[str, Style] = {}

    @property
    def ids(self) -> Sequence[int]:
        """The ids of the rows in their order."""
        return self._pages.ids

    @ids.setter
    def ids(self, ids: Sequence[int]) -> None:
        self._pages.ids = ids

    def show(
        self,
        columns: Sequence[Column],
        ids: Sequence[int],
        fetch: Fetch,
        *,
        headings: Sequence[str] = (),
        empty: str = "",
    ) -> None:
        """Show other rows; the cursor stays on its row where that is still there."""
        current = self.current
        self.columns = list(columns)
        self._pages.fetch, self.headings, self.empty = fetch, headings, empty
        self._pages.clear()
        self.extend(ids, current)

    def extend(self, ids: Sequence[int], current: int | None = None) -> None:
        """Take `ids` as the rows, keeping the pages that were read: more of the same list, or a changed one."""
        self.ids = ids
        if self.wanted is not None and (place := self._pages.place(self.wanted)) is not None:
            current, self.wanted = self.wanted, None
            self.set_reactive(WindowTable.cursor, place)
        elif current is not None and self.current != current:
            row = self._pages.place(current)
            self.set_reactive(WindowTable.cursor, row if row is not None else min(self.cursor, max(len(ids) - 1, 0)))
        elif self.cursor >= len(ids):
            self.set_reactive(WindowTable.cursor, max(len(ids) - 1, 0))
        self._resize()
        self._keep_in_view()
        self.refresh()
        self.post_message(self.Highlighted(self, self.current))

    def mark(self) -> None:
        """Mark the row under the cursor, or unmark it, and go on to the next."""
        if self.current is not None and self.current > HEADING:
            self.marked ^= {self.current}
            self.action_move(1)
            self.refresh()

    def mark_to(self, step: int) -> None:
        """Mark the row under the cursor and the next one in the direction of `step`."""
        for _end in range(2):
            if self.current is not None and self.current > HEADING:
                self.marked.add(self.current)
            if _end == 0:
                self.action_move(step)
        self.refresh()

    def mark_all(self) -> None:
        """Mark every row, or none where all are marked."""
        rows = {row_id for row_id in self.ids if row_id > HEADING}
        self.marked = set() if rows <= self.marked else rows
        self.refresh()

    def reread(self) -> None:
        """Read the visible rows anew: their values changed."""
        self._pages.clear()
        self.refresh()

    def replace(self, row_id: int, row: list[Cell]) -> None:
        """Show other cells in one row, without reading its page anew."""
        place = self._pages.place(row_id)
        if place is not None and self._pages.replace(place, row):
            self.refresh(Region(0, place - int(self.scroll_y) + 1, self.size.width, 1))

    def read_ahead(self) -> bool:
        """Read one page that a key may ask for next; tell whether another one is still to be read."""
        return self._pages.read_ahead(int(self.scroll_y), self._visible_rows)

    @property
    def current(self) -> int | None:
        """The id of the row under the cursor."""
        return self.ids[self.cursor] if 0 <= self.cursor < len(self.ids) else None

    def texts(self, row_ids: Sequence[int]) -> list[list[str]]:
        """Return the whole texts of rows, as far as columns show them."""
        return [[cell if isinstance(cell, str) else cell[0] for cell in row] for row in self._pages.fetch(row_ids)]

    def copied(self, cells: int) -> int:
        """Return what is copied of the row under the cursor: 0 all of it, then its cells one after the other."""
        row_id, before = self._copied
        turn = (before + 1) % (cells + 1) if row_id == self.current else 0
        self._copied = (self.current, turn)
        return turn

    def why_no_row(self) -> str:
        """Return why there is no row under the cursor, "" where there is one."""
        if self.current is None:
            return self.empty or _(N_("There is no row"))
        return "" if self.current > HEADING else _(N_("This is a heading; ↑↓ go to a row"))

    def go_to(self, row_id: int) -> None:
        """Put the cursor on a row."""
        row = self._pages.place(row_id)
        if row is not None:
            self.cursor = row

    def watch_cursor(self, old: int, new: int) -> None:
        """Follow the cursor."""
        if old != new and self.is_mounted:
            top = int(self.scroll_y)
            self._keep_in_view()
            if int(self.scroll_y) == top:  # only the two rows look different
                self.refresh(*(Region(0, row - top + 1, self.size.width, 1) for row in (old, new)))
            else:
                self.refresh()
            self.post_message(self.Highlighted(self, self.current))

    def validate_cursor(self, row: int) -> int:
        """Keep the cursor within the rows."""
        return max(0, min(row, len(self.ids) - 1))

    def action_move(self, step: int) -> None:
        """Move the cursor by rows."""
        self.cursor += step

    def action_page(self, step: int) -> None:
        """Move the cursor by what fits on the screen."""
        self.cursor += step * max(self._visible_rows - 1, 1)

    def action_end(self, direction: int) -> None:
        """Move the cursor to the first or the last row."""
        self.cursor = 0 if direction < 0 else len(self.ids) - 1

    def action_shift(self, direction: int) -> None:
        """Scroll sideways by one column; the first column stays."""
        now = int(self.scroll_x)
        if direction > 0 and whole_width(self.columns) - now <= self.size.width:
            return  # the last column is in view
        edge = edge_beside(self.columns, now, direction)
        if edge is not None:
            self.scroll_to(x=edge, animate=False, force=True)

    def action_select(self) -> None:
        """Choose the row under the cursor; where there is none, the screen says why."""
        if self.current is not None:
            self.post_message(self.Selected(self, self.current))
        else:
            raise SkipAction

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse clicked; a double click chooses. A heading is told to the screen."""
        row = event.y - 1 + int(self.scroll_y)
        if event.y == 0 and (key := heading_at(self.columns, self._room, int(self.scroll_x), event.x)):
            self.post_message(self.HeadingClicked(key))
        if event.y >= 1 and row < len(self.ids):
            self.cursor = row
            if event.chain == 2:
                self.action_select()

    def on_resize(self) -> None:
        """Keep the cursor in view when the terminal changes."""
        self._resize()
        self._keep_in_view()

    def notify_style_update(self) -> None:
        """Forget the styles of the old theme."""
        super().notify_style_update()
        self._tones.clear()

    @property
    def _visible_rows(self) -> int:
        return max(self.scrollable_content_region.height - 1, 1)

    @property
    def _room(self) -> int:
        return self.scrollable_content_region.width  # beside the scrollbar

    def _resize(self) -> None:
        # Wider than the columns, so that the view can begin at any of them and never cuts a number in two.
        self.virtual_size = Size(whole_width(self.columns) + self.size.width, len(self.ids) + 1)

    def _keep_in_view(self) -> None:
        top, height = int(self.scroll_y), self._visible_rows
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False, force=True)
        elif self.cursor >= top + height:
            self.scroll_to(y=self.cursor - height + 1, animate=False, force=True)

    def render_line(self, y: int) -> Strip:
        """Draw one line: the header, a row, or the reason why there is none."""
        if y == 0:
            return self._line().heading(self._tone("header"))
        row = y - 1 + int(self.scroll_y)
        if row >= len(self.ids):
            text = self.empty if not self.ids and y == 2 else ""
            return Strip([Segment(cells("  " + text, self.size.width), self.rich_style)])
        if self.ids[row] <= HEADING:
            style = self._tone("cursor") if row == self.cursor else self._tone("heading")
            return Strip([Segment(cells(self.headings[-self.ids[row]], self.size.width), style)])
        marked = self.ids[row] in self.marked
        if row == self.cursor:
            return self._line().row(self._row(row), self._tone("cursor"), plain=True, marked=marked)
        return self._line().row(self._row(row), self.rich_style, marked=marked)

    def _row(self, place: int) -> list[Cell]:
        """Return the cells of a row; one that cannot be read leaves the others, and the screen, as they are."""
        try:
            return self._pages.row(place)
        except Exception as error:
            self.app._handle_exception(error)
            return ["?"] * len(self.columns)

    def _line(self) -> Line:
        return Line(self.columns, self._room, int(self.scroll_x), self._tone)

    def _tone(self, name: str) -> Style:
        if name not in self._tones:
            partial = name in TONES
            self._tones[name] = self.get_component_rich_style(f"window-table--{name}", partial=partial)
        return self._tones[name]
