"""Numbers as people type them: amounts with 万/亿, areas in mu, full-width digits. Stored as integers."""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction

from zjtui.domain.fields import BILLION, MILLION, MU, WAN, YI, Unit
from zjtui.domain.numerals import arabic
from zjtui.errors import Refused
from zjtui.i18n import N_, _, language

LARGEST = 2**63 - 1
_SUFFIXES = {
    "亿元": YI, "亿": YI, "万元": WAN, "万": WAN, "元": None, "yuan": None, "bn": BILLION, "bnyuan": BILLION,
    "billion": BILLION, "m": MILLION, "myuan": MILLION, "million": MILLION,
}  # fmt: skip
_IN_ENGLISH = {YI.label: BILLION, WAN.label: MILLION}
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?![\d,])")
_BOTH = re.compile(r"([+-]?\d+)亿(\d{1,4})万元?", re.ASCII)  # “1亿2000万”
_NUMBER = re.compile(r"([+-]?(?:\d+(?:\.\d*)?|\.\d+))\s*(\S*)", re.ASCII)


def parse_money(text: str, unit: Unit) -> int:
    """Return yuan. A bare number counts in `unit`; 亿, 亿元, 万, 万元, 元, bn and m override it. Rule M-01."""
    plain = _plain(text)
    if found := _BOTH.fullmatch(plain):
        sign = "-" if plain.startswith("-") else "+"
        return _whole(Decimal(found[1]) * _factor(YI) + Decimal(sign + found[2]) * _factor(WAN), text)
    found = _NUMBER.fullmatch(plain)
    said = found[2].casefold() if found else ""
    if not found or (said and said not in _SUFFIXES):
        raise Refused(N_("“{value}” is not an amount: type e.g. 1.2bn, 35m or 3500"), rule="M-01", value=text)
    chosen = _SUFFIXES[said] if said else unit
    return _whole(Decimal(found[1]) * _factor(chosen), text)


def parse_area(text: str) -> int:
    """Return m². A bare number counts in mu (1 mu = 2000/3 m²); 亩, 公顷, ㎡ and 平方米 are understood. Rule M-02."""
    factors = {"": Decimal(2000) / 3, "亩": Decimal(2000) / 3, "mu": Decimal(2000) / 3, "公顷": Decimal(10_000)}
    factors |= {"ha": Decimal(10_000), "m2": Decimal(1), "平方米": Decimal(1), "平米": Decimal(1)}
    found = _NUMBER.fullmatch(_plain(text))
    if not found or found[2].lower() not in factors:
        raise Refused(N_("“{value}” is not an area: type e.g. 30 mu, 2 ha or 20000 m2"), rule="M-02", value=text)
    return _whole(Decimal(found[1]) * factors[found[2].lower()], text)


def parse_int(text: str) -> int:
    """Return a whole number. Rule M-03."""
    plain = _plain(text)
    if not re.fullmatch(r"[+-]?\d{1,18}", plain, re.ASCII):
        raise Refused(N_("“{value}” is not a whole number"), rule="M-03", value=text)
    return int(plain)


def parse_number(text: str) -> float:
    """Return a finite decimal number. Rule M-04."""
    plain = _plain(text)
    if not re.fullmatch(r"[+-]?\d{1,15}(\.\d{1,9})?", plain, re.ASCII):
        raise Refused(N_("“{value}” is not a number"), rule="M-04", value=text)
    return float(plain)


def parse_percent(text: str) -> float | None:
    """Return a percentage; “%” behind it says nothing new. Rule M-06."""
    plain = _plain(text).removesuffix("%")
    if not re.fullmatch(r"[+-]?(\d{1,15}(\.\d{0,2})?|\.\d{1,2})", plain, re.ASCII):
        raise Refused(N_("“{value}” is not a percentage with at most two decimals"), rule="M-06", value=text)
    return two_decimals(float(plain))


