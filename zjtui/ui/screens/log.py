"""Log (7): every operation, newest first; what stands, what was undone."""

from typing import Any, ClassVar

from textual.binding import BindingType

from zjtui.i18n import N_, _
from zjtui.reports import operation
from zjtui.store.read import find, history
from zjtui.ui.action import Action, bindings
from zjtui.ui.actions import LOG
from zjtui.ui.history_rows import minute
from zjtui.ui.screens.table_screen import TableScreen
from zjtui.ui.undoing import told_of
from zjtui.ui.widgets.window_table import Cell, Column

_LIMIT = 1000


class LogScreen(TableScreen):
    """The operations of this workspace."""

    ACTIONS: ClassVar[tuple[Action, ...]] = LOG
    BINDINGS: ClassVar[list[BindingType]] = bindings(LOG)

    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, Any]] = []

    def title_parts(self) -> list[str]:
        return [_(N_("Log"))]

    def reload(self) -> None:
        """Read the operations anew."""
        self.show_title()
        connection = self.session.reader()
        self.found = history.operations(connection, limit=_LIMIT)
        people = find.names(connection, "person", {item["person"] for item in self.found})
        headings = [
            Column("at", _(N_("When")), 18),
            Column("person", _(N_("Who")), 8),
            Column("state", _(N_("State")), 6),
            Column("action", _(N_("What was done")), 24),
            Column("record", _(N_("Record")), 40),
            Column("entries", _(N_("Changes")), 8, right=True),
        ]

        def row(item: dict[str, Any]) -> list[Cell]:
            state: Cell = "" if item["stands"] else (_(N_("undone")), "muted")
            return [
                (minute(history.when(item)), "muted"),
                people.get(item["person"], item["person"]),
                state,
                operation.action(connection, item["operation"]),
                operation.record(connection, item["operation"]),
                f"{item['entries']:,}",
            ]

        self.table.show(
            headings, range(1, len(self.found) + 1), lambda ids: [row(self.found[number - 1]) for number in ids]
        )
        self.status(_(N_("Ctrl+Z takes back the newest, Del the one under the cursor")), "dim")

    def _current(self) -> dict[str, Any] | None:
        number = self.table.current
        return self.found[number - 1] if number else None

    def on_window_table_selected(self) -> None:
        """Show what the operation changed."""
        self.action_open()

    def action_open(self) -> None:
        """Show what the operation changed."""
        from zjtui.ui.screens.history import HistoryScreen

        if item := self._current():
            self.app.push_screen(HistoryScreen("operation", item["operation"]))

    async def action_undo_this(self) -> None:
        """Take back the operation under the cursor."""
        from zjtui.usecases import undo

        item = self._current()
        if item and self.writable():
            await self.save(lambda: undo.undo(self.session, item["operation"]), told_of(self.zj))

    def action_back(self) -> None:
        """Go to the projects."""
        self.zj.action_go("projects")
