"""Adding, editing and moving any record: references resolved, rules checked, one operation."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from zjtui.domain import registry
from zjtui.domain.check import check, notices
from zjtui.domain.fields import F, Kind
from zjtui.domain.named import MAY_BE_NEW, New, references
from zjtui.domain.record import Record
from zjtui.domain.workflow import Facts
from zjtui.errors import Msg, Notice, Refused, RefusedMany, UsageError
from zjtui.i18n import N_, joined
from zjtui.store.read import find
from zjtui.store.sqlite import Connection
from zjtui.store.write.tx import Tx
from zjtui.usecases import names


def add(tx: Tx, kind: type[Record], values: Mapping[str, Any], today: date) -> tuple[Any, list[Notice]]:
    """Validate and insert a record of `kind`; return it with what is worth checking."""
    known = kind.fields().keys()
    unknown = [name for name in values if name not in known]
    if unknown:
        raise RefusedMany(
            [Refused(N_("There is no field “{name}”"), rule="G-15", field=name, name=name) for name in unknown]
        )
    complete = {"uid": tx.new_uid(), **resolve(tx, kind, values)}
    record = check(kind, complete, today)
    tx.add(record)
    return record, notices(record)


def edit(tx: Tx, entity: str, uid: str, values: Mapping[str, Any], today: date) -> tuple[Any, list[Notice]]:
    """Validate and store the given fields of a record; return it as it is now."""
    before = tx.get(entity, uid)
    kind = registry.model(entity)
    after = check(kind, {**before.__dict__, **resolve(tx, kind, values)}, today, before)
    tx.set(before, after)
    return after, notices(after, before)


def move(
    tx: Tx, entity: str, uid: str, target: str, given: Mapping[str, Any], facts: Facts
) -> tuple[Any, dict[str, Any]]:
    """Take a record along one move of its workflow; return it with the fields that changed."""
    before = tx.get(entity, uid)
    kind = registry.model(entity)
    flow = registry.workflow(entity)
    labels = {name: field.label for name, field in kind.fields().items()}
    changes = flow.apply(before.__dict__, target, resolve(tx, kind, given), facts, labels)
    after = check(kind, {**before.__dict__, **changes}, facts.today, before)
    return after, tx.set(before, after)


def resolve(tx: Tx, kind: type[Record], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return `values` with every reference as a uid; an organisation or person that is said to be `New` is added."""
    found = dict(values)
    refusals = []
    for name, field in references(kind):
        value = values.get(name)
        if not value:
            continue
        try:
            if field.kind is Kind.REFS:
                found[name] = list(dict.fromkeys(_one(tx, field, item) for item in value))
            else:
                found[name] = _one(tx, field, value)
        except Refused as refusal:
            refusal.field = name
            refusals.append(refusal)
    if refusals:
        raise RefusedMany(refusals)
    return found


def _one(tx: Tx, field: F, given: str) -> str:
    text = " ".join(given.split())
    uids = tx.exact(field.ref, text)
    if not uids and field.ref in ("project", "issue"):
        uids = find.containing(tx.connection, field.ref, text)
    if len(uids) == 1:
        return uids[0]
    label = Msg(field.label)
    if uids:
        raise Refused(
            N_("{label}: “{value}” can mean {count} records; type more of it"),
            rule="G-31",
            label=label,
            value=text,
            count=len(uids),
        )
    if field.ref in MAY_BE_NEW:
        if field.known or not isinstance(given, New):
            raise names.refusal(tx.connection, field, text)
        made_as = {"kind": field.made_as} if field.made_as else {}
        record = check(registry.model(field.ref), {"uid": tx.new_uid(), "name": text, **made_as}, date.max)
        tx.created.append(text)
        return tx.add(record)
    raise Refused(N_("{label}: there is no “{value}”"), rule="G-30", label=label, value=text)


def day_of(today: date, on: date | None) -> date:
    """Return the day on which a move takes place, today by default; it cannot lie ahead. Rule D-02."""
    if on and on > today:
        raise RefusedMany(
            [Refused(N_("{value} lies in the future (today is {today})"), rule="D-02", value=on, today=today)]
        )
    return on or today


def find_one(connection: Connection, entity: str, text: str) -> str:
    """Return the uid of the record that `text` means: a uid, code, number, name or an unambiguous part of one."""
    uids = find.exact(connection, entity, text.strip()) or find.containing(connection, entity, text)
    if len(uids) == 1:
        return uids[0]
    noun = Msg(registry.model(entity).noun)
    if not uids:
        raise UsageError(N_("{noun}: nothing is found for “{value}”"), noun=noun, value=text)
    shown = joined(sorted(find.names(connection, entity, set(uids[:5])).values()))
    raise UsageError(N_("{noun}: “{value}” can mean several: {names}"), noun=noun, value=text, names=shown)
