"""Reports by keys: chosen from the list, shown, of another month or region, saved as files."""

from pathlib import Path

import pytest

from tests.ui.driver import running


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_a_report_is_chosen_shown_and_saved(workspace: Path, lang: str) -> None:
    async with running(workspace, lang) as driver:
        await driver.press("ctrl+f5")
        await driver.press("down", "down", "enter")
        assert {"zh": "2023年9月20日", "en": "2023-09-20"}[lang] in driver.text
        await driver.press("ctrl+x", "enter", *["ctrl+x", "down", "enter"], *["ctrl+x", "down", "down", "enter"] * 2)
    names = sorted(path.name for path in (workspace / "reports").iterdir())
    name = {"zh": "问题清单", "en": "Problem ledger"}[lang]  # a file is called what its reader calls it
    assert names == [f"{name}_2023-09-20{end}" for end in ("-2.md", ".docx", ".md", ".xlsx")]


async def test_a_report_of_a_project_asks_for_it_and_a_bulletin_for_its_month(workspace: Path) -> None:
    async with running(workspace, "en") as driver:
        await driver.press("ctrl+f5", "down", "enter")
        assert "Bulletin of 2023-08" in driver.text
        await driver.press("f6", "enter")
        await driver.type("2023-07")
        await driver.press("enter")
        assert "Bulletin of 2023-07" in driver.text
        await driver.press("ctrl+x", "enter")
        await driver.press("escape", "down", "down", "enter")
        await driver.type("云礁石化")
        await driver.press("enter")
        assert "Supervision letter" in driver.text
        await driver.press("ctrl+x", "enter")
        found = sorted(path.name for path in (driver.app.session.workspace.folder / "reports").iterdir())
        assert found[0] == "Bulletin of 2023-07_2023-09-20.docx"  # not only the day on which it was made
        assert found[1].startswith("Supervision letter-") and "云礁石化" in found[1]
