"""The palette finds screens, reports, views and projects by pinyin; who is missing is added from the field."""

from datetime import date
from pathlib import Path

import pytest
from textual.command import CommandPalette

from tests.ui.driver import TODAY, Driver, running
from zjtui.store.read import drafts
from zjtui.usecases import setup


async def find(driver: Driver, query: str, expected: str) -> None:
    """Type into the palette, and take what it says is `expected`."""
    await driver.press("ctrl+p")
    await driver.type(query)
    for _attempt in range(200):  # the palette searches on its own time
        if expected in driver.text:
            break
        await driver.pilot.pause(0.02)
    assert expected in driver.text, driver.text
    palette = driver.app.screen
    assert isinstance(palette, CommandPalette)
    lines = [str(option.prompt) for option in palette.query_one("CommandList").options]  # type: ignore[attr-defined]
    await driver.press(*["down"] * next(n for n, line in enumerate(lines) if expected in line), "enter")


@pytest.mark.parametrize(
    ("lang", "query", "expected", "head"),
    [
        ("zh", "bixueganchao", "比学赶超", "比学赶超"),
        ("zh", "bxgc", "比学赶超", "比学赶超"),
        ("zh", "wentiqingdan", "问题清单", "问题清单"),
        ("en", "Blocking", "Issues: Blocking", "Issues"),
        ("zh", "zhoushanlvse", "舟山绿色石化基地", "舟山绿色石化基地"),
        ("zh", "zslssh", "舟山绿色石化基地", "舟山绿色石化基地"),
        ("zh", "zhangsan", "张三", "人员 › 张三"),
        ("en", "hzjt", "杭州交投", "Organisation › 杭州交投"),
        ("en", "restore", "Restore a backup", ""),
        ("zh", "huifu", "恢复备份", ""),
    ],
)
async def test_the_palette_finds_screens_reports_views_and_projects(
    small: Path, lang: str, query: str, expected: str, head: str
) -> None:
    async with running(small, lang) as driver:
        await find(driver, query, expected)
        await driver.settle()
        assert head in driver.head if head else expected in driver.text


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_where_nobody_is_there_yet_one_adds_oneself_and_comes_back(tmp_path: Path, lang: str) -> None:
    session = setup.new(tmp_path / "w", today=TODAY)
    session.settings.lang = lang
    session.save_settings()
    session.close()
    async with running(tmp_path / "w", lang) as driver:
        await driver.press(*["escape"] * 5)
        await driver.press("1", "ctrl+n")
        form = driver.app.screen.form  # type: ignore[attr-defined]
        unit = next(row for row in form.rows() if row.item.field.ref == "org")
        form.enter(unit.item.name)
        await driver.settle()
        assert ("Ctrl+N" in driver.foot) and ("单位" if lang == "zh" else "unit") in driver.foot
        await driver.type("某集团")
        await driver.press("ctrl+n", "ctrl+s")
        assert unit.text == "某集团" and unit.item.name in form.typed()


@pytest.mark.parametrize(("typed", "meant"), [("昨天", "2023-09-19"), ("+3", "2023-09-23"), ("2023-9-1", "2023-9-1")])
async def test_a_draft_keeps_the_day_that_was_meant(small: Path, typed: str, meant: str) -> None:
    async with running(small) as driver:
        await driver.press("f3")
        await driver.type("看过")
        await driver.press(*["tab"] * (1 if typed == "+3" else 2))  # the next visit, or the day of this one
        await driver.press("home", "shift+end")
        await driver.type(typed)
        await driver.press("escape", "1")
        kept = drafts.everything(driver.app.session.reader())[0]["typed"]
        assert meant in kept.values(), kept
    async with running(small, today=date(2023, 9, 25)) as driver:
        await driver.press("enter")
        assert meant in driver.app.screen.form.typed().values()  # type: ignore[attr-defined]


async def test_a_path_that_was_typed_and_not_taken_is_there_the_next_time(small: Path) -> None:
    async with running(small, "en") as driver:
        await driver.press("ctrl+e")
        await driver.type("/tmp/nirgends/liste.xlsx")
        await driver.press("escape", "ctrl+e")
        assert "/tmp/nirgends/liste.xlsx" in driver.text and "typed last" in driver.text
        await driver.type("x")  # typing begins anew
        assert "nirgends" not in driver.text
        await driver.press("escape")
