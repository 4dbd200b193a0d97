"""A freeze never changes; the register of any earlier moment is found in the log; a bridge adds up exactly."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import TODAY
from zjtui.domain.freeze import bridge
from zjtui.errors import Damaged
from zjtui.reports import indicators, league
from zjtui.reports.indicators import Month
from zjtui.store.read.standings import Scope
from zjtui.usecases import freeze, moment, month, project, register
from zjtui.usecases.session import open_session

REPORTS = st.dictionaries(
    st.sampled_from("abcd"),
    st.dictionaries(st.sampled_from([f"2023-{number:02}" for number in range(1, 10)]), st.integers(-(10**6), 10**9)),
)


@given(REPORTS, REPORTS, st.integers(1, 9), st.integers(1, 9))
def test_the_parts_of_a_bridge_add_up_to_the_difference(
    before: dict[str, dict[str, int]], after: dict[str, dict[str, int]], one: int, two: int
) -> None:
    first, second = f"2023-{min(one, two):02}", f"2023-{max(one, two):02}"

    def total(reports: dict[str, dict[str, int]], last: str) -> int:
        return sum(amount for months in reports.values() for when, amount in months.items() if when <= last)

    parts = bridge(before, first, after, second)
    assert sum(parts.values()) == total(after, second) - total(before, first)


def test_what_comes_later_never_changes_a_freeze_and_the_bridge_tells_what_came(workspace: Path) -> None:
    session = open_session(workspace, today=TODAY)
    try:
        first = freeze.make(session, "2023-08", "八月通报").uid
        told = freeze.figures(session, first)[0].figures
        league_then = league.table(session, "city", "completion", Month(2023, 8))
        reader = session.reader()
        row = reader.execute(
            "SELECT p.uid FROM project p WHERE p.stage = 'building' AND NOT EXISTS (SELECT 1 FROM monthly_report r "
            "WHERE r.project_uid = p.uid AND r.month = '2023-07') ORDER BY p.id LIMIT 1"
        ).fetchone()
        month.put(session, row["uid"], "2023-07", {"invest_month": 5_000_000})  # late
        changed = reader.execute(
            "SELECT uid, project_uid, invest_month FROM monthly_report WHERE month = '2023-06' AND state = 'draft' LIMIT 1"
        ).fetchone()
        new = project.add(session, {"name": "新入库", "region_code": "330900", "total_invest": 10**10}).uid
        register.add(session, "annual_plan", new, {"year": 2023, "year_class": "continuing", "plan_invest": 10**9})
        month.put(session, new, "2023-05", {"invest_month": 7_000_000})
        second = freeze.make(session, "2023-09", "九月通报").uid
        assert freeze.figures(session, first)[0].figures == told
        parts = freeze.compare(session, first, second)
        assert parts["late"] == 5_000_000 and parts["entered"] == 7_000_000 and parts["left"] == 0
        assert parts["corrections"] == 0 or changed
        steps = sum(parts[name] for name in ("month", "late", "corrections", "entered", "left"))
        assert parts["after"] - parts["before"] == steps
        record = freeze.figures(session, first)[0]
        known = {item.split(":")[0]: int(item.split(":")[1]) for item in record.seen}
        with moment.as_known(session, known, TODAY) as past:  # last month's table as it was told
            assert league.table(past, "city", "completion", Month(2023, 8)) == league_then
            assert past.reader().execute("SELECT count(*) FROM project").fetchone()[0] == 99
        now = {item.code: item.value for item in indicators.figures(session, Scope(), Month(2023, 8))}
        assert now["completion_rate"] != {row.key: row.value for row in league_then}["330900"]
    finally:
        session.close()


def test_frozen_figures_that_were_changed_are_refused(small: Path) -> None:
    session = open_session(small, today=date(2023, 9, 20))
    try:
        uid = freeze.make(session, "2023-08", "通报").uid
        session.workspace.transact(
            lambda connection: connection.execute("UPDATE freeze SET figures = replace(figures, '0', '1')")
        )
        with pytest.raises(Damaged):
            freeze.figures(session, uid)
    finally:
        session.close()
