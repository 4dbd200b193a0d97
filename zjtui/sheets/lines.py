"""What a line below the header is: data, or a category, a total, a note, the headings again."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import islice

from zjtui.domain.codes import Codes
from zjtui.domain.fields import Kind
from zjtui.i18n import N_
from zjtui.sheets import words
from zjtui.sheets.book import Row, Value, filled
from zjtui.sheets.columns import Target, declared, folded, names
from zjtui.sheets.headings import Heading, guess_of
from zjtui.sheets.numbering import Numbering, plain_serial
from zjtui.sheets.units import bare_number

SKIPPED = Codes(
    category=N_("line|Category"),
    total=N_("line|Total"),
    note=N_("line|Note"),
    header=N_("line|Header again"),
    nothing=N_("line|Says that there is nothing"),
    part=N_("line|Part of the item above"),
    hidden=N_("line|Hidden in the file, left out"),
    struck=N_("line|Struck out in the file, left out"),
)
_HAN = "一二三四五六七八九十"
_TOTAL = re.compile(
    r"(合计|总计|小计|累计|共计|总数|汇总|total|sum|subtotal|grandtotal)|.{0,12}(小计|合计|总计|共计)|共?\d+[个项件]"
)
_SUMMING = re.compile(r"[计总数汇共]|\d\s*[个项件]|total|sum", re.IGNORECASE)  # what every total has
_NOTE = re.compile(
    r"(注|备注|说明|note|remark|(填报|填表|制表|审核|报送|联系|单位负责)[人单位日期电话方式时间]{0,4})s?\s*\d*\s*[:：、]"
    r"|[*＊※]|(请|以上|以下|上述|本表|此表|各责任|各县|各单位|共\d+[个项件])\S*[，,。；、]|[①-⑳].*[；;].*[①-⑳]"
)
_SAID = re.compile(r"请|以上|以下|上述|本表|此表|各责任单位|各县")
_DAY = re.compile(r"20\d\d[年./-]\d{1,2}([月./-]\d{1,2}日?)?月?")
# what stands before a category, by the rank that it has: (class, pattern)
_MARKS = (
    ("a", re.compile(rf"[{_HAN}]{{1,3}}\s*[、.．]|第[{_HAN}]+[类批部]")),
    ("b", re.compile(rf"[(（][{_HAN}]{{1,3}}[)）]")),
    ("c", re.compile(r"\d{1,2}\s*[、.．](?!\d)|[(（]\d{1,2}[)）]")),
    ("d", re.compile(r"[①-⑳]")),
    ("e", re.compile(r"[Ⅰ-Ⅹ]+|[IVX]{1,4}[、.．\s]|[ivx]{1,4}[、.．]")),
    ("f", re.compile(r"[A-HＡ-Ｈ]\s*(?:类|[、.．])")),
    ("g", re.compile(r"—{1,2}|–|-{2}")),
)
_SERIAL = re.compile(rf"[(（]?[{_HAN}]{{1,3}}[)）]?[、.．]?|[Ⅰ-Ⅹ]+|[IVX]{{1,4}}|[①-⑳]|[A-H]")
_COUNT = re.compile(
    r"\s*(?:[(（]\s*共?\s*\d+(?:\.0)?\s*[个项件]?\s*[)）]|共?\s*\d+(?:\.0)?\s*[个项件]|[:：]|小计|合计)+$"
)
_PLACE = re.compile(r"\S{1,8}[省市县区]")
_UNIT = re.compile(r"\S{2,14}(局|委|厅|办|委员会|管委会|集团)")
_GROUPS = re.compile(
    r"(续建|新建|新开工|前期|预备|储备|竣工|投产|计划|重大|产业|基础设施|民生|生态|实施类|预备类)[类项]?(目|项目)?"
)
_LONG = 40
_GROUPING = (Target("project", "field9"), Target("project", "attr"))  # by which lists are grouped
_BRACKET = re.compile(r"[()\[\]（）［］【】〔〕]")
_DAYS = (Kind.DATE, Kind.PARTIAL)
# the field that names what a row is about; of the others it is the project
_NAMES = {"project": "name", "org": "name", "policy": "title_text"}


class Look:
    """Looks at the lines of one list."""

    def __init__(self, headings: Sequence[Heading], kind: str) -> None:
        self._heads = [(heading.column, folded(heading.text)) for heading in headings]
        naming = Target(kind, _NAMES.get(kind, "project_uid"))
        means = {heading.column: guess_of(heading, kind, 2000) for heading in headings}
        self._name = next((column for column, target in means.items() if target == naming), None)
        serials = [heading.column for heading in headings if folded(heading.text) in ("序号", "序", "编号", "no")]
        self._serial = serials[0] if serials else None
        self._leading = [
            place for place in (self._serial, self._name, *range(headings[0].column + 1)) if place is not None
        ]
        self._all = {text for _column, text in self._heads}
        self._letters = {letter for text in self._all for letter in text}
        self._known = {*names(kind), "序号", "编号", "no"}
        self._wide = len(headings) > 3
        self._named_by_project = naming.field == "project_uid"
        self._own = {column for column, target in means.items() if target and column not in self._leading}
        self._days = {column for column, target in means.items() if target and declared(target).kind in _DAYS}
        self._numbers = Numbering(numbered=self._serial is not None)

    def what(self, row: Row) -> str:
        """Return what a line is, a code of `SKIPPED`: "" for data."""
        what = self._what(row)
        if not what:
            self._item(row)
        return what

    def _what(self, row: Row) -> str:
        there = [cell for cell in row if filled(cell)]
        # The first three tell: a line of data has more, and looking at all of them takes its time.
        said = (cell.strip() for cell in there if isinstance(cell, str) and bare_number(cell) is None)
        texts = list(islice(said, 3))
        if self._header_again(row, len(there)) or self._other_header(there):
            return "header"
        if self._part(row):
            return "part"
        if not texts:
            return ""
        lead = texts[0]
        if any(_is_total(text) for text in texts[:2]):
            return "total"
        if self._counted(row) or self._goes_on(row, there):
            return ""
        if len(there) <= 4 and (_NOTE.match(lead) or self._dated(row, lead, len(there))):
            return "note"
        if len(there) == 1 and _SAID.match(lead):
            return "note"
        if len(texts) <= 2 and self._marked(row, texts):
            return "category"
        if len(there) == 1 and (len(lead) > 60 or (self._wide and lead != self._text(row, self._name))):
            return "note"
        return ""

    def category(self, row: Row) -> str:
        """Return the text of a category: its mark and its name, which may stand in two cells."""
        texts = [cell.strip() for cell in row if isinstance(cell, str) and cell.strip()]
        if len(texts) > 1 and _SERIAL.fullmatch(texts[0]):
            return f"{texts[0].rstrip('、.．')}、{texts[1]}" if texts[0][0] not in "(（①②③④⑤" else "".join(texts[:2])
        return texts[0]

    def _dated(self, row: Row, lead: str, there: int) -> bool:
        """Tell whether a line is the day of the list: one that stands alone, or in no column of days."""
        if not _DAY.fullmatch(lead):
            return False
        return there == 1 or not any(self._text(row, column) == lead for column in self._days)

    def _marked(self, row: Row, texts: Sequence[str]) -> bool:
        """Tell whether a line of one or two texts, and perhaps sums, is a category."""
        serial = self._text(row, self._serial)
        if len(texts) == 2:
            return bool(_SERIAL.fullmatch(serial)) and texts[0] == serial
        return _is_category(texts[0]) and texts[0] in [self._text(row, place) for place in self._leading]

    def _counted(self, row: Row) -> bool:
        """Tell whether a line has a number in the list, as data have."""
        place = self._serial
        return place is not None and place < len(row) and bare_number(row[place]) is not None

    def _goes_on(self, row: Row, there: Sequence[Value]) -> bool:
        """Tell whether a line says something of the project above: its own cell is empty, and so are those before."""
        if not self._named_by_project or self._name is None or any(filled(cell) for cell in row[: self._name + 1]):
            return False
        return any(column < len(row) and filled(row[column]) for column in self._own)

    def _part(self, row: Row) -> bool:
        """Tell whether a line is a part of the item above."""
        if self._named_by_project or self._name is None:
            return False
        return any(
            self._numbers.part(self._number(row), self._raw(row, self._name), self._text(row, place))
            for place in self._leading
        )

    def _item(self, row: Row) -> None:
        """Note a line of data, that may have parts; what is called like a group of projects has none."""
        if self._named_by_project or self._name is None or _is_category(self._text(row, self._name)):
            return
        self._numbers.item(self._number(row))

    def _number(self, row: Row) -> str:
        cell = row[self._serial] if self._serial is not None and self._serial < len(row) else None
        return plain_serial(cell) if filled(cell) else ""

    def _raw(self, row: Row, column: int) -> str:
        cell: Value = row[column] if column < len(row) else None
        return cell if isinstance(cell, str) else ""

    def _text(self, row: Row, column: int | None) -> str:
        return "" if column is None else self._raw(row, column).strip()

    def _header_again(self, row: Row, there: int) -> bool:
        """Tell whether two cells at least, and three of five, say what stands over them."""
        inside, left = 0, there
        for column, head in self._heads:
            cell = row[column] if column < len(row) else None
            if filled(cell):
                inside += isinstance(cell, str) and self._is_head(cell, head)  # a 7 under “7月” is an amount
                left -= 1
                if inside + left < there * 0.6:
                    return False
        return inside >= 2 and inside >= there * 0.6

    def _is_head(self, cell: str, head: str) -> bool:
        """Tell whether a cell says what stands over it, or over another column; most begin with no letter of these."""
        first = cell.lstrip()[:1].casefold()
        if first not in self._letters and first.isalnum():
            return False
        text = folded(cell)
        return text in head or text in self._all

    def _other_header(self, there: Sequence[Value]) -> bool:
        """Tell whether a line names the columns of another table: nothing but names of fields that are known."""
        if len(there) < 3 or not all(isinstance(cell, str) for cell in there) or folded(there[0]) not in self._known:
            return False
        return sum(folded(cell) in self._known for cell in there) >= max(3, len(there) * 0.6)


def _is_total(text: str) -> bool:
    if len(text) > _LONG or not _SUMMING.search(text):
        return False
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).casefold().rstrip(":")
    bare = re.sub(r"\(.*", "", plain)
    return bool(_TOTAL.fullmatch(plain) or (bare and _TOTAL.fullmatch(bare)))


def _is_category(text: str) -> bool:
    if len(text) > _LONG:
        return False
    if mark(text) != "u":
        return True
    bare = _COUNT.sub("", text).strip()
    if bare != text:
        return bool(bare)
    return bool(_GROUPS.fullmatch(bare) or _PLACE.fullmatch(bare) or _UNIT.fullmatch(bare) or _is_code(bare))


@lru_cache(maxsize=1_000)  # the groups of a list; what is called otherwise is another text in each row
def _is_code(text: str) -> bool:
    """Tell whether a text is the name of a field or an attribute, and nothing else; most begin like none of these."""
    first = unicodedata.normalize("NFKC", text.lstrip()[:1]).casefold()
    if first.isalnum() and first not in _first_letters() and not _BRACKET.search(text):
        return False
    return any(words.understood(target, wanted, 0) for target in _GROUPING for wanted in (text, plain_name(text)))


@cache
def _first_letters() -> frozenset[str]:
    return frozenset(name[:1] for target in _GROUPING for name in words.known(target))


def plain_name(text: str) -> str:
    """Return a category's name without what it is of: “水网提升安澜领域”, “社会民生类项目”."""
    return re.sub(r"(领域|类项目|项目|类|工程)$", "", text)


def mark(text: str) -> str:
    """Return the class of what stands before a category's name: “一、” is another than “（一）”; "u" for nothing."""
    found = next((name for name, pattern in _MARKS if (hit := pattern.match(text)) and hit.end() < len(text)), "")
    if found:
        return found
    return "u"


def unmarked(text: str) -> str:
    """Return a category's name without its mark and its count."""
    hit = next((hit for _name, pattern in _MARKS if (hit := pattern.match(text))), None)
    return _COUNT.sub("", (text[hit.end() :] if hit else text).strip()).strip()


def under(kept: list[str], text: str) -> list[str]:
    """Return the categories in force once `text` begins: it ends the one of its class, and what stood below that."""
    mine = _class(text)
    place = next((number for number, other in enumerate(kept) if _class(other) == mine), len(kept))
    return [*kept[:place], text]


def _class(text: str) -> str:
    found = mark(text)
    return "place" if found == "u" and _PLACE.fullmatch(_COUNT.sub("", text).strip()) else found
