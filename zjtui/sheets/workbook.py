"""Writing a workbook: no text ever becomes a formula or a link, and the file appears whole or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from zjtui.config import replacing
from zjtui.errors import Refused, ZjtuiError
from zjtui.i18n import N_
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

    if target.exists() and not over:
        raise Refused(N_("{path} is there already; choose another name"), rule="X-01", path=target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with replacing(target) as temporary:
            book = xlsxwriter.Workbook(str(temporary), _OPTIONS)
            book.formats[0].set_font_name(FONT)
            yield book
            book.close()
    except (OSError, xlsxwriter.exceptions.FileCreateError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ZjtuiError(N_("{path} cannot be written: {reason}"), path=target, reason=reason) from None


def write_text(sheet: Any, row: int, column: int, text: str, style: Any = None) -> None:
    """Write a text as text, whatever it begins with; what cannot be seen is made visible."""
    shown = visible_lines(text, CELL - 1)
    sheet.write_string(row, column, shown if len(shown) <= CELL else shown[: CELL - 1] + "…", style)
