"""What stands in a cell, as a person would have typed it into the field: units, serial dates, percent, lost digits."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from zjtui.domain.fields import NUMBERS, F, Kind
from zjtui.errors import Refused
from zjtui.i18n import N_
from zjtui.sheets import instants
from zjtui.sheets.book import Value

_EPOCH = date(1899, 12, 30)  # day 0 of a workbook's calendar
_SPACE = re.compile(r"\s")
_EXACT = 10**15  # a workbook keeps 15 digits
_NUMBER = re.compile(r"[+-]?(\d[\d,]*(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?", re.ASCII)
_RANGE = re.compile(r"(\d{4}(?:[-./年]\d{1,2})?)[年月]?(?:--+|[-—–~～至到]+)(\d{4}(?:[-./年]\d{1,2})?)[年月]?(?:底)?")
_WORDS = ((r"年(?:底|末)", "-12"), (r"年初", "-01"), (r"年?上半年", "-06"), (r"年?下半年", "-12"))
# unit of a heading: (factor, the suffix that the field's own grammar knows)
_SCALES = {
    "千万元": (1000, "万元"), "百万元": (100, "万元"), "十万元": (10, "万元"), "千元": (1000, "元"),
    "亿元": (1, "亿元"), "万元": (1, "万元"), "元": (1, "元"), "十亿元": (10, "亿元"), "亩": (1, "亩"),
    "公顷": (1, "公顷"), "平方米": (1, "平方米"), "万平方米": (10_000, "平方米"), "%": (1, "%"), "": (1, ""),
}  # fmt: skip


def typed_text(cell: Value, field: F, unit: str = "") -> str:
    """Return a cell as text for `domain.parse`; `unit` is what the column's heading or the unit line says.

    Rules L-01 (digits were lost), L-02 (no such day).
    """
    if cell is None or cell == "":
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, datetime | date):
        day = cell.date() if isinstance(cell, datetime) else cell
        return f"{day:%Y-%m}" if field.kind is Kind.MONTH else day.isoformat()
    if isinstance(cell, int | float):
        return _of_number(Decimal(repr(cell)), field, unit)
    text = str(cell).strip()
    return _of_text(text, field, unit)


def period(text: str) -> tuple[str, str] | None:
    """Return the two ends of a text such as “2023-2025” or “2023年3月至2025年12月”, else None."""
    plain = _SPACE.sub("", unicodedata.normalize("NFKC", text))
    found = _RANGE.fullmatch(plain)
    return (found[1], found[2]) if found else None


def _of_number(number: Decimal, field: F, unit: str) -> str:
    whole = number == number.to_integral_value()
    make = _BY_KIND.get(field.kind)
    if make:
        return make(number, field, unit)
    if whole and abs(number) >= _EXACT and field.kind in (Kind.TEXT, Kind.LONG):
        raise Refused(
            N_("Of {value} only 15 digits were kept: make the column text, and type the number again"),
            rule="L-01",
            value=f"{int(number)}",
        )
    return plainly(number)


def _of_text(text: str, field: F, unit: str) -> str:
    if field.kind not in _BY_KIND:
        return text
    plain = _SPACE.sub("", unicodedata.normalize("NFKC", text)).casefold()
    if field.kind in NUMBERS:
        bare = plain.removesuffix("%")
        if _NUMBER.fullmatch(bare):
            return _scaled(_decimal(bare.replace(",", "") if "e" in bare else bare) or Decimal(0), field, unit, text)
        return text
    if field.kind in (Kind.DATE, Kind.PARTIAL) and re.fullmatch(r"\d{5}(\.0+)?", plain):
        return _day(Decimal(plain), field, unit)
    if field.kind in (Kind.DATE, Kind.PARTIAL) and re.fullmatch(r"\d{6}|\d{8}", plain):
        return _day(Decimal(plain), field, unit)
    if field.kind is Kind.PARTIAL:
        for word, month in _WORDS:
            if found := re.fullmatch(rf"(\d{{4}}){word}", plain):
                return found[1] + month
    if field.kind in (Kind.DATE, Kind.PARTIAL):
        moment = instants.day_of(plain)
        if moment is None and re.fullmatch(r"\d{10}|\d{13}", plain):
            moment = instants.day_of_seconds(Decimal(plain))
        return moment or text
    return text


def _scaled(number: Decimal, field: F, unit: str, text: str) -> str:
    """Return a bare number with its unit; commas that part no thousands are left for the field to refuse."""
    if "," in text and not re.fullmatch(r"[+-]?\d{1,3}(,\d{3})*(\.\d*)?", text.strip(), re.ASCII):
        return text
    return _amount(number, field, unit)


def _amount(number: Decimal, field: F, unit: str) -> str:
    if field.kind is Kind.MONEY and unit not in _SCALES:
        raise Refused(
            N_("The column counts in {unit}: turn the amounts into yuan first, or say in which unit they are"),
            rule="L-19", unit=unit,
        )  # fmt: skip
    factor, suffix = _SCALES.get(unit, (1, ""))
    if suffix == "%" or (field.kind is Kind.INT and suffix in ("平方米",)):
        suffix = ""
    if field.kind in (Kind.INT, Kind.NUMBER, Kind.PERCENT):
        suffix = ""
    if field.kind is Kind.NUMBER:
        number = round(number, 9)  # as many places as the field takes
    return plainly(number * factor) + suffix


def _day(number: Decimal, field: F, _unit: str) -> str:
    """Return the day that a number means: a year, a year and month, a whole date, or a workbook's own count."""
    if number != number.to_integral_value() and number > 20_000:
        number = number // 1  # a time of the day
    text = plainly(number)
    if field.kind is not Kind.DATE and re.fullmatch(r"(19|20)\d\d", text):
        return text
    if re.fullmatch(r"(19|20)\d\d(0[1-9]|1[0-2])", text):
        return f"{text[:4]}-{text[4:]}"
    if re.fullmatch(r"(19|20)\d\d(0[1-9]|1[0-2])[0-3]\d", text):
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"
    if 20_000 <= number <= 80_000:
        day = _EPOCH + timedelta(days=int(number))
        return f"{day:%Y-%m}" if field.kind is Kind.MONTH else day.isoformat()
    if field.kind is Kind.MONTH and 1 <= number <= 12:
        return text
    if field.kind is Kind.PARTIAL and (found := re.fullmatch(r"(20\d\d)\.(\d{1,2})", text)):
        return f"{found[1]}-{found[2]}"  # “2023.9” that a workbook took for a number
    if field.kind is not Kind.MONTH and (moment := instants.day_of_seconds(number)):
        return moment
    raise Refused(N_("“{value}” is no day"), rule="L-02", value=text)


_BY_KIND: dict[Kind, Callable[[Decimal, F, str], str]] = {
    Kind.DATE: _day,
    Kind.PARTIAL: _day,
    Kind.MONTH: _day,
    Kind.MONEY: _amount,
    Kind.AREA: _amount,
    Kind.INT: _amount,
    Kind.NUMBER: _amount,
    Kind.PERCENT: _amount,
}


def plainly(number: Decimal) -> str:
    """Return a number in full, without an exponent or zeros at its end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _decimal(text: str) -> Decimal | None:
    try:
        found = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found.adjusted()) < 40 else None
