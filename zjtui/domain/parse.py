"""From what a person typed to a field's value, for form, command line and (later) Excel alike."""

import re
from datetime import date
from typing import Any

from zjtui.domain import dates, money
from zjtui.domain.fields import F, Kind
from zjtui.errors import Refused
from zjtui.i18n import N_
from zjtui.text import strip_unsafe

_YES = {"1", "y", "yes", "true", "是", "有", "t", "✓"}
_NO = {"0", "n", "no", "false", "否", "无", "f", ""}
_NUMBERS = {
    Kind.AREA: money.parse_area,
    Kind.INT: money.parse_int,
    Kind.NUMBER: money.parse_number,
    Kind.PERCENT: money.parse_percent,
}
_SEPARATORS = re.compile(r"[,，、;；\n]+")


def items(text: str) -> list[str]:
    """Return what stands between commas and semicolons of both kinds, 、 and the ends of lines."""
    return [item.strip() for item in _SEPARATORS.split(text) if item.strip()]


def being_typed(text: str) -> tuple[list[str], str]:
    """Return the items that are whole, and the last one, at which somebody is typing."""
    *before, last = _SEPARATORS.split(text)
    return [item.strip() for item in before if item.strip()], last.strip()


def parse(field: F, text: str, today: date) -> Any:
    """Return the value of `field` that `text` means; empty text means None (an empty list for lists).

    References are returned as typed: only the register knows which record a name means. Raises `Refused`.
    """
    text = strip_unsafe(text)
    many = field.kind in (Kind.CODES, Kind.REFS, Kind.LIST)
    if not text.strip():
        return [] if many else False if field.kind is Kind.YESNO else None
    if many:
        found = items(text)
        if field.kind is Kind.CODES and field.codes:
            found = [field.codes.find(item) for item in found]
        return found if field.repeats else list(dict.fromkeys(found))
    return _single(field, text, today)


def parse_sure(field: F, text: str, today: date) -> Any:
    """As `parse`, where nobody can be asked: a day without its year that lies long back is refused. Rule D-05."""
    value = parse(field, text, today)
    if field.kind in (Kind.DATE, Kind.PARTIAL) and dates.long_ago(text, value, today):
        raise dates.unsure(text, value)
    return value


def _single(field: F, text: str, today: date) -> Any:
    match field.kind:
        case Kind.LONG:
            return text.strip()
        case Kind.CODE if field.codes:
            return field.codes.find(text)
        case Kind.DATE:
            return dates.parse_date(text, today, past=field.past, ahead=field.ahead)
        case Kind.PARTIAL:
            return dates.parse_partial(text, today)
        case Kind.MONTH:
            return dates.parse_month(text, today, past=field.past)
        case Kind.MONEY if field.unit:
            return money.parse_money(text, field.unit)
        case kind if kind in _NUMBERS:
            return _NUMBERS[kind](text)
        case Kind.YESNO:
            return _yes_or_no(text)
        case Kind.OBJECTS:
            raise Refused(N_("This field is not typed by hand"), rule="G-02")
        case _:
            return " ".join(text.split())


def _yes_or_no(text: str) -> bool:
    folded = text.strip().casefold()
    if folded in _YES or folded in _NO:
        return folded in _YES
    raise Refused(N_("“{value}” is neither yes nor no"), rule="G-03", value=text)
