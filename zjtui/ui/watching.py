"""A long read in front of a screen: how far it is, Esc to stop it, and what becomes of its result."""

from collections.abc import Callable
from typing import Any, TypeVar

from zjtui.errors import Cancelled
from zjtui.ui.base import BaseScreen
from zjtui.usecases.moment import Watch

T = TypeVar("T")


def watched(screen: BaseScreen, title: str, work: Callable[[Watch], T], then: Callable[[T], None]) -> None:
    """Run `work` off the screen's thread; hand its result to `then`, or say why there is none."""

    async def run() -> None:
        from zjtui.ui.dialogs.working import Working

        def job(progress: Any, cancelled: Any) -> T:
            return work(Watch(progress, cancelled))

        result = await screen.app.push_screen_wait(Working(title, job))
        if isinstance(result, Cancelled):
            screen.status(str(result), "$text-warning")
        elif isinstance(result, Exception):
            screen.complain(result)
        else:
            then(result)

    screen.run_worker(run())
