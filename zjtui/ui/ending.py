"""How the app ends: by a signal or a closed window in order, by a fault in one line; what was typed is a draft."""

import contextlib
import signal
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from textual._context import active_message_pump
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import WorkerFailed

from zjtui import config
from zjtui.errors import meaning
from zjtui.i18n import N_, _
from zjtui.ui import guard
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
        guard.install()
        self._unmade: WeakSet[Screen[Any]] = WeakSet()
        self.started = False  # the first screen stands: from here on no fault ends the app
        self.watchdog = Watchdog(self._end_in_order, self._end_at_last)

    def _handle_exception(self, error: Exception) -> None:
        """Tell what Textual was handed by a timer, a worker or a drawing; end only where nothing is shown yet.

        A test that drives the app is to fail of a fault of the program.
        """
        if isinstance(error, WorkerFailed):
            error = error.error if isinstance(error.error, Exception) else error
        if self.started and (not self.is_headless or meaning(error)):
            self.tell_fault(error, active_message_pump.get(None))
        elif self.is_headless:
            super()._handle_exception(error)
        else:
            self._return_code = 1
            self._exception = error
            self.exit(return_code=1, message=content(self.fault_text(error)).plain)

    def tell_fault(self, error: Exception, pump: MessagePump | None = None) -> None:
        """Say what went wrong in `pump`; the app goes on. A screen that could not be made whole is taken away again."""
        screen = pump.screen if isinstance(pump, Widget) and pump.is_attached else None
        if screen in self._unmade:
            return  # one fault after the other, for what is missing on it
        if screen is not None and not screen.is_mounted:
            self._unmade.add(screen)
            self.call_later(self.drop_screen, screen)
        known = meaning(error)
        if known is None and self.is_headless:
            super()._handle_exception(error)
            return
        text = content(str(known) if known else self.fault_text(error)).plain
        if all(shown.message != text or shown.has_expired for shown in self._notifications):
            self.notify(text, severity="error", markup=False, timeout=10)

    def drop_screen(self, screen: "Screen[Any]") -> None:
        """Go back from a screen that could not be made whole: nothing is typed there yet."""
        if screen is self.screen and len(self.screen_stack) > 1:
            screen.dismiss(None)

    def keep_settings(self) -> None:
        """Keep what was chosen; where that is not possible it holds until the end, and that is said."""
        try:
            self.session.save_settings()
        except Exception as error:  # of the disk, mostly
            self.tell_fault(error)

    def fault_text(self, error: Exception) -> str:
        """Write a fault of the program to the log and return what the person is told."""
        path = config.keep_fault(error, self.session.workspace.folder)
        text = N_("Something went wrong ({kind}). What was saved is safe. Details: {path}")
        if path is None:
            return _(N_("Something went wrong ({kind}: {text}). What was saved is safe")).format(
                kind=type(error).__name__, text=error
            )
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
