"""One form filled for a month: every cell with its figure, what was sent there, and who was told otherwise."""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual.binding import BindingType

from zjtui.domain.month import month_away
from zjtui.domain.report_template import FormCell
from zjtui.i18n import N_, _
from zjtui.reports import filling
from zjtui.reports.filling import Filled, Line
from zjtui.ui import office_form_filling, office_form_meaning, office_form_text
from zjtui.ui.action import Action, bindings
from zjtui.ui.actions_office_forms import FILLING
from zjtui.ui.dialogs.choice import Choice, ChoiceDialog
from zjtui.ui.screens.table_screen import TableScreen
from zjtui.ui.widgets.window_table import Cell
from zjtui.usecases import freeze, report_template


class FillScreen(TableScreen):
    """The cells of a form. What they mean is put right here and kept; nothing is sent before Ctrl+S."""

    ACTIONS: ClassVar[tuple[Action, ...]] = FILLING
    BINDINGS: ClassVar[list[BindingType]] = bindings(FILLING)

    def __init__(self, filled: Filled) -> None:
        super().__init__()
        self.filled = filled

    @property
    def uid(self) -> str:
        """The form's uid."""
        return self.filled.template.uid

    def title_parts(self) -> list[str]:
        filled = self.filled
        return [filled.template.recipient, filled.template.name, filled.month, office_form_text.source(filled)]

    def start(self) -> None:
        self._show()  # it was filled to be shown

    def reload(self) -> None:
        """Fill the form anew: the register, the form or the language changed."""
        self._fill(self.filled.month, self.filled.freeze.uid if self.filled.freeze else "")

    def _fill(self, month: str, freeze_uid: str) -> None:
        def shown(filled: Filled) -> None:
            self.filled = filled
            self._show()

        office_form_filling.fill(self, self.uid, month, freeze_uid, shown)

    def _show(self) -> None:
        self.show_title()
        lines = self.filled.lines
        several = len({line.cell.sheet for line in lines}) > 1
        names = filling.region_names(self.session, [line.cell for line in lines])

        def fetch(wanted: Sequence[int]) -> list[list[Cell]]:
            return [office_form_text.cell_cells(lines[number - 1], names, several) for number in wanted]

        empty = _(N_("No cell was understood. Ctrl+N says of a cell what it is filled with"))
        self.table.marked &= set(range(1, len(lines) + 1))
        monthly = any(line.cell.month for line in lines)
        self.table.show(office_form_text.cell_heads(several, monthly), range(1, len(lines) + 1), fetch, empty=empty)
        self._say(self._line())

    def _say(self, line: Line | None) -> None:
        """Say how it stands; of a figure that others were told otherwise, say that."""
        counts = self.filled.counts()
        if line and line.against:
            self.status(f"{line.cell.ref}: {filling.difference(line)}", "$text-error")
        else:
            tone = "$text-error" if counts["against"] else "$text-warning" if counts["waiting"] else "bold"
            self.status(filling.summary(self.filled), tone)

    def record_in_front(self) -> tuple[str, str] | None:
        """Return what the history is asked about."""
        return ("report_template", self.uid)

    def on_window_table_highlighted(self) -> None:
        """Say whom another figure was told."""
        self._say(self._line())

    def on_window_table_selected(self) -> None:
        """Change what fills the cell."""
        self.action_change()

    # Which cells are meant

    def _line(self) -> Line | None:
        number = self.table.current
        return self.filled.lines[number - 1] if number else None

    def _meant(self) -> list[FormCell]:
        """Return the marked cells, else the one under the cursor."""
        numbers = sorted(self.table.marked) or ([self.table.current] if self.table.current else [])
        return [self.filled.lines[number - 1].cell for number in numbers if number]

    def action_mark(self) -> None:
        """Mark the row, or unmark it, and go on."""
        self.table.mark()
        self.status(
            _(N_("{count} marked · Enter, F5 and Del are for all of them")).format(count=len(self.table.marked))
        )

    def action_mark_all(self) -> None:
        """Mark all rows, or none."""
        self.table.mark_all()

    def action_back(self) -> None:
        """Unmark first, then close."""
        if self.table.marked:
            self.table.marked.clear()
            self._show()
        else:
            super().action_back()

    def action_next_open(self) -> None:
        """Go to the next cell that wants to be looked at."""
        lines = self.filled.lines
        here = self.table.current or 0
        order = [*range(here, len(lines)), *range(here)]
        found = next((n for n in order if not lines[n].filled or lines[n].against or lines[n].changed), None)
        if found is None:
            self.status(_(N_("No cell is in doubt, told otherwise or changed")), "dim")
        else:
            self.table.go_to(found + 1)

    # What fills them

    def action_change(self) -> None:
        """Say what the cell, or the marked ones, are filled with."""
        line = self._line()
        if line and self.writable():
            office_form_meaning.change(self, self.filled, line.cell, self._meant(), self.keep)

    def action_confirm(self) -> None:
        """Fill the cells in doubt as they are proposed."""
        doubtful = [replace(cell, sure=True) for cell in self._meant() if not cell.sure]
        if not doubtful:
            self.status(_(N_("It is not in doubt")), "$text-warning")
        elif self.writable():
            self.keep(doubtful)

    def action_drop(self) -> None:
        """Leave cells as they are in the workbook."""
        places = [cell.place for cell in self._meant()]
        if places and self.writable():
            self.keep([], places)

    def action_add_cell(self) -> None:
        """Fill a cell that was not proposed."""
        if self.writable():
            office_form_meaning.add(self, self.filled, self.keep)

    def keep(self, cells: Sequence[FormCell], dropped: Sequence[tuple[str, str]] = ()) -> None:
        """Keep what cells are filled with, as one operation; the form is filled anew."""
        count = len(cells) + len(dropped)
        done = _(N_("{count} cells are put right; Ctrl+Z takes it back")).format(count=count)
        self.table.marked.clear()
        self.run_worker(self.save(lambda: report_template.change(self.session, self.uid, cells, dropped), done))

    # Of which month, from what

    def action_month(self, step: int) -> None:
        """Fill it for the month before or after, from the register as it stands."""
        year, month = month_away(int(self.filled.month[:4]), int(self.filled.month[5:7]), step)
        if (year, month) > (self.session.today.year, self.session.today.month):
            self.status(_(N_("That month has not begun")), "$text-warning")
            return
        self._fill(f"{year}-{month:02}", "")

    def action_source(self) -> None:
        """Take the figures as they stand now, or from a freeze."""
        freezes = [record for record in freeze.listed(self.session) if record.month == self.filled.month]
        choices = [Choice("now", _(N_("as they stand now")))]
        choices += [Choice(item.uid, f"{item.name} · {item.made_on.isoformat()} · {item.head}") for item in freezes]
        current = self.filled.freeze.uid if self.filled.freeze else "now"

        def chosen(uid: str | None) -> None:
            if uid:
                self._fill(self.filled.month, "" if uid == "now" else uid)

        self.app.push_screen(ChoiceDialog(N_("Where do the figures come from?"), choices, current), chosen)

    # What becomes of it

    def action_write(self) -> None:
        """Write the filled workbook."""
        office_form_filling.write(self, self.filled)

    def action_send(self) -> None:
        """Write workbook and slip and record them as sent."""
        if not self.filled.told:
            self.status(_(N_("No cell is filled: say first what the cells mean")), "$text-warning")
            return
        office_form_filling.send(self, self.filled)

    def action_ledger(self) -> None:
        """Show what was sent in this form."""
        from zjtui.ui.screens.office_forms import SentScreen

        self.zj.push_screen(SentScreen(self.uid))
