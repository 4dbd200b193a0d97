"""A long job in front of the screen: how far it is, and Esc to stop it with nothing half done."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import ProgressBar, Static

from zjtui.i18n import N_, _
from zjtui.ui.key_meanings import bound
from zjtui.ui.text import content

Work = Callable[[Callable[[int, int], None], Callable[[], bool]], Any]  # work(progress(done, total), cancelled())


class Working(ModalScreen[Any]):
    """Runs `work` off the screen's thread; answers with its result, or with the exception that ended it."""

    CSS_PATH = "../styles/dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [bound("back", "stop")]

    def __init__(self, title: str, work: Work) -> None:
        super().__init__()
        self.heading, self.work = title, work
        self._stopped = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(content(_(self.heading), "bold"), classes="dialog-title")
            yield ProgressBar(show_eta=False)
            yield Static(content(_(N_("Esc stops it; nothing is changed then")), "dim"), classes="dialog-hint")

    def on_mount(self) -> None:
        self.run_worker(self._run())

    async def _run(self) -> None:
        try:
            result = await asyncio.to_thread(self.work, self._progress, lambda: self._stopped)
        except Exception as error:  # whatever it is, the screen below says it
            result = error
        self.dismiss(result)

    def _progress(self, done: int, total: int) -> None:
        with contextlib.suppress(RuntimeError):  # the app is leaving
            self.app.call_from_thread(self._show, done, total)

    def _show(self, done: int, total: int) -> None:
        for bar in self.query(ProgressBar):
            bar.update(total=total, progress=done)

    def action_stop(self) -> None:
        """Ask the job to stop; it answers when it has."""
        self._stopped = True
