"""What stands in the cells of a list otherwise than a form would take it, and how it is told."""

from typing import Any

import pytest

from tests.sheets.conftest import rows_of
from tests.sheets.lists import Make, taken, told, what, why
from zjtui.usecases import project
from zjtui.usecases.session import Session

HEADS = ["项目名称", "属地", "总投资（亿元）"]


@pytest.fixture
def known(session: Session) -> Session:
    """A register with one project."""
    project.add(session, {"name": "甲园", "region_code": "330522", "total_invest": 10**9})
    return session


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023年一季度", "2023-01-01"),  # of what was done the first day
        ("2023年二季度初", "2023-04-01"),
        ("2023年3月", "2023-03-01"),
        ("2023年3月上旬", "2023-03-10"),
        ("2023年3月中旬", "2023-03-20"),
        ("2023年3月初", "2023-03-01"),
        ("2023年3月底", "2023-03-31"),
        ("3月", "2023-03-01"),  # of the year of the list
        ("3月5日", "2023-03-05"),
        ("二〇二三年三月底", "2023-03-31"),
        ("2022年底", "2022-12-31"),
    ],
)
def test_a_day_that_is_past(text: str, expected: str, session: Session, book: Make) -> None:
    rows = [["2023年项目"], [*HEADS, "供地时间"], ["甲园", "长兴县", 5, text]]
    result = taken(session, book(rows))
    assert rows_of(session)[0]["land_on"] == expected, why(result.lines[0])
    assert f"“{text}” is taken as {expected}" in told(result.lines[0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023年三季度", "2023-09-30"),
        ("10月", "2023-10-31"),
        ("2023年10月上旬", "2023-10-10"),
        ("2023年2月底前", "2023-02-28"),
        ("年底前", "2023-12-31"),
        ("2023年年底", "2023-12-31"),
        ("拟12月完成", "2023-12-31"),
        ("23.7.17", "2023-07-17"),
    ],
)
def test_a_day_by_which_something_is_due(text: str, expected: str, known: Session, book: Make) -> None:
    rows = [
        ["2023年问题清单"],
        ["项目名称", "存在问题", "提出日期", "完成期限"],
        ["甲园", "管线未迁", "2023-01-10", text],
    ]
    result = taken(known, book(rows))
    assert [row["due_on"] for row in rows_of(known, "issue")] == [expected], why(result.lines[0])


@pytest.mark.parametrize(
    ("text", "expected", "said"),
    [
        ("1.2万㎡", 12_000, ""),
        ("3,500平方米", 3_500, ""),
        ("约800㎡", 800, "taken as 800"),
        ("800.6㎡", 801, "taken as 801"),
    ],
)
def test_an_area_with_its_unit(text: str, expected: int, said: str, session: Session, book: Make) -> None:
    result = taken(session, book([[*HEADS, "建筑面积"], ["甲园", "长兴县", 5, text]]))
    assert rows_of(session)[0]["floor_m2"] == expected, why(result.lines[0])
    assert (said in told(result.lines[0])) if said else ("L-16" not in told(result.lines[0]))


def test_of_several_units_and_persons_the_first_is_taken_and_told(known: Session, book: Make) -> None:
    rows = [
        ["问题清单"], ["项目名称", "存在问题", "责任单位", "责任人"], ["甲园", "管线未迁", "县供电公司、县自规局", "丁伟（局长） 13857212345、马骏"],
    ]  # fmt: skip
    result = taken(known, book(rows))
    (row,) = rows_of(known, "issue")
    names = {row["uid"]: row["name"] for table in ("org", "person") for row in rows_of(known, table)}
    assert (names[row["lead_unit"]], names[row["owner_person"]]) == ("县供电公司", "丁伟")
    assert "is taken as 县供电公司" in told(result.lines[0]) and "is taken as 丁伟" in told(result.lines[0])


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (1.2, 12_000),
        ("1.2", 12_000),
        ("1.2万㎡", 12_000),
        ("8000㎡", 8_000),
        ("约1.2", 12_000),
        (1.23456, 12_346),
        (3, 30_000),
    ],
)
def test_a_unit_in_the_cell_counts_before_that_of_its_heading(
    cell: Any, expected: int, session: Session, book: Make
) -> None:
    result = taken(session, book([[*HEADS, "建筑面积（万平方米）"], ["甲园", "长兴县", 5, cell]]))
    assert rows_of(session)[0]["floor_m2"] == expected, why(result.lines[0])


@pytest.mark.parametrize(
    ("heading", "text", "field", "expected"),
    [
        ("建设性质", "技改类", "nature", "renovate"),
        ("所属领域", "农业项目", "field9", "F7"),
        ("项目级别", "省重点", "level", "province"),
    ],
)
def test_offices_own_words_for_codes(
    heading: str, text: str, field: str, expected: str, session: Session, book: Make
) -> None:
    taken(session, book([[*HEADS, heading], ["甲园", "长兴县", 5, text]]))
    assert rows_of(session)[0][field] == expected


def test_several_words_in_one_cell(session: Session, book: Make) -> None:
    taken(session, book([[*HEADS, "所属盘子"], ["甲园", "长兴县", 5, "省重点、152工程"]]))
    assert rows_of(session)[0]["list_kinds"] == '["key_province","mayor152"]'


