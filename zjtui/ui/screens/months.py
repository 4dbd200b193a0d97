"""Months (4): one month's reports of many projects, typed down the column as in a spreadsheet."""

import asyncio
from array import array
from dataclasses import replace
from typing import Any, ClassVar

from textual.binding import BindingType

from zjtui.domain.fields import WAN
from zjtui.domain.money import show_money
from zjtui.errors import RefusedMany
from zjtui.i18n import N_, _
from zjtui.store.read import find, months
from zjtui.store.read.months import MonthQuery
from zjtui.ui import month_asking
from zjtui.ui.action import Action, bindings
from zjtui.ui.actions import MONTHS
from zjtui.ui.month_layout import Layout, OneMonth, OneYear
from zjtui.ui.screens.cell_first import cell_first
from zjtui.ui.screens.month_cell import TypedGrid
from zjtui.ui.screens.month_grid import CellKey, some
from zjtui.usecases import bulk
from zjtui.usecases.bulk import Job

_NAMED = 6  # projects named in a question
_NOT_SUBMITTED = ("draft", "returned")
_SUBMIT = Job("move", "monthly_report", {}, "submitted")


class MonthsScreen(TypedGrid):
    """The grid with what can be done to its rows."""

    ACTIONS: ClassVar[tuple[Action, ...]] = MONTHS
    BINDINGS: ClassVar[list[BindingType]] = bindings(MONTHS)

    # What is typed is saved before anything else is done to it.
    action_mark = cell_first(TypedGrid.action_mark)
    action_mark_to = cell_first(TypedGrid.action_mark_to)
    action_mark_all = cell_first(TypedGrid.action_mark_all)
    action_bulk = cell_first(TypedGrid.action_bulk)
    action_export_list = cell_first(TypedGrid.action_export_list)

    def record_in_front(self) -> tuple[str, str] | None:
        """Return what the history is asked about."""
        row = self.row()
        if row is None:
            return None
        report = self.report_of(row)
        return ("monthly_report", report) if report else ("project", row["uid"])

    @cell_first
    def action_move(self) -> None:
        """Submit, approve or return the report under the cursor."""
        row = self.row()
        if row and (report := self.report_of(row)):
            self.zj.move_record("monthly_report", report)
        else:
            self.status(_(N_("Nothing is reported yet: type the month's amount first")), "$text-warning")

    async def action_edit(self) -> None:
        """Edit the whole report under the cursor in a form, with what is typed into the cell and cannot be saved."""
        told = await self.save_typed()
        if told is not None and (row := self.row()):
            month_asking.whole_report(self, row, told.text if told else "")

    @cell_first
    def action_open_project(self) -> None:
        """Open the project under the cursor."""
        if row := self.row():
            self.zj.open_record("project", row["uid"])

    @cell_first
    def action_month(self, step: int) -> None:
        """Show the month (of a year's grid: the year) before or after; none that has not come yet."""
        year, number = int(self.query_now.month[:4]), int(self.query_now.month[5:]) + step
        if self.across:
            year, number = year + step, number - step
        year, number = (year - 1, 12) if number == 0 else (year + 1, 1) if number == 13 else (year, number)
        wanted, present = f"{year}-{number:02}", self.session.today.strftime("%Y-%m")
        if self.across and year == self.session.today.year:
            wanted = min(wanted, present)
        if wanted <= present:
            self.requery(replace(self.query_now, month=wanted))
        else:
            self.status(_(N_("The month {month} has not come yet")).format(month=wanted), "$text-warning")

    @cell_first
    def action_year(self) -> None:
        """Show each project's months of the year as one row; again: one month of each."""
        month = self.column.month
        self.place = 0
        if self.across:
            self._lay_out(OneMonth(month))
        else:
            layout = OneYear(int(month[:4]), self.session.today)
            self._lay_out(layout)
            self.place = self._first_open(layout)
        self.show_column()
        self.enter_cell()

    def _first_open(self, layout: OneYear) -> int:
        """Return the place of the first month that nobody reported of the project under the cursor, else the last."""
        row = self.row() or {}
        places = [place for place, column in enumerate(layout.typed) if row.get(column.name) is None]
        return places[0] if places else len(layout.typed) - 1

    def _lay_out(self, layout: Layout) -> None:
        self.layout_now = layout
        if isinstance(layout, OneMonth):
            self.query_now = replace(self.query_now, month=layout.month)
        self.place = min(self.place, len(layout.typed) - 1)
        self.reload()
        self.restore()

    @cell_first
    async def action_submit_all(self) -> None:
        """Submit every draft of the month that is shown and can be, as one operation, after a question."""
        from zjtui.ui.dialogs.confirm import Question

        month = self.column.month
        page = [self.row_of(number) for number in self.table.ids]
        drafts = {self._report(row, month): row["name"] for row in page if row["states"].get(month) in _NOT_SUBMITTED}
        left = month_asking.not_saved(self)
        not_saved = _(N_("{count} cells not saved, left out: {cells}")).format(count=len(left), cells=some(left, 3))
        if not drafts or not self.writable():
            self.status(" · ".join([_(N_("No draft to submit")), *([not_saved] if left else [])]), "$text-warning")
            return
        lines = await asyncio.to_thread(bulk.preview, self.session, _SUBMIT, list(drafts))
        ready = [line.uid for line in lines if not line.refusal]

        def answered(answer: str | None) -> None:
            if answer == "submit":
                self.run_worker(self._submit(ready))
            elif answer == "cell":
                self.show_cell(next(iter(self.unsaved)))

        told = [_(N_("{count} drafts of {month}: {names}")).format(
            count=len(ready), month=month, names=some([drafts[uid] for uid in ready], _NAMED)
        )]  # fmt: skip
        told += [f"{drafts[line.uid]}: {line.refusal}" for line in lines if line.refusal][:_NAMED]
        earlier, amount = months.earlier_waiting(self.session.reader(), month, ready)
        if earlier:
            text = N_("{count} drafts of earlier months ({amount}) do not go with them and count in no sum yet")
            told.append(_(text).format(count=earlier, amount=show_money(amount, WAN, named=True)))
        told += [not_saved] if left else []
        answers = [("", N_("Not yet")), *([("submit", N_("Submit them"))] if ready else [])]
        answers += [("cell", N_("Go to the first cell that is not saved"))] if left else []
        self.app.push_screen(Question(N_("Submit the month?"), "\n".join(told), answers), answered)

    def _report(self, row: dict[str, Any], month: str) -> str:
        return str(row["reports"][month] if self.across else row["report_uid"])

    async def _submit(self, uids: list[str]) -> None:
        done = _(N_("{count} reports submitted")).format(count=len(uids))
        await self.save(lambda: bulk.run(self.session, _SUBMIT, uids), done)
        self.reload()

    @cell_first
    def action_choose_filter(self) -> None:
        """Choose month, whose projects, region and what is missing."""
        from zjtui.ui.months_filter import choose

        choose(self)

    @cell_first
    def action_views(self) -> None:
        """Choose or save a view: whose projects, state and region; the month stays."""
        from zjtui.ui.views import choose

        choose(self)

    def complain(self, error: Exception) -> None:
        """Say why something was refused; a text that is missing is typed at once."""
        super().complain(error)
        lacking = {refusal.rule for refusal in error.refusals} if isinstance(error, RefusedMany) else set()
        if "R-23" in lacking and not self.across:
            names = [column.report_field for column in self.layout_now.typed]
            self.place = names.index("progress_text")
            self.show_column()
            self.enter_cell()
            self.status(str(error), "$text-error")

    def requery(self, query: MonthQuery) -> None:
        """Show other projects, or another month."""
        self.query_now = query if query.month else replace(query, month=self.query_now.month)
        self.table.ids = array("q")
        self.table.marked.clear()
        self.sums = {}
        month = self.query_now.month
        self._lay_out(OneYear(int(month[:4]), self.session.today) if self.across else OneMonth(month))

    def action_back(self) -> None:
        """Take back the cell, then the marks, then leave; what is typed and not saved stays a draft."""
        if not self.revert_cell() and not self.clear_marks():
            self.zj.action_go(self.zj.back_to)

    def on_screen_resume(self) -> None:
        """Come back to the cell, or go to the one that was asked for."""
        if wanted := self.zj.wanted_month:
            self.zj.wanted_month = None
            self.show_project(*wanted)
        self.line.focus()

    def show_project(self, month: str, uid: str) -> None:
        """Show a month with the cursor on a project, among mine where it is one of them."""
        reader = self.session.reader()
        query = MonthQuery(month=month, mine=self.query_now.mine)
        found = months.ids(reader, query)
        if uid not in find.uids(reader, "project", found):
            query = replace(query, mine="")
            found = months.ids(reader, query)
        self.requery(query)
        uids = find.uids(reader, "project", found)
        if uid in uids:
            self.table.go_to(found[uids.index(uid)])
            self.enter_cell()

    def show_cell(self, cell: CellKey) -> None:
        """Show a cell that was typed into, of whatever month it is."""
        uid, month, field = cell
        self.layout_now = OneMonth(month)
        self.place = [column.report_field for column in self.layout_now.typed].index(field)
        self.show_project(month, uid)
