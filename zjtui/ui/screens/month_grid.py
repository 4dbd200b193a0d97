"""What the grid of a month's reports shows: the line of the cell, the projects, the sums below."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Static

from zjtui.domain.fields import WAN, F
from zjtui.domain.money import percent, show_money
from zjtui.domain.show import typed
from zjtui.i18n import N_, _, joined
from zjtui.store.read import find, lists, months
from zjtui.store.read.months import COLUMNS, MonthQuery
from zjtui.ui.base import BackgroundReader
from zjtui.ui.marking import MarkingScreen
from zjtui.ui.month_layout import Layout, OneMonth, OneYear, TypedColumn
from zjtui.ui.months_filter import SHOWS
from zjtui.ui.table_cells import cells, columns
from zjtui.ui.text import content
from zjtui.ui.widgets.cell_input import CellInput
from zjtui.ui.widgets.window_table import Cell, WindowTable


@dataclass(frozen=True)
class Unsaved:
    """What was typed into a cell and is not saved: it is wrong, or odd and to be confirmed there (`asked`)."""

    text: str
    fault: str
    asked: bool = False


CellKey = tuple[str, str, str]  # uid of the project, month, field of the report


def some(names: Sequence[str], count: int) -> str:
    """Return the first of the names, with … where there are more."""
    return joined(names[:count]) + ("…" if len(names) > count else "")


class MonthGrid(MarkingScreen):
    """A line for the cell under the cursor, the projects below it, the sums at the bottom."""

    CSS_PATH = "../styles/grid.tcss"
    NAME = "months"
    ENTITY = "monthly_report"
    FIELDS = COLUMNS
    shown_columns = ("month", *OneMonth("").shown(0, 0)[1])  # of a file: on the screen the title names the month

    def __init__(self) -> None:
        super().__init__()
        self.query_now = MonthQuery()
        self.reader = BackgroundReader(self)
        self.layout_now: Layout = OneMonth("")
        self.place = 0  # of the cursor among the typed columns
        self.unsaved: dict[CellKey, Unsaved] = {}
        self.sums: dict[str, int] = {}
        self._fields: Mapping[str, F] = {}
        self._names: Sequence[str] = ()
        self._rows: dict[int, dict[str, Any]] = {}
        self._entered: int | None = None

    def body(self) -> Iterable[Widget]:
        with Horizontal(id="cell-line"):
            yield Static(id="cell-name")
            yield Static(id="cell-label")  # with the unit of what is typed: never cut
            yield CellInput(id="cell", compact=True, select_on_focus=False)
            yield Static(id="cell-echo")
        with Horizontal(id="list"):
            yield WindowTable()

    def on_mount(self) -> None:
        reader, person = self.session.reader(), self.session.person
        mine = person if months.ids(reader, MonthQuery(month="0000-00", mine=person)) else ""
        month = months.to_report(reader, self.session.today, self.session.limits["report_day"], mine)
        self.query_now = MonthQuery(month=month, mine=mine)
        self.layout_now = OneMonth(self.query_now.month)
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
        when = str(self.layout_now.year) if isinstance(self.layout_now, OneYear) else query.month
        return [_(N_("Months")), when, " ".join([scope, *region, *([_(shown)] if shown else [])])]

    @property
    def line(self) -> CellInput:
        """The line that is typed into."""
        return self.query_one(CellInput)

    @property
    def column(self) -> TypedColumn:
        """The column that the cursor is in."""
        return self.layout_now.typed[self.place]

    @property
    def across(self) -> bool:
        """Whether a project's months stand side by side."""
        return isinstance(self.layout_now, OneYear)

    def report_of(self, row: dict[str, Any]) -> str | None:
        """Return the report behind the cell under the cursor; a month that nobody reported has none."""
        found: str | None = row["reports"].get(self.column.month) if self.across else row["report_uid"]
        return found

    def key_of(self, row: dict[str, Any], column: TypedColumn) -> CellKey:
        """Return the name of a cell, whatever the layout."""
        return (row["uid"], column.month, column.report_field)

    def uids_of(self, numbers: Sequence[int]) -> list[str]:
        """Return the reports of projects; a month that nobody reported has none."""
        reports = [self.report_of(self.row_of(number)) for number in numbers]
        return [uid for uid in reports if uid]

    def listed_uids(self, connection: Any) -> list[str]:
        projects = find.uids(connection, "project", months.ids(connection, self.query_now))
        return lists.hanging_uids(connection, self.ENTITY, projects, {"month": [self.query_now.month]})

    def action_export_list(self) -> None:
        """Write what is shown to a file: a month's reports, or the projects with their months of the year."""
        if not isinstance(self.layout_now, OneYear):
            super().action_export_list()
            return
        from zjtui.sheets.worked_out import of_year
        from zjtui.ui import exporting

        query = self.query_now
        exporting.ask(
            self.zj,
            "project",
            lambda connection: find.uids(connection, "project", months.ids(connection, query)),
            ["name", *of_year(self.layout_now.year)],
        )

    def undo_typed(self) -> bool:
        """Take back what is typed into the cell; a cell as it was saved leaves undo to the register."""
        if not self.line.history.typed:
            return False
        self.line.action_undo()
        return True

    # What is shown

    def reload(self) -> None:
        """Read the month, or the year, anew."""
        self._rows.clear()
        self.show_title()
        self._show_table(months.ids(self.session.reader(), self.query_now))
        self.enter_cell()
        self._sum_up()

    def _show_table(self, found: Sequence[int]) -> None:
        self._fields, self._names = self.layout_now.shown(self.size.width or self.app.size.width, self.place)
        empty = _(N_("No project here. F6 shows other ones"))
        first, *others = columns(self._fields, self._names, typed=True)
        head = _(N_("{heading}, in {unit}")).format(heading=first.label, unit=_(WAN.label).strip())
        heads = [replace(first, label=head), *others]  # the one that stays in view wherever the cursor is
        self.table.show(heads, found, self.fetch, empty=empty)

    def show_column(self) -> None:
        """Bring the column under the cursor into view."""
        if self.layout_now.shown(self.size.width, self.place)[1] != self._names:
            self._show_table(self.table.ids)

    def on_resize(self) -> None:
        """Another width has room for other columns."""
        if self.is_mounted and self.table.columns:
            self.show_column()

    def _sum_up(self) -> None:
        query = self.query_now
        self.reader.read(lambda connection: months.summary(connection, query), self._show_sums)

    def _show_sums(self, sums: dict[str, int]) -> None:
        self.sums = sums
        self.say_sums()

    def say_sums(self) -> None:
        """Say how the month stands; what is wrong with the cell under the cursor is not talked over."""
        sums, row = self.sums, self.row()
        if not sums or (row and self.key_of(row, self.column) in self.unsaved):
            return
        amounts = {
            name: show_money(sums[name], WAN) for name in ("invest_month", "month_waiting", "invest_ytd", "plan")
        }
        month = N_("month {invest_month}")
        if sums["month_waiting"]:
            month = N_("month {invest_month} + {month_waiting} uncounted")
        # In the unit of the cells, in every language: what is typed is compared with it.
        text = N_(
            "{filled}/{projects} filled, {submitted} submitted · {unit}: {month} · year {invest_ytd}/{plan}, {rate}"
        )
        told: dict[str, Any] = {name: sums[name] for name in ("filled", "projects", "submitted")} | amounts
        told |= {"unit": _(WAN.label).strip(), "month": _(month).format(**amounts)}
        self.status(_(text).format(**told, rate=percent(sums["invest_ytd"], sums["plan"])))

    def fetch(self, wanted: Sequence[int]) -> list[list[Cell]]:
        """Return the cells of the rows `wanted`; a month that nobody reported is marked, never invented."""
        page = self.layout_now.rows(self.session.reader(), wanted)
        self._rows |= {row["id"]: row for row in page}
        return [self._cells(row) for row in page]

    def _cells(self, row: dict[str, Any]) -> list[Cell]:
        shown = cells(self._fields, self._names, row, typed=True)
        if not self.across and row["report_uid"] is None:
            shown[self._names.index("state")] = (_(N_("missing")), "bad")
        for column in self.layout_now.typed:
            if column.name not in self._names:
                continue
            place = self._names.index(column.name)
            if unsaved := self.unsaved.get(self.key_of(row, column)):
                shown[place] = (("?" if unsaved.asked else "!") + unsaved.text, "warn" if unsaved.asked else "bad")
            if row["id"] == self.table.current and column is self.column:
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

    def saved_text(self, row: dict[str, Any]) -> str:
        """Return what is saved in the cell of `row` under the cursor, as it would be typed."""
        return typed(self.column.field, row.get(self.column.name))

    def enter_cell(self) -> None:
        """Show the cell under the cursor in the line, to be typed over; one that was wrong as it was typed."""
        row, column = self.row(), self.column
        unsaved = self.unsaved.get(self.key_of(row, column)) if row else None
        self.line.load(unsaved.text if unsaved else self.saved_text(row) if row else "")
        self.line.select_all()
        name = row["name"] if row else ""
        self.query_one("#cell-echo", Static).update("")
        self.query_one("#cell-name", Static).update(content(f" {name}", "bold"))
        self.query_one("#cell-label", Static).update(content(f" · {self.layout_now.asked(self.place)} ", "bold"))
        if unsaved:
            self.status(unsaved.fault, "$text-warning" if unsaved.asked else "$text-error")
        self._redraw(self._entered, self.table.current)
        self._entered = self.table.current

    def _redraw(self, *numbers: int | None) -> None:
        """Draw rows anew from what is known of them."""
        for number in numbers:
            if number is not None and number in self._rows:
                self.table.replace(number, self._cells(self._rows[number]))
