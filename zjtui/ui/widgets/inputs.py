"""A text field that shows what cannot be seen, and loses nothing that is pasted."""

from rich.text import Text
from textual import events
from textual.widgets import Input

from zjtui.text import is_unsafe


def marked(text: str) -> str:
    """Return `text` with every unseen character as one mark, so that the cursor stays where it is."""
    if text.isprintable():
        return text
    return "".join(_mark(char) if is_unsafe(char) and char != "\t" else char for char in text)


def _mark(char: str) -> str:
    return chr(0x2400 + ord(char)) if ord(char) < 0x20 else "\ufffd"


class SafeInput(Input):
    """One line. Pasted lines become words; what some terminals send for Backspace is taken as that."""

    @property
    def _value(self) -> Text:
        return Text(marked(self.value), no_wrap=True, overflow="ignore", end="")

    def _on_paste(self, event: events.Paste) -> None:
        """Take every pasted line: `Input` itself drops all but the first."""
        event.text = " ".join(event.text.split())
        super()._on_paste(event)

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "ctrl+h":
            event.stop()
            event.prevent_default()
            self.action_delete_left()
            return
        await super()._on_key(event)
