"""Typing it all in: a column pasted from a spreadsheet, marks in the months, the last projects first, files."""

from pathlib import Path

import pytest

from tests.ui.driver import Driver, running
from zjtui.store.read import find
from zjtui.usecases import register


def reported(driver: Driver) -> dict[str, int]:
    """Return this month's amounts by project, in yuan."""
    rows = driver.app.session.reader().execute(
        "SELECT p.name, r.invest_month FROM monthly_report r JOIN project p ON p.uid = r.project_uid "
        "WHERE r.month = '2023-09'"
    )
    return {row[0]: row[1] for row in rows}


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_a_column_from_a_spreadsheet_fills_the_months_and_is_taken_back_as_one(small: Path, lang: str) -> None:
    async with running(small, lang) as driver:
        await driver.press("4")
        await driver.paste("1,200\t35\n350\t40\n")
        assert "1,200" in driver.text and ("粘贴" if lang == "zh" else "pasted") in driver.text
        await driver.press("1", "enter")
        assert reported(driver) == {"杭州西站枢纽": 12_000_000, "舟山绿色石化基地": 3_500_000}
        await driver.press("ctrl+z")
        assert reported(driver) == {}


@pytest.mark.parametrize(
    ("text", "told"),
    [("1200\n三百五\n", "三百五"), ("1\n2\n3\n4\n5\n6\n7\n8", "8 lines"), ("1\t2\t3\t4\n5", "more cells")],
)
async def test_a_column_that_cannot_be_pasted_changes_nothing_and_says_why(small: Path, text: str, told: str) -> None:
    async with running(small) as driver:
        await driver.press("4")
        await driver.paste(text)
        assert told in driver.text and "Nothing was pasted" in driver.text
        await driver.press("enter")
        assert reported(driver) == {}


async def test_an_odd_amount_in_a_pasted_column_is_asked_about_with_the_safe_answer_first(small: Path) -> None:
    async with running(small) as driver:
        await driver.press("4")
        await driver.paste("1200\n99999999\n")
        assert "R-" in driver.text
        await driver.press("enter")
        assert reported(driver) == {}


async def test_marked_reports_are_moved_together(small: Path) -> None:
    async with running(small) as driver:
        await driver.press("4")
        await driver.paste("1200\n350\n")
        await driver.press("1", "enter", "ctrl+a")
        assert "marked" in driver.text
        await driver.press("ctrl+b")
        await driver.type("Move")
        await driver.press("enter")
        await driver.type("Submitted")
        await driver.press("enter", "ctrl+s")
        states = driver.app.session.reader().execute("SELECT state FROM monthly_report WHERE month = '2023-09'")
        assert {row[0] for row in states} == {"submitted"}


async def test_esc_takes_the_marks_away_before_it_leaves_the_months(small: Path) -> None:
    async with running(small) as driver:
        await driver.press("4", "ctrl+a")
        assert driver.app.screen.table.marked  # type: ignore[attr-defined]
        await driver.press("escape")
        assert not driver.app.screen.table.marked and "Months" in driver.text.splitlines()[0]  # type: ignore[attr-defined]
        await driver.press("escape")
        assert "Projects" in driver.text.splitlines()[0]


async def test_a_view_of_the_months_keeps_the_month(small: Path) -> None:
    async with running(small) as driver:
        await driver.press("4", "ctrl+left", "ctrl+w")
        await driver.type("Not reported")
        await driver.press("enter")
        assert "2023-08" in driver.text and "missing" in driver.text.splitlines()[0]


async def test_a_follow_up_from_anywhere_offers_the_projects_worked_on_last_first(workspace: Path) -> None:
    async with running(workspace) as driver:
        session = driver.app.session
        uids = [row[0] for row in session.reader().execute("SELECT uid FROM project ORDER BY id DESC LIMIT 12")]
        for number, uid in enumerate(uids):
            register.add(session, "promise", uid, {"text": f"第{number}件"})
        last = find.recent_projects(session.reader(), session.person)
        assert last == uids[:1:-1]
        await driver.press("2", "f12")
        choices = [choice.value for choice in driver.app.screen.shown]  # type: ignore[attr-defined]
        assert choices[: len(last)] == last and len(choices) > len(last)
        await driver.type("象山青礁洋")
        await driver.press("enter")
        assert "象山青礁洋海上风电工程" in driver.text.splitlines()[0]


async def test_a_file_is_attached_and_what_is_no_file_says_so(small: Path, tmp_path: Path) -> None:
    photo = tmp_path / "现场.jpg"
    photo.write_bytes(b"\xff\xd8" + bytes(100_000))
    async with running(small) as driver:
        await driver.press("enter", "ctrl+d")
        await driver.paste(str(tmp_path / "没有.jpg"))
        await driver.press("enter")
        assert "There is no such file" in driver.text
        await driver.press("ctrl+u")
        await driver.paste(str(photo))
        await driver.press("enter")
        rows = driver.app.session.reader().execute("SELECT name, size FROM attachment").fetchall()
        assert [tuple(row) for row in rows] == [("现场.jpg", 100_002)]


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_the_escalation_sheet_of_an_issue_is_made_from_the_menu(small: Path, lang: str) -> None:
    async with running(small, lang) as driver:
        await driver.press("2", "deed:sheet")
        [made] = (small / "reports").glob("*.docx")
        assert made.name.startswith("提级材料" if lang == "zh" else "escalation")
        assert made.stat().st_size > 10_000
        await driver.press("enter")
        assert ("项目负责人：" if lang == "zh" else "L1 project leader: ") in driver.text  # its days on the ladder
