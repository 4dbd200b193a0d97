"""A register as `zjtui dump --canonical` writes it, and what all figures share: days, scopes, rounding."""

import json
from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

Row = dict[str, Any]
COUNTED = ("submitted", "approved")


class Dump:
    """The tables by name; records by uid; what hangs on a project by its uid."""

    def __init__(self, lines: Iterable[str], today: date) -> None:
        self.tables: dict[str, list[Row]] = defaultdict(list)
        for line in lines:
            row = json.loads(line)
            self.tables[row.pop("table")].append(row)
        self.today = today
        self.projects = {row["uid"]: row for row in self.tables["project"]}
        self.regions = {row["uid"]: row for row in self.tables["region"]}
        self._of: dict[str, dict[str, list[Row]]] = {}

    def of(self, table: str, uid: str) -> list[Row]:
        """Return the records of a table that hang on a project."""
        if table not in self._of:
            grouped: dict[str, list[Row]] = defaultdict(list)
            for row in self.tables[table]:
                grouped[row["project_uid"]].append(row)
            self._of[table] = grouped
        return self._of[table].get(uid, [])

    def plan_of(self, uid: str, year: int) -> Row | None:
        """Return a project's plan of a year."""
        return next((row for row in self.of("annual_plan", uid) if row["year"] == year), None)

    def day(self, year: int, month: int) -> str:
        """Return the day for which a month's figures are: its last one, or today."""
        return min(last_day(year, month), self.today.isoformat())


def last_day(year: int, month: int) -> str:
    return f"{year}-{month:02}-{monthrange(year, month)[1]:02}"


def days_between(one: str, other: str) -> int:
    return (date.fromisoformat(other) - date.fromisoformat(one)).days


def after(day: str, count: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=count)).isoformat()


def months_later(day: str, count: int) -> str:
    year, month = divmod(int(day[:4]) * 12 + int(day[5:7]) - 1 + count, 12)
    return f"{year}-{month + 1:02}-{min(int(day[8:]), monthrange(year, month + 1)[1]):02}"


def rate(part: int | Fraction, whole: int | Fraction) -> Fraction | None:
    return Fraction(part) / Fraction(whole) if whole else None


def half_up(value: Fraction) -> int:
    """Round to a whole number, away from zero."""
    whole = int(abs(value) + Fraction(1, 2))
    return -whole if value < 0 else whole


def shown(value: Fraction) -> str:
    """Show with one decimal."""
    tenths = half_up(value * 10)
    return f"{'-' if tenths < 0 else ''}{abs(tenths) // 10:,}.{abs(tenths) % 10}"


def inside(region: str) -> Callable[[Row], bool]:
    """Return whether a project lies in a region; the province holds all."""
    stem = "" if region in ("", "330000") else region[:4] if region.endswith("00") else region
    return lambda project: project["region_code"].startswith(stem)


def ranks(values: dict[str, Fraction | None]) -> dict[str, int | None]:
    """Ties share a rank, nothing has none."""
    return {
        key: None if own is None else 1 + sum(other is not None and other > own for other in values.values())
        for key, own in values.items()
    }
