"""The green channel as a new user meets it: pauses in words, deeds of its own, what is decided is not due any more."""

from datetime import date
from pathlib import Path

import pytest

from tests.ui.driver import running
from zjtui.domain import registry
from zjtui.usecases import project, register, setup
from zjtui.usecases.session import open_session

TODAY = date(2026, 12, 1)
ACCEPTED, PAUSED, RESUMED, DECIDED = (date(2026, 11, day) for day in (12, 20, 27, 30))


def register_with_service(folder: Path, *, decided: bool = False) -> None:
    """Ten working days promised, paused for a week; the fixed example of docs/figures.md, section 6."""
    session = setup.new(folder, today=TODAY)
    place = {"name": "甲项目", "region_code": "330109", "total_invest": 10**9}
    home = project.add(session, place).uid
    given = {"kind": "eia_report", "applied_on": ACCEPTED, "accepted_on": ACCEPTED, "promise_days": 10}
    uid = register.add(session, "service", home, given).uid
    pause = {"pause_reason": "supplement", "reason": "缺一份评审意见", "state_on": PAUSED}
    session.today = PAUSED
    register.move(session, "service", uid, "paused", pause)
    session.today = RESUMED
    register.move(session, "service", uid, "reviewing", {"state_on": RESUMED})
    if decided:
        session.today = DECIDED
        register.move(session, "service", uid, "decided", {"result": "approved", "doc_no": "杭环1号"})
    session.close()


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "2026-11-20 to 2026-11-27 Documents to mend (缺一份评审意见)"),
        ("zh", "2026-11-20 至 2026-11-27 补正材料"),
    ],
)
async def test_pauses_stand_in_words_on_the_record_and_in_its_history(tmp_path: Path, lang: str, told: str) -> None:
    register_with_service(tmp_path / "w")
    async with running(tmp_path / "w", lang, (160, 60), today=TODAY) as driver:
        await driver.press("3", "enter")
        assert told in driver.text and '"from"' not in driver.text
        await driver.press("f8")
        assert told.partition("2026-11-27")[2] in driver.text and '"from"' not in driver.text


async def test_what_is_decided_is_not_due_any_more_and_its_days_stand_still(tmp_path: Path) -> None:
    register_with_service(tmp_path / "w", decided=True)
    async with running(tmp_path / "w", size=(160, 50), today=TODAY) as driver:
        await driver.press("ctrl+f2")
        assert "Service due" not in driver.text
        await driver.press("3")
        assert "running or to be delivered" in driver.text and "days left" not in driver.text
        await driver.press("enter")
        assert "Promise 7/10 working days" in driver.text
        assert "Calendar days" in driver.text and "Department 11\n" in driver.text and "Owner 7" in driver.text


async def test_calendar_and_list_tell_the_same_days_left(tmp_path: Path) -> None:
    register_with_service(tmp_path / "w")
    async with running(tmp_path / "w", size=(160, 50), today=date(2026, 11, 27)) as driver:  # a weekend lies before it
        await driver.press("3")
        assert "4 days left" in driver.text
        await driver.press("ctrl+f2")
        assert "4 workdays left" in driver.text


async def test_every_kind_of_record_offers_its_own_deeds_alone(workspace: Path) -> None:
    async with running(workspace, size=(120, 40)) as driver:
        screens = {}
        for entity in registry.ENTITIES:
            row = driver.app.session.reader().execute(f"SELECT uid FROM {entity} ORDER BY id LIMIT 1").fetchone()
            if row is None or entity in ("project", "region"):
                continue
            driver.app.open_record(entity, row["uid"])
            await driver.settle()
            await driver.press("ctrl+t")
            screens[entity] = driver.text
            await driver.press("escape", "escape")
    issues = ("Escalate", "Tick steps", "Merge", "Escalation sheet")
    assert all(word in screens["issue"] for word in issues)
    assert [kind for kind, text in screens.items() if kind != "issue" and any(word in text for word in issues)] == []
    assert [kind for kind, text in screens.items() if "90 days" in text] == ["service"]
    assert "All that can be done here has a key" in screens["follow_up"]


async def test_what_a_decision_needs_is_starred_and_told_at_once(tmp_path: Path) -> None:
    register_with_service(tmp_path / "w")
    async with running(tmp_path / "w", today=TODAY) as driver:
        await driver.press("3", "f5")
        await driver.choose("decided")
        assert "*Result" in driver.text and "*Document no." in driver.text
        await driver.press("ctrl+s")
        assert "“Decided” needs: Result [S-11] · also marked: Document no." in " ".join(driver.text.split())
        await driver.choose("refused")  # a refusal has no document
        await driver.press("ctrl+s")
        row = driver.app.session.reader().execute("SELECT state, result FROM service").fetchone()
        assert tuple(row) == ("decided", "refused")


@pytest.mark.parametrize(
    ("lang", "typed"), [("en", "environ"), ("en", "impact"), ("en", "环境影响"), ("zh", "环境影响")]
)
async def test_a_kind_is_found_by_its_full_name(tmp_path: Path, lang: str, typed: str) -> None:
    register_with_service(tmp_path / "w")
    name = {"en": "EIA report", "zh": "环评报告书"}[lang]
    async with running(tmp_path / "w", lang, today=TODAY) as driver:
        await driver.press("3", "f6")
        await driver.choose("kind")
        await driver.type(typed)
        assert name in driver.text.partition("type to narrow")[0].split("│", 1)[1]
        await driver.press("escape", "3", "ctrl+n")
        await driver.choose("甲项目")
        await driver.choose(typed)
        assert driver.app.screen.form.row("kind").text == name  # type: ignore[attr-defined]


async def test_an_acceptance_with_documents_outstanding_asks_which(tmp_path: Path) -> None:
    register_with_service(tmp_path / "w")
    session = open_session(tmp_path / "w", today=TODAY)
    home = session.reader().execute("SELECT uid FROM project").fetchone()[0]
    given = {"kind": "permit", "applied_on": TODAY, "channel": ["tolerant"]}
    uid = register.add(session, "service", home, given).uid
    session.close()
    async with running(tmp_path / "w", today=TODAY) as driver:
        driver.app.move_record("service", uid)
        await driver.settle()
        await driver.choose("accepted")
        assert "*Documents outstandi" in driver.text
        await driver.press("tab")
        await driver.type("人防意见")
        await driver.press("ctrl+s")
        row = driver.app.session.reader().execute("SELECT state FROM service WHERE uid = ?", (uid,)).fetchone()
        assert row[0] == "accepted"
