"""Keys in their order, and as a binding expects them.

Textual hands a key to whatever has the focus when it arrives, and works on it later: who types ahead ("Tab" and at
once the next field's text) finds it in the wrong field. Here a key waits until the one before it has had all its
effects. Full-width forms that a Chinese input method commits outside text fields are folded to the keys they stand for.
"""

import asyncio
import contextlib
import unicodedata
from typing import Any

from textual import events
from textual.app import App
from textual.dom import DOMNode
from textual.keys import _character_to_key
from textual.message_pump import MessagePump
from textual.widget import Widget

_PUNCTUATION = {
    "。": ".", "，": ",", "、": "/", "；": ";", "“": '"', "”": '"', "‘": "'", "’": "'",
    "【": "[", "】": "]", "《": "<", "》": ">",
}  # fmt: skip
_PATIENCE = (
    2.0  # seconds for all effects of one key; a handler that takes longer does not hold up the keyboard for ever
)


class OrderedKeysApp(App[None]):
    """An app that works on one key at a time."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: asyncio.Queue[events.Key | events.Paste] = asyncio.Queue()
        self._released: events.Event | None = None
        self._ordering: asyncio.Task[None] | None = None
        self._working = False

    @property
    def typed_out(self) -> bool:
        """Whether every key so far has had its effects."""
        return self._waiting.empty() and not self._working

    async def on_event(self, event: events.Event) -> None:
        """Hold back what is typed until what was typed before has had its effects."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded and event is not self._released:
            if self._ordering is None:
                self._ordering = asyncio.create_task(self._release())
            self._waiting.put_nowait(event)
            return
        await super().on_event(event)

    async def _release(self) -> None:
        while True:
            self._working = False
            event = await self._waiting.get()
            self._working = True
            try:
                await self._work_on(event)
            except Exception as error:  # the next key must be worked on all the same
                self._handle_exception(error)

    async def _work_on(self, event: events.Key | events.Paste) -> None:
        self.key_arrives()
        if isinstance(event, events.Key):
            typed, event = event, folded(event, self.focused)
            if event is not typed:
                self.key_was_folded()
        self._released = event
        self.post_message(event)
        with contextlib.suppress(TimeoutError, asyncio.TimeoutError):
            await asyncio.wait_for(self._settled(), _PATIENCE)

    async def _settled(self) -> None:
        """Wait until everybody who may have a part in the key has worked on all messages so far, twice over.

        A handler's messages are in their receivers' queues when it ends, so that two rounds from the focused widget
        outward see the effects of the effects: a changed focus, an opened screen.
        """
        for _round in range(2):
            await _idle(self)
            focused = self.focused
            chain: list[Any] = [focused, *focused.ancestors] if focused else [self.screen]
            for pump in chain:
                await _idle(pump)
            await _idle(self)

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:
        """Look who takes the key; where nobody does, that is not the end of it."""
        if priority and self.key_is_held_back(key):
            return True
        taken = await super()._check_bindings(key, priority)
        if not taken and not priority and isinstance(self._released, events.Key):
            self.key_unbound(self._released)
        return taken

    async def run_action(self, action: Any, default_namespace: DOMNode | None = None, namespaces: Any = None) -> bool:
        """Run an action, unless the screen says why there is nothing to do it to."""
        if isinstance(action, str) and self.nothing_to_do(action.removeprefix("screen.")):
            return True
        return await super().run_action(action, default_namespace, namespaces)

    def key_is_held_back(self, key: str) -> bool:
        """Tell whether a key meant for the screen below must not get there."""
        return False

    def key_unbound(self, event: events.Key) -> None:
        """Work on a key that nobody took."""

    def nothing_to_do(self, name: str) -> bool:
        """Tell whether there is nothing to do `name` to; it is said then."""
        return False

    def key_arrives(self) -> None:
        """Do what has to be done before a key counts."""

    def key_was_folded(self) -> None:
        """Say that an input method is on: letters do not arrive then."""

    def stop_ordering(self) -> None:
        """Let go of the task that releases keys."""
        if self._ordering:
            self._ordering.cancel()


async def _idle(pump: MessagePump) -> None:
    """Wait until `pump` has worked on what is in its queue."""
    if not pump.is_running or pump._closing:
        return
    done = asyncio.Event()
    if pump.call_later(done.set):
        await done.wait()


def fold(char: str) -> str:
    """Return the half-width character that `char` stands for on the keyboard, or `char`."""
    return _PUNCTUATION.get(char) or unicodedata.normalize("NFKC", char)


def folded(event: events.Key, focused: Widget | None) -> events.Key:
    """Return the key event as a binding would expect it; in a text field it stays as it was typed."""
    char = event.character
    if not char or len(char) != 1 or char.isascii() or takes_text(focused):
        return event
    plain = fold(char)
    if plain == char or len(plain) != 1:
        return event
    return events.Key(_character_to_key(plain), plain)


def takes_text(focused: Widget | None) -> bool:
    """Tell whether what is typed goes into a text."""
    from textual.widgets import Input, TextArea  # late: the first screen has no text area

    return isinstance(focused, Input | TextArea)
