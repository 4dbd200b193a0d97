"""The national project code (GB/T 40058-2021) and its legacy forms.

New form: 24 characters `YYMM-RRRRRR-DD-TT-NNNNNC`, the last digit an ISO 7064 MOD 11,10 check over the 19 before it
(verified on 18,560 codes of Zhejiang; the standard's own text was not available). Legacy form: `YYYY-RRRRRR-II-TT-
NNNNNN`, 24 characters without a check, or 28 with `-000` behind. The two are told apart by characters 3-4: a month
means new, "20" and 13 to 20 a year and legacy; all else is a mistyped new one.
"""

import re
import unicodedata
from collections.abc import Container
from datetime import date

from zjtui.domain.codes import Codes
from zjtui.domain.region import PROVINCE
from zjtui.errors import Notice, Refused
from zjtui.i18n import N_

CODE_STATUS = Codes(
    ok=N_("code|Valid"),
    legacy=N_("code|Old form"),
    bad_check=N_("code|Check digit wrong"),
    bad_region=N_("code|Unknown region"),
    none=N_("code|None yet"),
)
_LENGTHS = (4, 6, 2, 2, 6)
_DASHES = re.compile(r"[\s\-‐-―−－_]")


def check_digit(digits19: str) -> int:
    """Return the check digit of 19 digits by ISO 7064 MOD 11,10 (= GB/T 17710)."""
    product = 10
    for char in digits19:
        product = (product + int(char)) % 10 or 10
        product = product * 2 % 11
    return (11 - product) % 10


def normalise(text: str) -> str:
    """Return the code in its written form; spaces, dashes of every kind and full-width digits are mended. Rule P-01."""
    digits = _DASHES.sub("", unicodedata.normalize("NFKC", text))
    if not re.fullmatch(r"\d{20}(\d{3})?", digits, re.ASCII):
        raise Refused(
            N_("“{value}” is not a project code: it has 20 digits (old forms 23), e.g. 2209-330825-04-01-693679"),
            rule="P-01",
            field="code",
            value=text,
        )
    parts, start = [], 0
    for length in _LENGTHS:
        parts.append(digits[start : start + length])
        start += length
    return "-".join(parts + ([digits[20:]] if digits[20:] else []))


def is_legacy(code: str) -> bool:
    """Tell whether a normalised code is of the form used before November 2020."""
    return len(code) == 28 or (code[:2] == "20" and 13 <= int(code[2:4]) <= 20)


def status(code: str | None, known_regions: Container[str]) -> str:
    """Return one of `CODE_STATUS` for a normalised code."""
    if not code:
        return "none"
    if is_legacy(code):
        return "legacy"
    digits = code.replace("-", "")
    if check_digit(digits[:19]) != int(digits[19]):
        return "bad_check"
    return "ok" if digits[4:10] in known_regions or digits.startswith("0000", 4) else "bad_region"


def refuse_wrong_digit(code: str) -> None:
    """Refuse a new-form code whose check digit is wrong: one of its digits is mistyped. Rule P-02."""
    digits = code.replace("-", "")
    if not is_legacy(code) and check_digit(digits[:19]) != int(digits[19]):
        raise Refused(
            N_("The check digit of {value} is wrong: a digit is mistyped (to keep it all the same, give a reason)"),
            rule="P-02",
            field="code",
            value=code,
        )


def notices(code: str, region_code: str, known_regions: Container[str], today: date) -> list[Notice]:
    """Return what is odd about a code without being wrong. Rules P-03 to P-05."""
    found = []
    digits = code.replace("-", "")
    region = digits[4:10]
    if region not in known_regions and not region.startswith("0000"):
        found.append(
            Notice(
                N_("Region {region} in the code is not in the list (a development zone?)"), rule="P-03", region=region
            )
        )
    elif region[:4] != region_code[:4] and region != PROVINCE and not region.startswith("0000"):
        found.append(
            Notice(N_("The code says region {region}, the project {own}"), rule="P-04", region=region, own=region_code)
        )
    if not is_legacy(code) and (2000 + int(code[:2]), int(code[2:4])) > (today.year, today.month):
        found.append(Notice(N_("The code's month {month} lies ahead"), rule="P-05", month=code[:4]))
    for notice in found:
        notice.field = "code"
    return found
