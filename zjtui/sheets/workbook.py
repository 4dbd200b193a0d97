"""Writing a workbook: no text ever becomes a formula or a link, and the file appears whole or not at all."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
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


class _Output(io.FileIO):
    """The file that a workbook is packed into. Once a write failed, or it is closed, it takes all and keeps nothing.

    What packs it tries to end the package when it is thrown away: that must not fail, and be told, a second time.
    """

    over, place = False, 0

    def write(self, content: Any) -> int:
        """Write all of `content`."""
        view = memoryview(content).cast("B")
        done = len(view) if self.over or self.closed else 0
        self.place += len(view)
        try:
            while done < len(view):
                done += super().write(view[done:])
        except OSError:
            self.over = True
            raise
        return len(view)

    def tell(self) -> int:
        """Return the place in the file, as if all of it had been written."""
        return self.place

    def seek(self, place: int, whence: int = 0) -> int:
        """Go to a place in the file."""
        self.place = place if self.over or self.closed else super().seek(place, whence)
        return self.place

    def flush(self) -> None:
        """Nothing is held back."""


@contextmanager
def new_workbook(target: Path, *, over: bool = False) -> Iterator[Any]:
    """Give an empty XlsxWriter workbook that is written row by row, downwards; it is put in place at the end.

    Rules X-01 (there is a file already), X-02 (it cannot be written).
    """
    import xlsxwriter

    with (
        placing(target, over=over) as temporary,
        # Its rows wait there until they are packed: nothing of them stays behind, whatever fails.
        TemporaryDirectory(prefix="zjtui-", ignore_cleanup_errors=True) as folder,
        _Output(temporary, "wb") as output,
    ):
        book = xlsxwriter.Workbook(output, {**_OPTIONS, "tmpdir": folder})
        book.formats[0].set_font_name(FONT)
        yield book
        try:
            book.close()
        except xlsxwriter.exceptions.FileCreateError as error:  # it hides what the system said
            raise error.args[0] from None


def write_text(sheet: Any, row: int, column: int, text: str, style: Any = None) -> None:
    """Write a text as text, whatever it begins with; what cannot be seen is made visible."""
    shown = visible_lines(text, CELL - 1)
    sheet.write_string(row, column, shown if len(shown) <= CELL else shown[: CELL - 1] + "…", style)
