"""A first day at work: what somebody who knows other programs presses does what is expected, or is asked about."""

from datetime import date
from pathlib import Path

from tests.ui.driver import Driver, running
from zjtui.store.read import findings
from zjtui.ui import entry
from zjtui.ui.dialogs.file import FileDialog
from zjtui.ui.screens.form import FormScreen
from zjtui.ui.screens.importing import ImportScreen
from zjtui.ui.screens.months import MonthsScreen
from zjtui.ui.widgets.inputs import SafeInput
from zjtui.usecases import register


def value(driver: Driver, query: str) -> object:
    row = driver.app.session.reader().execute(query).fetchone()
    return row[0] if row else None


def months(driver: Driver) -> dict[str, int]:
    found = driver.app.session.reader().execute(
        "SELECT month, invest_month / 10000 FROM monthly_report r JOIN project p ON p.uid = r.project_uid "
        "WHERE p.name = '杭州西站枢纽'"
    )
    return {row[0]: row[1] for row in found}


def cell(driver: Driver) -> SafeInput:
    assert isinstance(driver.app.screen, MonthsScreen)
    return driver.app.screen.line


async def fill(driver: Driver, name: str, text: str) -> None:
    assert isinstance(driver.app.screen, FormScreen)
    driver.app.screen.form.enter(name)
    await driver.settle()
    await driver.press("home", "ctrl+k")
    await driver.type(text)


async def test_arrows_go_from_cell_to_cell_and_within_what_is_being_mended(small: Path) -> None:
    async with running(small, today=date(2023, 12, 31)) as driver:
        await driver.press("4", "ctrl+k")
        await driver.type("12")
        await driver.press("right")
        await driver.type("30")
        await driver.press("enter")
        assert months(driver) == {"2023-01": 12, "2023-02": 30}
        await driver.press("left")  # from a value that nobody touched
        assert cell(driver).value == "30"
        await driver.press("ctrl+e", "left")  # between its digits
        await driver.type("5")
        await driver.press("enter")
        assert months(driver)["2023-02"] == 350


async def test_after_esc_what_is_typed_takes_the_place_of_the_saved_amount(small: Path) -> None:
    async with running(small) as driver:
        await driver.press("4")
        await driver.type("1300")
        await driver.press("ctrl+s")
        await driver.type("5")
        await driver.press("escape")
        assert value(driver, "SELECT count(*) FROM draft") == 0
        await driver.type("1280")
        await driver.press("ctrl+s")
        assert months(driver) == {"2023-09": 1280}


async def test_a_draft_that_is_emptied_is_gone_and_undo_brings_it_back(small: Path) -> None:
    async with running(small) as driver:
        await driver.press("4")
        await driver.type("1300")
        await driver.press("ctrl+s", "ctrl+e", *["backspace"] * 5, "ctrl+s")
        assert months(driver) == {} and "0/2 filled" in driver.text
        await driver.app.run_action("undo")
        await driver.settle()
        assert months(driver) == {"2023-09": 1300}


async def test_submitting_a_month_says_which_earlier_ones_do_not_go_with_it(small: Path) -> None:
    async with running(small) as driver:
        uid = str(value(driver, "SELECT uid FROM project WHERE name = '杭州西站枢纽'"))
        for number in (7, 8):
            given = {"month": f"2023-0{number}", "invest_month": 10_000_000}
            register.add(driver.app.session, "monthly_report", uid, given)
        await driver.press("4")
        await driver.type("1000")
        await driver.press("ctrl+s", "deed:submit_all")
        assert "2 drafts of earlier months (" in driver.text


async def test_an_amount_in_the_wrong_unit_is_asked_about_before_it_is_saved(small: Path) -> None:
    async with running(small) as driver:
        before = value(driver, "SELECT total_invest FROM project WHERE name = '杭州西站枢纽'")
        await driver.app.screen.run_action("edit")
        await driver.settle()
        await fill(driver, "total_invest", "285000")
        await driver.press("ctrl+s")
        assert "Total investment is unusual" in driver.text
        await driver.press("enter")  # the safe answer: go on typing
        assert value(driver, "SELECT total_invest FROM project WHERE name = '杭州西站枢纽'") == before


