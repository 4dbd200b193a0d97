"""No fault of the disk ends the app: every key of a screen is pressed while everything fails, and it is all said."""

from pathlib import Path

import pytest

from tests.failing_disk import failing_disk
from tests.ui import faults
from tests.ui.driver import running
from zjtui.store import beside
from zjtui.ui.screens.form import FormScreen


@pytest.fixture(autouse=True)
def own_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))


@pytest.mark.parametrize(
    ("place", "first", "kind"),
    [("projects", 1, "full"), ("project", 3, "input/output"), ("months", 1, "full"), ("day", 2, "input/output"),
     ("form", 1, "full"), ("form", 2, "input/output")],
)  # fmt: skip
async def test_no_key_ends_the_app_or_loses_what_is_typed_while_the_disk_fails(
    small: Path, place: str, first: int, kind: str
) -> None:
    """Every screen, from every operation on: `python -m tests.ui.faults`."""
    found = await faults.run(small, [place], [first], kind)
    wrong = {name: count for name, count in found.items() if name not in ("tries", "failing")}
    assert not wrong and found["tries"] >= 25 and found["failing"] > 5


async def test_not_kept_is_said_and_kept_elsewhere_is_said_where(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "_LOOK_AGAIN", 0.0)
    with failing_disk() as disk:
        async with running(small) as driver:
            await driver.press("f3")
            with disk.failing(1, "full", files=False):
                await driver.type("写")
                assert "kept in the file" in driver.messages
                await driver.press("ctrl+s")
                assert "The disk is full, nothing was changed" in driver.messages
            with disk.failing(1, "full"):
                await driver.type("一")
                assert "NOT kept" in driver.messages and "NOT kept" in driver.foot
                await driver.press("escape")
                assert "NOT kept" in driver.text
                await driver.press("1", "enter")  # keep it for later: that cannot be
                form = driver.app.screen
                assert isinstance(form, FormScreen) and form.form.typed()["findings"] == "写一"
            await driver.type("半")
            assert "is kept as a draft" in driver.messages
            await driver.press("ctrl+s")
            assert "Follow-up logged" in driver.messages
        async with running(small) as driver:
            assert "A draft is waiting" not in driver.text


async def test_a_screen_that_cannot_be_read_is_not_left_half_made(small: Path) -> None:
    with failing_disk() as disk:
        async with running(small) as driver:
            with disk.failing(1, "input/output"):
                await driver.press("5")
            assert "does not answer" in driver.messages
            await driver.press("5")
            assert "Overview" in driver.head
