"""Forms: workbooks of other offices that are filled here, and the ledger of what was sent in them."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from zjtui.domain.report_template import ReportTemplate, Sent
from zjtui.i18n import N_, _
from zjtui.reports import slip
from zjtui.store.read import find
from zjtui.store.read import forms as stored
from zjtui.ui import office_form_filling, office_form_text
from zjtui.ui.action import Action, bindings
from zjtui.ui.actions_office_forms import FORMS, SENT
from zjtui.ui.screens.page import PageScreen
from zjtui.ui.screens.table_screen import RecordsScreen
from zjtui.ui.widgets.window_table import Cell
from zjtui.usecases import register


class OfficeFormsScreen(RecordsScreen[ReportTemplate]):
    """The forms, by name; what is due is marked."""

    ACTIONS: ClassVar[tuple[Action, ...]] = FORMS
    BINDINGS: ClassVar[list[BindingType]] = bindings(FORMS)
    ENTITY = "report_template"

    def title_parts(self) -> list[str]:
        return [_(N_("Reports")), _(N_("Forms"))]

    def reload(self) -> None:
        """Read the forms anew."""
        self.show_title()
        reader = self.session.reader()
        self.found = stored.templates(reader)
        empty = _(N_("No form yet. Ctrl+N takes in a workbook that another office wants filled"))
        self.table.show(office_form_text.form_heads(), self.numbers, self._fetch, empty=empty)
        hint = _(N_("Enter fills the form; what is yellow was not sent for the last month yet"))
        self.status(hint if self.found else "", "dim")

    def _fetch(self, wanted: Sequence[int]) -> list[list[Cell]]:
        reader = self.session.reader()
        records = [self.found[number - 1] for number in wanted]
        return [
            office_form_text.form_cells(record, stored.last_sent(reader, record.uid), self.session.today)
            for record in records
        ]

    def action_open(self) -> None:
        """Fill the form under the cursor."""
        if record := self.current():
            office_form_filling.open_form(self, record.uid)

    def action_take(self) -> None:
        """Take in a workbook."""
        office_form_filling.take(self.zj)

    def action_renew(self) -> None:
        """Take a newer workbook for the form under the cursor."""
        if record := self.current():
            office_form_filling.renew(self, record.uid)

    def action_edit(self) -> None:
        """Change name, recipient, period or note."""
        if record := self.current():
            self.zj.edit_record("report_template", record.uid)

    def action_ledger(self) -> None:
        """Show what was sent in all forms."""
        self.zj.push_screen(SentScreen())

    async def action_remove(self) -> None:
        """Take the form under the cursor out."""
        record = self.current()
        if record:
            done = _(N_("Taken out: {name}; Ctrl+Z brings it back")).format(name=record.name)
            await self.save(lambda: register.remove(self.session, "report_template", record.uid), done)


class SentScreen(RecordsScreen[Sent]):
    """What was sent, the newest first; of one form where `form` names it."""

    ACTIONS: ClassVar[tuple[Action, ...]] = SENT
    BINDINGS: ClassVar[list[BindingType]] = bindings(SENT)
    ENTITY = "sent"

    def __init__(self, form: str = "") -> None:
        super().__init__()
        self.form = form

    def title_parts(self) -> list[str]:
        names = find.names(self.session.reader(), "report_template", {self.form} if self.form else set())
        return [_(N_("Forms")), *names.values(), _(N_("form|Sent"))]

    def reload(self) -> None:
        """Read the ledger anew."""
        self.show_title()
        self.found = stored.ledger(self.session.reader(), self.form)
        empty = _(N_("Nothing was sent yet. Ctrl+S in a form writes it and records it here"))
        self.table.show(office_form_text.sent_heads(), self.numbers, self._fetch, empty=empty)

    def _fetch(self, wanted: Sequence[int]) -> list[list[Cell]]:
        records = [self.found[number - 1] for number in wanted]
        names = find.names(self.session.reader(), "report_template", {record.template_uid for record in records})
        return [office_form_text.sent_cells(record, names) for record in records]

    def action_open(self) -> None:
        """Show the figures as they were sent."""
        if record := self.current():
            session = self.session
            self.zj.push_screen(PageScreen(N_("form|Sent"), lambda: slip.of_sent(session, record)))

    def action_again(self) -> None:
        """Write the workbook again as it was sent."""
        if record := self.current():
            office_form_filling.again(self, record)

    async def action_take_back(self) -> None:
        """It was not sent after all."""
        record = self.current()
        if record:
            done = _(N_("Taken back; Ctrl+Z undoes it"))
            await self.save(lambda: register.remove(self.session, "sent", record.uid), done)
