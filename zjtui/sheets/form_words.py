"""What the labels beside and above a cell of somebody's form say: which query, of which projects, in which unit.

A label is understood whole or not at all: what is left over once everything known was taken out makes it doubtful, and
words that ask for what the register does not know (the year before, growth, ranks) make the cell stay empty.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from zjtui import config
from zjtui.domain import period_text
from zjtui.domain.codes import Codes
from zjtui.domain.project_codes import ATTRS, FIELDS9
from zjtui.domain.report_template import QUERIES
from zjtui.i18n import every_language

NAMES = "form_names.csv"
_UNITS = {"亿元": "yi", "亿": "yi", "万元": "wan", "万": "wan", "元": "yuan", "%": "percent", "百分点": "points",
          "个": "count", "项": "count", "个数": "count"}  # fmt: skip
_BRACKET = re.compile(r"[(\[](?:单位[::]?)?([^()\[\]]{1,12})[)\]]")
_AT_END = re.compile(r"(?:亿元|万元|百分点|%)$")
_NUMBERING = re.compile(
    r"^(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．,]|[(（][一二三四五六七八九十\d]{1,3}[)）])"
)
_SERIAL = re.compile(r"[一二三四五六七八九十]{1,3}|\d{1,3}|[(][一二三四五六七八九十\d]{1,3}[)]|[-—–/无]+")
_UP_TO = re.compile(r"1[-—–~～至]+\d{1,2}月份?|截[至止](?:\d{1,2}月)?底?|\d{1,2}月[底末]|累计|今年以来|年初以来")
_SINCE = re.compile(r"累计|截[至止]")
_SINGLE = re.compile(r"(?<![\d\-—–~～至])\d{1,2}月份?(?!底)|当月|本月")
_FROM_JANUARY = re.compile(r"1[-—–~～至]+\d{1,2}月|今年|本年|年度|年初|当年")
_VAGUE_NEW = frozenset({"新开工", "新开工项目", "新开工项目数", "新开工项目个数"})  # planned ones, or those begun?
_YEAR = re.compile(r"20\d\d年度?")
_UNKNOWN = re.compile(
    r"同比|环比|增长|增速|增幅|上年|去年|同期|上月|下月|下步|[红黄绿]灯|亮灯|排名|名次|位次|占比|比重|开工以来|建成以来|历年|备注|说明"
    r"|原因|联系人|电话|责任|预计|下达|备案|序号|日期"
)
_TOTAL = frozenset({"合计", "总计", "全省", "全市", "全县", "全区", "全省合计", "全市合计", "总数", "共计", "total"})
_PLAIN = re.compile(
    r"千项万亿|[各分逐按]月|重大|建设|投资|情况|项目|完成|进展|年度|指标|其中|全年|本年|今年|当年|累计|实际|截至|截止|目前|工程|进度"
    r"|统计|名称|数据|以来|合计|总额|数额|数值|数量|金额|地区|区域|单位|县市区|市县|市、县|类别|分类|内容|本期|绝对值"
    r"|开工情况|问题情况|问题整改|整改情况|投资计划|底|末|额|数|值|省|市|县|区|的|[、,,;;::()]"
)
_ABSORBS: Mapping[str, frozenset[str]] = {  # query: what may stand beside it without asking anything else
    "completion_rate": frozenset({"done", "plan"}), "expected": frozenset({"done"}), "done_month": frozenset({"done"}),
    "new": frozenset({"projects"}), "started": frozenset({"new", "projects"}),
    "started_month": frozenset({"new", "started", "projects"}), "unstarted": frozenset({"new", "projects"}),
    "commencement_rate": frozenset({"new", "started"}), "due": frozenset({"projects", "new"}),
    "due_started": frozenset({"due", "started", "projects"}), "due_rate": frozenset({"due", "due_started", "started"}),
    "problems": frozenset({"projects"}), "problems_closed": frozenset({"problems", "projects"}),
    "problems_open": frozenset({"problems", "projects"}), "solving_rate": frozenset({"problems", "problems_closed"}),
}  # fmt: skip
_OF_ONE_MONTH = {"done": "done_month", "done_month": "done_month", "started": "started_month", "new": "started_month",
                 "started_month": "started_month"}  # fmt: skip
_STARTED_AS_DUE = {"due", "started"}
_MONEY = ("yi", "wan", "yuan")


@dataclass
class Side:
    """What the labels on one side of a cell say; `rest` is what was not understood, `unknown`: it cannot be told."""

    queries: list[str] = field(default_factory=list)
    region: str = ""
    field9: str = ""
    attr: str = ""
    total: bool = False
    unit: str = ""
    single: bool = False
    rest: str = ""
    unknown: bool = False
    years: set[int] = field(default_factory=set)
    months: set[int] = field(default_factory=set)
    vague: bool = False  # it may mean two things: planned or begun, since January or since the project's start

    @property
    def placed(self) -> bool:
        """Whether it says of which projects."""
        return bool(self.region or self.field9 or self.attr or self.total)

    def dated(self, when: tuple[int, int]) -> bool:
        """Tell whether it names no other year or month than those of the form; month 0 is not known."""
        return self.years <= {when[0]} and (not when[1] or self.months <= {when[1]})

    @property
    def understood(self) -> bool:
        """Whether anything in it helps."""
        return self.placed or bool(self.queries)


def side(labels: Sequence[str], regions: Mapping[str, str]) -> Side:
    """Return what labels say, the general ones first; `regions` are codes by name."""
    found = Side()
    words = []
    for label in labels:
        text = plain(label)
        years, months = period_text.named(text)
        found.years |= years
        found.months |= months
        for unit in _BRACKET.findall(text):
            found.unit = _UNITS.get(unit.lstrip("±"), found.unit)
        text = _YEAR.sub("", _BRACKET.sub(lambda match: "" if match[1].lstrip("±") in _UNITS else match[0], text))
        if text in _UNITS and text != "个数":
            found.unit = _UNITS[text]
            continue
        if at_end := _AT_END.search(text):
            found.unit, text = _UNITS[at_end[0]], text[: at_end.start()]
        if not text or _SERIAL.fullmatch(text):
            continue
        text = _NUMBERING.sub("", text).removeprefix("其中").lstrip(":：")
        if not _named(found, text, regions):
            words.append(text)
    _read(found, "".join(words))
    return found


def _named(found: Side, text: str, regions: Mapping[str, str]) -> bool:
    """Take a text that is the name of a region, a field or an attribute, or stands for all; tell whether it was."""
    bare = re.sub(r"(?:类|类?项目)$", "", text)
    if text in _TOTAL:
        found.total = True
    elif text in regions:
        found.region = regions[text]
    elif (code := _labels(FIELDS9).get(text) or _labels(FIELDS9).get(bare)) is not None:
        found.field9 = code
    elif (code := _labels(ATTRS).get(text) or _labels(ATTRS).get(bare)) is not None:
        found.attr = code
    else:
        return False
    return True


def _read(found: Side, joined: str) -> None:
    """Find the queries in what the other labels say together, and note what remains."""
    found.vague = joined in _VAGUE_NEW or (bool(_SINCE.search(joined)) and not _FROM_JANUARY.search(joined))
    single, up_to = bool(_SINGLE.search(joined)), bool(_UP_TO.search(joined))
    remaining = _UP_TO.sub("|", _SINGLE.sub("|", joined))
    if exact := _names().get(joined):
        found.queries, remaining = [exact], ""
    for name in _longest_first():
        if name in remaining:
            found.queries.append(_names()[name])
            remaining = remaining.replace(name, "|")
    if single and not up_to:
        found.single = True
    found.unknown = bool(_UNKNOWN.search(remaining))
    rest = _PLAIN.sub("", remaining).replace("|", "")
    if rest and not _named(found, rest, {}):
        found.rest = rest


def combined(one: Side, other: Side) -> tuple[str, bool]:
    """Return the query that both sides ask together, "" for none, and whether that is beyond doubt."""
    asked = list(dict.fromkeys([*one.queries, *other.queries]))
    if not asked:
        return "", False
    if set(asked) == _STARTED_AS_DUE:
        asked = ["due_started"]
    chosen = next((query for query in asked if set(asked) - {query} <= _ABSORBS.get(query, frozenset())), "")
    sure = bool(chosen) and not one.rest and not other.rest
    query = chosen or asked[-1]
    if one.single or other.single:
        sure = sure and query in _OF_ONE_MONTH
        query = _OF_ONE_MONTH.get(query, query)
    return query, sure


# What stands beside a vague query where its plain meaning is meant.
TELLING: Mapping[str, frozenset[str]] = {
    "done": frozenset({"plan", "completion_rate", "expected", "done_month"}),
    "new": frozenset({"started", "unstarted", "commencement_rate", "due"}),
    "started": frozenset({"new", "unstarted", "commencement_rate"}),
    "problems": frozenset({"problems_closed", "problems_open", "solving_rate"}),
    "problems_closed": frozenset({"problems", "problems_open", "solving_rate"}),
}


def money_unit(text: str) -> str:
    """Return the unit of amounts that a line such as “单位：个、亿元” names, "" for none."""
    words = re.split(r"[、,,;;/()\s]+", plain(text).partition("单位")[2].lstrip(":：为"))
    return next((_UNITS[word] for word in words if _UNITS.get(word) in _MONEY), "")


def plain(text: str) -> str:
    """Return a label without spaces, full-width forms and capitals."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).casefold()


@cache
def _labels(codes: Codes) -> Mapping[str, str]:
    return {plain(name): code for code, msgid in codes.labels.items() for name in every_language(msgid)}


@cache
def _names() -> Mapping[str, str]:
    """Return the query of every name that offices use for one."""
    found: dict[str, str] = {}
    with (config.data_folder() / NAMES).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found |= {plain(name): row["query"] for name in row["names"].split("|")}
    for query, msgid in QUERIES.labels.items():
        for name in every_language(msgid):
            found.setdefault(plain(name), query)
    return found


@cache
def _longest_first() -> Iterable[str]:
    return sorted(_names(), key=len, reverse=True)
