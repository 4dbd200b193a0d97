"""Today and the gap board by their keys: each duty is settled by F5 and gone from the list afterwards."""

import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from tests import gap_register
from tests.conftest import NOON
from tests.ui.driver import TODAY, Driver, running
from zjtui.config import load_settings, save_settings
from zjtui.domain.finding import DUTIES, GAPS, Finding
from zjtui.store.read import findings
from zjtui.usecases import register
from zjtui.usecases.session import open_session


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    folder = tmp_path_factory.mktemp("gaps") / "workspace"
    return folder, gap_register.build(folder)


@pytest.fixture
def gaps(made: tuple[Path, dict[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("zjtui.store.changes.now_ms", lambda: NOON)
    return Path(shutil.copytree(made[0], tmp_path / "workspace"))


def listed(driver: Driver) -> list[Finding]:
    """Return the findings on the screen in front."""
    screen: Any = driver.app.screen
    return list(findings.page(driver.app.session.reader(), screen.looked, screen.shown).values())


async def stand_on(driver: Driver, kind: str, project: str) -> None:
    """Put the cursor on the row of a kind and project."""
    screen: Any = driver.app.screen
    page = findings.page(driver.app.session.reader(), screen.looked, screen.shown)
    key = next(key for key, item in page.items() if item.kind == kind and item.project_uid in (project, ""))
    screen.table.go_to(key)
    await driver.settle()


async def to_today(driver: Driver) -> None:
    """Get past the question about the draft that is waiting, then show the list."""
    await driver.press("down", "enter", "8")


async def save(driver: Driver, **texts: str) -> None:
    """Type into the form's fields and save."""
    for name, text in texts.items():
        row = driver.app.screen.form.row(name)  # type: ignore[attr-defined]
        row.put("")
        row.editor.focus()
        await driver.settle()
        await driver.type(text)
    await driver.press("ctrl+s")


async def move(driver: Driver, target: str, **texts: str) -> None:
    """Choose a state in the dialog that is open, then fill the form."""
    await driver.type(target)
    while driver.app.screen.highlighted.value != target:  # type: ignore[attr-defined]
        await driver.press("down")
    await driver.press("enter")
    if texts:
        await save(driver, **texts)
    elif hasattr(driver.app.screen, "form"):
        await driver.press("ctrl+s")


async def work_off(driver: Driver) -> None:
    """An issue in hand is solved: assigned, begun, solved, as the moves go."""
    await move(driver, "doing")
    await driver.press("f5")
    await move(driver, "solved")


async def type_month(driver: Driver) -> None:
    """Type the month's amount and progress in the grid, submit it, and go back."""
    await driver.type("1200")
    await driver.press("tab", "tab")
    await driver.type("主体施工")
    await driver.press("enter", "deed:submit_all", "2", "escape")


Deed = Callable[[Driver], Awaitable[None]]
DEEDS: dict[str, Deed] = {
    "issue_due": work_off,
    "issue_silent": lambda driver: move(driver, "doing"),
    "issue_verify": lambda driver: move(driver, "closed", verifier="李四", verify_note="现场已核", evidence="验收单"),
    "recheck_due": lambda driver: save(driver, findings="回头看，未反弹"),
    "service_due": lambda driver: move(driver, "decided", doc_no="浙建许1号", result="approved"),
    "service_silent": lambda driver: move(driver, "accepted"),
    "element_unowned": lambda driver: save(driver, responsible="县局"),
    "element_due": lambda driver: move(driver, "secured"),
    "policy_untold": save,
    "promise_late": lambda driver: move(driver, "kept"),
    "contact_overdue": lambda driver: save(driver, findings="电话了解", form="phone"),
    "never_visited": lambda driver: save(driver, findings="现场查看"),
    "not_linked": lambda driver: save(driver, title_text="用地指标不足", kind="land"),
    "visit_due": lambda driver: save(driver, findings="如约走访"),
    "report_missing": type_month,
    "start_due": lambda driver: move(driver, "building", real_start="2023-09-20", start_evidence="permit"),
    "start_late": lambda driver: move(driver, "building", real_start="2023-09-20", start_evidence="permit"),
    "stat_missing": lambda driver: save(driver, stat_in="2023-09-20"),
    "no_leader": lambda driver: save(driver, person_uid="张三"),
    "draft_left": lambda driver: save(driver, findings="写完了"),
}


def test_every_duty_is_tried() -> None:
    assert set(DEEDS) == set(DUTIES)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", DEEDS)
async def test_each_duty_is_settled_by_its_key_and_gone(
    gaps: Path, made: tuple[Path, dict[str, str]], kind: str, lang: str
) -> None:
    project = made[1][kind]
    async with running(gaps, lang) as driver:
        await to_today(driver)
        before = len(listed(driver))
        await stand_on(driver, kind, project)
        await driver.press("f5")
        assert driver.app.screen is not driver.app.main_screens.get("today"), driver.text
        await DEEDS[kind](driver)
        assert driver.app.screen is driver.app.main_screens.get("today"), driver.text + driver.messages
        left = [item for item in listed(driver) if item.kind == kind and item.project_uid in (project, "")]
        assert left == [], driver.messages
        assert len(listed(driver)) <= before


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_setting_aside_takes_it_off_the_list_and_counts_it(
    gaps: Path, made: tuple[Path, dict[str, str]], lang: str
) -> None:
    async with running(gaps, lang) as driver:
        await to_today(driver)
        count = len(listed(driver))
        await stand_on(driver, "no_leader", made[1]["no_leader"])
        await driver.press("deed:set_aside")
        await save(driver, reason="等人事安排")
        assert len(listed(driver)) == count - 1
        assert ("搁置 1 项" if lang == "zh" else "1 set aside") in driver.text
        rows = driver.app.session.reader().execute("SELECT kind, until, person_uid FROM set_aside").fetchall()
        assert [tuple(row) for row in rows] == [("no_leader", "2023-09-27", None)]
        await driver.press("ctrl+z")
        assert len(listed(driver)) == count


async def test_a_clear_list_says_until_when(small: Path) -> None:
    session = open_session(small, today=TODAY)
    visited = session.reader().execute("SELECT project_uid FROM follow_up").fetchone()[0]
    register.add(
        session, "contact", visited, {"person_uid": "张三", "role": "leader", "from_date": TODAY, "is_main": True}
    )
    session.close()
    async with running(small, person="张三") as driver:
        await driver.press("8")
        assert "All clear until 2023-" in driver.text


async def test_the_list_is_filtered_and_opens_what_it_is_about(gaps: Path, made: tuple[Path, dict[str, str]]) -> None:
    async with running(gaps) as driver:
        await to_today(driver)
        await driver.press("ctrl+f")
        await driver.type("Promise overdue")
        assert [item.kind for item in listed(driver)] == ["promise_late"], driver.text
        await driver.press("enter", "enter")
        assert "两周内交地" in driver.text
        await driver.press("escape", "ctrl+g")
        assert "青屿" in driver.text.splitlines()[0] and "Projects" in driver.text.splitlines()[0]


async def test_letters_typed_while_the_ones_before_are_looked_for_stay_in_their_order(gaps: Path) -> None:
    async with running(gaps) as driver:
        await to_today(driver)
        await driver.press("ctrl+f")
        await driver.type("Promise")
        screen: Any = driver.app.screen
        screen.query_one("#filter").insert_text_at_cursor(" o")
        screen.draw()  # what was found for the letters before comes just now
        await driver.type("verdue")
        assert "Promise overdue" in driver.text
        assert [item.kind for item in listed(driver)] == ["promise_late"], driver.text


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_the_gap_board_goes_by_kinds_and_regions(
    gaps: Path, made: tuple[Path, dict[str, str]], lang: str
) -> None:
    async with running(gaps, lang, size=(120, 40)) as driver:
        await driver.press("down", "enter", "0")
        assert len(driver.app.screen.table.headings) == len(GAPS)  # type: ignore[attr-defined]
        await driver.press("enter")
        assert {item.kind for item in listed(driver)} == {"issue_due"}
        await driver.press("tab")
        assert {item.kind for item in listed(driver)} == {"issue_verify"}
        await driver.press("escape")
        assert len({item.kind for item in listed(driver)}) > 15
        await driver.press("f6")
        await driver.type("330100")
        await driver.press("enter")
        assert listed(driver) == []


async def test_planned_visits_are_written_county_by_county(gaps: Path, made: tuple[Path, dict[str, str]]) -> None:
    async with running(gaps, "zh") as driver:
        await driver.press("down", "enter", "0", "down")
        project = listed(driver)[0].project
        await driver.press("deed:plan_visit")
        await save(driver, day="2023-09-25", who="专班三组", purpose="看用地")
        await driver.press("ctrl+x", "enter")
        [path] = (gaps / "reports").glob("*.txt")
        text = path.read_text("utf-8")
        assert "2023-09-25" in text and "【舟山市】" in text and f"1. {project} · 青屿岛 · 专班三组 · 看用地" in text


async def test_only_who_came_from_the_list_goes_back_to_it_from_the_months(
    gaps: Path, made: tuple[Path, dict[str, str]]
) -> None:
    async with running(gaps) as driver:
        await to_today(driver)
        await stand_on(driver, "report_missing", made[1]["report_missing"])
        await driver.press("f5", "escape")
        assert driver.app.screen is driver.app.main_screens.get("today")
        await driver.press("4", "escape")
        assert driver.app.screen is driver.app.main_screens.get("projects")
        await driver.press("ctrl+u")
        driver.app.report_month("2023-08", made[1]["report_missing"])
        await driver.settle()
        await driver.press("escape")
        assert driver.app.screen is driver.app.main_screens.get("day")


async def test_the_day_begins_with_todays_duties_once_a_person_is_set(workspace: Path) -> None:
    chosen = load_settings(workspace)
    chosen.start = ""
    save_settings(workspace, chosen)
    async with running(workspace, "en") as driver:
        assert driver.text.splitlines()[0].startswith(" zjtui › Today")
        await driver.press("escape")
        assert driver.text.splitlines()[0].startswith(" zjtui › Projects")
