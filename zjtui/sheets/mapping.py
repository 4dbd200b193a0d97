"""What each column of a list means: proposed, shown with samples, corrected, and remembered for lists of its shape."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from statistics import median
from typing import Any

from zjtui.domain import project_code, registry
from zjtui.domain.fields import YI, Kind
from zjtui.errors import Refused, UsageError
from zjtui.i18n import N_, _
from zjtui.sheets import columns, words
from zjtui.sheets.book import Value, filled
from zjtui.sheets.columns import Target
from zjtui.sheets.headings import Heading, guess_of
from zjtui.sheets.layout import Table

_SAMPLES, _LOOKED = 3, 200
_TITLE_MONTH = re.compile(r"(20\d\d)\s*年\s*(1[0-2]|0?[1-9])\s*月")
_YI_AT_MOST = 3_000  # a usual total is below this in 亿元 and above it in 万元


@dataclass(frozen=True)
class Column:
    """A column of a list: what it means (None: it is not taken), in which unit, and what stands in it.

    `unsure`: neither heading nor unit line names a unit, and the field is counted in two; `unit` is then a guess.
    """

    heading: Heading
    target: Target | None
    unit: str = ""
    unsure: bool = False
    samples: tuple[str, ...] = ()

    @property
    def number(self) -> int:
        """The column's place in the sheet, from 0."""
        return self.heading.column


@dataclass
class Plan:
    """How a list is read: its table, its columns, and values that hold for every row that has none of its own.

    `words` are what texts of a column mean that nobody else knows: {field: {text, folded: what a person would type}};
    "" leaves the field empty.
    """

    table: Table
    columns: list[Column]
    year: int
    fixed: dict[str, str] = field(default_factory=dict)  # target as text: what a person would type
    remembered: bool = False
    words: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The kind of list, a key of `columns.KINDS`."""
        return self.table.kind

    def untaken(self, column: Column) -> str:
        """Return what is said of a column that is not taken: in which other kind of list it would be."""
        kinds = columns.elsewhere(column.heading.text, self.kind, self.year)
        return _("(not taken; for the list of: {kinds})").format(kinds="、".join(kinds)) if kinds else _("(not taken)")

    def change(self, place: int, target: Target | None) -> None:
        """Say what the column at `place` of `columns` means; a field has one column, the region two."""
        for number, column in enumerate(self.columns):
            if target and number != place and column.target == target and target.field != "region_code":
                self.columns[number] = replace(column, target=None)
        self.columns[place] = _with_unit(replace(self.columns[place], target=target, unsure=False), self.table)

    def change_unit(self, place: int, unit: str) -> None:
        """Say in which unit the column at `place` counts."""
        self.columns[place] = replace(self.columns[place], unit=unit, unsure=False)

    def word(self, target: Target, text: str) -> str | None:
        """Return what the person said that a text of a field means, None where nothing was said."""
        known = self.words.get(f"{target.entity}.{target.field}")
        return known.get(columns.folded(text)) if known else None

    def say(self, target: Target, text: str, means: str) -> None:
        """Take what a text of a field means, as a person would type it; "" leaves the field empty."""
        self.words.setdefault(f"{target.entity}.{target.field}", {})[columns.folded(text)] = means

    def kept(self) -> dict[str, Any]:
        """Return what is remembered for lists of this shape."""
        return {
            "kind": self.kind,
            "words": self.words,
            "columns": {
                columns.folded(column.heading.text): [str(column.target or ""), column.unit] for column in self.columns
            },
        }


def propose(table: Table, year: int, kept: Mapping[str, Any] | None = None) -> Plan:
    """Return how a list is read: as a list of its shape was read before, else by names, else by what stands in it."""
    held = (kept or {}).get("columns", {})
    cells = _first_cells(table)
    found: list[Column] = []
    taken: set[Target] = set()
    of_month = _month_of(table, year)
    for heading in table.headings:
        known = held.get(columns.folded(heading.text))
        named = guess_of(heading, table.kind, year)
        target = _held(known, table.kind) if known else named
        values = [row[heading.column] for row in cells if heading.column < len(row) and filled(row[heading.column])]
        if target is None and not known:
            target = _by_values(values, table.kind)
        elif target and not known:
            target = words.fitting(target, [str(value) for value in values], table.kind, year, taken)
        target = _dated(target, table.kind, of_month)
        if target in taken and target and target.field != "region_code":
            target = None
        taken |= {target} if target else set()
        samples = tuple(dict.fromkeys(shown(value) for value in values))[:_SAMPLES]
        column = _with_unit(Column(heading, target, samples=samples), table, values)
        if known and known[1] and column.unsure:
            column = replace(column, unit=known[1], unsure=False)
        found.append(column)
    said = {target: dict(texts) for target, texts in (kept or {}).get("words", {}).items()}
    return Plan(table, found, year, remembered=bool(held), words=said)


def shown(cell: Value) -> str:
    """Return a cell as a person reads it: whole numbers without a point, days without an hour."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 10**15:
        return str(int(cell))
    return cell.date().isoformat() if isinstance(cell, datetime) else str(cell)


