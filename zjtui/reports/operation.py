"""An operation of the change log in words: what was done, to which record, of which project."""

from typing import Any

from zjtui.domain import registry
from zjtui.domain.actions import OPERATIONS
from zjtui.domain.fields import Kind
from zjtui.domain.show import MASK, show
from zjtui.i18n import N_, _, counted
from zjtui.store.read import find, history
from zjtui.store.rows import restore
from zjtui.store.sqlite import Connection

_UNDOING = (N_("Taken back: {told}"), N_("Done again: {told}"))


def action(connection: Connection, operation: str) -> str:
    """Return what was done; of an undo or a redo what it took back or did again."""
    first, undone = history.undone_by(connection, operation)
    told = OPERATIONS.label(history.action_of(connection, first))
    return _(_UNDOING[(undone - 1) % 2]).format(told=told) if undone else told


def record(connection: Connection, operation: str) -> str:
    """Return the record that an operation is about: its kind, its name, its project, and how many others there are."""
    first = history.undone_by(connection, operation)[0]
    entity, uid, count = history.about(connection, first)
    told = named(connection, entity, uid)
    if count == 1:
        return told
    others = counted(N_("and {count} other records"), count - 1)
    return f"{told} {others}"


def told(connection: Connection, operation: str) -> str:
    """Return both in one line."""
    return " · ".join(part for part in (action(connection, operation), record(connection, operation)) if part)


def named(connection: Connection, entity: str, uid: str) -> str:
    """Return a record by its kind and name, with its project; also one that is gone."""
    if entity not in registry.ENTITIES:
        return uid
    kind = registry.model(entity)
    name = find.names(connection, entity, {uid}).get(uid) or _once(connection, entity, uid, find.title_of(entity))
    text = _(N_("{noun} “{name}”")).format(noun=_(kind.noun), name=name) if name else _(kind.noun)
    project = _once(connection, entity, uid, "project_uid") if "project_uid" in kind.fields() else ""
    return f"{text} · {project}" if project else text


def _once(connection: Connection, entity: str, uid: str, name: str) -> str:
    return value(connection, registry.model(entity), name, history.value_once(connection, uid, name))


def value(connection: Connection, kind: Any, name: str, stored: Any) -> str:
    """Return a stored value of the field `name` as it is read; of what is gone the name that it had."""
    if stored is None:
        return ""
    field = kind.fields().get(name) if kind else None
    if field is None:
        return str(stored)
    if field.secret:
        return MASK
    restored = restore(field.kind, stored)
    names: dict[str, str] = {}
    if field.kind in (Kind.REF, Kind.REFS):
        meant = {restored} if isinstance(restored, str) else set(restored)
        names = find.names(connection, field.ref, meant)
        names |= {uid: history.name_once(connection, field.ref, uid) for uid in meant - names.keys()}
    return show(field, restored, names)
