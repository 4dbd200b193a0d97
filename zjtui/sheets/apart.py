"""Files that others made are read in a process of their own, with a limit on memory and on time.

A reader that takes too much, hangs, or is ended by the system takes nothing with it: here it is one refusal. What it
finds comes back through a temporary file, piece by piece, and is made of plain values only.
"""

import io
import os
import pickle
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from itertools import accumulate
from pathlib import Path
from typing import IO, Any

from zjtui import errors
from zjtui.errors import Cancelled, Msg, ZjtuiError
from zjtui.i18n import N_, language, set_language

# what may be asked for: the module with a function `pieces` that yields what is found, and the seconds that it may take
TASKS = {
    "list": ("zjtui.sheets.opening", 60),
    "form": ("zjtui.sheets.form_read", 60),
    "fill": ("zjtui.sheets.form_write", 60),
    "template": ("zjtui.sheets.template", 30),
    "word": ("zjtui.sheets.row_form_word", 60),
    "entries": ("zjtui.sheets.entries_apart", 60),
}
MEMORY = 1_500_000_000  # bytes of address space that a reader may take
_BYTES_A_SECOND = 1_000_000  # a large file may take so much longer, on the slowest machine
_LENGTH = 8  # bytes before a piece, and behind the last: how long it is; 0 before the end
_PAUSE = 0.1  # seconds between two looks at whether somebody stopped it
_ENDED = Msg(N_("it needs more memory than a file may, or cannot be read"))
_KINDS = ("UsageError", "Refused", "ZjtuiError")
_GIVEN = {  # what a piece may be made of beside numbers, texts and what holds them
    ("datetime", "date"), ("datetime", "datetime"), ("datetime", "time"), ("datetime", "timedelta"),
    ("zjtui.errors", "Msg"), ("zjtui.sheets.form_file", "FormSheet"), ("zjtui.sheets.form_file", "FormatOf"),
    ("zjtui.sheets.scan", "Marks"), ("builtins", "frozenset"), ("builtins", "set"), ("decimal", "Decimal"),
    ("zjtui.errors", "Notice"), ("zjtui.usecases.import_line", "Entry"), ("zjtui.usecases.import_line", "Fault"),
}  # fmt: skip


class NotReadError(Exception):
    """The reader gave up or was ended; `why` says it in the reader's language."""

    def __init__(self, why: Msg) -> None:
        super().__init__(why)
        self.why = why


class Pieces:
    """What a reader found: pieces that are read anew each time, so that a long list needs no memory."""

    def __init__(self, file: IO[bytes], places: Sequence[tuple[int, int]]) -> None:
        self._file, self._places, self._lock = file, places, threading.Lock()

    def __len__(self) -> int:
        return len(self._places)

    def __reduce__(self) -> tuple[Any, ...]:
        """Go into another process with all that was found."""
        return _held, ([self._content(number) for number in range(len(self))],)

    def __getitem__(self, number: int) -> Any:
        return _loaded(self._content(number))

    def _content(self, number: int) -> bytes:
        start, size = self._places[number]
        with self._lock:
            self._file.seek(start)
            return self._file.read(size)

    def between(self, first: int, last: int) -> Iterator[Any]:
        """Yield the pieces from `first` up to, not including, `last`."""
        return (self[number] for number in range(first, last))


def _held(contents: Sequence[bytes]) -> Pieces:
    """Return pieces that came from another process."""
    ends = list(accumulate(map(len, contents)))
    places = [(end - len(content), len(content)) for end, content in zip(ends, contents, strict=True)]
    return Pieces(io.BytesIO(b"".join(contents)), places)


def run(task: str, *given: Any, size: int = 0, cancelled: Callable[[], bool] | None = None) -> Pieces:
    """Return what the reader of `task`, a key of `TASKS`, yields for `given`; `size` is the file's, in bytes.

    What it refuses is raised here as it was there. Raises `NotReadError`, `Cancelled`.
    """
    file = tempfile.TemporaryFile(prefix="zjtui-")  # noqa: SIM115 - it lives as long as the pieces
    try:
        with _reader(task, given, size, file) as (process, seconds):
            _wait(process, seconds, cancelled)
        return _found(file, process.returncode)
    except BaseException:
        file.close()
        raise


def stream(task: str, *given: Any, size: int = 0) -> Iterator[Any]:
    """Yield what the reader of `task` finds while it reads on; it ends with the iteration. Raises as `run` does."""
    with _reader(task, given, size, subprocess.PIPE) as (process, _seconds):
        assert process.stdout
        with process.stdout as found:
            while length := int.from_bytes(found.read(_LENGTH), "big"):
                content = found.read(length)
                if len(content) < length:
                    raise NotReadError(_ENDED)
                yield _loaded(content)
            _ended(found.read()[:-_LENGTH])


