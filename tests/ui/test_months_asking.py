"""The grid of months, where a cell cannot be saved as it is: what it asks, once, and what every key does then."""

from datetime import date
from pathlib import Path

import pytest

from tests.ui.driver import Driver, running
from zjtui.usecases import register

FIRST, SECOND, THIRD = "杭州西站枢纽", "舟山绿色石化基地", "推进项目"
PLAN = {"year": 2023, "year_class": "continuing", "plan_invest": 950_000_000}


def project(driver: Driver, name: str) -> str:
    reader = driver.app.session.reader()
    return str(reader.execute("SELECT uid FROM project WHERE name = ?", (name,)).fetchone()[0])


def reported(driver: Driver, name: str = FIRST, month: str = "2023-09", *, submitted: bool = False) -> str:
    """Report 1,200 (10k yuan) of a month."""
    session = driver.app.session
    given = {"month": month, "invest_month": 12_000_000, "progress_text": "桩基"}
    uid = register.add(session, "monthly_report", project(driver, name), given).uid
    if submitted:
        register.move(session, "monthly_report", uid, "submitted", {})
    return uid


def report(driver: Driver, uid: str) -> dict[str, object]:
    found = driver.app.session.reader().execute("SELECT * FROM monthly_report WHERE uid = ?", (uid,)).fetchone()
    return dict(found)


def reasons(driver: Driver) -> list[str]:
    return [row[0] for row in driver.app.session.reader().execute("SELECT reason FROM correction")]


@pytest.mark.parametrize("amount", ["1300", "-5"])
async def test_a_submitted_month_is_corrected_by_enter_with_one_reason(small: Path, amount: str) -> None:
    async with running(small) as driver:
        uid = reported(driver, submitted=True)
        await driver.press("4")
        await driver.type(amount)
        await driver.press("enter")
        assert "Enter asks for the reason" in " ".join(driver.text.split())
        await driver.press("up", "enter")
        assert FIRST in driver.head and f"1,200 → {int(amount):,}" in driver.head
        await driver.type("录错")
        await driver.press("ctrl+s")
        assert report(driver, uid)["invest_month"] == int(amount) * 10_000 and reasons(driver) == ["录错"]
        assert f"?{amount}" not in driver.text and driver.app.screen.NAME == "months"  # type: ignore[attr-defined]


async def test_f2_takes_along_what_is_typed_and_a_reason_given_there_is_not_asked_again(small: Path) -> None:
    async with running(small) as driver:
        uid = reported(driver, submitted=True)
        await driver.press("4")
        await driver.type("1300")
        await driver.press("f2")
        form = driver.app.screen.form  # type: ignore[attr-defined]
        assert form.row("invest_month").text == "1300"
        form.row("correction_reason").put("录错")
        await driver.press("ctrl+s")
        assert report(driver, uid)["invest_month"] == 13_000_000 and reasons(driver) == ["录错"]
        assert "?1300" not in driver.text and "[1300]" in driver.text


@pytest.mark.parametrize("text", ["abc", "99999999亿", ""])
async def test_f2_opens_the_report_of_a_month_that_nobody_reported(small: Path, text: str) -> None:
    async with running(small) as driver:
        await driver.press("4")
        await driver.type(text)
        await driver.press("f2")
        form = driver.app.screen.form  # type: ignore[attr-defined]
        assert (form.row("invest_month").text, form.row("month").text) == (text, "2023-09")
        form.row("invest_month").put("35")
        await driver.press("ctrl+s")
        assert "1/2 filled" in driver.text and "35" in driver.text


async def test_other_keys_say_that_the_cell_comes_first(small: Path) -> None:
    async with running(small) as driver:
        await driver.press("4")
        await driver.type("abc")
        await driver.press("enter", "up", "f5")
        assert "Not done: first the cell" in driver.text and "abc" in driver.foot


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_the_unit_of_what_is_typed_is_seen_however_long_the_name_is(small: Path, lang: str) -> None:
    unit = "万元" if lang == "zh" else "10k yuan"
    async with running(small, lang) as driver:
        uid, name = project(driver, FIRST), "Hangzhou Bay Ring Expressway North Section, Second Part"
        register.edit(driver.app.session, "project", uid, {"name": name})
        await driver.press("4")
        for _layout in range(2):
            await driver.type("150")
            _title, cell, heading, *_rows = driver.text.splitlines()
            assert "Hangzhou Bay" in cell and f"({unit}) 150 " in cell and "→ 1" in cell and unit in heading
            await driver.press("ctrl+s", "ctrl+k")
        assert f"{unit}: month 0 + 150" in driver.text or f"{unit}：本月 0" in driver.text


