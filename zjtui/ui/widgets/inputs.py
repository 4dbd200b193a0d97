"""A text field that shows what cannot be seen, loses nothing that is pasted, and takes back what was typed."""

from typing import ClassVar

from rich.text import Text
from textual import events
from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from zjtui.i18n import N_, _
from zjtui.text import is_unsafe
from zjtui.ui import copying
from zjtui.ui.key_meanings import bound
from zjtui.ui.widgets.typed_history import TypedHistory

# Textual deletes with it what stands before the cursor; here it closes the day, and no month's draft goes by it.
NOT_TYPING: list[BindingType] = [bound("day", "pass_on")]
# With the ids of the actions everywhere: a person's own keys for undo hold here too.
UNDO: list[BindingType] = [
    Binding("ctrl+z", "undo", show=False, id="everywhere.undo"),
    Binding("ctrl+y", "redo", show=False, id="everywhere.redo"),
]


def marked(text: str) -> str:
    """Return `text` with every unseen character as one mark, so that the cursor stays where it is."""
    if text.isprintable():
        return text
    return "".join(_mark(char) if is_unsafe(char) and char != "\t" else char for char in text)


def _mark(char: str) -> str:
    return chr(0x2400 + ord(char)) if ord(char) < 0x20 else "\ufffd"


class NothingTyped(Message):
    """Undo was pressed in `editor`, and nothing that was typed there is left to take back."""

    def __init__(self, editor: "Input | object") -> None:
        super().__init__()
        self.editor = editor


class SafeInput(Input):
    """One line. Pasted lines become words; what some terminals send for Backspace is taken as that.

    Textual calls the handlers of all base classes by itself: one that is called by hand runs twice.
    """

    BINDINGS: ClassVar[list[BindingType]] = UNDO

    def __init__(self, *args: object, **options: object) -> None:
        self.history = TypedHistory()
        self._turning = False
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.history.clear()

    @property
    def _value(self) -> Text:
        return Text(marked(self.value), no_wrap=True, overflow="ignore", end="")

    def load(self, text: str) -> None:
        """Show another value to be typed over; what was typed before belongs to the value before."""
        with self.prevent(Input.Changed):
            self.value = text
        self.history.clear()

    def watch_value(self, before: str, after: str) -> None:
        """Remember the text before each change, whoever made it."""
        if not self._turning and before != after:
            self.history.note(before, after, self.cursor_position)

    def action_undo(self) -> None:
        """Take back what was typed last in this line."""
        if not self._turn(self.history.back((self.value, self.cursor_position))):
            self.nothing_typed()

    def action_redo(self) -> None:
        """Type again what was taken back."""
        self._turn(self.history.forward((self.value, self.cursor_position)))

    def action_copy(self) -> None:
        """Copy what is selected in the line, or all of it."""
        if self.value:
            copying.put(self.screen, self.selected_text or self.value)
        else:
            raise SkipAction

    def action_pass_on(self) -> None:
        """The key is the screen's, as everywhere."""
        raise SkipAction

    def nothing_typed(self) -> None:
        """Undo was pressed, and nothing typed is left here."""
        self.post_message(NothingTyped(self))

    def _turn(self, step: tuple[str, int] | None) -> bool:
        if step is None:
            return False
        self._turning = True
        try:
            self.value, self.cursor_position = step
        finally:
            self._turning = False
        return True

    def _on_paste(self, event: events.Paste) -> None:
        """Take every pasted line, `Input` itself drops all but the first; several are asked about before."""
        lines = [line for line in event.text.splitlines() if line.strip()]
        event.text = " ".join(event.text.split())
        if len(lines) < 2:
            return  # `Input` puts it in
        event.stop()
        event.prevent_default()
        self._ask(lines, event.text)

    def _ask(self, lines: list[str], text: str) -> None:
        """Ask what several pasted lines mean in a field of one line."""
        from zjtui.ui.dialogs.confirm import Question

        def answered(answer: str | None) -> None:
            if answer:
                self.insert_text_at_cursor(text if answer == "join" else "、".join(line.strip() for line in lines))

        question = _(N_("{count} lines, and this field has one. Nothing is cut.")).format(count=len(lines))
        answers = [("join", N_("Join them with spaces")), ("list", N_("Join them with 、")), ("", N_("Paste nothing"))]
        self.app.push_screen(Question(N_("Several lines were pasted"), question, answers, typing=True), answered)

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "ctrl+h":
            event.stop()
            event.prevent_default()
            self.action_delete_left()