def two_decimals(number: float | None) -> float | None:
    """Return a percentage as it is kept: a whole one as an integer, so that it reads as it always did, 80 and not 80.0.

    Of numbers with at most two decimals the nearest floats stand in the same order, and are equal where they are:
    nothing is added up or scaled. Raises `ValueError` for any other.
    """
    if number is None:
        return None
    if round(number, 2) != number:
        raise ValueError
    return int(number) if float(number).is_integer() else number


def show_money(yuan: int | None, unit: Unit, *, named: bool = False) -> str:
    """Return the amount in `unit`, rounded half up to its decimals, without trailing zeros.

    Where it is `named`, each language counts as it does: 363.4亿元, 36.34 bn yuan.
    """
    if yuan is None:
        return ""
    told = told_unit(unit) if named else unit
    return in_unit(yuan, told) + (_(told.label) if named else "")


def told_unit(unit: Unit) -> Unit:
    """Return the unit in which an amount counted in `unit` is told in the current language."""
    return _IN_ENGLISH.get(unit.label, unit) if language() == "en" else unit


def show_area(square_metres: int | None, *, named: bool = False) -> str:
    """Return the area in mu."""
    if square_metres is None:
        return ""
    shown = Decimal(square_metres * 3) / 2000
    return trimmed(shown.quantize(Decimal("0.01"), ROUND_HALF_UP)) + (_(MU.label) if named else "")


def in_unit(value: int, unit: Unit, decimals: int | None = None) -> str:
    """Return `value` counted in `unit` as a plain decimal, at most `decimals` places (the unit's own, by default)."""
    places = unit.decimals if decimals is None else decimals
    exact = Decimal(value) / _factor(unit)
    return trimmed(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def report_unit() -> Unit:
    """Return the unit of sums in reports: 亿元 in Chinese, bn yuan in English."""
    return YI if language() == "zh" else BILLION


def percent(numerator: int, denominator: int, decimals: int = 1) -> str:
    """Return the exact ratio as a percentage, rounded half up only here; "-" where there is nothing to divide by."""
    if denominator == 0:
        return "-"
    exact = Decimal(numerator) * 100 / Decimal(denominator)
    return f"{exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)}%"


def plain(number: float) -> str:
    """Return a number as a person types it: no exponent, no digits that only the machine sees."""
    return trimmed(Decimal(repr(round(number, 9)))).replace(",", "")


def rounded(value: Fraction, places: int, *, signed: bool = False) -> str:
    """Return an exact number with `places` decimals, half up, away from zero."""
    scaled = int(abs(value) * 10**places + Fraction(1, 2))
    sign = "-" if value < 0 and scaled else "+" if signed and scaled else ""
    whole, part = divmod(scaled, 10**places)
    return f"{sign}{whole:,}.{part:0{places}}"


def is_slip(old: int, new: int) -> bool:
    """Tell whether two amounts differ by about 10^4, the usual slip between 万元 and 亿元."""
    low, high = sorted((abs(old), abs(new)))
    return low > 0 and 5_000 <= high / low <= 20_000


def _factor(unit: Unit | None) -> Decimal:
    return Decimal(int(unit.factor)) if unit else Decimal(1)


def _plain(text: str) -> str:
    plain = arabic(re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).replace("−", "-"))
    # Only a comma between thousands is one: of "3,5亿" nobody knows whether 3.5 or 35 is meant.
    return plain.replace(",", "") if _GROUPED.match(plain) else plain


def trimmed(value: Decimal) -> str:
    """Return a number as it is, grouped, without trailing zeros; never with an exponent."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _whole(value: Decimal, text: str) -> int:
    try:
        whole = int(value.to_integral_value(ROUND_HALF_UP))
    except (InvalidOperation, OverflowError):
        whole = LARGEST + 1
    if abs(whole) > LARGEST:
        raise Refused(N_("“{value}” is too large"), rule="M-05", value=text)
    return whole
