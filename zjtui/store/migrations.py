"""A file brought to the tables of today, by the steps of steps.py: each runs whole or not at all (sqlite-utils).

Columns are the fields of `zjtui/domain`; a test compares the two. `id` is local to one file, `uid` is the key between
laptops.
"""

from functools import cache
from typing import TYPE_CHECKING, Any

from zjtui.store.sqlite import APPLICATION_ID, Connection, in_memory
from zjtui.store.steps import STEPS

if TYPE_CHECKING:
    from collections.abc import Callable


SCHEMA_VERSION = len(STEPS)


def migrate(connection: Connection) -> None:
    """Bring the file from whatever older step to `SCHEMA_VERSION`, each step in a transaction of its own."""
    from sqlite_utils import Database, Migrations

    migrations = Migrations("zjtui")
    for number, (name, step) in enumerate(STEPS.items(), 1):

        def run(database: Any, step: "Callable[[Any], None]" = step, number: int = number) -> None:
            step(database)
            database.execute(f"PRAGMA application_id={APPLICATION_ID}")
            database.execute(f"PRAGMA user_version={number}")

        migrations(name=name)(run)
    migrations.apply(Database(connection, execute_plugins=False))


def shape_of(connection: Connection) -> dict[str, str]:
    """Return what a database is made of, as {"kind name": how it was made}, without what SQLite keeps for itself."""
    rows = connection.execute("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'")
    return {f"{row[0]} {row[1]}": " ".join(str(row[2]).split()) for row in rows}


@cache
def shape() -> dict[str, str]:
    """Return what a new database of this version is made of."""
    connection = in_memory()
    try:
        migrate(connection)
        return shape_of(connection)
    finally:
        connection.close()


def reshape(connection: Connection) -> None:
    """Put indexes and guards back as this version makes them, and take out those that it does not know."""
    expected, held = shape(), shape_of(connection)
    wrong = [name for name in expected.keys() | held.keys() if expected.get(name) != held.get(name)]
    for name in sorted(name for name in wrong if name.split()[0] in ("index", "trigger", "view")):
        kind, bare = name.split(" ", 1)
        quoted = bare.replace('"', '""')
        if name in held:
            connection.execute(f'DROP {kind} "{quoted}"')
        if name in expected:
            connection.execute(expected[name])
