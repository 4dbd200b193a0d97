"""What a file is: a database of zjtui, of which version, or something else that is left alone."""

from pathlib import Path

from zjtui.errors import Damaged, DiskFull, Locked, NewerSchema, UsageError, ZjtuiError
from zjtui.i18n import N_
from zjtui.store import sqlite

SCHEMA_VERSION = 14  # the same as in migrations.py (a test compares): sqlite-utils need not be imported to open a file
NEW = -1


def refuse_foreign(path: Path) -> int:
    """Refuse a file that is no zjtui database, is damaged, or of a newer version; return the number of its schema."""
    version = version_of(path)
    if version == NEW:
        raise UsageError(N_("{path} is not a zjtui workspace; nothing was changed"), path=path)
    refuse_newer(path, version)
    return version


def refuse_newer(path: Path, version: int) -> None:
    """Refuse a file of a version that this one does not know."""
    if version > SCHEMA_VERSION:
        raise NewerSchema(
            N_("{path} is of a newer zjtui (schema {version}, this one knows {known}); nothing was changed"),
            path=path,
            version=version,
            known=SCHEMA_VERSION,
        )


def is_ready(path: Path) -> bool:
    """Tell whether a file can be read while the writer opens it: of this version, and with a -wal already.

    A copy has none; to give it one nobody may be reading.
    """
    if version_of(path) != SCHEMA_VERSION:
        return False
    with path.open("rb") as file:  # as in `version_of`: before any connection
        return file.read(20)[18:] == b"\x02\x02"


def version_of(path: Path) -> int:
    """Return the schema number of the file at `path`, or `NEW` for one without anything in it."""
    not_one = UsageError(N_("{path} is not a zjtui workspace; nothing was changed"), path=path)
    try:
        if path.stat().st_size == 0:
            return NEW
        with path.open("rb") as file:  # before any connection: a bare open beside one would drop its locks
            if file.read(16) != b"SQLite format 3\0":
                raise not_one
        connection = sqlite.open_reader(path)
    except OSError as error:
        raise Locked(N_("{path} cannot be read: {reason}"), path=path, reason=error.strerror) from None
    except sqlite.DatabaseError as error:
        raise _unreadable(error, path) from None
    try:
        if connection.execute("PRAGMA application_id").fetchone()[0] != sqlite.APPLICATION_ID:
            if not connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
                return NEW
            raise not_one
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
    except sqlite.DatabaseError as error:
        raise _unreadable(error, path) from None
    finally:
        connection.close()


def _unreadable(error: Exception, path: Path) -> ZjtuiError:
    """Return why a database cannot be read: damaged is not full, and a disk that does not answer is neither."""
    meant = sqlite.explain(error, path)
    if isinstance(meant, Damaged):
        return Damaged(
            N_("{path} is damaged ({reason}). It was left as it is; use a backup"), path=path, reason=str(error)
        )
    if isinstance(meant, DiskFull):
        return DiskFull(
            N_("The disk with {path} is full: it cannot even be looked at. Nothing is lost; free some space"),
            path=path,
        )
    return meant
