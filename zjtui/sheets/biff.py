"""What stands in an .xls workbook beside the values that a reader gives: errors, the count from 1904, hidden and
struck rows, units in formats.
"""

import struct
from collections.abc import Iterator

from zjtui.sheets import compound
from zjtui.sheets.number_format import PERCENT, Styles, scale
from zjtui.sheets.scan import Marks

_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_BOF, _END, _SHEET, _DAYS, _FONT, _FORMAT, _XF = 0x0809, 0x000A, 0x0085, 0x0022, 0x0031, 0x041E, 0x00E0
_ROW, _ERROR, _FORMULA, _MANY = 0x0208, 0x0205, 0x0006, 0x00BD
_CELLS = (0x0203, 0x027E, 0x00FD, 0x0204, 0x00D6, _ERROR, _FORMULA)  # each begins with row, column, style
_STRUCK, _HIDDEN, _WORKSHEET = 0x0008, 0x0020, 0
_OLD = 0x0500  # the dialect before 1997


def marks(content: bytes) -> dict[str, Marks]:
    """Return the marks of each sheet. Raises `ValueError`."""
    held = compound.stream(content, "Workbook", "Book")
    try:
        return _Reader(held).read()
    except (struct.error, IndexError):
        raise ValueError("no whole workbook") from None


def _records(held: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records of one part of the stream, from `start` to its end; what is nested in it is passed over."""
    depth = 0
    while start + 4 <= len(held):
        kind, size = struct.unpack_from("<2H", held, start)
        if kind == _BOF:
            depth += 1
        elif kind == _END:
            depth -= 1
            if depth <= 0:
                return
        if depth == 1:
            yield kind, held[start + 4 : start + 4 + size]
        start += 4 + size


class _Reader:
    """Looks through the stream: what holds for all sheets first, then sheet by sheet."""

    def __init__(self, held: bytes) -> None:
        self.held, self.styles = held, Styles()
        self.sheets: list[tuple[str, int]] = []
        self.codes: dict[int, str] = {}
        self.fonts: list[bool] = []  # struck or not
        self.old = self.from_1904 = False
        self.count = 0  # of styles

    def read(self) -> dict[str, Marks]:
        """Return the marks of each sheet by its name."""
        for kind, record in _records(self.held, 0):
            self._of_all(kind, record)
        found: dict[str, Marks] = {}
        for name, start in self.sheets:
            found[name] = marks = Marks(from_1904=self.from_1904)
            for kind, record in _records(self.held, start):
                self._of_sheet(kind, record, marks)
        return found

    def _of_all(self, kind: int, record: bytes) -> None:
        if kind == _BOF:
            self.old = struct.unpack_from("<H", record)[0] <= _OLD
        elif kind == _DAYS:
            self.from_1904 = struct.unpack_from("<H", record)[0] == 1
        elif kind == _FONT:
            self.fonts.append(bool(struct.unpack_from("<H", record, 2)[0] & _STRUCK))
            if len(self.fonts) == 4:  # no font has the number 4
                self.fonts.append(False)
        elif kind == _FORMAT and not self.old:
            self.codes[struct.unpack_from("<H", record)[0]] = _text(record[4:], struct.unpack_from("<H", record, 2)[0])
        elif kind == _XF:
            font, code = struct.unpack_from("<2H", record)
            shown = scale(self.codes.get(code, "0%" if str(code) in PERCENT else ""))
            if shown:
                self.styles.scales[self.count] = shown
            if font < len(self.fonts) and self.fonts[font]:
                self.styles.struck.add(self.count)
            self.count += 1
        elif kind == _SHEET and record[5] == _WORKSHEET:
            name = record[7 : 7 + record[6]].decode("gb18030", "replace") if self.old else _text(record[7:], record[6])
            self.sheets.append((name, struct.unpack_from("<I", record)[0]))

    def _of_sheet(self, kind: int, record: bytes, marks: Marks) -> None:
        if kind == _ROW:
            row, _first, _last, height, _a, _b, flags = struct.unpack_from("<7H", record)
            if flags & _HIDDEN or not height:
                marks.hidden.add(row + 1)
            return
        if kind not in _CELLS and kind != _MANY:
            return
        row, column, style = struct.unpack_from("<3H", record)
        styles = [style, *(struct.unpack_from("<H", record, at)[0] for at in range(10, len(record) - 6, 6))]
        for number, each in enumerate(styles if kind == _MANY else styles[:1]):
            if each in self.styles.marked:
                self.styles.mark(marks, (row + 1, column + number), each)
        if kind == _ERROR and record[7] == 1:
            marks.wrong[(row + 1, column)] = _ERRORS.get(record[6], "#")
        elif kind == _FORMULA and record[12:14] == b"\xff\xff" and record[6] == 2:
            marks.wrong[(row + 1, column)] = _ERRORS.get(record[8], "#")


def _text(content: bytes, length: int) -> str:
    """Return a text as it is kept: a byte that says how, then its letters."""
    wide = bool(content[0] & 1)
    inside = content[1 : 1 + length * (2 if wide else 1)]
    return inside.decode("utf-16-le" if wide else "latin-1", "replace")
