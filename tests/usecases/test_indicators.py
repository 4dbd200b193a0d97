"""Every indicator of the demonstration register, computed again in plain Python from its dump; sums over any partition."""

import json
from collections import defaultdict
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import TODAY
from zjtui.reports import care, indicators, league
from zjtui.reports.indicators import Month
from zjtui.store.read import dump, standings
from zjtui.store.read.standings import GROUPS, Scope
from zjtui.usecases import month as months
from zjtui.usecases import project, register, setup
from zjtui.usecases.session import Session, open_session

Tables = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def session(demo_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    import shutil

    folder = tmp_path_factory.mktemp("figures") / "w"
    shutil.copytree(demo_workspace, folder)
    opened = open_session(folder, today=TODAY)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def tables(session: Session) -> Tables:
    found: Tables = defaultdict(list)
    for line in dump.lines(session.reader()):
        row = json.loads(line)
        found[row.pop("table")].append(row)
    return found


def recomputed(tables: Tables, uids: set[str], month: int) -> dict[str, Fraction | None]:
    """Work the rates out from the formulas of the data dictionary alone."""
    plans = {
        row["project_uid"]: row for row in tables["annual_plan"] if row["year"] == 2023 and row["project_uid"] in uids
    }
    force = {
        uid: row["plan_invest"] if row["adjusted_invest"] is None else row["adjusted_invest"]
        for uid, row in plans.items()
    }
    ends = f"2023-{month:02}-31"
    done = sum(
        row["invest_month"]
        for row in tables["monthly_report"]
        if row["project_uid"] in uids and "2023-01" <= row["month"] <= f"2023-{month:02}"
    )
    expected = Fraction(0)
    for uid, plan in plans.items():
        start = int(plan["plan_start_month"][5:7]) if (plan["plan_start_month"] or "")[:4] == "2023" else 0
        if plan["curve"]:
            share = Fraction(plan["curve"][month - 1]) / 100
        elif plan["year_class"] == "new_start" and start:
            share = Fraction(0) if month < start else Fraction(month - start + 1, 12 - start + 1)
        else:
            share = Fraction(month, 12)
        expected += int(force[uid] * share + Fraction(1, 2))  # in whole yuan, half up
    starts = {row["uid"]: row["real_start"] for row in tables["project"]}
    new = [uid for uid, plan in plans.items() if plan["year_class"] == "new_start"]
    begun = [uid for uid in new if starts[uid] and starts[uid] <= ends]
    due = [
        uid for uid in new if plans[uid]["plan_start_month"] and plans[uid]["plan_start_month"] <= f"2023-{month:02}"
    ]
    total = sum(force.values())
    return {
        "completion_rate": Fraction(done, total) if total else None,
        "expected": Fraction(expected, total) if total else None,
        "gap_pp": Fraction(done * 100 - expected * 100, total) if total else None,
        "ratio": Fraction(done, 1) / expected if expected else None,
        "commencement_rate": Fraction(len(begun), len(new)) if new else None,
        "commencement_due": Fraction(len(set(begun) & set(due)), len(due)) if due else None,
    }


@pytest.mark.parametrize("month", [1, 3, 6, 8, 9])
@pytest.mark.parametrize("region", ["", "3309", "3301", "330900"])
def test_the_rates_are_what_the_dump_says(session: Session, tables: Tables, month: int, region: str) -> None:
    scope = Scope(region=region.ljust(6, "0") if region else "")
    prefix = region.rstrip("0") if region else ""
    uids = {row["uid"] for row in tables["project"] if row["region_code"].startswith(prefix)}
    found = {item.code: item.value for item in indicators.figures(session, scope, Month(2023, month))}
    for code, value in recomputed(tables, uids, month).items():
        assert found[code] == value, code


def test_the_problems_are_what_the_dump_says(session: Session, tables: Tables) -> None:
    counted = [
        row for row in tables["issue"]
        if row["state"] not in ("draft", "refused", "merged") and "2023-01-01" <= row["found_on"] <= "2023-08-31"
    ]  # fmt: skip
    closed = [row for row in counted if row["state"] == "closed" and row["closed_on"] <= "2023-08-31"]
    days = [(date.fromisoformat(row["closed_on"]) - date.fromisoformat(row["found_on"])).days for row in closed]
    found = {item.code: item for item in care.figures(session, Scope(), Month(2023, 8))}
    assert found["I1"].value == Fraction(len(closed), len(counted))
    on_time = [row for row in closed if row["due_on"] is None or row["closed_on"] <= row["due_on"]]
    assert found["I2"].value == Fraction(len(on_time), len(closed))
    assert found["I3"].value == Fraction(sum(days), len(days))
    assert found["reopened"].value == Fraction(sum(row["reopened_count"] > 0 for row in counted), len(counted))
    needs = [row for row in tables["element_need"] if row["element"] == "land_new" and row["state"] != "rejected"]
    secured = sum(min(row["secured"], row["need"]) for row in needs)
    assert found["element_land_new"].value == Fraction(str(secured)) / Fraction(str(sum(row["need"] for row in needs)))
    projects = [row["uid"] for row in tables["project"] if row["stage"] not in ("reserve", "withdrawn", "archived")]
    led = {row["project_uid"] for row in tables["contact"] if row["is_main"] and row["to_date"] is None}
    assert found["coverage"].value == Fraction(len(led & set(projects)), len(projects))


@pytest.mark.parametrize("by", [name for name in GROUPS if name not in ("county", "mountain26", "island6", "team")])
def test_the_sums_of_a_partition_are_the_whole(session: Session, by: str) -> None:
    whole = standings.whole(session.reader(), Scope(), 2023, 8)
    parts = standings.groups(session.reader(), Scope(), 2023, 8, by)
    for name in ("projects", "plan", "done", "expected", "new", "started", "due", "total"):
        assert sum(getattr(part, name) for part in parts) == getattr(whole, name), name


@pytest.mark.parametrize(("name", "code"), [("field9", "F1"), ("field9", "F3"), ("attr", "industrial")])
def test_a_scope_of_a_field_or_attribute_is_its_own_projects(
    session: Session, tables: Tables, name: str, code: str
) -> None:
    uids = {row["uid"] for row in tables["project"] if row[name] == code}
    found = {item.code: item.value for item in indicators.figures(session, Scope(**{name: code}), Month(2023, 8))}
    assert found["completion_rate"] == recomputed(tables, uids, 8)["completion_rate"]
    listed = standings.whole(session.reader(), Scope(list_kind="thousand_trillion"), 2023, 8).projects
    assert listed == sum("thousand_trillion" in row["list_kinds"] for row in tables["project"]) > 0


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


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plans=st.lists(st.tuples(st.integers(1, 10**9), st.integers(0, 10**8)), min_size=1, max_size=4))
def test_a_project_with_plan_nothing_changes_no_rate(tmp_path_factory: Any, plans: list[tuple[int, int]]) -> None:
    opened = setup.new(tmp_path_factory.mktemp("rates") / "w", today=TODAY, person="tester")
    try:
        for number, (plan, amount) in enumerate(plans):
            uid = project.add(opened, {"name": f"项目{number}", "region_code": "330900", "total_invest": 10**10}).uid
            register.add(opened, "annual_plan", uid, {"year": 2023, "year_class": "continuing", "plan_invest": plan})
            months.put(opened, uid, "2023-03", {"invest_month": amount})
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


