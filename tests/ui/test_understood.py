"""Days, months, amounts and areas: shown as they are understood while they are typed, asked about in doubt."""

import re
from pathlib import Path

import pytest

from tests.ui.driver import TODAY, Driver, running
from zjtui.domain import dates, registry
from zjtui.domain.fields import Kind
from zjtui.i18n import _, set_language
from zjtui.ui import entry
from zjtui.ui.form_helps import HINTS


async def put(driver: Driver, name: str, text: str) -> None:
    """Type a text into a field, in place of what stands there."""
    form = driver.app.screen.form  # type: ignore[attr-defined]
    form.row(name).editor.focus()
    await driver.settle()
    await driver.press("end", "shift+home")
    await driver.type(text)


def line(driver: Driver, label: str) -> str:
    return next(shown for shown in driver.text.splitlines() if label in shown)


def visits(driver: Driver) -> list[str]:
    rows = driver.app.session.reader().execute("SELECT visit_date FROM follow_up ORDER BY id")
    return [row[0] for row in rows]


@pytest.mark.parametrize(
    ("lang", "texts"),
    [
        (
            "en",
            {
                "19 Sep": "→ 2023-09-19 Tue",
                "昨天": "→ 2023-09-19 Tue",
                "last Fri": "→ 2023-09-15 Fri",
                "5-1": "→ 2023-05-01 Mon (142 days ago)",
            },
        ),
        (
            "zh",
            {"九月二十日": "→ 2023-09-20 周三", "三天前": "→ 2023-09-17 周日", "5-1": "→ 2023-05-01 周一（142 天前）"},
        ),
    ],
)
async def test_a_day_is_shown_as_it_is_understood(small: Path, lang: str, texts: dict[str, str]) -> None:
    async with running(small, lang) as driver:
        await driver.press("f3")
        for text, shown in texts.items():
            await put(driver, "visit_date", text)
            assert shown in driver.text
        await put(driver, "next_visit", "两周后")
        assert "→ 2023-10-04" in driver.text


@pytest.mark.parametrize("kind", list(HINTS))
def test_a_hint_shows_what_its_readers_type(kind: Kind) -> None:
    """An English hint has no Chinese word, and every day in it is understood."""
    set_language("en")
    hint = _(HINTS[kind])
    assert not re.search(r"[\u4e00-\u9fff]", hint)
    if kind in (Kind.DATE, Kind.PARTIAL):
        for text in hint.partition(": ")[2].split(", "):
            assert dates.parse_partial(text, TODAY)


async def test_every_amount_area_and_month_of_a_form_is_shown_as_it_is_understood(small: Path) -> None:
    texts = {
        Kind.MONEY: ("1.2亿", "→ 12,000万元"), Kind.AREA: ("2公顷", "→ 30亩"), Kind.MONTH: ("六月", "→ 2023-06"),
        Kind.PARTIAL: ("明年6月", "→ 2024-06"), Kind.DATE: ("2023-9-1", "→ 2023-09-01 周五"),
    }  # fmt: skip
    seen = set()
    async with running(small, "zh") as driver:
        project = driver.app.session.reader().execute("SELECT uid FROM project").fetchone()[0]
        for entity in ("project", "annual_plan"):
            declared = registry.model(entity).fields()
            driver.app.open_form(lambda entity=entity: entry.add_spec(driver.app, entity, project))
            await driver.settle()
            for row in driver.app.screen.form.rows():  # type: ignore[attr-defined]
                kind = declared[row.item.name].kind
                if kind in texts:
                    seen.add(kind)
                    await put(driver, row.item.name, texts[kind][0])
                    echo = "→ 1.2亿元" if row.item.name == "total_invest" else texts[kind][1]
                    assert echo in str(row.query_one(".form-fault").content), row.item.name
            await driver.press("escape", "3", "enter")
    assert seen == set(texts)


async def test_a_visit_tomorrow_is_refused_and_is_no_visit_a_year_ago(small: Path) -> None:
    """On 2023-09-20 `9-21` as the day of a visit was saved as 2022-09-21."""
    async with running(small) as driver:
        before = visits(driver)
        await driver.press("f3")
        await driver.type("现场查看")
        await put(driver, "visit_date", "9-21")
        assert "! 2023-09-21 lies in the future" in driver.text
        await driver.press("ctrl+s")
        assert visits(driver) == before and "9-21" in line(driver, "*Date")


async def test_a_day_long_back_is_asked_about_and_named_before_it_is_saved(small: Path) -> None:
    async with running(small) as driver:
        before = visits(driver)
        await driver.press("f3")
        await driver.type("现场查看")
        await put(driver, "visit_date", "5-1")
        await driver.press("ctrl+s")
        assert "“5-1” 2023-05-01 Mon (142 days ago)?" in driver.text and visits(driver) == before
        await driver.press("enter")  # the safe answer: go on typing
        assert visits(driver) == before and "5-1" in line(driver, "*Date")
        await driver.press("ctrl+s", "2", "enter")
        assert visits(driver) == [*before, "2023-05-01"]
        await driver.press("f3")
        await driver.type("现场查看")
        await put(driver, "visit_date", "2023-5-2")  # with its year nothing is in doubt
        await driver.press("ctrl+s")
        assert visits(driver)[-1] == "2023-05-02"


async def test_many_at_once_asks_about_a_day_long_back_too(workspace: Path) -> None:
    async with running(workspace) as driver:
        await driver.press("insert", "ctrl+b", "enter")
        await driver.choose("plan_start")
        await put(driver, "plan_start", "5-1")
        await driver.press("ctrl+s")
        assert "2023-05-01 Mon (142 days ago)" in driver.text
        await driver.press("2", "enter")
        assert "Many at once" in driver.head and "2023-05-01" in driver.text


async def test_an_amount_in_the_grid_of_months_is_shown_as_it_is_understood(small: Path) -> None:
    async with running(small, "zh") as driver:
        await driver.press("4")
        await driver.type("1.2亿")
        assert "→ 12,000万元" in driver.text
        await driver.press("enter")
        assert "→" not in driver.text.splitlines()[1]


async def test_a_question_for_a_day_shows_how_it_is_understood_and_keeps_what_it_is_not(small: Path) -> None:
    async with running(small, "zh") as driver:
        await driver.press("5", "deed:known")
        await driver.type("9-21")
        assert "2023-09-21 是将来的日期" in driver.text
        await driver.press("enter")
        assert "9-21" in driver.text and "2022-09-21" in driver.text  # still asked
        await driver.press("end", "shift+home")
        await driver.type("上周五")
        assert "→ 2023-09-15 周五" in driver.text


async def test_a_problem_due_before_it_was_found_is_asked_about(small: Path) -> None:
    async with running(small) as driver:
        count = "SELECT count(*) FROM issue"
        before = driver.app.session.reader().execute(count).fetchone()[0]
        await driver.press("f4")
        await put(driver, "title_text", "用电未接通")
        await put(driver, "kind", "utility")
        await put(driver, "due_on", "2023-09-01")
        await driver.press("ctrl+s")
        assert "before it was found on" in driver.text and "Save this?" in driver.text
        await driver.press("enter")
        assert driver.app.session.reader().execute(count).fetchone()[0] == before
        await driver.press("ctrl+s", "2", "enter")
        assert driver.app.session.reader().execute(count).fetchone()[0] == before + 1
