"""What holds for indicators whatever the numbers; what each is, tests/oracle works out a second time."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import TODAY
from tests.reporting import report
from zjtui.domain.month import Month
from zjtui.reports import indicators, league
from zjtui.store.read import standings
from zjtui.store.read.standings import GROUPS, Scope
from zjtui.usecases import project, register, setup
from zjtui.usecases.session import Session, open_session


@pytest.fixture(scope="module")
def session(demo_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    import shutil

    folder = tmp_path_factory.mktemp("figures") / "w"
    shutil.copytree(demo_workspace, folder)
    opened = open_session(folder, today=TODAY)
    yield opened
    opened.close()


@pytest.mark.parametrize("by", [name for name in GROUPS if name not in ("county", "mountain26", "island6", "team")])
def test_the_sums_of_a_partition_are_the_whole(session: Session, by: str) -> None:
    whole = standings.whole(session.reader(), Scope(), 2023, 8)
    parts = standings.groups(session.reader(), Scope(), 2023, 8, by)
    for name in ("projects", "plan", "done", "expected", "new", "started", "due", "total"):
        assert sum(getattr(part, name) for part in parts) == getattr(whole, name), name


def test_the_league_ranks_by_exact_rates_and_marks_small_samples(session: Session) -> None:
    rows = league.table(session, "city", "completion", Month(2023, 8))
    assert [row.rank for row in rows] == sorted(row.rank for row in rows)
    assert [row.value for row in rows] == sorted((row.value for row in rows), reverse=True)
    assert len(rows) == 11
    counties = league.table(session, "county", "completion", Month(2023, 8))
    assert all((row.rank is None) == (row.projects < 3) for row in counties)
    before = {row.key: row.rank for row in league.table(session, "city", "completion", Month(2023, 7))}
    assert all(row.change == before[row.key] - row.rank for row in rows)


def test_what_if_a_project_started_is_counted_and_nothing_is_saved(session: Session) -> None:
    uid, _name, _missing = standings.unstarted(session.reader(), Scope(), 2023, 8)[0]
    now, then = league.if_started(session, uid, "city", Month(2023, 8))
    assert then.value is not None and now.value is not None and then.value > now.value
    assert league.if_started(session, uid, "city", Month(2023, 8))[0] == now


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plans=st.lists(st.tuples(st.integers(1, 10**9), st.integers(0, 10**8)), min_size=1, max_size=4))
def test_a_project_with_plan_nothing_changes_no_rate(tmp_path_factory: Any, plans: list[tuple[int, int]]) -> None:
    opened = setup.new(tmp_path_factory.mktemp("rates") / "w", today=TODAY, person="tester")
    try:
        for number, (plan, amount) in enumerate(plans):
            uid = project.add(opened, {"name": f"项目{number}", "region_code": "330900", "total_invest": 10**10}).uid
            register.add(opened, "annual_plan", uid, {"year": 2023, "year_class": "continuing", "plan_invest": plan})
            report(opened, uid, "2023-03", {"invest_month": amount})
        before = [(item.code, item.value) for item in indicators.figures(opened, Scope(), Month(2023, 8))]
        whole = standings.whole(opened.reader(), Scope(), 2023, 8)
        parts = standings.groups(opened.reader(), Scope(), 2023, 8, "band")
        assert sum(part.plan for part in parts) == whole.plan and sum(part.done for part in parts) == whole.done
        uid = project.add(opened, {"name": "无计划", "region_code": "330900", "total_invest": 10**10}).uid
        register.add(opened, "annual_plan", uid, {"year": 2023, "year_class": "continuing", "plan_invest": 0})
        assert [(item.code, item.value) for item in indicators.figures(opened, Scope(), Month(2023, 8))] == before
    finally:
        opened.close()


def test_the_last_day_of_the_month_counts_and_three_projects_are_ranked(tmp_path: Path) -> None:
    opened = setup.new(tmp_path / "w", today=TODAY, person="tester")
    try:
        for number in range(5):
            region = "330900" if number < 3 else "330100"
            values = {
                "region_code": region,
                "total_invest": 10**9,
                "real_start": "2023-08-31",
                "start_evidence": ["log"],
            }
            uid = project.add(opened, {"name": f"项目{number}", **values}).uid
            plan = {"year": 2023, "year_class": "new_start", "plan_invest": 10**8, "plan_start_month": "2023-08"}
            register.add(opened, "annual_plan", uid, plan)
        rates = {
            month: {item.code: item for item in indicators.figures(opened, Scope(), Month(2023, month))}
            for month in (7, 8)
        }
        assert rates[7]["commencement_rate"].numerator == "0" and rates[8]["commencement_rate"].numerator == "5"
        rows = {row.key: row for row in league.table(opened, "city", "commencement", Month(2023, 8))}
        assert rows["330900"].rank == 1 and not rows["330900"].small
        assert rows["330100"].rank is None and rows["330100"].small
    finally:
        opened.close()
