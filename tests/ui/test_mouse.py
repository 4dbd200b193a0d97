"""What the mouse and the clipboard take: the line of keys, headings, rows, choices; cells, rows, marked rows, fields."""

import base64
from pathlib import Path
from typing import Any

import pytest

from tests.ui.driver import Driver, running
from zjtui.ui.text import cell_len
from zjtui.usecases import register


async def click(driver: Driver, selector: str, text: str, *, times: int = 1) -> None:
    """Click on `text` where the widget shows it."""
    region = driver.app.screen.query_one(selector).region
    for y, line in enumerate(driver.text.splitlines()[region.y : region.bottom]):
        if text in line:
            x = cell_len(line[: line.index(text)]) - region.x
            await driver.pilot.click(selector, offset=(x, y), times=times)
            await driver.settle()
            return
    raise AssertionError(f"{text} is not there:\n{driver.text}")


@pytest.mark.parametrize(("lang", "help_", "follow"), [("en", "Help", "Follow up"), ("zh", "帮助", "跟进")])
async def test_a_click_on_the_line_of_keys_does_what_the_key_does(
    workspace: Path, lang: str, help_: str, follow: str
) -> None:
    async with running(workspace, lang) as driver:
        await click(driver, "#keys", help_)
        assert help_ in driver.head
        await driver.press("escape")
        await click(driver, "#keys", f"F3 {follow}")
        assert follow in driver.head
        await driver.press("escape", "2")
        await click(driver, "#keys", "^T")
        assert driver.app.screen.query("#options")


async def test_a_click_on_a_heading_sorts_by_it_and_another_turns_it_round(workspace: Path) -> None:
    async with running(workspace, size=(120, 40)) as driver:
        await click(driver, "#table", "Stage")
        assert "▲Stage" in driver.text
        await click(driver, "#table", "▲Stage")
        assert "▼Stage" in driver.text


async def test_rows_choices_and_answers_take_the_mouse(workspace: Path) -> None:
    async with running(workspace) as driver:
        await driver.press("f6")
        await click(driver, "#options", "Stage")
        await click(driver, "#options", "Completed")
        assert "[Completed]" in driver.text
        await driver.press("escape")
        name = driver.text.splitlines()[6].split()[0]
        await click(driver, "#table", name, times=2)
        assert name[:6] in driver.head
        await driver.press("escape", "f3")
        await driver.type("看过")
        await driver.press("escape")
        await click(driver, "OptionList", "Discard")
        assert "Projects" in driver.head and not driver.app.screen.query("Form")
        await driver.press("ctrl+k")
        await click(driver, "#options", "[x] Name")
        assert "[ ] Name" in driver.text  # of several it marks


def sent(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect what the terminal is told to put into its clipboard."""
    found: list[str] = []
    screen: Any = driver.app._driver
    write = screen.write

    def told(data: str) -> None:
        if data.startswith("\x1b]52;c;"):
            found.append(base64.b64decode(data[7:-1]).decode())
        write(data)

    monkeypatch.setattr(screen, "write", told)
    return found


async def test_rows_and_cells_are_copied_as_a_spreadsheet_takes_them(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(small) as driver:
        register.edit(driver.app.session, "project", _first(driver), {"name": "=1+1\t石化"})
        driver.app.screen.reload()  # type: ignore[attr-defined]
        await driver.settle()
        clipboard = sent(driver, monkeypatch)
        await driver.press("ctrl+c")
        cells = clipboard[-1].split("\t")
        assert "Copied: the row" in driver.foot
        assert len(cells) == len(driver.app.screen.table.columns) and "\n" not in clipboard[-1]  # type: ignore[attr-defined]
        assert cells[0] == "'=1+1 石化", clipboard
        await driver.press("ctrl+c")
        assert clipboard[-1] == "'=1+1 石化" and "Copied: “" in driver.foot and driver.app.clipboard == clipboard[-1]
        await driver.press("ctrl+c")
        assert clipboard[-1] == cells[1]
        await driver.press("space", "space", "ctrl+c")
        assert len(clipboard[-1].splitlines()) == 2 and "Copied: 2 rows" in driver.foot
        assert driver.app.is_running


def _first(driver: Driver) -> str:
    return str(driver.app.screen.current_uid())  # type: ignore[attr-defined]


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_fields_cells_and_pages_are_copied_too_and_it_is_said(
    small: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    copied = "已复制" if lang == "zh" else "Copied"
    async with running(small, lang) as driver:
        clipboard = sent(driver, monkeypatch)
        await driver.press("f3")
        await driver.type("用地已报批")
        await driver.press("ctrl+c")
        assert clipboard[-1] == "用地已报批" and f"{copied}：“" in driver.foot.replace(": ", "：")
        await driver.press("escape", "3", "enter", "4")
        await driver.type("120")
        await driver.press("ctrl+c")
        assert clipboard[-1] == "120"
        await driver.press("ctrl+f5", "down", "down", "enter", "ctrl+c")
        assert len(clipboard[-1].splitlines()) > 3 and copied in driver.foot
        await driver.press("f9")
        count = len(clipboard)
        await driver.press("ctrl+c", "ctrl+c", "escape")
        assert driver.app.is_running and len(clipboard) == count
