"""Writing a workbook: no text ever becomes a formula or a link, and the file appears whole or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from zjtui.sheets.target import placing
from zjtui.text import visible_lines

CELL = 32_767  # characters that a cell can hold
FONT = "宋体"
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@contextmanager
def new_workbook(target: Path, *, over: bool = False) -> Iterator[Any]:
    """Give an empty XlsxWriter workbook that is written row by row, downwards; it is put in place at the end.

    Rules X-01 (there is a file already), X-02 (it cannot be written).
    """
    import xlsxwriter

    with placing(target, over=over) as temporary:
        book = xlsxwriter.Workbook(str(temporary), _OPTIONS)
        book.formats[0].set_font_name(FONT)
        yield book
        try:
            book.close()
        except xlsxwriter.exceptions.FileCreateError as error:  # it hides what the system said
            raise OSError(str(error)) from None


def write_text(sheet: Any, row: int, column: int, text: str, style: Any = None) -> None:
    """Write a text as text, whatever it begins with; what cannot be seen is made visible."""
    shown = visible_lines(text, CELL - 1)
    sheet.write_string(row, column, shown if len(shown) <= CELL else shown[: CELL - 1] + "…", style)
