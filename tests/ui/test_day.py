"""Closing the day by keys: what is open, drafts filed at once, a backup, tomorrow's list."""

import shutil
from pathlib import Path

import pytest

from tests.ui.driver import Driver, running
from zjtui.store.read import drafts
from zjtui.usecases import day, draft, register


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
        assert ("计划走访" if lang == "zh" else "Planned visits") in driver.text  # tomorrow's list
        await driver.press("ctrl+x")
        assert len(list((small / "reports").glob("*.docx"))) == 1
        await driver.press("escape")
        text = await shown(driver)
        assert ("全部收清" if lang == "zh" else "Good night") not in text  # a visit on site has no photo yet
        assert drafts.everything(reader) == []
        assert reader.execute("SELECT count(*) FROM follow_up WHERE findings = '现场看过'").fetchone()[0] == 1
        assert "☑ " + ("草稿" if lang == "zh" else "Drafts") in text
        assert list((small / "backups").glob("*.db")) and list((small / "reports").glob("*.txt"))
        assert ("已提交 1" if lang == "zh" else "1 draft filed") in driver.messages
        await driver.press("ctrl+z")
        assert reader.execute("SELECT count(*) FROM follow_up WHERE findings = '现场看过'").fetchone()[0] == 0
        text = await shown(driver)
        assert "☐ " + ("草稿" if lang == "zh" else "Drafts") + "  1" in text  # the draft is back
        await driver.press("7")
        assert ("提交草稿" if lang == "zh" else "File drafts") in driver.text and "draft.file" not in driver.text


async def test_a_wrong_draft_stays_says_why_and_is_opened_or_discarded(small: Path) -> None:
    async with running(small, "zh") as driver:
        reader = driver.app.session.reader()
        await driver.press("f3")
        await driver.type("看过")
        await driver.press("tab", "tab")
        await driver.type("2023-13-45")
        await driver.press("escape", "enter", "8", "ctrl+u")
        text = await shown(driver)
        assert "2023-13-45" in text or "不" in text
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


async def go_to(driver: Driver, code: str) -> None:
    """Put the cursor on a check's own line."""
    screen = driver.app.screen
    place = [check.code for check in screen.checks].index(code)  # type: ignore[attr-defined]
    screen.table.go_to(-place)  # type: ignore[attr-defined]
    await driver.settle()


@pytest.mark.usefixtures("other_disk")
async def test_each_check_has_one_key_to_act_on_it(small: Path, tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"jpg")
    async with running(small, "zh") as driver:
        session = driver.app.session
        [uid] = session.reader().execute("SELECT uid FROM project ORDER BY id LIMIT 1").fetchone()
        await driver.press("ctrl+u")
        follow_up = {"findings": "漏水", "form": "onsite", "result": "issue_raised", "people": ["张三"]}
        register.add(session, "follow_up", uid, follow_up)
        register.add(session, "promise", uid, {"text": "今天回电", "side": "ours", "due_on": "2023-09-20"})
        driver.app.screen.reload()  # type: ignore[attr-defined]
        await shown(driver)

        async def left(code: str) -> int:
            await shown(driver)
            return int(next(check.count for check in driver.app.screen.checks if check.code == code))  # type: ignore[attr-defined]

        await go_to(driver, "unlinked")
        await driver.press("f5")
        await driver.type("屋面漏水")
        await driver.press("tab")
        await driver.type("land")
        await driver.press("enter", "ctrl+s")
        assert await left("unlinked") == 0, driver.text + driver.messages
        await go_to(driver, "next")
        await driver.press("f5", "ctrl+s")  # the day is today's
        assert await left("next") == 0, driver.text + driver.messages
        before = await left("photos")
        await go_to(driver, "photos")
        await driver.press("f5")
        await driver.paste(str(tmp_path / "photo.jpg"))
        await driver.press("enter")
        assert await left("photos") == before - 1
        await go_to(driver, "questions")
        await driver.press("f5")
        await driver.type("kept")
        await driver.press("enter", "ctrl+s")
        assert await left("questions") == 0, driver.text + driver.messages
        await go_to(driver, "backup")
        await driver.press("f5", "ctrl+u")
        await driver.paste(str(tmp_path / "stick"))
        await driver.press("enter")
        assert await left("backup") == 0
        assert {path.suffix for path in (tmp_path / "stick").iterdir()} == {".db", ".json", ""}  # "": its files


@pytest.mark.usefixtures("other_disk")
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_when_nothing_is_open_it_says_good_night(workspace: Path, tmp_path: Path, lang: str) -> None:
    async with running(workspace, lang) as driver:
        day.backup(driver.app.session, tmp_path / "stick")
        await driver.press("8", "ctrl+u")
        await shown(driver)
        await driver.press("ctrl+s", "escape")
        assert ("全部收清" if lang == "zh" else "Good night") in await shown(driver)


async def test_without_the_stick_it_asks_for_a_folder(small: Path, tmp_path: Path) -> None:
    async with running(small) as driver:
        day.backup(driver.app.session, tmp_path / "stick")
        shutil.rmtree(tmp_path / "stick")
        await driver.press("ctrl+u")
        assert "not there now" in await shown(driver)
        await driver.press("ctrl+s")
        assert "The folder of the last backup is not there" in driver.text
        await driver.press("escape")
        assert not (small / "backups").exists()
        await driver.press("ctrl+s", "enter", "escape")
        assert len(list((small / "backups").glob("*.db"))) == 1


async def test_a_backup_that_fails_is_told_with_what_was_filed(small: Path) -> None:
    (small / "backups").write_text("a file")
    async with running(small) as driver:
        await driver.press("f3")
        await driver.type("现场看过")
        await driver.press("escape", "enter", "ctrl+u")
        await shown(driver)
        await driver.press("ctrl+s")
        assert "1 draft filed" in driver.messages and "cannot be written" in driver.messages


async def test_a_draft_whose_form_cannot_be_opened_again_says_so(small: Path) -> None:
    async with running(small) as driver:
        draft.keep(driver.app.session, "bulk.set:project", "f", "批量", {"level": "x"}).result()
        await driver.press("ctrl+u")
        await shown(driver)
        await driver.press("home", "down", "enter")
        assert "cannot be opened again" in driver.messages
