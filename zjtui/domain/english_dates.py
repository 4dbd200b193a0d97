"""English days as people type them: `30 Nov`, `Nov 30, 2023`, `end of next month`, retold in the words of `dates`."""

import re

_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_MONTHS = {short: number for number, name in enumerate(_NAMES, 1) for short in (name, name[:3])} | {"sept": 9}
_COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {"a": 1, "an": 1, **{name: number for number, name in enumerate(_COUNTS, 1)}}
_NEAR = {"this": "本", "the": "本", "next": "下", "last": "上"}
_YEARS = {"this": "", "the": "", "next": "明", "last": "去"}
_ENDS = {"end": "底", "mid": "中", "middle": "中", "beginning": "初", "start": "初"}
_WORDS = {"day after tomorrow": "后天", "day before yesterday": "前天"}

_S = r"[\s,./-]*"
_NTH = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})"
_YEAR = r"(?P<year>\d{4})"
_WHICH = r"(?P<which>this|next|last|the)?"
_END = rf"(?P<end>{'|'.join(_ENDS)}){_S}(?:of{_S})?"
_LEADS = re.compile(r"^(?:(?:by|on|at|until)\s+)?(?:the\s+)?")
_SPAN = re.compile(rf"\b({'|'.join(_NUMBERS)})(?=\s+(?:day|week|month|year)s?\b)")


def retold(text: str) -> str:
    """Return an English day, month or end of one in the words that `dates` knows; another text as it is."""
    plain = " ".join(text.casefold().split())
    if not re.search("[a-z]", plain):
        return text
    plain = _LEADS.sub("", plain)
    plain = _SPAN.sub(lambda found: str(_NUMBERS[found[1]]), plain.replace(" from now", " later"))
    for pattern, told in _FORMS:
        if found := pattern.fullmatch(plain):
            return told(found)
    return _WORDS.get(plain, plain)


def _day(found: re.Match[str]) -> str:
    parts = found.groupdict()
    day = f"{_MONTHS[parts['month']]}-{parts['day']}"
    return f"{parts['year']}-{day}" if parts["year"] else day


def _month(found: re.Match[str]) -> str:
    month = _MONTHS[found["month"]]
    return f"{found['year']}-{month:02}" if found["year"] else f"{month}月"


def _end_of_month(found: re.Match[str]) -> str:
    year = f"{found['year']}年" if found["year"] else ""
    return f"{year}{_MONTHS[found['month']]}月{_ENDS[found['end']]}"


def _end_of_this(found: re.Match[str]) -> str:
    which, end = found["which"] or "this", _ENDS[found["end"]]
    if found["unit"] == "year":
        return f"{_YEARS[which]}年{end}"
    return f"{_NEAR[which]}{'月' if found['unit'] == 'month' else '季度'}{end}"


_FORMS = tuple(
    (re.compile(pattern), told)
    for pattern, told in (
        (rf"{_NTH}{_S}(?:of{_S})?{_MONTH}{_S}{_YEAR}?", _day),
        (rf"{_MONTH}{_S}(?:the{_S})?{_NTH}(?:[\s,./-]+{_YEAR})?", _day),
        (rf"{_YEAR}{_S}{_MONTH}{_S}{_NTH}", _day),
        (rf"{_MONTH}{_S}{_YEAR}?", _month),
        (rf"{_YEAR}{_S}{_MONTH}", _month),
        (rf"{_END}{_MONTH}{_S}{_YEAR}?", _end_of_month),
        (rf"{_END}{_WHICH}{_S}(?P<unit>month|quarter|year)", _end_of_this),
        (r"(?P<unit>month|quarter|year)[\s-]?(?P<end>end)(?P<which>)", _end_of_this),
        (
            rf"{_NTH}{_S}(?:of{_S})?{_WHICH}\s*month",
            lambda found: f"{_NEAR[found['which'] or 'this']}月{found['day']}日",
        ),
        (r"(?P<which>this|next|last) month", lambda found: f"{_NEAR[found['which']]}月"),
        (r"(?P<day>\d{1,2})(?:st|nd|rd|th)", lambda found: f"{found['day']}日"),
    )
)
