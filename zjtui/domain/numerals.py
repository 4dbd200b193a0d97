"""Chinese numerals as people type them: `二〇二三`, `十五`, `三千五百`; 万 and 亿 stay: they are units of amounts."""

import re

_DIGITS = {**{char: number for number, char in enumerate("〇一二三四五六七八九")}, "零": 0, "○": 0, "两": 2}
_ONE = r"(?:\d+|[一二两三四五六七八九])"
_COUNT = re.compile(rf"(?:({_ONE})千)?零?(?:({_ONE})百)?零?(?:({_ONE})?(十))?零?({_ONE})?")
_SKIPS = re.compile(rf"[千百]{_ONE}$|千{_ONE}?十")  # of 三千五 nobody knows whether 3005 or 3500 is meant
# A decimal stays as it is: of “1.5千” the 5 alone is no thousands.
_RUN = re.compile(r"(?<![\d.])(?=\d*[〇零○一二两三四五六七八九十百千])[\d〇零○一二两三四五六七八九十百千]+(?!\.)")
HAN = re.compile(r"[〇零○一二两三四五六七八九十百千]+")


def arabic(text: str) -> str:
    """Return `text` with its Chinese numerals as digits; what is no numeral, such as 十四五, stays."""
    return _RUN.sub(lambda found: _digits(found[0]), text)


def _digits(run: str) -> str:
    if not re.search("[十百千]", run):  # digit by digit, as years are written
        return "".join(str(_DIGITS.get(char, char)) for char in run)
    found = _COUNT.fullmatch(run)
    if not found or _SKIPS.search(run):
        return run
    thousands, hundreds, tens, ten, ones = found.groups()
    return str(
        _number(thousands) * 1000 + _number(hundreds) * 100 + (_number(tens or "1") * 10 if ten else 0) + _number(ones)
    )


def _number(digits: str | None) -> int:
    if not digits:
        return 0
    return _DIGITS[digits] if digits in _DIGITS else int(digits)
