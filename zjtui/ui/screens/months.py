"""Months (4): one month's reports of many projects, typed down the column as in a spreadsheet."""

from array import array
from dataclasses import replace
from typing import ClassVar

from textual.binding import BindingType

from zjtui.i18n import N_, _
from zjtui.store.read import find, months
from zjtui.store.read.months import MonthQuery
from zjtui.ui.action import Action, bindings
from zjtui.ui.actions import MONTHS
from zjtui.ui.screens.month_cell import TypedGrid


class MonthsScreen(TypedGrid):
    """The grid with what can be done to its rows."""

    ACTIONS: ClassVar[tuple[Action, ...]] = MONTHS
    BINDINGS: ClassVar[list[BindingType]] = bindings(MONTHS)

    def record_in_front(self) -> tuple[str, str] | None:
        """Return what the history is asked about."""
        row = self.row()
        if row is None:
            return None
        return ("monthly_report", row["report_uid"]) if row["report_uid"] else ("project", row["uid"])

    def action_move(self) -> None:
        """Submit, approve or return the report under the cursor."""
        row = self.row()
        if row and row["report_uid"]:
            self.zj.move_record("monthly_report", row["report_uid"])
        else:
            self.status(_(N_("Nothing is reported yet: type the month's amount first")), "$text-warning")

    def action_edit(self) -> None:
        """Edit the whole report under the cursor in a form."""
        row = self.row()
        if row and row["report_uid"]:
            self.zj.edit_record("monthly_report", row["report_uid"])
        else:
            self.status(_(N_("Nothing is reported yet: type the month's amount first")), "$text-warning")

    def action_open_project(self) -> None:
        """Open the project under the cursor."""
        if row := self.row():
            self.zj.open_record("project", row["uid"])

    def action_month(self, step: int) -> None:
        """Show the month before or after; none that has not come yet."""
        year, number = int(self.query_now.month[:4]), int(self.query_now.month[5:]) + step
        year, number = (year - 1, 12) if number == 0 else (year + 1, 1) if number == 13 else (year, number)
        wanted = f"{year}-{number:02}"
        if wanted <= self.session.today.strftime("%Y-%m"):
            self.requery(replace(self.query_now, month=wanted))
        else:
            self.status(_(N_("The month {month} has not come yet")).format(month=wanted), "$text-warning")

    async def action_submit_all(self) -> None:
        """Submit every draft that is shown, as one operation."""
        from zjtui.usecases import bulk

        page = [row for number in self.table.ids if (row := self.row_of(number))["state"] in ("draft", "returned")]
        if not page:
            self.status(_(N_("No draft to submit")), "$text-warning")
            return
        job = bulk.Job("move", "monthly_report", {}, "submitted")
        uids = [row["report_uid"] for row in page]
        await self.save(
            lambda: bulk.run(self.session, job, uids), _(N_("{count} reports submitted")).format(count=len(uids))
        )
        self.reload()

    def action_choose_filter(self) -> None:
        """Choose month, whose projects, region and what is missing."""
        from zjtui.ui.months_filter import choose

        choose(self)

    def action_views(self) -> None:
        """Choose or save a view: whose projects, state and region; the month stays."""
        from zjtui.ui.views import choose

        choose(self)

    def requery(self, query: MonthQuery) -> None:
        """Show other projects, or another month."""
        self.query_now = query if query.month else replace(query, month=self.query_now.month)
        self.table.ids = array("q")
        self.table.marked.clear()
        self.sums = {}
        self.reload()

    def action_back(self) -> None:
        """Go back to where it was asked for, else to the projects; what is typed and not saved stays a draft."""
        if not self.clear_marks():
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
