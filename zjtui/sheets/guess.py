"""Which field a heading means: a month's figure, a sum up to a month, the plan of a year; else a name that is known."""

import re
import unicodedata
from dataclasses import replace

from zjtui.i18n import _
from zjtui.sheets.book import KEY
from zjtui.sheets.columns import KIND_LABELS, KINDS, Target, folded, names, with_period
from zjtui.sheets.unit_words import plain_brackets, unit_of, without_unit

_FOOTNOTE = re.compile(r"[①-⑳⑴-⒇*＊※]+\s*$")
_YEAR = re.compile(r"(20\d{2})\s*年?(?:度)?")
_MONTH = re.compile(r"(?:(20\d{2})[年./-])?(1[0-2]|0?[1-9])月(?:份)?")
_MONTH_ALONE = re.compile(r"(20\d{2})[./-](1[0-2]|0?[1-9])")  # “2023.4”, “2023-06”
_HAN_MONTH = re.compile(r"(十[一二]?|[一二三四五六七八九元])(?=月)")
_HAN = {"元": 1, **{text: number for number, text in enumerate("一二三四五六七八九十", 1)}, "十一": 11, "十二": 12}
_NO_FACT = re.compile(r"计划|预计|预测|预期|目标|任务|拟")  # a month's figure that is still to come
_TELLS = re.compile(r"实际|计划|预计|拟|已|未|书|表|报告|登记|actual|plan", re.IGNORECASE)
_WHOLE = re.compile(r"全年度?")
_THIS_YEAR = r"(?:(20\d{2})年?)?(?:今年|本年度?|当年)?"
_UNTIL = re.compile(  # “1-8月”, “年初至2023年8月末”, “截至8月25日”, “8月底止累计”, “8月累计”
    rf"{_THIS_YEAR}(?:年初|1月?(?:份)?)[-—–~～至到]+(1[0-2]|0?[1-9])月(?:\d{{1,2}}日)?(?:份|底|末)?止?"
    rf"|(?:截至|截止|至|到)(?:目前)?{_THIS_YEAR}(1[0-2]|0?[1-9])月(?:\d{{1,2}}日)?(?:份|底|末)?止?"
    rf"|{_THIS_YEAR}(?<![-—–~～至到\d])(1[0-2]|0?[1-9])月(?:(?:底|末)止?(?=累计|完成|已|投资)|(?:份)?(?=累计))"
)
_SPANS = (  # what else runs from January on: “前三季度”, “一季度”, “前11个月”; months in each
    (re.compile(r"(?:前|[1一][-—–~～至到]+)第?([1-4一二三四])个?季度"), 3),
    (re.compile(r"(?<![\d一二三四至到前])第?([1一])季度"), 3),
    (re.compile(r"前(1[0-2]|[1-9])个?月(?:份)?"), 1),
)
_FROM_ONE = re.compile(r"一(?=[-—–~～至到]+\d{1,2}月)")
_BEFORE = re.compile(  # “截至2023年12月”, “2023年底累计完成投资”; “2023年12月” alone is a month like every other
    r"(?:(?:截至|截止|至|到)(20\d{2})年(?:12月(?:31日|份)?(?:底|末)?|底|末)|(20\d{2})年(?:12月)?(?:底|末))"
    r"(?:前|止)?(?:累计|已)?(?:完成)?(?:投资)?(?:额)?"
)
_MONEY_OF_MONTHS = {
    rest + tail
    for rest in ("", "累计", "已", "已累计", "本年累计", "年度累计", "今年累计", "实际", "累计已", "累计实际",
                 "当年累计")
    for tail in (
        "", "完成", "完成投资", "投资", "完成投资额", "投资额", "完成固定资产投资", "完成年度投资", "完成数", "数",
        "完成额", "完成投资数", "投资完成", "投资完成额", "投资完成情况", "完成投资情况", "完成情况",
    )
}  # fmt: skip
_MONEY_OF_A_MONTH = {
    "", "完成投资", "投资", "完成", "实际", "实际完成", "实际投资", "完成数", "完成值", "投资完成", "投资完成额",
    "投资额", "完成投资额", "当月完成投资", "实际完成投资", "完成投资情况", "完成额",
    "done", "invested",
}  # fmt: skip
_SUMMED = {"invest_month": "reported_ytd"}  # what a whole year's figure is of a month's


