"""Names of organisations and persons: of one that is there, or of a new one, which somebody has to say."""

from collections.abc import Container, Mapping
from functools import cache
from typing import Any

from zjtui.domain.fields import F, Kind
from zjtui.domain.record import Record

MAY_BE_NEW = ("org", "person")  # what is added by naming it


class New(str):
    """A name of which somebody said that it is a new one: without that, one that nobody has is refused."""

    __slots__ = ()


def names(field: F) -> bool:
    """Tell whether a field names organisations or persons."""
    return field.kind in (Kind.REF, Kind.REFS) and field.ref in MAY_BE_NEW


@cache
def references(kind: type[Record]) -> tuple[tuple[str, F], ...]:
    """Return the fields of a record that name other records."""
    return tuple((name, field) for name, field in kind.fields().items() if field.kind in (Kind.REF, Kind.REFS))


def as_new(kind: type[Record], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return `values` with every name in them said to be new where nobody has it: of a list that tells them first."""
    return {**values, **{name: mark(field, values[name]) for name, field in references(kind) if values.get(name)}}


def mark(field: F, value: Any, said: Container[str] | None = None) -> Any:
    """Return the value of a field with the names in it said to be new: those in `said`, or all."""
    if not value or not names(field):
        return value
    if isinstance(value, list):
        return [mark(field, item, said) for item in value]
    return New(value) if said is None or " ".join(value.split()) in said else value
