"""The plans of a year and the months that a list of projects says beside them."""

import pytest

from tests.sheets.conftest import rows_of
from tests.sheets.lists import Make, taken, told, what, why
from zjtui.usecases import register
from zjtui.usecases.session import Session

HEADS = ["项目名称", "属地", "总投资（亿元）"]
PLAN = "2023年计划投资（万元）"


def plans(session: Session) -> list[tuple[object, ...]]:
    return [(row["plan_invest"], row["year_class"], row["plan_start_month"]) for row in rows_of(session, "annual_plan")]


def test_a_class_of_the_year_alone_makes_no_plan(session: Session, book: Make) -> None:
    result = taken(session, book([[*HEADS, "是否新开工"], ["甲园", "长兴县", 5, "是"]]))
    assert (what(result), plans(session)) == ("n", []), why(result.lines[0])


@pytest.mark.parametrize(
    ("start", "word", "expected", "said"),
    [
        ("2023-06", "", ("new_start", "2023-06"), "The class of the 2023 plan is taken as “New start”"),
        ("2022-06", "", ("continuing", None), "is taken as “Continuing”"),
        ("2023-06", "新开工", ("new_start", "2023-06"), "The month of the planned start is taken as 2023-06"),
        ("2023", "新开工", ("new_start", "2023-12"), "The month of the planned start is taken as 2023-12"),
        ("2023", "", ("new_start", "2023-12"), "The month of the planned start is taken as 2023-12"),
        ("2022", "", ("continuing", None), "is taken as “Continuing”"),
        ("", "续建", ("continuing", None), ""),
    ],
)
def test_the_class_of_the_year(
    start: str, word: str, expected: tuple[str, str | None], said: str, session: Session, book: Make
) -> None:
    result = taken(session, book([[*HEADS, PLAN, "计划开工", "是否新开工"], ["甲园", "长兴县", 5, 900, start, word]]))
    assert plans(session) == [(9_000_000, *expected)], why(result.lines[0])
    assert (said in told(result.lines[0])) if said else ("L-10" not in told(result.lines[0]))


def test_what_began_already_is_continued_whatever_was_planned(session: Session, book: Make) -> None:
    rows = [
        [*HEADS, PLAN, "计划开工", "实际开工时间", "开工依据"], ["甲园", "长兴县", 5, 900, "2023-06", "2023-02-01", "施工许可"],
    ]  # fmt: skip
    result = taken(session, book(rows))
    assert plans(session) == [(9_000_000, "continuing", None)], why(result.lines[0])


def test_of_a_month_without_an_amount_nothing_is_kept_and_that_is_told(session: Session, book: Make) -> None:
    rows = [["2023年8月进度"], [*HEADS, "8月完成投资（万元）", "8月形象进度"], ["甲园", "长兴县", 5, None, "桩基"]]
    result = taken(session, book(rows))
    assert rows_of(session, "monthly_report") == [] and "Of 2023-08 no amount is known" in told(result.lines[0])


def test_a_road_with_its_letter_is_the_one_without(session: Session, book: Make) -> None:
    taken(session, book([HEADS, ["G318国道湖州段改扩建", "长兴县", 5]]))
    (line,) = taken(session, book([HEADS, ["318国道湖州段改扩建及配套管网", "长兴县", 5]], name="b.xlsx")).lines
    assert line.twin and line.twin.name == "G318国道湖州段改扩建"


def months(session: Session) -> dict[str, tuple[object, object]]:
    """Return the amount and the reported sum of each month."""
    return {row["month"]: (row["invest_month"], row["reported_ytd"]) for row in rows_of(session, "monthly_report")}


@pytest.mark.parametrize(
    "heads",
    [
        ["1月", "2月", "3月"],
        ["1月份", "2月份", "3月份"],
        ["元月", "二月份", "三月"],
        ["2023年1月份", "2023年2月份完成", "2023年3月完成投资"],
        ["2023.1", "2023-02", "2023/3"],
        ["1月实际", "2月实际完成", "3月份完成投资额"],
    ],
)
@pytest.mark.parametrize("title", ["2023年项目月度完成投资表（单位：万元）", "2023年项目月报（单位：万元）"])
def test_each_column_of_a_month_is_of_its_own(title: str, heads: list[str], session: Session, book: Make) -> None:
    taken(session, book([HEADS, ["甲园", "长兴县", 5]]))
    result = taken(session, book([[title], ["项目名称", *heads], ["甲园", 10, 20, 30]]))
    assert what(result) == "c", why(result.lines[0])
    assert months(session) == {"2023-01": (100_000, None), "2023-02": (200_000, None), "2023-03": (300_000, None)}


def test_what_is_planned_or_expected_of_a_month_was_not_done(session: Session, book: Make) -> None:
    taken(session, book([HEADS, ["甲园", "长兴县", 5]]))
    heads = ["项目名称", "1月", "2月计划", "2月实际", "1-2月", "3月（预计）", "4月目标"]
    result = taken(session, book([["2023年月度投资表（单位：万元）"], heads, ["甲园", 10, 99, 20, 30, 40, 50]]))
    assert months(session) == {"2023-01": (100_000, None), "2023-02": (200_000, 300_000)}, why(result.lines[0])


def test_what_is_said_of_a_month_names_it(session: Session, book: Make) -> None:
    taken(session, book([[*HEADS, PLAN], ["甲园", "长兴县", 5, 9000]]))
    heads = ["项目名称", "1月完成投资（万元）", "2月完成投资（万元）"]
    result = taken(session, book([heads, ["甲园", 0.9, -5]]))
    assert "2023-02: A negative month" in why(result.lines[0]) and "R-01" in why(result.lines[0])
    result = taken(session, book([heads, ["甲园", 10, 0.9]]))
    assert "2023-02: " in told(result.lines[0]) and "R-11" in told(result.lines[0])
    [uid] = [row["uid"] for row in rows_of(session, "monthly_report") if row["month"] == "2023-01"]
    register.move(session, "monthly_report", uid, "submitted", {})
    result = taken(session, book([["项目名称", "2月完成投资（万元）", "1月完成投资（万元）"], ["甲园", 20, 30]]))
    assert why(result.lines[0]).startswith(
        "1月完成投资（万元）: 2023-01: Done this month is what “Submitted” stands on"
    )


@pytest.mark.parametrize(("stated", "said"), [(30, False), (35, True)])
@pytest.mark.parametrize("first", [True, False])
def test_a_sum_that_is_not_that_of_its_months_is_told(
    stated: int, said: bool, first: bool, session: Session, book: Make
) -> None:
    taken(session, book([HEADS, ["甲园", "长兴县", 5]]))
    heads, cells = ["1月", "2月", "3月"], [10, 20, 40]
    heads, cells = (["1-2月", *heads], [stated, *cells]) if first else ([*heads, "1-2月"], [*cells, stated])
    result = taken(session, book([["2023年月度投资（单位：万元）"], ["项目名称", *heads], ["甲园", *cells]]))
    assert ("says 0.35 m yuan for the year so far, the months make 0.3 m yuan" in told(result.lines[0])) is said
    assert months(session)["2023-02"] == (200_000, stated * 10_000)
