"""A fact that a state stands on, by keys: the form asks for what a correction or an extension wants, and loses nothing."""

from datetime import date
from pathlib import Path
from typing import Any

from tests.ui.driver import Driver, running
from zjtui.domain.named import New
from zjtui.ui.screens.project import ProjectScreen
from zjtui.usecases import correct, issue, register
from zjtui.usecases.session import Session


def assigned(session: Session) -> str:
    project = session.reader().execute("SELECT uid FROM project LIMIT 1").fetchone()[0]
    uid = register.add(session, "issue", project, {"title_text": "用地指标不足", "kind": "land"}).uid
    register.move(
        session, "issue", uid, "assigned", {"lead_unit": New("县局"), "due_on": session.today, "owner_person": "张三"}
    )
    return uid


def row(driver: Driver, uid: str) -> Any:
    return driver.app.session.reader().execute("SELECT * FROM issue WHERE uid = ?", (uid,)).fetchone()


async def test_a_due_date_is_extended_with_at_most_five_keys_beside_the_text(small: Path) -> None:
    async with running(small) as driver:
        uid = assigned(driver.app.session)
        driver.app.open_record("issue", uid)
        await driver.settle()
        keys = ["f5", "enter", "tab", "ctrl+s"]
        await driver.press(keys[0])
        await driver.type("extend")
        await driver.press(keys[1])
        await driver.type("2023-10-30")
        await driver.press(keys[2])
        await driver.type("征迁未完")
        await driver.press(keys[3])
        found = row(driver, uid)
        assert (found["due_on"], found["first_due_on"], found["extended_count"]) == ("2023-10-30", "2023-09-20", 1)
        assert len(keys) <= 5
        assert "2023-10-30" in driver.text and "first due on 2023-09-20" in " ".join(driver.text.split())


async def test_a_due_date_typed_into_the_form_becomes_an_extension_that_asks_why(small: Path) -> None:
    async with running(small) as driver:
        uid = assigned(driver.app.session)
        driver.app.open_record("issue", uid)
        await driver.settle()
        await driver.press("f2")
        due = driver.app.screen.form.row("due_on")  # type: ignore[attr-defined]
        due.put("2023-10-30")
        await driver.press("ctrl+s")
        await driver.type("征迁未完")
        await driver.press("ctrl+s")
        found = row(driver, uid)
        assert (found["due_on"], found["extend_reason"]) == ("2023-10-30", "征迁未完")


async def test_what_a_closing_stands_on_is_corrected_in_the_form_with_reason_and_second_person(small: Path) -> None:
    async with running(small) as driver:
        session = driver.app.session
        uid = assigned(session)
        for name in ("李四", "王五"):
            register.add(session, "person", None, {"name": name})
        for target, given in (("doing", {}), ("solved", {}),
                              ("closed", {"verifier": "李四", "verify_note": "已核", "evidence": "1号"})):  # fmt: skip
            register.move(session, "issue", uid, target, given)
        driver.app.open_record("issue", uid)
        await driver.settle()
        await driver.press("f2")
        driver.app.screen.form.row("due_on").put("2023-10-30")  # type: ignore[attr-defined]
        await driver.press("ctrl+s")
        assert "Correct a fact" in driver.text
        await driver.type("原时限录错")
        await driver.press("tab")
        await driver.type("王五")
        await driver.press("ctrl+s")
        assert row(driver, uid)["due_on"] == "2023-10-30"
        [correction] = session.reader().execute("SELECT reason FROM correction").fetchall()
        assert correction["reason"] == "原时限录错"


async def test_the_project_page_tells_corrections_and_how_often_a_problem_was_extended(small: Path) -> None:
    async with running(small, size=(160, 30)) as driver:
        session = driver.app.session
        uid = assigned(session)
        issue.extend(session, uid, date(2023, 10, 30), "征迁未完")
        project = row(driver, uid)["project_uid"]
        register.add(session, "annual_plan", project, {"year": 2023, "year_class": "continuing", "plan_invest": 10**8})
        register.add(
            session, "monthly_report", project, {"month": "2023-08", "invest_month": 10**6, "progress_text": "桩基"}
        )
        [report] = session.reader().execute("SELECT uid FROM monthly_report").fetchone()
        register.move(session, "monthly_report", report, "submitted", {})
        values = {"invest_month": 2 * 10**6}
        correct.correct(session, "monthly_report", report, values, {"reason": "核增"})
        driver.app.push_screen(ProjectScreen(project, "issue"))
        await driver.settle()
        line = next(shown for shown in driver.text.splitlines() if "用地指标不足" in shown)
        assert "2023-10-30" in line and " 1 " in line.partition("2023-10-30")[2]
        driver.app.screen.section = "correction"  # type: ignore[attr-defined]
        driver.app.screen.reload()  # type: ignore[attr-defined]
        await driver.settle()
        line = next(shown for shown in driver.text.splitlines() if "核增" in shown)
        assert "100 → 200" in line and "2023-09-20" in line
        await driver.press("f2")
        assert "stays as it is" in driver.foot
