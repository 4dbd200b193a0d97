"""What the screens promise, by key presses."""

from pathlib import Path

import pytest
from textual import events

from tests.conftest import TODAY
from tests.ui.driver import Driver, running
from zjtui.domain.named import New
from zjtui.usecases import follow_up, issue, project, setup
from zjtui.usecases.session import open_session

HOSTILE = [
    "[/]", "[@click=app.leave]按我[/]", "[bold red]粗[/bold red]", "[link=x", "[type=x, y]", "{name} %s %(x)s",
    "\x1b[2J\x1b]52;c;U1RPTEVO\x07", "名\u202e字\u200b\u2066", "两\n行\t制表", "x" * 190,
]  # fmt: skip


def count(driver: Driver, table: str) -> int:
    return int(driver.app.session.reader().execute(f"SELECT count(*) FROM {table}").fetchone()[0])


async def test_an_empty_workspace_says_what_to_do(tmp_path: Path) -> None:
    setup.new(tmp_path / "w", today=TODAY).close()
    async with running(tmp_path / "w") as driver:
        await driver.press("escape", "escape", "escape", "escape", "escape")
        assert "Ctrl+E takes in a list, Ctrl+N adds one" in driver.text
        await driver.press("2")
        assert "F4 on a project raises one" in driver.text
        await driver.press("8")
        assert "No projects yet. 1 opens them" in driver.text
        await driver.press("1", "ctrl+n")
        await driver.type("第一个项目")
        await driver.press("tab", "tab", "tab")
        await driver.choose("zss")
        await driver.type("12亿")
        await driver.press("ctrl+s")
        assert "第一个项目" in driver.text
        assert "1.2 bn yuan" in driver.text


@pytest.mark.parametrize(
    ("typed", "found"),
    [("舟山", "舟山云礁石化"), ("zsyjsh", "舟山云礁石化"), ("2208330225", "象山青礁洋"), ("象山县", "象山青礁")],
)
async def test_the_filter_finds_by_name_initials_code_and_place(workspace: Path, typed: str, found: str) -> None:
    async with running(workspace) as driver:
        await driver.press("ctrl+f")
        await driver.type(typed)
        assert found in driver.text
        assert "99 projects" not in driver.text
        await driver.press("enter", "escape")
        assert "99 projects" in driver.text


async def test_filters_by_choice_add_up_and_are_cleared_together(workspace: Path) -> None:
    async with running(workspace) as driver:
        await driver.press("f6")
        await driver.choose("region", "杭州")
        assert " 9 projects" in driver.text
        await driver.press("f6")
        await driver.choose("attr", "indus")
        assert " 5 projects" in driver.text
        await driver.press("escape")
        assert "99 projects" in driver.text


async def test_a_choice_begins_with_what_was_chosen_before(workspace: Path) -> None:
    async with running(workspace) as driver:
        for typed in ("杭州", ""):  # the second time Enter alone
            await driver.press("f6")
            await driver.choose("region", typed)
            assert " 9 projects" in driver.text


async def test_regions_are_offered_city_by_city_under_both_names(workspace: Path) -> None:
    async with running(workspace) as driver:
        await driver.press("f6")
        await driver.choose("region")
        shown = [line.strip("│ ") for line in driver.text.splitlines() if "│" in line]
        first = next(number for number, line in enumerate(shown) if "Hangzhou City 杭州市" in line)
        assert "Zhejiang Province 浙江省" in shown[first - 1] and "Shangcheng District 上城区" in shown[first + 1]


async def test_sorting_and_columns_are_chosen_and_kept(workspace: Path) -> None:
    async with running(workspace) as driver:
        await driver.press("ctrl+o")
        await driver.choose("name")
        assert "▲Name" in driver.text
        await driver.press("ctrl+k")
        await driver.type("project code")
        await driver.press("insert", "enter", "end")
        for _column in range(12):
            await driver.press("right")
        assert "Project code" in driver.text
    async with running(workspace) as driver:
        assert "code" in driver.app.session.settings.columns["projects"]


async def test_full_width_keys_of_an_input_method_count_outside_fields_only(workspace: Path) -> None:
    async with running(workspace) as driver:
        await driver.type("／")
        await driver.type("２／")
        assert driver.app.screen.query_one("#filter").value == "２／"  # type: ignore[attr-defined]
        await driver.press("enter", "escape")
        await driver.type("２")
        assert "Issues" in driver.text


async def test_typing_ahead_reaches_the_field_that_has_the_focus_by_then(workspace: Path) -> None:
    async with running(workspace) as driver:
        for key in ("f4", *"problem", "tab", *"land", "enter", "ctrl+s"):
            driver.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await driver.settle()
        row = (
            driver.app.session.reader()
            .execute("SELECT title_text, kind FROM issue ORDER BY id DESC LIMIT 1")
            .fetchone()
        )
        assert tuple(row) == ("problem", "land")


async def test_a_wrong_value_is_named_while_it_is_typed_and_the_form_stays(workspace: Path) -> None:
    async with running(workspace, size=(120, 40)) as driver:
        before = count(driver, "change")
        await driver.press("f3")
        await driver.press("ctrl+s")
        assert "needed" in driver.text
        await driver.type("现场查看")
        await driver.press("tab", "tab")
        await driver.type("2023-12-01")
        await driver.press("tab", "ctrl+s")
        assert "lies in the future" in driver.text
        assert "现场查看" in driver.text
        assert count(driver, "change") == before


