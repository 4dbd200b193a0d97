"""A screen that is one table and nothing else."""

from collections.abc import Iterable

from textual.widget import Widget

from zjtui.ui.base import BaseScreen
from zjtui.ui.widgets.window_table import WindowTable


class TableScreen(BaseScreen):
    """The table fills the screen and has the keys; subclasses show it in `reload`."""

    @property
    def table(self) -> WindowTable:
        """The table itself."""
        return self.query_one(WindowTable)

    def body(self) -> Iterable[Widget]:
        yield WindowTable()

    def on_mount(self) -> None:
        self.reload()
        self.table.focus()
