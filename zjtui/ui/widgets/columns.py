"""The columns of a table, and which of them there is room for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_TEXT = 16  # cells: a column of texts as wide as this may be cut, with "…"
_LEAST = 8


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head, its `width` in cells, `right` aligned where it holds numbers."""

    key: str
    label: str
    width: int
    right: bool = False


def fitting(columns: Sequence[Column], room: int, skipped: int) -> Iterator[tuple[int, int]]:
    """Yield (number, width) of the columns that `room` cells have room for; width 0 of the first that has none.

    Half a number or half a date would be another one: only long texts get what is left. The first column stays where
    `skipped` cells of the others lie to the left of what is seen.
    """
    for number, column in enumerate(columns):
        if number and skipped > 0:
            skipped -= column.width + 1
            continue
        text = number == 0 or (not column.right and column.width >= _TEXT and room >= _LEAST)
        width = column.width if column.width <= room else room if text else 0
        yield number, max(width, 0)
        if width <= 0:
            return
        room -= width + 1


def heading_at(columns: Sequence[Column], room: int, skipped: int, x: int) -> str:
    """Return the key of the column whose heading stands at `x`, "" for none."""
    left = 0
    for number, width in fitting(columns, room, skipped):
        if left <= x < left + width:
            return columns[number].key
        left += width + 1
    return ""


def whole_width(columns: Sequence[Column]) -> int:
    """Return how many cells all columns take."""
    return sum(column.width + 1 for column in columns)


def edge_beside(columns: Sequence[Column], skipped: int, direction: int) -> int | None:
    """Return at how many skipped cells the next column begins, or the one before; None where there is none.

    The first column stays, so the others begin where it would.
    """
    edges = [0]
    for column in columns[1:]:
        edges.append(edges[-1] + column.width + 1)
    if direction > 0:
        return next((edge for edge in edges if edge > skipped), None)
    return next((edge for edge in reversed(edges) if edge < skipped), None)
