"""Ctrl+C: a cell, a row or the marked rows, as text that a spreadsheet and a chat take.

It goes to the clipboard of the terminal (OSC 52, where the terminal allows it) and to that of the app.
"""

from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from zjtui.i18n import N_, _
from zjtui.text import visible
from zjtui.ui.text import content

if TYPE_CHECKING:
    from zjtui.ui.base import BaseScreen
    from zjtui.ui.widgets.window_table import WindowTable

_MOST = 70_000  # bytes: what is longer some terminals drop without a word
_SHOWN = 40  # characters of what was copied


def copy(screen: "BaseScreen") -> None:
    """Copy what is selected with the mouse, else rows of the table, else the page."""
    from zjtui.ui.widgets.window_table import WindowTable

    tables = [table for table in screen.query(WindowTable) if table.display]
    if selected := screen.get_selected_text():
        put(screen, selected)
    elif tables:
        _copy_rows(screen, tables[0])
    else:
        put(screen, _page(screen), _(N_("the page")))


def _copy_rows(screen: "BaseScreen", table: "WindowTable") -> None:
    """Copy the marked rows, else the row; pressed again on the same row one cell of it after the other."""
    numbers = [number for number in table.ids if number in table.marked]
    current = table.current
    if not numbers and current is not None:
        numbers = [current]
    told = "" if table.marked else table.why_no_row()
    if told or not numbers:
        screen.status(told, "$text-warning")
        return
    rows = table.texts(numbers)
    if len(numbers) > 1 or table.marked:
        put(screen, "\n".join("\t".join(map(spelled, row)) for row in rows),
            _(N_("{count} rows")).format(count=f"{len(rows):,}"))  # fmt: skip
        return
    cells = [cell for cell in rows[0] if cell]
    place = table.copied(len(cells))
    if place:
        put(screen, spelled(cells[place - 1]))
    else:
        put(screen, "\t".join(map(spelled, rows[0])), _(N_("the row; Ctrl+C again copies one cell of it")))


def spelled(text: str) -> str:
    """Return a cell for a line of several: without what would begin another one, or a formula."""
    from zjtui.sheets.export_text import harmless

    return harmless(" ".join(text.split()))


def put(screen: Screen[Any], text: str, what: str = "") -> None:
    """Put a text into the clipboard and say what it is."""
    from zjtui.ui.base import BaseScreen

    if len(text.encode()) > _MOST:
        told = _(N_("That is too much for the clipboard; Ctrl+X writes the list to a file, Ctrl+B the marked rows"))
    else:
        screen.app.copy_to_clipboard(text)
        short = visible(" ".join(text.split()), _SHOWN + 1)
        shown = what or f"“{short[:_SHOWN]}{'…' if len(short) > _SHOWN else ''}”"
        told = _(N_("Copied: {what}")).format(what=shown)
    if isinstance(screen, BaseScreen):
        screen.status(told, "bold")
    else:
        screen.app.notify(content(told).plain, markup=False, timeout=4)


def _page(screen: "BaseScreen") -> str:
    """Return the text of the page in front."""
    shown = [static.visual for static in screen.query("#page-text, #overview-text").results(Static)]
    return "\n".join(visual.plain for visual in shown if isinstance(visual, Content))
