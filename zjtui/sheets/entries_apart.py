"""The rows of a long list, understood in a process of their own: it reads on while the register takes what it found."""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from zjtui.errors import UsageError
from zjtui.i18n import N_
from zjtui.sheets import apart
from zjtui.sheets.entries import entries
from zjtui.sheets.mapping import Plan
from zjtui.usecases.import_line import Entry

LONG = 3_000  # rows from which a process of their own is worth its start
_AT_ONCE = 200  # rows of a piece
_BYTES = 10_000  # of a file that would take as long as a row


def read_ahead(plan: Plan, today: date, rows: int) -> Iterator[Entry]:
    """Yield what `entries` does for a list of so many rows. Raises `UsageError` where the process is ended."""
    try:
        for piece in apart.stream("entries", plan, today, size=rows * _BYTES):
            yield from piece
    except apart.NotReadError as error:
        raise UsageError(N_("The rows are not read: {why}. Nothing was changed"), why=error.why) from None


def pieces(plan: Plan, today: date) -> Iterator[list[Entry]]:
    """Yield the entries of a list in pieces, in the process of the reader."""
    found = entries(plan, today)
    while piece := list(islice(found, _AT_ONCE)):
        yield piece
