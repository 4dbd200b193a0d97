"""Freezes: the months' figures as they were told, one by one and against each other."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from zjtui.domain.freeze import Freeze
from zjtui.domain.indicators import rate
from zjtui.errors import ZjtuiError
from zjtui.i18n import N_, _
from zjtui.reports import bridge, frozen
from zjtui.ui.action import Action, bindings
from zjtui.ui.actions_looking import FREEZE, FREEZES
from zjtui.ui.base import BaseScreen
from zjtui.ui.screens.page import PageScreen
from zjtui.ui.screens.table_screen import RecordsScreen
from zjtui.ui.watching import watched
from zjtui.ui.widgets.window_table import Cell, Column
from zjtui.usecases import freeze

if TYPE_CHECKING:
    from zjtui.usecases.freeze import Comparison


class FreezesScreen(RecordsScreen[Freeze]):
    """The freezes, the newest first; two that are marked are compared."""

    ACTIONS: ClassVar[tuple[Action, ...]] = FREEZES
    BINDINGS: ClassVar[list[BindingType]] = bindings(FREEZES)
    ENTITY = "freeze"

    def title_parts(self) -> list[str]:
        return [_(N_("Freezes"))]

    def reload(self) -> None:
        """Read the freezes anew."""
        self.show_title()
        self.found = freeze.listed(self.session)
        self.table.marked &= set(self.numbers)
        columns = [
            Column("name", _(N_("Name")), 22),
            Column("month", _(N_("Month")), 8),
            Column("made_on", _(N_("Made on")), 10),
            Column("rate", _(N_("Completion")), 10, right=True),
            Column("devices", _(N_("Devices")), 25),
            Column("head", _(N_("Head of the change log")), 22),
        ]
        empty = _(N_("Nothing is frozen yet. Ctrl+N on the overview (5) keeps a month's figures"))
        self.table.show(columns, self.numbers, self._fetch, empty=empty)
        hint = _(N_("Mark two with Ins: Ctrl+T compares them, or one with now"))
        self.status(hint if self.found else "", "dim")

    def _fetch(self, wanted: Sequence[int]) -> list[list[Cell]]:
        return [self._cells(self.found[number - 1]) for number in wanted]

    @staticmethod
    def _cells(record: Freeze) -> list[Cell]:
        share: Cell = ("-", "muted")
        try:
            figures = freeze.read(record)
        except ZjtuiError:
            devices: Cell = (_(N_("not the figures that were frozen")), "bad")
        else:
            value = rate(figures["whole"]["done"], figures["whole"]["plan"])
            share = (bridge.percent(value), "strong") if value is not None else share
            devices = (frozen.seen_and_missing(figures), "muted")
        return [record.name, record.month, record.made_on.isoformat(), share, devices, record.head]

    def action_open(self) -> None:
        """Show the figures under the cursor as they were frozen."""
        if record := self.current():
            try:
                self.zj.push_screen(FreezeScreen(record))
            except ZjtuiError as error:
                self.complain(error)

    def action_mark(self) -> None:
        """Mark the freeze, or unmark it, and go on."""
        self.table.mark()
        count = len(self.table.marked)
        self.status(_(N_("{count} marked · Ctrl+T compares two")).format(count=count), "bold")

    def action_compare(self) -> None:
        """Compare the two that are marked, or the one that is with the one under the cursor."""
        current = self.table.current
        chosen = set(self.table.marked)
        if len(chosen) == 1 and current:
            chosen.add(current)
        if len(chosen) != 2:
            text = _(N_("Mark two freezes with Ins first")) if self.found else self.table.empty
            self.status(text, "$text-warning")
            return
        later, earlier = (self.found[number - 1] for number in sorted(chosen))
        compare(self, earlier, later)

    def action_compare_now(self) -> None:
        """Compare the freeze under the cursor with how things stand now."""
        if record := self.current():
            compare(self, record, None)

    def action_back(self) -> None:
        """Unmark first, then close."""
        if self.table.marked:
            self.table.marked.clear()
            self.reload()
        else:
            super().action_back()


class FreezeScreen(PageScreen):
    """One freeze, exactly as it was kept; it is verified whenever it is shown."""

    ACTIONS: ClassVar[tuple[Action, ...]] = FREEZE
    BINDINGS: ClassVar[list[BindingType]] = bindings(FREEZE)

    def __init__(self, record: Freeze) -> None:
        self.record = record
        super().__init__(N_("Freeze"), lambda: frozen.page(record, freeze.read(record)))

    def record_in_front(self) -> tuple[str, str] | None:
        """Return what the history is asked about."""
        return ("freeze", self.record.uid)

    def action_compare_now(self) -> None:
        """Compare it with how things stand now."""
        compare(self, self.record, None)


def compare(screen: BaseScreen, before: Freeze, after: Freeze | None) -> None:
    """Work out what leads from one to the other, or to now, and show it."""
    session = screen.session

    def show(found: "Comparison") -> None:
        screen.zj.push_screen(PageScreen(N_("Compared"), lambda: frozen.comparison(found)))

    watched(
        screen,
        N_("Reading the change log up to the freeze"),
        lambda watch: freeze.compare(session, before.uid, after.uid if after else None, watch),
        show,
    )
