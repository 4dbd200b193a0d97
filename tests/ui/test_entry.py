"""Typing it all in: the month's grid, the follow-up in one go, many at once, views, the brief."""

from datetime import date
from pathlib import Path

import pytest
from textual import events

from tests.ui.driver import running
from zjtui.config import load_settings
from zjtui.ui.quick import understood
from zjtui.usecases import register
from zjtui.usecases.session import open_session


def month(driver: object, name: str) -> int | None:
    row = (
        driver.app.session.reader()
        .execute(  # type: ignore[attr-defined]
            "SELECT invest_month FROM monthly_report r JOIN project p ON p.uid = r.project_uid "
            "WHERE p.name = ? AND month = '2023-09'",
            (name,),
        )
        .fetchone()
    )
    return row[0] if row else None


async def test_amounts_are_typed_down_the_column(small: Path) -> None:
    async with running(small) as driver:
        await driver.press("4")
        assert "0/2 filled, 0 submitted" in driver.text and driver.text.count("missing") == 2
        await driver.type("1200")
        await driver.press("enter")
        await driver.type("３５０万")  # full-width digits and a unit
        await driver.press("enter")
        assert (month(driver, "杭州西站枢纽"), month(driver, "舟山绿色石化基地")) == (12_000_000, 3_500_000)
        assert "2/2 filled, 0 submitted" in driver.text and "10k yuan: month 0 + 1,550" in driver.text
        await driver.press("ctrl+z")
        assert month(driver, "舟山绿色石化基地") is None


async def test_a_slip_is_asked_about_and_a_negative_month_gives_its_reason(small: Path) -> None:
    async with running(small) as driver:
        project = driver.app.session.reader().execute("SELECT uid FROM project WHERE name LIKE '杭州%'").fetchone()[0]
        register.add(driver.app.session, "monthly_report", project, {"month": "2023-08", "invest_month": 12_000_000})
        await driver.press("4")
        await driver.type("0.12")
        await driver.press("enter")
        assert "R-11" in driver.text and "?0.12" in driver.text and month(driver, "杭州西站枢纽") is None
        await driver.press("up", "enter")
        assert month(driver, "杭州西站枢纽") == 1200
        await driver.press("up")
        await driver.type("-5")
        await driver.press("enter")
        await driver.type("80")  # no question stands in the way of the next amount
        await driver.press("enter")
        assert "?-5" in driver.text and month(driver, "杭州西站枢纽") == 1200
        await driver.press("up", "up", "enter")
        await driver.type("上月多报")
        await driver.press("enter")
        assert month(driver, "杭州西站枢纽") == -50_000


@pytest.mark.parametrize(("typed", "mark"), [("abc", "!abc"), ("99999999亿", "?999")])
async def test_a_bad_amount_keeps_its_text_is_marked_and_the_cursor_goes_on(small: Path, typed: str, mark: str) -> None:
    async with running(small) as driver:
        await driver.press("4")
        await driver.type(typed)
        await driver.press("enter")
        await driver.type("350")
        await driver.press("enter")
        assert mark in driver.text and month(driver, "杭州西站枢纽") is None
        assert month(driver, "舟山绿色石化基地") == 3_500_000
        await driver.press("up", "up")
        assert driver.app.screen.line.value == typed  # type: ignore[attr-defined]
        await driver.press("escape", "ctrl+z")
        assert driver.app.screen.line.value == typed  # type: ignore[attr-defined]
        await driver.press("end", "ctrl+w")
        await driver.type("120")
        await driver.press("ctrl+s")
        assert month(driver, "杭州西站枢纽") == 1_200_000 and mark not in driver.text


async def test_a_cell_that_was_left_unsaved_comes_back(small: Path) -> None:
    async with running(small) as driver:
        await driver.press("4")
        await driver.type("777")
        await driver.settle()
    async with running(small) as driver:
        await driver.press("escape", "4")
        assert "777" in driver.text


async def test_a_visit_its_problem_its_service_and_its_promise_are_one_operation(small: Path) -> None:
    async with running(small) as driver:
        await driver.press("f3")
        form = driver.app.screen.form  # type: ignore[attr-defined]
        texts = {
            "findings": "现场查看", "issue.title_text": "用电未接通", "issue.kind": "utility", "service.kind": "power",
            "promise.text": "一周内送电", "promise.due_on": "+7", "next_visit": "+7",
        }  # fmt: skip
        for name, text in texts.items():
            form.row(name).editor.focus()
            await driver.settle()
            await driver.type(text)
        await driver.press("ctrl+s")
        reader = driver.app.session.reader()
        counts = [
            reader.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("issue", "service", "promise")
        ]
        assert counts == [2, 1, 1]
        assert reader.execute("SELECT state, applied_on FROM service").fetchone()[:] == ("applied", "2023-09-20")
        await driver.press("ctrl+z")
        counts = [
            reader.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("issue", "service", "promise")
        ]
        assert counts == [1, 0, 0]


