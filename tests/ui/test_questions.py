"""The questions of the visit brief, by keys: asked, answered, gone."""

from pathlib import Path

import pytest

from tests.ui.driver import Driver, running
from zjtui.ui import acting
from zjtui.usecases import month, register


async def stand_on(driver: Driver, words: str) -> None:
    for _row in range(30):
        if words in getattr(driver.app.screen._line(), "text", ""):  # type: ignore[attr-defined]
            return
        await driver.press("down")
    raise AssertionError(driver.text)


@pytest.mark.parametrize(
    ("lang", "words", "noted"), [("en", "exactly 75.0 %", "(Asked)"), ("zh", "恰好为 75.0 %", "(已询问)")]
)
async def test_a_question_of_the_brief_is_asked_and_answered(small: Path, lang: str, words: str, noted: str) -> None:
    async with running(small, lang, size=(120, 40)) as driver:
        session = driver.app.session
        project = session.reader().execute("SELECT uid FROM project WHERE name LIKE '舟山%'").fetchone()[0]
        plan = {"year": 2023, "year_class": "continuing", "plan_invest": 120_000_000}
        register.add(session, "annual_plan", project, plan)
        month.put(session, project, "2023-08", {"invest_month": 90_000_000})
        await driver.press("ctrl+r")
        await stand_on(driver, words)
        await driver.press("f5", "ctrl+s")  # nothing typed: asked, no answer yet
        assert words in driver.text and noted in driver.text
        await stand_on(driver, words)
        await driver.press("f5")
        await driver.type("按进度款支付比例")
        await driver.press("ctrl+s")
        assert "Q-11" in driver.text + driver.messages  # who said so is missing
        driver.app.screen.form.row("answered_by").editor.focus()  # type: ignore[attr-defined]
        await driver.settle()
        await driver.type("业主")
        await driver.press("ctrl+s")
        assert words not in driver.text
        row = session.reader().execute("SELECT rule, month, state, answer, answered_by FROM question").fetchone()
        assert tuple(row) == ("W01", "2023-08", "explained", "按进度款支付比例", "业主")
        await driver.press("ctrl+z")
        assert words in driver.text and noted in driver.text


@pytest.mark.parametrize(
    ("lang", "words", "noted", "kind"),
    [("en", "exactly 75.0 %", "Noted", "Figures with a question"), ("zh", "恰好为 75.0 %", "已记录", "带问号的数字")],
)
async def test_a_question_of_the_gap_board_is_answered_with_one_key(
    small: Path, lang: str, words: str, noted: str, kind: str
) -> None:
    async with running(small, lang, size=(120, 40)) as driver:
        session = driver.app.session
        project = session.reader().execute("SELECT uid FROM project WHERE name LIKE '舟山%'").fetchone()[0]
        plan = {"year": 2023, "year_class": "continuing", "plan_invest": 120_000_000}
        register.add(session, "annual_plan", project, plan)
        month.put(session, project, "2023-08", {"invest_month": 90_000_000})
        await driver.press("0", "slash")
        await driver.type("75.0")
        await driver.press("enter")
        while getattr(driver.app.screen.current(), "kind", "") != "odd_figure":  # type: ignore[attr-defined]
            await driver.press("down")
        assert words in driver.text and f"{kind} (1)" in driver.text
        await driver.press("f5")
        assert words in driver.text  # the form says what is asked
        await driver.type("按进度款支付比例")
        driver.app.screen.form.row("answered_by").editor.focus()  # type: ignore[attr-defined]
        await driver.settle()
        await driver.type("业主")
        await driver.press("ctrl+s")
        assert noted in driver.text + driver.messages
        assert words not in driver.text and f"{kind} (0)" in driver.text


async def test_a_question_left_half_typed_is_a_draft_that_opens_again(small: Path) -> None:
    async with running(small, size=(120, 40)) as driver:
        session = driver.app.session
        project = session.reader().execute("SELECT uid FROM project WHERE name LIKE '舟山%'").fetchone()[0]
        plan = {"year": 2023, "year_class": "continuing", "plan_invest": 120_000_000}
        register.add(session, "annual_plan", project, plan)
        month.put(session, project, "2023-08", {"invest_month": 90_000_000})
        await driver.press("ctrl+r")
        await stand_on(driver, "exactly 75.0 %")
        await driver.press("f5")
        await driver.type("按进度款")
        key = f"question.answer:{project}:W01:2023-08"
        await driver.press("escape", "enter")  # kept for later
        acting.open_draft(driver.app, key)
        await driver.settle()
        assert "按进度款" in driver.text and "exactly 75.0 %" in driver.text
