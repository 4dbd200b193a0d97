"""A list taken in: what its columns mean, then what each row would do, then all of it as one operation."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Static

from zjtui.i18n import N_, _
from zjtui.sheets import columns, reading
from zjtui.sheets.book import Book
from zjtui.sheets.finding import NoListError
from zjtui.sheets.mapping import Plan
from zjtui.ui import import_columns, import_deciding, import_picking, import_refused, import_settled, import_text
from zjtui.ui.action import Action, bindings
from zjtui.ui.actions import IMPORT
from zjtui.ui.base import BaseScreen
from zjtui.ui.dialogs.choice import Choice, ChoiceDialog
from zjtui.ui.dialogs.working import Working
from zjtui.ui.import_settled import Settled
from zjtui.ui.text import content
from zjtui.ui.watching import watched
from zjtui.ui.widgets.window_table import Cell, WindowTable
from zjtui.usecases import importing
from zjtui.usecases.import_line import WHATS, Line
from zjtui.usecases.importing import Result
from zjtui.usecases.moment import Watch


class ImportScreen(BaseScreen):
    """One list. It shows either its columns or its rows; nothing is written before Ctrl+S."""

    ACTIONS: ClassVar[tuple[Action, ...]] = IMPORT
    BINDINGS: ClassVar[list[BindingType]] = bindings(IMPORT)
    DEFAULT_CSS = """
    ImportScreen #whole { height: auto; max-height: 7; padding: 0 1; display: none; }
    """

    def __init__(self, path: Path, *, among: bool = False, settled: Settled | None = None) -> None:
        super().__init__()
        self.path, self.among = path, among  # one of several lists: what was settled of it goes back to them
        self.settled = settled or Settled()
        self.result: Result | None = None  # of the plan as it is now
        self.picking: Book | None = None  # of which somebody has to say where the headings are
        self.only = ""  # a code of WHATS
        self.shown: list[Line] = []

    def body(self) -> Iterable[Widget]:
        yield WindowTable()
        yield Static(id="whole")

    def on_mount(self) -> None:
        self.show_title()
        self.query_one(WindowTable).focus()
        if self.plan:
            self.reload()
        else:
            self.read("")

    @property
    def plan(self) -> Plan | None:
        """How the list is read, once it was."""
        return self.settled.plan

    @property
    def dirty(self) -> bool:
        """Whether something that was said of the list would be lost."""
        return self.settled.is_lost

    def title_parts(self) -> list[str]:
        parts = [_(N_("Import")), self.path.name]
        return [*parts, _(columns.KIND_LABELS[self.plan.kind])] if self.plan else parts

    def reload(self) -> None:
        """Show the columns, or the rows once they were looked at."""
        self.show_title()
        if self.picking:
            import_picking.show(self, self.picking)
        if self.plan is None:
            return
        if self.result is None:
            self._show_columns(self.plan)
            self.on_window_table_highlighted()
        else:
            self._show_lines(self.result)

    def read(self, kind: str, sheet: str = "", header: int = 0) -> None:
        """Read the list, as one of `kind`; "" finds out. `sheet` and `header` are its sheet and row, if said."""

        def work(_progress: Any, cancelled: Any) -> Any:
            return reading.read(self.session, self.path, kind, sheet, header=header, cancelled=cancelled)

        def done(found: Any) -> None:
            if isinstance(found, NoListError):
                self.picking, self.settled = found.book, Settled()
                self.reload()
                return
            if isinstance(found, Exception):
                self.complain(found)
                if self.plan is None and self.picking is None:
                    self.dismiss(None)
                return
            self.settled = Settled.of(*found)
            self.picking, self.result, self.only = None, None, ""
            self.reload()
            if self.plan and self.plan.told:
                self.app.notify("\n".join(str(notice) for notice in self.plan.told), markup=False, timeout=12)

        self.app.push_screen(Working(N_("Reading the list"), work), done)

    def _show_columns(self, plan: Plan) -> None:
        def fetch(wanted: Sequence[int]) -> list[list[Cell]]:
            return [import_text.column_cells(plan, plan.columns[number - 1]) for number in wanted]

        self.query_one(WindowTable).show(import_text.column_heads(), range(1, len(plan.columns) + 1), fetch)
        self.status(*import_text.columns_status(plan, self.settled.book.encoding if self.settled.book else ""))

    def _show_lines(self, result: Result) -> None:
        self.shown = import_text.ordered(result, self.only)

        def fetch(wanted: Sequence[int]) -> list[list[Cell]]:
            return [import_text.line_cells(self.shown[number - 1]) for number in wanted]

        empty = _(N_("No such row. F6 shows all of them"))
        table = self.query_one(WindowTable)
        table.show(import_text.line_heads(), range(1, len(self.shown) + 1), fetch, empty=empty)
        self.status(import_text.lines_status(result))

    def on_window_table_highlighted(self) -> None:
        """Show what is said of the row under the cursor, whole, below the rows."""
        current = self.query_one(WindowTable).current
        line = self.shown[current - 1] if self.result is not None and current and current <= len(self.shown) else None
        text = import_text.told(line, 12) if line else ""
        whole = self.query_one("#whole", Static)
        whole.display = bool(text)
        whole.update(content(text))

    def action_back(self) -> None:
        """Go one step back: from the rows to the columns, from these to where one came from."""
        if self.result is not None:
            self.action_rows()
        elif self.dirty:
            import_settled.ask(self)
        else:
            super().action_back()

    # What a person can do

    def on_window_table_selected(self) -> None:
        """Enter changes the column, or looks at the row, under the cursor."""
        self.action_change()

    def _column(self) -> int | None:
        current = self.query_one(WindowTable).current
        return current - 1 if self.plan and self.result is None and current else None

    def action_change(self) -> None:
        """Say what the column under the cursor means; among the rows: decide what is open about one."""
        if self.picking:
            import_picking.pick(self, self.picking, self.query_one(WindowTable).current)
            return
        place = self._column()
        if self.result is not None:
            self.action_decide()
        elif self.plan and place is not None:
            import_columns.change(self, self.plan, place)

    def action_unit(self) -> None:
        """Say in which unit the column counts."""
        place = self._column()
        if self.plan and place is not None:
            import_columns.unit(self, self.plan, place)
        else:
            self.status(_(N_("Units belong to the columns: Ctrl+K shows them")), "$text-warning")

    def action_choose_filter(self) -> None:
        """Show only one kind of rows."""
        if self.result is None:
            self.status(_(N_("Look at the rows first: Ctrl+K shows them")), "$text-warning")
            return
        choices = [Choice("all", _(N_("All rows"))), *(Choice(what, WHATS.label(what)) for what in WHATS)]
        choices.append(Choice("asks", _(N_("Rows that ask"))))

        def chosen(what: str | None) -> None:
            if what:
                self.show_only("" if what == "all" else what)

        self.app.push_screen(ChoiceDialog(N_("Which rows?"), choices, self.only or "all"), chosen)

    def show_only(self, what: str) -> None:
        """Show the rows of one kind, those that ask, or all."""
        self.only = what
        self.reload()

    def action_kind(self) -> None:
        """Say what kind of list it is."""
        if self.plan:
            import_columns.kind(self, self.plan, self.settled.book)

    def action_fixed(self) -> None:
        """Give a value to every row that has none of its own."""
        if self.plan:
            import_columns.fixed(self, self.plan)

    def action_rows(self) -> None:
        """Show what each row would do, or go back to the columns."""
        if self.plan is None:
            return
        if self.result is not None:
            self.result = None
            self.reload()
            return
        if any(column.unsure for column in self.plan.columns):
            self.reload()
            return
        self.preview()

    def preview(self) -> None:
        """Look at the rows as the columns, words and decisions are now."""
        assert self.plan is not None
        if not self.writable():
            return
        job = self._job(self.plan)

        def work(watch: Watch) -> Result:
            return importing.preview(self.session, job, watch.progress, watch.cancelled)

        watched(self, N_("Looking at the rows"), work, self._seen)

    def _job(self, plan: Plan) -> importing.Job:
        said = self.settled
        return reading.job(self.session, plan, said.decisions, backs=said.backs, sure=frozenset(said.sure))

    def _seen(self, result: Result) -> None:
        self.result = result
        self.reload()

    def action_decide(self) -> None:
        """Decide what is open about the row under the cursor; of other rows show all that is told."""
        current = self.query_one(WindowTable).current
        if self.result is not None and current:
            import_deciding.decide(self, self.shown[current - 1])

    def action_apply(self) -> None:
        """Take in every row that stands, as one operation."""
        if self.plan is None or not self.writable():
            return
        if self.result is None:
            self.action_rows()
            return
        if self.result.asking:
            import_deciding.ask_about_states(self)
        else:
            self.take_in()

    def take_in(self) -> None:
        """Take in every row that stands."""
        assert self.plan
        assert self.result
        job, seen = self._job(self.plan), self.result
        if self.among:
            self.dismiss((job, self.plan))
            return

        def work(watch: Watch) -> Any:
            return importing.run(self.session, job, seen, watch.progress, watch.cancelled)

        watched(self, N_("Taking the list in"), work, self._done)

    def _done(self, found: Any) -> None:
        outcome, result = found
        assert self.plan is not None
        reading.remember(self.session, self.plan)
        self.settled.note()
        if outcome is None:
            self.status(_(N_("There is nothing to change: every row that stands is in the register already")), "bold")
            return
        self.zj.main_screens.changed()
        counts = result.counts
        self.app.notify(import_text.taken(counts), markup=False, timeout=8)
        if not counts["refused"]:
            self.dismiss(outcome)
            return
        self.preview()  # what was refused stays to be seen, and to be written to a list of its own

    def action_refused(self) -> None:
        """Write the refused rows with their reasons to a new workbook."""
        if self.plan is None or self.result is None or not self.result.of("refused"):
            self.status(_(N_("No row is refused")), "$text-warning")
            return
        import_refused.write(self, self.plan, self.result)
