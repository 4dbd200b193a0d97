"""A copy of the live database that is whole: made by SQLite, checked, on the disk, and only then given its name."""

from pathlib import Path

from zjtui.errors import Damaged, Refused, UsageError, ZjtuiError
from zjtui.files import create_private, replacing, sweep, sync_file
from zjtui.i18n import N_
from zjtui.store import sqlite


def write(source: Path, target: Path, *, force: bool = False) -> int:
    """Copy the database at `source` to `target`; return its size. Rules B-01, B-02; nothing is left where it fails."""
    folder = target.parent
    try:
        if target.is_dir():
            raise UsageError(N_("{path} is a folder; name a file"), path=target)
        if not folder.is_dir():
            raise UsageError(N_("There is no folder {path}"), path=folder)
        there = target.exists()
        own = target.resolve().parent == source.resolve().parent and target.resolve().name.startswith(source.name)
    except (OSError, ValueError):
        raise UsageError(N_("“{value}” is not the name of a file"), value=str(target)[:80]) from None
    if own or (there and target.samefile(source)):
        raise Refused(N_("{path} is the workspace itself; choose another file"), rule="B-02", path=target)
    if there and not force:
        raise Refused(N_("{path} is there already; choose another name or add --force"), rule="B-01", path=target)
    sweep(folder)
    try:
        with replacing(target, private=True) as written:
            _copy(source, written)
            _check(written)
            size = written.stat().st_size
    except OSError as error:
        raise ZjtuiError(N_("{path} cannot be written: {reason}"), path=target, reason=error.strerror) from None
    return size


def _copy(source: Path, target: Path) -> None:
    reader = sqlite.open_reader(source)
    try:
        reader.execute("PRAGMA query_only=OFF")  # the file is open read-only all the same
        reader.execute("VACUUM INTO ?", (str(target.absolute()),))
    except sqlite.Error as error:
        if "unable to open" in str(error):
            raise ZjtuiError(N_("{path} cannot be written: {reason}"), path=target.parent, reason=str(error)) from None
        raise sqlite.explain(error) from None
    finally:
        reader.close()


def _check(path: Path) -> None:
    copy = sqlite.open_reader(path)
    try:
        found = [row[0] for row in copy.execute("PRAGMA quick_check(1)")]
    except sqlite.DatabaseError as error:
        found = [str(error)]
    finally:
        copy.close()
    if found != ["ok"]:
        raise Damaged(N_("The copy is damaged ({reason}); nothing was kept of it"), reason=found[0])


def fresh_copy(source: Path, target: Path) -> None:
    """Copy a backup to a new file that is to be worked on: under a new device, whose chain begins anew."""
    create_private(target)
    _copy(source, target)
    copy = sqlite.open_plain(target)
    try:
        copy.execute("DELETE FROM meta WHERE key = 'device'")
    finally:
        copy.close()
    _check(target)
    sync_file(target)


def device_of(path: Path) -> str:
    """Return which device's workspace a backup is of, "" where it cannot be read."""
    try:
        reader = sqlite.open_reader(path)
    except sqlite.DatabaseError:
        return ""
    try:
        row = reader.execute("SELECT value FROM meta WHERE key = 'device'").fetchone()
        return str(row[0]) if row else ""
    except sqlite.DatabaseError:
        return ""
    finally:
        reader.close()
