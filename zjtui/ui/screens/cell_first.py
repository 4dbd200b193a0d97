"""What is done to a row of the months is done once the cell that is being typed is saved."""

from collections.abc import Callable
from functools import wraps
from inspect import isawaitable
from typing import TYPE_CHECKING, Any

from zjtui.ui import month_asking

if TYPE_CHECKING:
    from zjtui.ui.screens.month_cell import TypedGrid


def cell_first(action: Callable[..., Any]) -> Callable[..., Any]:
    """Return `action` as it is done once the cell is saved; what cannot be saved is told, and nothing else is done."""

    @wraps(action)
    async def done(screen: "TypedGrid", *values: Any) -> None:
        told = await screen.save_typed()
        if told:
            screen.enter_cell()
            screen.status(month_asking.not_done(told.fault), "$text-warning" if told.asked else "$text-error")
        elif told is False:
            result = action(screen, *values)
            if isawaitable(result):
                await result

    return done