def guess(heading: str, kind: str, year: int) -> Target | None:
    """Return the target that a heading means in a list of `kind`; the surest name first, then part of it.

    What may mean two things means nothing here: “完成投资” of projects may be a month's, the year's or all there is.
    """
    text = _HAN_MONTH.sub(lambda found: str(_HAN[found[1]]), _FOOTNOTE.sub("", heading))
    plain = folded(text)
    if not plain:
        return None
    if text.strip().split(":")[0] == KEY:
        return Target(kind, "uid")
    if "monthly_report" in KINDS[kind] and (target := _of_months(text, kind, year)):
        return target
    normal = _WHOLE.sub("", unicodedata.normalize("NFKC", text))
    month, named = _MONTH.search(normal), _YEAR.search(normal)
    bare = folded(_MONTH.sub("", _YEAR.sub("", normal))) or plain
    of_year = int(named[1]) if named else year
    unitless = without_unit(normal)
    others = (*bracketed(unitless), *bracketed(_MONTH.sub("", _YEAR.sub("", unitless))))
    for wanted in dict.fromkeys((plain, bare, *others)):
        found = names(kind).get(wanted)
        if found:
            return _fitting(found, kind, text, named=of_year if named else None, month=bool(month), year=year)
    return None


def bracketed(text: str) -> list[str]:
    """Return what else a text with brackets may be called: “实际开工时间” for “开工时间（实际）”, or it without them.

    What tells one thing from another is never left out: 实际 and 计划, 报告书 and 报告表.
    """
    plain = plain_brackets(text)
    inside = re.findall(r"[(\[]([^()\[\]]*)[)\]]", plain)
    if not inside:
        return []
    bare = re.sub(r"[(\[][^()\[\]]*[)\]]", "", plain)
    told = [part for part in inside if _TELLS.search(part)]
    return [folded("".join(told) + bare)] if told else [folded(bare)]


def _of_months(text: str, kind: str, year: int) -> Target | None:
    """Return what a heading means that names a month, the months up to one, or the end of a year before."""
    plain = _from_january(re.sub(r"\s", "", without_unit(text)))
    before = _BEFORE.fullmatch(plain)
    ended = int(before[1] or before[2]) if before else year
    if ended < year and kind == "project":
        return Target("annual_plan", "opening_total", str(ended + 1))
    if _NO_FACT.search(text):
        return None
    until = _UNTIL.search(plain)
    if until and folded(_UNTIL.sub("", plain, count=1)) in _MONEY_OF_MONTHS:
        named_year, month_number = (next((part for part in until.groups()[at::2] if part), "") for at in (0, 1))
        period = f"{named_year or year}-{int(month_number):02}"
        return Target("monthly_report", "reported_ytd", "" if kind == "monthly_report" else period)
    month = _MONTH_ALONE.fullmatch(plain) or _MONTH.search(plain)
    if month and not until and kind != "monthly_report":
        named = _YEAR.search(plain)
        if folded(_MONTH.sub("", _YEAR.sub("", _MONTH_ALONE.sub("", plain)))) in _MONEY_OF_A_MONTH:
            of_year = month[1] or (named[1] if named else year)
            return Target("monthly_report", "invest_month", f"{of_year}-{int(month[2]):02}")
    return None


def _from_january(text: str) -> str:
    """Return a heading in which spans that begin in January are called “1-8月”."""
    text = _FROM_ONE.sub("1", text.replace("上半年", "1-6月"))
    for pattern, months in _SPANS:
        if found := pattern.search(text):
            last = (_HAN.get(found[1]) or int(found[1])) * months
            text = f"{text[: found.start()]}1-{last}月{text[found.end() :]}"
    return text


def _fitting(found: Target, kind: str, text: str, *, named: int | None, month: bool, year: int) -> Target | None:
    """Return a target as its heading's year, month and unit leave it; None where they contradict it."""
    if found.field == "progress_text" and unit_of(text) == "%":
        found = replace(found, field="progress_pct")
    if kind != "project":
        return with_period(found, kind, named or year)
    if found.field == "scale" and named:  # “2023年主要建设内容”
        found = Target("annual_plan", "plan_progress_text")
    if found.entity == "annual_plan" and month and found.field in ("plan_invest", "year_class"):
        return None  # a month's part of the plan
    if found.entity == "monthly_report" and not month:
        if folded(text) in _MONEY_OF_A_MONTH:
            return None
        if named:
            summed = _SUMMED.get(found.field, found.field)
            return replace(found, field=summed) if named == year else None
    return with_period(found, kind, named or year)


def elsewhere(heading: str, kind: str, year: int) -> list[str]:
    """Return the kinds of list, translated, in which a column that is not taken would mean something."""
    others = (other for other in KINDS if other != kind and len(KINDS[other]) == 1 and other != "org")
    return [_(KIND_LABELS[other]) for other in others if guess(heading, other, year)]