async def test_esc_asks_only_where_something_would_be_lost_and_the_draft_comes_back(workspace: Path) -> None:
    async with running(workspace) as driver:
        await driver.press("f3", "escape")
        assert "99 projects" in driver.text
        await driver.press("f3")
        await driver.type("写到一半")
        await driver.press("escape")
        assert "Not saved yet" in driver.text
        await driver.press("1", "enter")
        assert "99 projects" in driver.text
    async with running(workspace) as driver:
        assert "A draft is waiting" in driver.text
        await driver.press("enter")
        assert "写到一半" in driver.text
        await driver.press("escape", "3", "enter")
        assert count(driver, "draft") == 0


async def test_an_unexpected_fault_keeps_the_form_and_shows_no_traceback(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_values: object) -> None:
        raise RuntimeError("[/] secret=1234")

    async with running(workspace) as driver:
        await driver.press("f3")
        await driver.type("不能丢的内容")
        monkeypatch.setattr("zjtui.usecases.follow_up.log", broken)
        await driver.press("ctrl+s")
        assert "不能丢的内容" in driver.text
        assert "RuntimeError" in driver.messages
        assert "secret" not in driver.messages


async def test_the_language_switches_at_run_time_everywhere(workspace: Path) -> None:
    async with running(workspace, "zh") as driver:
        assert "帮助" in driver.text and "个项目" in driver.text
        await driver.press("ctrl+l")
        assert "Help" in driver.text and "99 projects" in driver.text
        await driver.press("f1")
        assert "Everywhere" in driver.text or "On this screen" in driver.text
        await driver.press("ctrl+l")
        assert "本页" in driver.text
    async with running(workspace) as driver:
        assert driver.app.session.settings.lang == "zh"


async def test_settings_choose_theme_and_person(workspace: Path) -> None:
    async with running(workspace) as driver:
        await driver.press("f9")
        await driver.choose("theme", "ascii")
        assert driver.app.theme == "zjtui-ascii"
        await driver.press("f9")
        await driver.type("who")
        await driver.press("enter", "down", "enter")
        assert driver.app.person_name() in driver.text


async def test_the_palette_finds_actions_by_name_and_initials(workspace: Path) -> None:
    async with running(workspace, "zh") as driver:
        await driver.press("ctrl+p")
        await driver.type("xjxm")
        assert "新建项目" in driver.text
        await driver.press("escape", "escape")


async def test_the_second_instance_reads_and_says_who_writes(workspace: Path) -> None:
    first = open_session(workspace, today=TODAY)
    async with running(workspace) as driver:
        assert "READ ONLY" in driver.text
        assert "has this workspace open" in driver.messages
        await driver.press("f3")
        assert "99 projects" in driver.text
    first.close()


async def test_a_move_that_is_not_allowed_says_why(workspace: Path) -> None:
    async with running(workspace) as driver:
        await driver.press("2", "f5")
        await driver.choose("closed")
        assert "there is no way to" in driver.messages


async def test_one_operation_in_the_log_is_undone_by_itself(workspace: Path) -> None:
    async with running(workspace) as driver:
        await driver.press("f3")
        await driver.type("第一次")
        await driver.press("ctrl+s", "f3")
        await driver.type("第二次")
        await driver.press("ctrl+s", "7", "down", "delete")
        kept = (
            driver.app.session.reader().execute("SELECT findings FROM follow_up ORDER BY id DESC LIMIT 1").fetchone()[0]
        )
        assert kept == "第二次"
        assert "undone" in driver.text


async def test_search_opens_what_it_found(workspace: Path) -> None:
    async with running(workspace) as driver:
        await driver.press("f7")
        await driver.type("桩基")
        assert "found" in driver.text
        await driver.press("enter", "enter")
        assert "Findings" in driver.text


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_hostile_text_is_shown_on_every_screen_and_never_run(tmp_path: Path, text: str) -> None:
    session = setup.new(tmp_path / "w", today=TODAY)
    uid = project.add(
        session,
        {"name": text, "region_code": "330900", "total_invest": 10**9, "owner_org": New(text[:90]), "remark": text * 9},
    ).uid
    visit = follow_up.add(session, uid, {"findings": text * 30, "people": [New(text[:40])]}).uid
    issue.add(session, uid, {"title_text": text[:99], "kind": "land", "detail": text * 50, "follow_up_uid": visit})
    session.close()
    async with running(tmp_path / "w", size=(120, 40)) as driver:
        for keys in (
            ["enter", *["tab"] * 9],
            ["f2"],
            ["escape", "f3"],
            ["escape", "2", "enter"],
            ["f8"],
            ["7", "enter"],
            ["f7"],
        ):
            await driver.press(*keys)
            assert "\x1b" not in driver.text and "\u202e" not in driver.text
        await driver.type(text[:20])
        await driver.press("enter", "f5", "escape", "ctrl+p", "escape", "1")
        assert driver.app.is_running
        assert "1 project " in driver.text
