"""Titles and headings that name a month: “2023年1-8月完成投资” told of another month."""

import re
from collections import Counter
from collections.abc import Iterable

_RANGE = r"(?:1\s*[-—–~～至]+\s*)"
# a month with its year, a range from January, “by the end of”: always the month that a form is of
_MONTH = re.compile(rf"(?P<year>20\d\d)(?P<word>\s*年\s*)(?P<range>{_RANGE}?)(?P<month>\d{{1,2}})(?P<end>\s*月)"
                    rf"|(?<![\d年])(?P<range2>{_RANGE})(?P<month2>\d{{1,2}})(?P<end2>\s*月)"
                    r"|(?P<till>截[至止]\s*)(?P<month3>\d{1,2})(?P<end3>\s*月)")  # fmt: skip
_YEAR = re.compile(r"(20\d\d)(?=\s*年)")
_ALONE = re.compile(r"(?<![\d\-—–~～至年])(\d{1,2})(?=\s*月(?![底末前初]))")


def month_of(texts: Iterable[str]) -> tuple[int, int] | None:
    """Return the (year, month) that most of the texts name, None where they name no month; year 0 where no year."""
    months: Counter[int] = Counter()
    years: Counter[int] = Counter()
    for text in texts:
        months.update(_months(text))
        years.update(int(year) for year in _YEAR.findall(text))
    if not months:
        return None
    return years.most_common(1)[0][0] if years else 0, months.most_common(1)[0][0]


def is_of(text: str, year: int, month: int) -> bool:
    """Tell whether a text names this month or year and no other."""
    years, months = named(text)
    return bool(months or years) and months <= {month} and years <= {year}


def named(text: str) -> tuple[set[int], set[int]]:
    """Return the years and the months that a text names."""
    months = _months(text) or [int(found) for found in _ALONE.findall(text)]
    return {int(found) for found in _YEAR.findall(text)}, set(months)


def retold(text: str, year: int, month: int) -> str:
    """Return the text of another month; “1-8月” of January becomes “1月”; a bare “8月” counts where no other does."""

    def told(found: re.Match[str]) -> str:
        if found["till"]:
            return f"{found['till']}{month}{found['end3']}"
        if found["range2"]:
            return f"{found['range2'] if month > 1 else ''}{month}{found['end2']}"
        return f"{year}{found['word']}{found['range'] if month > 1 else ''}{month}{found['end']}"

    changed = _YEAR.sub(str(year), _MONTH.sub(told, text))
    return changed if _months(text) else _ALONE.sub(str(month), changed)


def _months(text: str) -> list[int]:
    return [int(found["month"] or found["month2"] or found["month3"]) for found in _MONTH.finditer(text)]
