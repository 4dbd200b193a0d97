"""Freezes and earlier days by keys: shown as they were, compared, read only, and back to now."""

from datetime import date
from pathlib import Path

import pytest

from tests.ui.driver import TODAY, running
from zjtui.config import load_settings
from zjtui.domain.month import Month
from zjtui.reports import league
from zjtui.usecases import freeze, month, project, register
from zjtui.usecases.session import open_session


def frozen(folder: Path, *months: str) -> None:
    """Freeze months under their own names."""
    session = open_session(folder, today=TODAY)
    for wanted in months:
        freeze.make(session, wanted, f"{wanted}例会")
    session.close()


@pytest.mark.parametrize(
    ("lang", "empty", "verified"),
    [
        ("zh", "还没有定格。在概况（5）按 Ctrl+N", "已核验"),
        ("en", "Nothing is frozen yet. Ctrl+N on the overview", "Verified"),
    ],
)
async def test_freezes_are_listed_shown_and_compared(workspace: Path, lang: str, empty: str, verified: str) -> None:
    async with running(workspace, lang) as driver:
        await driver.press("6", "deed:freezes")
        assert empty in driver.text
        await driver.press("deed:compare", "deed:compare_now", "enter", "escape")  # nothing to do anything with
        assert "2023-08" in driver.head  # back on the league
    frozen(workspace, "2023-07", "2023-08")
    async with running(workspace, lang) as driver:
        await driver.press("5", "deed:freezes", "enter")
        assert "2023-08例会" in driver.head and "59.0%" in driver.text and verified in driver.foot
        assert driver.app.session.workspace.device in driver.text
        before = driver.text
        await driver.press("escape", "enter")
        assert driver.text == before
        await driver.press("escape", "deed:compare")
        assert "Ins" in driver.foot  # says to mark two
        await driver.press("insert", "deed:compare")  # the marked one and the one under the cursor
        assert "40.6% " in driver.text and "+18.4" in driver.text and "2023-07例会 (2023-07) →" in driver.head
        await driver.press("ctrl+l")
        assert ("last 40.6%" if lang == "zh" else "上次 40.6%") in driver.text
        await driver.press("ctrl+l", "escape", "escape", "deed:compare_now")
        assert ("现在 (2023-08)" if lang == "zh" else "now (2023-08)") in driver.head


async def test_a_freeze_that_was_tampered_with_is_not_shown(workspace: Path) -> None:
    frozen(workspace, "2023-08")
    session = open_session(workspace, today=TODAY)
    session.workspace.transact(
        lambda connection: connection.execute("UPDATE freeze SET figures = replace(figures, '265', '300')")
    )
    session.close()
    async with running(workspace) as driver:
        await driver.press("5", "deed:freezes")
        assert "not the figures" in driver.text
        await driver.press("enter")
        assert "Freezes" in driver.head and "not those that were frozen" in driver.messages


async def test_the_freezes_are_found_by_name_from_anywhere(workspace: Path) -> None:
    async with running(workspace, "zh") as driver:
        await driver.press("1", "ctrl+p")
        await driver.type("定格")
        await driver.press("down", "enter")
        assert "定格" in driver.head


