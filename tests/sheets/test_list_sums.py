"""A total up to a month is never booked into that month: what is left of the months known, spread, or asked about."""

from typing import Any

import pytest

from tests.sheets.conftest import rows_of
from tests.sheets.lists import Make, meanings, told, what, why
from zjtui.sheets import reading
from zjtui.sheets.guess import guess
from zjtui.usecases import importing
from zjtui.usecases.importing import Result
from zjtui.usecases.session import Session

HEADS = ["项目名称", "属地", "总投资（亿元）"]
PLAN = "2023年计划投资（万元）"
WAN = 10_000


def read(session: Session, rows: Any, sums: str = "", **more: Any) -> Result:
    """Take a list in, with totals up to a month as `sums` says."""
    _book, plan = reading.read(session, rows, **more)
    plan.sums = sums or plan.sums
    job = reading.job(session, plan)
    result = importing.run(session, job, importing.preview(session, job))[1]
    reading.remember(session, plan)
    return result


def amounts(session: Session) -> dict[int, float]:
    """Return the amounts in 万元 by month."""
    return {int(row["month"][5:]): row["invest_month"] / WAN for row in rows_of(session, "monthly_report")}


@pytest.mark.parametrize(
    "heading",
    [
        "1-8月累计完成投资", "截至8月底累计", "8月底累计完成投资", "8月累计", "前8个月完成投资", "年初至8月完成投资", "今年1-8月完成",
        "一至八月完成投资", "截至8月25日累计完成投资", "2023年8月末累计完成投资", "累计完成投资（截至8月底）", "1-8月投资完成情况",
    ],
)  # fmt: skip
def test_a_total_up_to_a_month_is_one(heading: str) -> None:
    assert str(guess(heading, "project", 2023)) == "monthly_report.reported_ytd@2023-08"


@pytest.mark.parametrize(
    ("heading", "month"),
    [("上半年完成投资", "06"), ("前三季度完成投资", "09"), ("一季度累计完成投资", "03"), ("1-3季度完成投资", "09")],
)
def test_a_span_from_january_is_a_total_up_to_its_last_month(heading: str, month: str) -> None:
    assert str(guess(heading, "project", 2023)) == f"monthly_report.reported_ytd@2023-{month}"


@pytest.mark.parametrize(
    "heading", ["三季度完成投资", "开工至8月底累计完成投资", "1-8月完成率", "8月底前完成投资", "1-8月计划投资"]
)
def test_what_is_no_total_of_the_year_is_none(heading: str) -> None:
    target = guess(heading, "project", 2023)
    assert target is None or target.field != "reported_ytd"


def test_a_total_whose_months_are_not_known_is_asked_about(session: Session, book: Make) -> None:
    path = book([[*HEADS, "1-8月累计完成投资（万元）"], ["甲园", "长兴县", 5, 1600]])
    result = read(session, path)
    assert (
        what(result) == "r"
        and "L-28" in why(result.lines[0])
        and "of 8 months nothing is known" in why(result.lines[0])
    )
    assert amounts(session) == {} and rows_of(session) == []


@pytest.mark.parametrize(
    ("plan", "expected"),
    [([], [200.0] * 8), ([12_000, "新开工", "2023-05"], [0, 0, 0, 0, 400, 400, 400, 400])],
)
def test_a_total_is_spread_as_the_plan_expects_it_and_remembered(
    plan: list[Any], expected: list[float], session: Session, book: Make
) -> None:
    heads = [*HEADS, *([PLAN, "年度类别", "计划开工月份"] if plan else []), "1-8月累计完成投资（万元）"]
    result = read(session, book([heads, ["甲园", "长兴县", 5, *plan, 1600]]), "spread")
    assert amounts(session) == dict(enumerate(expected, 1)), why(result.lines[0])
    assert "spread over 8 months" in told(result.lines[0])
    _book, again = reading.read(session, book([heads, ["乙园", "长兴县", 5, *plan, 800]], name="b.xlsx"))
    assert again.sums == "spread" and "as remembered" in "; ".join(map(str, again.told))


