"""A report as a workbook: title, scope and tables below each other, numbers as numbers, no formula anywhere."""

from collections.abc import Sequence
from math import ceil
from pathlib import Path
from typing import Any

from zjtui.i18n import N_, _
from zjtui.reports.page import Heading, Number, Page, Paragraph, Table
from zjtui.sheets.workbook import FONT, new_workbook, write_text
from zjtui.text import half_characters, visible, visible_lines

_NARROW, _HEAD, _WIDE = 8, 14, 40  # half characters of a column; a longer head goes over several lines
_LINE, _MOST_LINES = 17, 20  # points of a line; lines of a row
_NOT_IN_NAMES = str.maketrans("[]:*?/\\'", "        ")


def write(page: Page, target: Path, *, over: bool = False) -> Path:
    """Write `page` to `target`, whole or not at all; return its full path. Rules X-01, X-02."""
    with new_workbook(target, over=over) as book:
        sheet = book.add_worksheet(visible(page.title).translate(_NOT_IN_NAMES).strip()[:31] or "1")
        widths = _set_up(sheet, page)
        styles = _styles(book)
        row = 0
        for text, style in ((page.title, "title"), (page.scope, "plain")):
            if text:
                write_text(sheet, row, 0, text, styles[style])
                row += 1
        for part in page.parts:
            row = _part(sheet, row, part, styles, widths)
        write_text(sheet, row + 1, 0, page.foot, styles["plain"])
    return target.absolute()


def _styles(book: Any) -> dict[str, Any]:
    def style(**more: Any) -> Any:
        return book.add_format({"font_name": FONT, **more})

    cell = {"border": 1, "valign": "top", "text_wrap": True}
    return {
        "title": style(bold=True, font_size=16),
        "heading": style(bold=True, font_size=12),
        "plain": style(),
        "head": style(bold=True, border=1, bg_color="#E7E6E6", valign="vcenter", text_wrap=True),
        "cell": style(**cell),
        "share": style(**cell, num_format=f'[>1]0.0%"{_(N_("(to be checked)"))}";0.0%'),
        "count": style(**cell, num_format="#,##0"),
        "amount": style(**cell, num_format="#,##0.00#"),
    }


def _set_up(sheet: Any, page: Page) -> list[int]:
    """Set up the sheet; return the widths of its columns: one for all the tables below each other."""
    tables = [part for part in page.parts if isinstance(part, Table)]
    most = max((len(part.heads) for part in tables), default=1)
    widths = []
    for number in range(most):
        heads = [min(_width(part.heads[number]), _HEAD) for part in tables if number < len(part.heads)]
        cells = [_width(line[number]) for part in tables for line in part.rows if number < len(line)]
        widths.append(min(max([_NARROW, *heads, *cells]) + 2, _WIDE))
        sheet.set_column(number, number, widths[number])
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    if most > 6:
        sheet.set_landscape()
    sheet.set_footer("&C&P / &N")
    return widths


def _width(text: str) -> int:
    """Return the width of a cell's longest line, in half characters."""
    return max(map(half_characters, visible_lines(text).splitlines()), default=0)


def _room(sheet: Any, row: int, cells: Sequence[str], widths: Sequence[int]) -> None:
    """Make a row as high as its cells need: not every program does that by itself."""
    needed = [
        sum(max(1, ceil(_width(line) / (width - 2))) for line in visible_lines(cell).splitlines() or [""])
        for cell, width in zip(cells, widths, strict=False)
    ]
    if (lines := max(needed, default=1)) > 1:
        sheet.set_row(row, _LINE * min(lines, _MOST_LINES))


def _part(
    sheet: Any, row: int, part: Heading | Paragraph | Table, styles: dict[str, Any], widths: Sequence[int]
) -> int:
    """Write one part from `row` on and return the next free row."""
    if isinstance(part, Heading):
        write_text(sheet, row + 1, 0, part.text, styles["heading"])
        return row + 2
    if isinstance(part, Paragraph):
        for line in visible_lines(part.text).splitlines():
            write_text(sheet, row, 0, line, styles["plain"])
            row += 1
        return row
    _room(sheet, row, part.heads, widths)
    for column, text in enumerate(part.heads):
        write_text(sheet, row, column, text, styles["head"])
    for cells in part.rows:
        row += 1
        _room(sheet, row, cells, widths)
        for column, cell in enumerate(cells):
            if isinstance(cell, Number):
                style = "share" if cell.unit == "%" else "count" if isinstance(cell.value, int) else "amount"
                sheet.write_number(row, column, float(cell.value), styles[style])
            else:
                write_text(sheet, row, column, cell, styles["cell"])
    return row + 1
