"""One transaction on the writer's connection, and what became of it where the disk failed at its very end."""

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from zjtui.errors import DiskFull, Unsure
from zjtui.i18n import N_
from zjtui.store import sqlite
from zjtui.store.sqlite import Connection

T = TypeVar("T")
Known = Callable[[Connection], bool]  # looks up whether the work was done


def run(writer: Connection, path: Path, work: Callable[[Connection], T], known: Known | None = None) -> T:
    """Do `work` whole or not at all; when this returns, it is on the disk. Raises what an error means."""
    committing = False
    try:
        writer.execute("BEGIN IMMEDIATE")
        try:
            result = work(writer)
            committing = True
            writer.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite.Error):  # the first error says what is wrong
                if writer.in_transaction:
                    writer.execute("ROLLBACK")
            raise
    except sqlite.Error as error:
        meant = sqlite.explain(error, path)
        if committing and known and _was_done(writer, known, error, full=isinstance(meant, DiskFull)):
            return result
        raise meant from error
    return result


def _was_done(writer: Connection, known: Known, error: Exception, *, full: bool) -> bool:
    """Tell whether a transaction whose COMMIT failed is there. Raises `Unsure` where that cannot be told.

    An error of the disk at COMMIT is not "not saved": all of it may lie in the write-ahead log, unseen now and taken
    for whole at the next start. Another transaction that comes through is written over it: then it is gone for good.
    """
    try:
        if known(writer):
            return True
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("INSERT OR REPLACE INTO meta VALUES ('settled', hex(randomblob(8)))")
        writer.execute("COMMIT")
    except sqlite.Error as second:
        with contextlib.suppress(sqlite.Error):
            if writer.in_transaction:
                writer.execute("ROLLBACK")
        if full:  # its last page found no room, and without that page it counts for nothing
            return False
        raise Unsure(
            N_("The disk failed in the middle of saving ({reason}). Start again: then it is saved, or a draft"),
            reason=str(error),
        ) from second
    return False