def test_what_the_months_known_do_not_make_is_spread_to_the_last_yuan(session: Session, book: Make) -> None:
    heads = [*HEADS, "1-4月累计完成投资（万元）", "2月完成投资（万元）"]
    read(session, book([heads, ["甲园", "长兴县", 5, 101, 1]]), "spread")
    assert sum(row["invest_month"] for row in rows_of(session, "monthly_report")) == 101 * WAN
    assert amounts(session)[2] == 1 and sorted(amounts(session)) == [1, 2, 3, 4]


def test_a_total_before_its_months_in_the_row_is_not_counted_beside_them(session: Session, book: Make) -> None:
    heads = [*HEADS, "1-3月累计（万元）", "1月（万元）", "2月（万元）"]
    result = read(session, book([heads, ["甲园", "长兴县", 5, 60, 10, 20]]))
    assert amounts(session) == {1: 10, 2: 20, 3: 30} and "L-15" in told(result.lines[0])


def test_a_total_since_the_start_goes_before_the_year(session: Session, book: Make) -> None:
    heads = [*HEADS, PLAN, "截至8月底累计完成投资（万元）", "8月完成投资（万元）"]
    read(session, book([heads, ["甲园", "长兴县", 5, 9000, 3000, 500]]), "opening")
    (plan,) = rows_of(session, "annual_plan")
    assert plan["opening_total"] == 2500 * WAN and amounts(session) == {8: 500}
    result = read(session, book([heads[:3] + heads[4:5], ["乙园", "长兴县", 5, 3000]], name="b.xlsx"), "opening")
    assert "no plan of 2023" in why(result.lines[0])


def test_a_total_is_left_out_where_somebody_says_so(session: Session, book: Make) -> None:
    result = read(session, book([[*HEADS, "1-8月累计（万元）"], ["甲园", "长兴县", 5, 1600]]), "none")
    assert what(result) == "n" and amounts(session) == {} and "left out" in told(result.lines[0])


def test_a_months_own_amount_stays_and_the_total_fills_the_months_before(session: Session, book: Make) -> None:
    read(session, book([HEADS, ["甲园", "长兴县", 5]]))
    rows = [["2023年3月投资月报（单位：万元）"], ["项目名称", "本月完成投资", "本年累计完成投资"], ["甲园", 30, 100]]
    assert "L-18" in told(read(session, book(rows, name="b.xlsx")).lines[0])
    read(session, book(rows, name="b.xlsx"), "spread")
    assert amounts(session) == {1: 35, 2: 35, 3: 30}


def test_a_monthly_list_of_totals_alone_is_asked_about_too(session: Session, book: Make) -> None:
    read(session, book([HEADS, ["甲园", "长兴县", 5]]))
    rows = [["2023年8月投资月报（单位：万元）"], ["项目名称", "本年累计完成投资", "形象进度"], ["甲园", 800, "桩基"]]
    result = read(session, book(rows, name="b.xlsx"), kind="monthly_report")
    assert what(result) == "r" and "L-28" in why(result.lines[0])
    read(session, book(rows, name="b.xlsx"), "spread", kind="monthly_report")
    assert amounts(session) == dict.fromkeys(range(1, 9), 100)


def test_a_monthly_list_takes_no_total_up_to_another_month(session: Session, book: Make) -> None:
    rows = [["2023年8月投资月报（单位：万元）"], ["项目名称", "1-7月累计完成投资", "本月完成投资"], ["甲园", 800, 10]]
    assert meanings(session, book(rows), kind="monthly_report")["1-7月累计完成投资"] == ""


def test_a_total_of_no_month_says_how_to_name_it(session: Session, book: Make) -> None:
    _book, plan = reading.read(session, book([[*HEADS, "本年累计完成投资（万元）"], ["甲园", "长兴县", 5, 800]]))
    assert "L-28" in "; ".join(map(str, plan.told)) and plan.columns[3].target is None


def test_months_are_of_the_year_that_the_plan_names(session: Session, book: Make) -> None:
    heads = [*HEADS, "2022年计划投资（万元）", "1-8月累计完成投资（万元）"]
    assert meanings(session, book([heads, ["甲园", "长兴县", 5, 900, 800]]))[heads[4]].endswith("@2022-08")