@pytest.mark.parametrize(("lang", "known"), [("zh", "2023-09-30 所知"), ("en", "as known on 2023-09-30")])
async def test_overview_and_league_as_they_were_known_on_a_day(
    workspace: Path, lang: str, known: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def scratch() -> list[Path]:
        return list(workspace.glob(".zjtui-scratch*"))

    october = date(2023, 10, 20)
    monkeypatch.setattr("zjtui.store.changes.now_ms", lambda: 1_697_774_400_000)  # 2023-10-20 12:00 in Beijing
    session = open_session(workspace, today=october)
    uid = project.add(session, {"name": "新入库", "region_code": "330900", "total_invest": 10**12}).uid
    register.add(session, "annual_plan", uid, {"year": 2023, "year_class": "continuing", "plan_invest": 10**11})
    month.put(session, uid, "2023-08", {"invest_month": 10**10})
    session.close()
    async with running(workspace, lang, (120, 40), today=october) as driver:
        await driver.press("5", "ctrl+left")
        assert "59.0%" not in driver.text
        await driver.press("deed:known")
        await driver.type("某一天")
        await driver.press("enter")
        assert "D-01" in driver.text
        await driver.press("end", "shift+home")
        await driver.type("9-30")
        await driver.press("enter")
        assert known in driver.head and "2023-08" in driver.head and "59.0%" in driver.text
        assert "2023-10-20" in driver.head  # today is still today
        await driver.press("ctrl+n", "ctrl+z")  # read only
        assert "Esc" in driver.foot
        rows = driver.app.session.reader().execute("SELECT (SELECT count(*) FROM freeze), count(*) FROM project")
        assert tuple(rows.fetchone()) == (0, 100)
        await driver.press("6")
        assert known in driver.head
        places = {row.key: row for row in driver.app.screen.places}  # type: ignore[attr-defined]
        assert places["330900"].denominator == ("20.35" if lang == "zh" else "2.035")
        await driver.press("deed:why")
        assert ("变动原因" if lang == "zh" else "Why it moved") in driver.head
        await driver.press("escape", "deed:why", "escape", "enter")  # the projects of a place
        assert ("现在的数据" if lang == "zh" else "as it is now") in driver.messages
        assert len(scratch()) == 1
        kept = driver.app.past  # or its file would go with the last mention of it
        await driver.press("5", "escape")
        assert kept and known not in driver.head and "59.0%" not in driver.text and driver.app.past is None
        assert not scratch()  # the copy of that day is gone
        await driver.press("6")
        assert known not in driver.head
        places = {row.key: row for row in driver.app.screen.places}  # type: ignore[attr-defined]
        assert places["330900"].denominator == ("1,020.35" if lang == "zh" else "102.035")
        await driver.press("escape")
        assert len(driver.app.screen_stack) == 1
        await driver.press("5", "deed:known")
        await driver.type("9-30")
        await driver.press("enter")
        assert scratch()
    assert not scratch()  # also after leaving from there


async def test_a_day_before_everything_says_so_and_the_same_key_leads_back(workspace: Path) -> None:
    async with running(workspace, size=(120, 40)) as driver:
        await driver.press("6", "deed:known")
        await driver.type("9-1")
        await driver.press("enter")
        assert "was known on 2023-09-01. Esc goes back to now" in driver.text
        await driver.press("ctrl+right", "ctrl+left", "deed:known")
        assert "as known" not in driver.head and "Taizhou" in driver.text


async def test_reading_an_earlier_day_can_be_stopped(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    from zjtui.store.write import replay

    held = threading.Event()
    real = replay.replay

    def slow(live: object, target: object, tick: object, known: object = None) -> object:
        held.wait(5)
        return real(live, target, tick, known)  # type: ignore[arg-type]

    monkeypatch.setattr(replay, "replay", slow)
    async with running(workspace) as driver:
        await driver.press("5")
        driver.app.screen.action_known()  # type: ignore[attr-defined]
        await driver.pilot.pause()
        await driver.pilot.press(*"9-20")
        await driver.pilot.press("enter")
        await driver.pilot.pause(0.1)
        assert "Reading the register" in driver.text
        await driver.pilot.press("escape")
        held.set()
        await driver.settle()
        assert "Stopped; nothing was changed" in driver.foot and driver.app.past is None


async def test_why_a_place_moved_is_told_part_by_part(workspace: Path) -> None:
    async with running(workspace, "zh") as driver:
        await driver.press("6", "deed:why")
        assert "变动原因" in driver.head and "自身变动" in driver.text
        assert "依台账现有数据" in driver.foot
        await driver.press("escape", "f6", "down", "down", "down", "enter", "deed:why")  # problems are not split
        assert "只有完成率" in driver.messages


async def test_a_county_looks_at_itself_first_where_it_is_ranked(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = load_settings(workspace).person
    async with running(workspace, person=person) as driver:
        await driver.press("6")  # of Nanxun in Huzhou: two projects are not ranked, so the cities
        assert driver.app.screen.by == "city"  # type: ignore[attr-defined]
        marked = [text.split()[1:3] for text in driver.text.splitlines()[3:-2] if text[5:6] in ("▸", "·")]
        assert marked == [["·", "Wenzhou"], ["▸", "Huzhou"], ["·", "Lishui"]]
        assert driver.app.screen.table.current == driver.app.screen.own_place  # type: ignore[attr-defined]
    monkeypatch.setattr(league, "SMALL", 1)
    async with running(workspace, person=person, size=(80, 18)) as driver:  # its place is below the first page
        await driver.press("6")
        screen = driver.app.screen
        assert screen.by == "county" and "▸ Nanxun" in driver.text  # type: ignore[attr-defined]
        own = league.table(driver.app.session, "county", "completion", Month(2023, 8))
        place = next(number for number, row in enumerate(own) if row.key == "330503")
        for neighbour in (own[place - 1], own[place + 1]):
            assert f"· {neighbour.name}" in driver.text
    async with running(workspace, person="nobody") as driver:
        await driver.press("6")
        assert "▸" not in driver.text
