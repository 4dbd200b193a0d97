"""Files: one dialog wherever one is read or written; Tab completes, a wrong path stays, what was used last comes first."""

from pathlib import Path

import pytest

from tests.ui.driver import Driver, running
from zjtui.ui import file_asking
from zjtui.ui.dialogs.file import FileDialog
from zjtui.ui.screens.importing import ImportScreen
from zjtui.ui.widgets.inputs import SafeInput

LIST = "项目名称,属地,总投资（亿元）\n长兴新材料基地,长兴县,12.5\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder with a desktop, a list on it, and no stick."""
    home = tmp_path / "home"
    (home / "Desktop" / "七月 清单").mkdir(parents=True)
    (home / "Desktop" / "七月 清单" / "项目清单.csv").write_text(LIST, "utf-8")
    (home / "Desktop" / "七月 清单" / "说明.txt").write_text("不是清单", "utf-8")
    monkeypatch.setattr(Path, "home", lambda: home)
    monkeypatch.setattr("platformdirs.user_desktop_dir", lambda: str(home / "Desktop"))
    monkeypatch.setattr(file_asking, "sticks", list)
    return home


def line(driver: Driver) -> str:
    assert isinstance(driver.app.screen, FileDialog)
    return driver.app.screen.query_one(SafeInput).value


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_a_list_is_found_from_the_desktop_with_arrows_initials_and_tab(
    small: Path, home: Path, lang: str
) -> None:
    async with running(small, lang) as driver:
        await driver.press("ctrl+e")
        assert ("桌面" if lang == "zh" else "Desktop") in driver.text
        await driver.press("down", "enter")
        assert line(driver).endswith("Desktop/")
        await driver.type("qyqd")
        await driver.press("tab")
        assert line(driver).endswith("Desktop/七月 清单/")
        await driver.press("tab")  # the only list there: the text file is none
        assert line(driver).endswith("项目清单.csv")
        await driver.press("enter")
        assert isinstance(driver.app.screen, ImportScreen)
        await driver.press("escape", "ctrl+e")
        assert "项目清单.csv" in driver.text
        await driver.press("down", "enter")
        assert isinstance(driver.app.screen, ImportScreen)


async def test_a_wrong_path_stays_to_be_mended(small: Path, home: Path) -> None:
    async with running(small) as driver:
        await driver.press("ctrl+e")
        await driver.type("~/Desktop/nothing.xlsx")
        await driver.press("enter")
        assert "There is no such file" in driver.text and line(driver) == "~/Desktop/nothing.xlsx"


async def test_a_list_is_written_into_the_reports_and_a_second_of_the_day_beside_it(
    workspace: Path, home: Path
) -> None:
    async with running(workspace) as driver:
        await driver.press("ctrl+x", "enter")
        [written] = (workspace / "reports").glob("Project-*.xlsx")
        assert str(written.name) in driver.messages
        await driver.press("ctrl+x", "enter")
        assert (
            f"{written.stem}-2.xlsx" in driver.messages and (workspace / "reports" / f"{written.stem}-2.xlsx").is_file()
        )


async def test_where_there_is_a_desktop_one_key_opens_what_was_written(
    workspace: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(file_asking, "has_desktop", lambda: True)
    monkeypatch.setattr(file_asking, "open_with_system", lambda path: opened.append(path) or True)
    async with running(workspace) as driver:
        await driver.press("ctrl+x", "enter", "3")
        assert opened == [workspace / "reports"]
