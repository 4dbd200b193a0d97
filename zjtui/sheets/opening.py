"""Opening a list as it came, in the process of a reader: a workbook, CSV, TSV or JSON, whatever it is called.

Every limit is checked before a cell is read, so that a bomb costs no more than a look.
"""

import csv
import json
import re
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from zjtui.errors import UsageError
from zjtui.i18n import N_
from zjtui.sheets import package, separators
from zjtui.sheets.book import KEY, Row, Value
from zjtui.sheets.scan import Marks

LARGEST_FILE = 200_000_000  # bytes
LARGEST_TEXT = 60_000_000  # bytes of a file that is read as text
WIDEST, MOST_CELLS = 2_000, 20_000_000  # columns, cells of a text
_WORKBOOKS = ("xlsx", "xlsm", "xls", "ods")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_AT_ONCE = 500  # rows of a piece
_BREAK = re.compile(r"\r\n|\r|\n")
_NEUTRALISED = re.compile(r"'[=+\-@\t\r＝＋－＠']")
_GUARDED = re.compile(r"=\"([^\"]*)\"|'(?=[\d（(])([^']*)", re.DOTALL)  # ="2209-…", '2209-…
_ERROR = re.compile(
    r"#(N/A|NAME\?|REF!|VALUE!|DIV/0!|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|BUSY!|UNKNOWN!|GETTING_DATA)"
    r"|(Err|错误)[:：]\d{3}"
)
_LOOKED = "='#E错 \t"  # a text that begins so may be guarded, or an error
_LONGEST_CELL = 131_072  # characters


Opened = Generator[list[Row], None, tuple[str, str]]  # at its end what the file is, and its encoding


@dataclass
class _Part:
    """One sheet while it is read: what is known of it, and how many pieces and rows it made."""

    name: str
    marks: Marks = field(default_factory=Marks)
    merged: Any = ()  # None where the kind of file does not tell
    text: bool = False
    pieces: int = 0
    height: int = 0
    exported: bool = False
    hidden: bool = False

    def rows(self, rows: Iterable[Row], more: int = 0) -> Iterator[list[Row]]:
        """Yield the rows in pieces, each cell as a person reads it; up to `more` in all where less are given."""
        left = iter(rows)
        while piece := list(islice(left, _AT_ONCE)):
            if not self.height:
                self.exported = bool(piece[0]) and str(piece[0][0]).startswith(f"{KEY}:")
            for row in piece:
                self.height += 1
                for column, cell in enumerate(row):
                    if cell.__class__ is str and (cell == "" or cell[0] in _LOOKED or not cell.isprintable()):
                        row[column] = self._plain(cell, column)
            self.pieces += 1
            yield piece
        if more > self.height:  # rows in which nothing but a formula without a value stands
            self.pieces += 1
            yield [[] for _number in range(self.height, more)]
            self.height = more

    def _plain(self, cell: str, column: int) -> str | None:
        """Return a text without what cannot be seen, where that is noted; an export is taken as it was written."""
        if self.exported:
            return (cell[1:] if self.text and _NEUTRALISED.match(cell) else cell) or None
        if cell.strip() != separators.seen(cell).strip():
            self.marks.unseen.add((self.height, column))
        plain = unguarded(cell).strip()
        if _ERROR.fullmatch(plain):  # that some program wrote down as a text
            self.marks.wrong[(self.height, column)] = plain
            return None
        return unguarded(cell) or None


def pieces(path: Path) -> Iterator[Any]:
    """Yield the rows of a file's sheets in pieces, then one that says what it is and which pieces are whose.

    What cannot be read is refused in one line that says what to do.
    """
    parts: list[_Part] = []
    head = package.beginning(path)
    _refuse_mislabelled(path, head)
    if head.startswith(b"PK") or head.startswith(_OLE):
        kind, encoding = yield from _workbook(path, head, parts)
    else:
        kind, encoding = yield from _text(path, parts)
    yield {
        "kind": kind,
        "encoding": encoding,
        "hidden": [part.name for part in parts if part.hidden],
        "sheets": [(part.name, part.height, part.pieces, part.merged, part.marks) for part in parts if not part.hidden],
    }


def _refuse_mislabelled(path: Path, head: bytes) -> None:
    """Refuse what is too large, empty, and web pages, documents and pictures that are called lists."""
    if path.stat().st_size > LARGEST_FILE:
        raise UsageError(
            N_("“{path}” is larger than 200 MB: split it, or delete what does not belong to the list"), path=path.name
        )
    if not head:
        raise UsageError(N_("“{path}” is empty"), path=path.name)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:300].lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"mime-version")):
        raise UsageError(
            N_("“{path}” is a web page or XML saved under this name: open it in Excel or WPS and save it as .xlsx"),
            path=path.name,
        )
    if head.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf")):
        raise UsageError(N_("“{path}” is a picture, PDF or archive, not a list"), path=path.name)


