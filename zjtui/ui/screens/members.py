"""The projects behind a figure."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from zjtui.i18n import N_, _
from zjtui.ui.action import Action, bindings
from zjtui.ui.actions_looking import MEMBERS
from zjtui.ui.base import BaseScreen
from zjtui.ui.widgets.window_table import Cell, Column, WindowTable


class MembersScreen(BaseScreen):
    """Projects with one figure each, given as (uid, name, figure); Enter opens one."""

    ACTIONS: ClassVar[tuple[Action, ...]] = MEMBERS
    BINDINGS: ClassVar[list[BindingType]] = bindings(MEMBERS)

    def __init__(self, title: str, head: str, rows: Sequence[tuple[str, str, str]], known: str = "") -> None:
        super().__init__()
        self.heading, self.head, self.members = title, head, list(rows)
        self.known = known  # as of which day, "" for now

    def body(self) -> Iterable[Widget]:
        yield WindowTable()

    def on_mount(self) -> None:
        self.query_one(WindowTable).focus()
        self.reload()

    def title_parts(self) -> list[str]:
        return [_(self.heading), self.known]

    def reload(self) -> None:
        """Show the rows."""
        self.show_title()
        columns = [Column("name", _(N_("Project")), 40), Column("figure", _(self.head), 16, right=True)]
        empty = _(N_("No project. Esc goes back"))
        self.query_one(WindowTable).show(columns, range(1, len(self.members) + 1), self._fetch, empty=empty)
        self.status(_(N_("{count} projects")).format(count=len(self.members)))

    def _fetch(self, wanted: Sequence[int]) -> list[list[Cell]]:
        return [[self.members[number - 1][1], self.members[number - 1][2]] for number in wanted]

    def on_window_table_selected(self) -> None:
        """Open the project."""
        self.action_open()

    def _uid(self) -> str:
        current = self.query_one(WindowTable).current
        return self.members[current - 1][0] if current else ""

    def action_open(self) -> None:
        """Open the project under the cursor."""
        if uid := self._uid():
            if self.known:  # the page itself is of today
                self.app.notify(_(N_("This is shown as it is now, not as it was known")), markup=False, timeout=6)
            self.zj.open_record("project", uid)

    def action_add_follow_up(self) -> None:
        """Log a follow-up of the project under the cursor."""
        if uid := self._uid():
            self.zj.add_follow_up(uid)
