"""What is typed is what is kept: choices, undo, discarding and pasting in every kind of field."""

from pathlib import Path

import pytest
from textual import events

from tests.ui.driver import Driver, running
from zjtui.domain.named import New
from zjtui.ui.screens.form import FormScreen
from zjtui.ui.widgets.form_row import LineInput
from zjtui.ui.widgets.inputs import SafeInput
from zjtui.ui.widgets.suggestions import Suggestions
from zjtui.usecases import follow_up, issue, register


def form(driver: Driver) -> FormScreen:
    assert isinstance(driver.app.screen, FormScreen)
    return driver.app.screen


async def go_to(driver: Driver, name: str) -> None:
    form(driver).form.enter(name)
    await driver.settle()


def text(driver: Driver, name: str) -> str:
    row = form(driver).form.row(name)
    assert row
    return row.text


def labels(driver: Driver) -> list[str]:
    return [choice.label for choice in driver.app.screen.query_one(Suggestions).choices]


def operations(driver: Driver) -> int:
    row = driver.app.session.reader().execute("SELECT count(DISTINCT operation) FROM change").fetchone()
    return int(row[0])


@pytest.mark.parametrize("key", ["enter", "tab"])
async def test_the_choice_that_is_lit_is_the_one_taken(workspace: Path, key: str) -> None:
    async with running(workspace) as driver:
        await driver.press("f3")
        await go_to(driver, "people")
        await driver.press("home", "ctrl+k")
        await driver.type("章")
        found = labels(driver)
        assert len(found) > 2
        await driver.press("down", "down", key)
        assert text(driver, "people") == found[2]


async def test_in_an_empty_field_the_arrows_choose_too(workspace: Path) -> None:
    async with running(workspace) as driver:
        await driver.press("f3")
        await go_to(driver, "people")
        await driver.press("home", "ctrl+k")
        found = labels(driver)
        await driver.press("down", "down", "enter")
        assert text(driver, "people") == found[1]


async def test_ctrl_s_takes_the_choice_that_is_lit(workspace: Path) -> None:
    async with running(workspace) as driver:
        await driver.press("f4")
        await driver.type("用地指标尚缺四十二亩")
        await go_to(driver, "kind")
        await driver.type("l")  # no code and no whole label: as it stands it would be refused
        assert len(labels(driver)) > 1
        await driver.press("down", "ctrl+s")
        row = driver.app.session.reader().execute("SELECT kind FROM issue WHERE title_text LIKE '%四十二亩'").fetchone()
        assert row


async def test_undo_in_a_form_belongs_to_what_is_typed_there(workspace: Path) -> None:
    async with running(workspace) as driver:
        uid = driver.app.session.reader().execute("SELECT uid FROM project LIMIT 1").fetchone()[0]
        follow_up.add(driver.app.session, uid, {"findings": "先前的一次"})  # what undo would reach outside
        before = operations(driver)
        await driver.press("f3")
        await driver.type("桩基完成")
        await go_to(driver, "advice")
        await driver.type("加快报批")
        await go_to(driver, "visit_date")
        await driver.press("ctrl+z")
        assert (text(driver, "advice"), text(driver, "findings")) == ("", "桩基完成")
        await driver.press("ctrl+y")
        assert text(driver, "advice") == "加快报批"
        await driver.press("ctrl+z", "ctrl+z")
        assert (text(driver, "advice"), text(driver, "findings")) == ("", "")
        await driver.press("ctrl+z", "ctrl+z")
        assert "Nothing typed is left" in driver.text and operations(driver) == before
        await driver.app.run_action("undo")  # as the palette does it, from outside a field
        await driver.settle()
        assert operations(driver) == before


async def test_undo_in_a_line_takes_back_words_and_choices(workspace: Path) -> None:
    async with running(workspace) as driver:
        await driver.press("f4")
        await driver.type("road works")
        await driver.press("ctrl+z")
        assert text(driver, "title_text") == "road "
        await driver.press("ctrl+y")
        assert text(driver, "title_text") == "road works"
        await go_to(driver, "kind")
        await driver.press("down", "enter")
        await go_to(driver, "kind")
        assert text(driver, "kind")
        await driver.press("ctrl+z")
        assert text(driver, "kind") == ""