def _workbook(path: Path, head: bytes, parts: list[_Part]) -> Opened:
    """Yield the rows of a workbook's sheets that are shown; it is taken for what it is, whatever its ending."""
    import python_calamine as calamine

    facts = package.inspected(path, head)
    try:
        with path.open("rb") as file:
            named = path.suffix.lower() == f".{facts.kind}"
            book = calamine.load_workbook(facts.copy or (path if named else file))
        shown = [item.name for item in book.sheets_metadata if item.visible == calamine.SheetVisibleEnum.Visible]
        parts += [_Part(name, hidden=True) for name in book.sheet_names if name not in shown]
        for name in (name for name in shown if name in book.sheet_names):
            yield from _sheet(book, name, facts.kind, facts.marks.get(name, Marks()), parts)
    except calamine.PasswordError:
        raise package.protected(path) from None
    except (calamine.CalamineError, calamine.ZipError, calamine.XmlError, OSError, ValueError, RuntimeError) as error:
        if isinstance(error, UsageError):
            raise
        raise package.broken(path) from None
    return facts.kind, ""


def _sheet(book: Any, name: str, kind: str, marks: Marks, parts: list[_Part]) -> Iterator[list[Row]]:
    try:
        sheet = book.get_sheet_by_name(name)
    except Exception as error:
        if type(error).__name__ == "WorksheetNotFound":  # a sheet that is a chart
            return
        raise
    merged = marks.merged if kind == "ods" else sheet.merged_cell_ranges
    part = _Part(name, marks, None if merged is None else tuple(merged))
    parts.append(part)
    before: Row = [None] * (sheet.start[1] if sheet.start else 0)
    last = max([sheet.total_height, *(row for row, _column in marks.wrong)], default=0)
    yield from part.rows(([*before, *row] for row in sheet.iter_rows()), last)


def _text(path: Path, parts: list[_Part]) -> Opened:
    kind = path.suffix.lower().lstrip(".")
    if path.stat().st_size > LARGEST_TEXT:
        raise UsageError(N_("“{path}” is larger than 60 MB: split it"), path=path.name)
    text, encoding = _called(path, kind)
    part = _Part(path.stem, merged=None, text=True)
    parts.append(part)
    if kind == "json" or text.lstrip()[:1] in ("[", "{"):
        yield from part.rows(_json(path, text))
        return "json", encoding
    yield from part.rows(_csv(path, text, kind))
    return "tsv" if kind == "tsv" else "csv", encoding


def _called(path: Path, kind: str) -> tuple[str, str]:
    """Return a text and its encoding; what is called a workbook is a list where it has columns."""
    no_workbook = UsageError(
        N_("“{path}” is no workbook although it is called one: open it in Excel or WPS and save it as .xlsx"),
        path=path.name,
    )
    try:
        text, encoding = separators.decoded(path)
    except UsageError:
        if kind in _WORKBOOKS:
            raise no_workbook from None
        raise
    if kind in _WORKBOOKS and not separators.parted(islice(_lines(text), 200)):
        raise no_workbook
    return text, encoding


def _csv(path: Path, text: str, kind: str) -> Iterator[Row]:
    csv.field_size_limit(_LONGEST_CELL)
    delimiter = "\t" if kind == "tsv" else separators.delimiter(islice(_lines(text), 200))
    cells = 0
    try:
        for row in csv.reader(_lines(text), delimiter=delimiter):
            while row and not row[-1]:
                row.pop()
            cells += len(row)
            _refuse_wide(path, len(row), cells)
            yield list(row)
    except csv.Error as error:
        raise UsageError(N_("“{path}” is no regular CSV: {reason}"), path=path.name, reason=error) from None


def _refuse_wide(path: Path, columns: int, cells: int) -> None:
    if columns > WIDEST:
        raise UsageError(N_("“{path}” has more than {most} columns: it is no list"), path=path.name, most=WIDEST)
    if cells > MOST_CELLS:
        raise UsageError(N_("“{path}” has more than {most} cells: split it"), path=path.name, most=f"{MOST_CELLS:,}")


def _lines(text: str) -> Iterator[str]:
    """Yield a text's lines with their ends, without another copy of the whole."""
    start = 0
    for found in _BREAK.finditer(text):
        yield text[start : found.end()]
        start = found.end()
    if start < len(text):
        yield text[start:]


def unguarded(cell: str) -> str:
    """Return a cell without what keeps a program from taking it for a number or a formula, and what cannot be seen."""
    plain = separators.seen(cell)
    if _NEUTRALISED.match(plain):
        return plain[1:]
    found = _GUARDED.fullmatch(plain.strip())
    return (found[1] or found[2]) if found else plain


def _json(path: Path, text: str) -> Iterator[Row]:
    """Read a list of objects, or {"rows": [...]}; the keys of all are the headings."""
    try:
        held = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(N_("“{path}” is no regular JSON: {reason}"), path=path.name, reason=error) from None
    items = held.get("rows") if isinstance(held, dict) else held
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise UsageError(N_("“{path}” holds no list of objects"), path=path.name)
    names: dict[str, None] = {}
    for item in items:
        names |= dict.fromkeys(item)
        _refuse_wide(path, len(names), len(names) * len(items))
    yield list(names)
    for item in items:
        yield [_plain(item.get(name)) for name in names]


def _plain(value: Any) -> Value:
    if isinstance(value, list):
        return "、".join(str(item) for item in value) or None
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return value if value is None or isinstance(value, bool | int | float) else str(value)
