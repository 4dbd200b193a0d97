"""Undo: first what is being typed, then, each in its turn, what was thrown away and what was done to the register."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from zjtui.store.read import history
from zjtui.ui.base import BaseScreen

if TYPE_CHECKING:
    from zjtui.ui.app import ZjtuiApp
    from zjtui.usecases.session import Outcome, Session


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
        await screen.save(lambda: taking_back.undo(app.session), told_of(app))


async def redo(app: "ZjtuiApp") -> None:
    """Do again what was taken back last."""
    from zjtui.usecases import undo as taking_back

    screen = app.screen
    if isinstance(screen, BaseScreen) and not screen.redo_typed() and screen.writable():
        await screen.save(lambda: taking_back.redo(app.session), told_of(app))


def told_of(app: "ZjtuiApp") -> Callable[["Outcome"], str]:
    """Return what says which record an undo or a redo was about."""
    from zjtui.reports import operation

    return lambda outcome: operation.told(app.session.reader(), outcome.operation)
