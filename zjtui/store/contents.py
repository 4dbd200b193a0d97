"""The contents of attachments and forms: each lies in the workspace under the hash of what it holds, once.

A content is on the disk, with the folders it lies in, before the record that names it is saved. Until that is saved a
mark beside it says so: of a process that was killed in between, the next start takes the content away again.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from zjtui.files import create_private, make_folder, stale, sync_file, sync_folder, temporary
from zjtui.store import sqlite
from zjtui.store.sqlite import Connection

FOLDER = "files"
_MARK = "unsaved"
_SAVING = threading.Lock()  # two that save the same content at once must not take it from each other


def path_of(folder: Path, digest: str) -> Path:
    """Return where the content with SHA-256 `digest` lies."""
    return folder / FOLDER / digest[:2] / digest


def named(connection: Connection) -> list[tuple[str, str]]:
    """Return (SHA-256, a name) of every content that a record has."""
    rows = connection.execute(
        "SELECT sha256, min(name) AS name FROM (SELECT sha256, name FROM attachment "
        "UNION ALL SELECT sha256, file_name FROM report_template UNION ALL SELECT sha256, file_name FROM sent) "
        "GROUP BY sha256 ORDER BY name"
    )
    return [(str(row[0]), str(row[1])) for row in rows]


def incoming(folder: Path) -> Path:
    """Make an empty file into which a content is written before its hash is known."""
    make_folder(folder / FOLDER)
    made = temporary(folder / FOLDER, "incoming")
    create_private(made)
    return made


@contextmanager
def holding(folder: Path, written: Path, digest: str, reader: Callable[[], Connection]) -> Iterator[None]:
    """Put the file `written` where its content belongs while its record is saved; if that fails, take it out again."""
    target = path_of(folder, digest)
    with _SAVING:
        if target.exists():
            yield
            return
        mark = temporary(folder / FOLDER, _MARK, f".{digest}")
        create_private(mark)
        try:
            sync_file(written)
            make_folder(target.parent)
            written.replace(target)
            sync_folder(target.parent)
            yield
        except BaseException:
            with suppress(sqlite.Error):  # where that cannot be said it stays: an error is not always "not saved"
                if not _named(reader(), digest):
                    target.unlink(missing_ok=True)
            raise
        finally:
            mark.unlink(missing_ok=True)


def sweep_unsaved(folder: Path, connection: Connection) -> None:
    """Take away what was put in while its record was never saved: the process was killed in between."""
    with suppress(OSError):
        for mark in list((folder / FOLDER).glob(f".zjtui-{_MARK}.*")):
            if not stale(mark):
                continue
            digest = mark.name.rpartition(".")[2]
            if not _named(connection, digest):
                path_of(folder, digest).unlink(missing_ok=True)
            mark.unlink(missing_ok=True)


def _named(connection: Connection, digest: str) -> bool:
    """Tell whether any record, there or taken back, has this content: an undo can bring it back."""
    query = (
        "SELECT 1 FROM change WHERE entity IN ('attachment', 'report_template', 'sent') AND instr(fields, ?) LIMIT 1"
    )
    return connection.execute(query, (digest,)).fetchone() is not None
