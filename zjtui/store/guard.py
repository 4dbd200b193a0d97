"""Whether the files under an open writer are still its own, and where its work goes when they are not.

SQLite keeps on writing into a file that was removed, replaced or overwritten under it, and says that it saved. So what
lies there is compared before each write: folder entry, size and time of the database and of its -wal, which nobody else
writes, and the entry of its -shm. None of the files is opened for that: closing it again would drop SQLite's locks.
"""

import json
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from zjtui.config import DATABASE
from zjtui.errors import Damaged, ZjtuiError
from zjtui.files import make_folder, replace_file, replacing, sync_folder
from zjtui.i18n import N_
from zjtui.store import sqlite
from zjtui.store.changes import BEIJING
from zjtui.store.memory import hold_whole
from zjtui.store.rest import Rest
from zjtui.store.sqlite import Connection

FOLDER, NOTE = "rescue", "rescue.json"
_SUFFIXES = ("", "-wal", "-shm")
Seen = tuple[tuple[int, ...] | None, ...]


class Guard:
    """Looks after the files of one writer; everything is called on its thread."""

    def __init__(self, path: Path, connection: Connection, later: Callable[[Callable[[], None]], None]) -> None:
        """`later` runs what it is given on the writer's thread, where the files are still its own."""
        self.path = path
        self._connection = connection
        self._rest = Rest(lambda: later(self._checkpoint))
        self._newest = 0
        self._version = 0
        self._seen: Seen = ()
        hold_whole(connection, path)
        self.note()

    def note(self) -> None:
        """Remember how the files are after a write of one's own."""
        self._seen = _look(self.path)
        with suppress(sqlite.Error):  # the fault itself is told elsewhere
            self._newest = newest(self._connection)
            self._version = self._data_version()

    def settle(self) -> None:
        """Something was written: remember how the files are, and carry it into the one file once it rests."""
        self.note()
        self._rest.touch()

    def stop(self) -> None:
        """The file is being let go of: that carries everything."""
        self._rest.stop()

    def _checkpoint(self) -> None:
        with suppress(sqlite.Error):  # whatever it is, the next write meets it
            self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        self.note()

    def fault(self) -> ZjtuiError | None:
        """Return why nothing more is saved, with where everything is; None where the files are as they were left."""
        return None if self._holds() else self._give_up()

    def _holds(self) -> bool:
        """Tell whether the files are as they were left; what another program wrote by SQLite's own rules counts."""
        now = _look(self.path)
        if now == self._seen:
            return True
        if _entries(now) == _entries(self._seen) and self._data_version() != self._version:
            self.note()
            return True
        return False

    def _give_up(self) -> ZjtuiError:
        """Bring everything that was saved to safety; return what the person is told."""
        copy = self._rescued()
        self._part_from_what_lies_there()
        if copy is None:
            return Damaged(
                N_(
                    "{path} was removed or replaced while it was open: nothing more is saved to it, and no rescue copy "
                    "could be made. Keep this window open, and take the newest backup"
                ),
                path=self.path,
            )
        return Damaged(
            N_(
                "{path} was removed or replaced while it was open: nothing more is saved to it. All that was saved is "
                "in {copy}. Leave, then go on with it: zjtui restore {copy}"
            ),
            path=self.path,
            copy=copy,
        )

    def _rescued(self) -> Path | None:
        """Write what the open connection holds to another file, and look whether it is whole."""
        for folder in (self.path.parent, self.path.parent.parent, Path.home()):
            with suppress(OSError, sqlite.Error):
                if not folder.is_dir():
                    continue
                make_folder(folder / FOLDER)
                target = folder / FOLDER / f"zjtui-{datetime.now(BEIJING):%Y%m%d-%H%M%S}.db"
                with replacing(target, private=True) as written:
                    sqlite.copy_open(self._connection, written)
                    if not is_whole(written, self._newest):
                        return None
                note = {"file": str(target), "at": f"{datetime.now(BEIJING):%Y-%m-%dT%H:%M:%S}"}
                if self.path.parent.is_dir():
                    make_folder(self.path.parent / FOLDER)
                    replace_file(self.path.parent / FOLDER / NOTE, json.dumps(note, ensure_ascii=False).encode())
                return target
        return None

    def _part_from_what_lies_there(self) -> None:
        """Our own -wal must not be read into a database that somebody put in place of ours."""
        now = _entries(_look(self.path))
        was = _entries(self._seen)
        with suppress(OSError, sqlite.Error):
            if now[0] == was[0] and now[1] != was[1] and self._seen[0] == _look(self.path)[0]:
                # Only the -wal is gone: its content is still open here, and the database is the one it belongs to.
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            elif now[1] == was[1] and now[1] is not None:
                wal = self.path.with_name(self.path.name + "-wal")
                make_folder(self.path.parent / FOLDER)
                wal.replace(self.path.parent / FOLDER / f"{wal.name}-{os.getpid()}")
                sync_folder(self.path.parent)

    def _data_version(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])