def worked(begin: date, end: date, paused: list[tuple[str, str | None]], basis: str) -> int:
    """Count the days after `begin` up to `end` that count, day by day, with the calendar of the holidays alone."""
    from chinese_calendar import is_workday

    count = 0
    for number in range(begin.toordinal() + 1, end.toordinal() + 1):
        day = date.fromordinal(number)
        still = any(first <= day.isoformat() and (last is None or day.isoformat() < last) for first, last in paused)
        count += not still and (basis == "cd" or is_workday(day))
    return count


def test_services_contacts_and_reports_are_what_the_dump_says(session: Session, tables: Tables) -> None:
    found = {item.code: item for item in care.figures(session, Scope(), Month(2023, 8))}
    end = date(2023, 8, 31)
    today = end.isoformat()
    decided = [
        row for row in tables["service"]
        if row["promise_days"] is not None and row["accepted_on"] and "2023-01-01" <= (row["decided_on"] or "") <= "2023-08-31"
    ]  # fmt: skip
    kept = [
        row for row in decided
        if worked(date.fromisoformat(row["accepted_on"]), date.fromisoformat(row["decided_on"]),
                  [(item["from"], item["to"]) for item in row["pauses"]], row["basis"]) <= row["promise_days"]
        and row["state"] not in ("refused", "withdrawn")
    ]  # fmt: skip
    assert found["service_on_time"].value == Fraction(len(kept), len(decided))
    active = {row["uid"] for row in tables["project"] if row["stage"] not in ("reserve", "withdrawn", "archived")}
    for mechanism in ("contact", "supervise", "sink"):
        due = visited = 0
        for row in tables["contact"]:
            if (
                row["mechanism"] != mechanism
                or (row["to_date"] and row["to_date"] <= today)
                or row["from_date"] > today
                or row["project_uid"] not in active
            ):
                continue
            due += 1
            days = [
                visit["visit_date"] for visit in tables["follow_up"]
                if visit["project_uid"] == row["project_uid"] and visit["mechanism"] == mechanism and visit["visit_date"] <= today
            ]  # fmt: skip
            last = date.fromisoformat(max([*days, row["from_date"]]))
            visited += (end - last).days <= row["cycle_days"]
        assert found[f"visited_{mechanism}"].value == Fraction(visited, due), mechanism
    planned = {row["project_uid"] for row in tables["annual_plan"] if row["year"] == 2023}
    building = {row["uid"] for row in tables["project"] if row["stage"] == "building"} & planned
    prompt = {
        row["project_uid"] for row in tables["monthly_report"]
        if row["month"] == "2023-08" and row["state"] in ("submitted", "approved") and (row["submitted_on"] or "9") <= "2023-09-05"
    }  # fmt: skip
    assert found["punctuality"].value == Fraction(len(prompt & building), len(building))


