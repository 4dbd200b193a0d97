"""In which unit a column of money counts: what heading or unit line say, and whether the amounts can be meant so."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING

from zjtui.domain.fields import YI, Kind
from zjtui.sheets import columns
from zjtui.sheets.book import Value
from zjtui.sheets.unit_words import FACTORS, is_foreign, is_money

if TYPE_CHECKING:
    from zjtui.sheets.layout import Table
    from zjtui.sheets.mapping import Column


_YI_AT_MOST = 3_000  # a usual total is below this in 亿元 and above it in 万元
_USUAL = {  # yuan of one project, from and to; of other fields anything up to _MOST
    "total_invest": (1_000_000, 300_000_000_000),
    "plan_invest": (1_000_000, 100_000_000_000),
}
_MOST = 100_000_000_000


def with_unit(column: "Column", table: "Table", values: Sequence[Value] = ()) -> "Column":
    """Return a column with its unit; `unsure` where nobody says it, or the amounts cannot be meant in it."""
    if column.target is None or column.target.field == "uid":
        return replace(column, unit="", unsure=False)
    declared = columns.declared(column.target)
    own = column.heading.unit
    if declared.kind is not Kind.MONEY:
        return replace(column, unit="" if is_money(own) else own, unsure=False)
    if is_money(own):
        return replace(column, unit=own, unsure=False)
    numbers = [abs(number) for value in values if (number := bare_number(value)) is not None]
    middle = median(numbers) if numbers else 0
    said = table.unit if is_money(table.unit) else ""
    if is_foreign(said) or (said and (not middle or _plausible(column.target.field, middle, said))):
        return replace(column, unit=said, unsure=False)
    usual = "亿元" if declared.unit is YI else "万元"
    if declared.unit is YI:
        guess = "万元" if middle > _YI_AT_MOST else "亿元"
    else:
        guess = usual if _plausible(column.target.field, middle, usual) else "亿元" if middle < 1_000 else "元"
    doubted = said or guess != usual or table.mixed_units or (declared.unit is YI and bool(numbers or not values))
    return replace(column, unit=guess, unsure=bool(doubted and (numbers or not values)))


def _plausible(field: str, middle: float, unit: str) -> bool:
    low, high = _USUAL.get(field, (0, _MOST))
    return not middle or low <= middle * FACTORS[unit] <= high


def above_totals(plan: "Column", total: "Column", plans: Sequence[Value], totals: Sequence[Value]) -> bool:
    """Tell whether the plans of a year would exceed the totals: then one of the two units is wrong."""
    numbers = [
        [number * FACTORS[column.unit] for value in values if (number := bare_number(value)) is not None]
        for column, values in ((plan, plans), (total, totals))
        if column.unit in FACTORS
    ]
    return len(numbers) == 2 and all(numbers) and median(numbers[0]) > median(numbers[1])


def bare_number(cell: Value) -> float | None:
    """Return the number that a cell holds without a unit, as a text too; None for anything else."""
    if isinstance(cell, bool) or cell is None:
        return None
    text = unicodedata.normalize("NFKC", str(cell)).replace(",", "").strip()
    return float(text) if re.fullmatch(r"[+-]?\d{1,15}(\.\d*)?", text, re.ASCII) else None
