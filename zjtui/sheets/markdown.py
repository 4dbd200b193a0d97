"""A report as Markdown: what a text holds never becomes markup or another cell."""

import re
from collections.abc import Iterator

from zjtui.reports.page import Heading, Number, Page, Paragraph, Table
from zjtui.text import visible, visible_lines

_MARKUP = re.compile(r"([\\`*_\[\]<>|~])")
_LINE_START = re.compile(r"^(\s*\d*)([#+.)-])(?=\s)")


def content(page: Page) -> bytes:
    """Return the file's bytes."""
    return ("\n".join(_lines(page)) + "\n").encode()


def _lines(page: Page) -> Iterator[str]:
    yield f"# {_inline(page.title)}"
    if page.scope:
        yield from ("", _inline(page.scope))
    for part in page.parts:
        yield ""
        if isinstance(part, Heading):
            yield f"## {_inline(part.text)}"
        elif isinstance(part, Paragraph):
            yield "  \n".join(_LINE_START.sub(r"\1\\\2", _inline(line)) for line in _split(part.text))
        else:
            yield from _table(part)
    yield from ("", "---", "", _inline(page.foot))


def _table(part: Table) -> Iterator[str]:
    yield _row(part.heads)
    right = {
        n for n in range(len(part.heads)) if n in part.right or any(isinstance(row[n], Number) for row in part.rows)
    }
    yield "|" + "|".join("---:" if number in right else "---" for number in range(len(part.heads))) + "|"
    for row in part.rows:
        yield _row(row)


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join("<br>".join(_inline(line) for line in _split(cell)) for cell in cells) + " |"


def _split(text: str) -> list[str]:
    return visible_lines(text).splitlines() or [""]


def _inline(text: str) -> str:
    return _MARKUP.sub(r"\\\1", visible(text, 32_000))
