"""A workspace: a folder with `zjtui.db` and what belongs to it; one writer on one thread, readers beside it."""

import contextlib
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import ClassVar, TypeVar

from zjtui.config import DATABASE
from zjtui.errors import Damaged, DiskFull, Locked, UsageError, ZjtuiError
from zjtui.files import create_private
from zjtui.i18n import N_
from zjtui.store import changes, contents, sqlite, transaction
from zjtui.store.beside import Beside
from zjtui.store.guard import Guard, entry, part_from_stray, reconcile, refuse_lost, replaced
from zjtui.store.lock import Lock
from zjtui.store.sqlite import Connection
from zjtui.store.tidy import tidy
from zjtui.store.transaction import Known
from zjtui.store.version import NEW, SCHEMA_VERSION, is_ready, refuse_foreign, refuse_newer, version_of

T = TypeVar("T")
_NONE = N_("There is no workspace in {folder}. Make one: zjtui new {folder}, or try: zjtui demo")
_NOT_SAVED = N_("Not saved: the workspace is open for reading only")


class Workspace:
    """An open workspace. Close it; it can be used as a context manager.

    `read_only` says why nothing can be written (None where it can); `device` names this workspace in the log; `beside`
    takes drafts that the database cannot take.
    """

    commits: ClassVar[int] = 0  # of this process: after the first, what fails is no failure of the work

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / DATABASE
        self.read_only: ZjtuiError | None = None
        self.device = ""
        self.beside = Beside(folder)
        self._lock: Lock | None = None
        self._guard: Guard | None = None
        self._local = threading.local()
        self._readers: list[Connection] = []
        self._writer: Connection | None = None
        self._thread: ThreadPoolExecutor | None = None

    @classmethod
    def create(cls, folder: Path) -> "Workspace":
        """Make the tables of a new workspace in `folder`, which is there and must not hold one."""
        cls.refuse_taken(folder)
        return cls._open(folder, wait=0)

    @staticmethod
    def refuse_taken(folder: Path) -> None:
        """Refuse a folder that holds a workspace, or the rescue copy of one; what a killed beginning left goes."""
        refuse_lost(folder)
        path = folder / DATABASE
        if path.exists() and version_of(path) != NEW:
            raise UsageError(N_("{folder} already holds a workspace; choose another folder"), folder=folder)
        part_from_stray(path)

    @classmethod
    def view(cls, path: Path) -> "Workspace":
        """Open a backup for reading, where it lies and under its own name."""
        if refuse_foreign(path) < SCHEMA_VERSION:
            raise UsageError(N_("{path} is of an older zjtui: restore it into a folder first"), path=path)
        self = cls(path.parent)
        self.path = path
        self.read_only = Locked(N_("{path} is a backup: it is only looked at"), path=path)
        self._begin_reading()
        return self

    @classmethod
    def open(cls, folder: Path, *, write: bool = True, wait: float = 0) -> "Workspace":
        """Open the workspace in `folder`; where another process holds it, read-only.

        `wait` is how many seconds to wait for the other process before giving up. Raises `UsageError` where there is
        no workspace, `Damaged`, `NewerSchema`; the file is left untouched then.
        """
        path = folder / DATABASE
        if not path.exists():
            refuse_lost(folder)
            raise UsageError(_NONE, folder=folder)
        try:
            version = version_of(path)
        except (Damaged, UsageError) as error:
            raise replaced(path) or error from None
        if version == NEW and not write:  # left by a `zjtui new` that was killed: nothing to look at
            raise UsageError(_NONE, folder=folder)
        refuse_newer(path, version)
        if write:
            return cls._open(folder, wait)
        if version < SCHEMA_VERSION:
            cls._open(folder, wait).close()
        self = cls(folder)
        self._begin_reading()
        return self

    @classmethod
    def _open(cls, folder: Path, wait: float) -> "Workspace":
        self = cls(folder)
        try:
            self._lock = Lock(folder, wait)
        except Locked as error:
            if NEW < version_of(self.path) < SCHEMA_VERSION:  # even looking at it needs today's tables
                raise Locked(
                    N_("{path} is of an older zjtui and has to be brought up to date first, but: {reason}"),
                    path=self.path,
                    reason=error,
                ) from None
            self.read_only = error
        else:
            # Looked at before the writer opens it: reading the file beside a connection would drop its locks, and
            # half-made tables would be taken for somebody else's.
            unmade = not self.path.exists() or not is_ready(self.path)
            self.read_only = reconcile(self.path)
            if self.read_only:
                self._begin_reading()
                return self
            self._thread = ThreadPoolExecutor(1, thread_name_prefix="writer")
            # The writer opens behind the first screen; only a file without tables has to wait for it.
            opening = self._thread.submit(self._begin_writing, entry(self.path))
            if unmade:
                opening.result()
        self._begin_reading()
        return self

    def __enter__(self) -> "Workspace":
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def reader(self) -> Connection:
        """Return this thread's read-only connection."""
        connection: Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite.open_reader(self.path)
            self._local.connection = connection
            self._readers.append(connection)
        return connection

    def transact(self, work: Callable[[Connection], T], known: Known | None = None) -> T:
        """Run `work` in one transaction on the writer thread; when this returns, the result is on the disk.

        `known` looks up whether it was done: an error of the disk at the very end does not say so.
        """
        return self._writing().submit(self.run, work, known).result()

    def queue(self, job: Callable[[], T]) -> "Future[T]":
        """Queue a job for the writer thread, without waiting for it; it is in no transaction, and may `run` one."""
        if self._thread is None:
            raise self.read_only or Locked(_NOT_SAVED)
        return self._thread.submit(job)

    def maintain(self, work: Callable[[Connection], T]) -> T:
        """Run `work` on the writer thread outside any transaction (backup, rebuild)."""
        return self._writing().submit(self._guarded, work).result()

    @property
    def holds(self) -> bool:
        """Whether this is the process that writes, even if nothing can be saved any more."""
        return self._thread is not None

    def _writing(self) -> ThreadPoolExecutor:
        if self._thread is None or self.read_only:
            raise self.read_only or Locked(_NOT_SAVED)
        return self._thread

    def close(self) -> None:
        """Finish what is queued and let go of the file. What was saved is saved: nothing here makes a failure of it."""
        if self._guard:
            self._guard.stop()
        # The last connection carries the -wal into the database: the writer's, unless that is not its own any more.
        if not self._thread or self._thread.submit(self._stands).result():
            self._end_reading()
        if self._thread:
            with contextlib.suppress(sqlite.Error, OSError):
                self._thread.submit(self._end_writing).result()
            self._thread.shutdown()
            self._thread = None
        self._end_reading()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def abandon(self, seconds: float) -> None:
        """Let go of the file for a process that is about to end: what is queued has `seconds`, reads are left alone."""
        if self._thread:
            with contextlib.suppress(Exception):  # the log of the database holds what was acknowledged
                self._thread.submit(self._end_writing).result(seconds)
        if self._lock is not None:
            self._lock.leave()

    def _begin_reading(self) -> None:
        try:
            row = self.reader().execute("SELECT value FROM meta WHERE key = 'device'").fetchone()
        except sqlite.DatabaseError as error:
            self.close()
            raise sqlite.explain(error) from None
        self.device = row[0] if row else ""

    def _begin_writing(self, was: tuple[int, ...] | None) -> None:
        """Open the writer on the file that was there before, or on a new one where there was none."""
        try:
            tidy(self.folder)
            if was is None or entry(self.path) == was:
                self._open_writer(was)
        except (OSError, sqlite.Error):
            if was is None or entry(self.path) == was:
                raise
        if was and entry(self.path) != was:
            self.read_only = Damaged(
                N_("{path} was removed or replaced while it was being opened: nothing is saved to it"), path=self.path
            )

    def _open_writer(self, was: tuple[int, ...] | None) -> None:
        if not was:
            create_private(self.path)  # what SQLite puts beside it gets the same rights
        self._writer = sqlite.open_writer(self.path)
        version = self._writer.execute("PRAGMA user_version").fetchone()[0]
        if version < SCHEMA_VERSION:
            from zjtui.store import backup
            from zjtui.store.migrations import migrate

            if version:
                backup.write(self.path, self.folder / f"before-upgrade-from-{version}.db", force=True)
            migrate(self._writer)
        if not self._writer.execute("SELECT 1 FROM meta WHERE key = 'device'").fetchone():
            self._writer.execute("INSERT INTO meta VALUES ('device', ?)", (changes.new_device(),))
        contents.sweep_unsaved(self.folder, self._writer)
        self._guard = Guard(self.path, self._writer, self._later)
        self.beside.hold_room()

    def _end_reading(self) -> None:
        for connection in self._readers:
            with contextlib.suppress(sqlite.Error):
                connection.close()
        self._readers.clear()

    def _end_writing(self) -> None:
        if self._writer:
            with contextlib.suppress(sqlite.Error):
                if self._stands():
                    self._writer.execute("PRAGMA optimize")
            self._writer.close()

    def _stands(self) -> bool:
        """Tell whether the files are still our own; the first time that they are not, save what they held."""
        if self._guard and not self.read_only:
            self.read_only = self._guard.fault()
        return not self.read_only

    def _later(self, work: Callable[[], None]) -> None:
        if self._thread:
            with contextlib.suppress(RuntimeError):  # it is being closed
                self._thread.submit(self._if_it_stands, work)

    def _if_it_stands(self, work: Callable[[], None]) -> None:
        if self._stands():
            work()

    def _guarded(self, work: Callable[[Connection], T]) -> T:
        if self._writer is None or self._guard is None:
            raise self.read_only or Damaged(N_("The database could not be opened for writing. Run `zjtui check`"))
        if not self._stands():
            raise self.read_only or Locked(_NOT_SAVED)
        try:
            return work(self._writer)
        finally:
            self._guard.settle()

    def run(self, work: Callable[[Connection], T], known: Known | None = None) -> T:
        """Do what `transact` does, on the writer thread."""
        try:
            result = self._guarded(partial(transaction.run, path=self.path, work=work, known=known))
        except DiskFull:
            self.beside.give_room()
            raise
        Workspace.commits += 1
        return result
