"""A list as it was opened: what it really is, whatever it is called, its sheets and their rows.

It is read in a process of its own (`opening.py`): what is no list, or a hostile one, takes nothing with it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import chain
from pathlib import Path

from zjtui.errors import UsageError
from zjtui.i18n import N_
from zjtui.sheets import apart
from zjtui.sheets.scan import Marks

Value = str | int | float | bool | date | datetime | time | timedelta | None
Row = list[Value]
KEY = "zjtui"  # heading of the hidden column that an export writes: the record's uid
Merged = tuple[tuple[tuple[int, int], tuple[int, int]], ...]  # ranges as ((row, column), (row, column)), from 0


@dataclass(frozen=True)
class Sheet:
    """One sheet. `rows` starts anew each time it is called; the first row of the file is number 1, column A is 0.

    `merged` is None where the kind of file does not tell. `marks` are what is known of cells beside their values.
    """

    name: str
    rows: Callable[[], Iterator[Row]]
    height: int
    merged: Merged | None = ()
    marks: Marks = field(default_factory=Marks)


@dataclass(frozen=True)
class Book:
    """A file that was opened: what it is, in which encoding (texts only), and its sheets that are not hidden."""

    path: Path
    kind: str
    encoding: str
    sheets: list[Sheet]
    hidden: tuple[str, ...] = ()  # names of sheets that are not shown


def filled(cell: Value) -> bool:
    """Tell whether something stands in a cell."""
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


def open_book(path: Path, cancelled: Callable[[], bool] | None = None) -> Book:
    """Open a list. What cannot be read is refused in one line that says what to do. Raises `Cancelled`."""
    size = apart.regular(path)
    try:
        pieces = apart.run("list", path, size=size, cancelled=cancelled)
    except apart.NotReadError as error:
        raise UsageError(
            N_("“{path}” is not read: {why}. Save the list alone in a new workbook"), path=path.name, why=error.why
        ) from None
    facts = pieces[len(pieces) - 1]
    sheets, first = [], 0
    for name, height, count, merged, marks in facts["sheets"]:
        sheets.append(Sheet(name, partial(_rows, pieces, first, first + count), height, merged, marks))
        first += count
    return Book(path, facts["kind"], facts["encoding"], sheets, tuple(facts["hidden"]))


def _rows(pieces: apart.Pieces, first: int, last: int) -> Iterator[Row]:
    return chain.from_iterable(pieces.between(first, last))
