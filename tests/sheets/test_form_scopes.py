"""Of which projects the cells of somebody else's workbook are: its rows, its columns, its title."""

from pathlib import Path

import pytest

from tests.office_forms import (
    asked,
    list_form,
    proposed,
)
from zjtui.usecases.session import Session


def test_what_is_of_two_kinds_at_once_has_to_be_confirmed(demo_session: Session, tmp_path: Path) -> None:
    path = list_form(tmp_path / "form.xlsx", [["类别", "项目数"], ["类别", "产业项目"], ["基础设施项目", None]])
    [cell] = proposed(demo_session, path).cells
    assert (cell.query, cell.sure) == ("projects", False)


@pytest.mark.parametrize(
    ("label", "scope"),
    [
        ("湖州", "330500"), ("1. 湖州市", "330500"), ("长兴县", "330522"), ("长兴", "330522"), ("先进制造业基地", "F1"),
        ("其中：产业项目", "industrial"), ("合计", ""), ("全省", ""), ("浙江省", "330000"), ("其中：湖州市", "330500"),
        ("其中:产业类", "industrial"), ("先进制造业基地类", "F1"), ("HUZHOU City", "330500"),
    ],
)  # fmt: skip
def test_a_row_says_of_which_projects(demo_session: Session, tmp_path: Path, label: str, scope: str) -> None:
    path = list_form(tmp_path / "form.xlsx", [["类别", "项目数"], [label, None]])
    assert asked(demo_session, path) == {"B2": ("projects", scope, "count")}


@pytest.mark.parametrize(("serial", "sure"), [("一", True), ("（三）", True), ("—", True), ("民营", False)])
def test_a_number_beside_a_region_is_no_doubt_but_a_word_is(
    demo_session: Session, tmp_path: Path, serial: str, sure: bool
) -> None:
    path = list_form(tmp_path / "form.xlsx", [["序", "地区", "项目数"], [serial, "湖州市", None]])
    [cell] = proposed(demo_session, path).cells
    assert (cell.region, cell.query, cell.sure) == ("330500", "projects", sure)


@pytest.mark.parametrize("label", ["市本级", "一、设区市", "填报人：", "小计", "除杭州外", ""])
def test_a_row_of_which_nobody_knows_what_it_is_stays_empty(demo_session: Session, tmp_path: Path, label: str) -> None:
    path = list_form(tmp_path / "form.xlsx", [["地区", "项目数", "总投资（亿元）"], [label, None, None]])
    assert asked(demo_session, path) == {}


@pytest.mark.parametrize(
    ("title", "rows", "region", "sure"),
    [
        ("", ["吴兴区", "长兴县"], "330500", True),  # the city of all its counties
        ("", ["长兴县", "慈溪市"], "", True),
        ("", ["湖州市", "长兴县"], "330500", False),  # is the city itself one of those that are added up?
        ("", ["浙江省", "湖州市"], "330500", False),
        ("宁波市重大项目进度表", ["产业项目"], "330200", True),
        ("浙江省湖州市重大项目进度表", ["产业项目"], "330500", True),
        ("浙江省重大项目进度表", ["湖州市"], "330000", True),
        ("湖州重大项目进度表", ["产业项目"], "330500", False),  # perhaps part of another word
        ("湖州市、嘉兴市重大项目进度表", ["产业项目"], None, False),
    ],
)
@pytest.mark.parametrize("merge", [["A1:B1"], []])
def test_the_total_is_of_the_region_in_the_title_or_of_the_city_of_all_counties(
    demo_session: Session, tmp_path: Path, title: str, rows: list[str], region: str | None, sure: bool, merge: list[str]
) -> None:
    head = [["2023年", None], ["地区", "项目数"]] if not title else [[title, None], ["地区", "项目数"]]
    path = list_form(tmp_path / "form.xlsx", [*head, *([name, None] for name in rows), ["合计", None]], merge)
    total = proposed(demo_session, path).cells[-1]
    assert (total.ref, total.sure) == (f"B{len(rows) + 3}", sure) and region in (None, total.region)


def test_fields_and_attributes_are_of_the_region_in_the_title(demo_session: Session, tmp_path: Path) -> None:
    rows = [["宁波市重大项目进度表", None], ["类别", "项目数"], ["产业项目", None]]
    [cell] = proposed(demo_session, list_form(tmp_path / "form.xlsx", rows)).cells
    assert (cell.region, cell.attr) == ("330200", "industrial")


def test_labels_merged_downwards_count_for_every_row(demo_session: Session, tmp_path: Path) -> None:
    rows = [["地区", "类别", "项目数"], ["湖州市", "全部", None], [None, "产业项目", None]]
    path = list_form(tmp_path / "form.xlsx", [rows[0], ["湖州市", "合计", None], rows[2]], ["A2:A3"])
    cells = proposed(demo_session, path).cells
    assert [(cell.ref, cell.region, cell.attr) for cell in cells] == [
        ("C2", "330500", ""),
        ("C3", "330500", "industrial"),
    ]