@contextmanager
def _reader(
    task: str, given: Sequence[Any], size: int, out: IO[bytes] | int
) -> Iterator[tuple["subprocess.Popen[bytes]", int]]:
    """Start a reader that writes to `out`; it is gone at the end, whatever comes of it."""
    seconds = TASKS[task][1] + size // _BYTES_A_SECOND
    request = pickle.dumps((task, given, language(), seconds, MEMORY))
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "zjtui.sheets.apart"], stdin=subprocess.PIPE, stdout=out,
        stderr=subprocess.DEVNULL, creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )  # fmt: skip
    try:
        assert process.stdin
        with process.stdin as asking, suppress(BrokenPipeError):
            asking.write(request)
        yield process, seconds
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def _wait(process: "subprocess.Popen[bytes]", seconds: float, cancelled: Callable[[], bool] | None) -> None:
    ends = time.monotonic() + seconds
    while True:
        try:
            process.wait(_PAUSE)
        except subprocess.TimeoutExpired:
            if cancelled and cancelled():
                raise Cancelled(N_("Stopped; nothing was changed")) from None
            if time.monotonic() > ends:
                raise NotReadError(Msg(N_("it takes longer than {seconds} s"), seconds=seconds)) from None
        else:
            return


def _found(file: IO[bytes], code: int) -> Pieces:
    """Return the pieces of a reader that came to its end, or raise what it ended with."""
    size = file.seek(0, os.SEEK_END)
    if code != 0 or size < _LENGTH:
        raise NotReadError(_ENDED)
    file.seek(size - _LENGTH)
    length = int.from_bytes(file.read(_LENGTH), "big")
    file.seek(size - _LENGTH - length)
    return Pieces(file, _ended(file.read(length)))


def _ended(content: bytes) -> Any:
    """Return where the pieces of a reader stand that came to its end, or raise what it ended with."""
    if not content:
        raise NotReadError(_ENDED)
    status, *rest = _loaded(content)
    if status == "refused":
        name, msgid, rule, params = rest
        raise getattr(errors, name)(msgid, rule=rule, **params)
    if status == "failed":
        raise NotReadError(rest[0])
    return rest[0]


class _Loader(pickle.Unpickler):
    """Makes nothing but plain values of what a reader wrote."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _GIVEN:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return super().find_class(module, name)


def _loaded(content: bytes) -> Any:
    return _Loader(io.BytesIO(content)).load()


# In the process of the reader


def main() -> None:
    """Do what is asked on standard input, and write what comes of it to standard output."""
    task, given, lang, seconds, memory = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by `run`
    out = os.fdopen(os.dup(1), "wb")
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)  # whatever a library prints is no piece
    set_language(lang)
    make = import_module(TASKS[task][0]).pieces
    _limit(seconds, memory)
    places: list[tuple[int, int]] = []
    end: tuple[Any, ...] = ("done", places)
    at = 0
    try:
        for piece in make(*given):
            content = pickle.dumps(piece, 5)
            out.write(len(content).to_bytes(_LENGTH, "big") + content)
            places.append((at + _LENGTH, len(content)))
            at += _LENGTH + len(content)
    except ZjtuiError as error:
        kind = next(name for name in _KINDS if isinstance(error, getattr(errors, name)))
        end = ("refused", kind, error.msgid, error.rule, {name: _plain(value) for name, value in error.params.items()})
    except MemoryError:
        end = ("failed", _ENDED)
    content = pickle.dumps(end, 5)
    out.write(bytes(_LENGTH) + content + len(content).to_bytes(_LENGTH, "big"))
    out.close()


def _plain(value: Any) -> Any:
    return value if isinstance(value, int | float | str | Msg) else str(value)


def _limit(seconds: int, memory: int) -> None:
    """Let the system end this process where it takes too much; elsewhere the wait for it does."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds + 5, seconds + 5))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def regular(path: Path) -> int:
    """Return the size of a file; what is none, or only looks like one (a pipe, a device, a folder), is refused."""
    import stat

    try:
        facts = path.stat()
    except FileNotFoundError:
        raise errors.UsageError(N_("There is no file “{path}”"), path=path) from None
    except (OSError, ValueError) as error:  # a name with NUL in it is a ValueError
        reason = getattr(error, "strerror", None) or error
        raise errors.UsageError(N_("“{path}” cannot be read: {reason}"), path=path, reason=reason) from None
    if not stat.S_ISREG(facts.st_mode):
        raise errors.UsageError(N_("“{path}” is no file: a folder, a pipe or a device is not read"), path=path)
    return facts.st_size


if __name__ == "__main__":
    main()
