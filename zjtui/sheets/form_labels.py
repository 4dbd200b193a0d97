"""What stands around the cells of somebody's form: labels beside and above them, titles, months, units."""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

from zjtui.domain import period_text
from zjtui.domain.cell_ref import Place
from zjtui.domain.report_template import UNITS_OF
from zjtui.sheets.form_file import FormSheet
from zjtui.sheets.form_words import Side, money_unit, plain, side

_WHO = re.compile(r"(填报|填表|制表|报送|上报|审核|联系|统计)[^:]{0,6}:")
# a figure kept as text, or what stands for one that is still missing
_FIGURE = re.compile(r"\s*(?:[-+−]?[\d,]+(?:\.\d*)?\s*[%％]?|[-—–/\\*]+)\s*$")
_SPAN = r"20\d\d年度?|1[-—–~～至]+\d{1,2}月份?"  # in a title over columns of months: of none of them alone
_MONTHS_BESIDE = 3  # of so many the headings say that each column, or row, is of its own month
_WIDE = 0.6  # of the sheet's width: a merged text so wide is a title, not a heading


class Labels:
    """The texts of one sheet by what they are for; `when`: its year and month, `unit`: that of its amounts."""

    def __init__(self, sheet: FormSheet, regions: Mapping[str, str], year: int) -> None:
        self.sheet, self.regions = sheet, regions
        self.width = max((place[1] for place in sheet.formats), default=0) + 1
        found = _spread(sheet)
        self.texts = {place: text for place, text in found.items() if isinstance(text, str) and not _FIGURE.match(text)}
        self.titles = {place for place in self.texts if self._is_title(place)}
        self.sides: dict[tuple[str, ...], Side] = {}
        self.months = _months_beside({place: self.texts[place] for place in self.texts.keys() - self.titles})
        self.when = self._when(year)
        named = [money_unit(text) for text in self.texts.values()]
        titled = [self.side([self.texts[place]]).unit for place in sorted(self.titles)]
        self.unit = next((unit for unit in [*named, *titled] if unit in UNITS_OF["money"]), "")

    @cached_property
    def subject(self) -> str:
        """What the title asks, "" for nothing: of headings that name months alone it is the only one to say it."""
        other = re.compile("|".join([_SPAN, *(re.escape(name) for name in self.regions if len(name) > 2)]))
        asking = (other.sub("", plain(self.texts[place])) for place in sorted(self.titles))
        return next((text for text in asking if self.side([text]).queries and not self.side([text]).unknown), "")

    def _when(self, year: int) -> tuple[int, int]:
        """Return the year and month that the sheet is of: its titles say the year; month 0 where it names none."""
        titles = [self.texts[place] for place in self.titles]
        named = period_text.month_of(self.texts.values())
        years = [year for text in titles for year in period_text.named(text)[0]]
        return max(years, default=year), named[1] if named else 0

    def month(self, place: Place) -> int:
        """Return the month that its column or row is of, 0 where they are of the form's month."""
        above = [row for row, column in self.months if column == place[1] and row < place[0]]
        beside = [column for row, column in self.months if row == place[0] and column < place[1]]
        return self.months[max(above), place[1]] if above else self.months[place[0], max(beside)] if beside else 0

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

    def above(self, place: Place, title: str = "") -> Side:
        """Return what the headings of its column say, with what the title says where it is given."""
        column = [(row, place[1]) for row in range(place[0] - 1, -1, -1)]
        return self.side([title, *self._nearest(column, self.titles)])

    def beside(self, place: Place, title: str = "") -> Side:
        """Return what the labels to the left in its row say, with what the title says where it is given."""
        return self.side([title, *self._nearest([(place[0], column) for column in range(place[1] - 1, -1, -1)])])

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

    def side(self, labels: list[str]) -> Side:
        key = tuple(labels)
        if key not in self.sides:
            self.sides[key] = side(labels, self.regions)
        return self.sides[key]


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


def _spread(sheet: FormSheet) -> dict[Place, str | float]:
    """Return what stands in the cells, that of merged ones in each of them."""
    found = dict(sheet.values)
    for (top, left), (bottom, right) in sheet.merged:
        if (top, left) in sheet.values and (bottom - top + 1) * (right - left + 1) <= 5000:
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    found[row, column] = sheet.values[top, left]
    return found
