"""The refused rows of a list, written with their reasons to a workbook: to be mended there and taken in again."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from zjtui.i18n import N_, _
from zjtui.sheets import reading
from zjtui.sheets.mapping import Plan
from zjtui.ui import file_asking
from zjtui.usecases.importing import Result

if TYPE_CHECKING:
    from zjtui.ui.screens.importing import ImportScreen


def write(screen: "ImportScreen", plan: Plan, result: Result) -> None:
    """Ask for the file, and write them."""
    name = screen.path.with_name(_(N_("{name}-refused.xlsx")).format(name=screen.path.stem))

    def answered(path: str) -> None:
        screen.run_worker(_write(screen, plan, result, Path(path)))

    title = N_("Write the refused rows to which file? .xlsx")
    file_asking.ask(screen.zj, title, answered, purpose="write", text=str(name), endings=(".xlsx",))


async def _write(screen: "ImportScreen", plan: Plan, result: Result, path: Path) -> None:
    try:
        where = await asyncio.to_thread(reading.write_refused, plan, result, path)
    except Exception as error:  # whatever it is, it must not end the app
        screen.complain(error)
    else:
        file_asking.written(screen.zj, where, _(N_("Written: {path}")).format(path=where))
