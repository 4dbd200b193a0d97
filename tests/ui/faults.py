"""The disk fails under every action: `python -m tests.ui.faults WORKSPACE [SCREEN ...]` prints what came of it as JSON.

From the n-th operation on, of the database's connections as of the files beside it, everything fails while a key is
worked on; then the disk is well again, the app has to be there, and what was typed into a form too.
"""

import asyncio
import json
import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.failing_disk import KINDS, Disk, failing_disk
from tests.ui.driver import Driver, running
from zjtui.ui.actions import SCREENS
from zjtui.ui.screens.form import FormScreen

TEXT = "写一半"
MAIN = (
    "projects", "issues", "services", "months", "overview", "league", "directory", "today", "gaps", "log", "day", "reports",
)  # fmt: skip
OPENED = {"project": ("projects", "enter"), "record": ("issues", "enter"), "brief": ("projects", "ctrl+r"),
          "search": ("projects", "f7"), "freezes": ("overview", "deed:freezes"), "form": ("projects", "f3")}  # fmt: skip
PLACES = (*MAIN, *OPENED)


async def to(driver: Driver, place: str) -> None:
    """Show a screen, whatever is in front."""
    app = driver.app
    open_already = place == "form" and any(_holds_text(screen) for screen in app.screen_stack)
    while len(app.screen_stack) > 1:
        if open_already and _holds_text(app.screen):
            return
        app.screen.dismiss(None)
        await driver.pilot.pause()
    main, *keys = OPENED.get(place, (place,))
    app.action_go(main)
    await driver.settle()
    await driver.press(*keys)
    if place == "form":
        await driver.type(TEXT)


async def tried(driver: Driver, disk: Disk, place: str, firsts: Sequence[int], kind: str) -> Counter[str]:
    """Press every key of a screen on a disk that fails; count what became of it."""
    found: Counter[str] = Counter()
    own = SCREENS[getattr(driver.app.screen, "ACTIONS", SCREENS["everywhere"])[0].screen]
    for action in (*own, *SCREENS["everywhere"]):
        if action.name == "leave" and place != "form":
            continue
        for first in firsts:
            await to(driver, place)
            with disk.failing(first, kind):
                await driver.press(action.pressed.split(",")[0] or f"deed:{action.name}")
            await driver.settle()
            found["tries"] += 1
            found["failing"] += disk.count >= first
            fault = driver.app._exception
            if fault is not None:
                found[f"{place} {action.name} {type(fault).__name__}: {fault}"[:150]] += 1
                driver.app._exception = None
            if driver.app._exit or not driver.app.is_running:
                found["ended"] += 1
                return found
            forms = [screen for screen in driver.app.screen_stack if isinstance(screen, FormScreen)]
            if place == "form" and not _is_kept(driver, forms):
                found["lost"] += 1
                found[f"lost by {action.name}"] += 1
    return found


def _holds_text(screen: Any) -> bool:
    return isinstance(screen, FormScreen) and TEXT in screen.form.typed().values()


def _is_kept(driver: Driver, forms: list[FormScreen]) -> bool:
    if any(_holds_text(form) for form in forms):
        return True
    reader = driver.app.session.reader()
    return reader.execute("SELECT 1 FROM draft WHERE typed LIKE ?", (f"%{TEXT}%",)).fetchone() is not None


async def run(folder: Path, places: Sequence[str], firsts: Sequence[int], kind: str = KINDS[0]) -> Counter[str]:
    """Try every action of some screens."""
    found: Counter[str] = Counter()
    with failing_disk() as disk:
        async with running(folder) as driver:
            for place in places:
                await to(driver, place)
                found += await tried(driver, disk, place, firsts, kind)
    return found


def main(folder: Path, places: Sequence[str]) -> None:
    """Try every action of every screen, from each of its first twelve operations on."""
    found: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["XDG_STATE_HOME"] = os.environ["XDG_CACHE_HOME"] = scratch
        for place in places or PLACES:
            for kind in KINDS:
                copy = Path(shutil.copytree(folder, Path(scratch) / f"{place}-{kind[0]}"))
                found += asyncio.run(run(copy, [place], range(1, 13), kind))
                print(place, kind, json.dumps(found, ensure_ascii=False), file=sys.stderr, flush=True)
    print(json.dumps(found, ensure_ascii=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
