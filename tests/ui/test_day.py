"""Closing the day by keys: what is open, drafts filed at once, a backup, tomorrow's list."""

from pathlib import Path

import pytest

from tests.ui.driver import Driver, running
from zjtui.store.read import drafts


async def shown(driver: Driver) -> str:
    await driver.app.screen.reader.wait()  # type: ignore[attr-defined]
    await driver.settle()
    return driver.text


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_the_day_is_closed_by_keys(small: Path, lang: str) -> None:
    async with running(small, lang) as driver:
        reader = driver.app.session.reader()
        await driver.press("f3")
        await driver.type("现场看过")
        await driver.press("escape", "enter", "ctrl+u")  # kept as a draft
        text = await shown(driver)
        assert "☐ " + ("草稿" if lang == "zh" else "Drafts") in text
        await driver.press("ctrl+s")
        text = await shown(driver)
        assert ("全部收清" if lang == "zh" else "Good night") not in text  # a visit on site has no photo yet
        assert drafts.everything(reader) == []
        assert reader.execute("SELECT count(*) FROM follow_up WHERE findings = '现场看过'").fetchone()[0] == 1
        assert "☑ " + ("草稿" if lang == "zh" else "Drafts") in text
        assert list((small / "backups").glob("*.db")) and list((small / "reports").glob("*.txt"))
        assert ("已提交 1" if lang == "zh" else "1 drafts filed") in driver.messages
        await driver.press("ctrl+z")
        assert reader.execute("SELECT count(*) FROM follow_up WHERE findings = '现场看过'").fetchone()[0] == 0


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_a_wrong_draft_stays_says_why_and_is_opened_or_discarded(small: Path, lang: str) -> None:
    async with running(small, lang) as driver:
        reader = driver.app.session.reader()
        await driver.press("f3")
        await driver.type("看过")
        await driver.press("tab", "tab", "ctrl+u")
        await driver.type("2023-13-45")
        await driver.press("escape", "enter", "8", "ctrl+e")
        text = await shown(driver)
        assert "2023-13-45" in text or ("不" if lang == "zh" else "not") in text
        await driver.press("f5")
        await shown(driver)
        assert len(drafts.everything(reader)) == 1
        await driver.press("home", "down", "enter")
        assert "2023-13-45" in driver.text  # the form, as it was typed
        await driver.press("escape", "enter")
        if "2023-13-45" in driver.text:
            await driver.press("1")
        await driver.press("ctrl+u")
        await shown(driver)
        await driver.press("home", "down", "delete", "2")
        await shown(driver)
        assert drafts.everything(reader) == []
