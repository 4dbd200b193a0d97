"""Help (F1): the keys of the screen it was called from, outward to those that work everywhere, and how to type."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from zjtui.i18n import N_, _
from zjtui.ui.action import Action, key_name
from zjtui.ui.actions import GLOBAL
from zjtui.ui.base import BaseScreen
from zjtui.ui.text import cells, styled

_TYPING = (
    (N_("Dates"), N_("20 · 9-20 · 20 Sep 2023 · yesterday · last Fri · +3 · end of month")),
    (N_("Amounts"), N_("1.2bn · 35m · 3500 (counts in the unit of the field); 1.2亿 and full-width digits are fine")),
    (N_("Choices"), N_("part of the name, or pinyin initials: zs finds 舟山")),
    (N_("Several"), N_("with 、 or a comma between them")),
    (N_("Input method"), N_("F-keys, Ctrl, digits and arrows work while a Chinese input method is on")),
    (N_("Drafts"), N_("what is typed is kept at once; a form that was left comes back as it was")),
)


class HelpScreen(BaseScreen):
    """Keys and typing aids."""

    CSS_PATH = "../styles/page.tcss"
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, about: Sequence[Action], title: Sequence[str]) -> None:
        super().__init__()
        self.about, self.of = tuple(about), list(title)

    def body(self) -> Iterable[Widget]:
        with VerticalScroll(id="overview"):
            yield Static(id="overview-text")

    def on_mount(self) -> None:
        self.reload()
        self.query_one("#overview").focus()

    def title_parts(self) -> list[str]:
        return [_(N_("Help")), *self.of[:1]]

    def reload(self) -> None:
        """Show the help in the current language."""
        self.show_title()
        groups = [(_(N_("On this screen")), self.about), (_(N_("Everywhere")), GLOBAL)]
        lines: list[Content] = []
        for heading, actions in groups:
            if actions:
                lines.append(styled((heading, "bold $accent")))
            for action in actions:
                keys = " ".join(key_name(key) for key in action.pressed.split(","))
                lines.append(
                    styled(
                        (cells(keys, 14), "$footer-key-foreground bold"),
                        (cells(_(action.label), 16), ""),
                        (" " + _(action.help), "$foreground 60%"),
                    )
                )
            lines.append(styled(("", "")))
        lines.append(styled((_(N_("Typing")), "bold $accent")))
        for name, text in _TYPING:
            lines.append(styled((cells(_(name), 14), "bold"), (_(text), "")))
        self.query_one("#overview-text", Static).update(Content("\n").join(lines))
        self.status(_(N_("Esc closes the help")), "dim")
