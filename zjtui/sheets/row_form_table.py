"""Tables with a row for each project in forms of other offices: where their headings are, and what each asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from zjtui.sheets import columns, units
from zjtui.sheets.book import Row, Sheet
from zjtui.sheets.columns import Target
from zjtui.sheets.guess import guess
from zjtui.sheets.headings import Heading, depth_of, guess_of, headings, named_months
from zjtui.sheets.layout import Table
from zjtui.sheets.mapping import Column
from zjtui.sheets.unit_words import unit_of

_LOOK = 30  # rows in which the headings are looked for
NAMING = (Target("project", "name"), Target("project", "code"))


@dataclass(frozen=True)
class Grid:
    """A sheet or a table of a form: its rows, merged cells, and cells that are never touched (formulas).

    `above` is what a document says above a table.
    """

    name: str
    rows: list[Row]
    merged: tuple[Any, ...] = ()
    locked: frozenset[tuple[int, int]] = frozenset()
    above: tuple[str, ...] = ()


def headed(grid: Grid, year: int, said: Mapping[str, str]) -> tuple[list[Heading], int] | None:
    """Return the headings of a table with a row for each project, and its first row from 0; the best of its rows."""
    best: tuple[int, list[Heading], int] | None = None
    rows = [named_months([None if cell is None else cell for cell in row]) for row in grid.rows[:_LOOK]]
    for place in range(len(rows)):
        sure = depth_of(grid.merged, place)
        for depth in (sure,) if sure else (1, 2):
            heads = headings(rows, grid.merged, place, depth, sure=bool(sure))
            if not heads:
                break
            known = {target for each in heads if (target := _asked(each, year, said))}
            if known & set(NAMING) and known - set(NAMING) and (best is None or len(known) > best[0]):
                best = (len(known), heads, place + depth)
    return best[1:] if best else None


def _asked(heading: Heading, year: int, said: Mapping[str, str]) -> Target | None:
    """Return what a heading asks: what somebody said of it, as a name or as a target, else what it is called."""
    named = said.get(columns.folded(heading.text))
    if named is None:
        return guess_of(heading, "project", year)
    target = Target.of(named)
    return target if target.entity in columns.KINDS["project"] and target.field else guess(named, "project", year)


def column(
    heading: Heading,
    heads: Sequence[Heading],
    grid: Grid,
    month: str,
    said: Mapping[str, str],
    counted: Mapping[str, str],
) -> Column:
    """Return what a column asks; what names no month is of the form's."""
    key = columns.folded(heading.text)
    year = int(month[:4])
    target = _asked(heading, year, said)
    if target and target.entity == "monthly_report" and not target.period:
        target = replace(target, period=month)
    sheet = Sheet(grid.name, lambda: iter(grid.rows), len(grid.rows))
    cells = (cell for row in grid.rows[:_LOOK] for cell in row if isinstance(cell, str))
    above = tuple(text for text in (*grid.above, *cells) if "单位" in text)
    unit = next((unit_of(text) for text in above if unit_of(text)), "")
    found = units.with_unit(Column(heading, target), Table(sheet, "project", "", unit, tuple(heads), 0, above))
    return replace(found, unit=counted[key], unsure=False) if key in counted else found
