"""Whether a record may be saved: types, codes, days and the record's own rules, each refusal naming its field."""

from datetime import date
from functools import cache
from typing import Any

from pydantic import ValidationError

from zjtui.domain.fields import F, Kind
from zjtui.domain.money import plain
from zjtui.domain.record import Record
from zjtui.errors import Msg, Notice, Refused, RefusedMany
from zjtui.i18n import N_

_MESSAGES = {  # pydantic's error type: our message, rule
    "missing": (N_("{label} is missing"), "G-10"),
    "string_too_short": (N_("{label} is missing"), "G-10"),
    "string_too_long": (N_("{label} is too long: at most {max_length} characters"), "G-11"),
    "greater_than": (N_("{label} must be more than {gt}"), "G-12"),
    "greater_than_equal": (N_("{label} must be at least {ge}"), "G-13"),
    "less_than_equal": (N_("{label} must be at most {le}"), "G-14"),
    "extra_forbidden": (N_("There is no field “{name}”"), "G-15"),
}
_OTHERWISE = (N_("{label}: “{value}” does not fit"), "G-16")


def check(kind: type[Record], values: dict[str, Any], today: date, before: Record | None = None) -> Record:
    """Return the validated record, or raise `RefusedMany` naming every field that is wrong."""
    try:
        record = kind.model_validate(values)
    except ValidationError as error:
        raise RefusedMany([_refusal(kind, item) for item in error.errors(include_url=False)]) from None
    broken = (refusal for refusal in record.rules() if before is None or _touched(refusal, before, record))
    refusals = [*_field_refusals(record, today, before), *broken]
    if refusals:
        raise RefusedMany(refusals)
    return record


def _touched(refusal: Refused, before: Record, after: Record) -> bool:
    """Tell whether a change concerns a broken rule: what was broken before is not this change's to mend."""
    return any(getattr(before, name) != getattr(after, name) for name in refusal.facts)


def notices(record: Record, before: Record | None = None) -> list[Notice]:
    """Return what is odd about a valid record."""
    return list(record.notices(before))


def _refusal(kind: type[Record], item: Any) -> Refused:
    name = str(item["loc"][0]) if item["loc"] else ""
    field = kind.fields().get(name)
    value = item.get("input")
    if item["type"] in ("string_type", "int_type", "date_type") and value is None:
        item = {**item, "type": "missing"}
    msgid, rule = _MESSAGES.get(item["type"], _OTHERWISE)
    limits = {key: _limit(field, limit) for key, limit in item.get("ctx", {}).items() if key != "error"}
    shown = "" if isinstance(value, dict) else str(value)[:80]
    label = Msg(field.label) if field else name
    return Refused(msgid, rule=rule, field=name, **{**limits, "label": label, "name": name, "value": shown})


def _limit(field: F | None, limit: Any) -> Any:
    if field and field.kind is Kind.MONEY and field.unit and isinstance(limit, int):
        return f"{limit / field.unit.factor:g}"
    return plain(limit) if isinstance(limit, float) else limit


@cache
def _looked_at(kind: type[Record]) -> tuple[tuple[str, F, frozenset[str]], ...]:
    """Return the fields that may hold an unknown code or a day to come, with the codes that they may hold."""
    return tuple(
        (name, field, frozenset(field.codes or ()))
        for name, field in kind.fields().items()
        if field.kind in (Kind.CODE, Kind.CODES) or (field.kind is Kind.DATE and field.past)
    )


def _field_refusals(record: Record, today: date, before: Record | None) -> list[Refused]:
    """Check codes and days field by field; a code from a newer version that was there before stays allowed."""
    found = []
    values = record.__dict__
    for name, field, known in _looked_at(type(record)):
        value = values[name]
        if value is None or value == [] or (before and getattr(before, name) == value):
            continue
        if field.kind is Kind.CODE and value in known:
            continue
        codes = value if field.kind is Kind.CODES else [value] if field.kind is Kind.CODE else []
        kept = getattr(before, name) if before and field.kind is Kind.CODES else []
        for code in codes:
            if known and code not in known and code not in kept:
                found.append(
                    Refused(
                        N_("{label}: “{value}” is not a known code"),
                        rule="G-01",
                        field=name,
                        label=Msg(field.label),
                        value=code,
                    )
                )
        if field.kind is Kind.DATE and field.past and value > today:
            found.append(
                Refused(
                    N_("{value} lies in the future (today is {today})"),
                    rule="D-02",
                    field=name,
                    value=value,
                    today=today,
                )
            )
    return found