def _month_of(table: Table, year: int) -> str:
    """Return the month that a list is of, by its title, else by the latest that its headings name; "" for none."""
    if found := _TITLE_MONTH.search(table.title):
        return f"{found[1]}-{int(found[2]):02}"
    named = [target for heading in table.headings if (target := guess_of(heading, table.kind, year))]
    return max((target.period for target in named if target.entity == "monthly_report"), default="")


def _dated(target: Target | None, kind: str, of_month: str) -> Target | None:
    """Return a month's figure beside a project only where title or headings say of which month it is."""
    if target is None or target.entity != "monthly_report" or kind == "monthly_report" or target.period:
        return target
    return replace(target, period=of_month) if of_month else None


def _held(known: Sequence[str], kind: str) -> Target | None:
    if not known[0]:
        return None
    target = Target.of(known[0])
    fits = target.entity in columns.KINDS[kind] and target.field in registry.model(target.entity).fields()
    return target if fits else None


def _first_cells(table: Table) -> list[list[Value]]:
    return [line.cells for line in islice(table.lines(), _LOOKED) if not line.skipped]


def _by_values(values: Sequence[Value], kind: str) -> Target | None:
    """Return what a column of an unknown heading means by what stands in it: only project codes are unmistakable."""
    texts = [str(value) for value in values]
    if not texts:
        return None
    coded = 0
    for text in texts:
        try:
            project_code.normalise(text)
        except Refused:
            continue
        coded += 1
    if coded < len(texts) * 0.8:
        return None
    return Target("project", "code") if kind == "project" else Target(kind, "project_uid") if kind != "org" else None


def _with_unit(column: Column, table: Table, values: Sequence[Value] = ()) -> Column:
    if column.target is None or column.target.field == "uid":
        return replace(column, unit="", unsure=False)
    declared = columns.declared(column.target)
    if declared.kind is not Kind.MONEY:
        own = column.heading.unit
        return replace(column, unit="" if own.endswith("元") else own, unsure=False)
    unit = column.heading.unit or table.unit
    if unit.endswith("元"):
        return replace(column, unit=unit, unsure=False)
    if declared.unit is not YI:
        return replace(column, unit="万元", unsure=False)
    numbers = [number for value in values if (number := _bare_number(value)) is not None]
    guess = "万元" if numbers and median(numbers) > _YI_AT_MOST else "亿元"
    return replace(column, unit=guess, unsure=bool(numbers) or not values)


def _bare_number(cell: Value) -> float | None:
    """Return the number that a cell holds without a unit, as a text too; None for anything else."""
    if isinstance(cell, bool) or cell is None:
        return None
    text = unicodedata.normalize("NFKC", str(cell)).replace(",", "").strip()
    return float(text) if re.fullmatch(r"[+-]?\d{1,15}(\.\d*)?", text, re.ASCII) else None


def set_fixed(plan: Plan, text: str) -> None:
    """Take “field=value” for every row without a value of its own; raise `UsageError` for a field there is not."""
    name, equals, value = text.partition("=")
    entity, dot, bare = name.strip().rpartition(".")
    target = columns.guess(name, plan.kind, plan.year) or Target(entity if dot else plan.kind, bare)
    known = target.entity in columns.KINDS[plan.kind] and target.field in columns.fields_of(target.entity, plan.kind)
    if not equals or not known:
        raise UsageError(N_("“{value}”: type field=value, with a field of this kind of list"), value=text)
    plan.fixed[str(target)] = value.strip()
