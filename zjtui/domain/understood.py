"""How what is being typed is understood: shown beside its field before it is saved, and asked about in doubt."""

from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from zjtui.domain import money
from zjtui.domain.dates import long_ago, says_year
from zjtui.domain.fields import F, Kind
from zjtui.domain.parse import parse
from zjtui.domain.partial_date import latest
from zjtui.domain.show import label
from zjtui.errors import ZjtuiError
from zjtui.i18n import N_, _

_WEEKDAYS = (
    N_("weekday|Mon"), N_("weekday|Tue"), N_("weekday|Wed"), N_("weekday|Thu"), N_("weekday|Fri"), N_("weekday|Sat"),
    N_("weekday|Sun"),
)  # fmt: skip
_DAYS = (Kind.DATE, Kind.PARTIAL)


def understood(field: F, text: str, value: Any, today: date) -> str:
    """Return how a day, month, amount or area is understood; "" for what is kept as it is typed."""
    if value is None or field.kind not in (*_DAYS, Kind.MONTH, Kind.MONEY, Kind.AREA):
        return ""
    if field.kind is Kind.MONEY and field.unit:
        unit = money.told_unit(field.unit)
        return f"→ {money.in_unit(value, unit, decimals=9)}{_(unit.label)}"
    if field.kind is Kind.AREA:
        return f"→ {money.show_area(value, named=True)}"
    return f"→ {_ago(value, today) if doubtful(field, text, value, today) else day_named(value)}"


def doubtful(field: F, text: str, value: Any, today: date) -> bool:
    """Tell whether a day without its year may well be another one: it is long back, or over before it is due."""
    return field.kind in _DAYS and (long_ago(text, value, today) or _over(field, text, value, today))


def _over(field: F, text: str, value: Any, today: date) -> bool:
    return field.ahead and isinstance(value, date) and value < today and not says_year(text, today)


def day_meant(field: F, text: str, today: date) -> str:
    """Return a day, month or year as it is meant today, so that it reads the same tomorrow; another text as it is."""
    if not text.strip() or field.kind not in (*_DAYS, Kind.MONTH):
        return text
    readings = [_read(field, text, day) for day in (today, today + timedelta(days=1), today + timedelta(days=200))]
    value = readings[0]
    if value is None or all(value == other for other in readings) or doubtful(field, text, value, today):
        return text
    return value if isinstance(value, str) else str(value.isoformat())


def _read(field: F, text: str, today: date) -> Any:
    with suppress(ZjtuiError):
        return parse(field, text, today)
    return None


def question(field: F, text: str, value: Any, today: date) -> str:
    """Return what is asked about such a day before it is saved."""
    told = _(N_("{label}: is “{text}” {day}? If not, go on typing, with its year"))
    return told.format(label=label(field), text=text.strip(), day=_ago(value, today))


def day_named(day: date | str) -> str:
    """Return a day with its weekday; a month or year as it is."""
    if isinstance(day, str):
        if len(day) < len("2023-09-20"):
            return day
        day = date.fromisoformat(day)
    return f"{day.isoformat()} {_(_WEEKDAYS[day.weekday()])}"


def _ago(day: date | str, today: date) -> str:
    last = latest(day) if isinstance(day, str) else day
    return _(N_("{day} ({days} days ago)")).format(day=day_named(day), days=(today - last).days)
