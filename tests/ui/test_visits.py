"""Visits: all of them in one list and in a calendar of weeks; adding from a list; where the cursor stands after it."""

from datetime import date
from pathlib import Path

import pytest

from tests.ui.driver import TODAY, running
from zjtui.usecases import follow_up, register
from zjtui.usecases.session import open_session


@pytest.fixture
def visited(small: Path, tmp_path: Path) -> Path:
    """The small register, with a visit that raised a problem, made a promise and took a photo."""
    session = open_session(small, today=TODAY, person="tester")
    uid = session.reader().execute("SELECT uid FROM project ORDER BY id").fetchone()[0]
    photo = tmp_path / "现场.jpg"
    photo.write_bytes(b"\xff\xd8" + bytes(341_998))
    follow_up.log(
        session,
        uid,
        {"findings": "外线未迁改", "units": "专班", "mechanism": "contact", "next_visit": date(2023, 9, 27)},
        {
            "issue": {"title_text": "外线迁改受阻", "kind": "utility", "severity": "mid"},
            "promise": {"text": "三天内进场"},
        },
        [photo],
    )
    register.add(session, "visit_plan", uid, {"day": date(2023, 9, 22), "purpose": "看桩基"})
    session.close()
    return small


async def test_a_visit_shows_its_problem_its_promise_and_its_photo_with_its_size(visited: Path) -> None:
    async with running(visited, person="tester") as driver:
        await driver.press("ctrl+f4", "enter")
        for told in ("外线迁改受阻 · Open", "三天内进场 · Open", "现场.jpg · 342 KB"):
            assert told in driver.text


async def test_all_visits_stand_in_one_list_that_is_filtered_by_mechanism_week_and_words(visited: Path) -> None:
    async with running(visited, "zh", (140, 24)) as driver:
        await driver.press("ctrl+f4")
        assert "2 条走访 · 1 个项目" in driver.foot and "外线迁改受阻" in driver.text
        await driver.press("f6")
        await driver.choose("机制", "领导联系")
        assert "1 条走访" in driver.foot and "现场查看桩基施工" not in driver.text
        await driver.press("escape", "ctrl+f")
        await driver.type("桩基")
        assert "1 条走访" in driver.foot and "现场查看桩基施工" in driver.text
        await driver.press("enter", "escape", "f6")
        await driver.choose("时间", "上周")
        assert "没有符合筛选的记录" in driver.text


async def test_what_is_added_from_a_list_is_where_the_cursor_stands(visited: Path) -> None:
    """Ctrl+N asks of which project, that of the row first; the row may stand anywhere in the order of the list."""
    async with running(visited) as driver:
        await driver.press("ctrl+f4", "ctrl+n", "enter")
        await driver.type("补记上周的会")
        await driver.press("tab", "tab")
        await driver.press("home", "shift+end")
        await driver.type("2023-09-12")
        await driver.press("ctrl+s")
        table = driver.app.screen.query_one("#table")
        assert table.cursor == len(table.ids) - 1  # type: ignore[attr-defined]
        await driver.press("enter")
        assert "补记上周的会" in driver.text


async def test_a_saved_row_that_the_filter_leaves_out_is_said_to_be_elsewhere(visited: Path) -> None:
    async with running(visited) as driver:
        await driver.press("ctrl+f4", "f6")
        await driver.choose("Mechanism", "Leader")
        await driver.press("ctrl+n", "enter")
        await driver.type("另一次")
        await driver.press("ctrl+s")
        assert "what this list shows leaves it out" in driver.foot


async def test_problems_services_and_promises_are_added_from_their_lists(visited: Path) -> None:
    async with running(visited) as driver:
        await driver.press("3", "ctrl+n")  # no service yet: no row to stand on
        assert "of which project?" in driver.text
        await driver.press("escape", "2", "ctrl+n", "enter")
        await driver.type("新问题")
        await driver.press("tab")
        await driver.choose("Land")
        await driver.press("ctrl+s")
        assert "新问题" in driver.text.splitlines()[3 + driver.app.screen.query_one("#table").cursor]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("lang", "told"), [("en", ("2 days left", "7 days left")), ("zh", ("剩2天", "剩7天"))])
async def test_the_calendar_shows_week_by_week_what_is_planned_agreed_and_done(
    visited: Path, lang: str, told: tuple[str, str]
) -> None:
    async with running(visited, lang) as driver:
        await driver.press("ctrl+f2")
        planned = next(line for line in driver.text.splitlines() if "2023-09-22" in line)
        agreed = next(line for line in driver.text.splitlines() if "2023-09-27" in line)
        assert told[0] in planned and told[1] in agreed
        assert driver.text.count("──") == 5
        await driver.press("ctrl+left")
        assert "2023-09-11" in driver.text
