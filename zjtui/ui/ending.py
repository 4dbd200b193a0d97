"""How the app ends: by a signal in order, by a fault in one line; what was typed is a draft already."""

import signal
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from zjtui.i18n import N_, _
from zjtui.ui.opening import OpeningApp
from zjtui.ui.text import content

if TYPE_CHECKING:
    from zjtui.usecases.session import Session


class EndingApp(OpeningApp):
    """An app that never ends in a traceback."""

    session: "Session"

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
            with path.open("a", encoding="utf-8") as file:
                file.write("".join(traceback.format_exception(error)))
        except OSError:
            path = Path("-")
        text = N_("Something went wrong ({kind}). What was saved is safe, what was typed is a draft. Details: {path}")
        return _(text).format(kind=type(error).__name__, path=path)

    def _catch_signals(self) -> None:
        """A closed terminal or a shutdown ends the app in order, with the terminal restored."""
        if sys.platform == "win32" or self.is_headless:
            return
        import asyncio

        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, partial(self._end_by_signal, number))

    def _end_by_signal(self, number: int) -> None:
        self.exit(return_code=128 + number)
