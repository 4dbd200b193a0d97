"""A disk that fails from a given operation on, under the database's connections as under the files beside it."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

import sqlcipher3

from zjtui import files
from zjtui.store import beside

KINDS = ("full", "input/output")


class Disk:
    """A disk that fails from the `first` operation on while it is armed; see `failing`."""

    def __init__(self) -> None:
        self.first = 0
        self.count = 0
        self.kind = KINDS[0]
        self.only = ""
        self.files = self.after = self.lasting = False

    @contextmanager
    def failing(
        self, first: int, kind: str, *, files: bool = True, only: str = "", after: bool = False, lasting: bool = False
    ) -> Iterator[None]:
        """Fail from the `first` operation on, of files too or of the database alone.

        With `only`, statements that begin so fail, once or (`lasting`) always, before or `after` they were done.
        """
        self.first, self.count, self.kind, self.files = first, 0, kind, files
        self.only, self.after, self.lasting = only, after, lasting
        try:
            yield
        finally:
            self.first = 0

    def fails(self, sql: str = "") -> bool:
        """Count an operation; tell whether it is one that fails."""
        if not self.first or sql.startswith("ROLLBACK") or not (sql or self.files) or not sql.startswith(self.only):
            return False
        self.count += 1
        return self.count >= self.first and (not self.only or self.lasting or self.count == self.first)

    def database(self) -> Exception:
        """Return what SQLite says of it."""
        text = "database or disk is full" if self.kind == "full" else "disk I/O error"
        error = sqlcipher3.OperationalError(text)
        error.sqlite_errorcode = 13 if self.kind == "full" else 10
        return error  # type: ignore[no-any-return]

    def file(self) -> Exception:
        """Return what the system says of it."""
        return OSError(errno.ENOSPC if self.kind == "full" else errno.EIO, "failed")


@contextmanager
def failing_disk() -> Iterator[Disk]:
    """Put a disk that can fail under all that is opened from now on."""
    disk = Disk()
    connect, replacing = sqlcipher3.connect, files.replacing

    class Connection(sqlcipher3.Connection):  # type: ignore[misc]
        def execute(self, sql: str, *values: Any) -> Any:
            fails = disk.fails(sql)
            if fails and not disk.after:
                raise disk.database()
            result = super().execute(sql, *values)
            if fails:
                raise disk.database()
            return result

        def executemany(self, sql: str, *values: Any) -> Any:
            if disk.fails(sql):
                raise disk.database()
            return super().executemany(sql, *values)

    def failing(inner: Any) -> Any:
        def outer(*values: Any, **named: Any) -> Any:
            if disk.fails():
                raise disk.file()
            return inner(*values, **named)

        return outer

    with (
        mock.patch.object(sqlcipher3, "connect", lambda *a, **k: connect(*a, factory=Connection, **k)),
        mock.patch.object(files, "replacing", failing(replacing)),
        mock.patch.object(beside, "replacing", failing(replacing)),
    ):
        yield disk
