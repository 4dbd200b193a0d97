"""What every report of the office shares: what it is asked, its head and foot, numbers as they are told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from zjtui.domain.fields import YI
from zjtui.domain.indicators import rate
from zjtui.domain.money import report_unit
from zjtui.domain.month import Month
from zjtui.domain.region import PROVINCE
from zjtui.i18n import N_, _
from zjtui.reports.amounts import decimal, yi
from zjtui.reports.page import Heading, Number, Page, Paragraph, Table, running
from zjtui.store.read import find
from zjtui.store.read.history import head
from zjtui.store.read.reporting import Which
from zjtui.store.sqlite import Connection
from zjtui.usecases.session import Session

_YI, _BILLION = 10**8, 10**9  # yuan


@dataclass(frozen=True)
class Params:
    """What a report is asked: days or a month, and of which region, project or person; what it needs is set."""

    since: date | None = None
    until: date | None = None
    month: Month | None = None
    region: str = ""
    project: str = ""
    person: str = ""

    @property
    def which(self) -> Which:
        """Whose records are meant."""
        return Which(self.region, self.project, self.person)

    def week(self, today: date) -> tuple[date, date]:
        """Return the days asked for: by default the week of today, Monday to Sunday."""
        since = self.since or (
            self.until - timedelta(days=6) if self.until else today - timedelta(days=today.weekday())
        )
        return since, self.until or since + timedelta(days=6)

    def year(self, today: date) -> tuple[date, date]:
        """Return the days asked for: by default from January up to today."""
        until = self.until or today
        return self.since or date(until.year, 1, 1), until


def begin(session: Session, title: str, params: Params, span: str) -> Page:
    """Return an empty page with its title, the line of scope and day, and the foot."""
    reader, day = session.reader(), session.today.isoformat()
    parts = [_scope(session, params), span, _(N_("as of {day}")).format(day=day)]
    scope = running(" · ".join(part for part in parts if part))
    return Page(title, _(N_("As of {day}")).format(day=day), scope=scope, proof=proof(reader))


def proof(connection: Connection) -> str:
    """Return what says from which state of the change log a page was made."""
    return _(N_("Change log {head}")).format(head=head(connection))


def _scope(session: Session, params: Params) -> str:
    reader = session.reader()
    found = []
    for entity, uid in (("region", params.region), ("project", params.project), ("person", params.person)):
        if uid and uid != PROVINCE:
            found.append(find.names(reader, entity, {uid}).get(uid, uid))
    return _(N_("Scope: {names}")).format(names=_(N_("list|, ")).join(found) or _(N_("the whole register")))


def days(since: date, until: date) -> str:
    """Return a span of days in words."""
    return _(N_("{since} to {until}")).format(since=since.isoformat(), until=until.isoformat())


def section(page: Page, title: str, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]], empty: str) -> None:
    """Add a heading with the number of rows and its table, or one sentence where there is none."""
    summary(page, _(N_("{title} ({count})")).format(title=_(title), count=len(rows)), heads, rows, empty)


def summary(page: Page, title: str, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]], empty: str) -> None:
    """Add a heading, translated already, and its table, or one sentence where there is none."""
    page.parts.append(Heading(title))
    if rows:
        right = tuple(n for n in range(len(heads)) if any(isinstance(row[n], Number) for row in rows))
        page.parts.append(Table(tuple(_(text) for text in heads), tuple(rows), right))
    else:
        page.parts.append(Paragraph(_(empty)))


def count(value: int | None) -> str:
    """Return a count as a cell; nothing known is empty."""
    return "" if value is None else Number(f"{value:,}", value)


def amount(yuan: int) -> Number:
    """Return an amount as a cell, in the unit of reports."""
    unit = report_unit()
    return Number(yi(yuan), Fraction(yuan, _YI if unit is YI else _BILLION), _(unit.label))


def share(part: int, whole: int) -> str:
    """Return a rate as a cell; more than all of it is marked for checking, nothing to divide by is "-"."""
    value = rate(part, whole)
    return "-" if value is None else Number(percent(value), value, "%")


def percent(value: Fraction) -> str:
    """Return a rate (1 = 100 %) as it is told: never capped, and marked for checking above 100 %."""
    text = f"{decimal(value * 100)}%"
    return text + _(N_("(to be checked)")) if value > 1 else text


def as_day(value: date | str | None) -> str:
    """Return a day as a cell."""
    return "" if value is None else value if isinstance(value, str) else value.isoformat()
