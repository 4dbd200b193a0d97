"""Drafts: what is typed into a form is in the database as it is typed, and comes back after a crash."""

import json
from collections.abc import Sequence
from concurrent.futures import Future

from zjtui.store.changes import now_ms, wall_time
from zjtui.store.read import drafts
from zjtui.store.rows import to_json
from zjtui.store.sqlite import Connection
from zjtui.usecases.session import Session

_FILED = "filed:"  # key in `meta`, with the operation that filed the drafts
_KEPT = 50  # operations whose drafts an undo can bring back


def keep(session: Session, key: str, form: str, subject: str, typed: dict[str, str]) -> "Future[None]":
    """Store what is typed so far under `key`; the caller need not wait. Drafts are local and not in the log."""
    row = (key, form, subject, to_json(typed), wall_time(now_ms()))
    return session.workspace.submit(
        lambda connection: connection.execute("INSERT OR REPLACE INTO draft VALUES (?, ?, ?, ?, ?)", row) and None
    )


def drop(session: Session, key: str) -> None:
    """Forget a draft: it was saved, or the person said so."""
    session.workspace.transact(lambda connection: connection.execute("DELETE FROM draft WHERE key = ?", (key,)))


def find(session: Session, key: str) -> dict[str, str] | None:
    """Return what was typed under `key`."""
    return drafts.one(session.reader(), key)


def taken(connection: Connection, operation: str, keys: Sequence[str]) -> None:
    """Take drafts away, in the transaction in which `operation` makes records of them; an undo brings them back."""
    rows = [
        list(row)
        for key in keys
        for row in connection.execute("SELECT key, form, subject, typed, at FROM draft WHERE key = ?", (key,))
    ]
    connection.executemany("DELETE FROM draft WHERE key = ?", [(key,) for key in keys])
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_FILED + operation, to_json(rows)))
    # Ids of operations sort by their time.
    connection.execute(
        "DELETE FROM meta WHERE key LIKE ?1 AND key NOT IN "
        "(SELECT key FROM meta WHERE key LIKE ?1 ORDER BY key DESC LIMIT ?2)",
        (_FILED + "%", _KEPT),
    )


def inverted(connection: Connection, operation: str, at: str) -> None:
    """Bring back the drafts that `operation` filed, as typed `at` the time of its undo; of an undo, take them again."""
    steps = 0
    while row := connection.execute(
        "SELECT undoes FROM change WHERE operation = ? AND undoes IS NOT NULL LIMIT 1", (operation,)
    ).fetchone():
        operation, steps = row[0], steps + 1
    filed = connection.execute("SELECT value FROM meta WHERE key = ?", (_FILED + operation,)).fetchone()
    for key, form, subject, typed, _at in json.loads(filed[0]) if filed else ():
        if steps % 2:  # filed again; what was typed since then under the same name stays
            connection.execute("DELETE FROM draft WHERE key = ? AND typed = ?", (key, typed))
        else:
            connection.execute("INSERT OR IGNORE INTO draft VALUES (?, ?, ?, ?, ?)", (key, form, subject, typed, at))
