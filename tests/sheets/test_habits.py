"""Lists as offices make them: each habit by itself gives the same project, and every line is accounted for."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.sheets.conftest import rows_of
from zjtui.sheets import reading
from zjtui.usecases import importing
from zjtui.usecases.importing import Result
from zjtui.usecases.session import Session

HEADS = ["项目名称", "所在地", "总投资（亿元）"]
ONE = ["长兴锂电池项目", "长兴县", 12.5]
CODE = "2209-330825-04-01-693679"
PLAIN = {"name": "长兴锂电池项目", "region_code": "330522", "total_invest": 1_250_000_000}

# habit: (rows, merged ranges, what the project is then, beside PLAIN)
HABITS: dict[str, tuple[list[list[Any]], list[str], dict[str, Any]]] = {
    "plain": ([HEADS, ONE], [], {}),
    "title above": ([["2023年重大项目清单"], HEADS, ONE], ["A1:C1"], {}),
    "title, empty line, unit line": (
        [["重大项目清单"], [], [None, None, "单位：万元"], ["项目名称", "所在地", "总投资"], [*ONE[:2], 125000]], ["A1:C1"], {}
    ),
    "unit in brackets of another width": ([["项目名称", "所在地", "总投资(万元)"], [*ONE[:2], 125000]], [], {}),
    "units of a hundred million and of ten thousand in one sheet": (
        [[*HEADS, "其中：设备（万元）", "设备购置"], [*ONE, 5, 6]], [], {}
    ),
    "unit in the cell": ([["项目名称", "所在地", "总投资（万元）"], [*ONE[:2], "12.5亿元"]], [], {}),
    "two rows of headings": (
        [["项目名称", "所在地", "投资", None], [None, None, "总投资（亿元）", "备注"], [*ONE, "好"]],
        ["A1:A2", "B1:B2", "C1:D1"], {"remark": "好"},
    ),
    "second heading row repeats the first": ([HEADS, HEADS, ONE], [], {}),
    "headings again between the data": ([HEADS, ONE, HEADS], [], {}),
    "category rows": ([HEADS, ["一、产业项目"], ["（一）制造业（共1项）"], ONE], [], {"attr": "industrial"}),
    "category with a count": ([HEADS, ["产业项目（共1项）"], ONE], [], {"attr": "industrial"}),
    "county as a heading with a count": ([["项目名称", "总投资（亿元）"], ["长兴县", 1.0], [ONE[0], ONE[2]]], [], {}),
    "totals above and below": ([HEADS, ["合计", None, 12.5], ONE, ["小计", None, 12.5]], [], {}),
    "notes below": ([HEADS, ONE, ["注：以发改委口径为准"], ["填报人：", "张三"]], [], {}),
    "empty columns and rows": ([[None, *HEADS[:2], None, HEADS[2]], [], [None, *ONE[:2], None, ONE[2]]], [], {}),
    "place merged downwards": ([[HEADS[1], HEADS[0], HEADS[2]], ["长兴县", ONE[0], 12.5], [None, "另一个", 1]], ["A2:A3"], {}),
    "full-width digits": ([HEADS, [*ONE[:2], "１２．５"]], [], {}),
    "amount with an exponent": ([["项目名称", "所在地", "总投资（元）"], [*ONE[:2], "1.25E+09"]], [], {}),
    "amount with thousands commas": ([["项目名称", "所在地", "总投资（万元）"], [*ONE[:2], "125,000"]], [], {}),
    "code as text": ([[*HEADS, "项目代码"], [*ONE, CODE]], [], {"code": CODE}),
    "code without hyphens": ([[*HEADS, "统一代码"], [*ONE, CODE.replace("-", "")]], [], {"code": CODE}),
    "code under a heading nobody knows": ([[*HEADS, "赋码情况表"], [*ONE, CODE]], [], {"code": CODE}),
    "day as a count of days": ([[*HEADS, "开工时间"], [*ONE, 45170]], [], {"plan_start": "2023-09-01"}),
    "day as a day": ([[*HEADS, "计划开工"], [*ONE, datetime(2023, 9, 1)]], [], {"plan_start": "2023-09-01"}),
    "years as a range": (
        [[*HEADS, "建设起止年限"], [*ONE, "2023-2025"]], [], {"plan_start": "2023", "plan_end": "2025"}
    ),
    "months as a range": (
        [[*HEADS, "建设期"], [*ONE, "2023年3月至2025年12月"]], [], {"plan_start": "2023-03", "plan_end": "2025-12"}
    ),
    "Chinese month": ([[*HEADS, "计划竣工"], [*ONE, "2025年9月"]], [], {"plan_end": "2025-09"}),
    "quarter": ([[*HEADS, "计划竣工"], [*ONE, "2025-Q2"]], [], {"plan_end": "2025-06"}),
    "end of the year": ([[*HEADS, "计划竣工"], [*ONE, "2025年底"]], [], {"plan_end": "2025-12"}),
    "label of a code": ([[*HEADS, "项目属性", "建设性质"], [*ONE, "产业", "技术改造"]], [], {"attr": "industrial", "nature": "renovate"}),
    "city and county in two columns": (
        [["设区市", "县（市、区）", HEADS[0], HEADS[2]], ["湖州市", "长兴县", ONE[0], 12.5]], [], {}
    ),
    "place with its city before it": ([HEADS, [ONE[0], "湖州市长兴县", 12.5]], [], {}),
    "dash for nothing": ([[*HEADS, "计划竣工"], [*ONE, "—"]], [], {"plan_end": None}),
    "mu in the heading": ([[*HEADS, "用地面积（亩）"], [*ONE, 30]], [], {"land_m2": 20_000}),
    "ten thousand square metres": ([[*HEADS, "建筑面积（万平方米）"], [*ONE, 1.2]], [], {"floor_m2": 12_000}),
}  # fmt: skip


def taken(session: Session, path: Path, **more: Any) -> Result:
    """Take a list in as the command line does; every line is accounted for."""
    _book, plan = reading.read(session, path, **more)
    plan.sums = "spread"
    job = reading.job(session, plan)
    seen = importing.preview(session, job)
    _outcome, result = importing.run(session, job, seen)
    assert sum(result.counts.values()) == len(result.lines)
    return result


@pytest.mark.parametrize("habit", HABITS)
def test_a_list_is_taken_as_it_comes(habit: str, session: Session, book: Callable[..., Path]) -> None:
    rows, merged, more = HABITS[habit]
    result = taken(session, book(rows, merged))
    assert result.of("refused") == []
    first = rows_of(session)[0]
    assert {name: first[name] for name in {**PLAIN, **more}} == {**PLAIN, **more}
    assert len(rows_of(session)) == len(result.of("new")) == (2 if "merged downwards" in habit else 1)
    assert taken(session, book(rows, merged)).counts["same"] == len(result.of("new"))  # once more changes nothing


def test_all_habits_at_once(session: Session, book: Callable[..., Path]) -> None:
    rows = [
        ["湖州市2023年重大项目清单"], [None] * 8 + ["单位：万元"],
        ["序号", "项目名称", "项目代码", "所在地", "总投资（亿元）", "2023年投资", None, "建设起止年限", "备注"],
        [None, None, None, None, None, "年度计划", "1-8月完成", None, None],
        ["合计", None, None, None, 99, 99],
        ["一、产业项目（共1项）"], [1, "长兴锂电池项目", CODE, "长兴县", 12.5, "２０，０００", 8000, "2023-2025"],
        ["二、基础设施项目"], ["序号", "项目名称", "项目代码", "所在地", "总投资（亿元）"],
        [2, "苕溪清水入湖工程", None, "湖州市安吉县", "3.5E+00", 1000, None, "2022年5月-2024年", "跨年"],
        [3, "没有地方的项目", None, "火星县", 1], ["注：以上以发改委口径为准"],
    ]  # fmt: skip
    merged = ["A1:I1", "F3:G3", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:E4", "H3:H4", "I3:I4"]
    result = taken(session, book(rows, merged))
    assert result.counts == {"new": 2, "changed": 0, "same": 0, "refused": 1, "skipped": 5}
    (refused,) = result.of("refused")
    assert (refused.number, refused.faults[0].column, refused.faults[0].value) == (11, "所在地", "火星县")
    first, second = rows_of(session)
    assert (first["attr"], second["attr"]) == ("industrial", "infrastructure")
    assert (first["plan_start"], second["plan_start"], second["plan_end"]) == ("2023", "2022-05", "2024")
    plans = {row["project_uid"]: (row["year"], row["plan_invest"]) for row in rows_of(session, "annual_plan")}
    assert plans == {first["uid"]: (2023, 200_000_000), second["uid"]: (2023, 10_000_000)}


@pytest.mark.parametrize(
    ("heading", "cell", "rule"),
    [
        ("项目代码", 2209330825040169367, "L-01"),  # a workbook keeps 15 digits
        ("项目代码", "2209-330825-04-01-693678", "P-02"),
        ("总投资（亿元）", "2-3亿", "M-01"),
        ("总投资（亿元）", -3, "G-12"),
        ("实际开工", "2024-09-01", "D-02"),
        ("项目属性", "不详", "G-01"),
        ("计划竣工", "2025-13", "D-01"),
    ],
)
def test_what_does_not_fit_is_refused_with_row_column_value_and_rule(
    heading: str, cell: Any, rule: str, session: Session, book: Callable[..., Path]
) -> None:
    heads = [*HEADS[:2], heading] if heading in HEADS else [*HEADS, heading]
    result = taken(session, book([heads, [*ONE[: len(heads) - 1], cell]]))
    (line,) = result.of("refused")
    fault = line.faults[0]
    assert (line.number, fault.column, fault.rule) == (2, heading, rule)
    assert rows_of(session) == []


def test_a_formula_without_a_value_is_refused_never_a_blank(session: Session, book: Callable[..., Path]) -> None:
    result = taken(session, book([[*HEADS, "备注"], [*ONE, "=A1&B1"]]))  # openpyxl writes no value with a formula
    (line,) = result.of("refused")
    assert (line.faults[0].column, line.faults[0].rule) == ("备注", "L-03")


@pytest.mark.parametrize("cell", [125000, "125000", "１２５０００"])
def test_a_total_without_a_unit_is_asked_about(cell: Any, session: Session, book: Callable[..., Path]) -> None:
    _book, plan = reading.read(session, book([["项目名称", "所在地", "总投资"], ["甲", "长兴县", cell]]))
    asked = [column for column in plan.columns if column.unsure]
    assert [(column.heading.text, column.unit) for column in asked] == [("总投资", "万元")]


def test_what_a_column_means_is_remembered_for_lists_of_the_same_shape(
    session: Session, book: Callable[..., Path]
) -> None:
    from zjtui.sheets.columns import Target

    rows = [[*HEADS, "建设进展情况说明"], [*ONE, "桩基完成"]]
    _book, plan = reading.read(session, book(rows))
    assert plan.columns[3].target is None
    plan.change(3, Target("project", "remark"))
    reading.remember(session, plan)
    _book, again = reading.read(session, book(rows))
    assert (again.remembered, str(again.columns[3].target)) == (True, "project.remark")


def test_units_named_for_the_first_time_are_of_the_kind_that_their_column_means(
    session: Session, book: Callable[..., Path]
) -> None:
    heads = [*HEADS, "建设单位", "施工单位", "主管部门"]
    taken(session, book([heads, [*ONE, "长兴电池公司", "省建工集团", "县发改局"]]))
    kinds = {row["name"]: row["kind"] for row in rows_of(session, "org")}
    assert kinds == {"长兴电池公司": "owner", "省建工集团": "contractor", "县发改局": "gov_dept"}
