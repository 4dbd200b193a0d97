"""A page written as a Word file from a screen: off its thread, and where it went."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from zjtui.errors import ZjtuiError
from zjtui.i18n import N_, _
from zjtui.reports.page import Page
from zjtui.ui import file_asking

if TYPE_CHECKING:
    from zjtui.ui.app import ZjtuiApp
    from zjtui.ui.base import BaseScreen


async def write(
    app: "ZjtuiApp", screen: "BaseScreen", page: Callable[[], Page], target: Callable[[Page], Path]
) -> None:
    """Write the page that `page` makes, and say where it is; both are worked out off the screen's thread."""
    from zjtui.sheets import word

    def work() -> Path:
        made = page()
        return word.write(made, target(made), over=True)

    try:
        path = await asyncio.to_thread(work)
    except (ZjtuiError, OSError) as error:
        screen.complain(error)
    else:
        file_asking.written(app, path, _(N_("Written: {path}")).format(path=path))
