"""Marking rows of a list, and doing something to all that are marked."""

from collections.abc import Sequence
from typing import Any, ClassVar

from zjtui.i18n import N_, _
from zjtui.store.read import find
from zjtui.ui.base import BaseScreen
from zjtui.ui.widgets.window_table import WindowTable


class MarkingScreen(BaseScreen):
    """A screen whose rows can be marked. `ENTITY` is what is done something to."""

    ENTITY: ClassVar[str] = ""

    @property
    def table(self) -> WindowTable:
        """The list itself."""
        return self.query_one(WindowTable)

    def uids_of(self, numbers: Sequence[int]) -> list[str]:
        """Return the uids of the records of `ENTITY` behind rows; a row may have none."""
        return find.uids(self.session.reader(), self.ENTITY, numbers)

    def action_mark(self) -> None:
        """Mark the row, or unmark it, and go on."""
        self.table.mark()
        self._say_marks()

    def action_mark_to(self, step: int) -> None:
        """Mark the row and the next one in a direction."""
        self.table.mark_to(step)
        self._say_marks()

    def action_mark_all(self) -> None:
        """Mark all rows of the filter, or none."""
        self.table.mark_all()
        self._say_marks()

    def clear_marks(self) -> bool:
        """Unmark every row; tell whether any was marked."""
        if not self.table.marked:
            return False
        self.table.marked.clear()
        self.table.refresh()
        self._say_marks()
        return True

    def _say_marks(self) -> None:
        count = len(self.table.marked)
        text = _(N_("{count} marked · Ctrl+B: what to do with them")).format(count=f"{count:,}")
        self.status(text if count else _(N_("Nothing is marked")), "bold")

    def listed_uids(self, connection: Any) -> Sequence[str]:
        """Return the uids of the whole list as it is filtered and sorted; called beside the screen."""
        raise NotImplementedError

    def action_export_list(self) -> None:
        """Write the whole list to a file."""
        from zjtui.ui import exporting

        exporting.ask(self.zj, self.ENTITY, self.listed_uids, getattr(self, "shown_columns", ()))

    def action_bulk(self) -> None:
        """Do something to the marked rows, or to the one under the cursor."""
        from zjtui.ui.bulk_menu import choose

        current = self.table.current
        numbers = [number for number in self.table.ids if number in self.table.marked]
        numbers = numbers or ([current] if current is not None and current > 0 else [])
        if uids := self.uids_of(numbers):
            choose(self.zj, self.ENTITY, uids)
