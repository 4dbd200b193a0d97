"""The lock of a workspace: one process writes, whoever comes second is told which one that is."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from zjtui.config import DATABASE
from zjtui.errors import Locked
from zjtui.files import PRIVATE_FILE
from zjtui.i18n import N_
from zjtui.store import holder

if TYPE_CHECKING:
    from filelock import BaseFileLock

LOCK = "zjtui.lock"
_READ_ONLY = N_("{folder} is read-only: everything can be looked at, nothing changed")


class Lock:
    """The lock of the workspace in `folder`, held by this process from here on. Raises `Locked` where it cannot be.

    `wait` is how many seconds to wait for another process before giving up.
    """

    def __init__(self, folder: Path, wait: float) -> None:
        self.folder = folder
        self._file = _taken(folder, wait)
        holder.note(folder)

    def release(self) -> None:
        """Let go of it."""
        holder.forget(self.folder)
        self._file.release()

    def leave(self) -> None:
        """Let go of it with the end of the process, which is near: nobody is told any more that it is held."""
        holder.forget(self.folder)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep everybody else out of a folder whose database is not open, or raise `Locked`."""
    lock = Lock(folder, 0)
    try:
        yield
    finally:
        lock.release()


def _taken(folder: Path, wait: float) -> "BaseFileLock":
    import filelock

    path = folder / DATABASE
    if not os.access(folder, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
        raise Locked(_READ_ONLY, folder=folder)
    lock = filelock.FileLock(folder / LOCK, timeout=wait, mode=PRIVATE_FILE)
    try:
        lock.acquire()
    except filelock.Timeout:
        raise Locked(
            N_("{holder} has this workspace open: everything can be looked at, nothing changed"),
            holder=holder.named(folder),
        ) from None
    except OSError as error:
        raise Locked(_READ_ONLY, folder=folder) from error
    return lock
