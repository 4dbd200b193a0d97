"""Undo: a new operation that does the inverse of an earlier one, or says what newer change stands on it."""

import json
from typing import Any

from zjtui.domain import registry
from zjtui.domain.actions import FOUNDATIONS, OPERATIONS
from zjtui.errors import Msg, Refused, RefusedMany, UsageError
from zjtui.i18n import N_
from zjtui.store.changes import now_ms, wall_time
from zjtui.store.read import find, history
from zjtui.store.sqlite import Connection, IntegrityError
from zjtui.store.write.tx import Tx
from zjtui.usecases import draft
from zjtui.usecases.session import Outcome, Session


def undo(session: Session, operation: str | None = None) -> Outcome:
    """Undo `operation`, by default the newest one that stands. All of it is undone, or nothing."""
    chosen = operation or history.last_standing(session.reader())
    if chosen is None:
        raise Refused(N_("There is nothing to undo"), rule="U-01")
    return _invert(session, chosen)


def redo(session: Session) -> Outcome:
    """Do again what was undone last, step by step, as long as nothing else was done since."""
    chosen = history.last_undone(session.reader())
    if chosen is None:
        raise Refused(N_("There is nothing to do again"), rule="U-02")
    return _invert(session, chosen)


def _invert(session: Session, operation: str) -> Outcome:
    def work(tx: Tx) -> str:
        entries = tx.connection.execute(
            "SELECT * FROM change WHERE operation = ? ORDER BY seq DESC", (operation,)
        ).fetchall()
        if not entries:
            raise UsageError(N_("There is no operation {operation}"), operation=operation)
        if entries[0]["action"] in FOUNDATIONS:
            raise Refused(
                N_("“{action}” is what the register stands on; it is not undone"),
                rule="U-03",
                action=OPERATIONS.label(entries[0]["action"]),
            )
        if not history.stands(tx.connection, operation):
            raise Refused(N_("It is undone already"), rule="U-04")
        refusals = [refusal for entry in entries if (refusal := _undo_entry(tx, entry))]
        if refusals:
            raise RefusedMany(refusals)
        draft.inverted(tx.connection, operation, wall_time(now_ms()))
        # A person or unit that was named for the first time is not what the operation was about.
        about = [entry for entry in entries if entry["entity"] not in ("org", "person")] or entries
        return str(about[-1]["uid"])

    try:
        tx, uid = session.operate("undo", work, undoes=operation)
    except RefusedMany as refused:
        reader = session.reader()
        raise RefusedMany([_left_broken(reader, operation, refusal) for refusal in refused.refusals]) from None
    return Outcome(uid, tx.operation)


def _left_broken(connection: Connection, operation: str, refusal: Refused) -> Refused:
    """Say of a rule that undoing would leave broken which newer operation stands on it. Rule U-07."""
    if refusal.about is None:
        return refusal
    uid = refusal.about[1]
    told: dict[str, Any] = {"rule": refusal.rule, "told": Msg(refusal.msgid, **refusal.params)}
    newer = history.newest_about(connection, uid, operation)
    if newer is None:
        return Refused(N_("Undoing it would break a rule: {told}"), **told)
    people = find.names(connection, "person", {newer["person"]})
    return Refused(
        N_("Undoing it would break a rule: {told}. Undo first: {action} ({who}, {at})"),
        action=OPERATIONS.label(newer["action"]),
        who=people.get(newer["person"], newer["person"]),
        at=newer["at"].replace("T", " "),
        **told,
    )


def _undo_entry(tx: Tx, entry: Any) -> Refused | None:
    entity, uid, fields = entry["entity"], entry["uid"], json.loads(entry["fields"])
    row = tx.row(entity, uid)
    if entry["kind"] == "remove":
        if row is not None:
            return _refusal(tx, entry, "uid")
        tx.bring_back(entity, fields)
        return None
    if row is None:
        return _refusal(tx, entry, "uid")
    if entry["kind"] == "set":
        for name, (_old, new) in fields.items():
            if row[name] != new:
                return _refusal(tx, entry, name)
        tx.update_row(entity, uid, {name: (new, old) for name, (old, new) in fields.items()})
        return None
    for name in registry.model(entity).fields():
        if row[name] != fields.get(name):
            return _refusal(tx, entry, name)
    try:
        tx.remove(entity, uid)
    except IntegrityError:
        return Refused(
            N_("{noun} “{name}” cannot be taken back: other records point to it; undo those first"),
            rule="U-05",
            noun=Msg(registry.model(entity).noun),
            name=_name(tx, entity, uid),
        )
    return None


def _refusal(tx: Tx, entry: Any, name: str) -> Refused:
    """Say which newer operation stands on the entry."""
    newer = tx.connection.execute(
        "SELECT action, person, at FROM change WHERE uid = ? AND seq > ? AND operation <> ? ORDER BY seq DESC LIMIT 1",
        (entry["uid"], entry["seq"], tx.operation),
    ).fetchone()
    kind = registry.model(entry["entity"])
    people = find.names(tx.connection, "person", {newer["person"]}) if newer else {}
    return Refused(
        N_("{noun} “{title}”: “{label}” was changed again ({action}, {who}, {at}); undo that first"),
        rule="U-06",
        field=name,
        noun=Msg(kind.noun),
        title=_name(tx, entry["entity"], entry["uid"]),
        label=Msg(kind.fields()[name].label),
        action=OPERATIONS.label(newer["action"]) if newer else "?",
        who=people.get(newer["person"], newer["person"]) if newer else "?",
        at=newer["at"].replace("T", " ") if newer else "?",
    )


def _name(tx: Tx, entity: str, uid: str) -> str:
    row = tx.row(entity, uid)
    if row is None:
        return uid
    title = registry.model(entity).title_field
    return str(row[title])
