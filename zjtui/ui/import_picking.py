"""Pointing at the row of the headings, where none of them is known: the rows as they stand, Enter on the right one."""

from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING

from zjtui.i18n import N_, _
from zjtui.sheets import columns
from zjtui.sheets.book import Book, filled
from zjtui.sheets.mapping import shown
from zjtui.ui.dialogs.choice import Choice, ChoiceDialog
from zjtui.ui.widgets.window_table import Cell, Column, WindowTable

if TYPE_CHECKING:
    from zjtui.ui.screens.importing import ImportScreen

_SHOWN = 60  # rows of each sheet


def show(screen: "ImportScreen", book: Book) -> None:
    """Show the rows of the sheets as they stand."""
    rows = _rows(book)
    several = len(book.sheets) > 1

    def fetch(wanted: Sequence[int]) -> list[list[Cell]]:
        return [[f"{rows[at - 1][0]} {rows[at - 1][1]}" if several else str(rows[at - 1][1]), rows[at - 1][2]]
                for at in wanted]  # fmt: skip

    heads = [Column("number", _(N_("Row")), 14 if several else 6), Column("told", _(N_("What stands in it")), 200)]
    screen.query_one(WindowTable).show(heads, range(1, len(rows) + 1), fetch)
    screen.status(_(N_("No known heading. Enter on the row of the headings, then say what the columns mean")), "bold")


def pick(screen: "ImportScreen", book: Book, current: int | None) -> None:
    """Read the list by the headings in the row under the cursor, as a kind that is asked for."""
    if not current:
        return
    sheet, number, _text = _rows(book)[current - 1]
    choices = [Choice(kind, _(name)) for kind, name in columns.KIND_LABELS.items()]

    def chosen(kind: str | None) -> None:
        if kind:
            screen.read(kind, sheet if len(book.sheets) > 1 else "", number)

    screen.app.push_screen(ChoiceDialog(N_("What kind of list is it?"), choices), chosen)


def _rows(book: Book) -> list[tuple[str, int, str]]:
    return [
        (sheet.name, number, " | ".join(shown(cell) for cell in row if filled(cell)))
        for sheet in book.sheets
        for number, row in enumerate(islice(sheet.rows(), _SHOWN), 1)
        if any(filled(cell) for cell in row)
    ]
