"""Files that are whole or not there at all, that nobody else on the machine reads, and whose leavings are swept.

A file is written under a temporary name in the folder it goes to, then renamed. Every temporary name says which
process of which machine made it, so that what a killed one left behind can be told from what is still being written.
"""

import errno
import hashlib
import os
import platform
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from itertools import count
from pathlib import Path

PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600
_OTHERS = 0o077
_FOREIGN_AGE = 7 * 24 * 3600  # seconds after which what another machine left is taken for dead
_NUMBERS = count(1)
_DEEPEST = 100  # folders below one another
_MARKED = "-unsaved."  # says something of another file, and is looked at with it (store/contents.py)
_OURS = re.compile(r"\.zjtui-[a-z]+\.([0-9a-f]{6})\.(\d+)\.\d+(\.\w+)?(-wal|-shm|-journal)?")
# Names of earlier versions, looked for only in folders that are zjtui's own.
_EARLIER = re.compile(r"\.(?:zjtui-replay|zjtui-backup|incoming|.+)\.(\d+)\.(?:tmp|db)(-wal|-shm|-journal)?")


@cache
def _machine() -> str:
    return hashlib.sha256(platform.node().encode()).hexdigest()[:6]


def could_be(path: Path) -> bool:
    """Tell whether a file or folder can have this name here, whether it is there or not."""
    try:
        str(path).encode()  # SQLite opens files by UTF-8 names only
        path.exists()
    except PermissionError:
        return True
    except (OSError, ValueError):
        return False
    return "\0" not in str(path) and len(path.parts) <= _DEEPEST


def temporary(folder: Path, kind: str, ending: str = ".tmp") -> Path:
    """Return a name in `folder` that nothing has; `kind` is a word that says what for."""
    return folder / f".zjtui-{kind}.{_machine()}.{os.getpid()}.{next(_NUMBERS)}{ending}"


def free(path: Path) -> Path:
    """Return `path`, or where a file has that name the first of name-2, name-3 ... that none has."""
    number = 1
    found = path
    while found.exists():
        number += 1
        found = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return found


def sweep(folder: Path, *, own: bool = False) -> None:
    """Remove what processes that are gone left in `folder`; `own`: a folder that only zjtui fills."""
    with suppress(OSError):
        for entry in list(os.scandir(folder)):
            if entry.name.startswith(".") and _MARKED not in entry.name and stale(Path(entry.path), own=own):
                remove(Path(entry.path))


def stale(path: Path, *, own: bool = False) -> bool:
    """Tell whether a temporary file is of a process that is gone. What has no such name is not."""
    found = _OURS.fullmatch(path.name)
    earlier = None if found or not own else _EARLIER.fullmatch(path.name)
    if not found and not earlier:
        return False
    try:
        status = path.lstat()
    except OSError:
        return False
    if os.name == "posix" and status.st_uid != os.getuid():
        return False
    if os.name != "posix" or (found and found[1] != _machine()):
        return time.time() - status.st_mtime > _FOREIGN_AGE
    process = int(found[2] if found else earlier[1] if earlier else 0)
    return process != os.getpid() and not _lives(process)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def remove(path: Path) -> None:
    """Take a file or a folder with all it holds away, as far as that can be done."""
    if path.is_dir() and not path.is_symlink():
        import shutil

        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink(missing_ok=True)


@contextmanager
def scratch(beside: Path | None = None) -> Iterator[Path]:
    """Give a folder that only its owner can look into, in `beside` where that can be written; it is removed again."""
    folder = scratch_folder(beside)
    try:
        yield folder
    finally:
        remove(folder)


def scratch_folder(beside: Path | None = None) -> Path:
    """Make a folder that only its owner can look into; whoever asks removes it, or the next start does."""
    if beside and os.access(beside, os.W_OK):
        folder = temporary(beside, "scratch", "")
        with suppress(OSError):
            folder.mkdir(PRIVATE_FOLDER)
            return folder
    import tempfile

    folder = temporary(Path(tempfile.gettempdir()), "scratch", "")
    folder.mkdir(PRIVATE_FOLDER)  # never one that is there already: it could be somebody else's
    return folder