async def test_undo_in_a_cell_a_filter_and_a_prompt_leaves_the_register(small: Path) -> None:
    async with running(small) as driver:
        before = operations(driver)
        await driver.press("4")
        await driver.type("1200")
        await driver.press("ctrl+z")
        assert operations(driver) == before and driver.app.screen.line.value == ""  # type: ignore[attr-defined]
        await driver.press("escape", "ctrl+f")
        await driver.type("hz")
        await driver.press("ctrl+z", "ctrl+z")
        assert operations(driver) == before and "2 projects" in driver.text
        await driver.press("enter", "ctrl+w")
        await driver.choose("save this")
        await driver.type("mine")
        await driver.press("ctrl+z", "ctrl+z")
        assert operations(driver) == before and driver.app.screen.query_one(SafeInput).value == ""


@pytest.mark.parametrize("key", ["escape"])
async def test_no_key_alone_throws_away_what_was_typed_and_undo_brings_it_back(workspace: Path, key: str) -> None:
    async with running(workspace) as driver:
        before = operations(driver)
        await driver.press("f3")
        await driver.type("桩基完成")
        await driver.press(key)
        assert "Not saved yet" in driver.text
        await driver.press("3", "enter")
        assert not isinstance(driver.app.screen, FormScreen)
        await driver.press("ctrl+z")
        assert text(driver, "findings") == "桩基完成" and operations(driver) == before
        await driver.press("ctrl+s")
        assert operations(driver) == before + 1
        await driver.press("ctrl+z")
        assert not isinstance(driver.app.screen, FormScreen) and "Taken back" in driver.messages


@pytest.mark.parametrize(("lang", "undone", "redone"), [
    ("en", "Taken back: Raise an issue · Issue “外线未迁改” · 杭州西站枢纽", "Done again: Raise an issue · Issue “外线未迁改” · 杭州西站枢纽"),
    ("zh", "已撤销：登记问题 · 问题“外线未迁改” · 杭州西站枢纽", "已重做：登记问题 · 问题“外线未迁改” · 杭州西站枢纽"),
])  # fmt: skip
async def test_undo_redo_and_the_log_name_the_record(small: Path, lang: str, undone: str, redone: str) -> None:
    """Also of a record that is gone, and of the undo itself in the log."""
    async with running(small, lang) as driver:
        session = driver.app.session
        uid = session.reader().execute("SELECT uid FROM project WHERE name = '杭州西站枢纽'").fetchone()[0]
        issue.add(
            session, uid, {"title_text": "外线未迁改", "kind": "land", "severity": "mid", "owner_person": New("李四")}
        )
        await driver.press("ctrl+z")
        assert undone in driver.messages
        await driver.press("ctrl+y")
        assert redone in driver.messages
        await driver.press("7")
        told = driver.text.splitlines()[2:5]
        assert [line.count("外线未迁改") for line in told] == [1, 1, 1], told
        assert (
            redone.partition(" · ")[0][:15] in told[0] and undone.partition(" · ")[0][:15] in told[1]
        )  # as much as 80 columns show


async def test_what_was_discarded_comes_back_in_its_turn(workspace: Path) -> None:
    async with running(workspace) as driver:
        await driver.press("f3")
        await driver.type("先写的一句")
        await driver.press("escape", "3", "enter", "f3")
        await driver.type("后写的一句")
        await driver.press("ctrl+s", "ctrl+z")
        assert not isinstance(driver.app.screen, FormScreen)
        await driver.press("ctrl+z")
        assert text(driver, "findings") == "先写的一句"


async def test_a_draft_that_was_discarded_at_the_start_comes_back(workspace: Path) -> None:
    async with running(workspace) as driver:
        await driver.press("f3")
        await driver.type("写到一半")
        await driver.settle()
    async with running(workspace) as driver:
        assert "A draft is waiting" in driver.text
        await driver.press("3", "enter", "ctrl+z")
        assert text(driver, "findings") == "写到一半"


