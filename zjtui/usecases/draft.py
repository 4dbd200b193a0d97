"""Drafts: what is typed into a form is in the database as it is typed, and comes back after a crash."""

import json
from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path

from zjtui.errors import DiskFull, ZjtuiError
from zjtui.store.changes import now_ms, wall_time
from zjtui.store.read import drafts
from zjtui.store.rows import to_json
from zjtui.store.sqlite import Connection
from zjtui.usecases.session import Session

_FILED = "filed:"  # key in `meta`, with the operation that filed the drafts
_GONE = "beside:"  # key in `meta`, with the id of a draft in a file that was saved or discarded
_COLUMNS = ("key", "form", "subject", "typed", "at")
_PUT = "INSERT OR REPLACE INTO draft VALUES (?, ?, ?, ?, ?)"
_KEPT = 50  # operations whose drafts an undo can bring back


def keep(session: Session, key: str, form: str, subject: str, typed: dict[str, str]) -> "Future[Path | None]":
    """Store what is typed so far under `key`; the caller need not wait, but has to look at what became of it.

    The result is None for the register itself, else the file that it is in now (the disk is full, or fails); an error
    says that it is nowhere. Drafts are local and not in the log.
    """
    row = (key, form, subject, to_json(typed), wall_time(now_ms()))
    workspace = session.workspace

    def job() -> Path | None:
        if workspace.beside.has_room():
            try:
                workspace.run(lambda connection: connection.execute(_PUT, row))
            except ZjtuiError as error:
                return _put_beside(session, row, error)
            workspace.beside.forget(key)
            return None
        return _put_beside(session, row, DiskFull())  # the little room there is is for a file, not for the log

    return workspace.queue(job)


def _put_beside(session: Session, row: tuple[str, ...], error: ZjtuiError) -> Path:
    try:
        return session.workspace.beside.put(dict(zip(_COLUMNS, row, strict=True)))
    except OSError:
        raise error from None


def bring_back(session: Session) -> None:
    """Take drafts that were left in files into the register; one that is known to be saved goes."""
    workspace = session.workspace
    for left in workspace.beside.found():
        row = tuple(left[name] for name in _COLUMNS)
        workspace.beside.ids[left["key"]] = left["id"]

        def take(connection: Connection, row: tuple[str, ...] = row, mark: str = _GONE + left["id"]) -> None:
            if connection.execute("SELECT 1 FROM meta WHERE key = ?", (mark,)).fetchone():
                return
            newer = connection.execute("SELECT 1 FROM draft WHERE key = ? AND at > ?", (row[0], row[4])).fetchone()
            if newer is None:
                connection.execute(_PUT, row)

        with suppress(ZjtuiError):  # it stays in its file, and is found there
            workspace.transact(take)
            workspace.beside.forget(left["key"])


def drop(session: Session, key: str) -> None:
    """Forget a draft: the person said so."""
    session.workspace.transact(lambda connection: gone(connection, session, key))
    session.workspace.beside.forget(key)


def gone(connection: Connection, session: Session, key: str) -> None:
    """Take a draft away in the transaction that makes a record of it, the one in a file too: that goes by its id."""
    connection.execute("DELETE FROM draft WHERE key = ?", (key,))
    if mark := session.workspace.beside.ids.get(key):
        connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_GONE + mark, wall_time(now_ms())))


def find(session: Session, key: str) -> dict[str, str] | None:
    """Return what was typed under `key`."""
    if key in session.workspace.beside.ids:
        for left in session.workspace.beside.found():
            if left["key"] == key:
                return drafts.typed(left["typed"])
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
