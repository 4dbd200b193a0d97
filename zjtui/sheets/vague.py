"""What offices write where a day or a number belongs: “8月底前”, “一季度”, “约12.5”, “7个工作日”, “章华（副县长）”.

Nothing here guesses in silence: what is taken otherwise than it stands is told at its row.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from zjtui.domain.dates import part_of_month
from zjtui.domain.fields import NUMBERS, F, Kind
from zjtui.domain.money import trimmed
from zjtui.domain.numerals import arabic

_DAYS = (Kind.DATE, Kind.PARTIAL)
_TAIL = re.compile(
    r"(\([^()]*\)|之?前|以前|左右|开工|动工|竣工|完工|投产|建成|完成|起|止|[-—–~～至到]+(?:至今|长期)?)+$"
)
_MONTHLY = re.compile(
    r"(?:(20\d\d)[年./-]?)?(?:(?<=[年./-])|(?<![\d年./-]))(1[0-2]|0?[1-9])(?:月(?:份)?)?(上旬|中旬|下旬|旬|初|底|末)?"
)
_BEFORE = re.compile(r"^(拟|拟定|计划|预计|力争|争取|确保)+")
_YEAR_END = re.compile(r"(20\d\d)?年?年?[底末]")
_SHORT_YEAR = re.compile(r"(\d\d)[./年-](\d{1,2})[./月-](\d{1,2})日?")  # “23.7.17”
_NO_YEAR = re.compile(r"(1[0-2]|0?[1-9])[./月-](\d{1,2})[日号]?")  # “9月5日”: of the list's year
_QUARTER = re.compile(r"(?:(20\d\d)[年./-]?)?(?:第?([1-4])季度|q([1-4]))(初|底|末)?")
_NO_DAY = re.compile(
    r"长期|待定|未定|待明确|尚未明确|分[批期](实施|建设)?|滚动(实施|推进)|(已|未|尚未)(开工|竣工|完工|投产|供地|入库)|暂无|无|续建"
    r"|[“\"']?十[三四五六]五[”\"']?(期间|末|初)?|根据\S*|视\S*|按\S*"
)
_ABOUT = re.compile(r"^(约|大约|近|预计|暂估)|\((估|暂估|估算|预计|暂定|含税|概算|匡算)\)$|(左右)$")
_COUNTED = re.compile(
    r"([+-]?[\d,]+(?:\.\d+)?)(万)?(?:个)?(工作日|日历日|自然日|天|日|人|名|个|次|㎡|平方米|平米|m2|吨)?"
)
_SHARE, _HUNDREDTH = re.compile(r"([+-]?\d+(?:\.\d+)?)%?"), Decimal("0.01")
_AT_ONCE = re.compile(r"即办|当场(办结)?|即时(办结)?|当日(办结)?|立即办?|随到随办")
_EVERY = (("周", 7), ("旬", 10), ("半月", 15), ("月", 30), ("季度", 90), ("季", 90), ("半年", 180), ("年", 365))
_PERSON = re.compile(r"[\u4e00-\u9fff·]{2,8}")
_UNIT = re.compile(r"\S+(局|委|办|镇|乡|街道|中心|公司|集团|政府|管委会|厅|院|处|所|部|队|站|指挥部|专班)")


@dataclass(frozen=True)
class Plainly:
    """What a cell says, as a person would type it into the field; `told`: it is not what stands there.

    `counted`: the number is in the field's own unit, whatever the column's heading says.
    """

    text: str
    told: bool = False
    counted: bool = False


def plainly(cell: Any, field: F, year: int, unit: str = "") -> Plainly | None:
    """Return what a text means that the field's own grammar does not know; None where there is nothing to add.

    `unit` is what the column counts in. Of numbers only those with decimals are looked at, where none belong.
    """
    if isinstance(cell, float) and field.kind in (Kind.INT, Kind.PERCENT) and not cell.is_integer():
        cell = f"{Decimal(repr(cell)):f}"
    if not isinstance(cell, str):
        return None
    if field.kind in _DAYS:
        return _day(_plain(cell), field, year)
    if field.kind in NUMBERS:
        return _number(_plain(cell), field, unit)
    if field.ref == "person":
        return _person(cell) if field.kind is Kind.REF else _people(cell)
    if field.ref == "org" and field.kind is Kind.REF:
        return _org(cell)
    return None


def _plain(cell: str) -> str:
    return arabic(re.sub(r"\s", "", unicodedata.normalize("NFKC", cell)).casefold())


def _day(plain: str, field: F, year: int) -> Plainly | None:
    if _NO_DAY.fullmatch(plain):
        return Plainly("", told=True)
    bare = _TAIL.sub("", _BEFORE.sub("", plain))
    if found := _YEAR_END.fullmatch(bare):
        return _of_month(int(found[1] or year), 12, "底", field)
    if found := _SHORT_YEAR.fullmatch(bare):
        return Plainly(f"20{found[1]}-{int(found[2]):02}-{int(found[3]):02}", told=True)
    if found := _QUARTER.fullmatch(bare):
        quarter = int(found[2] or found[3])
        month = quarter * 3 - 2 if field.past or found[4] == "初" else quarter * 3
        return _of_month(int(found[1] or year), month, None, field)
    if found := _NO_YEAR.fullmatch(bare):
        return Plainly(f"{year}-{int(found[1]):02}-{int(found[2]):02}", told=True)
    found = _MONTHLY.fullmatch(bare)
    if found and ("月" in bare or found[1]):
        return _of_month(int(found[1] or year), int(found[2]), found[3], field)
    return Plainly(bare) if bare != plain and bare else None


def _of_month(year: int, month: int, part: str | None, field: F) -> Plainly:
    """Return a month, or the day of it that is meant: of what was done the first, of what is due the last."""
    if field.kind is Kind.PARTIAL:
        return Plainly(f"{year}-{month:02}")
    day = part_of_month(year, month, part or ("初" if field.past else "底"))
    return Plainly(day.isoformat(), told=True)


def _number(plain: str, field: F, unit: str) -> Plainly | None:
    bare = _ABOUT.sub("", _ABOUT.sub("", plain))
    about = bare != plain
    if field.kind is Kind.PERCENT and (share := _SHARE.fullmatch(bare)):
        number = Decimal(share[1])
        kept = number.quantize(_HUNDREDTH, ROUND_HALF_UP)
        return Plainly(trimmed(kept), told=True) if about or kept != number else None
    if field.kind is not Kind.INT:
        return Plainly(bare, told=True) if about else None
    if _AT_ONCE.fullmatch(bare):
        return Plainly("0", told=True)
    for word, days in _EVERY:
        every = re.fullmatch(rf"每([1-6]?)个?{word}(度)?((至少)?1次)?", bare)
        if every:
            return Plainly(str(days * int(every[1] or 1)), told=True)
    found = _COUNTED.fullmatch(bare)
    if found is None:
        return None
    if not (found[2] or found[3] or about or "." in bare):
        return None
    many = found[2] or (unit.startswith("万") and not found[3])
    number = Decimal(found[1].replace(",", "")) * (10_000 if many else 1)
    whole = int(number.to_integral_value(ROUND_HALF_UP))
    return Plainly(str(whole), told=about or whole != number, counted=True)


def _person(cell: str) -> Plainly | None:
    """Return the first of the names in a cell, without offices in brackets and telephone numbers."""
    names = people(cell)
    if not names:
        return None
    return Plainly(names[0], told=True) if names[0] != " ".join(cell.split()) else None


def _people(cell: str) -> Plainly | None:
    """Return all the names in a cell, without offices in brackets and telephone numbers."""
    names = "、".join(people(cell))
    same = "、".join(re.split(r"[、,，;；/\s]+", cell.strip())) == names
    return Plainly(names, told=not same) if names and names != cell.strip() else None


def people(cell: str) -> list[str]:
    """Return the names of persons that stand in a cell, [] where something else does."""
    bare = re.sub(r"[\d+()（）-]{7,}", " ", re.sub(r"[(（][^()（）]*[)）]", " ", cell))
    parts = [part for part in re.split(r"[、,，;；/\n\s]+", bare) if part]
    if len(parts) > 1 and all(len(part) == 1 for part in parts):  # “朱 卫”, spread to the width of three
        parts = ["".join(parts)]
    return parts if parts and all(_PERSON.fullmatch(part) for part in parts) else []


def _org(cell: str) -> Plainly | None:
    """Return the first of several organisations in a cell."""
    parts = [part for part in re.split(r"[、,，;；/\n]+|\s+", cell) if part]
    if len(parts) < 2 or not all(_UNIT.fullmatch(part) for part in parts):
        return None
    return Plainly(parts[0], told=True)