async def test_a_next_visit_that_is_over_already_is_asked_about(small: Path) -> None:
    async with running(small) as driver:
        await driver.app.screen.run_action("add_follow_up")
        await driver.settle()
        await driver.type("现场查看")
        await fill(driver, "visit_date", "9-10")
        await fill(driver, "next_visit", "昨天")
        await driver.press("ctrl+s")
        assert "2023-09-19" in driver.text and value(driver, "SELECT count(*) FROM follow_up") == 1
        await driver.press("enter")
        await fill(driver, "next_visit", "2023-09-19")  # with its year nothing is in doubt
        await driver.press("ctrl+s")
        assert value(driver, "SELECT count(*) FROM follow_up") == 2


async def test_a_path_that_stands_there_is_typed_over_and_the_only_file_shown_is_the_one_meant(
    small: Path, tmp_path: Path
) -> None:
    (tmp_path / "德清项目清单.csv").write_text("项目名称,属地,总投资（亿元）\n长兴新材料基地,长兴县,12.5\n", "utf-8")
    target = tmp_path / "out.xlsx"
    async with running(small) as driver:
        await driver.app.screen.run_action("export_list")
        await driver.settle()
        assert isinstance(driver.app.screen, FileDialog)
        await driver.paste(str(target))
        await driver.press("enter")
        assert target.is_file()
        await driver.app.screen.run_action("import_list")
        await driver.settle()
        await driver.type(f"{tmp_path}/德")
        await driver.press("enter")
        assert isinstance(driver.app.screen, ImportScreen)


async def test_somebody_who_looks_after_nothing_yet_sees_what_is_due_of_all(workspace: Path) -> None:
    async with running(workspace, person="") as driver:
        added = register.add(driver.app.session, "person", None, {"name": "陈新"})
        assert findings.scope_of(driver.app.session.reader(), added.uid).person == ""
    async with running(workspace, person=added.uid) as driver:
        await driver.press("8")
        assert "all projects" in driver.head and "due" in driver.text


async def test_the_file_that_proves_a_closing_is_kept_with_it(small: Path, tmp_path: Path) -> None:
    photo = tmp_path / "复核.jpg"
    photo.write_bytes(b"\xff\xd8" + bytes(100))
    async with running(small) as driver:
        session = driver.app.session
        uid = str(value(driver, "SELECT uid FROM issue"))
        register.add(session, "person", None, {"name": "李四"})
        unit = register.add(session, "org", None, {"name": "发展和改革局", "kind": "other"}).uid
        register.move(session, "issue", uid, "assigned", {"lead_unit": unit, "due_on": date(2023, 10, 1)})
        register.move(session, "issue", uid, "doing", {"owner_person": "李四"})
        driver.app.open_form(lambda: entry.move_spec(driver.app, "issue", uid, "solved"))
        await driver.settle()
        await fill(driver, "outcome", "外线已迁改")
        await fill(driver, "files", str(tmp_path / "没有.jpg"))
        await driver.press("ctrl+s")
        assert session.reader().execute("SELECT state FROM issue").fetchone()[0] != "solved"
        form = driver.app.screen
        assert isinstance(form, FormScreen)
        form.form.row("files").put(str(photo))  # type: ignore[union-attr]
        await driver.settle()
        await driver.press("ctrl+s")
        assert session.reader().execute("SELECT state FROM issue").fetchone()[0] == "solved"
        assert value(driver, f"SELECT name FROM attachment WHERE about_uid = '{uid}'") == photo.name


async def test_what_is_typed_in_a_cell_is_saved_before_anything_is_done_to_it(small: Path) -> None:
    async with running(small) as driver:
        await driver.press("4")
        await driver.type("3600")
        await driver.press("ctrl+s")
        await driver.type("3700")
        await driver.press("deed:submit_all", "2")
        assert months(driver) == {"2023-09": 3700} and value(driver, "SELECT state FROM monthly_report") == "submitted"
        await driver.press("ctrl+left")
        await driver.type("4300")
        await driver.press("ctrl+right", "ctrl+left")
        assert months(driver) == {"2023-08": 4300, "2023-09": 3700}
        await driver.type("abc")
        await driver.press("f5")
        assert cell(driver).value == "abc" and "not an amount" in driver.text
