"""A screen that is one table and nothing else."""

from collections.abc import Iterable
from typing import ClassVar, Generic, TypeVar

from textual.widget import Widget

from zjtui.domain.record import Record
from zjtui.ui.base import BaseScreen
from zjtui.ui.widgets.window_table import WindowTable

R = TypeVar("R", bound=Record)


class TableScreen(BaseScreen):
    """The table fills the screen and has the keys; subclasses show it in `reload`."""

    @property
    def table(self) -> WindowTable:
        """The table itself."""
        return self.query_one(WindowTable)

    def body(self) -> Iterable[Widget]:
        yield WindowTable()

    def on_mount(self) -> None:
        self.start()
        self.table.focus()

    def start(self) -> None:
        """Show the table for the first time."""
        self.reload()


class RecordsScreen(TableScreen, Generic[R]):
    """A table of records of `ENTITY`, one a row; subclasses read them into `found` and open one in `action_open`."""

    ENTITY: ClassVar[str] = ""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[R] = []

    @property
    def numbers(self) -> range:
        """The ids of the rows."""
        return range(1, len(self.found) + 1)

    def current(self) -> R | None:
        """Return the record under the cursor."""
        number = self.table.current
        return self.found[number - 1] if number else None

    def record_in_front(self) -> tuple[str, str] | None:
        """Return what the history is asked about."""
        record = self.current()
        return (self.ENTITY, record.uid) if record else None

    def on_window_table_selected(self) -> None:
        """Enter opens it."""
        self.action_open()

    def action_open(self) -> None:
        """Open the record under the cursor."""
        raise NotImplementedError
