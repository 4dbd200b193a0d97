"""A question that is answered with one line of text."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from zjtui.i18n import N_, _
from zjtui.ui.text import content
from zjtui.ui.widgets.inputs import SafeInput


class Prompt(ModalScreen[str | None]):
    """Ask for one line; Enter answers, Esc answers None. An empty line is no answer."""

    CSS_PATH = "../styles/dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "answer_none", N_("Back"), show=False)]

    def __init__(self, title: str, text: str = "") -> None:
        super().__init__()
        self.heading, self.text = title, text

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(content(_(self.heading), "bold"), classes="dialog-title")
            yield SafeInput(self.text, id="answer", compact=True)
            yield Static(content(_(N_("⏎ take   Esc back")), "dim"), classes="dialog-hint")

    def on_mount(self) -> None:
        self.query_one(SafeInput).focus()

    def on_input_submitted(self) -> None:
        """Enter answers."""
        text = self.query_one(SafeInput).value.strip()
        if text:
            self.dismiss(text)

    def action_answer_none(self) -> None:
        """Go back without answering."""
        self.dismiss(None)
