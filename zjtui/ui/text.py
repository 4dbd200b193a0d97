"""The one way from a value to something a widget may show.

Most Textual widgets parse a plain `str` as markup, which data could use to restyle the screen, crash it or run an
action. `Content` is taken as it is, and `visible` shows control, bidi and invisible characters as marks.
"""

from typing import Any

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from zjtui.text import visible, visible_lines

__all__ = ["cell_len", "cells", "content", "lines", "styled"]


def content(value: Any, style: str = "") -> Content:
    """Return `value` as one line that is safe to show, optionally in one of the theme's styles."""
    return Content.styled(visible(value), style) if style else Content(visible(value))


def lines(value: Any, style: str = "") -> Content:
    """Return `value` with its line breaks, safe to show."""
    return Content.styled(visible_lines(value), style) if style else Content(visible_lines(value))


def styled(*parts: tuple[Any, str]) -> Content:
    """Return several values behind each other, each with its style."""
    return Content.assemble(*(content(value, style) for value, style in parts))


def cells(value: Any, width: int, *, right: bool = False) -> str:
    """Return `value` as exactly `width` terminal cells; what does not fit ends in "…"."""
    text = visible(value, 400)
    size = cell_len(text)
    if size > width:
        return set_cell_size(text, max(width - 1, 0)) + "…"[: max(width, 0)]
    padding = " " * (width - size)
    return padding + text if right else text + padding
