"""What stands in a sheet beside the values that a reader gives: errors, formats with a unit, hidden and struck rows.

A reader makes room for the whole rectangle that the cells span, and takes a formula without a value, or an error, for
an empty cell; so a sheet is looked through before it is read. The dialect that nearly every program writes is looked
through by its bytes, in one pass over a large list; any other is parsed as the XML that it is.
"""

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO

from zjtui.errors import UsageError
from zjtui.i18n import N_
from zjtui.sheets import elements
from zjtui.sheets.number_format import Scale, Styles
from zjtui.sheets.rich import Runs

_ROWS, _CELLS = 500_000, 20_000_000
_CHUNK = 1 << 20
_LONGEST_ROW = 32_000_000  # bytes; what follows the last row is counted like one
# then the bytes are not enough
_OTHER_DIALECT = (b"<!", b"='", b" =", b'= "', b'="&', b"<row>", b"<c>", b"<strike", b"\x00")
_ROW = re.compile(rb'<row\b[^>]*?\br="(\d{1,7})"')
_HIDDEN = re.compile(rb'<row\b[^>]*?\b(?:hidden="(?:1|true)"|ht="0(?:\.0*)?")')
_TAG = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_CELL = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
_STYLE = re.compile(rb'\bs="(\d+)"')
_FILLED = re.compile(rb"<v[^>]*>[^<]|<is>", re.DOTALL)
_ERROR = re.compile(rb"<v[^>]*>(#[^<]+)</v>")
_REF = re.compile(r"([A-Z]{1,3})(\d{1,7})")
Place = tuple[int, int]  # row from 1, column from 0


@dataclass
class Marks:
    """What is known of a sheet's cells and rows: `wrong` is "formula" or the error that stands there, e.g. "#N/A".

    `scales` are numbers that are shown in another unit than they are kept in; `struck` cells are crossed out, `hidden`
    rows are not shown; of `unseen` cells letters were left out that nobody sees; `kept` is the text of a cell without
    what is struck out inside it; `merged` are ranges of cells that are one; `from_1904`: its days are counted from
    1904.
    """

    wrong: dict[Place, str] = field(default_factory=dict)
    scales: dict[Place, Scale] = field(default_factory=dict)
    struck: set[Place] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)
    unseen: set[Place] = field(default_factory=set)
    kept: dict[Place, str] = field(default_factory=dict)
    merged: list[tuple[Place, Place]] = field(default_factory=list)  # first and last cell, both counted from 0
    from_1904: bool = False


class _OtherDialectError(Exception):
    """The bytes do not tell."""


def of_sheet(name: str, file: zipfile.ZipFile, part: str, styles: Styles, texts: Mapping[int, str]) -> Marks:
    """Return the marks of a sheet's part; cells that lie too far out are refused.

    `texts` are what is left of shared texts in which something is struck out.
    """
    try:
        if texts:
            raise _OtherDialectError
        with file.open(part) as stream:
            return _Bytes(name, styles).read(stream)
    except _OtherDialectError:
        with file.open(part) as stream:
            return Elements(name, styles, texts).read(stream)


def refuse_far(name: str, row: int, column: int) -> None:
    """Refuse a cell that lies far outside any list; `row` and `column` are counted from 1."""
    if row > _ROWS or row * column > _CELLS:
        raise UsageError(
            N_("“{path}”: a cell stands far outside the list (row {row}, column {column}): delete it"),
            path=name, row=row, column=column,
        )  # fmt: skip


