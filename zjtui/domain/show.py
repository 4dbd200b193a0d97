"""From a field's value to what a person reads, in the current language and the field's own unit."""

from datetime import date
from decimal import Decimal
from typing import Any

from zjtui.domain import money
from zjtui.domain.fields import F, Kind
from zjtui.i18n import N_, _, counted

MASK = "•••"


def show(field: F, value: Any, names: dict[str, str] | None = None) -> str:
    """Return `value` as text. `names` maps the uids of referenced records to their names."""
    if value is None or value == []:
        return ""
    known = names or {}
    match field.kind:
        case Kind.CODE if field.codes:
            return field.codes.label(value)
        case Kind.CODES if field.codes:
            return "、".join(field.codes.label(code) for code in value)
        case Kind.MONEY if field.unit:
            return money.show_money(value, field.unit)
        case Kind.AREA:
            return money.show_area(value)
        case Kind.YESNO:
            return _(N_("yes")) if value else _(N_("no"))
        case Kind.REF:
            return known.get(value, str(value))
        case Kind.REFS:
            return "、".join(known.get(uid, str(uid)) for uid in value)
        case Kind.LIST:
            return "、".join(map(field.words or str, value))
        case Kind.OBJECTS:
            return _records(field, value)
        case Kind.INT | Kind.NUMBER | Kind.PERCENT:
            return _number(field, value)
        case _:
            return value.isoformat() if isinstance(value, date) else str(value)


def _records(field: F, value: list[Any]) -> str:
    """Return records within a record in the field's words; how many they are where it has none."""
    return "；".join(map(field.words, value)) if field.words else counted(N_("{count} entries"), len(value))


def _number(field: F, value: float) -> str:
    if field.words is not None:
        return field.words(int(value))
    if field.kind is Kind.INT:
        return str(value)
    text = f"{Decimal(repr(round(value, 9))):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def typed(field: F, value: Any) -> str:
    """Return `value` as a person would type it into a form, so that parsing it gives `value` back."""
    if value is None or value == []:
        return ""
    match field.kind:
        case Kind.CODE | Kind.REF:
            return str(value)
        case Kind.LIST:
            return show(field, value)
        case Kind.INT:
            return str(value)
        case Kind.CODES | Kind.REFS:
            return "、".join(str(item) for item in value)
        case Kind.MONEY if field.unit:
            exact = money.in_unit(value, field.unit, decimals=8)
            return exact.replace(",", "")
        case Kind.AREA:
            return f"{value}平方米" if value * 3 % 20 else money.show_area(value).replace(",", "")
        case _:
            return show(field, value).replace(",", "") if field.kind is Kind.NUMBER else show(field, value)


def label(field: F) -> str:
    """Return the field's label with its unit, e.g. "Total investment (100m yuan)"."""
    return f"{_(field.label)} ({_(field.unit.label).strip()})" if field.unit else _(field.label)


def heading(field: F) -> str:
    """Return what stands over the field's column."""
    return _(field.short or field.label)


def named(field: F, text: str) -> str:
    """Return a text, or the name of the code that it is."""
    return field.codes.label(text) if field.codes is not None else text
