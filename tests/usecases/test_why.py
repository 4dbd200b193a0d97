"""Why a place of the league moved: measured from the month before as it was told, as it was known, or by today's data."""

from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from tests.conftest import TODAY
from zjtui.errors import Refused
from zjtui.reports import league, why
from zjtui.reports.indicators import Month
from zjtui.store.changes import BEIJING
from zjtui.store.read import find, standings
from zjtui.store.read.standings import Scope
from zjtui.usecases import freeze, month, project, register
from zjtui.usecases.session import Session, open_session

ZHOUSHAN = "330900"


def draft(session: Session, region: str) -> tuple[str, str, int]:
    """A report of a region's project that can still be changed: project, month, amount."""
    row = (
        session.reader()
        .execute(
            "SELECT r.project_uid, r.month, r.invest_month FROM monthly_report r JOIN project p ON p.uid = r.project_uid "
            "WHERE substr(p.region_code, 1, 4) = ? AND r.state IN ('draft', 'returned') AND r.month = '2023-08' LIMIT 1",
            (region[:4],),
        )
        .fetchone()
    )
    return row[0], row[1], row[2]


def some_city(session: Session) -> tuple[str, tuple[str, str, int]]:
    """A city that has such a report, and the report."""
    for sums in standings.groups(session.reader(), Scope(), 2023, 8, "city"):
        try:
            return sums.key, draft(session, sums.key)
        except TypeError:
            continue
    raise AssertionError


@pytest.mark.parametrize("metric", ["completion", "commencement", "pace"])
@pytest.mark.parametrize("by", ["city", "field9", "attr", "band", "dept", "team"])
def test_the_parts_add_up_for_every_place(workspace: Path, by: str, metric: str) -> None:
    session = open_session(workspace, today=TODAY)
    try:
        told = 0
        for row in league.table(session, by, metric, Month(2023, 8)):
            if row.moved is None:
                continue
            found = why.why(session, by, row.key, metric, Month(2023, 8))
            assert sum(found.points.values()) == (Fraction(*found.after) - Fraction(*found.before)) * 100
            assert Fraction(*found.after) == row.value and found.basis == "now"
            assert sum(found.points.values()) == row.moved * 100  # without a freeze the table's own change
            if found.ranks and row.change is not None:
                assert found.ranks[0] - found.ranks[2] == row.change
            told += 1
        assert told
    finally:
        session.close()


def test_the_month_before_is_what_its_freeze_told(workspace: Path) -> None:
    session = open_session(workspace, today=date(2023, 10, 20))
    try:
        city, (uid, when, amount) = some_city(session)
        before = {row.key: row for row in league.table(session, "city", "completion", Month(2023, 8))}[city]
        freeze.make(session, "2023-08", "八月通报")
        month.put(session, uid, when, {"invest_month": amount + 40_000})  # corrected after it was told
        month.put(session, uid, "2023-09", {"invest_month": 5_000_000})
        new = project.add(session, {"name": "新入库", "region_code": city, "total_invest": 10**10}).uid
        register.add(session, "annual_plan", new, {"year": 2023, "year_class": "continuing", "plan_invest": 10**9})
        found = why.why(session, "city", city, "completion", Month(2023, 9))
        assert (found.basis, found.told) == ("freeze", "八月通报")
        assert Fraction(*found.before) == before.value
        assert found.change.numerator["corrections"] == 40_000 and found.change.denominator["entered"] == 10**9
        assert found.points["entered"] < 0 < found.points["corrections"]
        assert sum(found.points.values()) == (Fraction(*found.after) - Fraction(*found.before)) * 100
    finally:
        session.close()


def test_without_a_freeze_the_log_tells_what_was_known_at_the_months_end(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def at(day: date) -> None:
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=BEIJING)
        monkeypatch.setattr("zjtui.store.changes.now_ms", lambda: int(noon.timestamp()) * 1000)

    session = open_session(workspace, today=date(2023, 11, 3))
    try:
        city, (uid, _when, _amount) = some_city(session)
        at(date(2023, 10, 4))
        month.put(session, uid, "2023-09", {"invest_month": 5_000_000})  # as every month: some days after its end
        at(date(2023, 10, 15))
        month.put(session, uid, "2023-09", {"invest_month": 5_100_000})
        other = project.add(session, {"name": "新入库", "region_code": city, "total_invest": 10**10}).uid
        register.add(session, "annual_plan", other, {"year": 2023, "year_class": "continuing", "plan_invest": 10**9})
        at(date(2023, 11, 3))
        month.put(session, uid, "2023-10", {"invest_month": 2_000_000})
        month.put(session, other, "2023-10", {"invest_month": -30_000, "correction_reason": "多报"})
        found = why.why(session, "city", city, "completion", Month(2023, 10))
        assert found.basis == "log"
        parts = {cause: amount for cause, amount in found.change.numerator.items() if amount}
        assert parts == {"month": 2_000_000, "corrections": 100_000 - 30_000}
        assert found.change.denominator["entered"] == 10**9
    finally:
        session.close()


def test_what_cannot_be_split_is_refused(workspace: Path) -> None:
    session = open_session(workspace, today=TODAY)
    try:
        for key, metric, when in (
            (ZHOUSHAN, "I1", Month(2023, 8)), (ZHOUSHAN, "completion", Month(2023, 1)),
            ("999900", "completion", Month(2023, 8)),
        ):  # fmt: skip
            with pytest.raises(Refused):
                why.why(session, "city", key, metric, when)
    finally:
        session.close()


def test_a_persons_region_is_that_of_the_unit(workspace: Path) -> None:
    session = open_session(workspace, today=TODAY)
    try:
        assert find.own_region(session.reader(), session.person) == "330503"
        assert find.own_region(session.reader(), "nobody") == ""
    finally:
        session.close()
