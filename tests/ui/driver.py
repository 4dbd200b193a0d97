"""Driving the app by its keys, and reading what its screen shows."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

from textual import events
from textual._compositor import Compositor
from textual.keys import _character_to_key
from textual.worker import WorkerFailed

from zjtui.i18n import set_language
from zjtui.ui.app import ZjtuiApp
from zjtui.usecases.session import open_session

TODAY = date(2023, 9, 20)


class Driver:
    """An app that is running: press keys, type text, read the screen."""

    def __init__(self, app: ZjtuiApp, pilot: Any) -> None:
        self.app = app
        self.pilot = pilot

    async def settle(self) -> None:
        """Wait until nothing is being read, saved or drawn."""
        for _round in range(3):
            await asyncio.wait_for(self.app._settled(), 30)  # an app that ended of a fault never settles
            while not self.app.typed_out:
                await asyncio.sleep(0.002)
            while getattr(self.app.screen, "_resting", None):
                await asyncio.sleep(0.01)
            with suppress(WorkerFailed):  # the app was told; what it does not know how to tell ends the test
                await self.app.workers.wait_for_complete()
            for screen in self.app.screen_stack:
                reader = getattr(screen, "reader", None)
                if reader is not None and screen.is_mounted:
                    await reader.wait()
            keeper = getattr(self.app.screen, "keeper", None)
            if keeper is not None:
                await keeper.settled()
        await self._drawn()

    async def _drawn(self) -> None:
        """Wait until no message is on its way and nothing waits to be laid out or drawn.

        A pause that waits for an idle process takes one that got no turn on a busy machine for idle.
        """
        while True:
            await self.pilot._wait_for_screen()
            screen = self.app.screen
            screen._on_timer_update()
            pumps = [self.app, *screen.walk_children(with_self=True)]
            if not screen._callbacks and not any(_busy(pump) for pump in pumps):
                return

    async def press(self, *keys: str) -> "Driver":
        """Press keys by name, one after the other; "deed:escalate" takes that from the menu of the screen."""
        for key in keys:
            if key.startswith("deed:"):
                await self._deed(key.removeprefix("deed:"))
                continue
            char = {"space": " ", "slash": "/"}.get(key, key if len(key) == 1 else None)
            self.app.post_message(events.Key(key, char))
            await self.settle()
        return self

    async def _deed(self, name: str) -> None:
        await self.press("ctrl+t")
        dialog: Any = self.app.screen
        await self.type(name)
        while dialog.highlighted.value != name:
            await self.press("down")
        await self.press("enter")

    async def type(self, text: str) -> "Driver":
        """Type text as an input method commits it, one key event a character."""
        for char in text:
            self.app.post_message(events.Key(_character_to_key(char), char))
        await self.settle()
        return self

    async def paste(self, text: str) -> "Driver":
        """Paste a text as a terminal hands it over, in one: a path of a hundred letters is looked up once, not often."""
        self.app.post_message(events.Paste(text))
        await self.settle()
        return self

    async def choose(self, *texts: str) -> "Driver":
        """Answer one question after the other: type (or, of a path, paste), Enter."""
        for text in texts:
            await (self.paste(text) if "/" in text else self.type(text))
            await self.press("enter")
        return self

    async def follow(self, keys: Sequence[str]) -> "Driver":
        """Press keys; of what begins with "text:" the rest is typed, with "paste:" pasted."""
        for key in keys:
            how, _colon, text = key.partition(":") if key.startswith(("text:", "paste:")) else ("", "", key)
            await {"text": self.type, "paste": self.paste, "": self.press}[how](text)
        return self

    @property
    def text(self) -> str:
        """What the screen shows, line by line."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)

    @property
    def head(self) -> str:
        """The title bar."""
        return self.text.splitlines()[0]

    @property
    def foot(self) -> str:
        """What stands above the keys: how things stand, or on more lines what was refused."""
        bars = self.app.screen.query("#status")
        height = bars.first().size.height if bars else 1
        return " ".join(line.strip() for line in self.text.splitlines()[-1 - height : -1])

    @property
    def messages(self) -> str:
        """The messages that popped up so far."""
        return "\n".join(str(item.message) for item in self.app._notifications)


def _busy(pump: Any) -> bool:
    waiting = pump.message_queue_size or pump._next_callbacks
    return bool(waiting or getattr(pump, "_layout_required", False) or getattr(pump, "_dirty_widgets", None))


def undrawn(compositor: Compositor, **_options: Any) -> None:
    """Take what is to be drawn for drawn: nobody sees a test's screen, and what it shows is worked out when asked for.

    Pictures are drawn by tests/ui/test_snapshots.py, real terminals by tests/terminal.
    """
    compositor._dirty_regions.clear()


@asynccontextmanager
async def running(
    folder: Path,
    lang: str = "en",
    size: tuple[int, int] = (80, 24),
    person: str = "",
    today: date | None = TODAY,
    *,
    messages: bool = False,
) -> AsyncIterator[Driver]:
    """Open the app on a workspace; with `messages` those that come and go over a corner of the screen are drawn too."""
    set_language(lang)
    session = open_session(folder, today=today, person=person)
    app = ZjtuiApp(session)
    try:
        with patch.object(Compositor, "render_update", undrawn):
            async with app.run_test(size=size, notifications=messages) as pilot:
                driver = Driver(app, pilot)
                await driver.settle()
                yield driver
                assert not app.is_running or driver.text  # what stands at the end can be drawn
    finally:
        session.close()