def test_the_forecasts_and_what_is_still_needed_are_what_the_dump_says(session: Session, tables: Tables) -> None:
    found = {item.code: item for item in indicators.figures(session, Scope(), Month(2023, 8))}
    uids = {row["uid"] for row in tables["project"]}
    months_done = [
        sum(row["invest_month"] for row in tables["monthly_report"] if row["month"] == f"2023-{number:02}")
        for number in range(1, 9)
    ]
    plan = sum(
        row["plan_invest"] if row["adjusted_invest"] is None else row["adjusted_invest"]
        for row in tables["annual_plan"]
        if row["year"] == 2023
    )
    done = sum(months_done)
    shares = [recomputed(tables, uids, month)["expected"] for month in (8, 9)]
    assert shares[0] is not None and shares[1] is not None
    assert found["forecast_run_rate"].value == Fraction(done * 9, 8 * plan)
    assert found["forecast_own_curve"].value == Fraction(done, plan) * shares[1] / shares[0]
    assert found["forecast_recent_pace"].value == Fraction(done, plan) + Fraction(sum(months_done[-3:]), 3 * plan)
    assert found["forecast_year"].value == Fraction(done, plan) / shares[0]
    new = [
        row["project_uid"] for row in tables["annual_plan"] if row["year"] == 2023 and row["year_class"] == "new_start"
    ]
    starts = {row["uid"]: row["real_start"] for row in tables["project"]}
    begun = sum(bool(starts[uid]) and starts[uid] <= "2023-08-31" for uid in new)
    missing = -(-len(new) * 85 // 100) - begun
    assert str(missing) in found["target_commencement"].note
    few = indicators.smallest(session, Scope(), Month(2023, 8))
    gap = plan * 3 // 4 - done
    short = standings.behind(session.reader(), Scope(), 2023, 8)
    assert few == [] and sum(amount for _uid, _name, amount in short) < gap  # not even all of them would do
    june = Month(2023, 6)
    need = plan // 2 - sum(months_done[:6])
    few = indicators.smallest(session, Scope(), june)
    behind = sum(amount for _uid, _name, amount in standings.behind(session.reader(), Scope(), 2023, 6))
    assert (sum(amount for _uid, _name, amount in few) >= need) == (behind >= need)
