"""A question that is answered with one line of text."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from zjtui.errors import ZjtuiError
from zjtui.i18n import N_, _
from zjtui.ui.key_meanings import bound
from zjtui.ui.text import content
from zjtui.ui.widgets.inputs import NothingTyped, SafeInput


class Prompt(ModalScreen[str | None]):
    """Ask for one line; Enter answers, Esc answers None. An empty line is no answer.

    `reads` returns how an answer is understood, shown while it is typed; what it refuses is no answer and stays.
    What was typed and not taken is asked about before it goes, and undo brings it back where the same is asked again.
    """

    _left: ClassVar[dict[str, str]] = {}  # heading: what was typed last and not taken

    CSS_PATH = "../styles/dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [bound("back", "answer_none")]

    def __init__(self, title: str, text: str = "", reads: Callable[[str], str] | None = None) -> None:
        super().__init__()
        self.heading, self.text, self.reads = title, text, reads

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(content(_(self.heading), "bold"), classes="dialog-title")
            yield SafeInput(self.text, id="answer", compact=True)
            if self.reads:
                yield Static(id="echo")
            yield Static(content(_(N_("⏎ take   Esc back")), "dim"), classes="dialog-hint")

    def on_mount(self) -> None:
        self.query_one(SafeInput).focus()

    def on_input_changed(self) -> None:
        """Show how it is understood."""
        self._is_read()

    def on_input_submitted(self) -> None:
        """Enter answers."""
        text = self.query_one(SafeInput).value.strip()
        if text and self._is_read():
            self.dismiss(text)

    def on_nothing_typed(self, event: NothingTyped) -> None:
        """Bring back what was typed here before and not taken."""
        event.stop()
        line = self.query_one(SafeInput)
        if not line.value and (left := self._left.pop(self.heading, "")):
            line.value = left
            line.action_end()

    def _is_read(self) -> bool:
        """Show how what is typed is understood, or why it is not; tell whether it is."""
        text = self.query_one(SafeInput).value.strip()
        if self.reads is None:
            return True
        try:
            shown, refused = self.reads(text) if text else "", False
        except ZjtuiError as error:
            shown, refused = f"! {error}", True
        self.query_one("#echo", Static).update(content(shown, "$text-error" if refused else "dim"))
        return not refused

    def action_answer_none(self) -> None:
        """Go back without answering; no key alone throws away what was typed."""
        typed = self.query_one(SafeInput).value
        if typed.strip() in ("", self.text.strip()):
            self.dismiss(None)
            return
        from zjtui.ui.dialogs.confirm import Question

        def answered(answer: str | None) -> None:
            if answer == "discard":
                self._left[self.heading] = typed
                self.dismiss(None)

        answers = [("stay", N_("Go on typing")), ("discard", N_("Discard what was typed"))]
        self.app.push_screen(Question(N_("Not taken yet"), typed, answers, typing=True), answered)
