"""The history of one record, or of one operation: who changed what, when, from what to what."""

from typing import ClassVar

from textual.binding import BindingType

from zjtui.domain import registry
from zjtui.errors import Refused
from zjtui.i18n import N_, _, counted
from zjtui.store.read.records import get, title_of
from zjtui.ui.action import Action
from zjtui.ui.history_rows import history_cells, history_columns
from zjtui.ui.screens.table_screen import TableScreen


class HistoryScreen(TableScreen):
    """A table of changes. `entity` "operation" shows one operation, anything else one record."""

    ACTIONS: ClassVar[tuple[Action, ...]] = ()
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, entity: str, uid: str) -> None:
        super().__init__()
        self.entity, self.uid = entity, uid

    def title_parts(self) -> list[str]:
        if self.entity == "operation":
            return [_(N_("Log")), _(N_("One operation"))]
        try:
            title = title_of(self.session.reader(), get(self.session.reader(), self.entity, self.uid))
        except Refused:
            title = _(N_("(removed)"))
        return [_(N_("History")), _(registry.model(self.entity).noun), title]

    def reload(self) -> None:
        """Read the log anew."""
        self.show_title()
        if self.entity == "operation":
            lines = history_cells(self.session, of_operation=self.uid)
        else:
            lines = history_cells(self.session, of_record=self.uid)
        table = self.table
        table.show(history_columns(), range(1, len(lines) + 1), lambda ids: [lines[number - 1] for number in ids])
        self.status(counted(N_("{count} changes, newest first"), len(lines)), "dim")
