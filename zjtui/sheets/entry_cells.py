"""What stands in one cell of a list: the fields that it says something of, or what is wrong with it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from zjtui.domain import registry
from zjtui.domain.fields import F, Kind
from zjtui.domain.parse import parse
from zjtui.errors import Msg, Notice, Refused
from zjtui.i18n import N_, joined
from zjtui.sheets import columns, vague, words
from zjtui.sheets.book import filled
from zjtui.sheets.columns import Target
from zjtui.sheets.mapping import Column, Plan
from zjtui.sheets.mapping import shown as as_shown
from zjtui.sheets.number_format import Scale
from zjtui.sheets.unit_words import FACTORS, unit_of
from zjtui.sheets.values import period, plainly, typed_text
from zjtui.usecases.import_line import Fault

_NEAREST = 5  # codes that are named
_FROM_1904 = 1462  # days between the two counts
_COUNTED = (18_000, 80_000)  # what is a count of days and neither a year nor a month
_DAYS = (Kind.DATE, Kind.PARTIAL, Kind.MONTH)
_MEMO = 500  # cells of one column whose meaning is kept: regions, codes and years stand in a list again and again
Key = tuple[str, str, str]  # entity, period, field


@dataclass(frozen=True)
class Said:
    """What a cell says: fields with their values and texts; a notice where it is not what stands there."""

    fields: tuple[tuple[Key, Any, str], ...] = ()
    notice: Notice | None = None


class ReadColumn:
    """A column that is read: where it stands, what it means, and what its cells said so far."""

    def __init__(self, column: Column, target: Target, percent: bool) -> None:
        self.number, self.unit, self.head = column.number, column.unit, column.heading.text
        self.target, self.percent = target, percent
        self.key = (target.entity, target.period, target.field)
        self.field = columns.declared(target)
        self.memo: dict[tuple[type, Any, Scale | None], Said | Fault] = {}


class Cells:
    """Reads the cells of one list; `known` are the fields that its columns mean, `keyed`: it is an exported sheet."""

    def __init__(self, plan: Plan, today: date, known: set[str], *, keyed: bool) -> None:
        self.plan, self.today, self.known, self.keyed = plan, today, known, keyed
        self.from_1904 = plan.table.sheet.marks.from_1904

    def said(self, column: ReadColumn, cell: Any, scale: Scale | None = None) -> Said | Fault:
        """Return what a cell says, worked out once for what stands in a column again and again."""
        known = (type(cell), cell, scale)
        said = column.memo.get(known)
        if said is None:
            said = self._read(column, cell, scale)
            if len(column.memo) == _MEMO:
                column.memo.clear()
            column.memo[known] = said
        return said

    def _read(self, column: ReadColumn, cell: Any, scale: Scale | None) -> Said | Fault:
        """Return what a cell says of which fields, or what is wrong with it; `scale` is how its number is shown."""
        shown = as_shown(cell)
        own = self.plan.word(column.target, shown)
        if own is not None:
            cell = own
        elif isinstance(cell, int | float) and not isinstance(cell, bool):
            in_percent = (
                scale is not None and scale[1] == "%" and column.field.kind in (Kind.NUMBER, Kind.INT, Kind.PERCENT)
            )
            if column.percent or in_percent:
                cell = round(cell * 100, 9)
            elif scale and column.field.kind is Kind.MONEY and scale[1] != "%":
                return self._scaled(column, cell, scale)
            elif self.from_1904 and column.field.kind in _DAYS and _COUNTED[0] <= cell <= _COUNTED[1]:
                cell += _FROM_1904
        plain = vague.plainly(cell, column.field, self.plan.year, column.unit)
        notice, unit = None, column.unit
        taken = not self.keyed or column.field.kind in (Kind.DATE, Kind.PARTIAL)  # of an export, what was typed since
        if plain is not None and taken and not self._coded(column, cell):
            notice = told(column, shown, plain) if plain.told else None
            cell, unit = plain.text, "" if plain.counted else unit
        try:
            fields = tuple(self._values(column, cell, unit)) if filled(cell) else ()
            if notice and column.field.kind is Kind.DATE:  # a month, of which the day is only taken
                fields = tuple((key, value, shown if key == column.key else text) for key, value, text in fields)
            if notice is None and "\ufffd" in shown:
                text = N_("{column}: letters of “{value}” could not be read (�)")
                notice = Notice(text, rule="L-23", column=column.head, value=shown[:60])
            return Said(fields, notice)
        except Refused as refusal:
            return Fault(column.head, shown, _why(column.field, shown, refusal), refusal.rule, column.key)

    def _scaled(self, column: ReadColumn, cell: float, scale: Scale) -> Said | Fault:
        """Return an amount that is shown in another unit than it is kept in. Rule L-20."""
        times, shown = scale
        unit = unit_of(f"({shown})") if shown else column.unit
        factor, left = divmod(FACTORS.get(unit, 0), times)
        if left or factor not in FACTORS.values():
            why = N_("The cell holds {value} and shows it divided by {times}: say what it means (Enter, or --word)")
            value = plainly(Decimal(repr(cell)))
            return Fault(column.head, value, Msg(why, value=value, times=f"{times:,}"), "L-20", column.key)
        text = plainly(Decimal(repr(cell)) * factor) + "元"
        try:
            said = parse(column.field, text, self.today)
        except Refused as refusal:
            return Fault(column.head, text, _why(column.field, text, refusal), refusal.rule, column.key)
        notice = told(column, plainly(Decimal(repr(cell))), vague.Plainly(text, told=True)) if times > 1 else None
        return Said(((column.key, said, text),), notice)

    def _coded(self, column: ReadColumn, cell: Any) -> bool:
        """Tell whether offices have a word of their own for what stands in a cell, as “立行立改” for a day."""
        return isinstance(cell, str) and words.meant(column.target, cell, self.plan.year)[0] != column.target

    def _values(self, column: ReadColumn, cell: Any, unit: str) -> Iterator[tuple[Key, Any, str]]:
        """Yield what a cell says; an end of a period, or another field's code, may be among it."""
        target, text = words.meant(column.target, cell, self.plan.year) if isinstance(cell, str) else (None, "")
        if target and target != column.target:
            yield (target.entity, target.period, target.field), parse(columns.declared(target), text, self.today), text
            return
        target, field = column.target, column.field
        text = typed_text(text if isinstance(cell, str) else cell, field, unit)
        entity, own_period, _name = column.key
        if field.kind is Kind.PARTIAL and (ends := period(text)):
            other = target.field.replace("_start", "_end")
            if other != target.field and str(Target(target.entity, other, target.period)) not in self.known:
                ending = registry.model(target.entity).fields()[other]
                yield (entity, own_period, other), parse(ending, ends[1], self.today), ends[1]
            text = ends[0]
        if field.kind is Kind.MONTH and re.fullmatch(r"\d{1,2}月?", text):
            text = f"{self.plan.year}-{text.rstrip('月')}"
        yield (target.entity, target.period, target.field), parse(field, text, self.today), text