class _Bytes:
    """Looks through a sheet by its bytes, row by row."""

    def __init__(self, name: str, styles: Styles) -> None:
        self.name, self.styles, self.found = name, styles, Marks()
        ids = b"|".join(str(number).encode() for number in sorted(styles.marked))
        self.marked = re.compile(rb'<c\b[^>]*?\bs="(?:' + ids + rb')"') if ids else None
        self.rows = self.columns = 0

    def read(self, stream: IO[bytes]) -> Marks:
        """Return the marks of the sheet."""
        rest, first = b"", True
        while chunk := stream.read(_CHUNK):
            text = rest + chunk
            if first and not re.search(rb"<worksheet[\s>]", text[:4000]):
                raise _OtherDialectError
            first = False
            if any(sign in text for sign in _OTHER_DIALECT):
                raise _OtherDialectError
            *whole, rest = text.split(b"</row>")
            for row in whole:
                self._row(row)
            if len(rest) > _LONGEST_ROW:
                raise ValueError("no sheet has such a row")  # told as a damaged file
        self._empty_rows(rest)
        return self.found

    def _row(self, row: bytes) -> None:
        self._extent(row)
        if b"hidden=" in row or b' ht="0' in row:
            self._empty_rows(row)
        if b"<f" in row or b't="e"' in row:
            self._unknown(row)
        if self.marked and self.marked.search(row):
            for letters, number, attributes, inside in _CELL.findall(row):
                style = _STYLE.search(attributes)
                if style and _FILLED.search(inside):
                    self.styles.mark(self.found, (int(number), column_of(letters.decode())), int(style[1]))

    def _empty_rows(self, text: bytes) -> None:
        """Note the hidden rows among those that begin in a text: before the row itself there may be empty ones."""
        for found in _HIDDEN.finditer(text):
            number = _ROW.match(found[0]) or _ROW.match(text, found.start())
            if number is None:
                raise _OtherDialectError
            self.found.hidden.add(int(number[1]))

    def _extent(self, row: bytes) -> None:
        """Note how far out the last cell of a row with something in it stands."""
        end = row.rfind(b"</c>")
        while end > 0:
            start = row.rfind(b"<c ", 0, end)
            if start < 0:
                raise _OtherDialectError
            if row.find(b">", start) + 1 < end:
                place = _TAG.match(row, start)
                if place is None:
                    raise _OtherDialectError
                self.rows = max(self.rows, int(place[2]))
                self.columns = max(self.columns, column_of(place[1].decode()) + 1)
                refuse_far(self.name, self.rows, self.columns)
                return
            end = row.rfind(b"</c>", 0, start)

    def _unknown(self, row: bytes) -> None:
        for letters, number, attributes, inside in _CELL.findall(row):
            place = (int(number), column_of(letters.decode()))
            if b't="e"' in attributes:
                told = _ERROR.search(inside)
                self.found.wrong[place] = told[1].decode("utf-8", "replace") if told else "#"
            elif b"<f" in inside and not _FILLED.search(inside) and b't="str"' not in attributes:
                self.found.wrong[place] = "formula"


class Elements:
    """Looks through a sheet as XML, whatever its dialect: prefixes, quotes, rows and cells without their numbers."""

    def __init__(self, name: str, styles: Styles, texts: Mapping[int, str]) -> None:
        self.name, self.styles, self.found, self.texts = name, styles, Marks(), texts
        self.runs = Runs()  # of the text that stands in the cell itself
        self.rows = self.columns = self.row = 0
        self.column = -1
        self.kind = self.value = ""
        self.style = 0
        self.formula = self.filled = self.inside = False

    def read(self, stream: IO[bytes]) -> Marks:
        """Return the marks of the sheet."""
        elements.parse(stream, self._start, self._end, self._text)
        return self.found

    def _start(self, name: str, said: dict[str, str]) -> None:
        if name == "row":
            self.row = int(said.get("r") or self.row + 1)
            self.column = -1
            if said.get("hidden") in ("1", "true") or not float(said.get("ht") or 1):
                self.found.hidden.add(self.row)
        elif name == "c":
            place = _REF.fullmatch(said.get("r", ""))
            self.row = int(place[2]) if place else self.row
            self.column = column_of(place[1]) if place else self.column + 1
            self.kind, self.value, self.formula, self.filled = said.get("t", "n"), "", False, False
            style = said.get("s", "0")
            self.style = int(style) if style.isdigit() else 0
        elif name == "f":
            self.formula = True
        elif name == "is":
            self.filled, self.runs = True, Runs()
        elif name == "v":
            self.inside = True
        else:
            self.runs.start(name, said)

    def _text(self, text: str) -> None:
        self.runs.text(text)
        if self.inside and len(self.value) < 100:
            self.value += text

    def _end(self, name: str) -> None:
        if name == "v":
            self.inside = False
        elif name == "c":
            self._cell()
        else:
            self.runs.end(name)

    def _cell(self) -> None:
        place = (self.row, self.column)
        if self.kind == "e":
            self.found.wrong[place] = self.value or "#"
        elif self.formula and not self.filled and not self.value and self.kind != "str":
            self.found.wrong[place] = "formula"
        self._struck(place)
        if self.filled or self.value or self.formula:
            self.rows, self.columns = max(self.rows, self.row), max(self.columns, self.column + 1)
            refuse_far(self.name, self.rows, self.columns)
            if self.style in self.styles.marked:
                self.styles.mark(self.found, place, self.style)

    def _struck(self, place: Place) -> None:
        """Note what is left of a text in which something is struck out."""
        left = self.runs.left if self.runs.cut else None
        if self.kind == "s" and self.value.isdigit():
            left = self.texts.get(int(self.value))
        if left is not None and left.strip():
            self.found.kept[place] = left
        elif left is not None:
            self.found.struck.add(place)
        self.runs = Runs()


def column_of(letters: str) -> int:
    """Return a column's number from 0 by its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
