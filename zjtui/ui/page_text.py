"""A report's page as text: paragraphs broken to the width, tables with their columns aligned."""

from collections.abc import Iterator

from textual.content import Content

from zjtui.reports.page import Heading, Page, Paragraph, Table
from zjtui.text import visible
from zjtui.ui.text import cell_len, cells, content

_WIDEST = 40  # cells of one column
_LEAST = 10  # as wide as a day
_NUMBER = frozenset("0123456789-,.%/")


def page_text(page: Page, width: int) -> Content:
    """Return the page, its paragraphs broken at `width` cells; a table may be wider."""
    found = [content(line, "dim") for line in _broken(page.scope, max(width, 20))] if page.scope else []
    for part in page.parts:
        if isinstance(part, Heading):
            found += [content(""), content(f"── {part.text} ──", "bold")]
        elif isinstance(part, Paragraph):
            found += [content(line) for line in _broken(part.text, max(width, 20))]
        else:
            found += _table(part, max(width, 20))
    return Content("\n").join(found)


def _table(part: Table, room: int) -> Iterator[Content]:
    """Yield the lines of a table; where it is wider than the screen its texts go over several lines."""
    lines = [[visible(text) for text in line] for line in (part.heads, *part.rows)]
    widths = [min(max(cell_len(line[number]) for line in lines), _WIDEST) for number in range(len(part.heads))]
    while sum(widths) + 2 * (len(widths) - 1) > room:
        widest = max(range(len(widths)), key=lambda number: (number not in part.right, widths[number]))
        if widths[widest] <= _LEAST or widest in part.right:
            break
        widths[widest] -= 1
    for place, line in enumerate(lines):
        broken = [list(_broken(text, widths[number])) for number, text in enumerate(line)]
        for row in range(max(map(len, broken))):
            shown = [
                cells(texts[row] if row < len(texts) else "", widths[number], right=number in part.right)
                for number, texts in enumerate(broken)
            ]
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
        cut = space if space > cut // 2 else _whole(left, cut)
        yield left[:cut].rstrip()
        left = left[cut:].lstrip()
    yield left


def _whole(text: str, cut: int) -> int:
    """Return where to break at most at `cut` so that no number and no day is broken in two."""
    earlier = cut
    while earlier and text[earlier - 1] in _NUMBER and text[earlier] in _NUMBER:
        earlier -= 1
    return earlier or cut
