"""Keeping what is typed: the newest state only, and a look at what became of it. Not kept is said."""

import asyncio
import contextlib
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

from zjtui.errors import ZjtuiError, meaning
from zjtui.i18n import N_, _
from zjtui.usecases import draft

if TYPE_CHECKING:
    from zjtui.ui.base import BaseScreen

What = tuple[str, str, str, dict[str, str]]  # key, form, subject and texts of a draft


class Keeper:
    """Keeps the drafts of one screen, one at a time, and tells where they are when that changes."""

    def __init__(self, screen: "BaseScreen") -> None:
        self._screen = screen
        self._running: Future[Path | None] | None = None
        self._next: dict[str, What] = {}
        self._newest: What | None = None
        self._place: Path | Exception | None = None
        self._asked = False

    def keep(self, what: What, *, say: bool = False) -> None:
        """Keep what is typed so far; the caller goes on. `say` where it is, though it is where it always is."""
        self._newest = self._next[what[0]] = what
        self._asked = self._asked or say
        if self._running is None:
            self._start()

    def keep_now(self, what: What | None = None) -> None:
        """Keep `what` and all that waits, and look at nothing: the app ends, maybe on another thread."""
        if what and what != self._newest:
            self._next[what[0]] = what
        for waiting in list(self._next.values()):
            draft.keep(self._screen.session, *waiting)

    def stop(self) -> None:
        """Keep nothing that waits: a record is made of it, or it is given up."""
        self._next.clear()

    @property
    def lost(self) -> bool:
        """Whether the newest state that was looked at is nowhere."""
        return isinstance(self._place, Exception)

    def told(self) -> str:
        """Return where what is typed is."""
        if self._place is None:
            return _(N_("What was typed is kept as a draft."))
        if isinstance(self._place, Path):
            text = N_("The register cannot take it now: what was typed is kept in the file {path}.")
            return _(text).format(path=self._place)
        reason = meaning(self._place) or self._place
        return _(N_("What was typed is NOT kept: leave it open. {reason}")).format(reason=reason)

    async def settled(self) -> None:
        """Wait until the newest state was kept, or not."""
        while self._running is not None:
            running = self._running
            with contextlib.suppress(Exception):  # looked at below
                await asyncio.wrap_future(running)
            self._look(running)

    def _start(self) -> None:
        if not self._next:
            return
        what = self._next.pop(next(iter(self._next)))
        try:
            self._running = draft.keep(self._screen.session, *what)
        except ZjtuiError as error:  # nothing can be written here
            self._seen(error)
            return
        self._running.add_done_callback(lambda done: self._screen.call_later(self._look, done))

    def _look(self, done: "Future[Path | None]") -> None:
        if done is not self._running:
            return
        self._running = None
        error = done.exception()
        self._seen(error if isinstance(error, Exception) else done.result())
        self._start()

    def _seen(self, place: "Path | Exception | None") -> None:
        changed = type(place) is not type(self._place)
        self._place = place
        if changed or self._asked or place is not None:
            tone = "$text-error" if self.lost else "$text-warning" if place else ""
            self._screen.status(self.told(), tone)
        if changed or self._asked:
            severity = "error" if self.lost else "warning" if place else "information"
            self._screen.app.notify(self.told(), severity=severity, markup=False, timeout=10)  # type: ignore[arg-type]
        self._asked = False
