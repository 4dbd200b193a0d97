"""What the cells of somebody's form ask for, proposed from the labels beside and above them.

A cell is proposed where its labels name a query of the register; it is sure only where all of them were understood.
Cells with formulas or texts are never proposed, but for titles and headings that name the form's month.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from zjtui.domain import period_text
from zjtui.domain.cell_ref import Place, place_of, ref_of
from zjtui.domain.region import PROVINCE, contains
from zjtui.domain.report_template import DECIMALS, MOST_DECIMALS, UNITS_OF, FormCell, kind_of
from zjtui.sheets.form_file import FormFile, FormSheet
from zjtui.sheets.form_words import TELLING, Side, combined, money_unit, plain, side
from zjtui.store.sqlite import Connection

_WHO = re.compile(r"(填报|填表|制表|报送|上报|审核|联系|统计)[^:]{0,6}:")
# a figure kept as text, or what stands for one that is still missing
_FIGURE = re.compile(r"\s*(?:[-+−]?[\d,]+(?:\.\d*)?\s*[%％]?|[-—–/\\*]+)\s*$")
_SPAN = r"20\d\d年度?|1[-—–~～至]+\d{1,2}月份?"  # in a title over columns of months: of none of them alone
_MONTHS_BESIDE = 3  # of so many the headings say that each column, or row, is of its own month
_WIDE = 0.6  # of the sheet's width: a merged text so wide is a title, not a heading


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
        self.width = max((place[1] for place in sheet.formats), default=0) + 1
        found = _spread(sheet)
        self.texts = {place: text for place, text in found.items() if isinstance(text, str) and not _FIGURE.match(text)}
        self.titles = {place for place in self.texts if self._is_title(place)}
        self.sides: dict[tuple[str, ...], Side] = {}
        self.vague: set[str] = set()  # cells whose labels may mean two things
        self.months = _months_beside({place: self.texts[place] for place in self.texts.keys() - self.titles})
        self.when = self._when(year)
        named = [money_unit(text) for text in self.texts.values()]
        titled = [self._side([self.texts[place]]).unit for place in sorted(self.titles)]
        self.unit = next((unit for unit in [*named, *titled] if unit in UNITS_OF["money"]), "")

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
            if place in values and ref_of(place) not in taken and self._beside(place).understood
        ]

    def asking(self, cell: FormCell, query: str) -> FormCell:
        """Return a cell with a query that a person gave."""
        place, changed = place_of(cell.ref), cell.asking(query)
        above, beside = self._above(place), self._beside(place)
        if not cell.query:
            region = _nested(above.region, beside.region)[0] or self.base[0]
            field9, attr = above.field9 or beside.field9, above.attr or beside.attr
            changed = replace(changed, region=region, field9=field9, attr=attr, month=self._month(place))
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
        top = min((place[0] for place in self.texts), default=0)
        for place in sorted(self.sheet.formats):
            taken = place in self.sheet.formulas or place in self.texts or self.sheet.top_left(place) != place
            if place[0] > top and not taken:
                yield place

    def _cell(self, place: Place) -> FormCell | None:
        above, beside = self._above(place), self._beside(place)
        if any(one.unknown or (one.rest and not one.understood) for one in (above, beside)):
            return None
        month = self._month(place)
        if month and not above.queries and not beside.queries:
            above, beside = self._above(place, self._subject), self._beside(place, self._subject)
        query, sure = combined(above, beside)
        if not query or not (above.placed or beside.placed or beside.queries or month):
            return None
        region, within = _nested(above.region, beside.region)
        one = (above.field9 or beside.field9, above.attr or beside.attr)
        if query in TELLING and (above.vague or beside.vague):
            self.vague.add(ref_of(place))
        when = (self.when[0], month or self.when[1])
        dated = above.dated(when) and beside.dated(when)
        twice = (above.field9 and beside.field9) or (above.attr and beside.attr)
        sure = sure and within and dated and not twice
        cell = FormCell(self.sheet.name, ref_of(place), query, "", 0, region, *one, sure, month=month)
        return self._counted(cell, place, above.unit or beside.unit)

    def _counted(self, cell: FormCell, place: Place, named: str) -> FormCell:
        """Return the cell in the unit that its labels, the sheet or its format name, with its decimals."""
        shown, kind = self.sheet.formats[place], kind_of(cell.query)
        units = UNITS_OF[kind]
        unit = named or (self.unit if kind == "money" else "")
        sure = cell.sure and (unit in units if kind == "money" else unit in ("", *units) or kind == "points")
        if kind == "rate":
            unit = "fraction" if shown.percent else "percent"
        elif unit not in units:
            unit = units[0]
        decimals = DECIMALS.get(unit, 0)
        if shown.decimals is not None and kind != "count":
            decimals = min(shown.decimals + (2 if unit == "fraction" else 0), MOST_DECIMALS)
        return replace(cell, unit=unit, decimals=decimals, sure=sure)

    # What stands around a cell

    @cached_property
    def _subject(self) -> str:
        """What the title asks, "" for nothing: of headings that name months alone it is the only one to say it."""
        other = re.compile("|".join([_SPAN, *(re.escape(name) for name in self.regions if len(name) > 2)]))
        asking = (other.sub("", plain(self.texts[place])) for place in sorted(self.titles))
        return next((text for text in asking if self._side([text]).queries and not self._side([text]).unknown), "")

    def _when(self, year: int) -> tuple[int, int]:
        """Return the year and month that the sheet is of: its titles say the year; month 0 where it names none."""
        titles = [self.texts[place] for place in self.titles]
        named = period_text.month_of(self.texts.values())
        years = [year for text in titles for year in period_text.named(text)[0]]
        return max(years, default=year), named[1] if named else 0

    def _month(self, place: Place) -> int:
        """Return the month that its column or row is of, 0 where they are of the form's month."""
        above = [row for row, column in self.months if column == place[1] and row < place[0]]
        beside = [column for row, column in self.months if row == place[0] and column < place[1]]
        return self.months[max(above), place[1]] if above else self.months[place[0], max(beside)] if beside else 0

    @staticmethod
    def _told_beside(cell: FormCell, cells: list[FormCell]) -> bool:
        """Tell whether the cells in its row or column make clear what a vague label means."""
        row, column = place_of(cell.ref)
        wanted = TELLING.get(cell.query, frozenset())
        beside = (other for other in cells if row == place_of(other.ref)[0] or column == place_of(other.ref)[1])
        return any(other.query in wanted for other in beside)

    def _is_title(self, place: Place) -> bool:
        """Tell whether a text is a title, a unit line, who fills it in: no heading of a column."""
        text = plain(self.texts[place])
        if ("单位" in text and money_unit(text)) or _WHO.match(text):
            return True
        if {other for (row, _column), other in self.texts.items() if row == place[0]} != {self.texts[place]}:
            return False
        for (top, left), (bottom, right) in self.sheet.merged:
            if top <= place[0] <= bottom and left <= place[1] <= right:
                return right > left and (right - left + 1) >= max(self.width * _WIDE, 2)
        return place[0] <= 2 and len(text) > 6

    def _above(self, place: Place, title: str = "") -> Side:
        """Return what the headings of its column say, with what the title says where it is given."""
        column = [(row, place[1]) for row in range(place[0] - 1, -1, -1)]
        return self._side([title, *self._nearest(column, self.titles)])

    def _beside(self, place: Place, title: str = "") -> Side:
        """Return what the labels to the left in its row say, with what the title says where it is given."""
        return self._side([title, *self._nearest([(place[0], column) for column in range(place[1] - 1, -1, -1)])])

    def _nearest(self, places: Sequence[Place], but: Collection[Place] = ()) -> list[str]:
        """Return the nearest block of texts among `places`, but those of `but`, the farthest first."""
        labels: list[str] = []
        for place in places:
            text = self.texts.get(place)
            if text is None or place in but:
                if labels:
                    break
            elif not labels or text != labels[0]:
                labels.insert(0, text)
        return labels

    def _side(self, labels: list[str]) -> Side:
        key = tuple(labels)
        if key not in self.sides:
            self.sides[key] = side(labels, self.regions)
        return self.sides[key]

    def _whole(self, cells: list[FormCell]) -> tuple[str, bool]:
        """Return the region that “total” means, and whether that is beyond doubt.

        It is the one in the title, where a name without its 市 or 县 may be part of another word; else the city in
        which all regions of the form lie, unless that city is itself among them.
        """
        for place in sorted(self.titles):
            text = plain(self.texts[place])
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
                 if isinstance(text, str) and place[0] < first and place not in self.months}  # fmt: skip
        when = period_text.month_of(heads.values())
        if when is None:
            return []
        return [
            FormCell(self.sheet.name, ref_of(place), "period", "text", text=text)
            for place, text in sorted(heads.items())
            if period_text.is_of(text, *when)
        ]


