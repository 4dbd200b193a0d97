"""What the cells of somebody's form ask for, proposed from the labels beside and above them.

A cell is proposed where its labels name a query of the register; it is sure only where all of them were understood.
Cells with formulas or texts are never proposed, but for titles and headings that name the form's month.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from zjtui.domain import period_text
from zjtui.domain.cell_ref import Place, place_of, ref_of
from zjtui.domain.region import PROVINCE, contains
from zjtui.domain.report_template import DECIMALS, MOST_DECIMALS, UNITS_OF, FormCell, kind_of
from zjtui.sheets.form_file import FormatOf, FormFile, FormSheet
from zjtui.sheets.form_labels import Labels
from zjtui.sheets.form_words import TELLING, combined, plain
from zjtui.store.sqlite import Connection


@dataclass
class Proposal:
    """The cells that are proposed, and those with a number that is not (sheet, cell): they keep what they hold."""

    cells: list[FormCell] = field(default_factory=list)
    left: list[tuple[str, str]] = field(default_factory=list)

    @property
    def doubtful(self) -> int:
        """How many of the cells have to be confirmed."""
        return sum(not cell.sure for cell in self.cells)


def propose(form: FormFile, reader: Connection, year: int) -> Proposal:
    """Return what the form asks for, sheet by sheet; where it names no year, it is taken to be of `year`."""
    regions = region_names(reader)
    found = Proposal()
    for sheet in form.sheets:
        _Looking(sheet, regions, year).into(found)
    return found


def asked(form: FormFile, reader: Connection, year: int, cells: Sequence[FormCell], query: str) -> list[FormCell]:
    """Return cells with a query that a person gave.

    A cell that is new is of the projects and the month that its labels name, in their unit; one that is not keeps what
    it has, and its unit where it fits the query.
    """
    regions, sheets = region_names(reader), {sheet.name: sheet for sheet in form.sheets}
    looking = {name: _Looking(sheets[name], regions, year) for name in {cell.sheet for cell in cells}}
    return [looking[cell.sheet].asking(cell, query) for cell in cells]


def region_names(reader: Connection) -> dict[str, str]:
    """Return the code of every name of a region, also without its 市, 县, 区."""
    found: dict[str, str] = {}
    rows = reader.execute("SELECT uid, name_zh, name_en FROM region ORDER BY uid").fetchall()
    for row in rows:
        found.setdefault(plain(row["name_zh"]), row["uid"])
        found.setdefault(plain(row["name_en"]), row["uid"])
    for row in rows:
        found.setdefault(plain(row["name_zh"]).rstrip("市县区省"), row["uid"])
    return found


class _Looking:
    """One sheet that is looked through."""

    def __init__(self, sheet: FormSheet, regions: Mapping[str, str], year: int) -> None:
        self.sheet, self.regions = sheet, regions
        self.labels = Labels(sheet, regions, year)
        self.vague: set[str] = set()  # cells whose labels may mean two things

    def into(self, found: Proposal) -> None:
        """Add what this sheet asks for."""
        cells, (base, told) = self.cells, self.base
        cells = [cell if cell.ref not in self.vague or self._told_beside(cell, cells) else replace(cell, sure=False)
                 for cell in cells]  # fmt: skip
        for cell in cells:
            found.cells.append(cell if cell.region else replace(cell, region=base, sure=cell.sure and told))
        taken = {cell.ref for cell in cells}
        found.cells += self._months(cells)
        values = self.sheet.values
        found.left += [
            (self.sheet.name, ref_of(place))
            for place in self._open()
            if place in values and ref_of(place) not in taken and self.labels.beside(place).understood
        ]

    def asking(self, cell: FormCell, query: str) -> FormCell:
        """Return a cell with a query that a person gave."""
        place, changed = place_of(cell.ref), cell.asking(query)
        above, beside = self.labels.above(place), self.labels.beside(place)
        if not cell.query:
            region = _nested(above.region, beside.region)[0] or self.base[0]
            field9, attr = above.field9 or beside.field9, above.attr or beside.attr
            changed = replace(changed, region=region, field9=field9, attr=attr, month=self.labels.month(place))
        elif kind_of(cell.query) == kind_of(query):
            return changed
        return replace(self._counted(changed, place, above.unit or beside.unit), sure=True)

    @cached_property
    def cells(self) -> list[FormCell]:
        """What each cell asks by its own labels; the place that “total” means is not in it yet."""
        return [cell for place in self._open() if (cell := self._cell(place))]

    @cached_property
    def base(self) -> tuple[str, bool]:
        """The region that “total” means, and whether that is beyond doubt."""
        return self._whole(self.cells)

    def _open(self) -> Iterator[Place]:
        """Yield the cells that may be filled: no formula, no text, of merged ones the first."""
        top = min((place[0] for place in self.labels.texts), default=0)
        for place in sorted(self.sheet.formats):
            taken = place in self.sheet.formulas or place in self.labels.texts or self.sheet.top_left(place) != place
            if place[0] > top and not taken:
                yield place

    def _cell(self, place: Place) -> FormCell | None:
        above, beside = self.labels.above(place), self.labels.beside(place)
        if any(one.unknown or (one.rest and not one.understood) for one in (above, beside)):
            return None
        month = self.labels.month(place)
        if month and not above.queries and not beside.queries:
            above, beside = (
                self.labels.above(place, self.labels.subject),
                self.labels.beside(place, self.labels.subject),
            )
        query, sure = combined(above, beside)
        if not query or not (above.placed or beside.placed or beside.queries or month):
            return None
        region, within = _nested(above.region, beside.region)
        one = (above.field9 or beside.field9, above.attr or beside.attr)
        if query in TELLING and (above.vague or beside.vague):
            self.vague.add(ref_of(place))
        when = (self.labels.when[0], month or self.labels.when[1])
        dated = above.dated(when) and beside.dated(when)
        twice = (above.field9 and beside.field9) or (above.attr and beside.attr)
        sure = sure and within and dated and not twice
        cell = FormCell(self.sheet.name, ref_of(place), query, "", 0, region, *one, sure, month=month)
        return self._counted(cell, place, above.unit or beside.unit)

    def _counted(self, cell: FormCell, place: Place, named: str) -> FormCell:
        """Return the cell in the unit that its labels, the sheet or its format name, with its decimals."""
        shown, kind = self.sheet.formats.get(place, FormatOf()), kind_of(cell.query)
        units = UNITS_OF[kind]
        unit = named or (self.labels.unit if kind == "money" else "")
        sure = cell.sure and (unit in units if kind == "money" else unit in ("", *units) or kind == "points")
        if kind == "rate":
            unit = "fraction" if shown.percent else "percent"
        elif unit not in units:
            unit = units[0]
        decimals = DECIMALS.get(unit, 0)
        if shown.decimals is not None and kind != "count":
            decimals = min(shown.decimals + (2 if unit == "fraction" else 0), MOST_DECIMALS)
        return replace(cell, unit=unit, decimals=decimals, sure=sure)

    @staticmethod
    def _told_beside(cell: FormCell, cells: list[FormCell]) -> bool:
        """Tell whether the cells in its row or column make clear what a vague label means."""
        row, column = place_of(cell.ref)
        wanted = TELLING.get(cell.query, frozenset())
        beside = (other for other in cells if row == place_of(other.ref)[0] or column == place_of(other.ref)[1])
        return any(other.query in wanted for other in beside)

    def _whole(self, cells: list[FormCell]) -> tuple[str, bool]:
        """Return the region that “total” means, and whether that is beyond doubt.

        It is the one in the title, where a name without its 市 or 县 may be part of another word; else the city in
        which all regions of the form lie, unless that city is itself among them.
        """
        for place in sorted(self.labels.titles):
            text = plain(self.labels.texts[place])
            names = [name for name in self.regions if name in text]
            if named := {self.regions[name] for name in names}:
                small = max(named, key=lambda code: [contains(other, code) for other in named].count(True))
                whole = any(self.regions[name] == small and len(name) > 2 for name in names)
                return small, whole and all(contains(other, small) for other in named)
        regions = {cell.region for cell in cells} - {"", PROVINCE}
        cities = {f"{code[:4]}00" for code in regions}
        return (min(cities), not regions & cities) if len(cities) == 1 else ("", True)

    def _months(self, cells: list[FormCell]) -> list[FormCell]:
        """Return the titles and headings that name the form's month, to be told of each month that it is filled for."""
        first = min((place_of(cell.ref)[0] for cell in cells), default=0)
        values = self.sheet.values.items()
        heads = {place: text for place, text in values
                 if isinstance(text, str) and place[0] < first and place not in self.labels.months}  # fmt: skip
        when = period_text.month_of(heads.values())
        if when is None:
            return []
        return [
            FormCell(self.sheet.name, ref_of(place), "period", "text", text=text)
            for place, text in sorted(heads.items())
            if period_text.is_of(text, *when)
        ]


def _nested(one: str, other: str) -> tuple[str, bool]:
    """Return the smaller of two regions, and whether it lies in the other."""
    if not one or not other or contains(one, other):
        return other or one, True
    return (one, True) if contains(other, one) else (other, False)
