"""Undo: first what is being typed, then, each in its turn, what was thrown away and what was done to the register."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from zjtui.i18n import N_, _
from zjtui.store.read import history
from zjtui.ui.base import BaseScreen

if TYPE_CHECKING:
    from zjtui.ui.app import ZjtuiApp
    from zjtui.usecases.session import Session


class Discarded:
    """Remembers, until the app ends, how to bring back each thing that was thrown away."""

    def __init__(self) -> None:
        self._thrown: list[tuple[str | None, Callable[[], None]]] = []

    def note(self, session: "Session", bring_back: Callable[[], None]) -> None:
        """Remember what was thrown away just now, after the operation that stands last."""
        self._thrown.append((history.last_standing(session.reader()), bring_back))

    def last(self, session: "Session") -> Callable[[], None] | None:
        """Take out what brings back the last thing thrown away; None where an operation came after it."""
        if self._thrown and self._thrown[-1][0] == history.last_standing(session.reader()):
            return self._thrown.pop()[1]
        return None


async def undo(app: "ZjtuiApp") -> None:
    """Take back what is being typed; else what was thrown away, or done to the register, last."""
    from zjtui.usecases import undo as taking_back

    screen = app.screen
    if not isinstance(screen, BaseScreen) or screen.undo_typed():
        return
    if bring_back := app.discarded.last(app.session):
        bring_back()
    elif screen.writable():
        await screen.save(lambda: taking_back.undo(app.session), f"{_(N_('Taken back'))}: {_label(app)}")


async def redo(app: "ZjtuiApp") -> None:
    """Do again what was taken back last."""
    from zjtui.usecases import undo as taking_back

    screen = app.screen
    if isinstance(screen, BaseScreen) and not screen.redo_typed() and screen.writable():
        await screen.save(lambda: taking_back.redo(app.session), _(N_("Done again")))


def _label(app: "ZjtuiApp") -> str:
    from zjtui.domain.actions import OPERATIONS

    operation = history.last_standing(app.session.reader())
    entries = history.of_operation(app.session.reader(), operation, 1) if operation else []
    return OPERATIONS.label(entries[0]["action"]) if entries else ""
