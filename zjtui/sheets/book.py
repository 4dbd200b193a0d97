"""Opening a list as it came: a workbook, CSV, TSV or JSON; what it really is, whatever it is called.

Every limit is checked before a cell is read, so that a bomb costs no more than a look.
"""

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from zjtui.errors import UsageError
from zjtui.i18n import N_
from zjtui.sheets import package

Value = str | int | float | bool | date | datetime | time | timedelta | None
Row = list[Value]
Merged = tuple[tuple[tuple[int, int], tuple[int, int]], ...]  # ranges as ((row, column), (row, column)), from 0
LARGEST_FILE = 200_000_000  # bytes
LARGEST_TEXT = 60_000_000  # bytes of a file that is read as text
_WORKBOOKS = ("xlsx", "xlsm", "xls", "ods")
_TEXTS = ("csv", "tsv", "txt", "json")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BREAK = re.compile(r"\r\n|\r|\n")
_NEUTRALISED = re.compile(r"'[=+\-@\t\r＝＋－＠']")
_LONGEST_CELL = 131_072  # characters


@dataclass(frozen=True)
class Sheet:
    """One sheet. `rows` starts anew each time it is called; the first row of the file is number 1, column A is 0.

    `merged` is None where the kind of file does not tell. `wrong` are cells whose value cannot be known:
    {(row from 1, column from 0): "formula" or the error that stands there, e.g. "#N/A"}.
    """

    name: str
    rows: Callable[[], Iterator[Row]]
    height: int
    merged: Merged | None = ()
    wrong: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Book:
    """A file that was opened: what it is, in which encoding (texts only), and its sheets that are not hidden."""

    path: Path
    kind: str
    encoding: str
    sheets: list[Sheet]


def filled(cell: Value) -> bool:
    """Tell whether something stands in a cell."""
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


def open_book(path: Path) -> Book:
    """Open a list. What cannot be read is refused in one line that says what to do; nothing is read twice."""
    head = package.beginning(path)
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise UsageError(
            N_("“{path}” is larger than 200 MB: split it, or delete what does not belong to the list"), path=path.name
        )
    kind = path.suffix.lower().lstrip(".")
    if not head:
        raise UsageError(N_("“{path}” is empty"), path=path.name)
    _refuse_mislabelled(path, head)
    if head.startswith(b"PK") or head.startswith(_OLE):
        return _workbook(path, head)
    if kind in _WORKBOOKS:
        raise UsageError(
            N_("“{path}” is no workbook although it is called one: open it in Excel or WPS and save it as .xlsx"),
            path=path.name,
        )
    if size > LARGEST_TEXT:
        raise UsageError(N_("“{path}” is larger than 60 MB: split it"), path=path.name)
    text, encoding = decoded(path)
    if kind == "json" or text.lstrip()[:1] in ("[", "{"):
        return Book(path, "json", encoding, [_json(path, text)])
    return Book(path, "tsv" if kind == "tsv" else "csv", encoding, [_csv(path, text, kind)])


def decoded(path: Path) -> tuple[str, str]:
    """Return a file's text and its encoding: by its mark, else UTF-8 where it is that without a fault, else GB18030."""
    content = path.read_bytes()
    marks = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
    tried = [name for mark, name in marks if content.startswith(mark)] or ["utf-8", "gb18030"]
    for encoding in tried:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text, encoding
    raise UsageError(
        N_("“{path}” is neither UTF-8 nor GB18030 text: open it in Excel or WPS and save it as .xlsx"), path=path.name
    )


def _refuse_mislabelled(path: Path, head: bytes) -> None:
    """Refuse web pages, documents and pictures that are called lists."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:300].lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"mime-version")):
        raise UsageError(
            N_("“{path}” is a web page or XML saved under this name: open it in Excel or WPS and save it as .xlsx"),
            path=path.name,
        )
    if head.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf")):
        raise UsageError(N_("“{path}” is a picture, PDF or archive, not a list"), path=path.name)


def _workbook(path: Path, head: bytes) -> Book:
    import python_calamine as calamine

    facts = package.inspected(path, head)
    try:
        book = calamine.load_workbook(path)
        shown = [item.name for item in book.sheets_metadata if item.visible == calamine.SheetVisibleEnum.Visible]
        sheets = [_of_calamine(book, name, facts) for name in shown if name in book.sheet_names]
    except calamine.PasswordError:
        raise package.protected(path) from None
    except (calamine.CalamineError, calamine.ZipError, calamine.XmlError, OSError, ValueError, RuntimeError):
        raise package.broken(path) from None
    return Book(path, facts.kind, "", [sheet for sheet in sheets if sheet is not None])


def _of_calamine(book: Any, name: str, facts: package.Facts) -> Sheet | None:
    try:
        sheet = book.get_sheet_by_name(name)
    except Exception as error:
        if type(error).__name__ == "WorksheetNotFound":  # a sheet that is a chart
            return None
        raise
    start = sheet.start
    wrong = facts.wrong.get(name, {})
    first = start[1] if start else 0
    last = max([sheet.total_height, *(row for row, _column in wrong)], default=0)

    def rows() -> Iterator[Row]:
        for row in sheet.iter_rows():
            yield [None] * first + [None if value == "" else value for value in row]
        for _more in range(sheet.total_height, last):  # rows in which nothing but a formula without a value stands
            yield []

    merged = sheet.merged_cell_ranges
    return Sheet(name, rows, last, None if merged is None else tuple(merged), wrong)


def _csv(path: Path, text: str, kind: str) -> Sheet:
    head = "".join(islice(_lines(text[:100_000]), 20))
    delimiter = "\t" if kind == "tsv" else max(",;\t，", key=head.count)
    csv.field_size_limit(_LONGEST_CELL)
    try:
        found: list[Row] = [[_restored(cell) for cell in row] for row in csv.reader(_lines(text), delimiter=delimiter)]
    except csv.Error as error:
        raise UsageError(N_("“{path}” is no regular CSV: {reason}"), path=path.name, reason=error) from None
    return Sheet(path.stem, lambda: iter([list(row) for row in found]), len(found), None)


def _lines(text: str) -> Iterator[str]:
    """Yield a text's lines with their ends, without another copy of the whole."""
    start = 0
    for found in _BREAK.finditer(text):
        yield text[start : found.end()]
        start = found.end()
    if start < len(text):
        yield text[start:]


def _restored(cell: str) -> str | None:
    """Return a cell without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    return (cell[1:] if _NEUTRALISED.match(cell) else cell) or None


def _json(path: Path, text: str) -> Sheet:
    """Read a list of objects, or {"rows": [...]}; the keys of all are the headings."""
    try:
        held = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(N_("“{path}” is no regular JSON: {reason}"), path=path.name, reason=error) from None
    items = held.get("rows") if isinstance(held, dict) else held
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise UsageError(N_("“{path}” holds no list of objects"), path=path.name)
    names = list(dict.fromkeys(name for item in items for name in item))
    table: list[Row] = [list(names), *([_plain(item.get(name)) for name in names] for item in items)]
    return Sheet(path.stem, lambda: iter([list(row) for row in table]), len(table), None)


def _plain(value: Any) -> Value:
    if isinstance(value, list):
        return "、".join(str(item) for item in value) or None
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return None if value == "" else value
