"""Upkeep: a backup of the workspace, all of it written out.

A backup is a folder: a copy of the database under its own name for each time, with the settings beside it, and one
`files` folder for all of them in which each attachment and form lies once, under the hash of its content, as it does in
the workspace. So a daily backup carries a photo to the stick once, and each of its files can be looked at.
"""

import contextlib
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from zjtui import config, files
from zjtui.domain import registry
from zjtui.errors import Msg, ZjtuiError
from zjtui.i18n import N_, joined
from zjtui.store import backup as copies
from zjtui.store import contents
from zjtui.store.read import day, verify
from zjtui.store.read import dump as dumping
from zjtui.usecases.session import Session

ROTATED = 30  # backups of the days that stay in a folder, beside the newest of each month
SETTINGS = ".settings.json"
_CHUNK = 1 << 20
_NAMED = re.compile(r"zjtui-(\d{6})\d{2}-\d{6}(-\d+)?\.db")


@dataclass(frozen=True)
class Kept:
    """A backup: where it lies and what is in it. `apart`: on another disk; `missing`: contents that are not there."""

    path: Path
    size: int
    records: int
    entries: int
    contents: int
    content_bytes: int
    missing: list[str]
    apart: bool

    def told(self) -> list[Msg]:
        """Return in sentences what is in it, and what it does not protect from."""
        found = [
            Msg(
                N_("Backup written and checked: {path}: {records} records, {entries} entries, {contents} files"),
                path=self.path,
                records=self.records,
                entries=self.entries,
                contents=self.contents,
            )
        ]
        if self.missing:
            found.append(Msg(N_("Not in it, for it is missing or changed here: {names}"), names=joined(self.missing)))
        if not self.apart:
            found.append(Msg(N_("It lies on the same disk: where that fails, both are gone. Use a stick or a share")))
        return found


def backup(session: Session, target: Path, *, force: bool = False) -> Kept:
    """Write a checked copy of the database to `target`, its contents and settings beside it; note where and until what.

    Rules B-01, B-02.
    """
    reader = session.reader()
    newest = day.last_change(reader)
    size = copies.write(session.workspace.path, target, force=force)
    try:
        count, total, missing = _keep_contents(session, target.parent)
        settings = config.settings_text(session.settings)
        with files.replacing(target.with_name(target.stem + SETTINGS), private=True) as written:
            written.write_text(settings, "utf-8")
    except OSError as error:
        raise ZjtuiError(N_("{path} cannot be written: {reason}"), path=target, reason=error.strerror) from None
    apart = not files.same_disk(session.workspace.folder, target.parent)
    session.settings.backup = {"file": str(target.absolute()), "seq": newest, "apart": apart}
    with contextlib.suppress(OSError):  # the copy is there, whatever becomes of the note
        session.save_settings()
    records = sum(verify.size(reader, entity) for entity in registry.ENTITIES)
    return Kept(target, size, records, verify.size(reader, "change"), count, total, missing, apart)


def _keep_contents(session: Session, folder: Path) -> tuple[int, int, list[str]]:
    """Copy the contents that `folder` does not have yet; return how many it has, their bytes, lost ones."""
    count, total, missing = 0, 0, []
    for digest, name in contents.named(session.reader()):
        source, target = contents.path_of(session.workspace.folder, digest), contents.path_of(folder, digest)
        if carry(source, target, digest):
            count, total = count + 1, total + target.stat().st_size
        else:
            missing.append(name)
    return count, total, missing


def carry(source: Path, target: Path, digest: str) -> bool:
    """Copy a content to where it is not yet; tell whether it is there. One that is not what its name says is not."""
    try:
        size = source.stat().st_size
    except OSError:
        return target.is_file()
    if target.is_file() and target.stat().st_size == size:
        return True
    files.make_folder(target.parent)
    try:
        with files.replacing(target, private=True) as written, source.open("rb") as reading, written.open("wb") as new:
            hashed = hashlib.sha256()
            while chunk := reading.read(_CHUNK):
                hashed.update(chunk)
                new.write(chunk)
            if hashed.hexdigest() != digest:
                raise _Changed
    except _Changed:
        return False
    return True


class _Changed(Exception):
    """Keeps a content that is not what its name says from being put."""


def rotate(folder: Path, newest: Path, device: str) -> list[Path]:
    """Take away old backups of this workspace, now that `newest` was written and checked; return those that went.

    The last `ROTATED` stay, and the newest of each month.
    """
    found = sorted((path for path in folder.iterdir() if _NAMED.fullmatch(path.name)), key=lambda path: path.name)
    of_month = {path.name[6:12]: path for path in found}
    gone = []
    for path in found[:-ROTATED]:
        if path == newest or path in of_month.values() or copies.device_of(path) != device:
            continue
        files.remove(path)
        files.remove(path.with_name(path.stem + SETTINGS))
        gone.append(path)
    return gone


def dump(session: Session) -> Iterator[str]:
    """Yield every record and every entry of the log as one line of JSON."""
    return dumping.lines(session.reader())
