"""The path a cadre walks every day, by keys alone: find, open, follow up, raise an issue, take it to closed, undo."""

from pathlib import Path

import pytest

from tests.ui.driver import Driver, running
from zjtui.store.read import history

LABELS = {
    "zh": {"closed": "已销号", "assign": "交办", "saved": "已登记跟进", "new": "“县自然资源局”是新单位"},
    "en": {"closed": "Closed", "assign": "Assign", "saved": "Follow-up logged", "new": "Add “县自然资源局”"},
}


async def take(driver: Driver, target: str) -> None:
    """Open the move dialog and choose the state by its code."""
    await driver.press("f5")
    await driver.type(target)
    await driver.press("enter")


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_from_a_visit_to_a_closed_issue(workspace: Path, lang: str) -> None:
    async with running(workspace, lang) as driver:
        await driver.press("ctrl+f")
        await driver.type("舟山")
        await driver.press("enter", "enter")
        await driver.press("f3")
        await driver.type("现场查看，用地已报批，进度正常")
        await driver.press("ctrl+s")
        await driver.press("f4")
        await driver.type("用地指标尚缺三十亩")
        await driver.press("tab")
        await driver.type("land")
        await driver.press("enter", "ctrl+s")
        uid = driver.app.session.reader().execute("SELECT uid FROM issue ORDER BY id DESC LIMIT 1").fetchone()[0]
        driver.app.open_record("issue", uid)
        await driver.settle()
        await take(driver, "assigned")
        await driver.type("县自然资源局")
        await driver.press("ctrl+s")  # nobody is called so: is it one of these, or a new one?
        [new] = [line for line in driver.text.splitlines() if LABELS[lang]["new"] in line]
        await driver.press(new.strip(" │")[0], "enter")
        await take(driver, "doing")
        people = driver.app.session.reader().execute("SELECT name FROM person ORDER BY id DESC LIMIT 2").fetchall()
        owner, verifier = (row["name"] for row in people)
        await driver.type(owner)
        await driver.press("ctrl+s")
        await take(driver, "solved")
        await driver.press("ctrl+s")
        await take(driver, "closed")
        await driver.type(verifier)
        await driver.press("tab")
        await driver.type("现场已核，用地手续齐全")
        await driver.press("tab")
        await driver.type("核验单1号")
        await driver.press("ctrl+s")
        assert LABELS[lang]["closed"] in driver.text
        state = "SELECT state FROM issue WHERE uid = ?"
        assert driver.app.session.reader().execute(state, (uid,)).fetchone()[0] == "closed"
        await driver.press("ctrl+z")
        assert driver.app.session.reader().execute(state, (uid,)).fetchone()[0] == "solved"
        await driver.press("ctrl+y")
        assert driver.app.session.reader().execute(state, (uid,)).fetchone()[0] == "closed"
        await driver.press("f8")
        assert "现场已核" in driver.text or verifier in driver.text
    async with running(workspace, lang) as driver:
        reader = driver.app.session.reader()
        assert reader.execute(state, (uid,)).fetchone()[0] == "closed"
        actions = [entry["action"] for entry in history.of_record(reader, uid)]
        assert actions[0] == "undo" and actions[-1] == "issue.add"
