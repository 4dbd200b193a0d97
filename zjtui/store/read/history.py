"""What the change log tells: the operations, newest first, and what happened to one record."""

import json
from collections.abc import Collection, Mapping
from typing import Any

from zjtui.domain.actions import FOUNDATIONS
from zjtui.domain.registry import HANGING
from zjtui.store import changes
from zjtui.store.read import find
from zjtui.store.sqlite import Connection

HEAD = 16  # hex digits of a printed head


def of_record(connection: Connection, uid: str, limit: int = 500) -> list[dict[str, Any]]:
    """Return the entries of one record, newest first, each with `fields` as {name: (old, new)} of stored values."""
    rows = connection.execute("SELECT * FROM change WHERE uid = ? ORDER BY seq DESC LIMIT ?", (uid, limit))
    return [_entry(row) for row in rows]


def deeds_of(connection: Connection, uid: str) -> list[dict[str, Any]]:
    """Return what happened to one record and stands, the first thing first, as entries like those of `of_record`."""
    return [_entry(row) for row in connection.execute("SELECT * FROM deed WHERE uid = ? ORDER BY seq", (uid,))]


def name_once(connection: Connection, entity: str, uid: str) -> str:
    """Return what a record that is gone was called last, its uid where the log does not say."""
    return str(value_once(connection, uid, find.title_of(entity)) or uid)


def value_once(connection: Connection, uid: str, name: str) -> Any:
    """Return what a record, there or gone, had last in its field `name`, as it is stored; None: not known."""
    for entry in of_record(connection, uid):
        old, new = entry["fields"].get(name, (None, None))
        if old or new:
            return new or old
    return None


def of_operation(connection: Connection, operation: str, limit: int = 500) -> list[dict[str, Any]]:
    """Return the entries of one operation in the order in which they were made."""
    rows = connection.execute("SELECT * FROM change WHERE operation = ? ORDER BY seq LIMIT ?", (operation, limit))
    return [_entry(row) for row in rows]


def action_of(connection: Connection, operation: str) -> str:
    """Return the code of what an operation did."""
    row = connection.execute("SELECT action FROM change WHERE operation = ? LIMIT 1", (operation,)).fetchone()
    return str(row["action"]) if row else ""


def undone_by(connection: Connection, operation: str) -> tuple[str, int]:
    """Return the operation that an undo is about in the end, and how many undos lead to it: of a redo two."""
    for count in range(1000):
        row = connection.execute("SELECT undoes FROM change WHERE operation = ? LIMIT 1", (operation,)).fetchone()
        if row is None or not row["undoes"]:
            return operation, count
        operation = str(row["undoes"])
    return operation, 0


def about(connection: Connection, operation: str) -> tuple[str, str, int]:
    """Return the record that an operation is about, as (entity, uid), and how many of them it changed.

    A person or unit that was named for the first time is not what it was about.
    """
    what = "FROM change WHERE operation = ?"
    named = f"{what} AND entity NOT IN ('org', 'person')"
    row = connection.execute(f"SELECT entity, uid {named} ORDER BY seq LIMIT 1", (operation,)).fetchone()
    if row is None:
        named = what
        row = connection.execute(f"SELECT entity, uid {what} ORDER BY seq LIMIT 1", (operation,)).fetchone()
    if row is None:
        return "", operation, 1
    [count] = connection.execute(f"SELECT count(DISTINCT uid) {named}", (operation,)).fetchone()
    return row["entity"], row["uid"], count


def of_project(connection: Connection, uid: str, limit: int = 200) -> list[dict[str, Any]]:
    """Return the newest entries of a project and of everything that hangs on it."""
    parts = " UNION ALL ".join(f"SELECT uid FROM {table} WHERE project_uid = ?1" for table in HANGING)
    rows = connection.execute(
        f"SELECT * FROM change WHERE uid IN (SELECT ?1 UNION ALL {parts}) ORDER BY seq DESC LIMIT ?2", (uid, limit)
    )
    return [_entry(row) for row in rows]


def operations(connection: Connection, before: int | None = None, limit: int = 100) -> list[dict[str, Any]]:
    """Return the newest operations below sequence `before`: first and last `seq`, action, person, time, entries, state.

    `state` is "stands", "undone", or "undo" for an operation that undid another. An operation's entries are contiguous
    in the log, so that walking back costs the same however long the log is.
    """
    found: list[dict[str, Any]] = []
    below = before if before is not None else 2**62
    while len(found) < limit:
        last = connection.execute("SELECT * FROM change WHERE seq < ? ORDER BY seq DESC LIMIT 1", (below,)).fetchone()
        if last is None:
            break
        first, count = connection.execute(
            "SELECT min(seq), count(*) FROM change WHERE operation = ?", (last["operation"],)
        ).fetchone()
        found.append(
            {
                "operation": last["operation"],
                "first": first,
                "action": last["action"],
                "undoes": last["undoes"],
                "person": last["person"],
                "at": last["at"],
                "hlc": last["hlc"],
                "entries": count,
                "stands": stands(connection, last["operation"]),
            }
        )
        below = first
    return found


