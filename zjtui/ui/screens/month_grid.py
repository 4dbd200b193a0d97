"""The grid of a month's reports: the cell that is typed into, what it is checked against, the sums below."""

from collections.abc import Iterable, Sequence
from typing import Any

from textual import events
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input, Static

from zjtui.domain.fields import WAN
from zjtui.domain.money import percent, show_money
from zjtui.domain.parse import parse
from zjtui.domain.plan import MonthlyReport, odd
from zjtui.domain.show import label, typed
from zjtui.errors import Refused, ZjtuiError
from zjtui.i18n import N_, _
from zjtui.store.read import find, months
from zjtui.store.read.months import COLUMNS, MonthQuery
from zjtui.ui.base import BackgroundReader, BaseScreen
from zjtui.ui.months_filter import SHOWS
from zjtui.ui.table_cells import cells, columns
from zjtui.ui.text import content
from zjtui.ui.widgets.inputs import SafeInput
from zjtui.ui.widgets.window_table import Cell, WindowTable
from zjtui.usecases import draft, month

TYPED = ("invest_month", "progress_pct", "progress_text")  # the columns that are typed, in the order of Tab
_NAMES = (
    "name", "last_month", "invest_month", "state", "invest_ytd", "rate", "progress_pct", "plan", "started",
    "progress_text",
)  # fmt: skip


class CellInput(SafeInput):
    """The line that is typed into; the keys that move in the grid go to the screen."""

    async def _on_key(self, event: events.Key) -> None:
        moves = {"enter": "down", "down": "down", "up": "up", "tab": "right", "shift+tab": "left"}
        moves |= {"pagedown": "pagedown", "pageup": "pageup"}
        if event.key in moves:
            event.stop()
            event.prevent_default()
            await self.screen.run_action(f"step('{moves[event.key]}', {event.key == 'enter'})")
            return
        await super()._on_key(event)


