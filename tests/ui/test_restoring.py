"""Going back to a backup by keys: chosen from the settings, asked about, done once the workspace is closed."""

from pathlib import Path

import pytest

from tests.conftest import TODAY
from tests.ui.driver import running
from zjtui.ui import restoring
from zjtui.usecases import day, project
from zjtui.usecases.session import open_session


def _names(folder: Path) -> set[str]:
    session = open_session(folder, today=TODAY)
    try:
        return {row[0] for row in session.reader().execute("SELECT name FROM project")}
    finally:
        session.close()


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_a_backup_is_gone_back_to_from_the_settings(
    small: Path, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(small, lang) as driver:
        session = driver.app.session
        kept = day.backup(session, day.backup_folder(session))
        project.add(session, {"name": "备份之后", "region_code": "330100", "total_invest": 10**9})
        await driver.press("f9")
        await driver.type("恢复备份" if lang == "zh" else "Restore")
        await driver.press("enter")
        assert kept.path.name in driver.text
        await driver.press("enter")
        assert ("恢复到这份备份" if lang == "zh" else "Go back to this backup?") in driver.text
        ended: list[bool] = []
        monkeypatch.setattr(driver.app, "exit", lambda: ended.append(True))
        await driver.press("2")
        assert ended
        assert driver.app.to_restore == kept.path.resolve()
        monkeypatch.undo()
    assert restoring.finish(small, kept.path) == 0
    assert "备份之后" not in _names(small)
    [aside] = small.glob("kept-*")
    assert "备份之后" in _names(aside)


async def test_a_file_that_is_none_is_refused_before_anything_ends(small: Path, tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("nothing")
    async with running(small) as driver:
        restoring.ask(driver.app, str(tmp_path / "x.db"))
        await driver.settle()
        assert "not a zjtui workspace" in driver.messages and driver.app.to_restore is None
