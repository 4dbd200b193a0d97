"""The headings of a list: of one row or two, with merged cells spread over the columns that they stand for."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from zjtui.sheets.book import Merged, Row, Value, filled
from zjtui.sheets.columns import Target, folded, unit_of
from zjtui.sheets.guess import guess

_PLANNED = re.compile(r"计划|目标|任务|安排")
_DEEPEST = 4  # rows of a header


@dataclass(frozen=True)
class Heading:
    """A column's heading as it is shown, its unit, its column from 0; the lowest row alone, and all rows together."""

    column: int
    text: str
    unit: str = ""
    below: str = ""
    both: str = ""
    depth: int = 1  # rows that the header has


def guess_of(heading: Heading, kind: str, year: int) -> Target | None:
    """Return what a heading means: all rows together, else what is shown, else the lowest row alone.

    What stands under a plan is no fact: not “1月” below “分月投资计划”.
    """
    texts = dict.fromkeys((heading.both, heading.text, heading.below))
    for text in texts:
        target = guess(text, kind, year) if text else None
        if target and not (target.entity == "monthly_report" and _PLANNED.search(heading.both)):
            return target
    return None


def depth_of(merged: Merged | None, place: int) -> int:
    """Return how many rows the header at `place` has by its cells that are merged downwards; 0 where none is."""
    depths = [bottom - top + 1 for (top, _left), (bottom, _right) in merged or () if top == place and bottom > top]
    return max(depths, default=0) if depths and max(depths) <= _DEEPEST else 0


def headings(
    rows: Sequence[Row], merged: Merged | None, place: int, depth: int, *, sure: bool = False
) -> list[Heading] | None:
    """Return the headings that `depth` rows from `place` on make; None where one of them is no row of headings.

    `sure`: merged cells say that they are.
    """
    top = _spread(rows[place], merged, place)
    if depth == 1:
        return [Heading(column, _line(text), unit_of(text)) for column, text in enumerate(top) if filled(text)]
    for number in range(place + 1, place + depth):
        if number >= len(rows):
            return None
        last = number == place + depth - 1
        below = _spread(rows[number], merged, number) if not last else list(rows[number])
        below += [None] * (len(top) - len(below))
        texts = [cell for cell in below if filled(cell)]
        plain = all(isinstance(cell, str) for cell in texts)
        if not sure and (not texts or not plain or (len(texts) < 2 and merged is None)):
            return None
        top = [*_groups(top, below, merged is None), *[None] * (len(below) - len(top))]
        if not last:
            top = [_joined(upper, lower) for upper, lower in zip(top, below, strict=True)]
    found = [
        _heading(column, _line(upper), _line(lower), depth)
        for column, (upper, lower) in enumerate(zip(top, below, strict=True))
        if filled(upper) or filled(lower)
    ]
    times = Counter(folded(heading.text) for heading in found)  # “投资” under the plan, and again under what was done
    return [
        replace(heading, text=heading.both) if heading.both and times[folded(heading.text)] > 1 else heading
        for heading in found
    ]


def _line(cell: Value) -> str:
    """Return a heading on one line: Chinese goes on without a space."""
    return re.sub(r"(?<=[^\x00-\xff])\s*[\r\n]+\s*|\s*[\r\n]+\s*(?=[^\x00-\xff])", "", str(cell or "")).strip()


def _heading(column: int, upper: str, lower: str, depth: int) -> Heading:
    text, both = lower or upper, ""
    if lower and upper and folded(lower) != folded(upper):
        both = f"{upper}{lower}"
        text = lower if _alone(lower) else both
    return Heading(column, text, unit_of(lower) or unit_of(upper), lower, both, depth)


def _joined(upper: Value, lower: Value) -> Value:
    """Return two rows of headings as one: a cell that says the same twice says it once."""
    texts = dict.fromkeys(str(text).strip() for text in (upper, lower) if filled(text))
    return "".join(texts) or None


def _alone(text: str) -> bool:
    """Tell whether a heading says enough without the one above it: not “1月”, “时间”, “面积”."""
    return len(folded(text)) >= 3 and not re.fullmatch(r"\d{1,2}月(份)?", text)


def _spread(row: Row, merged: Merged | None, place: int) -> Row:
    """Return a row in which a cell that is merged across stands in each of its columns."""
    found = list(row)
    for (top, left), (bottom, right) in merged or ():
        if top <= place <= bottom and right > left and left < len(found):
            for column in range(left, min(right + 1, len(found))):
                found[column] = found[column] if filled(found[column]) else found[left]
    return found


def _groups(top: Row, below: Row, guessed: bool) -> Row:
    """Return the upper row with its groups spread over the columns below, where no merged cells say so."""
    if not guessed:
        return top
    found, last = list(top), None
    for column, cell in enumerate(found):
        if filled(cell):
            last = cell if column < len(below) and filled(below[column]) else None
        elif last is not None and column < len(below) and filled(below[column]):
            found[column] = last
        else:
            last = None
    return found
