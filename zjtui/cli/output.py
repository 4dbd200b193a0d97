"""What the command line prints: JSON for scripts, aligned text for people; nothing that could control a terminal."""

import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, islice
from typing import Any

from zjtui.cli.parser import Call
from zjtui.domain.fields import NUMBERS, F
from zjtui.domain.show import MASK, label, show
from zjtui.errors import Msg, fill
from zjtui.i18n import N_, joined
from zjtui.reports.page import Heading, Page, Paragraph
from zjtui.text import is_unsafe, visible
from zjtui.usecases.session import Outcome

_WIDEST = 60  # cells of one column in a list
_AHEAD = 500  # rows looked at to decide how wide columns are
_HIDDEN_LETTERS = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0]")


def say(msgid: str = "", **params: Any) -> None:
    """Print a text of ours with values of the user's in it."""
    print(visible(fill(msgid, params)) if msgid else "")


def json_text(value: Any) -> str:
    """Return `value` as JSON on one line, with unseen characters as escapes."""
    text = json.dumps(value, ensure_ascii=False, default=_plain)
    if text.isprintable() and not _HIDDEN_LETTERS.search(text):
        return text
    return "".join(json.dumps(char)[1:-1] if is_unsafe(char) else char for char in text)


def print_json(value: Any) -> None:
    """Print one JSON value."""
    print(json_text(value), flush=True)


def print_json_array(items: Iterable[Any]) -> None:
    """Print a JSON array, one item a line, as the items come."""
    sys.stdout.write("[")
    for number, item in enumerate(items):
        sys.stdout.write((",\n" if number else "\n") + json_text(item))
    sys.stdout.write("\n]\n")
    sys.stdout.flush()


def print_rows(
    call: Call, fields: Mapping[str, F], columns: Sequence[str], rows: Iterable[dict[str, Any]], empty: str
) -> int:
    """Print a list of records, as JSON with all that `rows` hold or as a table of `columns`; return the exit code."""
    if call.json:
        print_json_array({name: value for name, value in row.items() if name != "id"} for row in rows)
        return 0
    heads = ["UID", *(label(fields[name]) for name in columns)]
    right = {number for number, name in enumerate(columns, 1) if fields[name].kind in NUMBERS}
    lines = ([row["uid"], *(cell(fields[name], row, name) for name in columns)] for row in rows)
    if not print_table(heads, lines, right):
        say(empty)
    return 0


def cell(field: F, row: Mapping[str, Any], name: str, limit: int = 200) -> str:
    """Return one value of a record as text."""
    value = row.get(name)
    if field.secret and value:
        return MASK
    if field.ref and value:
        value = row.get(f"{name}_name") or value
        return visible(joined(value) if isinstance(value, list) else value, limit)
    return visible(show(field, value), limit)


def print_table(
    heads: Sequence[str], rows: Iterable[Sequence[str]], right: Iterable[int] = (), widest: int = _WIDEST
) -> int:
    """Print rows under their heads, columns aligned, numbers to the `right`; return how many there were.

    What is wider than `widest` cells is cut.
    """
    numbers = set(right)
    lines = iter(rows)
    first = list(islice(lines, _AHEAD))
    if not first:
        return 0
    widths = [min(max(width(line[i]) for line in (heads, *first)), widest) for i in range(len(heads))]
    printed = 0
    print(_line(heads, widths, numbers))
    for line in chain(first, lines):
        print(_line(line, widths, numbers))
        printed += 1
    return printed


def say_calendar(note: Msg | None) -> None:
    """Say under a list with clocks that days of the year are in no calendar, where it is so."""
    if note is not None:
        say("{note}", note=note)


def print_page(page: Page) -> None:
    """Print a report, its line at the foot last."""
    if page.scope:
        print(visible(page.title))
        print(visible(page.scope))
    for part in page.parts:
        if isinstance(part, Heading):
            print(f"\n{visible(part.text)}")
        elif isinstance(part, Paragraph):
            print(visible(part.text))
        else:
            print_table(part.heads, [[visible(text) for text in row] for row in part.rows], part.right)
    print(visible(page.foot))


def print_fields(pairs: Iterable[tuple[str, str]]) -> None:
    """Print labels and values of one record below each other."""
    shown = [(name, value) for name, value in pairs if value]
    widest = max((width(name) for name, _value in shown), default=0)
    for name, value in shown:
        print(f"{name}{' ' * (widest - width(name))}  {value}")


def print_outcome(call: Call, outcome: Outcome, done: str, **params: Any) -> int:
    """Tell what an operation did. It is on the disk already: a script may rely on what it reads here."""
    if call.applying:
        print(outcome.operation, flush=True)
        return 0
    if call.json:
        notices = [str(notice) for notice in outcome.notices]
        print_json({"uid": outcome.uid, "operation": outcome.operation, "notices": notices, "created": outcome.created})
        return 0
    say(done, **params)
    for notice in outcome.notices:
        say(N_("Please check: {notice}"), notice=notice)
    if outcome.created:
        say(N_("Added on the way: {names}"), names=joined(outcome.created))
    say(N_("Record {uid}, operation {operation}"), uid=outcome.uid, operation=outcome.operation)
    sys.stdout.flush()
    return 0


def width(text: str) -> int:
    """Return the terminal cells of `text`: Chinese characters take two."""
    if text.isascii():
        return len(text)
    return sum(_cells(char) for char in text)


def cut(text: str, cells: int) -> str:
    """Return `text`, or as much of it as fits with a mark that it goes on."""
    if width(text) <= cells:
        return text
    taken, used = [], 0
    for char in text:
        used += _cells(char)
        if used > cells - 1:
            break
        taken.append(char)
    return "".join(taken) + "…"


def _cells(char: str) -> int:
    return 0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _line(values: Sequence[str], widths: Sequence[int], right: set[int]) -> str:
    parts = []
    for number, (value, cells) in enumerate(zip(values, widths, strict=True)):
        shown = cut(value, cells)
        space = " " * (cells - width(shown))
        parts.append(space + shown if number in right else shown + space)
    return "  ".join(parts).rstrip()


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else str(value)


def pages(wanted: Sequence[int], size: int = 500) -> Iterator[Sequence[int]]:
    """Yield `wanted` in pages."""
    for start in range(0, len(wanted), size):
        yield wanted[start : start + size]