async def test_a_prompt_asks_before_a_line_goes_and_undo_brings_it_back(workspace: Path) -> None:
    async with running(workspace) as driver:
        await driver.press("ctrl+w")
        await driver.choose("save this")
        await driver.type("舟山的项目")
        await driver.press("escape")
        assert "Not taken yet" in driver.text
        await driver.press("2", "enter", "ctrl+w")
        await driver.choose("save this")
        await driver.press("ctrl+z")
        assert driver.app.screen.query_one(SafeInput).value == "舟山的项目"


async def paste(driver: Driver, pasted: str) -> None:
    driver.app.post_message(events.Paste(pasted))
    await driver.settle()


@pytest.mark.parametrize(
    "way",
    [("f3",), ("f4",), ("ctrl+f",), ("f7",), ("ctrl+o",), ("ctrl+w", *"save this", "enter"), ("4", "tab", "tab")],
    ids=["long", "line", "filter", "search", "choice", "prompt", "cell"],
)
async def test_a_pasted_line_is_entered_once(workspace: Path, way: tuple[str, ...]) -> None:
    async with running(workspace) as driver:
        await driver.press(*way)
        await paste(driver, "报批进度")
        focused = driver.app.focused
        assert (focused.text if hasattr(focused, "text") else focused.value) == "报批进度"  # type: ignore[union-attr]


async def test_what_is_pasted_into_a_long_field_is_for_the_field_alone(workspace: Path) -> None:
    async with running(workspace) as driver:
        await driver.press("f3")
        driver.app.post_message(events.Paste("桩基完成"))
        await driver.settle()
        assert text(driver, "findings") == "桩基完成" and "nothing to filter" not in driver.text


@pytest.mark.parametrize(("answer", "kept"), [("1", "第一行 第二行"), ("2", "第一行、第二行"), ("3", "")])
async def test_several_pasted_lines_are_asked_about_and_entered_once(workspace: Path, answer: str, kept: str) -> None:
    async with running(workspace) as driver:
        await driver.press("f4")
        await paste(driver, "第一行\n第二行\n")
        await driver.press(answer, "enter")
        assert isinstance(driver.app.focused, LineInput) and driver.app.focused.value == kept


async def test_the_key_that_closes_the_day_deletes_nothing_that_was_typed(small: Path) -> None:
    """A form asks as it does when it is left; a month's amount stays."""
    async with running(small) as driver:
        await driver.press("4")
        await driver.type("1300")
        await driver.press("ctrl+s", "ctrl+u")
        assert "Close the day" in driver.head
        rows = driver.app.session.reader().execute("SELECT invest_month FROM monthly_report").fetchall()
        assert [row[0] for row in rows] == [13_000_000]
        await driver.press("1", "f3")
        await driver.type("第一行文字很重要")
        await driver.press("ctrl+u")
        assert "Not saved yet" in driver.text
        await driver.press("escape")
        assert "第一行文字很重要" in driver.text


@pytest.mark.parametrize("key", ["ctrl+u", "escape"])
async def test_what_is_typed_on_answers_no_question(workspace: Path, key: str) -> None:
    """Whoever takes a key for another one and types on ("30 Nov", "1 Mar") neither closes nor discards the form."""
    async with running(workspace) as driver:
        await driver.press("f3")
        await driver.type("已到现场")
        await driver.press(key)
        assert "Not saved yet" in driver.text
        await driver.type("30 Nov 2 1 Mar")
        assert "Not saved yet" in driver.text
        await driver.press("escape")
        assert "已到现场" in driver.text


async def test_what_begins_as_it_was_typed_is_taken_before_what_only_holds_it(workspace: Path) -> None:
    """“prob” is a problem, not “No problem”; of people 'zs' is 张三 before 李泽山."""
    async with running(workspace) as driver:
        for name in ("李泽山", "张三"):
            register.add(driver.app.session, "person", None, {"name": name})
        await driver.press("f3")
        for field, typed, label in (("result", "prob", "Problem raised"), ("people", "zs", "张三")):
            form(driver).form.enter(field)
            await driver.press("end", *["backspace"] * 12)
            await driver.type(typed)
            await driver.press("tab")
            assert form(driver).typed[field] == label
