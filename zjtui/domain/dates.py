"""Dates as people type them: `20`, `9-20`, `昨天`, `+3`, `上周五`, `2023年9月`. Always Beijing days, no time zone."""

import calendar
import re
import unicodedata
from datetime import date, timedelta

from zjtui.errors import Refused
from zjtui.i18n import N_

_WORDS = {
    "今天": 0, "今日": 0, "今": 0, "today": 0, "t": 0,
    "昨天": -1, "昨日": -1, "昨": -1, "yesterday": -1,
    "前天": -2, "大前天": -3,
    "明天": 1, "明日": 1, "明": 1, "tomorrow": 1,
    "后天": 2, "大后天": 3,
}  # fmt: skip
_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_WEEKDAYS |= {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}
_WEEKS = {"上": -1, "last": -1, "本": 0, "这": 0, "": 0, "this": 0, "下": 1, "next": 1}


def parse_date(text: str, today: date, *, past: bool = False) -> date:
    """Return the day that `text` means on `today`.

    A day without a month, or a day and month without a year, means this month or year; with `past` (a date that cannot
    lie in the future) it means the last such day up to today. Rules D-01 (not a date), D-02 (in the future).
    """
    plain = _plain(text)
    found = _word(plain, today) or _relative(plain, today) or _weekday(plain, today) or _numbers(plain, today, past)
    if found is None:
        raise Refused(
            N_("“{value}” is not a date: type e.g. 20, 9-20, 2023-9-20, 昨天, +3 or 上周五"), rule="D-01", value=text
        )
    if past and found > today:
        raise Refused(N_("{value} lies in the future (today is {today})"), rule="D-02", value=found, today=today)
    return found


def parse_partial(text: str, today: date) -> str:
    """Return an ISO date as precise as typed: "2023", "2023-09" or "2023-09-20". Rule D-03."""
    plain = _plain(text)
    if found := re.fullmatch(r"(\d{4})年?", plain):
        return _year(found[1], text)
    if found := re.fullmatch(r"(\d{4})[-./年](\d{1,2})月?", plain):
        if 1 <= int(found[2]) <= 12:
            return f"{_year(found[1], text)}-{int(found[2]):02}"
    elif found := re.fullmatch(r"(\d{4})(?:-?q|年第?)([1-4一二三四])(?:季度)?", plain):
        quarter = "一二三四".find(found[2]) + 1 or int(found[2])
        return f"{_year(found[1], text)}-{quarter * 3:02}"
    return parse_date(text, today).isoformat()


def parse_month(text: str, today: date, *, past: bool = True) -> str:
    """Return "YYYY-MM". A bare month number means this year, or last year where it would lie ahead. Rule D-04."""
    plain = _plain(text)
    year, month = today.year, 0
    if found := re.fullmatch(r"(\d{4})[-./年]?(\d{1,2})月?", plain):
        year, month = int(found[1]), int(found[2])
    elif found := re.fullmatch(r"(\d{1,2})月?", plain):
        month = int(found[1])
        if past and month > today.month:
            year -= 1
    elif plain in ("本月", "这个月", "this"):
        month = today.month
    elif plain in ("上月", "上个月", "last"):
        year, month = previous_month(today.year, today.month)
    if not 1 <= month <= 12 or not 1990 <= year <= 2099:
        raise Refused(N_("“{value}” is not a month: type e.g. 2023-09 or 9"), rule="D-04", value=text)
    return f"{year}-{month:02}"


def previous_month(year: int, month: int) -> tuple[int, int]:
    """Return the month before."""
    return (year - 1, 12) if month == 1 else (year, month - 1)


def month_end(day: date) -> date:
    """Return the last day of the month of `day`."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def quarter_end(day: date) -> date:
    """Return the last day of the quarter of `day`."""
    return month_end(date(day.year, (day.month - 1) // 3 * 3 + 3, 1))


def partial(text: str | None) -> str | None:
    """Return `text` where it is an ISO year, month or day, as `parse_partial` makes it; else raise `ValueError`."""
    if text is not None and (len(text) not in (4, 7, 10) or not text.isascii() or latest(text) < earliest(text)):
        raise ValueError(text)
    return text


def earliest(partial: str) -> date:
    """Return the first day that an ISO date of any precision can mean."""
    return date.fromisoformat(partial + "-01-01"[len(partial) - 4 :] if len(partial) < 10 else partial)


def latest(partial: str) -> date:
    """Return the last day that an ISO date of any precision can mean."""
    if len(partial) == 4:
        return date(int(partial), 12, 31)
    return month_end(date.fromisoformat(partial + "-01")) if len(partial) == 7 else date.fromisoformat(partial)


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()


def _year(year: str, text: str) -> str:
    if not 1990 <= int(year) <= 2099:
        raise Refused(N_("The year {year} in “{value}” is out of range"), rule="D-03", year=year, value=text)
    return f"{int(year)}"


def _word(plain: str, today: date) -> date | None:
    if plain in ("月底", "本月底", "月末"):
        return month_end(today)
    if plain in ("季度末", "本季度末"):
        return quarter_end(today)
    return today + timedelta(days=_WORDS[plain]) if plain in _WORDS else None


def _relative(plain: str, today: date) -> date | None:
    found = re.fullmatch(r"([+-])(\d{1,4})([dw天日周]?)", plain)
    if not found:
        return None
    days = int(found[2]) * (7 if found[3] in ("w", "周") else 1)
    return today + timedelta(days=days if found[1] == "+" else -days)


def _weekday(plain: str, today: date) -> date | None:
    found = re.fullmatch(
        r"(上|本|这|下|last|this|next)?(?:周|星期|礼拜)?([一二三四五六日天]|mon|tue|wed|thu|fri|sat|sun)", plain
    )
    if not found or (found[1] is None and len(plain) == 1):
        return None
    monday = today - timedelta(days=today.weekday())
    return monday + timedelta(days=_WEEKDAYS[found[2]] + 7 * _WEEKS[found[1] or ""])


def _numbers(plain: str, today: date, past: bool) -> date | None:
    patterns = (
        r"(?P<y>\d{4})[-./年](?P<m>\d{1,2})[-./月](?P<d>\d{1,2})日?",
        r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})",
        r"(?P<m>\d{1,2})[-./月](?P<d>\d{1,2})[日号]?",
        r"(?P<d>\d{1,2})[日号]?",
    )
    for pattern in patterns:
        if found := re.fullmatch(pattern, plain):
            parts = {name: int(value) for name, value in found.groupdict().items()}
            return _nearest(parts, today, past)
    return None


def _nearest(parts: dict[str, int], today: date, past: bool) -> date | None:
    """Fill in what was not typed; step back a month or a year at a time where the day must not lie ahead."""
    year, month = parts.get("y", today.year), parts.get("m", today.month)
    for _attempt in range(13):
        try:
            found = date(year, month, parts["d"]) if 1900 <= year <= 2199 else None
        except ValueError:
            found = None
        if "y" in parts or (found and not (past and found > today)):
            return found
        if "m" in parts:
            if not past:
                return found
            year -= 1
        elif past:
            year, month = previous_month(year, month)
        else:
            return found
    return None