def test_a_problem_without_a_day_was_found_today_and_that_is_told(known: Session, book: Make) -> None:
    result = taken(known, book([["问题清单"], ["项目名称", "存在问题", "提出日期"], ["甲园", "管线未迁", None]]))
    assert rows_of(known, "issue")[0]["found_on"] == "2023-09-20"
    assert "no day on which it was found: 2023-09-20 is taken" in told(result.lines[0])


def test_a_person_of_a_contact_is_named_or_the_line_is_no_data(known: Session, book: Make) -> None:
    rows: list[list[Any]] = [
        ["领导联系项目"],
        ["项目名称", "联系领导", "备注"],
        ["甲园", "章华", None],
        ["甲园", "待定", None],
    ]
    result = taken(known, book(rows))
    assert [line.what for line in result.lines] == ["new", "skipped"]


@pytest.mark.parametrize(("text", "kind"), [("立行立改", "asap"), ("长期", "long")])
def test_a_limit_in_words_is_no_day(text: str, kind: str, known: Session, book: Make) -> None:
    rows = [["问题清单"], ["项目名称", "存在问题", "完成期限"], ["甲园", "管线未迁", text]]
    taken(known, book(rows))
    assert [(row["due_on"], row["limit_kind"]) for row in rows_of(known, "issue")] == [(None, kind)]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ((0.5, 0.25), [50, 25]),  # as a workbook keeps “50%”
        ((50, 25), [50, 25]),
        ((52.3, 12.5), [52.3, 12.5]),
        ((1, 0), [1, 0]),  # of whole numbers nobody can tell: as they stand
    ],
)
def test_progress_kept_as_a_fraction(
    cells: tuple[float, float], expected: list[float], session: Session, book: Make
) -> None:
    rows = [[*HEADS, "8月完成投资（万元）", "8月形象进度百分比"]]
    rows += [[f"{number}园", "长兴县", 5, 100, cell] for number, cell in enumerate(cells)]
    taken(session, book([["2023年8月进度"], *rows]))
    assert [row["progress_pct"] for row in rows_of(session, "monthly_report")] == expected


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("2023年3月", True),
        ("3月", True),
        ("2023年3月下旬", True),
        ("2023年3月上旬", False),
        ("2023年4月", False),
        ("3-9", False),
    ],
)
def test_a_month_does_not_change_the_day_that_lies_in_it(text: str, same: bool, session: Session, book: Make) -> None:
    taken(session, book([[*HEADS, "供地时间"], ["甲园", "长兴县", 5, "2023-03-24"]]))
    result = taken(session, book([["2023年项目"], [*HEADS, "供地时间"], ["甲园", "长兴县", 5, text]]))
    assert (rows_of(session)[0]["land_on"] == "2023-03-24") is same
    assert what(result) == ("s" if same else "c")


def test_a_day_of_this_month_is_no_month(session: Session, book: Make) -> None:
    taken(session, book([[*HEADS, "供地时间"], ["甲园", "长兴县", 5, "2023-09-14"]]))
    result = taken(session, book([[*HEADS, "供地时间"], ["甲园", "长兴县", 5, "9"]]))  # as a form takes it
    assert (what(result), rows_of(session)[0]["land_on"]) == ("c", "2023-09-09"), why(result.lines[0])


@pytest.mark.parametrize(("text", "days"), [("每两个月一次", 60), ("每季度", 90), ("每2周", 14)])
def test_how_often_a_project_is_visited(text: str, days: int, known: Session, book: Make) -> None:
    rows = [["领导联系项目"], ["项目名称", "联系领导", "联系周期"], ["甲园", "章华", text]]
    result = taken(known, book(rows))
    assert [row["cycle_days"] for row in rows_of(known, "contact")] == [days], why(result.lines[0])


def test_of_many_codes_a_refusal_names_the_nearest_by_their_names(known: Session, book: Make) -> None:
    rows = [["审批事项"], ["项目名称", "审批事项", "审批部门"], ["甲园", "施工图审查", "县住建局"]]
    (line,) = taken(known, book(rows)).lines
    assert "none of the known ones" in why(line) and "--word" in why(line)
    assert "permit" not in why(line) and len(why(line)) < 300


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("建设项目环境影响报告书审批", "eia_report"), ("固定资产投资项目节能审查", "energy"), ("水保方案审批", "water_soil"),
        ("建设项目用地预审与选址意见书", "land_pre"), ("企业投资项目备案", "filing"), ("使用林地审核", "forest"),
        ("可行性研究报告审批", "fs"), ("初步设计审批", "prelim"), ("建筑工程施工许可证核发", "permit"),
    ],
)  # fmt: skip
def test_approvals_as_they_are_called_in_full(text: str, kind: str, known: Session, book: Make) -> None:
    rows = [["审批事项"], ["项目名称", "审批事项", "审批部门"], ["甲园", text, "县住建局"]]
    result = taken(known, book(rows))
    assert [row["kind"] for row in rows_of(known, "service")] == [kind], why(result.lines[0])


def test_a_word_that_may_mean_several_kinds_of_problem_is_asked_about(known: Session, book: Make) -> None:
    rows = [["问题清单"], ["项目名称", "存在问题", "问题类型"], ["甲园", "用电容量不足", "要素保障"]]
    assert what(taken(known, book(rows))) == "r"
