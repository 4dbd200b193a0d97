"""Standard output: what was saved is saved, whether or not it can be told."""

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from zjtui.errors import ZjtuiError
from zjtui.i18n import N_


class Output:
    """A stream that fails as usual while nothing was `saved`, and after that takes everything and notes the error."""

    def __init__(self, file: Any, saved: Callable[[], bool]) -> None:
        self._file = file
        self._saved = saved
        self.lost: Exception | None = None

    def write(self, text: str) -> int:
        """Write, as far as there is somebody who takes it."""
        if self.lost is None:
            try:
                self._file.write(text)
            except (OSError, ValueError) as error:
                self._fail(error)
        return len(text)

    def flush(self) -> None:
        """Flush, as far as there is somebody who takes it."""
        if self.lost is None:
            try:
                self._file.flush()
            except (OSError, ValueError) as error:
                self._fail(error)

    def _fail(self, error: Exception) -> None:
        """Note an error; the interpreter's last flush goes nowhere, or that would decide the exit code."""
        self.lost = error
        with contextlib.suppress(OSError, ValueError, AttributeError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._file.fileno())
        if isinstance(error, BrokenPipeError):
            if not self._saved():
                raise error
        elif not self._saved():
            raise ZjtuiError(N_("The output cannot be written: {reason}"), reason=_reason(error)) from error

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


@contextmanager
def telling(complain: Callable[[str, str], None]) -> Iterator[None]:
    """Watch standard output; where it failed after something was saved, `complain` of that instead of failing."""
    before, plain = _commits(), sys.stdout
    output = Output(plain, lambda: _commits() > before)
    sys.stdout = output
    try:
        yield
    finally:
        sys.stdout = plain
        if output.lost and _commits() > before and not isinstance(output.lost, BrokenPipeError):
            complain(N_("Saved, but it could not be printed: {reason}"), _reason(output.lost))


def _commits() -> int:
    workspace = sys.modules.get("zjtui.store.workspace")  # not loaded: nothing was saved
    return workspace.Workspace.commits if workspace else 0


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
