"""A list as a text file, row by row: CSV that a spreadsheet cannot run, JSON, Markdown."""

import csv
import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TextIO

from zjtui.text import visible, visible_lines

if TYPE_CHECKING:
    from zjtui.sheets.export import List

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "'")
_LONGEST = 10_000_000  # characters: more than any field takes, for nothing may be cut off


def _csv(listed: "List", file: TextIO) -> None:
    file.write("\ufeff")
    writer = csv.writer(file)
    writer.writerow(listed.headings)
    writer.writerows([harmless(_plain(cell)) for cell in row] for row in listed.rows())


def harmless(cell: str) -> str:
    """Return a cell with an apostrophe before what a spreadsheet would take for a formula; numbers stay numbers."""
    if cell.startswith(_FORMULA) and not cell.lstrip("+-").replace(",", "").replace(".", "").isdigit():
        return "'" + cell
    return cell


def _plain(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{Decimal(repr(cell)):f}"
    return cell.isoformat() if isinstance(cell, date) else visible_lines(cell, _LONGEST)


def _json(listed: "List", file: TextIO) -> None:
    heads = listed.headings
    about = {"kind": listed.entity, "as_of": listed.session.today.isoformat(), "head": listed.head}
    file.write(json.dumps(about, ensure_ascii=False, indent=1)[:-2] + ',\n "rows": [')
    between = "\n  "
    for row in listed.rows():
        cells = [cell.isoformat() if isinstance(cell, date) else cell for cell in row]
        file.write(between + json.dumps(dict(zip(heads, cells, strict=True)), ensure_ascii=False))
        between = ",\n  "
    file.write("\n ]\n}\n")


def _markdown(listed: "List", file: TextIO) -> None:
    heads = listed.headings[1:]
    file.write("| " + " | ".join(_cell(head) for head in heads) + " |\n|" + " --- |" * len(heads) + "\n")
    for row in listed.rows():
        file.write("| " + " | ".join(_cell(_plain(cell)) for cell in row[1:]) + " |\n")


def _cell(text: str) -> str:
    return visible(text.replace("\n", "<br>"), _LONGEST).replace("|", "\\|")


WRITERS: dict[str, Callable[["List", TextIO], None]] = {".csv": _csv, ".json": _json, ".md": _markdown}
