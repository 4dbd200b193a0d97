"""The lines of a list: which are data, and what those between the data say of the data below them."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.sheets.conftest import rows_of
from tests.sheets.lists import Make, taken, what, why
from zjtui.usecases.session import Session

HEADS = ["序号", "项目名称", "属地", "总投资（亿元）", "2023年计划（万元）"]


def one(name: str, place: str | None = "长兴县", number: int | None = None) -> list[Any]:
    return [number, name, place, 5, 900]


def classes(session: Session) -> list[str]:
    return [row["year_class"] for row in rows_of(session, "annual_plan")]


@pytest.mark.parametrize(
    "line",
    [[None, "县交通局"], [None, "城市更新板块（2个）"], [None, "续建项目"], [None, "长兴县"], [None, "交通强省"], ["一、城市板块"],
     [None, "产业", "小计", 12], ["长三角一体化示范区建设情况"], ["各单位须于每月五日前将本月进展、存在问题以及下步打算经主要负责人签字后报送市重大项目建设领导小组办公室" * 2]],
)  # fmt: skip
def test_lines_between_the_data_are_no_data(line: list[Any], session: Session, book: Make) -> None:
    assert what(taken(session, book([HEADS, line, one("甲园")]))) == "xn"


def test_a_long_text_in_a_narrow_list_is_a_note(session: Session, book: Make) -> None:
    note = "全市重大项目须于每月五日前将本月进展、存在问题以及下步打算经主要负责人签字后报送市重大项目建设领导小组办公室，逾期不再受理，并在全市予以通报批评处理"
    assert len(note) > 60
    heads = ["项目名称", "属地", "总投资（亿元）"]
    assert what(taken(session, book([heads, [note], ["甲园", "长兴县", 5]]))) == "xn"


def test_what_stands_above_says_the_class_of_the_year(session: Session, book: Make) -> None:
    rows = [HEADS, [None, "续建项目"], one("甲园"), [None, "新开工项目"], one("乙园"), [None, "预备项目"], one("丙园")]
    taken(session, book(rows))
    assert classes(session) == ["continuing", "new_start", "preparatory"]


def test_a_heading_without_a_mark_leaves_the_place_above_it_in_force(session: Session, book: Make) -> None:
    rows = [HEADS, [None, "嘉善县"], [None, "续建项目"], one("甲园", None), [None, "海宁市"], one("乙园", None)]
    taken(session, book(rows))
    assert [row["region_code"] for row in rows_of(session)] == ["330421", "330481"]
    assert classes(session)[0] == "continuing"


def test_a_new_heading_ends_what_stood_below_the_one_before(session: Session, book: Make) -> None:
    rows = [
        HEADS, ["一、先进制造业基地"], ["（一）长兴县"], one("甲园", None), ["二、交通强省"], one("乙园", None), one("丙园", "安吉县"),
    ]  # fmt: skip
    result = taken(session, book(rows))
    assert what(result) == "xxnxrn" and "Region" in why(result.lines[4])  # 乙园 lies nowhere, and not in 长兴
    found = {row["name"]: (row["region_code"], row["field9"]) for row in rows_of(session)}
    assert found == {"甲园": ("330522", "F1"), "丙园": ("330523", "F3")}


def test_the_nearest_heading_counts(session: Session, book: Make) -> None:
    rows = [HEADS, ["一、续建项目"], ["（一）交通强省"], ["1. 新开工项目"], one("甲园")]
    taken(session, book(rows))
    assert (classes(session), rows_of(session)[0]["field9"]) == (["new_start"], "F3")


def test_sums_that_were_never_worked_out_are_no_data(session: Session, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (HEADS[1:], ["甲园", "长兴县", 5, 900], ["合计", None, "=SUM(C2:C2)", "=SUM(D2:D2)"]):
        book.active.append(row)
    book.save(tmp_path / "list.xlsx")
    assert what(taken(session, tmp_path / "list.xlsx")) == "nx"
