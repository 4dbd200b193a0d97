"""A text field that shows what cannot be seen, and loses nothing that is pasted."""

from rich.text import Text
from textual import events
from textual.widgets import Input

from zjtui.i18n import N_, _
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
        """Take every pasted line, `Input` itself drops all but the first; several are asked about before."""
        lines = [line for line in event.text.splitlines() if line.strip()]
        text = " ".join(event.text.split())
        if len(lines) < 2:
            event.text = text
            super()._on_paste(event)
            return
        event.stop()
        event.prevent_default()
        self._ask(lines, text)

    def _ask(self, lines: list[str], text: str) -> None:
        """Ask what several pasted lines mean in a field of one line."""
        from zjtui.ui.dialogs.confirm import Question

        def answered(answer: str | None) -> None:
            if answer:
                self.insert_text_at_cursor(text if answer == "join" else "、".join(line.strip() for line in lines))

        question = _(N_("{count} lines, and this field has one. Nothing is cut.")).format(count=len(lines))
        answers = [("join", N_("Join them with spaces")), ("list", N_("Join them with 、")), ("", N_("Paste nothing"))]
        self.app.push_screen(Question(N_("Several lines were pasted"), question, answers), answered)

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "ctrl+h":
            event.stop()
            event.prevent_default()
            self.action_delete_left()
            return
        await super()._on_key(event)
