"""How much of the database its writer holds in memory: a small one whole, and little of it during a long import."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from zjtui.errors import ZjtuiError
from zjtui.store import sqlite
from zjtui.store.sqlite import Connection

if TYPE_CHECKING:
    from zjtui.store.workspace import Workspace

KEPT_WHOLE = 32_000_000  # bytes of a database that the writer has in memory whole: it outlives being overwritten
_FEW = 8_000  # KB of pages


def hold_whole(connection: Connection, path: Path) -> None:
    """Read a small database into the writer's memory, with room for as much again."""
    if path.stat().st_size > KEPT_WHOLE:
        return
    connection.execute(f"PRAGMA cache_size=-{2 * KEPT_WHOLE // 1024}")
    everything = sqlite.in_memory()
    try:
        connection.backup(everything)  # reads each page once, through the cache
    finally:
        everything.close()


@contextmanager
def spared(workspace: "Workspace") -> Iterator[None]:
    """Hold few pages as long as this lasts: what is done meanwhile needs the room itself."""
    if workspace.read_only:
        yield
        return
    workspace.maintain(_let_go)
    try:
        yield
    finally:
        with suppress(ZjtuiError, sqlite.Error, OSError):  # what failed is told by what was done, or by the next write
            workspace.maintain(lambda connection: hold_whole(connection, workspace.path))


def _let_go(connection: Connection) -> None:
    connection.execute(f"PRAGMA cache_size=-{_FEW}").fetchall()
    connection.execute("PRAGMA shrink_memory").fetchall()
