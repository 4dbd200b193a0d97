"""The rules of the bulletin and of a project's sheet, case by case."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import TODAY
from tests.reporting import report as reported
from tests.reports.cases import Register
from tests.reports.test_reports import tables, text
from zjtui.domain.month import Month
from zjtui.domain.named import New
from zjtui.errors import Refused
from zjtui.i18n import set_language
from zjtui.reports import indicators, league
from zjtui.reports.registry import REPORTS
from zjtui.reports.telling import Params
from zjtui.store.read.standings import Scope
from zjtui.usecases import freeze
from zjtui.usecases.session import open_session

AUGUST = Month(2023, 8)
YI = 10**8


@pytest.fixture
def one(tmp_path: Path) -> Iterator[Register]:
    """A register."""
    made = Register(tmp_path / "cases")
    yield made
    made.session.close()


def targets(page: Any) -> dict[str, tuple[str, ...]]:
    return {row[0]: row for row in tables(page)["Targets"].rows}


def test_a_target_that_is_met_exactly_is_reached_and_a_part_of_a_project_is_a_project(one: Register) -> None:
    one.plan(one.a, 4 * YI - 7)
    one.month(one.a, "2023-07", 1 * YI)
    one.month(one.a, "2023-08", 2 * YI)
    for number in range(7):
        uid = one.project(f"新开{number}", "330502", real_start="2023-03-01" if number < 5 else None)
        one.plan(uid, 1, "new_start", "2023-03")  # seven yuan together
    found = targets(one.report("bulletin"))
    done = found["Completion of the year's plan"]
    assert (done[4], done[5], done[7], done[8]) == ("75.0%", "75.0%", "0", "reached")
    started = found["New projects really started"]  # 85 % of seven are 5.95: six
    assert (started[2], started[3], started[7], started[8]) == (
        "5",
        "7",
        "1",
        "not due yet",
    )  # before its day nobody failed it
    late = targets(one.report("bulletin", month=Month(2023, 9)))["New projects really started"]
    assert late[8] == "not reached"


def test_projects_without_a_plan_are_told_apart(one: Register) -> None:
    one.plan(one.a, 4 * YI)
    one.month(one.b, "2023-08", YI)
    assert "1 project without a plan: what was done there counts." in text(one.report("bulletin"))
    one.plan(one.b, YI)
    assert "without a plan" not in text(one.report("bulletin"))


def test_a_city_is_told_from_the_freeze_too_and_small_ones_are_marked(one: Register) -> None:
    one.plan(one.a, 4 * YI)
    one.plan(one.b, 4 * YI)
    third, other = one.project("丙项目", "330523"), one.project("杭州项目", "330106")
    one.plan(third, 4 * YI)
    one.plan(other, YI)
    freeze.make(one.session, "2023-08", "八月")
    one.plan(one.project("后来的", "330106"), 9 * YI)
    assert text(one.report("bulletin", region="330100")).startswith("1 project; plan of 2023 0.1 bn yuan;")
    assert text(one.report("bulletin", region="330500")).startswith("3 projects; plan of 2023 1.2 bn yuan;")
    assert text(one.report("bulletin")).startswith("4 projects; plan of 2023 1.3 bn yuan;")
    places = {row[1]: row[6] for row in tables(one.report("bulletin"))["League of cities: Completion of the plan"].rows}
    assert places == {"Hangzhou City": "small sample", "Huzhou City": ""}


def test_lights_are_those_of_the_month_after_or_of_today(one: Register) -> None:
    one.plan(one.a, YI)
    assert "Lights on 2023-07-31" in text(one.report("bulletin", month=Month(2023, 6)))
    assert "Lights on 2023-09-20" in text(one.report("bulletin", month=AUGUST))
    one.add("annual_plan", one.a, year=2022, year_class="continuing", plan_invest=YI)
    assert "Lights on 2023-01-31" in text(one.report("bulletin", month=Month(2022, 12)))


def test_the_bulletin_of_the_demonstration_tells_what_overview_and_league_tell(workspace: Path) -> None:
    session = open_session(workspace, today=TODAY)
    freeze.make(session, "2023-08", "八月")
    page = REPORTS["bulletin"].make(session, Params())
    figures = {item.code: item for item in indicators.figures(session, Scope(), AUGUST)}
    assert f"{figures['expected'].shown} expected by now" in text(page)
    for metric, title in (("completion", "Completion of the plan"), ("commencement", "New projects started")):
        told = {row[1]: (row[0], row[4]) for row in tables(page)[f"League of cities: {title}"].rows}
        rows = league.table(session, "city", metric, AUGUST)
        assert told == {
            row.name: (str(row.rank), "" if row.change is None else f"{row.change:+d}" if row.change else "0")
            for row in rows
        }
        assert any(row.change for row in rows)
        low = {
            row.name for row in league.with_evidence(session, rows, "city", AUGUST) if league.unverified(session, row)
        }
        assert {row[1] for row in tables(page)[f"League of cities: {title}"].rows if "unverified" in row[6]} == low
    session.close()


def sheet(one: Register, **asked: Any) -> Any:
    return one.report("project", project=one.a, **asked)


def column(page: Any, table: str, number: int) -> list[str]:
    return [str(row[number]) for row in tables(page)[table].rows] if table in tables(page) else []


def test_a_sheet_tells_who_is_in_charge_now_and_what_is_still_owed(one: Register) -> None:
    contact = {"role": "leader", "mechanism": "contact"}
    one.add("contact", one.a, person_uid=New("张三"), **contact, from_date=date(2023, 1, 1), to_date=date(2023, 6, 30))
    one.add("contact", one.a, person_uid=New("李四"), **contact, from_date=date(2023, 7, 1), is_main=True)
    running, over = (one.add("service", one.a, kind=kind) for kind in ("land_pre", "eia_form"))
    one.put("service", running, state="reviewing", applied_on="2023-09-01", accepted_on="2023-09-01")
    one.put("service", over, state="delivered", applied_on="2023-08-01", accepted_on="2023-08-01",
            decided_on="2023-08-10", delivered_on="2023-08-11")  # fmt: skip
    for element, secured, state in (
        ("land_new", 5.0, "secured_part"),
        ("energy", 10.0, "secured"),
        ("water", 0.0, "rejected"),
    ):
        uid = one.add("element_need", one.a, element=element, need=10.0, secured=secured)
        one.put("element_need", uid, state=state)
    kept = one.add("promise", one.a, text="已办", side="ours")
    one.put("promise", kept, state="kept", settled_on="2023-09-01")
    one.add("promise", one.a, text="协调用电", side="ours")
    page = sheet(one)
    assert column(page, "Contacts", 0) == ["李四"]
    assert column(page, "Services running or to be delivered", 1) == ["In review"]
    assert sorted(column(page, "Elements", 4)) == ["", "Not secured", "secured"]  # what was refused is still needed
    assert column(page, "Open promises", 2) == ["协调用电"]


def test_a_sheet_tells_done_against_expected_and_the_progress_of_its_month(one: Register) -> None:
    one.plan(one.a, 4 * YI)
    one.month(one.a, "2023-07", YI, progress_text="桩基完成")
    one.month(one.a, "2023-08", YI, progress_text="主体封顶")
    [row] = tables(sheet(one, month=Month(2023, 7)))["Figures"].rows
    assert (row[3], row[4]) == ("25.0%", "58.3%")  # a quarter; seven months of twelve
    told = text(sheet(one, month=Month(2023, 7)))
    assert "桩基完成" in told and "主体封顶" not in told
    assert "主体封顶" in text(sheet(one))


def test_three_problems_are_named_and_the_next_step_is_the_first_measure(one: Register) -> None:
    one.issue("甲", due_on="2023-09-01")
    one.issue("乙", due_on="2023-09-10", measure="协调管线迁改")
    one.issue("丙", due_on="2023-09-30", measure="补办手续")
    one.issue("丁")
    told = text(sheet(one))
    assert "open problems, 4: 甲, 乙, 丙 and 1 more" in told and "丁" not in told.split("next:")[0]
    assert "next: 协调管线迁改, by 2023-09-10" in told


def test_a_bulletin_of_a_month_to_come_is_refused_and_one_without_figures_says_so(one: Register) -> None:
    with pytest.raises(Refused, match="S-22"):
        one.report("bulletin", month=Month(2023, 10))
    page = one.report("bulletin", month=Month(2022, 8))
    assert "nothing to report" in text(page) and "Lights" not in text(page)


def test_the_money_is_told_by_the_state_of_its_reports(one: Register) -> None:
    """Drafts and returned reports never stand in a report of the office."""
    one.plan(one.a, 10 * YI)
    one.month(one.a, "2023-07", YI, state="approved")
    one.month(one.a, "2023-08", 2 * YI, state="returned")
    one.month(one.b, "2023-06", 3 * YI, state="submitted")
    one.month(one.b, "2023-08", 3 * YI, state="draft")
    one.month(one.b, "2023-09", 4 * YI)  # after the month asked for
    told = text(one.report("bulletin"))
    assert "done up to 2023-08 0.4 bn yuan" in told
    assert "Submitted 0.3 bn yuan; Approved 0.1 bn yuan." in told


def test_evidence_is_held_against_the_register_of_the_same_day_not_against_a_freeze(one: Register) -> None:
    for uid in (one.a, one.b, one.project("丙项目", "330523")):
        one.plan(uid, 4 * YI)
    one.month(one.a, "2023-08", YI)
    one.month(one.b, "2023-08", 3 * YI)
    one.add("follow_up", one.a, visit_date=date(2023, 8, 20), form="onsite", findings="看过现场")
    freeze.make(one.session, "2023-08", "八月")
    reported(one.session, one.b, "2023-08", {"invest_month": 0, "correction_reason": "误报"})
    page = one.report("bulletin")
    assert "done up to 2023-08 0.4 bn yuan" in text(page)  # as it was frozen
    assert "0.1 bn yuan of 0.1 bn yuan done, 100.0%, was seen on site" in text(page)
    assert [row[6] for row in tables(page)["League of cities: Completion of the plan"].rows] == [""]  # verified


def test_a_bulletin_names_all_red_lights_of_a_project_and_where_each_kind_turns_red(one: Register) -> None:
    one.plan(one.a, 4 * YI, "new_start", "2023-07")  # its start is late, and yellow
    one.plan(one.b, 4 * YI)
    one.month(one.b, "2023-08", 4 * YI)
    one.issue("管线未迁", due_on="2023-07-01")
    page = one.report("bulletin")
    [(_county, name, why)] = tables(page)["Red projects"].rows
    assert (name, why) == (
        "甲项目", "Progress: -33.3 points against what is expected; Problems: a problem 81 days overdue"
    )  # fmt: skip
    for line in ("Progress: yellow 10 points behind", "Problems: red more than", "Reports: red from"):
        assert line in text(page), line
    assert "Progress: Progress" not in text(page)


def test_money_by_state_is_of_the_scope_and_the_year_alone(one: Register) -> None:
    for uid, yuan in ((one.a, YI), (one.project("杭州项目", "330106"), 7 * YI)):
        one.plan(uid, 9 * YI)
        one.month(uid, "2023-08", yuan)
    one.add("annual_plan", one.a, year=2022, year_class="continuing", plan_invest=YI)
    one.month(one.a, "2022-12", 5 * YI)
    assert "Approved 0.1 bn yuan." in text(one.report("bulletin", region="330500"))
    assert "Approved 0.8 bn yuan." in text(one.report("bulletin"))


def test_a_next_step_that_is_late_says_so(one: Register) -> None:
    one.issue("乙", due_on="2023-09-19", measure="协调管线迁改")
    assert "by 2023-09-19 (1 day late)" in text(sheet(one))
    one.issue("丙", due_on="2023-09-01", measure="补办手续")
    assert "by 2023-09-01 (19 days late)" in text(sheet(one))


def test_money_is_told_as_each_language_tells_it(one: Register) -> None:
    one.plan(one.a, 4 * YI)
    assert "0.4 bn yuan" in text(sheet(one))
    set_language("zh")
    assert "计划投资40,000万元" in text(sheet(one))


def test_coverage_of_nothing_says_so(one: Register) -> None:
    assert "There is no project that is followed" in text(one.report("coverage", region="330106"))
    assert "There is no project that is followed" not in text(one.report("coverage"))


def test_the_ladder_is_told_where_something_went_up(one: Register) -> None:
    uid = one.issue("甲", due_on="2023-09-01")
    assert "Ladder" not in tables(one.report("ledger"))["Open problems"].heads
    one.put("issue", uid, escalation="L2")
    table = tables(one.report("ledger"))["Open problems"]
    assert "Ladder" in table.heads and len(table.rows[0]) == len(table.heads)


def test_a_letter_asks_for_problems_only_where_there_are_some(one: Register) -> None:
    one.plan(one.a, 4 * YI)
    asked = text(one.report("supervise", project=one.a))
    assert "1. Say why each red light is on" in asked and "2. Give each open problem" not in asked
    one.issue("管线未迁", due_on="2023-07-01")
    assert "2. Give each open problem" in text(one.report("supervise", project=one.a))
