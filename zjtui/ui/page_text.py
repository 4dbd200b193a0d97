"""A report's page as text: paragraphs broken to the width, tables with their columns aligned."""

from collections.abc import Iterator

from textual.content import Content

from zjtui.reports.page import Heading, Page, Paragraph, Table
from zjtui.text import visible
from zjtui.ui.text import cell_len, cells, content

_WIDEST = 40  # cells of one column


def page_text(page: Page, width: int) -> Content:
    """Return the page, its paragraphs broken at `width` cells; a table may be wider."""
    found = [content(line, "dim") for line in _broken(page.scope, max(width, 20))] if page.scope else []
    for part in page.parts:
        if isinstance(part, Heading):
            found += [content(""), content(f"── {part.text} ──", "bold")]
        elif isinstance(part, Paragraph):
            found += [content(line) for line in _broken(part.text, max(width, 20))]
        else:
            found += _table(part)
    return Content("\n").join(found)


def _table(part: Table) -> Iterator[Content]:
    lines = [part.heads, *part.rows]
    widths = [min(max(cell_len(visible(line[number])) for line in lines), _WIDEST) for number in range(len(part.heads))]
    for place, line in enumerate(lines):
        shown = [cells(text, widths[number], right=number in part.right) for number, text in enumerate(line)]
        yield content("  ".join(shown).rstrip(), "dim" if place == 0 else "")


def _broken(text: str, width: int) -> Iterator[str]:
    """Yield lines of at most `width` cells, broken at a space where there is one in the second half of the line."""
    left = visible(text, 4000)
    while cell_len(left) > width:
        cut, used = 0, 0
        while cut < len(left) and used + cell_len(left[cut]) <= width:
            used += cell_len(left[cut])
            cut += 1
        space = left.rfind(" ", 0, cut + 1)
        cut = space if space > cut // 2 else cut
        yield left[:cut].rstrip()
        left = left[cut:].lstrip()
    yield left
