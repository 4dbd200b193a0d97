"""Dates as people type them: `20`, `9-20`, `昨天`, `+3`, `两周后`, `10月底`, `30 Nov`. Always Beijing days.

A day without its year is never guessed in silence: it is the nearest one, shown as it is understood while it is typed,
and one that lies long back is asked about (`long_ago`).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from zjtui.domain.english_dates import retold
from zjtui.domain.month import add_months, month_away, month_end, months_between, quarter_end
from zjtui.domain.numerals import HAN, arabic
from zjtui.domain.partial_date import latest
from zjtui.errors import Refused
from zjtui.i18n import N_

NEAR = 60  # days: a day without its year that lies further back is asked about
_NEAR_MONTHS = 2
_WORDS = {
    "今天": 0, "今日": 0, "今": 0, "today": 0, "t": 0,
    "昨天": -1, "昨日": -1, "昨": -1, "yesterday": -1,
    "前天": -2, "大前天": -3,
    "明天": 1, "明日": 1, "明": 1, "tomorrow": 1,
    "后天": 2, "大后天": 3,
}  # fmt: skip
_WEEKDAYS = {"日": 6, "天": 6, "7": 6, **{str(number): number - 1 for number in range(1, 7)}}
_WEEKDAYS |= {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}
_AWAY = {"上上": -2, "上": -1, "last": -1, "本": 0, "这": 0, "": 0, "this": 0, "下": 1, "next": 1, "下下": 2}
_PREFIX = r"(上上|上|本|这|下下|下|last|this|next)"
_YEARS = {"前年": -2, "去年": -1, "今年": 0, "本年": 0, "明年": 1, "后年": 2}
_SPAN = re.compile(
    r"(?:in)?(\d{1,4}|半)个?(天|日|周|星期|礼拜|月|年|days?|weeks?|months?|years?|d|w)"
    r"(以?后|之后|以?内|之内|later|以?前|之前|ago)?"
)
_STEP = re.compile(r"([+-])(\d{1,4})个?([dw天日周月]?)")
_PARTS = {"初": 1, "上旬": 10, "中": 15, "中旬": 20}  # of a month; 下旬, 底 and 末 are its last day
_PART = r"(上旬|中旬|下旬|初|中|底|末)"
_BY = re.compile(r"(月\d{1,2}[日号]|[底末旬])[之以]?前$")  # “by”: a limit is the day itself
_SURE = re.compile(r"(?:19|20|21)\d\d(?:[-./年q].*|\d{4}|年?)")
_MONTH_ALONE = re.compile(r"(?:\d{4}年?)?\d{1,2}月|\d{4}[-./]\d{1,2}")


def parse_date(text: str, today: date, *, past: bool = False, ahead: bool = False) -> date:
    """Return the day that `text` means on `today`.

    A day without a month, or a day and month without a year, means the nearest such day. With `past` (a date that
    cannot lie in the future) or `ahead` (one that usually does) it is the nearest on that side, unless that one is
    more than `NEAR` days off and one on the other side is not. Rules D-01 (not a date), D-02 (in the future).
    """
    plain = _plain(text, today)
    found = _word(plain, today) or _relative(plain, today) or _weekday(plain, today) or _of_period(plain, today)
    possible = [found] if found else list(_possible(plain, today))
    if not possible:
        raise _no_date(text, plain)
    side = -1 if past else 1 if ahead else 0
    found = _meant(possible, today, side)
    if past and found > today:
        raise _future(found, today, possible)
    return found


def long_ago(text: str, found: str | date | None, today: date) -> bool:
    """Tell whether a day (or month) was typed without its year and is taken as one more than `NEAR` days back."""
    if found is None or says_year(text, today):
        return False
    return (latest(found) if isinstance(found, str) else found) < today - timedelta(days=NEAR)


def says_year(text: str, today: date) -> bool:
    """Tell whether a day or month was typed with its year."""
    return _SURE.fullmatch(_plain(text, today)) is not None


def unsure(text: str, found: str | date) -> Refused:
    """Return why such a day is not taken where nobody can be asked. Rule D-05."""
    return Refused(
        N_("“{value}” would be {day}, more than {days} days ago: type the year too, e.g. {day}"),
        rule="D-05",
        value=text.strip(),
        day=found,
        days=NEAR,
    )


def parse_partial(text: str, today: date) -> str:
    """Return an ISO date as precise as typed: "2023", "2023-09" or "2023-09-20". Rule D-03."""
    plain = _plain(text, today)
    if found := re.fullmatch(r"(\d{4})年?", plain):
        return _year(found[1], text)
    if found := re.fullmatch(r"(\d{4})[-./年](\d{1,2})(?:月(?:上旬|中旬|下旬|初|中)?)?", plain):
        if 1 <= int(found[2]) <= 12:
            return f"{_year(found[1], text)}-{int(found[2]):02}"
    elif found := re.fullmatch(r"(\d{4})(?:-?q|年第?)([1-4])(?:季度)?", plain):
        return f"{_year(found[1], text)}-{int(found[2]) * 3:02}"
    elif found := re.fullmatch(rf"(?:(\d{{1,2}})|{_PREFIX}个?)月(?:上旬|中旬|下旬|初|中)?", plain):
        return parse_month(f"{found[1] or found[2]}月", today, past=False)
    return parse_date(text, today).isoformat()


def parse_month(text: str, today: date, *, past: bool = True) -> str:
    """Return "YYYY-MM". A bare month number means this year.

    With `past`, one that lies ahead means last year where that is at most two months ago; else it is refused.
    Rule D-04.
    """
    plain = _plain(text, today)
    year, month = today.year, 0
    if found := re.fullmatch(r"(\d{4})[-./年]?(\d{1,2})月?份?", plain):
        year, month = int(found[1]), int(found[2])
    elif found := re.fullmatch(r"(\d{1,2})月?份?", plain):
        month = int(found[1])
        if past and month > today.month:
            year -= 1
            if months_between(year, month, today) > _NEAR_MONTHS and month <= 12:
                raise Refused(
                    N_("The month {month} has not come yet. If another year is meant, type it too: {other}"),
                    rule="D-04",
                    month=f"{today.year}-{month:02}",
                    other=f"{year}-{month:02}",
                )
    elif found := re.fullmatch(rf"{_PREFIX}个?(?:月份?|month)?", plain):
        year, month = month_away(today.year, today.month, _AWAY[found[1]])
    if not 1 <= month <= 12 or not 1990 <= year <= 2099:
        raise Refused(N_("“{value}” is not a month: type e.g. 2023-09 or 9"), rule="D-04", value=text)
    return f"{year}-{month:02}"


def part_of_month(year: int, month: int, part: str) -> date:
    """Return the day that 初, 上旬, 中, 中旬 name of a month; of anything else its last one."""
    first = date(year, month, 1)
    return first.replace(day=_PARTS[part]) if part in _PARTS else month_end(first)


def _plain(text: str, today: date) -> str:
    """Return a text without spaces, in digits, years such as 去年 in full."""
    plain = re.sub(r"\s+", "", retold(unicodedata.normalize("NFKC", text))).casefold()
    for word, away in _YEARS.items():
        if plain.startswith(word):
            plain = f"{today.year + away}年{plain.removeprefix(word)}"
    # A numeral alone names no day: of 十一 nobody knows whether the eleventh or the holiday is meant.
    return plain if HAN.fullmatch(plain) and len(plain) < 4 else _BY.sub(r"\1", arabic(plain))


def _year(year: str, text: str) -> str:
    if not 1990 <= int(year) <= 2099:
        raise Refused(N_("The year {year} in “{value}” is out of range"), rule="D-03", year=year, value=text)
    return f"{int(year)}"


def _word(plain: str, today: date) -> date | None:
    return today + timedelta(days=_WORDS[plain]) if plain in _WORDS else None


def _relative(plain: str, today: date) -> date | None:
    if found := _STEP.fullmatch(plain):
        return _away(today, int(found[2]) * (1 if found[1] == "+" else -1), found[3])
    found = _SPAN.fullmatch(plain)
    if not found or (found[3] is None and not plain.startswith("in")):
        return None
    if found[2] == "日" and found[3] and found[3].endswith("前"):  # three days ago, or by the third?
        return None
    back = -1 if found[3] and found[3].endswith(("前", "ago")) else 1
    if found[1] == "半":  # half a month is 15 days, half a year six months; there is no half day
        halves = {"月": (15, "天"), "年": (6, "月")}
        return _away(today, back * halves[found[2]][0], halves[found[2]][1]) if found[2] in halves else None
    return _away(today, back * int(found[1]), found[2])


def _away(today: date, count: int, unit: str) -> date | None:
    """Return the day that many days, weeks, months or years from today; in a shorter month its last."""
    try:
        if unit[:1] in ("月", "m", "年", "y"):
            return add_months(today, count * (12 if unit[:1] in ("年", "y") else 1))
        return today + timedelta(days=count * (7 if unit[:1] in ("周", "星", "礼", "w") else 1))
    except (ValueError, OverflowError):
        return None


def _weekday(plain: str, today: date) -> date | None:
    found = re.fullmatch(
        rf"{_PREFIX}?个?(周|星期|礼拜)?(?:([1-7日天])|(mon|tue|wed|thu|fri|sat|sun)(?:day|sday|nesday|rsday|urday)?)",
        plain,
    )
    if not found or (found[1] is None and found[2] is None and len(plain) == 1):
        return None
    monday = today - timedelta(days=today.weekday())
    return monday + timedelta(days=_WEEKDAYS[found[3] or found[4]] + 7 * _AWAY[found[1] or ""])


def _of_period(plain: str, today: date) -> date | None:
    """Return the day of a month that is named from today (下月5日, 上月底), or the end of a quarter or year."""
    if found := re.fullmatch(rf"{_PREFIX}?个?月份?(?:的?(\d{{1,2}})[日号]?|{_PART})", plain):
        year, month = month_away(today.year, today.month, _AWAY[found[1] or ""])
        return _day(year, month, int(found[2])) if found[2] else part_of_month(year, month, found[3])
    if found := re.fullmatch(r"(上|本|这|下)?个?季度?[末底]", plain):
        year, month = month_away(today.year, today.month, 3 * _AWAY[found[1] or ""])
        return quarter_end(date(year, month, 1))
    if found := re.fullmatch(r"(?:(\d{4})年?|年)([初中底末])", plain):
        return _day(int(found[1] or today.year), *{"初": (1, 1), "中": (6, 30)}.get(found[2], (12, 31)))
    if found := re.fullmatch(r"(?:(\d{4})年)?第?([1-4])季度?([初底末])", plain):
        first = _day(int(found[1] or today.year), int(found[2]) * 3 - 2, 1)
        return first if found[3] == "初" or first is None else quarter_end(first)
    return None


def _possible(plain: str, today: date) -> Iterator[date]:
    """Yield every day that numbers can mean: of a day and month those of the years around, of a day those of months."""
    if found := re.fullmatch(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?|((?:19|20)\d\d)(\d\d)(\d\d)", plain):
        year, month, day = (int(part) for part in found.groups() if part)
        yield from _real([(year, month, day)])
    elif found := re.fullmatch(r"(\d{1,2})[-./月](\d{1,2})[日号]?", plain):
        yield from _real((year, int(found[1]), int(found[2])) for year in range(today.year - 8, today.year + 9))
    elif found := re.fullmatch(rf"(?:(\d{{4}})年?)?(\d{{1,2}})月份?{_PART}", plain):
        years = [int(found[1])] if found[1] else range(today.year - 1, today.year + 2)
        firsts = _real((year, int(found[2]), 1) for year in years)
        yield from (part_of_month(first.year, first.month, found[3]) for first in firsts)
    elif found := re.fullmatch(r"(\d{1,2})[日号]?", plain):
        yield from _real((*month_away(today.year, today.month, away), int(found[1])) for away in range(-2, 3))


def _real(parts: Iterable[tuple[int, int, int]]) -> Iterator[date]:
    return (found for part in parts if (found := _day(*part)))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 1900 <= year <= 2199 else None
    except ValueError:
        return None


def _meant(possible: list[date], today: date, side: int) -> date:
    """Return the nearest of several days on one side of today, unless only one on the other side is near at all."""

    def off(day: date) -> int:
        return abs((day - today).days)

    nearest = min(possible, key=off)
    allowed = min((day for day in possible if (day - today).days * side >= 0), key=off, default=nearest)
    return allowed if off(allowed) <= NEAR or off(nearest) > NEAR else nearest


def _no_date(text: str, plain: str) -> Refused:
    if _MONTH_ALONE.fullmatch(plain):
        return Refused(
            N_("“{value}” is a month: type the day too, e.g. 5 June or end of June"), rule="D-01", value=text
        )
    told = N_("“{value}” is not a date: type e.g. 20, 9-20, 2023-9-20, 30 Nov, yesterday, +3 or last Friday")
    return Refused(told, rule="D-01", value=text)


def _future(found: date, today: date, possible: list[date]) -> Refused:
    earlier = max((day for day in possible if day <= today), default=None)
    if earlier is None:
        return Refused(N_("{value} lies in the future (today is {today})"), rule="D-02", value=found, today=today)
    return Refused(
        N_("{value} lies in the future (today is {today}). If another year is meant, type it too: {other}"),
        rule="D-02",
        value=found,
        today=today,
        other=earlier,
    )
