"""Where the list is in a sheet: title, unit line, header of one or two rows; and what each line below it is.

Nothing below the header is passed over silently: a line is data, or it is one of `SKIPPED` and is listed as such.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TypeVar

from zjtui.domain.fields import Kind
from zjtui.errors import UsageError
from zjtui.i18n import N_
from zjtui.sheets.book import KEY, Row, Sheet, Value, filled
from zjtui.sheets.columns import BESIDE, KINDS, Target, declared, folded
from zjtui.sheets.headings import Heading, depth_of, guess_of, headings, named_months
from zjtui.sheets.lines import Look, under
from zjtui.sheets.number_format import Scale
from zjtui.sheets.unit_words import unit_of
from zjtui.sheets.units import bare_number

_Mark = TypeVar("_Mark")
LOOK = 60  # rows in which a header is looked for
_WIDEST = 400  # columns
_SURE = 3  # columns of a project that are known: a list of projects beyond doubt
_Found = tuple[float, int, list[Heading], set[Target]]  # score, place, headings, what they mean
_NO_TITLE = re.compile(
    r"附[件表录]|表\s*\d|(填报|编制|制表|报送)?(单位|日期|时间|部门)[:：(（]|[(（]?单位|机密|秘密|内部"
)
_HINTS = {
    "contact": re.compile(r"联系服务|领导联系|联系项目|联系重点|包联|挂联|包干|contact", re.IGNORECASE),
    "issue": re.compile(r"问题|交办|困难|issue|problem", re.IGNORECASE),
    "service": re.compile(r"审批|绿色通道|手续|代办|service", re.IGNORECASE),
    "org": re.compile(r"通讯录|单位名单|单位名录|organi[sz]ation", re.IGNORECASE),
    "follow_up": re.compile(r"走访|督导记录|服务记录|调研记录|下沉服务|visit", re.IGNORECASE),
    "element_need": re.compile(r"要素", re.IGNORECASE),
    "policy": re.compile(r"政策", re.IGNORECASE),
    "monthly_report": re.compile(r"月报|monthly", re.IGNORECASE),
}


_NEEDED = {  # without these columns a list is of another kind
    "follow_up": {"visit_date", "findings"},
    "element_need": {"element", "need"},
    "policy": {"title_text", "package"},
}


@dataclass(frozen=True)
class Line:
    """A line below the header: `number` as the file counts it; `skipped` is "" for data, else a code of `SKIPPED`.

    `categories` are the headings between the data that it stands under, the nearest last. By column: `wrong` cells,
    `scales` of numbers, `struck` and `unseen` ones, `cut` texts as they stand with a part struck out (the cells hold
    the rest), and amounts that are `shared` by the rows from one to another.
    """

    number: int
    cells: Row
    skipped: str = ""
    categories: tuple[str, ...] = ()
    wrong: dict[int, str] = field(default_factory=dict)
    scales: dict[int, Scale] = field(default_factory=dict)
    struck: frozenset[int] = frozenset()
    unseen: frozenset[int] = frozenset()
    shared: dict[int, tuple[int, int]] = field(default_factory=dict)
    hidden: bool = False
    cut: dict[int, Value] = field(default_factory=dict)
    again: tuple[Heading, ...] = ()  # headings that hold from here on


@dataclass(frozen=True)
class Table:
    """A list found in a sheet: its kind, title, headings, the unit of a line “单位：万元”, its first row."""

    sheet: Sheet
    kind: str
    title: str
    unit: str
    headings: tuple[Heading, ...]
    first: int  # number of the first row below the header
    above: tuple[str, ...] = ()  # texts above the header

    @property
    def mixed_units(self) -> bool:
        """Whether a unit line names two units of money."""
        return any("单位" in text and "亿" in text and "万" in text for text in self.above)

    @property
    def shape(self) -> str:
        """What lists of the same shape have in common: their headings."""
        return "|".join(folded(heading.text) for heading in self.headings)

    def lines(self) -> Iterator[Line]:
        """Yield every line below the header that is not empty."""
        look, heads = Look(self.headings, self.kind), self.headings
        kept: list[str] = []
        fills = _fills(self.sheet, self.first)
        marks = self.sheet.marks
        wrongs, scales, kept_texts = _by_row(marks.wrong), _by_row(marks.scales), _by_row(marks.kept)
        struck, unseen = (_by_row(dict.fromkeys(places, "")) for places in (marks.struck, marks.unseen))
        for number, row in enumerate(self.sheet.rows(), 1):
            if number < self.first:
                continue
            filled_in, shared = fills.at(number - 1, row)
            for column, value in filled_in.items():
                row[column] = value
            wrong, cut = wrongs.get(number, {}), _cut(row, kept_texts.get(number))
            if not wrong and not any(filled(cell) for cell in row):
                continue
            what = look.what(row)
            again = _others(row, heads) if what == "header" else ()
            if again:
                look, heads = Look(again, self.kind), again
            if wrong and what != "total":  # its sums are worked out anew, whatever stands in them
                what = ""
            line = Line(
                number, row, what, tuple(kept), wrong, scales.get(number, {}), frozenset(struck.get(number, ())),
                frozenset(unseen.get(number, ())), shared, number in marks.hidden, cut, again,
            )  # fmt: skip
            yield line
            if what == "category":
                kept = under(kept, look.category(row))


def find_table(sheets: Sequence[Sheet], kind: str = "", year: int = 0) -> Table:
    """Return the list of a book: of the sheet and kind whose headings are known best; `kind` settles the kind."""
    best: tuple[float, Table] | None = None
    for sheet in sheets:
        each = [found for wanted in ([kind] if kind else KINDS) if (found := _in_sheet(sheet, wanted, year))]
        own = max(each, key=lambda found: found[0], default=None)
        if own and (best is None or _before(own[1].kind, best[1].kind, own[0], best[0])):
            best = own
    if best is None:
        raise UsageError(
            N_("No list was found: a row has to name the columns (two at least that are known, as 项目名称, 总投资)"),
            rule="L-30",
        )
    return best[1]


def _uppermost(found: list[_Found]) -> _Found:
    """Return the header that is known best, else one above it that says a part of the same: no table is passed over."""
    best = max(found, key=lambda each: (each[0], -each[1]))
    above = [
        each for each in found if len(each[3]) >= _SURE and each[1] + each[2][0].depth < best[1] and each[3] <= best[3]
    ]
    if not above:
        return best
    _score, place, heads, known = min(above, key=lambda each: (each[1], -each[0]))
    return best[0], place, heads, known


def _before(kind: str, other: str, score: float, best: float) -> bool:
    """Tell whether a sheet is read rather than another: projects before what hangs on them, else what is known best."""
    first, second = kind == "project" and score >= _SURE, other == "project" and best >= _SURE
    return score > best if first == second else first


def _in_sheet(sheet: Sheet, kind: str, year: int) -> tuple[float, Table] | None:
    rows = [named_months(row[:_WIDEST]) for row in islice(sheet.rows(), LOOK)]
    merged = sheet.merged
    if rows and rows[0] and str(rows[0][0]).startswith(f"{KEY}:"):  # an exported sheet
        return 1000.0, Table(sheet, kind, "", "", tuple(headings(rows, merged, 0, 1) or ()), 2)
    found: list[_Found] = []
    for place, row in enumerate(rows):
        texts = [cell for cell in row if filled(cell)]
        if len(texts) < 2 or sum(isinstance(cell, str) for cell in texts) < len(texts) * 0.8:
            continue
        sure = depth_of(merged, place)
        for depth in (sure,) if sure else (1, 2, 3):
            heads = headings(rows, merged, place, depth, sure=bool(sure))
            if heads is None:
                break
            known = {target for head in heads if (target := guess_of(head, kind, year))}
            if not _NEEDED.get(kind, set()) <= {target.field for target in known if target.entity == kind}:
                continue
            own = sum(
                1.0 if target.entity == kind else 0.0 if (kind, target.entity) in BESIDE else 0.5 for target in known
            )
            if kind == "project" and Target("monthly_report", "month") in known:
                own *= 0.4  # each row is a project in a month
            if kind == "monthly_report" and _months(heads, year) > 1:
                own *= 0.4  # each column is a month of a project
            score = own + 0.01 * len(known) / max(len(heads), 1) - (0 if sure else 0.1 * (depth - 1))
            if len(known) >= 2 and own >= 2:
                found.append((score, place, heads, known))
    if not found:
        return None
    score, place, heads, known = _uppermost(found)
    amounts = any(declared(target).kind is Kind.MONEY for target in known)
    first = place + heads[0].depth
    above = [cell.strip() for row in rows[:place] for cell in row if isinstance(cell, str) and cell.strip()]
    inside = [cell for row in rows[place:first] for cell in row if isinstance(cell, str)]
    unit = next((unit_of(cell) for cell in (*above, *inside) if "单位" in cell and unit_of(cell)), "")
    title = next((text for text in above if not _NO_TITLE.match(text)), above[0] if above else "")
    if kind == "project" and not amounts and any(hint.search(title) for hint in _HINTS.values()):
        score *= 0.5  # a list of what the title says, beside projects that are only named
    return score + _hinted(title, kind), Table(sheet, kind, title, unit, tuple(heads), first + 1, tuple(above))


def _months(heads: Sequence[Heading], year: int) -> int:
    """Return how many columns are each of a month of its own."""
    targets = (guess_of(head, "project", year) for head in heads)
    return len({target for target in targets if target and target.field == "invest_month" and target.period})


def _hinted(title: str, kind: str) -> float:
    """Return what a title adds to the kind that it speaks of."""
    hint = _HINTS.get(kind)
    return 0.8 if hint and hint.search(title) else 0.0


@dataclass
class _Fills:
    """The values of cells that are merged downwards, by row: a text holds for each, an amount only once."""

    spans: list[tuple[int, int, int]]  # first row, last row, column; all from 0
    held: dict[int, Value] = field(default_factory=dict)

    def at(self, place: int, row: Row) -> tuple[dict[int, Value], dict[int, tuple[int, int]]]:
        """Return what is filled into the row at `place`, and the rows, from 1, that share an amount with it."""
        found, shared = {}, {}
        for first, last, column in self.spans:
            if place == first and column < len(row):
                self.held[column] = row[column]
            if first <= place <= last and bare_number(self.held.get(column)) is not None:
                shared[column] = (first + 1, last + 1)
            elif first < place <= last and column < len(row) and not filled(row[column]):
                found[column] = self.held.get(column)
        return found, shared


def _cut(row: Row, kept: Mapping[int, str] | None) -> dict[int, Value]:
    """Take what is struck out inside a text from the cells of a row; return these as they stood."""
    stood = {column: row[column] for column in kept or () if column < len(row)}
    for column in stood:
        row[column] = kept[column].strip() if kept else None
    return stood


def _others(row: Row, heads: tuple[Heading, ...]) -> tuple[Heading, ...]:
    """Return the headings of a row where they are others than those in force: in another order, or unit."""
    found = tuple(headings([named_months(row)], None, 0, 1) or ())
    known = {heading.column: (folded(heading.text), heading.unit) for heading in heads}
    return found if any(known.get(one.column) != (folded(one.text), one.unit) for one in found) else ()


def _by_row(marks: Mapping[tuple[int, int], _Mark]) -> dict[int, dict[int, _Mark]]:
    found: dict[int, dict[int, _Mark]] = {}
    for (row, column), what in marks.items():
        found.setdefault(row, {})[column] = what
    return found


def _fills(sheet: Sheet, first: int) -> _Fills:
    spans = [
        (top, bottom, left)
        for (top, left), (bottom, right) in sheet.merged or ()
        if bottom > top and right == left and bottom >= first - 1
    ]
    return _Fills(spans)


def retitled(table: Table, kind: str, year: int) -> Table:
    """Return the same list read as another kind; the headings stay."""
    return replace(find_table([table.sheet], kind, year), title=table.title)
