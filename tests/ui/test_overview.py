"""Overview and league by keys: months, scopes, what is behind a figure, ranks, what if."""

from pathlib import Path

import pytest

from tests.ui.driver import Driver, running
from zjtui.usecases import register as usecases


def line(driver: Driver, beginning: str) -> str:
    """Return the line of a figure."""
    return next(text for text in driver.text.splitlines() if text.startswith(beginning))


@pytest.mark.parametrize(
    ("lang", "label", "register", "parts"),
    [
        ("zh", "投资完成率", "── 项目 99 个，总投资 6,789亿元，年度计划 399亿元 ──", ("4,022", "2,767", "4,430")),
        (
            "en",
            "Completion of",
            "── Register: 99 projects, total 678.9 bn yuan, plan of the year 39.9",
            ("402.2", "276.7", "443"),
        ),
    ],
)
async def test_the_published_figures_and_the_target_stand_on_the_overview(
    workspace: Path, lang: str, label: str, register: str, parts: tuple[str, ...]
) -> None:
    async with running(workspace, lang, (120, 40)) as driver:
        await driver.press("5")
        assert register in driver.text
        for part, share in zip(parts, ("59.2%", "40.8%", "65.3%"), strict=True):
            assert f"{part}   {share}" in driver.text
        assert "59.0%" in line(driver, label) and ("234.72 / 397.88" if lang == "zh" else "23.472 / 39.788") in line(
            driver, label
        )
        await driver.press("ctrl+left")
        assert "2023-07" in driver.text.splitlines()[0] and "40.6%" in line(driver, label)
        await driver.press("ctrl+right", "ctrl+right", "ctrl+right")
        assert "2023-09" in driver.text.splitlines()[0]  # October has not come yet


async def test_enter_shows_the_projects_behind_a_figure_and_opens_one(workspace: Path) -> None:
    async with running(workspace) as driver:
        await driver.press("5")
        while "Completion" not in driver.text.splitlines()[driver.app.screen.table.cursor + 2]:  # type: ignore[attr-defined]
            await driver.press("down")
        await driver.press("enter")
        assert "Behind their own curve" in driver.text.splitlines()[0] and "余杭云岫" in driver.text
        await driver.press("enter")
        assert "余杭云岫" in driver.text.splitlines()[0]


async def test_a_region_is_chosen_and_its_rate_is_its_own(workspace: Path) -> None:
    async with running(workspace, "en", (120, 40)) as driver:
        await driver.press("5", "f6", "enter")
        await driver.type("舟山市")
        await driver.press("enter")
        assert "Zhoushan" in driver.text.splitlines()[0] and "54.7%" in line(driver, "Completion of")


async def test_the_league_by_keys(workspace: Path) -> None:
    async with running(workspace, "en", (120, 40)) as driver:
        await driver.press("6")
        assert line(driver, "   1 Taizhou").split()[3] == "74.7%"
        await driver.press("f6", "down", "enter")
        assert line(driver, "   1 · Taizhou").split()[4] == "100.0%"  # beside the person's own Huzhou
        await driver.press("deed:what_if")
        await driver.type("舟山云礁石化")
        await driver.press("enter")
        assert "becomes" in driver.text.splitlines()[-2] and "Zhoushan" in driver.text.splitlines()[-2]
        await driver.press("down", "down", "deed:why")  # a place that had a start in the month
        assert "Why it moved" in driver.text.splitlines()[0] and "started in the month" in driver.text
        await driver.press("escape", "home", "enter")
        assert "Projects" in driver.text.splitlines()[0] and "Taizhou" in driver.text


async def test_a_month_is_frozen_by_a_key_and_taken_back_by_another(workspace: Path) -> None:
    async with running(workspace) as driver:
        await driver.press("5", "ctrl+n")
        await driver.type("八月例会")
        await driver.press("enter")
        rows = driver.app.session.reader().execute("SELECT name, month FROM freeze").fetchall()
        assert [tuple(row) for row in rows] == [("八月例会", "2023-08")]
        await driver.press("ctrl+z")
        assert driver.app.session.reader().execute("SELECT count(*) FROM freeze").fetchone()[0] == 0


async def test_the_league_of_problems_ranks_fewer_days_first(workspace: Path) -> None:
    async with running(workspace, "en", (120, 40)) as driver:
        await driver.press("6", "f6", *["down"] * 5, "enter")
        places = driver.app.screen.places  # type: ignore[attr-defined]
        days = [row.value for row in places if row.rank is not None]
        assert "Mean days" in driver.text.splitlines()[0] and days == sorted(days) and len(days) > 5
        await driver.press(*["tab"] * 6)  # the scale bands have none of it
        assert "not counted by this group" in driver.messages and "Completion" in driver.text.splitlines()[0]


@pytest.mark.parametrize(
    ("lang", "heading", "place"), [("zh", "完成率对比", "台州市"), ("en", "side by side", "Taizhou City")]
)
async def test_regions_and_fields_stand_side_by_side(workspace: Path, lang: str, heading: str, place: str) -> None:
    async with running(workspace, lang, (120, 60)) as driver:
        await driver.press("5")
        await driver.app.screen.reader.wait()  # type: ignore[attr-defined]
        await driver.settle()
        assert heading in driver.text
        assert next(line for line in driver.text.splitlines() if place in line).count("█") > 20


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_the_league_marks_what_is_not_verified(workspace: Path, lang: str) -> None:
    async with running(workspace, lang, (120, 40)) as driver:
        await driver.press("6")
        await driver.app.screen.reader.wait()  # type: ignore[attr-defined]
        await driver.settle()
        places = [text for text in driver.text.splitlines() if "%" in text and "/" in text]
        doubtful = next(text for text in places if ("丽水市" if lang == "zh" else "Lishui") in text)
        backed = next(text for text in places if ("台州市" if lang == "zh" else "Taizhou") in text)
        assert "?49.7%" in doubtful and "?" not in backed


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_changing_a_policys_conditions_says_who_gains_before_saving(workspace: Path, lang: str) -> None:
    async with running(workspace, lang) as driver:
        session = driver.app.session
        uid = usecases.add(session, "policy", None, {"title_text": "新政", "year": 2023, "package": "8+4"}).uid
        query = "SELECT conditions FROM policy WHERE uid = ?"
        driver.app.edit_record("policy", uid)
        await driver.settle()
        driver.app.screen.form.enter("conditions")  # type: ignore[attr-defined]
        await driver.type("field9=F1")
        await driver.press("ctrl+s")
        assert ("今后适用" if lang == "zh" else "Fit from now on") in driver.text
        await driver.press("1", "enter")
        assert session.reader().execute(query, (uid,)).fetchone()[0] == "[]"
        await driver.press("ctrl+s", "2", "enter")
        assert session.reader().execute(query, (uid,)).fetchone()[0] == '["field9=F1"]'