def _months_beside(texts: Mapping[Place, str]) -> dict[Place, int]:
    """Return the month of each heading that names one alone, where several lie in one row, or one column."""
    found: dict[Place, int] = {}
    for place, text in texts.items():
        years, months = period_text.named(text)
        if len(months) == 1 and not years:
            found[place] = min(months)
    lines: dict[tuple[int, int], set[int]] = {}
    for place, month in found.items():
        for axis in (0, 1):
            lines.setdefault((axis, place[axis]), set()).add(month)
    return {
        place: month
        for place, month in found.items()
        if 1 <= month <= 12 and any(len(lines[axis, place[axis]]) >= _MONTHS_BESIDE for axis in (0, 1))
    }


def _nested(one: str, other: str) -> tuple[str, bool]:
    """Return the smaller of two regions, and whether it lies in the other."""
    if not one or not other or contains(one, other):
        return other or one, True
    return (one, True) if contains(other, one) else (other, False)


def _spread(sheet: FormSheet) -> dict[Place, str | float]:
    """Return what stands in the cells, that of merged ones in each of them."""
    found = dict(sheet.values)
    for (top, left), (bottom, right) in sheet.merged:
        if (top, left) in sheet.values and (bottom - top + 1) * (right - left + 1) <= 5000:
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    found[row, column] = sheet.values[top, left]
    return found
