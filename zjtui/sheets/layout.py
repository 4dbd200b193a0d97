"""Where the list is in a sheet: title, unit line, header of one or two rows; and what each line below it is.

Nothing below the header is passed over silently: a line is data, or it is one of `SKIPPED` and is listed as such.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from zjtui.domain.codes import Codes
from zjtui.errors import UsageError
from zjtui.i18n import N_
from zjtui.sheets.book import Row, Sheet, Value, filled
from zjtui.sheets.columns import KEY, KINDS, folded, unit_of
from zjtui.sheets.headings import Heading, guess_of, headings

_LOOK = 60  # rows in which a header is looked for
_WIDEST = 400  # columns
SKIPPED = Codes(
    category=N_("line|Category"),
    total=N_("line|Total"),
    note=N_("line|Note"),
    header=N_("line|Header again"),
)
_NO_TITLE = re.compile(
    r"附[件表录]|表\s*\d|(填报|编制|制表|报送)?(单位|日期|时间|部门)[:：(（]|[(（]?单位|机密|秘密|内部"
)
_CITY = re.compile(r"(?:^|[^\u4e00-\u9fff]|[省年月])([\u4e00-\u9fff]{2}市)")
_TOTAL = re.compile(r"(合计|总计|小计|累计|共计|总数|汇总|total|sum|subtotal|grand total)")
_NOTE = re.compile(
    r"(注|备注|说明|note|remark|(填报|填表|制表|审核|报送|联系|单位负责)[人单位日期电话方式时间]{0,4})s?\s*\d*\s*[:：、]"
)
_CATEGORY = re.compile(
    r"([一二三四五六七八九十]+、|[(（][一二三四五六七八九十\d]+[)）]|[①-⑳]|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+|[ivx]+[.、]|第[一二三四五六七八九十]+[类批部]|—{1,2}|–|\d+[.、])\s*\S"
)
_COUNTED = re.compile(r".*[(（]\s*共?\s*\d+(\.0)?\s*[个项]?\s*[)）]$|.*\s+\d+\s*[个项]$")
_GROUPS = re.compile(
    r"(续建|新建|新开工|前期|预备|储备|竣工|投产|计划|重大|产业|基础设施|民生|生态|实施类|预备类)[类项]?(目|项目)?$"
)


@dataclass(frozen=True)
class Line:
    """A line below the header: `number` as the file counts it; `skipped` is "" for data, else a code of `SKIPPED`.

    `categories` are the headings between the data that it stands under, the nearest last; `wrong` are cells by column.
    """

    number: int
    cells: Row
    skipped: str = ""
    categories: tuple[str, ...] = ()
    wrong: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """A list found in a sheet: its kind, title, headings, the unit of a line “单位：万元”, its first row, its city."""

    sheet: Sheet
    kind: str
    title: str
    unit: str
    headings: tuple[Heading, ...]
    first: int  # number of the first row below the header
    city: str = ""  # that is named above the header

    @property
    def shape(self) -> str:
        """What lists of the same shape have in common: their headings."""
        return "|".join(folded(heading.text) for heading in self.headings)

    def lines(self) -> Iterator[Line]:
        """Yield every line below the header that is not empty."""
        heads = [(heading.column, folded(heading.text)) for heading in self.headings]
        kept: list[str] = []
        fills = _fills(self.sheet, self.first)
        wrongs: dict[int, dict[int, str]] = {}
        for (place, column), what in self.sheet.wrong.items():
            wrongs.setdefault(place, {})[column] = what
        for number, row in enumerate(self.sheet.rows(), 1):
            if number < self.first:
                continue
            for column, value in fills.at(number - 1, row).items():
                row[column] = value
            wrong = wrongs.get(number, {})
            if not wrong and not any(filled(cell) for cell in row):
                continue
            what = "" if wrong else _what(row, heads)
            line = Line(number, row, what, tuple(kept), wrong)
            yield line
            if what == "category":
                kept = _under(kept, _first_text(row))


def find_table(sheets: Sequence[Sheet], kind: str = "", year: int = 0) -> Table:
    """Return the list of a book: of the sheet and kind whose headings are known best; `kind` settles the kind."""
    best: tuple[float, Table] | None = None
    for sheet in sheets:
        for wanted in [kind] if kind else list(KINDS):
            found = _in_sheet(sheet, wanted, year)
            if found and (best is None or found[0] > best[0]):
                best = found
    if best is None:
        raise UsageError(
            N_("No list was found: a row has to name the columns (two at least that are known, as 项目名称, 总投资)")
        )
    return best[1]


def _in_sheet(sheet: Sheet, kind: str, year: int) -> tuple[float, Table] | None:
    rows = [row[:_WIDEST] for row in islice(sheet.rows(), _LOOK)]
    merged = sheet.merged
    if rows and rows[0] and str(rows[0][0]).startswith(f"{KEY}:"):  # an exported sheet
        return 1000.0, Table(sheet, kind, "", "", tuple(headings(rows, merged, 0, 1) or ()), 2)
    best: tuple[float, int, list[Heading]] | None = None
    for place, row in enumerate(rows):
        texts = [cell for cell in row if filled(cell)]
        if len(texts) < 2 or sum(isinstance(cell, str) for cell in texts) < len(texts) * 0.8:
            continue
        for depth in (1, 2, 3):
            heads = headings(rows, merged, place, depth)
            if heads is None:
                break
            known = {guess_of(head, kind, year) for head in heads} - {None}
            own = sum(1.0 if target and target.entity == kind else 0.5 for target in known)
            score = own + 0.01 * len(known) / max(len(heads), 1) - 0.1 * (depth - 1)
            if len(known) >= 2 and own >= 2 and (best is None or score > best[0]):
                best = (score, place, heads)
    if best is None:
        return None
    score, place, heads = best
    first = place + heads[0].depth
    above = [cell.strip() for row in rows[:place] for cell in row if isinstance(cell, str) and cell.strip()]
    inside = [cell for row in rows[place:first] for cell in row if isinstance(cell, str)]
    unit = next((unit_of(cell) for cell in (*above, *inside) if "单位" in cell and unit_of(cell)), "")
    title = next((text for text in above if not _NO_TITLE.match(text)), above[0] if above else "")
    city = next((found[1] for text in above if (found := _CITY.search(text))), "")
    return score, Table(sheet, kind, title, unit, tuple(heads), first + 1, city)


@dataclass
class _Fills:
    """The values of cells that are merged downwards, by row."""

    spans: list[tuple[int, int, int]]  # first row, last row, column; all from 0
    held: dict[int, Value] = field(default_factory=dict)

    def at(self, place: int, row: Row) -> dict[int, Value]:
        """Return what is filled into the row at `place`; note the values that begin there."""
        found = {}
        for first, last, column in self.spans:
            if place == first and column < len(row):
                self.held[column] = row[column]
            elif first < place <= last and column < len(row) and not filled(row[column]):
                found[column] = self.held.get(column)
        return found


def _fills(sheet: Sheet, first: int) -> _Fills:
    spans = [
        (top, bottom, left)
        for (top, left), (bottom, right) in sheet.merged or ()
        if bottom > top and right == left and bottom >= first - 1
    ]
    return _Fills(spans)


def _what(row: Row, heads: Sequence[tuple[int, str]]) -> str:
    """Return what a line is: "" for data."""
    there = [cell for cell in row if filled(cell)]
    texts = [cell.strip() for cell in there if isinstance(cell, str)]
    if _header_again(row, heads, len(there)):
        return "header"
    lead = unicodedata.normalize("NFKC", texts[0]).strip() if texts else ""
    plain = re.sub(r"\s", "", lead).casefold()
    if len(plain) <= 12 and _TOTAL.fullmatch(re.sub(r"[(（].*|[:：]$", "", plain)):
        return "total"
    if len(there) <= 4 and _NOTE.match(lead):
        return "note"
    if len(there) == 1 and texts and len(lead) > 60:
        return "note"
    if len(there) == 1 and texts and _is_category(lead):
        return "category"
    if len(there) == 2 and len(texts) == 1 and _is_category(lead):
        return "category"  # with the count of what follows
    if len(there) <= 3 and texts and _CATEGORY.match(lead) and len(texts) == 1:
        return "category"
    return ""


def _header_again(row: Row, heads: Sequence[tuple[int, str]], there: int) -> bool:
    """Tell whether two cells at least, and three of five, say what stands over them."""
    inside, left = 0, there
    for column, head in heads:
        cell = row[column] if column < len(row) else None
        if filled(cell):
            inside += isinstance(cell, str) and folded(cell) in head  # a 7 under “7月” is an amount
            left -= 1
            if inside + left < there * 0.6:
                return False
    return inside >= 2 and inside >= there * 0.6


def _is_category(text: str) -> bool:
    plain = text.strip()
    return bool(
        (_CATEGORY.match(plain) and len(plain) <= 40)
        or _COUNTED.fullmatch(plain)
        or _GROUPS.fullmatch(plain)
        or re.fullmatch(r"\S{1,8}[省市县区]", plain)
        or re.fullmatch(r"\S{2,14}(局|委|厅|办|委员会|管委会|集团)", plain)
    )


def _first_text(row: Row) -> str:
    return next((str(cell).strip() for cell in row if isinstance(cell, str) and cell.strip()), "")


def _under(kept: list[str], text: str) -> list[str]:
    """Return the categories in force once `text` begins: “一、” ends all, “（一）” keeps the one above it."""
    if re.match(r"[(（①-⑳]|\d+[.、]", text) and kept:
        return [kept[0], text]
    return [text]


def retitled(table: Table, kind: str, year: int) -> Table:
    """Return the same list read as another kind; the headings stay."""
    return replace(find_table([table.sheet], kind, year), title=table.title)
