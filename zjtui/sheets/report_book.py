"""A report as a workbook: title, scope and tables below each other, numbers as numbers, no formula anywhere."""

from pathlib import Path
from typing import Any

from zjtui.i18n import N_, _
from zjtui.reports.page import Heading, Number, Page, Paragraph, Table
from zjtui.sheets.workbook import FONT, new_workbook, write_text
from zjtui.text import visible, visible_lines

_NARROW, _WIDE = 8, 40  # characters of a column
_LONG = 60  # characters; a cell with more goes over several lines
_NOT_IN_NAMES = str.maketrans("[]:*?/\\'", "        ")


def write(page: Page, target: Path, *, over: bool = False) -> Path:
    """Write `page` to `target`, whole or not at all; return its full path. Rules X-01, X-02."""
    with new_workbook(target, over=over) as book:
        sheet = book.add_worksheet(visible(page.title).translate(_NOT_IN_NAMES).strip()[:31] or "1")
        _set_up(sheet, page)
        styles = _styles(book)
        row = 0
        for text, style in ((page.title, "title"), (page.scope, "plain")):
            if text:
                write_text(sheet, row, 0, text, styles[style])
                row += 1
        for part in page.parts:
            row = _part(sheet, row, part, styles)
        write_text(sheet, row + 1, 0, page.footer, styles["plain"])
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


def _set_up(sheet: Any, page: Page) -> None:
    tables = [part for part in page.parts if isinstance(part, Table)]
    most = max((len(part.heads) for part in tables), default=1)
    for number in range(most):
        cells = [line[number] for part in tables for line in (part.heads, *part.rows) if number < len(line)]
        sheet.set_column(number, number, min(max(map(_width, cells), default=_NARROW) + 2, _WIDE))
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    if most > 6:
        sheet.set_landscape()
    sheet.set_footer("&C&P / &N")


def _width(text: str) -> int:
    return max(_NARROW, sum(2 if ord(char) > 0x2E7F else 1 for char in visible(text, _LONG)))


def _part(sheet: Any, row: int, part: Heading | Paragraph | Table, styles: dict[str, Any]) -> int:
    """Write one part from `row` on and return the next free row."""
    if isinstance(part, Heading):
        write_text(sheet, row + 1, 0, part.text, styles["heading"])
        return row + 2
    if isinstance(part, Paragraph):
        for line in visible_lines(part.text).splitlines():
            write_text(sheet, row, 0, line, styles["plain"])
            row += 1
        return row
    for column, text in enumerate(part.heads):
        write_text(sheet, row, column, text, styles["head"])
    for cells in part.rows:
        row += 1
        for column, cell in enumerate(cells):
            if isinstance(cell, Number):
                style = "share" if cell.unit == "%" else "count" if isinstance(cell.value, int) else "amount"
                sheet.write_number(row, column, float(cell.value), styles[style])
            else:
                write_text(sheet, row, column, cell, styles["cell"])
    return row + 1