async def test_home_and_end_go_to_the_ends_of_the_rows_unless_one_types(small: Path) -> None:
    async with running(small, today=date(2023, 12, 31)) as driver:
        screen = (await driver.press("4", "end")).app.screen
        assert screen.row()["name"] == SECOND  # type: ignore[attr-defined]
        await driver.press("home")
        await driver.type("20")
        await driver.press("home")
        await driver.type("1")
        await driver.press("ctrl+end")
        assert " 120 " in driver.text and screen.row()["name"] == SECOND  # type: ignore[attr-defined]
        await driver.press("ctrl+k", "home")
        assert "2023-01" in driver.text.splitlines()[1]
        await driver.press("end", "ctrl+home")
        assert "2023-12" in driver.text.splitlines()[1] and FIRST in driver.text.splitlines()[1]


async def test_a_text_that_a_submission_lacks_is_typed_at_once(small: Path) -> None:
    async with running(small) as driver:
        uid = project(driver, FIRST)
        register.edit(driver.app.session, "project", uid, {"real_start": "2023-03-01"})
        await driver.press("4")
        assert "F2 Whole report" in driver.text
        await driver.type("120")
        await driver.press("ctrl+s", "f5")
        await driver.type("submit")
        await driver.press("enter")
        assert "F2" in driver.text and "Physical progress" in driver.text.splitlines()[1]
        await driver.type("桩基")
        await driver.press("ctrl+s", "f5")
        await driver.type("submit")
        await driver.press("enter")
        assert "1 submitted" in driver.text


async def test_what_is_not_saved_is_named_where_it_is_left_out_also_of_another_month(small: Path) -> None:
    async with running(small) as driver:
        reported(driver, SECOND, "2023-08")
        await driver.press("4")
        await driver.type("abc")
        await driver.press("enter", "ctrl+left", "deed:submit_all")
        told = " ".join(driver.text.replace("│", " ").split())
        assert f"{FIRST} · 2023-09 · Done this month: abc" in told
        await driver.press("3")
        assert "2023-09" in driver.head and driver.app.screen.line.value == "abc"  # type: ignore[attr-defined]
        assert "is not an amount" in driver.foot
        await driver.press("ctrl+u")
        assert f"2023-09: {FIRST}" in driver.text and "“abc”: not saved; Enter opens it" in driver.text


async def test_what_is_wrong_with_a_cell_is_told_to_the_end(small: Path) -> None:
    async with running(small) as driver:
        register.add(driver.app.session, "annual_plan", project(driver, FIRST), PLAN)
        await driver.press("4")
        await driver.type("3bn")
        await driver.press("enter")
        told = " ".join(driver.text.split())
        assert "R-12" in told and "go back to it and press Enter; if not, type it anew" in told
        await driver.press("up", "down", "down")
        assert "0/2 filled" in driver.text and "R-12" not in driver.text


@pytest.mark.parametrize(
    ("day", "submitted", "shown"),
    [(1, False, "2023-11"), (5, True, "2023-11"), (20, False, "2023-11"), (20, True, "2023-12")],
)
async def test_the_month_that_is_to_be_reported_is_shown(small: Path, day: int, submitted: bool, shown: str) -> None:
    async with running(small, today=date(2023, 12, day)) as driver:
        session, before = driver.app.session, date(2023, 9, 1)
        values = {"name": THIRD, "region_code": "330522", "total_invest": 10**9, "stage": "preparatory"}
        uid = register.add(session, "project", None, {**values, "audit_on": before, "land_on": before}).uid
        register.move(session, "project", uid, "ready", {})
        register.move(session, "project", uid, "building", {"real_start": before, "start_evidence": ["permit"]})
        reported(driver, THIRD, "2023-11", submitted=submitted)
        await driver.press("4")
        assert shown in driver.head
