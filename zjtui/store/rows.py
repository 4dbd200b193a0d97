"""Between a record's fields and a table's columns, driven by the field declarations alone."""

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from zjtui.domain.fields import Kind
from zjtui.domain.record import Record

_CANONICAL = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
_AS_THEY_ARE = (Kind.TEXT, Kind.LONG, Kind.CODE, Kind.PARTIAL, Kind.MONTH, Kind.MONEY, Kind.INT, Kind.PERCENT, Kind.REF)
_JSON = (Kind.CODES, Kind.REFS, Kind.LIST, Kind.OBJECTS)


def to_json(value: Any) -> str:
    """Return the one way in which a value is written as JSON."""
    return _CANONICAL.encode(value)


def encode(kind: type[Record], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return `values` of record type `kind` as they are stored."""
    fields = kind.fields()
    return {name: _store(fields[name].kind, value) for name, value in values.items()}


def stored(record: Record) -> dict[str, Any]:
    """Return a whole record as `encode` does; most of its fields are stored as they are and need not go through it."""
    values = dict(record.__dict__)
    for name, kind in _to_encode(type(record)):
        if values[name] is not None:
            values[name] = _store(kind, values[name]) if values[name] != [] else "[]"
    return values


def filled(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a stored row that hold something: what the log keeps of a new one."""
    return {name: value for name, value in row.items() if value is not None}


@cache
def _to_encode(kind: type[Record]) -> tuple[tuple[str, Kind], ...]:
    return tuple((name, field.kind) for name, field in kind.fields().items() if field.kind not in _AS_THEY_ARE)


def decode(kind: type[Record], row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of `kind` from a stored row; columns that `kind` does not know are left out."""
    fields = kind.fields()
    return decoded(kind, {name: row[name] for name in row.keys() if name in fields})  # noqa: SIM118


def decoded(kind: type[Record], found: dict[str, Any]) -> dict[str, Any]:
    """Return stored values of `kind`, and of nothing else, as its fields hold them; `found` itself is changed."""
    for name, restoring in _restored(kind):
        if name in found:
            found[name] = restore(restoring, found[name])
    return found


@cache
def _restored(kind: type[Record]) -> tuple[tuple[str, Kind], ...]:
    """Return the fields whose stored value is not the value itself."""
    kinds = (*_JSON, Kind.DATE, Kind.YESNO)
    return tuple((name, field.kind) for name, field in kind.fields().items() if field.kind in kinds)


def record_from(kind: type[Record], row: Mapping[str, Any]) -> Any:
    """Return a record of type `kind` from a stored row."""
    return kind.trusted(decode(kind, row))


def _store(kind: Kind, value: Any) -> Any:
    if value is None:
        return None
    if kind in _JSON:
        return to_json(value)
    if kind is Kind.DATE:
        return value.isoformat() if isinstance(value, date) else value
    return int(value) if kind is Kind.YESNO else value


def restore(kind: Kind, value: Any) -> Any:
    """Return a stored value as the field's own type."""
    if value is None:  # a list in a column that is younger than the row was never filled
        return [] if kind in _JSON else None
    if kind in _JSON:
        return json.loads(value)
    if kind is Kind.DATE:
        return date.fromisoformat(value)
    return bool(value) if kind is Kind.YESNO else value


class Full(dict[str, Any]):
    """A row in which a column that was not given is NULL."""

    def __missing__(self, key: str) -> Any:
        return None
