"""A wrong clock does no harm that lasts: entries are dated by the wall clock, ordered by the log, and doubt is said."""

import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.ui.driver import running
from zjtui.store import changes
from zjtui.store.read import history
from zjtui.ui.app import ZjtuiApp
from zjtui.usecases import checking, clock, follow_up
from zjtui.usecases.session import Session, beijing_today, open_session

Setter = Callable[[str], None]


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Setter:
    """Return what sets this computer's clock to a Beijing time."""

    def to(at: str) -> None:
        ms = int(datetime.fromisoformat(at).replace(tzinfo=changes.BEIJING).timestamp() * 1000)
        monkeypatch.setattr(time, "time_ns", lambda: ms * 1_000_000)

    return to


def visit(folder: Path, note: str) -> Session:
    session = open_session(folder)
    project = session.reader().execute("SELECT uid FROM project LIMIT 1").fetchone()[0]
    follow_up.add(session, project, {"findings": note})
    return session


def test_an_entry_ten_years_ahead_dates_no_later_one(small: Path, set_clock: Setter) -> None:
    for at in ("2036-05-01T08:00:00", "2036-05-01T08:10:00", "2026-12-01T09:00:00", "2026-12-01T09:05:00"):
        set_clock(at)
        session = visit(small, at)
        session.close()
    session = open_session(small)
    rows = session.reader().execute("SELECT at, hlc FROM change ORDER BY seq DESC LIMIT 2").fetchall()
    assert [row["at"] for row in rows] == ["2026-12-01T09:05:00", "2026-12-01T09:00:00"]
    logged = [row[0] for row in session.reader().execute("SELECT hlc FROM change ORDER BY seq")]
    assert logged == sorted(logged)  # the order stays that in which it was entered
    report = checking.check(session, whole=True)
    assert report.identical and not report.problems
    told = [history.when(entry) for entry in history.operations(session.reader(), limit=4)]
    assert told == ["2026-12-01 09:05 ?", "2026-12-01 09:00 ?", "2036-05-01 08:10 ?", "2036-05-01 08:00 ?"]
    assert session.today == date(2026, 12, 1)
    assert "2 visits lie in the future, the last on 2036-05-01" in str(clock.ahead(session))
    session.close()


@pytest.mark.parametrize(
    ("at", "told"),
    [("2026-12-01T08:30:00", "The newest entry is of 2026-12-01 09:00"), ("2026-12-01T09:02:00", ""),
     ("2027-06-01T09:00:00", ""), ("2036-12-01T09:00:00", "Nothing was entered since 2026-12-01 09:00")],
)  # fmt: skip
def test_a_clock_before_the_newest_entry_or_long_after_it_is_doubted(
    small: Path, set_clock: Setter, at: str, told: str
) -> None:
    set_clock("2026-12-01T09:00:00")
    visit(small, "今天").close()
    set_clock(at)
    session = open_session(small)
    assert str(clock.doubt(session) or "").startswith(told) and bool(clock.doubt(session)) == bool(told)
    session.standing = True  # the day was given: the clock does not matter
    assert clock.doubt(session) is None
    session.close()


async def test_a_visit_dated_by_a_doubted_clock_is_asked_about(small: Path, set_clock: Setter) -> None:
    set_clock("2026-12-01T09:00:00")
    visit(small, "今天").close()
    set_clock("2036-12-01T09:00:00")
    async with running(small, today=None) as driver:
        assert "is the clock right?" in driver.messages
        await driver.press("f3")
        await driver.type("去过")
        await driver.press("ctrl+s")
        assert "is the clock right?" in driver.text and "Follow-up logged" not in driver.messages


async def test_today_turns_at_midnight_and_after_a_sleep_with_the_next_key(small: Path, set_clock: Setter) -> None:
    set_clock("2026-12-01T23:59:59.900")
    async with running(small, today=None) as driver:
        app: ZjtuiApp = driver.app
        assert "2026-12-01" in driver.head
        assert app._waking is not None and app._waking._interval < 1  # a moment after midnight
        await driver.press("f3")
        set_clock("2026-12-02T07:00:00")
        await driver.press("tab")
        assert "2026-12-02" in driver.head and app.session.today == date(2026, 12, 2)
        await driver.press("shift+tab")
        await driver.type("昨天的走访")
        await driver.press("ctrl+s")
        last = app.session.reader().execute("SELECT findings FROM follow_up ORDER BY id DESC LIMIT 1").fetchone()
        assert last[0] == "昨天的走访"
    async with running(small, today=date(2026, 12, 1)) as driver:
        set_clock("2026-12-03T07:00:00")
        await driver.press("down")
        assert "2026-12-01" in driver.head  # that day was asked for
    assert beijing_today() == date(2026, 12, 2) + timedelta(days=1)
