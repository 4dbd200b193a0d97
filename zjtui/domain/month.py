"""Months of the calendar: one that is looked at, and days and months reckoned in them. Never a monthly report."""

import calendar
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Month:
    """The month that is looked at."""

    year: int
    month: int

    @classmethod
    def usual(cls, today: date) -> "Month":
        """Return the last month that is over."""
        return cls(*previous_month(today.year, today.month))

    @classmethod
    def of(cls, text: str) -> "Month":
        """Return the month "YYYY-MM"."""
        return cls(int(text[:4]), int(text[5:7]))

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}"


def previous_month(year: int, month: int) -> tuple[int, int]:
    """Return the month before."""
    return (year - 1, 12) if month == 1 else (year, month - 1)


def month_away(year: int, month: int, count: int) -> tuple[int, int]:
    """Return the month that lies `count` months later, or before where that is negative."""
    number = year * 12 + month - 1 + count
    return number // 12, number % 12 + 1


def months_between(year: int, month: int, day: date) -> int:
    """Return how many months a month lies before the one of `day`."""
    return day.year * 12 + day.month - year * 12 - month


def add_months(day: date, count: int) -> date:
    """Return the same day `count` months later; the month's last one where it has no such day."""
    year, month = month_away(day.year, day.month, count)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def month_end(day: date) -> date:
    """Return the last day of the month of `day`."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def quarter_end(day: date) -> date:
    """Return the last day of the quarter of `day`."""
    return month_end(date(day.year, (day.month - 1) // 3 * 3 + 3, 1))
