"""How the app ends: by a signal or a closed window in order, by a fault in one line; what was typed is a draft."""

import contextlib
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zjtui.files import append
from zjtui.i18n import N_, _
from zjtui.ui.base import BaseScreen
from zjtui.ui.opening import OpeningApp
from zjtui.ui.text import content
from zjtui.ui.watchdog import LastingFile, Watchdog

if TYPE_CHECKING:
    from zjtui.usecases.session import Session

_CLOSED = 128 + getattr(signal, "SIGHUP", 1)


class EndingApp(OpeningApp):
    """An app that never ends in a traceback, and always ends."""

    session: "Session"

    def __init__(self) -> None:
        super().__init__()
        self.watchdog = Watchdog(self._end_in_order, self._end_at_last)

    def _handle_exception(self, error: Exception) -> None:
        """End in one line instead of a traceback with everybody's data in it; drafts are in the database already."""
        if self.is_headless:
            super()._handle_exception(error)
            return
        self._return_code = 1
        self._exception = error
        self.exit(return_code=1, message=content(self.fault_text(error)).plain)

    def fault_text(self, error: Exception) -> str:
        """Write an unexpected error to the workspace's log and return what the person is told."""
        import traceback

        path = self.session.workspace.folder / "zjtui.log"
        try:
            append(path, "".join(traceback.format_exception(error)))
        except OSError:
            path = Path("-")
        text = N_("Something went wrong ({kind}). What was saved is safe, what was typed is a draft. Details: {path}")
        return _(text).format(kind=type(error).__name__, path=path)

    def _build_driver(self, *values: Any, **named: Any) -> Any:
        driver = super()._build_driver(*values, **named)
        if hasattr(driver, "_file"):  # a driver without a screen has none
            driver._file = LastingFile(driver._file, lambda: self.watchdog.end(_CLOSED))
        return driver

    def exit(self, result: None = None, return_code: int = 0, message: Any = None) -> None:
        """End; what is typed at this moment is kept."""
        self.keep_typed()
        super().exit(result, return_code, message)

    def keep_typed(self) -> None:
        """Keep what stands in the forms, the letters of a moment ago too."""
        for screen in self.screen_stack:
            if isinstance(screen, BaseScreen):
                with contextlib.suppress(Exception):  # the next form is kept all the same
                    screen.keep_typed()

    def _end_in_order(self, code: int) -> None:
        """End as by a key; called from the watchdog's thread."""
        loop = self._loop
        if loop is not None:
            with contextlib.suppress(RuntimeError):  # it is closed: the app has ended
                loop.call_soon_threadsafe(lambda: self.exit(return_code=code))

    def _end_at_last(self, seconds: float) -> None:
        """Keep what is typed and let the workspace go, from the watchdog's thread: the screen's one does not answer."""
        with self._context():
            self.keep_typed()
        self.session.workspace.abandon(seconds)
