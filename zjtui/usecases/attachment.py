"""Attachments: a file is copied into the workspace under the hash of its content, then a record points to it."""

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from zjtui.domain.attachment import Attachment
from zjtui.domain.check import check
from zjtui.domain.record import Record
from zjtui.errors import Cancelled, Msg, Refused, UsageError, ZjtuiError
from zjtui.files import could_be, remove
from zjtui.i18n import N_
from zjtui.store import contents
from zjtui.store.write.tx import Tx
from zjtui.usecases.session import Outcome, Session

LARGEST = 200_000_000  # bytes
_CHUNK = 1 << 20

Progress = Callable[[int, int], None]  # bytes done, bytes in all


def add(
    session: Session,
    project_uid: str,
    source: Path,
    *,
    about: tuple[str, str] | None = None,
    note: str | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Outcome:
    """Attach a copy of the file `source` to a project, or to a record `about` = (entity, uid) that hangs on it.

    The same content is stored once. Rules F-01 (not a readable file), F-02 (too large); raises `Cancelled`.
    """

    with storing(session, source, progress, cancelled) as stored:
        tx, uid = session.operate(
            "attachment.add", lambda tx: _add_in(tx, session, project_uid, Stored(source.name, *stored), about, note)
        )
    return Outcome(uid, tx.operation)


class Stored(NamedTuple):
    """A file whose content lies in the workspace already."""

    name: str
    sha256: str
    size: int


def _add_in(
    tx: Tx, session: Session, project_uid: str, stored: Stored, about: tuple[str, str] | None, note: str | None = None
) -> str:
    tx.get("project", project_uid)
    values = {
        "uid": tx.new_uid(),
        "project_uid": project_uid,
        "about": about[0] if about else None,
        "about_uid": about[1] if about else None,
        "name": stored.name,
        "size": stored.size,
        "sha256": stored.sha256,
        "added_on": session.today,
        "note": note,
    }
    return tx.add(check(Attachment, values, session.today))


@contextmanager
def storing_many(session: Session, files: Sequence[Path]) -> Iterator[Callable[[Tx, Record], None]]:
    """Copy files into the workspace; yield what attaches them to a record, as a part of the operation that adds it."""
    with ExitStack() as stack:
        stored = [Stored(file.name, *stack.enter_context(storing(session, file))) for file in files]

        def attach(tx: Tx, record: Record) -> None:
            for each in stored:
                _add_in(tx, session, record.project_uid, each, (record.entity, record.uid))  # type: ignore[attr-defined]

        yield attach


@contextmanager
def storing(
    session: Session, source: Path, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None
) -> Iterator[tuple[str, int]]:
    """Copy a file into the workspace; yield SHA-256 and size of its content, for its record to be saved meanwhile.

    The content is on the disk before that; where the record is not saved it is taken out again.
    """
    folder = session.workspace.folder
    if session.workspace.read_only:
        raise session.workspace.read_only
    refusal = partial(Refused, N_("{path} cannot be attached: {reason}"), rule="F-01", field="name", path=source)
    with ExitStack() as stack:
        try:
            total = _size(source)
            written = contents.incoming(folder)
            stack.callback(remove, written)
            digest = _copy(source, written, total, progress, cancelled)
            stack.enter_context(contents.holding(folder, written, digest, session.reader))
        except (OSError, ValueError) as error:
            if isinstance(error, ZjtuiError):
                raise
            raise refusal(reason=getattr(error, "strerror", None) or str(error)) from None
        yield digest, total


def _size(source: Path) -> int:
    if not source.is_file():
        raise Refused(N_("{path} is not a file"), rule="F-01", field="name", path=source)
    total = source.stat().st_size
    if total > LARGEST:
        raise Refused(
            N_("{path} has {size} MB; at most {limit} MB can be attached"),
            rule="F-02",
            field="name",
            path=source.name,
            size=total // 1_000_000,
            limit=LARGEST // 1_000_000,
        )
    return total


@contextmanager
def keeping(session: Session, content: bytes) -> Iterator[tuple[str, int]]:
    """Keep a content in the workspace as `storing` does that of a file."""
    digest = hashlib.sha256(content).hexdigest()
    written = contents.incoming(session.workspace.folder)
    try:
        written.write_bytes(content)
        with contents.holding(session.workspace.folder, written, digest, session.reader):
            yield digest, len(content)
    finally:
        remove(written)


def content_of(folder: Path, digest: str, name: str) -> Path:
    """Return where the content of the file `name` lies; one that is missing is refused. Rule F-03."""
    stored = contents.path_of(folder, digest)
    if not stored.is_file():
        raise Refused(N_("The content of “{name}” is missing from the workspace"), rule="F-03", name=name)
    return stored


def problems(session: Session) -> list[Msg]:
    """Return attachments and forms whose content is missing, or is not what was attached."""
    found = []
    for digest, name in contents.named(session.reader()):
        stored = contents.path_of(session.workspace.folder, digest)
        try:
            with stored.open("rb") as file:
                same = hashlib.file_digest(file, "sha256").hexdigest() == digest
        except (OSError, ValueError):
            found.append(Msg(N_("The content of “{name}” is missing from the workspace"), name=name))
            continue
        if not same:
            found.append(Msg(N_("The content of “{name}” was changed"), name=name))
    return found


def missing(session: Session) -> list[tuple[str, str]]:
    """Return (uid, name) of the attachments whose content is not in the workspace; what is there is not read."""
    rows = session.reader().execute("SELECT uid, name, sha256 FROM attachment ORDER BY id")
    there: dict[str, bool] = {}
    found = []
    for row in rows:
        digest = row["sha256"]
        if digest not in there:
            there[digest] = contents.path_of(session.workspace.folder, digest).is_file()
        if not there[digest]:
            found.append((row["uid"], row["name"]))
    return found


def path_typed(text: str) -> Path:
    """Return the path that a person typed or pasted: with quotes, as a file:// address, with ~."""
    plain = text.strip().strip("\"'“”‘’").strip()
    if plain.lower().startswith("file://"):
        plain = unquote(urlsplit(plain).path)
        if os.name == "nt":
            plain = plain.lstrip("/")
    try:
        path = Path(plain).expanduser()
    except (RuntimeError, ValueError):  # ~somebody who is not there
        path = Path(plain)
    if not plain or not could_be(path):
        raise UsageError(N_("“{value}” is not the name of a file"), value=text[:80])
    return path


def _copy(
    source: Path, target: Path, total: int, progress: Progress | None, cancelled: Callable[[], bool] | None
) -> str:
    digest, done = hashlib.sha256(), 0
    with source.open("rb") as reading, target.open("wb") as writing:
        while chunk := reading.read(_CHUNK):
            if cancelled and cancelled():
                raise Cancelled(N_("Stopped; nothing was attached"))
            digest.update(chunk)
            writing.write(chunk)
            done += len(chunk)
            if progress:
                progress(done, total)
    return digest.hexdigest()
