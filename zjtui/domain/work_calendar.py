"""A year's calendar of working days that an office gives (办公历): read from the State Council's notice or a list."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field

from zjtui.domain.fields import F, Kind
from zjtui.domain.record import Record
from zjtui.domain.workdays import Year
from zjtui.errors import Notice, Refused
from zjtui.i18n import N_

_BRACKETS = re.compile(r"[(\[【〔][^)\]】〕]*[)\]】〕]")
_SPAN = re.compile(
    r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日?(?:(?:至|到|-|—|–|~)+(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日)?"
)
_LISTED = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[\s,;|]*(.*)")
_FIRST_HOLIDAY, _LAST_HOLIDAY = 1, 10  # months: 元旦 and 国庆节
Span = tuple[date, date]
_OFF = ("放假", "休", "假", "off", "holiday")
_WORKED = ("上班", "补班", "班", "工作", "work")


class WorkCalendar(Record):
    """The calendar of one year; unique by year. Days as ISO days."""

    entity: ClassVar[str] = "work_calendar"
    noun: ClassVar[str] = N_("Calendar of working days")
    title_field: ClassVar[str] = "year"

    year: Annotated[int, Field(ge=1990, le=2099), F(N_("Year"), Kind.INT, width=6, listed=True)]
    days_off: Annotated[list[str], F(N_("calendar|Days off"), Kind.LIST, width=40, listed=True)] = Field(
        default_factory=list
    )
    days_worked: Annotated[list[str], F(N_("calendar|Weekend days worked"), Kind.LIST, width=30, listed=True)] = Field(
        default_factory=list
    )
    source: Annotated[str | None, Field(max_length=200), F(N_("Source"), width=24, listed=True)] = None

    def rules(self) -> Iterator[Refused]:
        """Yield what contradicts itself in this record."""
        for name in ("days_off", "days_worked"):
            for text in getattr(self, name):
                if _iso(text) is None or text[:4] != str(self.year):
                    yield Refused(
                        N_("“{value}” is no day of {year}"), rule="W-02", field=name, value=text, year=self.year
                    )
        worked = [day for text in self.days_worked if (day := _iso(text))]
        for day in worked:
            if day.weekday() < 5:
                yield Refused(N_("{day} is no weekend: it is worked anyhow"), rule="W-03", field="days_worked", day=day)
        if both := sorted(set(self.days_off) & set(self.days_worked)):
            yield Refused(N_("{day} is both off and worked"), rule="W-04", field="days_worked", day=both[0])
        if not self.days_off:
            yield Refused(N_("A year without any day off is no calendar"), rule="W-05", field="days_off")

    def notices(self, before: Self | None = None) -> Iterator[Notice]:
        """Yield what is odd without being wrong: a part of the year."""
        first, last = _span_of(self.year, frozenset(map(date.fromisoformat, [*self.days_off, *self.days_worked])))
        if (first, last) != (date(self.year, 1, 1), date(self.year, 12, 31)):
            yield Notice(
                N_(
                    "The calendar of {year} reaches from {first} to {last}: days outside of it are not known, and not "
                    "counted. Take it in again once it is whole"
                ),
                rule="W-08", field="days_off", year=self.year, first=first, last=last,
            )  # fmt: skip


def given_of(rows: Iterable[Mapping[str, Any]]) -> dict[int, Year]:
    """Return the years that were given, for `workdays`."""
    found = {}
    for row in rows:
        off, worked = (frozenset(map(date.fromisoformat, row[name])) for name in ("days_off", "days_worked"))
        found[row["year"]] = Year(off, worked, *_span_of(row["year"], off | worked))
    return found


def _span_of(year: int, days: frozenset[date]) -> Span:
    """Return the days from and to which a calendar speaks of its year.

    The holidays of a whole year begin in January and end in October: one that stops in February says nothing of March.
    """
    first, last = min(days), max(days)
    whole = date(year, 1, 1), date(year, 12, 31)
    return whole[0] if first.month == _FIRST_HOLIDAY else first, whole[1] if last.month >= _LAST_HOLIDAY else last


def read(text: str) -> dict[str, Any]:
    """Return `year`, `days_off` and `days_worked` of a notice or a list. Rule W-06: what says no year is refused.

    A notice says it in sentences: "春节：2月5日至11日放假调休，共7天。1月31日（周日）上班。". A list has a day and a
    word in each line: "2027-01-01,休" or "2027-01-31,班".
    """
    plain = unicodedata.normalize("NFKC", text)
    listed = [found.groups() for line in plain.splitlines() if (found := _LISTED.match(line.strip()))]
    named = [(day, word) for *day, word in listed if _is(word, _OFF) or _is(word, _WORKED)]
    if named:
        year = int(named[0][0][0])
        days = [(_day(*map(int, day)), "worked" if _is(word, _WORKED) else "off") for day, word in named]
    else:
        found = re.search(r"(\d{4})年", plain)
        if not found:
            raise Refused(
                N_("No year is named: the notice says it in its title, a list in each of its days"), rule="W-06"
            )
        year = int(found[1])
        days = list(_told(plain, year))
    off, worked = (
        sorted({day.isoformat() for day, kind in days if kind == wanted and day.year == year})
        for wanted in ("off", "worked")
    )
    return {"year": year, "days_off": off, "days_worked": worked}


def _told(plain: str, year: int) -> Iterator[tuple[date, str]]:
    """Yield the days of a notice, sentence by sentence; what stands in brackets only says the weekday."""
    for sentence in re.split(r"[。;\n]", _BRACKETS.sub("", plain)):
        parts = sentence.split(",") if _is(sentence, ("放假",)) and _is(sentence, ("上班",)) else [sentence]
        for part in parts:
            kind = "off" if _is(part, ("放假", "休息")) else "worked" if _is(part, ("上班",)) else ""
            for found in _SPAN.finditer(part) if kind else ():
                yield from ((day, kind) for day in _span(found, year))


def _span(found: re.Match[str], year: int) -> Iterator[date]:
    first = _day(int(found[1] or year), int(found[2]), int(found[3]))
    last = _day(int(found[4] or found[1] or year), int(found[5] or found[2]), int(found[6])) if found[6] else first
    if last < first:
        last = _day(last.year + 1, last.month, last.day)
    if (last - first).days > 31:
        raise Refused(N_("“{value}” is no holiday: it is longer than a month"), rule="W-07", value=found[0])
    yield from (first + timedelta(days=number) for number in range((last - first).days + 1))


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Refused(
            N_("“{value}” is no day of {year}"), rule="W-02", value=f"{year}-{month:02}-{day:02}", year=year
        ) from None


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _is(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text.casefold() for word in words)
