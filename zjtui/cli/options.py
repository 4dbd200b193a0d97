"""Options made from the declared fields of a record, and from their texts back to values."""

import argparse
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from zjtui.cli.parser import escaped, shortened
from zjtui.domain.fields import F, Kind
from zjtui.domain.named import New, mark, names
from zjtui.domain.parse import parse_sure
from zjtui.domain.record import Record
from zjtui.errors import Refused, RefusedMany, UsageError
from zjtui.i18n import N_, _

_PREFIX, _NEW = "field.", "new_names"
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
    add_new(parser, (field for name, field in kind.fields().items() if field.form or name in more))


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
    add_new(parser, (kind.fields()[name] for name in names))


def add_new(parser: argparse.ArgumentParser, fields: Iterable[F]) -> None:
    """Add the option that says which of the names in `fields` are those of new units and people."""
    if any(names(field) and not field.known for field in fields):
        parser.add_argument(
            "--new",
            dest=_NEW,
            metavar="NAMES",
            help=escaped(N_("which of the names given are new: units and people to be added")),
        )


def any_day(text: str | None, today: date) -> date | None:
    """Return the day that an option means, also one ahead."""
    return parse_sure(_ANY_DAY, text, today) if text else None


def typed(options: Any, kind: type[Record], today: date) -> dict[str, Any]:
    """Return the values of the field options that were given, or refuse naming each that does not fit.

    What offices call a code is understood as in their lists.
    """
    from zjtui.sheets import words

    fields = kind.fields()
    given = {
        name.removeprefix(_PREFIX): text if isinstance(text, str) else "--"  # which argparse takes for an end mark
        for name, text in vars(options).items()
        if name.startswith(_PREFIX) and text is not None
    }
    for name, text in given.items():
        codes = fields[name].codes
        if fields[name].kind is Kind.CODE and codes and codes.meant(text) is None:
            given[name] = words.code_of(kind.entity, name, text)
    return said_new(options, fields, values(given, fields, today))


def said_new(options: Any, fields: Mapping[str, F], found: dict[str, Any]) -> dict[str, Any]:
    """Return the values with those names marked that `--new` says are new; each must be one of them."""
    text = getattr(options, _NEW, None)
    if text is None:
        return found
    said = set(parse_sure(F("", Kind.LIST), text, date.max))
    marked = {name: mark(fields[name], value, said) for name, value in found.items()}
    given = {item for value in marked.values() for item in (value if isinstance(value, list) else [value])}
    for name in sorted(said - {item for item in given if isinstance(item, New)}):
        raise UsageError(N_("--new: no unit or person “{value}” is named"), value=shortened(name))
    return marked


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
