"""The headings of a list: of one row or two, with merged cells spread over the columns that they stand for."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from zjtui.sheets.book import Merged, Row, Value, filled
from zjtui.sheets.columns import Target, folded
from zjtui.sheets.guess import guess
from zjtui.sheets.unit_words import unit_of

_PLANNED = re.compile(r"计划|目标|任务|安排")
_ALONE_NOTHING = re.compile(r"计划|预计|实际|拟")  # what a heading is of, whatever stands above it
_WHOLE = frozenset({"合计", "总计", "小计", "总额", "总数", "金额", "数额"})  # below a heading: what that one says
_DEEPEST = 4  # rows of a header
_FIRST_DAY = re.compile(r"(20\d\d)[-/.](1[0-2]|0?[1-9])[-/.]0?1(?:[ T]0?0:00(?::00)?)?")  # that a program wrote


@dataclass(frozen=True)
class Heading:
    """A column's heading as it is shown, its unit, its column from 0; what each of its rows says, each thing once."""

    column: int
    text: str
    unit: str = ""
    parts: tuple[str, ...] = ()
    depth: int = 1  # rows that the header has


def guess_of(heading: Heading, kind: str, year: int) -> Target | None:
    """Return what a heading means: all rows together, else what is shown, else the lowest row alone.

    What stands under a plan is no fact: not “1月” below “分月投资计划”.
    """
    parts = heading.parts or (heading.text,)
    above = "".join(parts[:-1])
    said = parts[:-1] if len(parts) > 1 and folded(parts[-1]) in _WHOLE else parts
    joined = ["".join(said[first:]) for first in range(len(said))]
    if len(said) > 1 and _ALONE_NOTHING.fullmatch(said[-1]):  # “开工时间” over “计划” is “开工时间（计划）”
        joined.insert(0, f"{''.join(said[:-1])}（{said[-1]}）")
    for text in dict.fromkeys(joined):
        target = guess(text, kind, year)
        if target and not (target.entity == "monthly_report" and _PLANNED.search(above)):
            return target
    return None


def named_months(row: Row) -> Row:
    """Return a row in which months that a program turned into dates, or into 202301, are called as a person would.

    One date alone is none: it may be the day of a list.
    """
    found = [month_named(cell) for cell in row]
    if sum(text is not None for text in found) < 2 or not any(isinstance(cell, str) and cell.strip() for cell in row):
        return row
    return [cell if text is None else text for cell, text in zip(row, found, strict=True)]


def month_named(cell: Value) -> str | None:
    """Return the name of a month that stands in a heading as a date or a number, None for anything else."""
    if isinstance(cell, str) and (said := _FIRST_DAY.fullmatch(cell.strip())):
        return f"{said[1]}年{int(said[2])}月"
    if isinstance(cell, date):
        return f"{cell.year}年{cell.month}月" if cell.day == 1 else None
    if isinstance(cell, int | float) and not isinstance(cell, bool) and cell == int(cell):
        year, month = divmod(int(cell), 100)
        return f"{year}年{month}月" if 2000 <= year <= 2099 and 1 <= month <= 12 else None
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
    levels = [top]
    for number in range(place + 1, place + depth):
        if number >= len(rows):
            return None
        last = number == place + depth - 1
        below = list(rows[number]) if last else _spread(rows[number], merged, number)
        texts = [cell for cell in below if filled(cell)]
        plain = all(isinstance(cell, str) for cell in texts)
        if not sure and (not texts or not plain or (len(texts) < 2 and merged is None)):
            return None
        levels[-1] = _groups(levels[-1], below, merged is None)
        levels.append(below)
    width = max(map(len, levels))
    columns = zip(*([*level, *[None] * (width - len(level))] for level in levels), strict=True)
    found = [heading for column, cells in enumerate(columns) if (heading := _heading(column, cells, depth))]
    times = Counter(folded(heading.text) for heading in found)  # “投资” under the plan, and again under what was done
    return [
        replace(heading, text="".join(heading.parts)) if times[folded(heading.text)] > 1 else heading
        for heading in found
    ]


def _line(cell: Value) -> str:
    """Return a heading on one line: Chinese goes on without a space."""
    return re.sub(r"(?<=[^\x00-\xff])\s*[\r\n]+\s*|\s*[\r\n]+\s*(?=[^\x00-\xff])", "", str(cell or "")).strip()


def _heading(column: int, cells: Sequence[Value], depth: int) -> Heading | None:
    """Return the heading that the cells of one column make, from the uppermost down; None where all are empty."""
    parts: list[str] = []
    for text in (_line(cell) for cell in cells if filled(cell)):
        if all(folded(text) != folded(other) for other in parts):
            parts.append(text)
    if not parts:
        return None
    unit = next((unit for part in reversed(parts) if (unit := unit_of(part))), "")
    text = parts[-1] if _alone(parts[-1]) else "".join(parts)
    return Heading(column, text, unit, tuple(parts), depth)


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
