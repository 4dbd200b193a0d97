"""What stands in a sheet beside the values that a reader gives: errors, formats with a unit, hidden and struck rows.

A reader makes room for the whole rectangle that the cells span, and takes a formula without a value, or an error, for
an empty cell; so a sheet is looked through before it is read. The dialect that nearly every program writes is looked
through by its bytes, in one pass over a large list; any other is parsed as the XML that it is.
"""

import re
import zipfile
from dataclasses import dataclass, field
from typing import IO, Any
from xml.parsers import expat

from zjtui.errors import UsageError
from zjtui.i18n import N_
from zjtui.sheets.number_format import Scale, Styles

_ROWS, _CELLS = 500_000, 20_000_000
_CHUNK = 1 << 20
_LONGEST_ROW = 32_000_000  # bytes; what follows the last row is counted like one
_OTHER_DIALECT = (b"<!", b"='", b" =", b'= "', b'="&', b"<row>", b"<c>", b"\x00")  # then the bytes are not enough
_ROW = re.compile(rb'<row\b[^>]*?\br="(\d{1,7})"')
_HIDDEN = re.compile(rb'<row\b[^>]*?\bhidden="(?:1|true)"')
_TAG = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_CELL = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
_STYLE = re.compile(rb'\bs="(\d+)"')
_FILLED = re.compile(rb"<v[^>]*>[^<]|<is>", re.DOTALL)
_ERROR = re.compile(rb"<v[^>]*>(#[^<]+)</v>")
_REF = re.compile(r"([A-Z]{1,3})(\d{1,7})")
Element = tuple[str, dict[str, str]]  # its name, what it says of itself
Place = tuple[int, int]  # row from 1, column from 0


@dataclass
class Marks:
    """What is known of a sheet's cells and rows: `wrong` is "formula" or the error that stands there, e.g. "#N/A".

    `scales` are numbers that are shown in another unit than they are kept in; `struck` cells are crossed out, `hidden`
    rows are not shown; of `unseen` cells letters were left out that nobody sees; `from_1904`: its days
    are counted from 1904.
    """

    wrong: dict[Place, str] = field(default_factory=dict)
    scales: dict[Place, Scale] = field(default_factory=dict)
    struck: set[Place] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)
    unseen: set[Place] = field(default_factory=set)
    from_1904: bool = False


class _OtherDialectError(Exception):
    """The bytes do not tell."""


def of_sheet(name: str, file: zipfile.ZipFile, part: str, styles: Styles) -> Marks:
    """Return the marks of a sheet's part; cells that lie too far out are refused."""
    try:
        with file.open(part) as stream:
            return _Bytes(name, styles).read(stream)
    except _OtherDialectError:
        with file.open(part) as stream:
            return Elements(name, styles).read(stream)


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
        if b"hidden=" in row:
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

    def __init__(self, name: str, styles: Styles) -> None:
        self.name, self.styles, self.found = name, styles, Marks()
        self.rows = self.columns = self.row = 0
        self.column = -1
        self.kind = self.value = ""
        self.style = 0
        self.formula = self.filled = self.inside = False

    def read(self, stream: IO[bytes]) -> Marks:
        """Return the marks of the sheet."""
        parse(stream, self._start, self._end, self._text)
        return self.found

    def _start(self, name: str, said: dict[str, str]) -> None:
        if name == "row":
            self.row = int(said.get("r") or self.row + 1)
            self.column = -1
            if said.get("hidden") in ("1", "true"):
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
            self.filled = True
        elif name == "v":
            self.inside = True

    def _text(self, text: str) -> None:
        if self.inside and len(self.value) < 100:
            self.value += text

    def _end(self, name: str) -> None:
        if name == "v":
            self.inside = False
        elif name == "c":
            self._cell()

    def _cell(self) -> None:
        place = (self.row, self.column)
        if self.kind == "e":
            self.found.wrong[place] = self.value or "#"
        elif self.formula and not self.filled and not self.value and self.kind != "str":
            self.found.wrong[place] = "formula"
        if self.filled or self.value or self.formula:
            self.rows, self.columns = max(self.rows, self.row), max(self.columns, self.column + 1)
            refuse_far(self.name, self.rows, self.columns)
            if self.style in self.styles.marked:
                self.styles.mark(self.found, place, self.style)


def parse(stream: IO[bytes], start: Any, end: Any, text: Any) -> None:
    """Read XML without building anything of it; names are given without their namespace, a DTD is no list's."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def named(name: str, said: dict[str, str]) -> None:
        start(name.rpartition(" ")[2], {key.rpartition(" ")[2]: value for key, value in said.items()})

    def refuse(*_given: Any) -> None:
        raise ValueError("a list has no DTD")

    parser.StartElementHandler = named
    parser.EndElementHandler = lambda name: end(name.rpartition(" ")[2])
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse
    try:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from None


def column_of(letters: str) -> int:
    """Return a column's number from 0 by its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def elements(content: bytes) -> list[Element]:
    """Return the elements of a small part, each with what it says of itself, whatever its dialect."""
    import io

    found: list[Element] = []
    parse(io.BytesIO(content), lambda name, said: found.append((name, said)), lambda _name: None, lambda _text: None)
    return found
