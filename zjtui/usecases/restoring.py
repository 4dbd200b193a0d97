"""Going back to a backup, or to a rescue copy: what was there is kept aside, never overwritten."""

import json
import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from zjtui import config, files
from zjtui.errors import Damaged, Msg, UsageError, ZjtuiError
from zjtui.i18n import N_
from zjtui.store import backup as copies
from zjtui.store import contents, guard, sqlite
from zjtui.store.changes import BEIJING
from zjtui.store.lock import locked
from zjtui.store.read import verify
from zjtui.store.version import refuse_foreign
from zjtui.usecases.maintenance import SETTINGS, carry


@dataclass(frozen=True)
class Restored:
    """What a restoring did: where what was there is kept now (None: nothing was), and contents that are nowhere."""

    kept: Path | None
    missing: list[str]


def found(folder: Path, settings: config.Settings) -> list[Path]:
    """Return what can be gone back to, as far as it is known: a rescue copy, then the backups, the newest first."""
    rescue = guard.waiting(folder)
    last = settings.backup.get("file")
    places = [folder / "backups", *([Path(last).parent] if isinstance(last, str) else [])]
    backups = {path.resolve() for place in places if place.is_dir() for path in place.glob("zjtui-*.db")}
    return [*([rescue] if rescue else []), *sorted(backups, key=lambda path: path.name, reverse=True)]


def restore(folder: Path, source: Path) -> Restored:
    """Put the backup `source` in place as the workspace in `folder`; nobody may have that open.

    It is looked at first: a damaged one is refused. It goes on under a new device name, for what was entered since the
    backup may be known elsewhere. Naming the workspace's own database says that it is to stay as it is.
    """
    refuse_damaged(source)
    try:
        if not folder.is_dir():
            files.make_folder(folder)
            folder.chmod(files.PRIVATE_FOLDER)
        path = folder / config.DATABASE
        with locked(folder):
            if path.exists() and path.samefile(source):
                guard.settled(folder)
                return Restored(None, [])
            written = files.temporary(folder, "restore")
            try:
                copies.fresh_copy(source, written)
                kept = _put_aside(path)
                written.replace(path)
                files.sync_folder(folder)
            finally:
                files.remove(written)
            missing = _fetch_contents(source, path)
            _fetch_settings(source, folder)
            guard.settled(folder)
    except OSError as error:
        raise ZjtuiError(
            N_("{path} cannot be written: {reason}"), path=folder, reason=error.strerror or error
        ) from None
    return Restored(kept, missing)


def refuse_damaged(source: Path) -> None:
    """Refuse a file that is no backup, or one whose log or pages are not whole."""
    if not source.is_file():
        raise UsageError(N_("There is no file {path}"), path=source)
    refuse_foreign(source)
    reader = sqlite.open_checker(source)
    try:
        problem = next(verify.file(reader), None) or next(verify.chains(reader, lambda _done: None), None)
    except sqlite.DatabaseError as error:
        problem = Msg("{reason}", reason=str(error))
    finally:
        reader.close()
    if problem:
        raise Damaged(
            N_("{path} is damaged, nothing was changed: {problem}. Take another backup"), path=source, problem=problem
        )


def _put_aside(path: Path) -> Path | None:
    """Keep the database that is there under another name; it stays in its place until the other one takes that."""
    if not path.exists() and not path.with_name(path.name + "-wal").exists():
        return None
    with suppress(sqlite.Error, OSError):  # a damaged one is kept as it lies there
        writer = sqlite.open_writer(path)
        writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        writer.close()
    kept = path.parent / f"kept-{datetime.now(BEIJING):%Y%m%d-%H%M%S}"
    while kept.exists():
        kept = kept.with_name(kept.name + "-2")
    files.make_folder(kept)
    if path.exists():
        try:
            os.link(path, kept / path.name)
        except OSError:  # a disk that knows no second names
            shutil.copyfile(path, kept / path.name)
            files.sync_file(kept / path.name)
    for suffix in ("-wal", "-shm"):
        beside = path.with_name(path.name + suffix)
        if beside.exists():
            beside.replace(kept / beside.name)
    files.sync_folder(kept)
    return kept


def _fetch_contents(source: Path, path: Path) -> list[str]:
    reader = sqlite.open_reader(path)
    try:
        wanted = contents.named(reader)
    except sqlite.DatabaseError:  # of a version that knew no attachments
        wanted = []
    finally:
        reader.close()
    return [
        name
        for digest, name in wanted
        if not carry(contents.path_of(source.parent, digest), contents.path_of(path.parent, digest), digest)
    ]


def _fetch_settings(source: Path, folder: Path) -> None:
    kept = source.with_name(source.stem + SETTINGS)
    with suppress(OSError, ValueError, RecursionError):
        if not (folder / config.SETTINGS).exists() and isinstance(json.loads(kept.read_text("utf-8")), dict):
            files.replace_file(folder / config.SETTINGS, kept.read_bytes())
