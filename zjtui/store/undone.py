"""Which operations were undone, and what is left of the change log without them: what really happened.

The log keeps both, the deed and its undoing. Whatever tells of deeds - a report, a sentence of history, a sheet, a
figure - reads `deed`, the log's entries that stand: not those of operations that are undone, not those that only undo
or do again. `undone` is derived from the log and kept up to date in the same transaction.
"""

from zjtui.store.sqlite import Connection

STANDS = "undoes IS NULL AND NOT EXISTS (SELECT 1 FROM undone u WHERE u.operation = change.operation)"
SCHEMA = (
    "CREATE TABLE undone (operation TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
    f"CREATE VIEW deed AS SELECT * FROM change WHERE {STANDS}",
)


def note(connection: Connection, operation: str) -> None:
    """Note whether an operation stands, after another one undid it, and whatever it undid itself."""
    current: str | None = operation
    while current:
        if _stands(connection, current):
            connection.execute("DELETE FROM undone WHERE operation = ?", (current,))
        else:
            connection.execute("INSERT OR IGNORE INTO undone VALUES (?)", (current,))
        row = connection.execute("SELECT undoes FROM change WHERE operation = ? LIMIT 1", (current,)).fetchone()
        current = row[0] if row else None


def refresh_all(connection: Connection) -> None:
    """Work it out anew from the whole log."""
    connection.execute("DELETE FROM undone")
    connection.executemany("INSERT INTO undone VALUES (?)", [(operation,) for operation in sorted(_all(connection))])


def differs(connection: Connection) -> bool:
    """Tell whether the log says otherwise."""
    return {row[0] for row in connection.execute("SELECT operation FROM undone")} != _all(connection)


def _stands(connection: Connection, operation: str) -> bool:
    """Tell whether an operation stands: all that undid it are undone themselves."""
    query = "SELECT 1 FROM change WHERE undoes = ? AND operation NOT IN (SELECT operation FROM undone) LIMIT 1"
    return connection.execute(query, (operation,)).fetchone() is None


def _all(connection: Connection) -> set[str]:
    """Return every operation that does not stand: the newest first, for what undoes an operation is newer."""
    rows = connection.execute(
        "SELECT operation, undoes FROM change WHERE undoes IS NOT NULL "
        "GROUP BY operation, undoes ORDER BY max(seq) DESC"
    )
    found: set[str] = set()
    for operation, undoes in rows:
        if operation not in found:
            found.add(undoes)
    return found
