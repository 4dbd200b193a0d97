"""The unit that a heading or a line such as “金额单位：人民币万元” names, however it is written."""

import re
import unicodedata

from zjtui.i18n import N_, _

_MONEY = {
    "亿元": "亿元", "亿": "亿元", "万元": "万元", "万": "万元", "元": "元", "圆": "元", "千元": "千元", "仟元": "千元",
    "十万元": "十万元", "百万元": "百万元", "百万": "百万元", "千万元": "千万元", "千万": "千万元", "十亿元": "十亿元",
    "100m yuan": "亿元", "10k yuan": "万元", "yuan": "元", "bn yuan": "十亿元", "m yuan": "百万元", "k yuan": "千元",
}  # fmt: skip
_OTHER = {
    "亩": "亩", "mu": "亩", "公顷": "公顷", "%": "%", "百分比": "%", "个": "", "人": "", "天": "", "工作日": "",
    "days": "", "平方米": "平方米", "m2": "平方米", "㎡": "平方米", "平米": "平方米",
    "万平方米": "万平方米", "万平米": "万平方米", "万m2": "万平方米",
}  # fmt: skip
FACTORS = {
    "元": 1, "千元": 1_000, "万元": 10_000, "十万元": 100_000, "百万元": 1_000_000, "千万元": 10_000_000,
    "亿元": 100_000_000, "十亿元": 1_000_000_000,
}  # fmt: skip
_TOLD = {
    "元": N_("in a list|yuan"), "千元": N_("in a list|k yuan"), "万元": N_("in a list|10k yuan"),
    "十万元": N_("in a list|100k yuan"), "百万元": N_("in a list|m yuan"), "千万元": N_("in a list|10m yuan"),
    "亿元": N_("in a list|100m yuan"), "十亿元": N_("in a list|bn yuan"), "亩": N_("in a list|mu"),
    "公顷": N_("in a list|ha"), "平方米": N_("in a list|m²"), "万平方米": N_("in a list|10k m²"),
}  # fmt: skip
_YUAN = re.compile(r"人民币|rmb|cny|￥|¥")
_FOREIGN = re.compile(
    r"[十百千万亿]*(?:美元|美金|欧元|日元|港元|港币|英镑|澳元|加元|韩元|卢布|新台币|法郎)"
    r"|(?:[\dkm万亿十百千]|bn|mn)*\s*(?:usd|eur|jpy|hkd|gbp|us\$|\$|€|£)(?:\s*(?:万|亿|m|k|bn|million))?"
)
_FORMS = str.maketrans("【】〔〕〖〗", "()()()")
_BRACKETS = re.compile(r"[(\[]\s*([^()\[\]]{1,24})\s*[)\]]")
_LINE = re.compile(r"单位\s*[::]\s*((?:人民币|rmb)?\s*[^\s()\[\]。]+)")
_WORDS = "|".join(sorted((re.escape(word) for word in _MONEY if len(word) > 1), key=len, reverse=True))
_END = re.compile(rf"(?:[\s/_:,-]|(?<=[^\x00-\x7f]))\s*(?:人民币|rmb)?\s*({_WORDS}|{_FOREIGN.pattern})$")


def told(unit: str) -> str:
    """Return a unit in the reader's language; a foreign one as it is written."""
    return _(_TOLD[unit]) if unit in _TOLD else unit


def unit_of(text: object) -> str:
    """Return the unit that a text names, "" for none, or for two of money; a foreign one as it is written."""
    plain = _plain(text)
    for inside in _BRACKETS.findall(plain):
        if (unit := _known(re.sub(r"^.*单位\s*[::]", "", inside))) is not None:
            return unit
    named = [
        unit
        for line in _LINE.findall(plain)
        for part in re.split(r"[,，、;；/和]", line)
        if (unit := _known(part)) is not None
    ]
    money = {unit for unit in named if is_money(unit)}
    if money:
        return money.pop() if len(money) == 1 else ""
    if named:
        return named[0]
    found = _END.search(plain)
    return (_known(found[1]) or "") if found else ""


def without_unit(text: object) -> str:
    """Return a heading without full-width forms and its unit; other brackets are part of it."""
    plain = _plain(text)
    bare = _BRACKETS.sub(lambda found: "" if _unit_like(found[1]) else found[0], plain)
    return _END.sub("", bare)


def is_money(unit: str) -> bool:
    """Tell whether a unit is one of money, of any currency."""
    return unit in FACTORS or is_foreign(unit)


def is_foreign(unit: str) -> bool:
    """Tell whether a unit is one of another currency."""
    return bool(unit) and bool(_FOREIGN.fullmatch(unit))


def plain_brackets(text: object) -> str:
    """Return a text in plain forms: 【亿元】 and 〔亿元〕 are brackets like all others."""
    return unicodedata.normalize("NFKC", str(text)).translate(_FORMS)


def _plain(text: object) -> str:
    return plain_brackets(text).casefold().strip()


def _unit_like(inside: str) -> bool:
    return _known(re.sub(r"^.*单位\s*[::]", "", inside)) is not None


def _known(text: str) -> str | None:
    """Return the unit that a word is, None where it is none."""
    bare = _YUAN.sub("", text).strip(" :：,，、")
    if _FOREIGN.fullmatch(bare):
        return bare
    if not bare and _YUAN.search(text):
        return "元"
    return _MONEY.get(bare, _OTHER.get(bare))