async def test_a_similar_open_issue_is_hinted_at(small: Path) -> None:
    async with running(small) as driver:
        await driver.press("f4")
        await driver.type("用地指标没有落实")
        assert "用地指标未落实" in driver.text


async def test_marked_rows_are_changed_after_a_preview_and_taken_back_as_one(workspace: Path) -> None:
    async with running(workspace) as driver:
        await driver.press("insert", "shift+down")
        assert "marked" in driver.text
        await driver.press("ctrl+b", "enter")
        await driver.type("ceremony")
        await driver.press("enter")
        await driver.type("二批集中开工")
        await driver.press("ctrl+s")
        assert "3 will change, 0 cannot" in driver.text
        await driver.press("ctrl+s")
        query = "SELECT count(*) FROM project WHERE ceremony = '二批集中开工'"
        assert driver.app.session.reader().execute(query).fetchone()[0] == 3
        await driver.press("ctrl+z")
        assert driver.app.session.reader().execute(query).fetchone()[0] == 0


async def test_a_view_is_saved_under_a_name_and_found_again(workspace: Path) -> None:
    async with running(workspace) as driver:
        await driver.press("ctrl+f")
        await driver.type("舟山")
        await driver.press("enter", "ctrl+w")
        await driver.type("save this")
        await driver.press("enter")
        await driver.type("舟山的项目")
        await driver.press("enter")
        assert load_settings(workspace).views["projects"]["舟山的项目"]["text"] == "舟山"
        await driver.press("escape")
        assert "99 projects" in driver.text
        await driver.press("ctrl+w", "enter")
        assert "99 projects" not in driver.text and "舟山" in driver.text


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_the_directory_is_filtered_and_its_views_kept(workspace: Path, lang: str) -> None:
    async with running(workspace, lang) as driver:
        query = "SELECT count(*) FROM element_need WHERE state = 'reported'"
        reported = driver.app.session.reader().execute(query).fetchone()[0]
        await driver.press("9", "f6")
        assert ("不属于" if lang == "zh" else "belong to no project") in driver.text
        await driver.press("tab", "tab", "tab", "f6")
        await driver.type("状态" if lang == "zh" else "state")
        await driver.press("enter")
        await driver.type("reported")
        await driver.press("enter")
        assert len(driver.app.screen.table.ids) == reported > 0  # type: ignore[attr-defined]
        await driver.press("ctrl+w")
        await driver.type("另存" if lang == "zh" else "save this")
        await driver.press("enter")
        await driver.type("待落实")
        await driver.press("enter", "escape")
        assert len(driver.app.screen.table.ids) > reported  # type: ignore[attr-defined]
        await driver.press("tab", "ctrl+w", "enter")
        assert len(driver.app.screen.table.ids) == reported  # type: ignore[attr-defined]
        assert load_settings(workspace).views["directory"]["待落实"]["state"] == "reported"


async def test_the_brief_is_answered_line_by_line(small: Path) -> None:
    async with running(small) as driver:
        session = driver.app.session
        project = session.reader().execute("SELECT uid FROM project WHERE name LIKE '舟山%'").fetchone()[0]
        register.add(session, "promise", project, {"text": "两周内交地", "side": "ours"})
        await driver.press("ctrl+r")
        assert "两周内交地" in driver.text and "用地指标未落实" in driver.text
        while "两周内交地" not in getattr(driver.app.screen._line(), "text", ""):  # type: ignore[attr-defined]
            await driver.press("down")
        await driver.press("f5")
        assert session.reader().execute("SELECT state FROM promise").fetchone()[0] == "kept"
        assert "两周内交地" not in driver.text


@pytest.mark.parametrize(("answer", "kept"), [("1", "甲 乙 丙"), ("2", "甲、乙、丙"), ("3", "")])
async def test_several_lines_pasted_into_one_are_asked_about_and_never_cut(small: Path, answer: str, kept: str) -> None:
    async with running(small) as driver:
        await driver.press("f4")
        driver.app.post_message(events.Paste("甲\n乙\n丙"))
        await driver.settle()
        assert "3 lines" in driver.text
        await driver.press(answer, "enter")
        assert driver.app.screen.form.row("title_text").text == kept  # type: ignore[attr-defined]


