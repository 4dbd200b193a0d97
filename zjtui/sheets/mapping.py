"""What each column of a list means: proposed, shown with samples, corrected, and remembered for lists of its shape."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from zjtui.domain.parse import parse
from zjtui.errors import Notice, UsageError
from zjtui.i18n import N_, _, joined
from zjtui.sheets import columns, worked_out
from zjtui.sheets.book import KEY, Value
from zjtui.sheets.columns import Target
from zjtui.sheets.guess import elsewhere, guess
from zjtui.sheets.headings import Heading
from zjtui.sheets.layout import Table
from zjtui.sheets.units import with_unit

# What two columns may say together: city and county, a range of years and a month, a leader and the liaison.
SEVERAL = ("region_code", "plan_start", "person_uid", "project_uid")


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


def is_worked_out(table: Table, heading: Heading) -> bool:
    """Tell whether a column of a sheet that was exported is one that the list works out when it is looked at."""
    keyed = any(other.text.startswith(f"{KEY}:") for other in table.headings)
    return keyed and worked_out.is_heading(table.kind, heading.text)


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
    month: str = ""  # that the list is of
    more: list["Plan"] = field(default_factory=list)  # further sheets that are read alike
    told: list[Notice] = field(default_factory=list)  # of the list as a whole
    own_fixed: dict[str, str] = field(default_factory=dict)  # what holds for its rows by the sheet that it stands in
    said_fixed: set[str] = field(default_factory=set)  # what a person said for all rows
    city: str = ""  # that the list is of: what it calls its own
    left_out: tuple[str, ...] = ()  # "hidden" rows, what is "struck" out: not taken, because somebody says so
    shared: str = ""  # an amount that stands for several rows: of the "first", "even" parts, "none"; "" asks
    sums: str = ""  # what becomes of totals up to a month: a code of `usecases.import_sums.SUMS`, "" asks

    @property
    def kind(self) -> str:
        """The kind of list, a key of `columns.KINDS`."""
        return self.table.kind

    def leaves(self, what: str) -> bool:
        """Tell whether somebody said that what is "hidden" or "struck" in the file is left out."""
        return what in self.left_out

    def untaken(self, column: Column) -> str:
        """Return what is said of a column that is not taken: in which other kind of list it would be."""
        if is_worked_out(self.table, column.heading):
            return _(N_("(worked out anew, not taken)"))
        kinds = elsewhere(column.heading.text, self.kind, self.year)
        return _("(not taken; for the list of: {kinds})").format(kinds=joined(kinds)) if kinds else _("(not taken)")

    def change(self, place: int, target: Target | None) -> None:
        """Say what the column at `place` of `columns` means; a field has one column, the region two."""
        for number, column in enumerate(self.columns):
            if target and number != place and column.target == target and target.field not in SEVERAL:
                self.columns[number] = replace(column, target=None)
        self.columns[place] = with_unit(replace(self.columns[place], target=target, unsure=False), self.table)

    def change_unit(self, place: int, unit: str) -> None:
        """Say in which unit the column at `place` counts."""
        self.columns[place] = replace(self.columns[place], unit=unit, unsure=False)

    def word(self, target: Target, text: str) -> str | None:
        """Return what the person said that a text of a field means, None where nothing was said."""
        if not self.words:
            return None
        known = self.words.get(f"{target.entity}.{target.field}")
        return known.get(columns.folded(text)) if known else None

    def say(self, target: Target, text: str, means: str) -> None:
        """Take what a text of a field means, as a person would type it; "" leaves the field empty."""
        self.words.setdefault(f"{target.entity}.{target.field}", {})[columns.folded(text)] = means

    def unsay(self, field: str, text: str) -> None:
        """Forget what a text of a field ("entity.field") was said to mean: it is asked about again."""
        self.words.get(field, {}).pop(text, None)

    def kept(self) -> dict[str, Any]:
        """Return what is remembered for lists of this shape."""
        return {
            "kind": self.kind,
            "words": self.words,
            "sums": self.sums,
            "columns": {
                key: [str(column.target or ""), column.unit]
                for key, column in zip(keys_of(column.heading for column in self.columns), self.columns, strict=True)
            },
        }


def keys_of(headings: Iterable[Heading]) -> list[str]:
    """Return what each heading is remembered by; one that stands there again is another."""
    times: Counter[str] = Counter()
    found = []
    for heading in headings:
        name = columns.folded(heading.text)
        times[name] += 1
        found.append(name if times[name] == 1 else f"{name}#{times[name]}")
    return found


def shown(cell: Value) -> str:
    """Return a cell as a person reads it: whole numbers without a point, days without an hour."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 10**15:
        return str(int(cell))
    return cell.date().isoformat() if isinstance(cell, datetime) else str(cell)


def set_fixed(plan: Plan, text: str, today: date) -> None:
    """Take “field=value” for every row without a value of its own.

    Raises `UsageError` for a field there is not, `Refused` for what the field cannot hold.
    """
    name, equals, value = text.partition("=")
    entity, dot, bare = name.strip().rpartition(".")
    target = guess(name, plan.kind, plan.year) or Target(entity if dot else plan.kind, bare)
    known = target.entity in columns.KINDS[plan.kind] and target.field in columns.taken_of(target.entity, plan.kind)
    if not equals or not known:
        raise UsageError(N_("“{value}”: type field=value, with a field of this kind of list"), value=text)
    parse(columns.declared(target), value.strip(), today)
    plan.fixed[str(target)] = value.strip()
    plan.said_fixed.add(str(target))
