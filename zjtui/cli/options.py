"""Options made from the declared fields of a record, and from their texts back to values."""

import argparse
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from zjtui.cli.parser import shortened
from zjtui.domain.fields import F, Kind
from zjtui.domain.parse import parse_sure
from zjtui.domain.record import Record
from zjtui.errors import Refused, RefusedMany, UsageError
from zjtui.i18n import N_, _

_PREFIX = "field."
_DAY, _ANY_DAY = F("", Kind.DATE, past=True), F("", Kind.DATE)


def add_fields(
    parser: argparse.ArgumentParser, kind: type[Record], aliases: Mapping[str, str], more: Iterable[str] = ()
) -> None:
    """Add an option for every field that a person types, and for `more`; `aliases` are {field: option}."""
    for name, field in kind.fields().items():
        if field.form or name in more:
            names = dict.fromkeys([aliases.get(name, name), name])
            options = [f"--{option.replace('_', '-')}" for option in names]
            parser.add_argument(*options, dest=_PREFIX + name, metavar="VALUE", help=_about(field))


def add_named(
    parser: argparse.ArgumentParser, kind: type[Record], names: Iterable[str], aliases: Mapping[str, str]
) -> None:
    """Add an option for each of the fields `names`."""
    for name in names:
        parser.add_argument(
            *(f"--{option.replace('_', '-')}" for option in dict.fromkeys([aliases.get(name, name), name])),
            dest=_PREFIX + name,
            metavar="VALUE",
            help=_about(kind.fields()[name]),
        )


def any_day(text: str | None, today: date) -> date | None:
    """Return the day that an option means, also one ahead."""
    return parse_sure(_ANY_DAY, text, today) if text else None


def typed(options: Any, kind: type[Record], today: date) -> dict[str, Any]:
    """Return the values of the field options that were given, or refuse naming each that does not fit."""
    fields = kind.fields()
    given = {
        name.removeprefix(_PREFIX): text if isinstance(text, str) else "--"  # which argparse takes for an end mark
        for name, text in vars(options).items()
        if name.startswith(_PREFIX) and text is not None
    }
    return values(given, fields, today)


def values(given: Mapping[str, str], fields: Mapping[str, F], today: date) -> dict[str, Any]:
    """Return {field: value} of {field: text}, or refuse naming each that does not fit."""
    found, refusals = {}, []
    for name, text in given.items():
        try:
            found[name] = parse_sure(fields[name], text, today)
        except Refused as refusal:
            refusal.field = name
            refusals.append(refusal)
    if refusals:
        raise RefusedMany(refusals)
    return found


def day(text: str | None, today: date) -> date | None:
    """Return the day that an option means."""
    return parse_sure(_DAY, text, today) if text else None


def known(columns: Mapping[str, F], text: str, option: str) -> str:
    """Return the field that a list's option names."""
    name = {"region": "region_code", "total": "total_invest", "title": "title_text"}.get(text, text.replace("-", "_"))
    if name not in columns:
        raise UsageError(
            N_("{option}: there is no “{value}”; there are: {names}"),
            option=option,
            value=shortened(text),
            names=", ".join(columns),
        )
    return name


def _about(field: F) -> str:
    text = _(field.label)
    if field.codes:
        text += ": " + ", ".join(field.codes)
    elif field.hint:
        text += f" ({_(field.hint)})"
    return text.replace("%", "%%")
