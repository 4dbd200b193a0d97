"""Typing a month's reports: the cell is checked, warned about, kept as a draft and saved as the cursor goes on."""

import asyncio
from typing import Any

from textual.widgets import Input, Static

from zjtui.domain.parse import parse
from zjtui.domain.plan import MonthlyReport
from zjtui.domain.show import typed
from zjtui.domain.understood import understood
from zjtui.errors import Refused, ZjtuiError
from zjtui.i18n import N_, _
from zjtui.store.read import months
from zjtui.ui.base import BaseScreen
from zjtui.ui.screens.month_grid import TYPED, MonthGrid
from zjtui.ui.text import content
from zjtui.ui.widgets.cell_input import CellInput
from zjtui.usecases import draft, month


class TypedGrid(MonthGrid):
    """The grid that is typed into."""

    def __init__(self) -> None:
        super().__init__()
        self._warned = ""
        self._saving = False
        self._kept = False

    def enter_cell(self) -> None:
        super().enter_cell()
        self._warned = ""

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what is typed in its cell; keep it as a draft until it is saved."""
        event.stop()
        self._warned = ""
        self._redraw(self.table.current)
        self._echo(event.value)
        if row := self.row():
            self._keep(row, event.value)

    def _echo(self, text: str) -> None:
        """Show how an amount is understood."""
        field = MonthlyReport.fields()[self.column]
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

    def _key(self) -> str:
        return f"monthly_report.grid:{self.query_now.month}"

    def _keep(self, row: dict[str, Any], text: str) -> None:
        if not self.session.workspace.read_only:
            subject = f"{self.query_now.month} {row['name']}"
            self._kept = True
            kept = {"project": row["uid"], "column": self.column, "text": text}
            draft.keep(self.session, self._key(), N_("Months"), subject, kept)

    def restore(self) -> None:
        """Go on with the cell that was left unsaved."""
        kept = draft.find(self.session, self._key())
        if not kept:
            return
        self._kept = True
        found = [number for number in self.table.ids if self.row_of(number)["uid"] == kept.get("project")]
        if found and kept.get("column") in TYPED:
            self.column = kept["column"]
            self.table.go_to(found[0])
            self.enter_cell()
            self.line.value = kept.get("text", "")
            self.status(_(N_("Your draft is back: it was kept as it was typed")), "$text-warning")

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
        self.enter_cell()

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
        found = month.odd_about(self.session, row["uid"], self.query_now.month, {self.column: value})
        return "; ".join(str(notice) for notice in found if notice.field == self.column)

    def _ask_reason(self, row: dict[str, Any], value: int) -> None:
        from zjtui.ui.dialogs.prompt import Prompt

        async def answered(reason: str | None) -> None:
            if reason and await self._put(row, {"invest_month": value, "correction_reason": reason}):
                await self.action_step("down", False)

        self.app.push_screen(Prompt(N_("A negative month is a correction: why?")), answered)

    async def _put(self, row: dict[str, Any], values: dict[str, Any]) -> bool:
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