def head(connection: Connection) -> str:
    """Return the head of the log: the first sixteen digits of its newest entry's hash, "" of an empty one."""
    row = connection.execute("SELECT hash FROM change ORDER BY seq DESC LIMIT 1").fetchone()
    return bytes(row["hash"]).hex()[:HEAD] if row else ""


def of_heads(connection: Connection, heads: Collection[str]) -> dict[str, dict[str, Any]]:
    """Return, for each of the printed `heads` that the log has, the newest entry whose hash begins with it.

    Earlier versions printed eight digits.
    """
    lengths = sorted({len(item) for item in heads})
    found: dict[str, int] = {}
    for row in connection.execute("SELECT seq, hash FROM change ORDER BY seq") if heads else ():
        if isinstance(row[1], bytes):
            digits = row[1].hex()
            found |= {digits[:length]: row[0] for length in lengths if digits[:length] in heads}
    query = "SELECT seq, device, device_seq, at, person FROM change WHERE seq = ?"
    return {item: dict(connection.execute(query, (seq,)).fetchone()) for item, seq in found.items()}


def newest(connection: Connection) -> dict[str, Any] | None:
    """Return the newest operation."""
    return next(iter(operations(connection, limit=1)), None)


def newest_at(connection: Connection) -> str | None:
    """Return the wall time of the newest entry, None of an empty log."""
    row = connection.execute("SELECT at FROM change ORDER BY seq DESC LIMIT 1").fetchone()
    return row[0] if row else None


def when(entry: Mapping[str, Any]) -> str:
    """Return when an entry was made, as it is shown; with a ? where its clock contradicts the log."""
    at = str(entry["at"]).replace("T", " ")
    return f"{at[:16]} ?" if changes.suspect(entry["at"], entry["hlc"]) else at


def is_there(connection: Connection, operation: str) -> bool:
    """Tell whether an operation is in the log."""
    return connection.execute("SELECT 1 FROM change WHERE operation = ? LIMIT 1", (operation,)).fetchone() is not None


def last_standing(connection: Connection) -> str | None:
    """Return the id of the newest operation that can be undone by a key."""
    below = None
    while True:
        page = operations(connection, below, limit=20)
        for item in page:
            if item["action"] in FOUNDATIONS:
                return None
            if item["action"] != "undo" and item["stands"]:
                return str(item["operation"])
        if not page:
            return None
        below = page[-1]["first"]


def last_undone(connection: Connection) -> str | None:
    """Return the id of the newest undo that can be taken back by a key: only undoing and redoing came after it.

    A redo is an undo of an undo; it is stepped over, or pressing redo twice would undo.
    """
    below = None
    while page := operations(connection, below, limit=20):
        for item in page:
            if item["action"] != "undo":
                return None
            [target] = of_operation(connection, item["undoes"], limit=1)
            if target["action"] != "undo" and item["stands"]:
                return str(item["operation"])
        below = page[-1]["first"]
    return None


def newest_about(connection: Connection, uid: str, since: str) -> Any:
    """Return the newest entry of a record that stands, of an operation after `since`; None where there is none."""
    return connection.execute(
        "SELECT * FROM deed WHERE uid = ? AND seq > (SELECT max(seq) FROM change WHERE operation = ?) "
        "ORDER BY seq DESC LIMIT 1",
        (uid, since),
    ).fetchone()


def stands(connection: Connection, operation: str) -> bool:
    """Tell whether an operation is in force: not undone, or undone and done again."""
    return connection.execute("SELECT 1 FROM undone WHERE operation = ?", (operation,)).fetchone() is None


def _entry(row: Any) -> dict[str, Any]:
    fields = json.loads(row["fields"])
    if row["kind"] == "add":
        pairs = {name: (None, value) for name, value in fields.items()}
    elif row["kind"] == "remove":
        pairs = {name: (value, None) for name, value in fields.items()}
    else:
        pairs = {name: (old, new) for name, (old, new) in fields.items()}
    entry = {name: row[name] for name in row.keys() if name not in ("fields", "hash")}  # noqa: SIM118
    return {**entry, "fields": pairs}


def began_with(connection: Connection, action: str) -> bool:
    """Tell whether `action` is among the first things that happened to this register."""
    row = connection.execute(
        "SELECT 1 FROM (SELECT action FROM change ORDER BY seq LIMIT 2000) WHERE action = ? LIMIT 1", (action,)
    ).fetchone()
    return row is not None