def sync_folder(folder: Path) -> None:
    """Put the names in a folder on the disk."""
    if os.name == "posix":
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def sync_file(path: Path) -> None:
    """Put what a file holds on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def make_folder(folder: Path) -> None:
    """Make a folder that is not there, with those above it, on the disk: what lies in it will stay.

    What is made in a private folder is private too.
    """
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir(PRIVATE_FOLDER if is_private(path.parent) else 0o777, exist_ok=True)
        sync_folder(path.parent)


def is_private(folder: Path) -> bool:
    """Tell whether nobody but its owner can look into a folder."""
    return os.name == "posix" and not folder.stat().st_mode & _OTHERS


def close_off(folder: Path) -> None:
    """Let nobody but its owner look into a folder and what it holds; of somebody else's nothing is changed."""
    if os.name != "posix":
        return
    with suppress(OSError):
        if not is_private(folder):
            folder.chmod(PRIVATE_FOLDER)
            inside: Iterator[Path] = folder.rglob("*")
        else:
            inside = folder.iterdir()
        for path in inside:
            if path.is_symlink() or not path.stat().st_mode & _OTHERS:
                continue
            with suppress(OSError):
                path.chmod(PRIVATE_FOLDER if path.is_dir() else PRIVATE_FILE)


@contextmanager
def building(folder: Path, last: str) -> Iterator[Path]:
    """Give a private folder to fill, which becomes `folder` once all of it is on the disk, or leaves no trace.

    Where `folder` is there already its new files come into it one by one, the one named `last` at the end.
    """
    missing = [path for path in (folder, *folder.parents) if not os.path.lexists(path)]
    home = missing[-1].parent if missing else folder
    sweep(home)
    made = temporary(home, "new", "")
    inside = made / folder.relative_to(missing[-1]) if missing else made
    try:
        inside.mkdir(PRIVATE_FOLDER, parents=True)
        yield inside
        for path in sorted(made.rglob("*"), reverse=True):
            sync_folder(path) if path.is_dir() else sync_file(path)
        sync_folder(made)
        if missing:
            made.rename(missing[-1])
        else:
            for path in sorted(inside.iterdir(), key=lambda path: path.name == last):
                path.replace(folder / path.name)
        sync_folder(home)
    finally:
        remove(made)


def create_private(path: Path) -> None:
    """Make an empty file that only its owner can read; nothing else may be there."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_FILE))


def append(path: Path, text: str) -> None:
    """Add to a file that only its owner can read; it is made where it is not there."""
    with open(path, "a", encoding="utf-8", errors="backslashreplace", opener=_private) as file:
        file.write(text)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, PRIVATE_FILE)


def replace_file(path: Path, content: bytes) -> None:
    """Put `content` in place of `path` so that a power cut leaves the old file or the new one, never half of it."""
    with replacing(path) as written:
        written.write_bytes(content)


@contextmanager
def replacing(path: Path, *, private: bool = False) -> Iterator[Path]:
    """Give a temporary path to write to; it takes the place of `path` once all is written, or leaves no trace.

    In a private folder, or with `private`, only its owner can read the file.
    """
    written = temporary(path.parent, "write")
    try:
        if private or is_private(path.parent):
            create_private(written)
        yield written
        sync_file(written)
        written.replace(path)
    finally:
        with suppress(OSError):
            written.unlink(missing_ok=True)
    sync_folder(path.parent)


def same_disk(one: Path, other: Path) -> bool:
    """Tell whether two folders lie on one disk, as far as the system says so."""
    try:
        return _disk(one.resolve()) == _disk(other.resolve())
    except OSError:
        return False


def _disk(folder: Path) -> str:
    number = folder.stat().st_dev
    if os.name == "posix":
        with suppress(OSError):  # Linux: partitions of one disk lie below it
            device = Path(f"/sys/dev/block/{os.major(number)}:{os.minor(number)}").resolve(strict=True)
            return str(device.parent if (device / "partition").exists() else device)
    return str(number)