def fraction(plan: Plan, column: Column, target: Target) -> bool:
    """Tell whether a column holds percentages as fractions, as a workbook keeps “75%”."""
    marked = any(scale[1] == "%" for scale in plan.table.sheet.marks.scales.values())
    if columns.declared(target).kind is not Kind.PERCENT or column.unit == "%" or marked:
        return False
    cells = [
        line.cells[column.number] for line in plan.table.lines() if not line.skipped and column.number < len(line.cells)
    ]
    numbers = [float(cell) for cell in cells if isinstance(cell, int | float)]
    return bool(numbers) and max(numbers) <= 1 and any(number % 1 for number in numbers)


def told(column: ReadColumn, shown: str, plain: vague.Plainly) -> Notice:
    """Return that a cell is taken otherwise than it stands. Rule L-16."""
    text = N_("{column}: “{value}” is taken as {text}") if plain.text else N_("{column}: “{value}” is left out")
    return Notice(text, rule="L-16", column=column.head, value=shown, text=plain.text)


def wrong(column: ReadColumn, what: str) -> Fault:
    """Return why a cell without a value is refused. Rule L-03."""
    msgid = N_("The cell holds the error {what}")
    if what == "formula":
        msgid = N_("A formula without a value: open the file, let it calculate, and save it")
    return Fault(column.head, what, Msg(msgid, what=what), "L-03", column.key)


def _why(field: F, shown: str, refusal: Refused) -> Msg:
    """Return why a cell is refused; of many codes the nearest are named, not all."""
    if field.codes is None or refusal.rule != "G-01":
        return Msg(refusal.msgid, **refusal.params)
    from rapidfuzz import process

    labels = [field.codes.label(code) for code in field.codes]
    near = [found[0] for found in process.extract(shown, labels, limit=_NEAREST)]
    text = N_("“{value}” is none of the known ones; near are {choices}. Say once what it means (Enter, or --word)")
    return Msg(text, value=shown, choices=joined(near))