def newest(connection: Connection) -> int:
    """Return the number of the newest entry of the change log."""
    return int(connection.execute("SELECT coalesce(max(seq), 0) FROM change").fetchone()[0])


def is_whole(path: Path, expected: int) -> bool:
    """Tell whether a copy can be read from one end to the other, up to the entry that was saved last."""
    try:
        copy = sqlite.open_reader(path)
    except sqlite.DatabaseError:
        return False
    try:
        sound = [row[0] for row in copy.execute("PRAGMA integrity_check(1)")] == ["ok"]
        return sound and newest(copy) == expected
    except sqlite.DatabaseError:
        return False
    finally:
        copy.close()


def waiting(folder: Path) -> Path | None:
    """Return the rescue copy of a workspace that nobody has gone back to, or put aside, yet."""
    try:
        note = json.loads((folder / FOLDER / NOTE).read_text("utf-8"))
        copy = Path(note["file"])
        return copy if copy.is_file() else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def refuse_lost(folder: Path) -> None:
    """Refuse to begin anew where the database went away but a rescue copy of it is there."""
    copy = waiting(folder)
    if copy and not (folder / DATABASE).exists():
        raise Damaged(
            N_("The database of {folder} is gone. All that was saved is in {copy}. Go on: zjtui restore {copy}"),
            folder=folder,
            copy=copy,
        )


def part_from_stray(path: Path) -> None:
    """Put a -wal aside that lies there without its database: it would be read into the next one of that name."""
    for suffix in _SUFFIXES[1:]:
        stray = path.with_name(path.name + suffix)
        if stray.exists():
            make_folder(path.parent / FOLDER)
            stray.replace(path.parent / FOLDER / f"{stray.name}-{os.getpid()}")


def reconcile(path: Path) -> ZjtuiError | None:
    """Return why a database is only looked at: something was saved to it that is in its rescue copy alone."""
    copy = waiting(path.parent)
    if copy is None:
        return None
    if _has_all_of(path, copy):
        settled(path.parent)
        return None
    return replaced(path)


def replaced(path: Path) -> ZjtuiError | None:
    """Return where everything is that was saved to the database at `path`, where a rescue copy of it waits."""
    copy = waiting(path.parent)
    if copy is None:
        return None
    return Damaged(
        N_(
            "{path} is not what was last saved: it was replaced while it was open. All that was saved is in {copy}. "
            "Go on with it: zjtui restore {copy}; or with what is here: zjtui restore {path}"
        ),
        path=path,
        copy=copy,
    )


def _has_all_of(path: Path, copy: Path) -> bool:
    """Tell whether the newest entry of the copy stands in the log of the database at `path`, too."""
    ends: list[tuple[int, bytes]] = []
    for each in (copy, path):
        try:
            reader = sqlite.open_reader(each)
        except sqlite.DatabaseError:
            return False
        try:
            last = ends[0][0] if ends else newest(reader)
            row = reader.execute("SELECT hash FROM change WHERE seq = ?", (last,)).fetchone()
            ends.append((last, bytes(row[0]) if row else b""))
        except (sqlite.DatabaseError, TypeError):
            return False
        finally:
            reader.close()
    return ends[0] == ends[1]


def settled(folder: Path) -> None:
    """Forget that a rescue copy waits; the copy stays."""
    with suppress(OSError):
        (folder / FOLDER / NOTE).unlink(missing_ok=True)


def entry(path: Path) -> tuple[int, ...] | None:
    """Return which file the folder has under this name, None where it has none."""
    found = _look(path)[0]
    return found and found[:2]


def _look(path: Path) -> Seen:
    """Return what the folder says of the three files: entry, and of those that only we write size and time."""
    found: list[tuple[int, ...] | None] = []
    place = str(path)  # asked before and after every write: no path is taken apart for it
    for suffix in _SUFFIXES:
        try:
            status = os.stat(place + suffix)  # noqa: PTH116
        except OSError:
            found.append(None)
            continue
        if os.name != "posix":  # times there are written when a file is closed, and entries have no lasting number
            found.append((status.st_dev, 0, 0 if suffix == "-shm" else status.st_size))
        elif suffix == "-shm":
            found.append((status.st_dev, status.st_ino))
        else:
            found.append((status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns))
    return tuple(found)


def _entries(seen: Seen) -> tuple[tuple[int, ...] | None, ...]:
    return tuple(each and each[:2] for each in seen)
