"""What the grid of a month's reports shows: the line of the cell, the projects, the sums below."""

from collections.abc import Iterable, Sequence
from typing import Any

from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Static

from zjtui.domain.fields import WAN
from zjtui.domain.money import percent, show_money
from zjtui.domain.plan import MonthlyReport
from zjtui.domain.show import label, typed
from zjtui.i18n import N_, _
from zjtui.store.read import find, lists, months
from zjtui.store.read.months import COLUMNS, MonthQuery
from zjtui.ui.base import BackgroundReader
from zjtui.ui.marking import MarkingScreen
from zjtui.ui.months_filter import SHOWS
from zjtui.ui.table_cells import cells, columns
from zjtui.ui.text import content
from zjtui.ui.widgets.cell_input import CellInput
from zjtui.ui.widgets.window_table import Cell, WindowTable

TYPED = ("invest_month", "progress_pct", "progress_text")  # the columns that are typed, in the order of Tab
_NAMES = (
    "name", "last_month", "invest_month", "state", "invest_ytd", "rate", "progress_pct", "plan", "started",
    "progress_text",
)  # fmt: skip


class MonthGrid(MarkingScreen):
    """A line for the cell under the cursor, the projects below it, the sums at the bottom."""

    CSS_PATH = "../styles/grid.tcss"
    NAME = "months"
    ENTITY = "monthly_report"
    FIELDS = COLUMNS
    shown_columns = _NAMES

    def __init__(self) -> None:
        super().__init__()
        self.query_now = MonthQuery()
        self.reader = BackgroundReader(self)
        self.column = TYPED[0]
        self.sums: dict[str, int] = {}
        self._rows: dict[int, dict[str, Any]] = {}
        self._entered: int | None = None

    def body(self) -> Iterable[Widget]:
        with Horizontal(id="cell-line"):
            yield Static(id="cell-label")
            yield CellInput(id="cell", compact=True, select_on_focus=False)
            yield Static(id="cell-echo")
        with Horizontal(id="list"):
            yield WindowTable()

    def on_mount(self) -> None:
        reader, person = self.session.reader(), self.session.person
        mine = person if months.ids(reader, MonthQuery(month="0000-00", mine=person)) else ""
        self.query_now = MonthQuery(month=self.session.today.strftime("%Y-%m"), mine=mine)
        self.query_one(WindowTable).can_focus = False
        self.reload()
        self.query_one(CellInput).focus()
        self.restore()

    def restore(self) -> None:
        """Go on with what was left unsaved."""

    def on_unmount(self) -> None:
        self.reader.stop()

    def title_parts(self) -> list[str]:
        query = self.query_now
        region = find.names(self.session.reader(), "region", {query.region}).values() if query.region else ()
        scope = _(N_("mine")) if query.mine else _(N_("all projects"))
        shown = SHOWS[query.show]
        return [_(N_("Months")), query.month, " ".join([scope, *region, *([_(shown)] if shown else [])])]

    @property
    def line(self) -> CellInput:
        """The line that is typed into."""
        return self.query_one(CellInput)

    def uids_of(self, numbers: Sequence[int]) -> list[str]:
        """Return the reports of projects; a month that nobody reported has none."""
        reports = [self.row_of(number)["report_uid"] for number in numbers]
        return [uid for uid in reports if uid]

    def listed_uids(self, connection: Any) -> list[str]:
        projects = find.uids(connection, "project", months.ids(connection, self.query_now))
        return lists.hanging_uids(connection, self.ENTITY, projects, {"month": [self.query_now.month]})

    def undo_typed(self) -> bool:
        """Take back what is typed into the cell; a cell as it was saved leaves undo to the register."""
        if not self.line.history.typed:
            return False
        self.line.action_undo()
        return True

    # What is shown

    def reload(self) -> None:
        """Read the month anew."""
        self._rows.clear()
        self.show_title()
        found = months.ids(self.session.reader(), self.query_now)
        empty = _(N_("No project here. F6 shows other ones"))
        self.table.show(columns(COLUMNS, _NAMES), found, self.fetch, empty=empty)
        self.enter_cell()
        self._sum_up()

    def _sum_up(self) -> None:
        query = self.query_now
        self.reader.read(lambda connection: months.summary(connection, query), self._show_sums)

    def _show_sums(self, sums: dict[str, int]) -> None:
        self.sums = sums
        self._say_sums()

    def _say_sums(self) -> None:
        sums = self.sums
        if not sums:
            return
        self.status(
            _(N_("{reported} of {projects} reported · month {month} · year {ytd} of {plan}, {rate}")).format(
                reported=sums["reported"],
                projects=sums["projects"],
                month=show_money(sums["invest_month"], WAN),
                ytd=show_money(sums["invest_ytd"], WAN),
                plan=show_money(sums["plan"], WAN, named=True),
                rate=percent(sums["invest_ytd"], sums["plan"]),
            )
        )

    def fetch(self, wanted: Sequence[int]) -> list[list[Cell]]:
        """Return the cells of the rows `wanted`; a month that nobody reported is marked, never invented."""
        page = months.rows(self.session.reader(), wanted, self.query_now.month)
        self._rows |= {row["id"]: row for row in page}
        return [self._cells(row) for row in page]

    def _cells(self, row: dict[str, Any]) -> list[Cell]:
        shown = cells(COLUMNS, _NAMES, {**row, "rate": months.rate(row)})
        if row["report_uid"] is None:
            shown[_NAMES.index("state")] = (_(N_("missing")), "bad")
        place = _NAMES.index(self.column)
        if row["id"] == self.table.current:
            shown[place] = f"[{self.line.value}]" if self.line.value else "[ ]"
        return shown

    def row_of(self, number: int) -> dict[str, Any]:
        """Return the row of a project by its local id."""
        if number not in self._rows:
            self.fetch([number])
        return self._rows[number]

    def row(self) -> dict[str, Any] | None:
        """Return the row under the cursor."""
        current = self.table.current
        return None if current is None else self.row_of(current)

    def enter_cell(self) -> None:
        """Show the value of the cell under the cursor in the line, to be typed over."""
        row = self.row()
        field = MonthlyReport.fields()[self.column]
        text = typed(field, row[self.column]) if row else ""
        self.line.load(text)
        self.line.select_all()
        name = row["name"] if row else ""
        self.query_one("#cell-echo", Static).update("")
        self.query_one("#cell-label", Static).update(content(f" {name} · {label(field)} ", "bold"))
        self._redraw(self._entered, self.table.current)
        self._entered = self.table.current

    def _redraw(self, *numbers: int | None) -> None:
        """Draw rows anew from what is known of them."""
        for number in numbers:
            if number is not None and number in self._rows:
                self.table.replace(number, self._cells(self._rows[number]))
