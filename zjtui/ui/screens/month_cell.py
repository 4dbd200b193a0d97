"""Typing a month's reports: the cell is checked, warned about, kept as a draft and saved as the cursor goes on."""

import asyncio
from collections.abc import Callable
from typing import Any, Literal

from textual.widgets import Input, Static

from zjtui.domain.parse import parse
from zjtui.domain.show import typed
from zjtui.domain.understood import understood
from zjtui.errors import Refused, ZjtuiError
from zjtui.i18n import N_, _
from zjtui.store.read import find
from zjtui.ui import month_asking
from zjtui.ui.keeping import Keeper
from zjtui.ui.screens.month_grid import CellKey, MonthGrid, Unsaved, some
from zjtui.ui.text import content
from zjtui.ui.widgets.cell_input import CellInput
from zjtui.usecases import draft, month, register

_UNSAVED = N_("Not saved yet: Enter saves it")
_KEY = "monthly_report.grid:"  # with the month: the name of its draft


class TypedGrid(MonthGrid):
    """The grid that is typed into. A cell that cannot be saved keeps its text and is marked; the cursor goes on."""

    def __init__(self) -> None:
        super().__init__()
        self._saving = False
        self._kept: set[str] = set()  # months of which a draft is kept
        self._looked_up: set[str] = set()
        self.keeper = Keeper(self)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what is typed in its cell; keep it as a draft until it is saved."""
        event.stop()
        self._redraw(self.table.current)
        self._echo(event.value)
        row = self.row()
        if row and event.value == self.saved_text(row):  # as it was: nothing is left to keep
            self._settled(self.key_of(row, self.column))
        elif row:
            self._keep(self.column.month, row["uid"], {self.key_of(row, self.column): event.value})

    def _echo(self, text: str) -> None:
        """Show how an amount is understood."""
        field = self.column.field
        try:
            shown = understood(field, text, parse(field, text, self.session.today), self.session.today)
        except Refused:
            shown = ""
        self.query_one("#cell-echo", Static).update(content(shown, "dim"))

    def on_cell_input_pasted(self, event: CellInput.Pasted) -> None:
        """Fill the column downwards with what was copied from a list."""
        from zjtui.ui.month_paste import ask

        event.stop()
        ask(self, event.lines)

    # Drafts: of each month all cells that are not saved, and which project the cursor is on

    def _keep(self, month_of: str, project: str, typed_now: dict[CellKey, str]) -> None:
        if not self.session.workspace.holds:
            return
        texts = {key: unsaved.text for key, unsaved in self.unsaved.items() if key[1] == month_of} | typed_now
        cells = {f"{uid} {field}": text for (uid, _month, field), text in texts.items()}
        self._kept.add(month_of)
        names = find.names(self.session.reader(), "project", {key[0] for key in texts})
        whose = _(N_("{month}: {names}")).format(month=month_of, names=some(list(names.values()), 2))
        self.keeper.keep((_KEY + month_of, N_("Months"), whose, {"project": project, **cells}))

    def keep_typed(self) -> None:
        """Keep what waits to be kept, before the app ends."""
        if self.session.workspace.holds:
            self.keeper.keep_now()

    def restore(self) -> None:
        """Go on with the cells of what is shown that were left unsaved."""
        rows = {self.row_of(number)["uid"]: number for number in self.table.ids}
        back = ""
        for month_of in {column.month for column in self.layout_now.typed} - self._looked_up:
            self._looked_up.add(month_of)
            kept = draft.find(self.session, _KEY + month_of) or {}
            for name, text in kept.items():
                uid, _space, field = name.partition(" ")
                if field and uid in rows and text != self._saved_of(rows[uid], month_of, field):
                    self.unsaved[uid, month_of, field] = Unsaved(text, _(_UNSAVED), asked=True)
                    self._kept.add(month_of)
                    back = kept.get("project", "")
        if back not in rows:
            return
        self.table.go_to(rows[back])
        row = self.row_of(rows[back])
        places = [self.key_of(row, column) in self.unsaved for column in self.layout_now.typed]
        self.place = places.index(True) if True in places else self.place
        self.table.reread()
        self.enter_cell()
        self.status(_(N_("Your draft is back: it was kept as it was typed")), "$text-warning")

    def _saved_of(self, number: int, month_of: str, field: str) -> str:
        for column in self.layout_now.typed:
            if (column.month, column.report_field) == (month_of, field):
                return typed(column.field, self.row_of(number).get(column.name))
        return ""

    def _settled(self, key: CellKey, *, gone: bool = False) -> None:
        """A cell is saved, or as it was: what is kept of it goes; of the others of its month it stays.

        `gone` says that it went as the cell was saved.
        """
        self.unsaved.pop(key, None)
        month_of = key[1]
        if month_of not in self._kept or self.session.workspace.read_only:
            return
        if self._others(key):
            self._keep(month_of, key[0], {})
            return
        self._kept.discard(month_of)
        if not gone:
            self.keeper.stop()
            draft.drop(self.session, _KEY + month_of)

    def _others(self, key: CellKey) -> bool:
        """Tell whether other cells of the month are not saved."""
        return any(other[1] == key[1] and other != key for other in self.unsaved)

    # Going on

    async def action_step(self, where: str, finished: bool) -> None:
        """Save the cell where it was changed, then go on, whatever came of it."""
        if self._saving:
            return
        told = await self._save(finished)
        if told is None:  # a question is open
            return
        self._go(self.layout_now.enter if finished else where)
        self.enter_cell()
        if told:
            self.status(told.fault, "$text-warning" if told.asked else "$text-error")
        else:
            self.say_sums()  # what was said of another cell is over

    def _go(self, where: str) -> None:
        table, last = self.table, len(self.layout_now.typed) - 1
        if where in ("left", "right"):
            step = 1 if where == "right" else -1
            if self.across and not 0 <= self.place + step <= last:  # on along the next row
                table.action_move(step)
            self.place = (self.place + step) % (last + 1)
            self.show_column()
            return
        if where in ("home", "end") and self.across:
            self.place = 0 if where == "home" else last
            self.show_column()
            return
        steps: dict[str, tuple[Callable[[int], None], int]] = {
            "down": (table.action_move, 1), "up": (table.action_move, -1),
            "pagedown": (table.action_page, 1), "pageup": (table.action_page, -1),
            "end": (table.action_end, 1), "home": (table.action_end, -1),
        }  # fmt: skip
        go, step = steps[where.removeprefix("ctrl+")]
        go(step)

    async def save_typed(self) -> "Unsaved | Literal[False] | None":
        """Save what is typed before something else is done; see `_save`."""
        return None if self._saving else await self._save(finished=False)

    async def _save(self, finished: bool) -> "Unsaved | Literal[False] | None":
        """Save what is typed: return why it was not, False where all is well, None where a question is open."""
        row, text, column = self.row(), self.line.value, self.column
        if row is None:
            return False
        key = self.key_of(row, column)
        if text.strip() == self.saved_text(row):
            self._settled(key)
            return False
        if not self.writable():
            return self._left(row, Unsaved(text, str(self.session.workspace.read_only)))
        try:
            value = self._value(row, text)
        except Refused as refusal:
            return self._left(row, Unsaved(text, str(refusal)))
        before = self.unsaved.get(key)
        if not (finished and before is not None and before.asked and before.text == text):
            if doubt := month_asking.doubt(self, row, value, text):
                return self._left(row, Unsaved(text, doubt, asked=True))
        elif month_asking.ask(self, row, value, text):
            return None
        return await self.put(row, {column.report_field: value}, text)

    def _value(self, row: dict[str, Any], text: str) -> Any:
        """Return what is typed as a value; an emptied amount takes a draft out again. Raises `Refused`."""
        value = parse(self.column.field, text, self.session.today)
        amount = self.column.report_field == "invest_month"
        if amount and value is None and row["states"].get(self.column.month) != "draft":
            raise Refused(N_("An amount that was reported is not emptied: type 0, or undo it"))
        return value

    def _left(self, row: dict[str, Any], unsaved: Unsaved) -> Unsaved:
        """Mark the cell as not saved and keep its text."""
        self.unsaved[self.key_of(row, self.column)] = unsaved
        self._keep(self.column.month, row["uid"], {})
        return unsaved

    async def put(self, row: dict[str, Any], values: dict[str, Any], text: str) -> "Unsaved | Literal[False]":
        """Save values of the report under the cursor; return why they were not, False where all is well."""
        self._saving = True
        project, when, session = row["uid"], self.column.month, self.session
        keys = [] if self._others(self.key_of(row, self.column)) else [_KEY + when]

        def work() -> None:
            with session.made_of(*keys):
                month.put(session, project, when, values)

        def take_out() -> None:
            with session.made_of(*keys):
                register.remove(session, "monthly_report", self.report_of(row) or "")

        self.keeper.stop()
        try:
            await asyncio.to_thread(take_out if values.get("invest_month", 0) is None else work)
        except ZjtuiError as error:
            return self._left(row, Unsaved(text, str(error)))
        finally:
            self._saving = False
        self._saved(row)
        if values.get("invest_month", 0) is None:
            told = _(N_("The draft of {month} is taken out; undo brings it back")).format(month=when)
            self.app.notify(told, markup=False)
        return False

    def settled(self, row: dict[str, Any], key: CellKey) -> None:
        """A cell was saved by a form that was asked about it."""
        self._settled(key)
        self._show_anew(row)

    def go_on(self) -> None:
        """Go to the cell that Enter goes to."""
        self._go(self.layout_now.enter)
        self.enter_cell()

    def _saved(self, row: dict[str, Any]) -> None:
        self._settled(self.key_of(row, self.column), gone=True)
        self._show_anew(row)

    def _show_anew(self, row: dict[str, Any]) -> None:
        """Show the row and the sums as they are now; other screens read anew when they come to the front."""
        [now] = self.layout_now.rows(self.session.reader(), [row["id"]])
        self._rows[row["id"]] = now
        self._sum_up()
        self.zj.main_screens.outdate(but=self)

    async def action_save_cell(self) -> None:
        """Save the cell and stay; as everywhere, Ctrl+S saves what is being typed and nothing else."""
        told = await self._save(finished=True)
        self.enter_cell()
        if told:
            self.status(told.fault, "$text-warning" if told.asked else "$text-error")

    async def action_fill(self) -> None:
        """Put what the cell says into the next one too: down a column, or along a row; into all marked rows."""
        text = self.line.value
        numbers = [number for number in self.table.ids if number in self.table.marked]
        if await self._save(finished=True) is not False:
            self.enter_cell()
            return
        if not numbers:
            self.go_on()
            self.line.value = text
            return
        for number in numbers:
            self.table.go_to(number)
            self.enter_cell()
            self.line.value = text
            await self._save(finished=True)
        self.enter_cell()

    def revert_cell(self) -> bool:
        """Show the cell as it is saved; undo brings back what was typed. Tell whether there was anything."""
        row = self.row()
        if row is None or self.line.value == self.saved_text(row):
            return False
        self._settled(self.key_of(row, self.column))
        self.line.value = self.saved_text(row)
        self.line.select_all()  # what is typed next takes its place, as in every cell that is entered
        self.status(_(N_("As it is saved; Ctrl+Z brings back what was typed")), "dim")
        return True
