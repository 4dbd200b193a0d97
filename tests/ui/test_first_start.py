"""The first start: language, who and where, then a list or a first project, in at most six keys beside the texts."""

from pathlib import Path

import pytest

from tests.ui.driver import TODAY, running
from zjtui.config import load_settings
from zjtui.ui import file_asking
from zjtui.usecases import setup

LIST = "项目名称,属地,总投资（亿元）\n长兴新材料基地,长兴县,12.5\n德清智能装备园,德清县,23\n"


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    setup.new(tmp_path / "w", today=TODAY).close()
    monkeypatch.setattr(file_asking, "sticks", list)
    return tmp_path / "w"


async def test_from_the_first_start_to_a_register_from_a_list_takes_six_keys(empty: Path, tmp_path: Path) -> None:
    (tmp_path / "l.csv").write_text(LIST, "utf-8")
    keys = 0
    async with running(empty) as driver:

        async def press(key: str) -> None:
            nonlocal keys
            keys += 1
            await driver.press(key)

        assert "语言 / Language" in driver.text
        await driver.type("中文")
        await press("enter")
        assert "你是谁" in driver.text
        await driver.type("沈丽")
        await press("enter")
        assert "在哪里工作" in driver.text
        await driver.type("长兴")
        await press("enter")
        assert "项目库还是空的" in driver.text
        await driver.paste(str(tmp_path / "l.csv"))
        await press("enter")
        await press("ctrl+s")
        await press("ctrl+s")
        reader = driver.app.session.reader()
        assert reader.execute("SELECT count(*) FROM project").fetchone()[0] == 2
        assert keys <= 6 and "沈丽" in driver.head
    settings = load_settings(empty)
    assert (settings.lang, settings.region) == ("zh", "330522") and settings.person
    async with running(empty) as driver:
        assert "Language" not in driver.text


async def test_every_step_of_the_first_start_can_be_left_out(empty: Path) -> None:
    async with running(empty) as driver:
        await driver.press("escape", "escape", "escape", "escape", "3")
        assert "Ctrl+E takes in a list" in driver.text
