"""The "at most 90 days" of one project: which days of its services count, and which chain takes longest."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from zjtui.i18n import N_, _
from zjtui.store.read import find
from zjtui.ui.action import Action, bindings
from zjtui.ui.actions_looking import STRIP
from zjtui.ui.base import BaseScreen
from zjtui.ui.service_text import strip_text


class StripScreen(BaseScreen):
    """The 60 and 30 days as bars."""

    CSS_PATH = "../styles/page.tcss"
    ACTIONS: ClassVar[tuple[Action, ...]] = STRIP
    BINDINGS: ClassVar[list[BindingType]] = bindings(STRIP)

    def __init__(self, project_uid: str) -> None:
        super().__init__()
        self.project_uid = project_uid

    def body(self) -> Iterable[Widget]:
        with VerticalScroll(id="overview"):
            yield Static(id="overview-text")

    def on_mount(self) -> None:
        self.reload()
        self.query_one("#overview").focus()

    def title_parts(self) -> list[str]:
        names = find.names(self.session.reader(), "project", {self.project_uid})
        return [*names.values(), _(N_("90 days"))]

    def reload(self) -> None:
        """Read the services anew."""
        self.show_title()
        self.query_one("#overview-text", Static).update(strip_text(self.session, self.project_uid))

    def action_open_project(self) -> None:
        """Open the project."""
        self.zj.open_record("project", self.project_uid)
