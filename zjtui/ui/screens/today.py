"""Today (8): what is due for the person who works here, the weightiest first."""

from datetime import date
from typing import Any, ClassVar

from textual.binding import BindingType

from zjtui.domain.finding import DUTIES, kind_of
from zjtui.i18n import N_, _
from zjtui.store.read import findings
from zjtui.store.read.findings import Board, Scope
from zjtui.ui.action import Action, bindings
from zjtui.ui.actions_looking import TODAY
from zjtui.ui.screens.findings import FindingsScreen


class TodayScreen(FindingsScreen):
    """One person's list of today; of somebody who looks after nothing yet, everybody's."""

    NAME = "today"
    ACTIONS: ClassVar[tuple[Action, ...]] = TODAY
    BINDINGS: ClassVar[list[BindingType]] = bindings(TODAY)

    def __init__(self) -> None:
        super().__init__()
        self.clear_until: date | None = None
        self._read = False

    def title_parts(self) -> list[str]:
        whose = "" if self.scope.person or not self._read else _(N_("all projects"))
        return [_(N_("Today")), whose]

    def read(self, connection: Any) -> tuple[Scope, Board, date | None]:
        scope = findings.scope_of(connection, self.session.person)
        asked = self.asked(scope)
        board = self.look(connection, asked, DUTIES)
        ahead = None if board.keys else findings.all_clear_until(connection, asked)
        return scope, board, ahead

    def take(self, result: Any) -> None:
        self.scope, self.board, self.clear_until = result
        self._read = True
        self.show_title()

    def empty_text(self) -> str:
        if not self._read:
            return _(N_("Looking…"))
        if not self.session.reader().execute("SELECT 1 FROM project LIMIT 1").fetchone():
            return _(N_("No projects yet. 1 opens them: there Ctrl+E takes in a list, Ctrl+N adds one"))
        if self.clear_until is None:
            return _(N_("All clear: nothing comes due in the next three months"))
        return _(N_("All clear until {day}")).format(day=self.clear_until.isoformat())

    def action_close_day(self) -> None:
        """Go on to the end of the day."""
        self.zj.action_go("day")

    def told(self) -> str:
        board = self.board
        parts = [_(N_("{count} due · {aside} set aside")).format(count=f"{board.total:,}", aside=board.set_aside)]
        counted = sorted(board.counts.items(), key=lambda item: -item[1])
        parts += [f"{_(kind_of(kind).label)} {count}" for kind, count in counted if count]
        return " · ".join(parts)
