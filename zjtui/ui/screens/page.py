"""A report on the screen: read only, scrolled with the arrows."""

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.containers import ScrollableContainer
from textual.widget import Widget
from textual.widgets import Static

from zjtui.i18n import _
from zjtui.reports.page import Page
from zjtui.ui.action import Action
from zjtui.ui.base import BaseScreen
from zjtui.ui.page_text import page_text

_EDGE = 4  # cells of padding and of the scroll bar


class PageScreen(BaseScreen):
    """Shows what `build` returns, made anew in the other language; `kind` is a message id for the title."""

    CSS_PATH = "../styles/page.tcss"
    ACTIONS: ClassVar[tuple[Action, ...]] = ()
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, kind: str, build: Callable[[], Page]) -> None:
        super().__init__()
        self.kind, self.build = kind, build
        self.page = build()

    def body(self) -> Iterable[Widget]:
        with ScrollableContainer(id="page"):
            yield Static(id="page-text")

    def on_mount(self) -> None:
        self.reload()
        self.query_one("#page").focus()

    def on_resize(self, event: events.Resize) -> None:
        """Break the paragraphs to the new width."""
        self.query_one("#page-text", Static).update(page_text(self.page, event.size.width - _EDGE))

    def title_parts(self) -> list[str]:
        return [_(self.kind), self.page.title]

    def reload(self) -> None:
        """Tell it in the current language."""
        self.page = self.build()
        self.show_title()
        self.query_one("#page-text", Static).update(page_text(self.page, self.size.width - _EDGE))
        self.status(self.page.foot, "dim")