async def test_a_follow_up_in_one_line_of_the_palette(small: Path) -> None:
    async with running(small, "zh") as driver:
        await driver.press("ctrl+p")
        await driver.type("跟进 舟山绿色石化 会商 用地已报批 ＋７")
        while "登记跟进：" not in driver.text:  # the palette searches on its own time
            await driver.pilot.pause(0.02)
        await driver.press("enter")
        assert "用地已报批" in driver.text and "2023-09-27" in driver.text  # seen before it is logged
        await driver.press("1")
        row = driver.app.session.reader().execute("SELECT form, findings, next_visit FROM follow_up ORDER BY id DESC")
        assert tuple(row.fetchone()) == ("meeting", "用地已报批", "2023-09-27")


@pytest.mark.parametrize("line", ["跟进 没有这个项目 现场 文字", "跟进 舟山绿色石化", "舟山绿色石化 现场 文字"])
def test_what_is_no_follow_up_in_one_line_is_none(small: Path, line: str) -> None:
    session = open_session(small)
    assert understood(session, line) is None
    session.close()


async def test_esc_in_a_cell_stays_in_the_grid_and_digits_never_switch_screens(small: Path) -> None:
    async with running(small) as driver:
        await driver.press("4")
        await driver.type("12")
        await driver.press("escape")
        await driver.type("35")
        assert driver.app.screen.line.value == "35"  # type: ignore[attr-defined]
        await driver.press("escape", "escape")
        assert "2 projects" in driver.text


async def test_submitting_the_month_is_asked_about_and_ctrl_s_saves_the_cell(small: Path) -> None:
    async with running(small) as driver:
        await driver.press("4")
        await driver.type("120")
        await driver.press("ctrl+s")
        assert "1/2 filled, 0 submitted" in driver.text
        await driver.press("deed:submit_all")
        assert "Submit the month?" in driver.text and "杭州西站枢纽" in driver.text
        await driver.press("1", "deed:submit_all", "2")
        assert "1/2 filled, 1 submitted" in driver.text


async def test_a_projects_twelve_months_are_typed_along_one_row(small: Path) -> None:
    async with running(small, today=date(2023, 12, 31)) as driver:
        await driver.press("4", "ctrl+k")
        for number in range(1, 13):
            await driver.type(str(number * 10))
            await driver.press("tab")
        found = driver.app.session.reader().execute(
            "SELECT month, invest_month / 10000 FROM monthly_report r JOIN project p ON p.uid = r.project_uid "
            "WHERE p.name = '杭州西站枢纽' ORDER BY month"
        )
        assert [tuple(row) for row in found] == [(f"2023-{number:02}", number * 10) for number in range(1, 13)]
        assert "0 submitted" in driver.text and "month 0 + 120 uncounted" in driver.text
        await driver.press("ctrl+k")
        assert "2023-01" in driver.head


async def test_a_value_is_filled_along_the_row_and_down_the_marked_rows(small: Path) -> None:
    async with running(small) as driver:
        await driver.press("4")
        await driver.type("55")
        await driver.press("deed:fill", "enter")
        assert (month(driver, "杭州西站枢纽"), month(driver, "舟山绿色石化基地")) == (550_000, 550_000)
        await driver.press("ctrl+a", "up", "ctrl+e", *["backspace"] * 3)
        await driver.type("66")
        await driver.press("deed:fill")
        assert (month(driver, "杭州西站枢纽"), month(driver, "舟山绿色石化基地")) == (660_000, 660_000)


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_a_pasted_list_of_names_and_amounts_finds_its_projects(small: Path, lang: str) -> None:
    async with running(small, lang) as driver:
        await driver.press("4")
        driver.app.post_message(events.Paste("舟山绿色石化基地\t120\n杭州西站\t35\n"))
        await driver.settle()
        await driver.press("enter")
        assert (month(driver, "杭州西站枢纽"), month(driver, "舟山绿色石化基地")) == (350_000, 1_200_000)
        driver.app.post_message(events.Paste("火星基地\t120\n杭州西站\t35\n"))
        await driver.settle()
        assert (
            "火星基地" in driver.text and ("没有这个名称" if lang == "zh" else "no project of this name") in driver.text
        )
