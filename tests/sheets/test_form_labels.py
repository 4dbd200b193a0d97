"""What somebody else's workbook asks for, as its labels say it: understood to the last word, or left to be confirmed."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.office_forms import (
    asked,
    city_form,
    list_form,
    proposed,
    taken,
    values_of,
)
from zjtui.sheets import forms
from zjtui.usecases.session import Session


def test_a_table_of_cities_with_merged_headings_is_understood_without_a_question(
    demo_session: Session, tmp_path: Path
) -> None:
    path = city_form(tmp_path / "form.xlsx")
    found = proposed(demo_session, path)
    assert (len(found.cells), found.doubtful, found.left) == (82, 0, [])
    cells = asked(demo_session, path)
    assert {ref: cells[ref] for ref in ("B5", "C5", "D5", "E5", "F5", "G5", "H5")} == {
        "B5": ("projects", "330100", "count"),
        "C5": ("plan", "330100", "yi"),
        "D5": ("done", "330100", "yi"),
        "E5": ("done_month", "330100", "yi"),
        "F5": ("completion_rate", "330100", "fraction"),  # as the cell shows a share
        "G5": ("new", "330100", "count"),
        "H5": ("started", "330100", "count"),
    }
    assert cells["H16"] == ("started", "", "count") and "C16" not in cells  # the total of formulas is not asked
    assert not any(ref.startswith("I") for ref in cells)  # remarks


@pytest.mark.parametrize(
    ("heading", "meant"),
    [
        ("年度计划投资（亿元）", ("plan", "330500", "yi")),
        ("年度计划 投资(万元)", ("plan", "330500", "wan")),
        ("总投资（元）", ("total", "330500", "yuan")),
        ("1-8月完成投资（亿元）", ("done", "330500", "yi")),
        ("本年累计完成投资（亿元）", ("done", "330500", "yi")),
        ("截至8月底累计完成投资（亿元）", ("done", "330500", "yi", "?")),  # since January, or since it began?
        ("新开工项目数", ("new", "330500", "count", "?")),  # planned ones, or those begun?
        ("2022年完成投资（亿元）", ("done", "330500", "yi", "?")),  # another year
        ("8月完成投资（亿元）", ("done_month", "330500", "yi")),
        ("截至8月完成投资（亿元）", ("done", "330500", "yi", "?")),  # up to August, not that of August
        ("8月末完成投资（亿元）", ("done", "330500", "yi")),
        ("8月累计完成投资（亿元）", ("done", "330500", "yi", "?")),
        ("TOTAL Investment（亿元）", ("total", "330500", "yi")),
        ("当月完成投资（亿元）", ("done_month", "330500", "yi")),
        ("投资完成率（%）", ("completion_rate", "330500", "percent")),
        ("完成年度计划比例", ("completion_rate", "330500", "percent")),
        ("计划新开工（个）", ("new", "330500", "count")),
        ("已开工项目数", ("started", "330500", "count")),
        ("未开工", ("unstarted", "330500", "count")),
        ("开工率", ("commencement_rate", "330500", "percent")),
        ("应开工项目数", ("due", "330500", "count")),
        ("序时应完成（亿元）", ("expected", "330500", "yi")),
        ("较序时进度", ("gap_points", "330500", "points")),
        ("较序时进度（%）", ("gap_points", "330500", "points")),
        ("与序时进度比（±百分点）", ("gap_points", "330500", "points")),
        ("占计划%", ("completion_rate", "330500", "percent")),
        ("发现问题数", ("problems", "330500", "count")),
        ("已销号", ("problems_closed", "330500", "count")),
        ("问题销号率", ("solving_rate", "330500", "percent")),
        ("其中：产业项目完成投资（亿元）", ("done", "330500", "yi")),
        ("完成投资", ("done", "330500", "yi", "?")),  # in which unit?
        ("民间投资完成投资（亿元）", ("done", "330500", "yi", "?")),  # of private investment, which is not known
        ("新开工项目总投资（亿元）", ("new", "330500", "count", "?")),
        ("8月计划投资（亿元）", ("plan", "330500", "yi", "?")),
        ("项目数（亿元）", ("projects", "330500", "count", "?")),
    ],
)
def test_a_heading_is_understood_whole_or_left_to_be_confirmed(
    demo_session: Session, tmp_path: Path, heading: str, meant: tuple[str, ...]
) -> None:
    path = list_form(tmp_path / "form.xlsx", [["地区", heading], ["湖州市", None]])
    assert asked(demo_session, path) == {"B2": meant}


@pytest.mark.parametrize(
    ("general", "heading", "meant"),
    [
        ("项目", "个数", ("projects", "330500", "count")),  # here a name, not a unit
        ("应开工项目", "已开工", ("due_started", "330500", "count")),
        ("总投资", "完成投资（亿元）", ("total", "330500", "yi", "?")),  # which of the two?
        ("完成投资（亿元）", "其中：产业类", ("done", "330500", "yi")),
        ("长兴县", "项目数", ("projects", "330522", "count")),  # of the row's city
        ("宁波市", "项目数", ("projects", "330500", "count", "?")),  # and this is not
        ("完成投资（亿元）", "其中：先进制造业基地项目", ("done", "330500", "yi")),
    ],
)
def test_headings_over_each_other_are_read_together(
    demo_session: Session, tmp_path: Path, general: str, heading: str, meant: tuple[str, ...]
) -> None:
    path = list_form(tmp_path / "form.xlsx", [["地区", general], ["地区", heading], ["湖州市", None]])
    assert asked(demo_session, path) == {"B3": meant}
    [cell] = proposed(demo_session, path).cells
    assert (cell.attr, cell.field9) == {
        "其中：产业类": ("industrial", ""), "其中：先进制造业基地项目": ("", "F1"),
    }.get(heading, ("", ""))  # fmt: skip


def test_the_title_says_of_which_year_a_form_is(demo_session: Session, tmp_path: Path) -> None:
    rows = [
        ["2022年度重大项目情况表", None, None],
        ["地区", "2022年完成投资（亿元）", "2023年完成投资（亿元）"],
        ["湖州市", None, None],
    ]
    assert asked(demo_session, list_form(tmp_path / "form.xlsx", rows, ["A1:C1"])) == {
        "B3": ("done", "330500", "yi"), "C3": ("done", "330500", "yi", "?"),
    }  # fmt: skip


@pytest.mark.parametrize("rows", [
    [["地区", "新开工项目数", "已开工"], ["湖州市", None, None]],
    [["指标", "湖州市"], ["新开工项目数", None], ["已开工", None]],
])  # fmt: skip
def test_what_stands_beside_it_tells_what_a_vague_label_means(
    demo_session: Session, tmp_path: Path, rows: list[list[Any]]
) -> None:
    found = asked(demo_session, list_form(tmp_path / "form.xlsx", rows))
    assert list(found.values()) == [("new", "330500", "count"), ("started", "330500", "count")]


def test_a_column_that_nobody_knows_stays_empty_though_its_rows_are_known(
    demo_session: Session, tmp_path: Path
) -> None:
    path = list_form(tmp_path / "form.xlsx", [["指标", "全省", "民营"], ["项目数", None, None]])
    assert asked(demo_session, path) == {"B2": ("projects", "", "count")}


def test_a_number_of_projects_has_no_decimals_whatever_the_cell_shows(demo_session: Session, tmp_path: Path) -> None:
    path = list_form(tmp_path / "form.xlsx", [["地区", "项目数", "总投资（亿元）"], ["湖州市", None, None]])
    book = openpyxl.load_workbook(path)
    book["Sheet"]["B2"].number_format = book["Sheet"]["C2"].number_format = "0.0"
    book.save(path)
    assert [(cell.ref, cell.decimals) for cell in proposed(demo_session, path).cells] == [("B2", 0), ("C2", 1)]
    book["Sheet"]["C2"].number_format = "0;[Red]-0.00"  # the first part is that of positive numbers
    book.save(path)
    assert [cell.decimals for cell in proposed(demo_session, path).cells] == [0, 0]


def test_a_heading_of_another_month_than_the_form_has_to_be_confirmed(demo_session: Session, tmp_path: Path) -> None:
    rows = [
        ["2023年1-8月重大项目进度表", None, None],
        ["地区", "1-7月完成投资（亿元）", "1-8月完成投资（亿元）"],
        ["湖州市", None, None],
    ]
    assert asked(demo_session, list_form(tmp_path / "form.xlsx", rows, ["A1:C1"])) == {
        "B3": ("done", "330500", "yi", "?"), "C3": ("done", "330500", "yi"),
    }  # fmt: skip


@pytest.mark.parametrize(
    "heading",
    ["同比增长（%）", "上年同期完成投资（亿元）", "排名", "备注", "开工以来完成投资（亿元）", "牵头单位", "联系人", ""],
)
def test_what_the_register_does_not_know_is_not_proposed(demo_session: Session, tmp_path: Path, heading: str) -> None:
    path = list_form(tmp_path / "form.xlsx", [["地区", "项目数", heading], ["湖州市", None, None]])
    assert set(asked(demo_session, path)) == {"B2"}


def test_a_heading_over_some_columns_is_no_title(demo_session: Session, tmp_path: Path) -> None:
    rows = [
        [None, None, "完成投资（亿元）", None, None, None],
        ["地区", "项目数", "1-8月", "8月", "备注", "联系人"],
        ["湖州市"],
    ]
    assert asked(demo_session, list_form(tmp_path / "form.xlsx", rows, ["C1:D1"])) == {
        "B3": ("projects", "330500", "count"), "C3": ("done", "330500", "yi"), "D3": ("done_month", "330500", "yi"),
    }  # fmt: skip


def test_a_long_heading_that_stands_alone_is_no_title_further_down(demo_session: Session, tmp_path: Path) -> None:
    rows = [
        ["重大项目", None],
        ["进度表", None],
        ["2023年", None],
        [None, "本年累计完成投资（亿元）"],
        ["湖州市", None],
    ]
    assert asked(demo_session, list_form(tmp_path / "form.xlsx", rows)) == {"B5": ("done", "330500", "yi")}


def test_a_heading_merged_downwards_counts_once(demo_session: Session, tmp_path: Path) -> None:
    path = list_form(
        tmp_path / "form.xlsx", [["地区", "新开工项目数"], [None, None], ["湖州市", None]], ["A1:A2", "B1:B2"]
    )
    assert asked(demo_session, path) == {"B3": ("new", "330500", "count", "?")}  # still vague


def test_a_list_of_indicators_with_a_column_of_units_is_understood(demo_session: Session, tmp_path: Path) -> None:
    rows = [
        ["湖州市重大项目主要指标", None, None, None],
        ["指标名称", "单位", "8月底累计", "同比增长%"],
        ["重大项目个数", "个", None, None],
        ["年度计划投资", "万元", None, None],
        ["投资完成率", "%", None, None],
    ]
    assert asked(demo_session, list_form(tmp_path / "form.xlsx", rows, ["A1:D1"])) == {
        "C3": ("projects", "330500", "count"),
        "C4": ("plan", "330500", "wan"),
        "C5": ("completion_rate", "330500", "percent"),
    }


def test_merged_cells_to_fill_are_filled_once_in_their_first_cell(demo_session: Session, tmp_path: Path) -> None:
    path = list_form(tmp_path / "form.xlsx", [["地区", "项目数", None], ["湖州市", None, None]], ["B1:C1", "B2:C2"])
    assert asked(demo_session, path) == {"B2": ("projects", "330500", "count")}


def test_who_fills_it_in_is_no_heading(demo_session: Session, tmp_path: Path) -> None:
    rows = [["重大项目进度表", None, None], ["填报单位：市发改委", None, "单位：万元"], ["地区", "年度计划投资", "项目数"],
            ["湖州市", None, None], ["填报人：张三", None, "审核人：李四"]]  # fmt: skip
    path = list_form(tmp_path / "form.xlsx", rows, ["A1:C1", "A2:B2"])
    assert asked(demo_session, path) == {"B4": ("plan", "330500", "wan"), "C4": ("projects", "330500", "count")}


def test_numbers_of_somebody_else_that_are_not_understood_are_named(demo_session: Session, tmp_path: Path) -> None:
    path = list_form(tmp_path / "form.xlsx", [["地区", "项目数", "去年项目数"], ["湖州市", 7, 6], ["附件", None, 3]])
    assert proposed(demo_session, path).left == [("Sheet", "C2")]


@pytest.mark.parametrize("held", ["12.50", "1,234", "66.5%", "-", "——", "/", " 7 "])
def test_a_figure_kept_as_text_and_a_mark_for_a_missing_one_are_filled(
    demo_session: Session, tmp_path: Path, held: str
) -> None:
    path = list_form(tmp_path / "form.xlsx", [["地区", "项目数", "去年"], ["湖州市", held, held]])
    found = proposed(demo_session, path)
    assert [cell.ref for cell in found.cells] == ["B2"] and found.left == [("Sheet", "C2")]
    forms.write(demo_session, forms.filled_for(demo_session, taken(demo_session, path)), tmp_path / "filled.xlsx")
    assert values_of(tmp_path / "filled.xlsx")["B2"] == 9


def test_hidden_sheets_are_left_alone(demo_session: Session, tmp_path: Path) -> None:
    path = city_form(tmp_path / "form.xlsx")
    book = openpyxl.load_workbook(path)
    book.copy_worksheet(book["进度表"]).sheet_state = "hidden"
    book.save(path)
    assert {cell.sheet for cell in proposed(demo_session, path).cells} == {"进度表"}


def months_form(path: Path, title: str, heads: Sequence[str]) -> Path:
    rows = [[title], ["地区", *heads], ["湖州市", *[None] * len(heads)], ["嘉兴市", *[None] * len(heads)]]
    return list_form(path, rows, [f"A1:{'ABCDEFGH'[len(heads)]}1"])


def test_columns_of_months_keep_their_headings_when_the_title_names_another_month(
    demo_session: Session, tmp_path: Path
) -> None:
    heads = [f"{month}月完成投资" for month in (6, 7, 8)]
    path = months_form(tmp_path / "f.xlsx", "2023年1-8月各月完成投资（亿元）", heads)
    cells = proposed(demo_session, path).cells
    found = {cell.ref: (cell.query, cell.month, cell.sure) for cell in cells}
    assert found == {
        "A1": ("period", 0, True), "B3": ("done_month", 6, True), "C3": ("done_month", 7, True), "D3": ("done_month", 8, True),
        "B4": ("done_month", 6, True), "C4": ("done_month", 7, True), "D4": ("done_month", 8, True),
    }  # fmt: skip


def test_sums_up_to_each_month_stand_side_by_side(demo_session: Session, tmp_path: Path) -> None:
    heads = [f"1-{month}月完成投资" for month in (3, 6, 9)]
    cells = proposed(demo_session, months_form(tmp_path / "f.xlsx", "2023年完成投资（亿元）", heads)).cells
    assert [(cell.query, cell.month) for cell in cells if cell.ref in ("B3", "C3", "D3")] == [
        ("done", 3), ("done", 6), ("done", 9)
    ]  # fmt: skip


def test_two_months_side_by_side_are_no_columns_of_months(demo_session: Session, tmp_path: Path) -> None:
    path = months_form(tmp_path / "f.xlsx", "2023年8月完成投资（亿元）", ["7月完成投资", "8月完成投资"])
    found = {cell.ref: (cell.month, cell.sure) for cell in proposed(demo_session, path).cells}
    assert (found["B3"], found["C3"]) == ((0, False), (0, True))  # the month before is not what a form is of


def test_months_of_a_named_year_have_to_be_confirmed(demo_session: Session, tmp_path: Path) -> None:
    path = months_form(tmp_path / "f.xlsx", "完成投资（亿元）", [f"2023年{month}月完成投资" for month in (6, 7, 8)])
    found = {cell.ref: (cell.month, cell.sure) for cell in proposed(demo_session, path).cells}
    assert [found[ref] for ref in ("C3", "D3", "C4", "D4")] == [(0, False)] * 4


def test_months_below_each_other_are_rows_of_the_place_in_the_title(demo_session: Session, tmp_path: Path) -> None:
    rows = [
        ["湖州市2023年重大项目完成情况"],
        ["月份", "完成投资（亿元）", "开工项目数"],
        *([f"{month}月", None, None] for month in (6, 7, 8)),
    ]
    cells = proposed(demo_session, list_form(tmp_path / "f.xlsx", rows, ["A1:C1"])).cells
    found = {cell.ref: (cell.query, cell.month, cell.region, cell.sure) for cell in cells}
    assert found["B4"] == ("done_month", 7, "330500", True)
    assert found["C5"] == ("started_month", 8, "330500", True)


@pytest.mark.parametrize("label", ["红灯项目数", "黄灯项目数", "亮灯项目数"])
def test_what_the_register_does_not_tell_in_forms_stays_empty(
    label: str, demo_session: Session, tmp_path: Path
) -> None:
    path = list_form(tmp_path / "f.xlsx", [["地区", "项目数", label], ["湖州市", None, None]])
    assert set(asked(demo_session, path)) == {"B2"}


@pytest.mark.parametrize(
    ("title", "query", "sure"),
    [
        ("2023年重大项目各月完成投资（亿元）", "done_month", True),
        ("湖州市2023年重大建设项目分月完成投资情况（亿元）", "done_month", True),
        ("2023年1-8月各月完成投资（亿元）", "done_month", True),
        ("2023年各月累计完成投资（亿元）", "done", False),  # since January, or since the project's start?
        ("2023年各月新开工项目数", "started_month", True),
        ("2023年各月完成投资及用电情况（亿元）", "done_month", False),
    ],
)
def test_months_alone_are_of_what_the_title_asks(
    title: str, query: str, sure: bool, demo_session: Session, tmp_path: Path
) -> None:
    form = months_form(tmp_path / "f.xlsx", title, ["6月", "7月", "8月", "全年"])
    cells = proposed(demo_session, form).cells
    found = {cell.ref: (cell.query, cell.month, cell.sure) for cell in cells if cell.query != "period"}
    assert found == {
        f"{column}{row}": (query, month, sure) for column, month in zip("BCD", (6, 7, 8), strict=True) for row in (3, 4)
    }


@pytest.mark.parametrize(
    ("title", "query", "sure"),
    [
        ("2023年重大项目各月完成投资（亿元）", "done_month", True),
        ("2023年重大项目各月累计完成投资（亿元）", "done", False),  # up to the month, not of it alone
    ],
)
def test_months_below_each_other_beside_regions_are_of_what_the_title_asks(
    title: str, query: str, sure: bool, demo_session: Session, tmp_path: Path
) -> None:
    rows = [
        [title],
        ["月份", "湖州市", "嘉兴市"],
        *([f"{month}月", None, None] for month in (6, 7, 8)),
        ["填表人：", None, None],
    ]
    cells = proposed(demo_session, list_form(tmp_path / "f.xlsx", rows, ["A1:C1"])).cells
    found = {cell.ref: (cell.query, cell.month, cell.region, cell.sure) for cell in cells if cell.query != "period"}
    assert len(found) == 6 and found["C4"] == (query, 7, "330400", sure)


@pytest.mark.parametrize("title", ["2023年各月完成投资增速（%）", "2023年重大项目一览表", "2023年各月用电量"])
def test_a_title_that_asks_nothing_known_leaves_its_months_empty(
    title: str, demo_session: Session, tmp_path: Path
) -> None:
    assert asked(demo_session, months_form(tmp_path / "f.xlsx", title, ["6月", "7月", "8月"])) == {}


def test_months_under_one_heading(demo_session: Session, tmp_path: Path) -> None:
    rows = [["地区", "各月完成投资（亿元）", None, None], [None, "6月", "7月", "8月"], ["湖州市", *[None] * 3]]
    path = list_form(tmp_path / "f.xlsx", [["2023年进度"], *rows], ["A1:D1", "B2:D2", "A2:A3"])
    cells = proposed(demo_session, path).cells
    assert [(cell.query, cell.month, cell.sure) for cell in cells if cell.query != "period"] == [
        ("done_month", 6, True), ("done_month", 7, True), ("done_month", 8, True)
    ]  # fmt: skip
