"""An import invents no day: what a state needs is asked for, what it does not need stays empty."""

from collections.abc import Sequence
from typing import Any

import pytest

from tests.sheets.conftest import rows_of
from tests.sheets.lists import Make, taken, told, what, why
from zjtui.sheets import reading
from zjtui.sheets.mapping import set_fixed
from zjtui.store.read import care
from zjtui.store.read.standings import Scope
from zjtui.usecases import importing
from zjtui.usecases.importing import Result
from zjtui.usecases.session import Session

PROJECTS = [["项目名称", "属地", "总投资（亿元）"], ["甲园", "长兴县", 5], ["乙园", "德清县", 3]]


@pytest.fixture
def known(session: Session, book: Make) -> Session:
    taken(session, book(PROJECTS, name="projects.xlsx"))
    return session


def said(session: Session, path: Any, *fixed: str, **more: Any) -> Result:
    """Take a list in with what is said for all its rows."""
    _book, plan = reading.read(session, path, **more)
    for text in fixed:
        set_fixed(plan, text, session.today)
    job = reading.job(session, plan)
    return importing.run(session, job, importing.preview(session, job))[1]


def days(session: Session, entity: str, *names: str) -> list[Sequence[Any]]:
    return [tuple(row[name] for name in names) for row in rows_of(session, entity)]


def test_a_service_that_was_decided_without_days_is_asked_about(known: Session, book: Make) -> None:
    rows = [["项目名称", "审批事项", "审批部门", "办理状态", "批文号"], ["甲园", "能评", "县发改局", "已办结", "1号"]]
    result = taken(known, book(rows))
    assert days(known, "service", "state", "applied_on", "accepted_on", "decided_on") == [("planned", None, None, None)]
    assert result.lines[0].undated == "service.accepted_on" and "L-29" in told(result.lines[0])
    said(known, book(rows), "accepted_on=2023-09-01", "decided_on=2023-09-08")
    assert days(known, "service", "state", "applied_on", "accepted_on", "decided_on") == [
        ("decided", None, "2023-09-01", "2023-09-08")
    ]


def test_a_problem_is_solved_on_the_day_that_the_list_gives_or_not_yet(known: Session, book: Make) -> None:
    heads = ["项目名称", "存在问题", "提出日期", "完成期限", "责任单位", "办理状态", "解决时间"]
    rows = [
        heads, ["甲园", "管线迁改", "2023-08-01", "2023-08-31", "县供电公司", "已解决", "2023-08-20"],
        ["甲园", "用地指标", "2023-08-01", "2023-08-31", "县自规局", "已解决", None], ["乙园", "道路", "2023-08-01", None, "县交通局", None, "2023-08-09"],
    ]  # fmt: skip
    result = taken(known, book(rows))
    assert days(known, "issue", "state", "solved_on", "assigned_on") == [
        ("solved", "2023-08-20", None), ("doing", None, None), ("solved", "2023-08-09", None)
    ], [told(line) for line in result.lines]  # fmt: skip
    assert [line.undated for line in result.lines] == ["", "issue.solved_on", ""]
    said(known, book(rows), "solved_on=2023-08-30")
    assert [row[0] for row in days(known, "issue", "solved_on")] == ["2023-08-20", "2023-08-30", "2023-08-09"]
    result = said(known, book([heads, [*rows[1][:-1], "2023-08-21"]], name="b.xlsx"))
    assert what(result) == "s" and "only corrected" in told(result.lines[0])  # what was sent up is not moved by a list


def test_a_month_from_a_list_was_submitted_on_its_day_or_on_none(known: Session, book: Make) -> None:
    heads = ["项目名称", "月份", "当月完成投资（万元）", "形象进度", "审核状态", "报送日期"]
    rows = [heads, ["甲园", "2023-07", 10, "桩基", "已报送", None], ["乙园", "2023-07", 10, "桩基", None, "2023-08-03"]]
    result = taken(known, book(rows))
    assert what(result) == "nn", [why(line) for line in result.lines]
    assert days(known, "monthly_report", "state", "submitted_on") == [("submitted", None), ("submitted", "2023-08-03")]
    later = [heads, ["甲园", "2023-07", 10, "桩基", "已报送", "2023-08-09"]]
    taken(known, book(later, name="b.xlsx"))
    assert days(known, "monthly_report", "submitted_on") == [("2023-08-09",), ("2023-08-03",)]


def test_a_report_without_a_day_is_in_neither_sum_of_punctuality(session: Session, book: Make) -> None:
    """One in time, one late, one whose day nobody knows, one missing: 1 of 3."""
    plan = ["2023年计划投资（万元）", "实际开工时间", "开工依据", "项目阶段", "批复日期", "供地时间"]
    begun = [900, "2023-02-01", "施工许可", "在建", "2022-05-01", "2022-06-01"]
    heads = [*PROJECTS[0], *plan]
    taken(session, book([heads, *([f"项目{name}", "长兴县", 5, *begun] for name in "甲乙丙丁")], name="projects.xlsx"))
    assert {row["stage"] for row in rows_of(session)} == {"building"}
    rows = [
        ["项目名称", "月份", "当月完成投资（万元）", "形象进度", "审核状态", "报送日期"],
        ["项目甲", "2023-07", 10, "桩基", "已报送", "2023-08-03"], ["项目乙", "2023-07", 10, "桩基", "已报送", "2023-08-09"],
        ["项目丙", "2023-07", 10, "桩基", "已报送", None],
    ]  # fmt: skip
    taken(session, book(rows))
    assert care.punctuality(session.reader(), Scope(), 2023, 7) == (1, 3)


def test_a_visit_without_a_day_is_refused(known: Session, book: Make) -> None:
    rows = [
        ["项目名称", "走访日期", "走访人员", "走访情况"],
        ["甲园", None, "章华", "进展正常"],
        ["乙园", "2023-09-01", "章华", "正常"],
    ]
    result = taken(known, book(rows, name="visits.xlsx"))
    assert what(result) == "rn" and "Date is missing" in why(result.lines[0])
    nobody = [["项目名称", "走访日期", "走访情况"], ["甲园", "2023-09-02", "正常"]]
    assert "Who was there" in why(taken(known, book(nobody, name="b.xlsx"), kind="follow_up").lines[0])


def test_a_stage_has_the_day_that_is_known_or_none(session: Session, book: Make) -> None:
    heads = ["项目名称", "属地", "总投资（亿元）", "项目阶段", "批复日期", "供地时间"]
    taken(session, book([heads, ["甲园", "长兴县", 5, "具备开工条件", "2022-05-01", "2022-06-01"]]))
    assert days(session, "project", "stage", "stage_on") == [("ready", None)]


def test_a_day_for_all_rows_that_is_none_is_refused_at_once(known: Session, book: Make) -> None:
    from zjtui.errors import Refused

    _book, plan = reading.read(known, book([["项目名称", "存在问题"], ["甲园", "管线"]]))
    with pytest.raises(Refused):
        set_fixed(plan, "solved_on=改日", known.today)
    assert not any("solved_on" in name for name in plan.fixed)
