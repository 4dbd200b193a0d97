"""A name in a form that nobody has is asked about before anything is saved: who is meant, or is it a new one?"""

from pathlib import Path
from typing import Any

import pytest

from tests.ui.driver import TODAY, Driver, running
from zjtui.usecases import register
from zjtui.usecases.session import open_session


@pytest.fixture
def known(small: Path) -> Path:
    """The small register with a unit and two more people."""
    session = open_session(small, today=TODAY)
    register.add(session, "org", None, {"name": "发展和改革局", "kind": "gov_dept"})
    for name in ("章建明", "李四"):
        register.add(session, "person", None, {"name": name})
    session.close()
    return small


def names(driver: Driver, entity: str) -> list[str]:
    return [row[0] for row in driver.app.session.reader().execute(f"SELECT name FROM {entity} ORDER BY id")]


async def put(driver: Driver, **texts: str) -> None:
    """Type texts into the fields of the form in front, without choosing from what is suggested."""
    form = driver.app.screen.form  # type: ignore[attr-defined]
    for name, text in texts.items():
        form.row(name).editor.focus()
        await driver.settle()
        await driver.type(text)
        form.row("title_text" if "title_text" in texts else next(iter(texts))).editor.focus()
        await driver.settle()


def newest(driver: Driver, entity: str) -> Any:
    return driver.app.session.reader().execute(f"SELECT * FROM {entity} ORDER BY id DESC").fetchone()


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "en",
            (
                "Lead unit: “fgw” is not in the register",
                "1 发展和改革局 (fzhggj)",
                "2 Add “fgw” as a new unit",
                "3 Go back",
            ),
        ),
        ("zh", ("牵头单位：台账里没有“fgw”", "1 发展和改革局 (fzhggj)", "2 “fgw”是新单位", "3 返回")),
    ],
)
async def test_a_unit_is_chosen_from_those_that_look_like_it(known: Path, lang: str, told: tuple[str, ...]) -> None:
    async with running(known, lang) as driver:
        before = names(driver, "org")
        await driver.press("f4")
        await put(driver, title_text="用电未接通", kind="utility", lead_unit="fgw")
        await driver.press("ctrl+s")
        assert all(part in driver.text for part in told)
        await driver.press("3", "enter")  # back, with everything as it was typed
        assert "fgw" in driver.text and newest(driver, "issue")["title_text"] == "用地指标未落实"
        await driver.press("ctrl+s", "1", "enter")
        unit = driver.app.session.reader().execute("SELECT uid FROM org WHERE name = '发展和改革局'").fetchone()[0]
        assert (newest(driver, "issue")["title_text"], newest(driver, "issue")["lead_unit"]) == ("用电未接通", unit)
        assert names(driver, "org") == before


async def test_of_several_people_each_that_nobody_is_is_asked_about(known: Path) -> None:
    async with running(known) as driver:
        await driver.press("f3")
        await put(driver, findings="现场查看", people="李四、建明、王新来")
        await driver.press("ctrl+s")
        assert "“建明”" in driver.text and "章建明 (zjm)" in driver.text
        await driver.press("1", "enter")
        assert "“王新来”" in driver.text
        await driver.press("enter")  # with nobody like it, going back is the safe answer
        assert "李四、章建明、王新来" in driver.text and "王新来" not in names(driver, "person")
        await driver.press("ctrl+s", "2", "enter")
        assert names(driver, "person")[-1] == "王新来" and "Added: 王新来" in driver.messages
        assert newest(driver, "follow_up")["findings"] == "现场查看"
        assert len(newest(driver, "follow_up")["people"].split(",")) == 3


async def test_a_verifier_is_never_added(known: Path) -> None:
    session = open_session(known, today=TODAY)
    uid = session.reader().execute("SELECT uid FROM issue").fetchone()[0]
    for target, given in (
        ("assigned", {"lead_unit": "发展和改革局", "due_on": TODAY}),
        ("doing", {"owner_person": "李四"}),
        ("solved", {}),
    ):
        register.move(session, "issue", uid, target, given)
    session.close()
    async with running(known) as driver:
        before = names(driver, "person")
        driver.app.move_record("issue", uid)
        await driver.settle()
        await driver.choose("closed")
        await put(driver, verifier="经现场核实已解决", verify_note="经现场核实", evidence="1号")
        await driver.press("ctrl+s")
        assert "Only somebody who is there already" in driver.text and "Add “" not in driver.text
        await driver.press("1", "enter")
        assert newest(driver, "issue")["state"] == "solved" and names(driver, "person") == before


async def test_many_at_once_asks_once_for_all_of_them(known: Path) -> None:
    async with running(known) as driver:
        await driver.press("insert", "shift+down", "ctrl+b", "enter")
        await driver.choose("dept_org")
        await put(driver, dept_org="fgw")
        await driver.press("ctrl+s")
        assert "发展和改革局 (fzhggj)" in driver.text
        await driver.press("2", "enter")  # a new one
        assert "2 will change" in driver.text and "fgw" not in names(driver, "org")
        await driver.press("ctrl+s")
        assert names(driver, "org")[-1] == "fgw"


async def test_where_more_are_like_it_than_are_shown_that_is_said(workspace: Path) -> None:
    async with running(workspace) as driver:
        await driver.press("f4")
        await put(driver, title_text="用电未接通", kind="utility", lead_unit="fgw")
        await driver.press("ctrl+s")
        assert "More are like it" in driver.text and "5 " in driver.text and "6 Add “fgw” as a new unit" in driver.text


@pytest.mark.parametrize("mark", ["、", "，", "；", ",", ";"])
async def test_whichever_mark_separates_people_the_next_is_suggested_and_all_are_kept(known: Path, mark: str) -> None:
    async with running(known, "zh") as driver:
        await driver.press("f3")
        await put(driver, findings="现场查看")
        driver.app.screen.form.row("people").editor.focus()  # type: ignore[attr-defined]
        await driver.settle()
        await driver.type(f"李四{mark} zjm")
        await driver.press("enter")
        assert driver.app.screen.form.row("people").text == "李四、章建明"  # type: ignore[attr-defined]
        await driver.press("ctrl+s")
        assert len(newest(driver, "follow_up")["people"].split(",")) == 2
