"""A question with a few answers, each under a digit and reachable with the arrows."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from zjtui.errors import Msg
from zjtui.i18n import N_, _
from zjtui.ui.key_meanings import bound
from zjtui.ui.text import content, lines


class Question(ModalScreen[str | None]):
    """Ask `text`; `answers` are (value, message id or `Msg`). The first is the safe one; Esc answers None.

    A digit answers at once, but not where somebody was `typing`: what is typed on ("1 Mar 2025") must answer nothing.
    There it only lights its answer.
    """

    CSS_PATH = "../styles/dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [bound("back", "answer_none")]

    def __init__(
        self, title: str, text: str, answers: Sequence[tuple[str, str | Msg]], *, typing: bool = False
    ) -> None:
        super().__init__()
        self.heading, self.text, self.answers, self.typing = title, text, answers, typing

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(content(_(self.heading), "bold"), classes="dialog-title")
            yield Static(lines(self.text), classes="dialog-text")
            yield OptionList(
                *(
                    Option(content(f"{number} {_told(label)}"))
                    for number, (_value, label) in enumerate(self.answers, 1)
                ),
                compact=True,
            )
            if self.typing:
                yield Static(content(_(N_("↑ ↓ or a digit chooses, Enter takes it")), "dim"), classes="dialog-hint")

    def on_mount(self) -> None:
        self.query_one(OptionList).focus()

    def on_key(self, event: events.Key) -> None:
        """A digit answers, or lights its answer."""
        if event.key.isdigit() and 1 <= int(event.key) <= len(self.answers):
            event.stop()
            number = int(event.key) - 1
            if self.typing:
                self.query_one(OptionList).highlighted = number
            else:
                self.dismiss(self.answers[number][0])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter takes the highlighted answer."""
        self.dismiss(self.answers[event.option_index][0])

    def action_answer_none(self) -> None:
        """Go back without answering."""
        self.dismiss(None)


def _told(label: str | Msg) -> str:
    return str(label) if isinstance(label, Msg) else _(label)
