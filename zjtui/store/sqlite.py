"""One SQLite library (sqlcipher3, SQLite 3.53) and the pragmas every connection gets.

Two SQLite libraries on one live file drop its locks and lose rows, so `pysqlite3` is answered by sqlcipher3: that is
the name under which sqlite-utils looks for a better library than the interpreter's own.
"""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlcipher3
import sqlcipher3.dbapi2

from zjtui.errors import EXPLAINERS, Damaged, DiskFull, Locked, Refused, Unreachable, ZjtuiError
from zjtui.i18n import N_

sys.modules["pysqlite3"] = sqlcipher3
sys.modules["pysqlite3.dbapi2"] = sqlcipher3.dbapi2

Connection = Any  # sqlcipher3 ships no types
Row = sqlcipher3.Row
Error = sqlcipher3.Error
DatabaseError = sqlcipher3.DatabaseError
OperationalError = sqlcipher3.OperationalError
IntegrityError = sqlcipher3.IntegrityError

APPLICATION_ID = 0x7A6A7475  # "zjtu"
OLDEST_SAFE = (3, 51, 3)  # before it, WAL with several connections can corrupt the file
_BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 6, 8, 10, 11, 13, 14, 26  # SQLITE_...
_USUAL, _ROOMY = -4_000, -32_000  # KB of pages that a reader keeps in memory
_BESIDE = 64 * 1024  # bytes of -shm (32 KB) and a first page of -wal
_COMMON = (
    "PRAGMA cipher_log_level=NONE",  # or a damaged file prints over the screen
    "PRAGMA busy_timeout=5000",
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
)


def open_writer(path: Path) -> Connection:
    """Open `path` for writing, durable: what was committed survives a power cut."""
    connection = sqlcipher3.connect(str(path), isolation_level=None, check_same_thread=True)
    _prepare(connection)
    safe = sqlcipher3.sqlite_version_info >= OLDEST_SAFE
    connection.execute("PRAGMA journal_mode=" + ("WAL" if safe else "DELETE")).fetchall()
    connection.execute("PRAGMA synchronous=" + ("FULL" if safe else "EXTRA"))
    connection.execute("PRAGMA secure_delete=ON").fetchall()  # what was taken out is not to be read in the file
    return connection


def open_reader(path: Path) -> Connection:
    """Open `path` read-only; of a folder that cannot be written, the file as it lies there."""
    uri = "file:" + quote(str(path.absolute()))
    try:
        connection = sqlcipher3.connect(uri + "?mode=ro", uri=True, isolation_level=None, check_same_thread=False)
        _prepare(connection)
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except OperationalError:
        if path.with_name(path.name + "-wal").exists() or not path.exists():
            raise
        connection = sqlcipher3.connect(
            uri + "?mode=ro&immutable=1", uri=True, isolation_level=None, check_same_thread=False
        )
        _prepare(connection)
    connection.execute("PRAGMA query_only=ON")
    connection.execute(f"PRAGMA cache_size={_USUAL}")
    return connection


@contextmanager
def roomy(connection: Connection) -> Iterator[None]:
    """Give a connection that looks over a whole province the room for it; afterwards it needs little again."""
    connection.execute(f"PRAGMA cache_size={_ROOMY}")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA cache_size={_USUAL}")
        connection.execute("PRAGMA shrink_memory").fetchall()


def open_plain(path: Path) -> Connection:
    """Open a file that nobody else has, without a -wal beside it."""
    connection = sqlcipher3.connect(str(path), isolation_level=None)
    _prepare(connection)
    return connection


def open_checker(path: Path) -> Connection:
    """Open `path` read-only for a check: with tables of its own in memory, and whatever bytes a text holds."""
    connection = open_reader(path)
    connection.execute("PRAGMA query_only=OFF")  # the file is open read-only all the same
    connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    return connection


def in_memory() -> Connection:
    """Open an empty database that lives in memory."""
    return sqlcipher3.connect(":memory:", isolation_level=None)


def copy_open(source: Connection, target: Path) -> None:
    """Copy what an open connection holds, page by page as it sees them, to one new file without a -wal beside it."""
    copy = sqlcipher3.connect(str(target), isolation_level=None)
    try:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE").fetchall()
    finally:
        copy.close()


def _prepare(connection: Connection) -> None:
    connection.row_factory = Row
    for pragma in _COMMON:
        connection.execute(pragma).fetchall()


def explain(error: BaseException, path: Path | None = None) -> ZjtuiError:
    """Return what a SQLite error means to the person; nothing was changed by what it ended. `path` is the database."""
    text = str(error)
    if isinstance(error, IntegrityError):
        if "UNIQUE" in text:
            field = text.rpartition(".")[2]
            return Refused(N_("There is already one with the same {field}"), rule="G-20", field=field)
        return Refused(N_("Other records point to it, or it points to one that does not exist"), rule="G-21")
    kind = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if kind == _FULL or (kind in (_IOERR, _CANTOPEN) and path and _no_room(path)):
        return DiskFull()
    if kind == _READONLY:
        return Locked(N_("The workspace cannot be written, nothing was changed. Look at the permissions of its folder"))
    if kind in (_BUSY, _LOCKED):
        return Locked(N_("Another program holds the workspace, nothing was changed. Close it, then do it again"))
    if kind in (_CORRUPT, _NOTADB):
        return Damaged(
            N_("The database is damaged ({reason}), nothing was changed. Run `zjtui check`, and keep the file"),
            reason=text,
        )
    if kind in (_IOERR, _CANTOPEN):
        return Unreachable(
            N_("The disk with the workspace does not answer ({reason}), nothing was changed. Is it connected?"),
            reason=text,
        )
    return ZjtuiError(N_("The database says “{reason}”, nothing was changed"), reason=text)


def _no_room(path: Path) -> bool:
    """Tell whether the disk has no room for what SQLite keeps beside a database: its errors do not say so."""
    try:
        return shutil.disk_usage(path.parent).free < _BESIDE
    except OSError:
        return False


def _meaning(error: BaseException) -> ZjtuiError | None:
    """Return what the surroundings did to the database; None for an error of the program in using it."""
    found = explain(error) if isinstance(error, Error) else None
    return None if type(found) is ZjtuiError else found


EXPLAINERS.append(_meaning)
