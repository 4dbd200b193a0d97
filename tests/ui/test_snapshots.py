"""How every screen looks: in both languages, small and large."""

import asyncio
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input, TextArea

from tests.conftest import NOON
from tests.ui.driver import TODAY, Driver, running
from zjtui.i18n import set_language
from zjtui.store.read.devices import Device
from zjtui.ui.app import ZjtuiApp
from zjtui.usecases.session import open_session


def deed(name: str) -> list[str]:
    """Return the keys that take something from the menu of a screen."""
    return ["ctrl+t", f"text:{name}", "enter"]


LIST = ["ctrl+e", f"paste:{Path(__file__).parent / 'list.csv'}", "enter"]


def form(name: str) -> list[str]:
    """Return the keys that take in a form."""
    taken = ["ctrl+f5", *deed("forms"), "ctrl+n", f"paste:{Path(__file__).parent / name}", "enter"]
    return [*taken, "text:省发展改革委", "ctrl+s"]


# name: what is done to the register before the screens are shown that need it
BEFORE = {
    "frozen": ["5", "ctrl+n", "text:八月例会", "enter", "ctrl+left", "ctrl+n", "text:七月例会", "enter"],
    "form": form("form.xlsx"),
    "months": form("months.xlsx"),
}
FREEZES, FORMS = ["after:frozen", "5", *deed("freezes")], ["after:form", "ctrl+f5", *deed("forms")]
# name: keys pressed one after the other, "after:" what was done before; "text:" is typed, "paste:" pasted
SCREENS = {
    "projects": [],
    "projects-filtered": ["ctrl+f", "text:zs", "enter", "down"],
    "projects-nothing": ["ctrl+f", "text:没有这样的项目", "enter"],
    "projects-filter-by": ["f6"],
    "projects-columns": ["ctrl+k"],
    "project": ["enter"],
    "project-months": ["enter", "tab", "tab"],
    "project-follow-ups": ["enter", "tab", "tab", "tab", "tab"],
    "project-issues": ["enter", *["tab"] * 5],
    "project-services": ["enter", *["tab"] * 6],
    "project-history": ["enter", "shift+tab"],
    "follow-up-form": ["f3", "text:现场查看，用地已报批", "ctrl+down", "text:外线未迁改", "tab", "text:land"],
    "issue-form": ["f4", "text:用地指标不足", "tab", "text:zz", "tab"],
    "project-form": ["f2", "text:改", "tab", "text:123"],
    "issues": ["2"],
    "issues-grouped": ["2", "ctrl+o", "text:group:state", "enter"],
    "issue": ["2", "enter"],
    "issue-move": ["2", "f5"],
    "question": ["f3", "text:还没写完", "escape"],
    "services": ["3"],
    "service": ["3", "enter"],
    "service-move": ["3", "f5"],
    "visits": ["ctrl+f4"],
    "weeks": ["ctrl+f2"],
    "strip": ["3", *deed("strip")],
    "months": ["4", "text:1200", "enter", "text:35"],
    "directory": ["9"],
    "elements": ["9", "tab", "tab", "tab"],
    "brief": ["ctrl+r"],
    "bulk": ["insert", "shift+down", "ctrl+b", "enter", "text:ceremony", "enter", "text:二批", "ctrl+s"],
    "views": ["ctrl+w"],
    "overview": ["5"],
    "overview-behind": ["5", *["down"] * 9, "enter"],
    "league": ["6"],
    "league-counties": ["6", "tab", "f6", "down", "enter", *deed("why")],
    "league-why": ["6", *deed("why")],
    "overview-known": ["5", *deed("known"), "text:9-20", "enter"],
    "league-known-nothing": ["6", *deed("known"), "text:9-1", "enter"],
    "freezes-none": ["5", *deed("freezes")],
    "freezes": [*FREEZES, "insert"],
    "freeze": [*FREEZES, "enter"],
    "freezes-compared": [*FREEZES, "insert", "insert", *deed("compare")],
    "today": ["8"],
    "day": ["f3", "text:现场看过", "escape", "enter", "ctrl+u"],
    "tomorrow": ["ctrl+u", *deed("tomorrow")],
    "gaps": ["0"],
    "search": ["f7", "text:用地", "enter"],
    "import-columns": LIST,
    "import-rows": [*LIST, "ctrl+k"],
    "forms-none": ["ctrl+f5", *deed("forms")],
    "form-filled": [*FORMS, "enter", "tab"],
    "form-of-months": ["after:months", "ctrl+f5", *deed("forms"), "enter", "tab"],
    "form-change": [*FORMS, "enter", "down", "down", "down", "enter"],
    "forms": FORMS,
    "forms-sent": [*FORMS, "enter", "ctrl+s", "2", "enter", *deed("ledger")],
    "forms-waiting": [*FORMS, "enter", "ctrl+s"],
    "log": ["7"],
    "history": ["f8"],
    "settings": ["f9"],
    "help": ["f1"],
}


def needed(name: str) -> str:
    """Return what has to be done to the register before a screen is shown, a key of `BEFORE`, or ""."""
    first = SCREENS[name][:1]
    return first[0].removeprefix("after:") if first and first[0].startswith("after:") else ""


def keys_to(name: str) -> list[str]:
    """Return the keys that lead to a screen."""
    return SCREENS[name][1:] if needed(name) else SCREENS[name]


@pytest.fixture(scope="module")
def registers(demo_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Path]:
    """The register after what is done `BEFORE`, made once in each language. Never open it: copy it."""

    @cache
    def after(what: str, lang: str) -> Path:
        folder = Path(shutil.copytree(demo_workspace, tmp_path_factory.mktemp(what) / "workspace"))
        asyncio.run(prepare(folder, what, lang))
        return folder

    return after


async def prepare(folder: Path, what: str, lang: str) -> None:
    """Do to a register what a screen needs."""
    async with running(folder, lang) as driver:
        await driver.follow(BEFORE[what])


@pytest.fixture
def app(
    registers: Callable[[str, str], Path], workspace: Path, name: str, lang: str, plain_time: None
) -> Iterator[ZjtuiApp]:
    if before := needed(name):
        shutil.rmtree(workspace)
        shutil.copytree(registers(before, lang), workspace)
    set_language(lang)
    session = open_session(workspace, today=TODAY)
    yield ZjtuiApp(session)
    session.close()


@pytest.fixture
def plain_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is noon, on a device that is always called the same."""
    monkeypatch.setattr("zjtui.store.changes.now_ms", lambda: NOON)
    # The device's name is drawn by lot when the register is made, and the log's hashes cover it.
    monkeypatch.setattr("zjtui.store.read.history.head", lambda _connection: "3f9a51c2d4e6b870")
    seen = [Device("7KQ2MB", 2119, "2023-09-20T12:00:00", "zjtui", ((12, 14),))]
    monkeypatch.setattr("zjtui.store.read.devices.seen", lambda _connection: seen)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", SCREENS)
def test_screen(app: ZjtuiApp, name: str, size: tuple[int, int], snap_compare: Any) -> None:
    shown: list[str] = []

    async def go(pilot: Any) -> None:
        driver = Driver(app, pilot)
        await driver.settle()
        await driver.follow(keys_to(name))
        for field in app.screen.query("Input, TextArea"):
            assert isinstance(field, Input | TextArea)
            field.cursor_blink = False
        if needed(name):  # what it says of what is done there goes after a while
            app.clear_notifications()
        await driver.settle()
        shown.append(driver.text)

    assert snap_compare(app, terminal_size=size, run_before=go), "\n".join(shown)
