"""Why a place of the league moved: measured from what the table itself is measured from, a freeze or the register."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from tests.conftest import TODAY
from tests.reporting import report
from zjtui.domain.month import Month
from zjtui.errors import Refused
from zjtui.reports import league, league_notes, why
from zjtui.store.read import find, standings
from zjtui.store.read.standings import Scope
from zjtui.usecases import freeze, project, register
from zjtui.usecases.session import Session, open_session

ZHOUSHAN = "330900"


def submitted(session: Session, region: str) -> tuple[str, str, int]:
    """A report of a region's project that waits for approval: project, month, amount."""
    row = (
        session.reader()
        .execute(
            "SELECT r.project_uid, r.month, r.invest_month FROM monthly_report r JOIN project p ON p.uid = r.project_uid "
            "WHERE substr(p.region_code, 1, 4) = ? AND r.state = 'submitted' AND r.month = '2023-08' LIMIT 1",
            (region[:4],),
        )
        .fetchone()
    )
    return row[0], row[1], row[2]


def some_city(session: Session) -> tuple[str, tuple[str, str, int]]:
    """A city that has such a report, and the report."""
    for sums in standings.groups(session.reader(), Scope(), 2023, 8, "city"):
        try:
            return sums.key, submitted(session, sums.key)
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
        told = {row.key: row.rank for row in league.table(session, "city", "completion", Month(2023, 8))}
        freeze.make(session, "2023-08", "八月通报")
        report(session, uid, when, {"invest_month": amount + 40_000})  # corrected after it was told
        report(session, uid, "2023-09", {"invest_month": 5_000_000})
        new = project.add(session, {"name": "新入库", "region_code": city, "total_invest": 10**10}).uid
        register.add(session, "annual_plan", new, {"year": 2023, "year_class": "continuing", "plan_invest": 10**9})
        found = why.why(session, "city", city, "completion", Month(2023, 9))
        assert (found.basis, found.told) == ("freeze", "八月通报")
        row = {row.key: row for row in league.table(session, "city", "completion", Month(2023, 9))}[city]
        assert row.change == told[city] - row.rank and row.moved == Fraction(*found.after) - Fraction(*found.before)
        assert found.ranks is not None and (found.ranks[0], found.ranks[2]) == (told[city], row.rank)
        notes = league_notes.notes(session, [row], Month(2023, 9))
        assert any("2023-08 as the freeze “八月通报”" in line for line in notes)
        assert any("by what the register knows" in line for line in league_notes.notes(session, [row], Month(2023, 8)))
        assert Fraction(*found.before) == before.value
        assert found.change.numerator["corrections"] == 40_000 and found.change.denominator["entered"] == 10**9
        assert found.points["entered"] < 0 < found.points["corrections"]
        assert sum(found.points.values()) == (Fraction(*found.after) - Fraction(*found.before)) * 100
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