class MonthGrid(BaseScreen):
    """A line for the cell under the cursor, the projects below it, the sums at the bottom."""

    CSS_PATH = "../styles/grid.tcss"

    def __init__(self) -> None:
        super().__init__()
        self.query_now = MonthQuery()
        self.reader = BackgroundReader(self)
        self.column = TYPED[0]
        self.sums: dict[str, int] = {}
        self._rows: dict[int, dict[str, Any]] = {}
        self._warned = ""
        self._saving = False
        self._kept = False
        self._entered: int | None = None

    def body(self) -> Iterable[Widget]:
        with Horizontal(id="cell-line"):
            yield Static(id="cell-label")
            yield CellInput(id="cell", compact=True, select_on_focus=False)
        with Horizontal(id="list"):
            yield WindowTable()

    def on_mount(self) -> None:
        reader, person = self.session.reader(), self.session.person
        mine = person if months.ids(reader, MonthQuery(month="0000-00", mine=person)) else ""
        self.query_now = MonthQuery(month=self.session.today.strftime("%Y-%m"), mine=mine)
        self.query_one(WindowTable).can_focus = False
        self.reload()
        self.query_one(CellInput).focus()
        self._restore()

    def on_unmount(self) -> None:
        self.reader.stop()

    def title_parts(self) -> list[str]:
        query = self.query_now
        region = find.names(self.session.reader(), "region", {query.region}).values() if query.region else ()
        scope = _(N_("mine")) if query.mine else _(N_("all projects"))
        shown = SHOWS[query.show]
        return [_(N_("Months")), query.month, " ".join([scope, *region, *([_(shown)] if shown else [])])]

    @property
    def table(self) -> WindowTable:
        """The grid."""
        return self.query_one(WindowTable)

    @property
    def line(self) -> CellInput:
        """The line that is typed into."""
        return self.query_one(CellInput)

    # What is shown

    def reload(self) -> None:
        """Read the month anew."""
        self._rows.clear()
        self.show_title()
        found = months.ids(self.session.reader(), self.query_now)
        empty = _(N_("No project here. F6 shows other ones"))
        self.table.show(columns(COLUMNS, _NAMES), found, self.fetch, empty=empty)
        self._enter_cell()
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

    def row(self) -> dict[str, Any] | None:
        """Return the row under the cursor."""
        current = self.table.current
        if current is None:
            return None
        if current not in self._rows:
            self._rows |= {
                row["id"]: row for row in months.rows(self.session.reader(), [current], self.query_now.month)
            }
        return self._rows.get(current)

    def _enter_cell(self) -> None:
        """Show the value of the cell under the cursor in the line, to be typed over."""
        row = self.row()
        field = MonthlyReport.fields()[self.column]
        text = typed(field, row[self.column]) if row else ""
        line = self.line
        with line.prevent(Input.Changed):
            line.value = text
        line.select_all()
        name = row["name"] if row else ""
        self.query_one("#cell-label", Static).update(content(f" {name} · {label(field)} ", "bold"))
        self._warned = ""
        self._redraw(self._entered, self.table.current)
        self._entered = self.table.current

    def _redraw(self, *numbers: int | None) -> None:
        """Draw rows anew from what is known of them."""
        for number in numbers:
            if number is not None and number in self._rows:
                self.table.replace(number, self._cells(self._rows[number]))

    # What is typed

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what is typed in its cell; keep it as a draft until it is saved."""
        event.stop()
        self._warned = ""
        self._redraw(self.table.current)
        if row := self.row():
            self._keep(row, event.value)

    def _key(self) -> str:
        return f"monthly_report.grid:{self.query_now.month}"

    def _keep(self, row: dict[str, Any], text: str) -> None:
        if not self.session.workspace.read_only:
            subject = f"{self.query_now.month} {row['name']}"
            self._kept = True
            kept = {"project": row["uid"], "column": self.column, "text": text}
            draft.keep(self.session, self._key(), N_("Months"), subject, kept)

    def _restore(self) -> None:
        """Go on with the cell that was left unsaved."""
        kept = draft.find(self.session, self._key())
        if not kept:
            return
        self._kept = True
        found = [number for number in self.table.ids if self._uid(number) == kept.get("project")]
        if found and kept.get("column") in TYPED:
            self.column = kept["column"]
            self.table.go_to(found[0])
            self._enter_cell()
            self.line.value = kept.get("text", "")
            self.status(_(N_("Your draft is back: it was kept as it was typed")), "$text-warning")

    def _uid(self, number: int) -> str:
        if number not in self._rows:
            self.fetch([number])
        return str(self._rows[number]["uid"])

    async def action_step(self, where: str, finished: bool) -> None:
        """Save the cell where it was changed, then go on; a refused one keeps the cursor."""
        if not await self._save(finished):
            return
        if where in ("left", "right"):
            place = (TYPED.index(self.column) + (1 if where == "right" else -1)) % len(TYPED)
            self.column = TYPED[place]
        else:
            table = self.table
            steps = {"down": (table.action_move, 1), "up": (table.action_move, -1)}
            steps |= {"pagedown": (table.action_page, 1), "pageup": (table.action_page, -1)}
            go, step = steps[where]
            go(step)
        self._enter_cell()

    async def _save(self, finished: bool) -> bool:
        """Save what is typed; tell whether the cursor may go on."""
        row, text = self.row(), self.line.value
        field = MonthlyReport.fields()[self.column]
        if row is None or self._saving:
            return row is None
        if text.strip() == typed(field, row[self.column]):
            self._drop()
            return True
        if not self.writable():
            return False
        try:
            value = parse(field, text, self.session.today)
        except Refused as refusal:
            self.status(str(refusal), "$text-error")
            return False
        if self.column == "invest_month" and value is None:
            self.status(_(N_("An amount that was reported is not emptied: type 0, or undo it")), "$text-error")
            return False
        warning = self._warning(row, value)
        if warning and not (finished and self._warned == text):
            self._warned = text
            self.status(_(N_("{warning} Enter again saves it")).format(warning=warning), "$text-warning")
            return False
        if self.column == "invest_month" and value is not None and value < 0:
            self._ask_reason(row, value)
            return False
        return await self._put(row, {self.column: value})

    def _warning(self, row: dict[str, Any], value: Any) -> str:
        if self.column == "progress_text" or value is None:
            return ""
        figures = months.figures(self.session.reader(), row["uid"], self.query_now.month)
        amount = value if self.column == "invest_month" else row["invest_month"] or 0
        more = amount - (row["invest_month"] or 0)
        figures = {**figures, **{name: figures[name] + more for name in ("invest_ytd", "invest_total")}}
        pct = value if self.column == "progress_pct" else None
        found = [str(notice) for notice in odd(amount, pct, figures) if notice.field == self.column]
        return "; ".join(found)

    def _ask_reason(self, row: dict[str, Any], value: int) -> None:
        from zjtui.ui.dialogs.prompt import Prompt

        async def answered(reason: str | None) -> None:
            if reason and await self._put(row, {"invest_month": value, "correction_reason": reason}):
                await self.action_step("down", False)

        self.app.push_screen(Prompt(N_("A negative month is a correction: why?")), answered)

    async def _put(self, row: dict[str, Any], values: dict[str, Any]) -> bool:
        import asyncio

        self._saving = True
        project, when = row["uid"], self.query_now.month
        try:
            await asyncio.to_thread(month.put, self.session, project, when, values)
        except ZjtuiError as error:
            self.status(str(error), "$text-error")
            return False
        finally:
            self._saving = False
        self._saved(row)
        return True

    def _saved(self, row: dict[str, Any]) -> None:
        """Show the row and the sums as they are now; other screens read anew when they come to the front."""
        self._drop()
        [now] = months.rows(self.session.reader(), [row["id"]], self.query_now.month)
        self._rows[row["id"]] = now
        if self.sums:
            for name in ("invest_month", "invest_ytd"):
                self.sums[name] += (now["invest_month"] or 0) - (row["invest_month"] or 0)
            self.sums["reported"] += (now["report_uid"] is not None) - (row["report_uid"] is not None)
            self._say_sums()
        for screen in {*self.app.screen_stack, *self.zj._main.values()}:
            if isinstance(screen, BaseScreen) and screen is not self:
                self.zj.stale[screen] = True

    def _drop(self) -> None:
        if self._kept and not self.session.workspace.read_only:
            draft.drop(self.session, self._key())
        self._kept = False
