"""Somebody else's workbook: understood from its labels once, filled every month, and nothing else in it changed."""

import re
import zipfile
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from tests.conftest import TODAY
from tests.office_forms import CITIES, city_form, list_form, values_of
from zjtui.domain.report_template import FormCell
from zjtui.errors import Refused, UsageError, ZjtuiError
from zjtui.reports.indicators import Month
from zjtui.sheets import form_write, forms
from zjtui.sheets.form_file import open_form
from zjtui.sheets.form_guess import Proposal, propose
from zjtui.store.read import standings
from zjtui.store.read.standings import Scope
from zjtui.usecases import report_template, undo
from zjtui.usecases.session import Session, open_session


@pytest.fixture
def session(workspace: Path) -> Any:
    """The demonstration register."""
    opened = open_session(workspace, today=TODAY)
    yield opened
    opened.close()


def proposed(session: Session, path: Path) -> Proposal:
    return propose(open_form(path), session.reader(), session.today.year)


def asked(session: Session, path: Path) -> dict[str, tuple[str, ...]]:
    """What is proposed for each cell: query, scope, unit; a "?" where it is in doubt."""
    return {
        cell.ref: (cell.query, cell.region or cell.field9 or cell.attr, cell.unit) + (() if cell.sure else ("?",))
        for cell in proposed(session, path).cells
        if cell.query != "period"
    }


def sums(session: Session, when: str, city: str = "") -> Any:
    found = Month.of(when)
    return standings.whole(session.reader(), Scope(region=city), found.year, found.month)


# Understanding


def test_a_table_of_cities_with_merged_headings_is_understood_without_a_question(
    session: Session, tmp_path: Path
) -> None:
    path = city_form(tmp_path / "form.xlsx")
    found = proposed(session, path)
    assert (len(found.cells), found.doubtful, found.left) == (82, 0, [])
    cells = asked(session, path)
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
    session: Session, tmp_path: Path, heading: str, meant: tuple[str, ...]
) -> None:
    path = list_form(tmp_path / "form.xlsx", [["地区", heading], ["湖州市", None]])
    assert asked(session, path) == {"B2": meant}


@pytest.mark.parametrize(
    "heading",
    ["同比增长（%）", "上年同期完成投资（亿元）", "排名", "备注", "开工以来完成投资（亿元）", "牵头单位", "联系人", ""],
)
def test_what_the_register_does_not_know_is_not_proposed(session: Session, tmp_path: Path, heading: str) -> None:
    path = list_form(tmp_path / "form.xlsx", [["地区", "项目数", heading], ["湖州市", None, None]])
    assert set(asked(session, path)) == {"B2"}


@pytest.mark.parametrize(
    ("label", "scope"),
    [
        ("湖州", "330500"), ("1. 湖州市", "330500"), ("长兴县", "330522"), ("长兴", "330522"), ("先进制造业基地", "F1"),
        ("其中：产业项目", "industrial"), ("合计", ""), ("全省", ""), ("浙江省", "330000"),
    ],
)  # fmt: skip
def test_a_row_says_of_which_projects(session: Session, tmp_path: Path, label: str, scope: str) -> None:
    path = list_form(tmp_path / "form.xlsx", [["类别", "项目数"], [label, None]])
    assert asked(session, path) == {"B2": ("projects", scope, "count")}


@pytest.mark.parametrize("label", ["市本级", "一、设区市", "填报人：", "小计", "除杭州外", ""])
def test_a_row_of_which_nobody_knows_what_it_is_stays_empty(session: Session, tmp_path: Path, label: str) -> None:
    path = list_form(tmp_path / "form.xlsx", [["地区", "项目数", "总投资（亿元）"], [label, None, None]])
    assert asked(session, path) == {}


def test_the_total_is_of_the_region_in_the_title_or_of_the_city_of_all_counties(
    session: Session, tmp_path: Path
) -> None:
    rows = [["地区", "项目数"], ["吴兴区", None], ["长兴县", None], ["合计", None]]
    assert asked(session, list_form(tmp_path / "one.xlsx", rows))["B4"] == ("projects", "330500", "count")
    titled = [["宁波市重大项目进度表", None], ["类别", "项目数"], ["产业项目", None], ["合计", None]]
    cells = proposed(session, list_form(tmp_path / "two.xlsx", titled, ["A1:B1"])).cells
    assert [(cell.ref, cell.region, cell.attr) for cell in cells] == [
        ("B3", "330200", "industrial"), ("B4", "330200", ""),
    ]  # fmt: skip
    mixed = [["地区", "项目数"], ["长兴县", None], ["慈溪市", None], ["合计", None]]
    assert asked(session, list_form(tmp_path / "three.xlsx", mixed))["B4"] == ("projects", "", "count")


def test_a_list_of_indicators_with_a_column_of_units_is_understood(session: Session, tmp_path: Path) -> None:
    rows = [
        ["湖州市重大项目主要指标", None, None, None],
        ["指标名称", "单位", "8月底累计", "同比增长%"],
        ["重大项目个数", "个", None, None],
        ["年度计划投资", "万元", None, None],
        ["投资完成率", "%", None, None],
    ]
    assert asked(session, list_form(tmp_path / "form.xlsx", rows, ["A1:D1"])) == {
        "C3": ("projects", "330500", "count"),
        "C4": ("plan", "330500", "wan"),
        "C5": ("completion_rate", "330500", "percent"),
    }


def test_labels_merged_downwards_count_for_every_row(session: Session, tmp_path: Path) -> None:
    rows = [["地区", "类别", "项目数"], ["湖州市", "全部", None], [None, "产业项目", None]]
    path = list_form(tmp_path / "form.xlsx", [rows[0], ["湖州市", "合计", None], rows[2]], ["A2:A3"])
    cells = proposed(session, path).cells
    assert [(cell.ref, cell.region, cell.attr) for cell in cells] == [
        ("C2", "330500", ""),
        ("C3", "330500", "industrial"),
    ]


def test_merged_cells_to_fill_are_filled_once_in_their_first_cell(session: Session, tmp_path: Path) -> None:
    path = list_form(tmp_path / "form.xlsx", [["地区", "项目数", None], ["湖州市", None, None]], ["B1:C1", "B2:C2"])
    assert asked(session, path) == {"B2": ("projects", "330500", "count")}


def test_who_fills_it_in_is_no_heading(session: Session, tmp_path: Path) -> None:
    rows = [["重大项目进度表", None, None], ["填报单位：市发改委", None, "单位：万元"], ["地区", "年度计划投资", "项目数"],
            ["湖州市", None, None], ["填报人：张三", None, "审核人：李四"]]  # fmt: skip
    path = list_form(tmp_path / "form.xlsx", rows, ["A1:C1", "A2:B2"])
    assert asked(session, path) == {"B4": ("plan", "330500", "wan"), "C4": ("projects", "330500", "count")}


def test_numbers_of_somebody_else_that_are_not_understood_are_named(session: Session, tmp_path: Path) -> None:
    path = list_form(tmp_path / "form.xlsx", [["地区", "项目数", "去年项目数"], ["湖州市", 7, 6]])
    assert proposed(session, path).left == [("Sheet", "C2")]


@pytest.mark.parametrize("held", ["12.50", "1,234", "66.5%", "-", "——", "/", " 7 "])
def test_a_figure_kept_as_text_and_a_mark_for_a_missing_one_are_filled(
    session: Session, tmp_path: Path, held: str
) -> None:
    path = list_form(tmp_path / "form.xlsx", [["地区", "项目数", "去年"], ["湖州市", held, held]])
    found = proposed(session, path)
    assert [cell.ref for cell in found.cells] == ["B2"] and found.left == [("Sheet", "C2")]
    forms.write(session, forms.filled_for(session, taken(session, path)), tmp_path / "filled.xlsx")
    assert values_of(tmp_path / "filled.xlsx")["B2"] == 9


def test_hidden_sheets_are_left_alone(session: Session, tmp_path: Path) -> None:
    path = city_form(tmp_path / "form.xlsx")
    book = openpyxl.load_workbook(path)
    book.copy_worksheet(book["进度表"]).sheet_state = "hidden"
    book.save(path)
    assert {cell.sheet for cell in proposed(session, path).cells} == {"进度表"}


# Filling


def taken(session: Session, path: Path, name: str = "推进表", to: str = "省发展改革委") -> str:
    return forms.take(session, path, {"name": name, "recipient": to})[0].uid


def test_a_form_taken_in_once_is_filled_month_after_month(session: Session, tmp_path: Path) -> None:
    uid = taken(session, city_form(tmp_path / "form.xlsx"))
    for when, title in (("2023-07", "2023年1-7月重大项目推进情况表"), ("2023-08", "2023年1-8月重大项目推进情况表")):
        target = tmp_path / f"{when}.xlsx"
        forms.write(session, forms.filled_for(session, uid, when), target)
        found = values_of(target)
        for row, city in enumerate(CITIES, 5):
            code = session.reader().execute("SELECT uid FROM region WHERE name_zh = ?", (city,)).fetchone()[0]
            own = sums(session, when, code)
            assert (found[f"B{row}"], found[f"G{row}"], found[f"H{row}"]) == (own.projects, own.new, own.started)
            assert found[f"C{row}"] == pytest.approx(own.plan / 1e8, abs=5e-5)
            assert found[f"D{row}"] == pytest.approx(own.done / 1e8, abs=5e-3)
            assert found[f"E{row}"] == pytest.approx((own.done - own.done_before) / 1e8, abs=5e-5)
            assert found[f"F{row}"] == pytest.approx(own.done / own.plan, abs=5e-4)
        assert (found["A1"], found["E4"]) == (title, f"{int(when[5:])}月")
        assert found["C16"] == "=SUM(C5:C15)" and found["F16"] == "=D16/C16"


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as file:
        return {item.filename: file.read(item) for item in file.infolist()}


def shape(content: bytes) -> bytes:
    """Return a sheet's part without what stands in its cells: styles, formulas and all the rest."""
    root = etree.fromstring(content)
    for cell in root.iter("{*}c"):
        cell.attrib.pop("t", None)
        for child in [child for child in cell if etree.QName(child).localname != "f"]:
            cell.remove(child)
    return etree.tostring(root, method="c14n")


def test_nothing_but_the_cells_changes(session: Session, tmp_path: Path) -> None:
    path, target = city_form(tmp_path / "form.xlsx"), tmp_path / "filled.xlsx"
    forms.write(session, forms.filled_for(session, taken(session, path)), target)
    before, after = parts(path), parts(target)
    assert list(before) == list(after)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"xl/workbook.xml", "xl/worksheets/sheet1.xml"}
    assert shape(before["xl/worksheets/sheet1.xml"]) == shape(after["xl/worksheets/sheet1.xml"])
    assert b'fullCalcOnLoad="1"' in after["xl/workbook.xml"]


def test_what_formulas_gave_before_is_taken_out_so_that_nobody_reads_an_old_total(
    session: Session, tmp_path: Path
) -> None:
    path = city_form(tmp_path / "form.xlsx")
    content = parts(path)
    sheet = content["xl/worksheets/sheet1.xml"].replace(b"<f>SUM(C5:C15)</f><v />", b"<f>SUM(C5:C15)</f><v>12345</v>")
    sheet = sheet.replace(b"<f>SUM(C5:C15)</f><v></v>", b"<f>SUM(C5:C15)</f><v>12345</v>")
    assert b"12345" in sheet
    with zipfile.ZipFile(path, "w") as file:
        for name, part in (content | {"xl/worksheets/sheet1.xml": sheet}).items():
            file.writestr(name, part)
    target = tmp_path / "filled.xlsx"
    forms.write(session, forms.filled_for(session, taken(session, path)), target)
    assert b"12345" not in parts(target)["xl/worksheets/sheet1.xml"]
    assert values_of(target)["C16"] == "=SUM(C5:C15)"


def test_whoever_opens_it_is_asked_to_work_out_the_formulas(tmp_path: Path) -> None:
    path = damaged(
        city_form(tmp_path / "form.xlsx"), "xl/workbook.xml", lambda text: re.sub(rb"<calcPr[^>]*/>", b"", text)
    )
    assert b"calcPr" not in parts(path)["xl/workbook.xml"]
    path.write_bytes(form_write.filled(path, {}))
    assert re.search(
        rb'(</sheets>|</definedNames>|<definedNames ?/>)<calcPr fullCalcOnLoad="1"/>', parts(path)["xl/workbook.xml"]
    )
    openpyxl.load_workbook(path)


def test_a_cell_takes_a_number_where_a_text_was_and_a_text_where_a_number_was(tmp_path: Path) -> None:
    path = list_form(tmp_path / "form.xlsx", [["x", 7, "y", True]])
    path.write_bytes(
        form_write.filled(path, {("Sheet", "A1"): Fraction(1, 4), ("Sheet", "B1"): "=z", ("Sheet", "D1"): None})
    )
    assert values_of(path) == {"A1": 0.25, "B1": "=z", "C1": "y"}
    assert open_form(path).sheets[0].formulas == frozenset()  # a text stays a text


def in_cell(path: Path) -> Path:
    """A title of several fonts as one program keeps it: in its cell."""
    book = openpyxl.load_workbook(city_form(path))
    han, latin = InlineFont(rFont="仿宋", sz=18), InlineFont(rFont="Times New Roman", sz=16)
    runs = [(latin, "2023"), (han, "年"), (latin, "1-8"), (han, "月重大项目推进情况表")]
    book["进度表"]["A1"] = CellRichText(*(TextBlock(font, text) for font, text in runs))
    book.save(path)
    return path


def among_texts(path: Path) -> Path:
    """The same as others keep it: among the texts of the workbook."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("进度表")
    han, latin = book.add_format({"font_name": "仿宋"}), book.add_format({"font_name": "Times New Roman"})
    sheet.write_rich_string("A1", latin, "2023", han, "年", latin, "1-8", han, "月重大项目推进情况表")
    sheet.write_row("A2", ["地区", "项目数"])
    sheet.write("A3", "湖州市")
    sheet.write_blank("B3", None, han)
    book.close()
    return path


@pytest.mark.parametrize("made", [in_cell, among_texts])
@pytest.mark.parametrize(
    ("month", "year", "span"), [("2023-11", "2023", "1-11"), ("2022-12", "2022", "1-12"), ("2023-01", "2023", "1")]
)
def test_a_title_in_several_fonts_keeps_them(
    session: Session, tmp_path: Path, made: Any, month: str, year: str, span: str
) -> None:
    uid = taken(session, made(tmp_path / "form.xlsx"))
    forms.write(session, forms.filled_for(session, uid, month), tmp_path / "filled.xlsx")
    title: Any = openpyxl.load_workbook(tmp_path / "filled.xlsx", rich_text=True)["进度表"]["A1"].value
    assert [piece.text for piece in title] == [year, "年", span, "月重大项目推进情况表"]
    assert [piece.font.rFont for piece in title] == ["Times New Roman", "仿宋", "Times New Roman", "仿宋"]


def test_a_row_and_a_cell_that_are_not_there_are_put_between_their_neighbours(tmp_path: Path) -> None:
    path = list_form(tmp_path / "form.xlsx", [["a", None, "c"], [], ["d"]])

    def thinned(content: bytes) -> bytes:
        return re.sub(rb'<row r="2".*?</row>', b"", re.sub(rb'<c r="B1"[^>]*/>', b"", content), flags=re.S)

    path = damaged(path, SHEET, thinned)
    path.write_bytes(
        form_write.filled(path, {("Sheet", "B1"): Fraction(1), ("Sheet", "B2"): Fraction(2), ("Sheet", "F9"): "z"})
    )
    refs = re.findall(rb'<(?:row|c) r="(\w+)"', parts(path)[SHEET])
    assert refs == [b"1", b"A1", b"B1", b"C1", b"2", b"B2", b"3", b"A3", b"B3", b"C3", b"9", b"F9"]


def test_what_is_in_doubt_keeps_what_it_holds_until_it_is_confirmed(session: Session, tmp_path: Path) -> None:
    path = list_form(tmp_path / "form.xlsx", [["地区", "完成投资"], ["湖州市", 5]])
    uid = taken(session, path)
    filled = forms.filled_for(session, uid)
    assert filled.counts() == {"cells": 0, "changed": 0, "against": 0, "waiting": 1, "empty": 0}
    forms.write(session, filled, tmp_path / "one.xlsx")
    assert values_of(tmp_path / "one.xlsx")["B2"] == 5
    [cell] = report_template.get(session, uid).form_cells
    report_template.change(session, uid, [replace(cell, sure=True)])
    forms.write(session, forms.filled_for(session, uid), tmp_path / "two.xlsx")
    assert values_of(tmp_path / "two.xlsx")["B2"] == pytest.approx(
        sums(session, "2023-08", "330500").done / 1e8, abs=5e-5
    )


def test_where_there_is_nothing_to_divide_by_an_old_figure_does_not_stay(session: Session, tmp_path: Path) -> None:
    path = list_form(tmp_path / "form.xlsx", [["地区", "投资完成率（%）"], ["嵊泗县", 88]])
    uid = taken(session, path)
    filled = forms.filled_for(session, uid, "2021-05")  # a year without any plan
    assert filled.counts()["empty"] == 1
    forms.write(session, filled, tmp_path / "filled.xlsx")
    assert "B2" not in values_of(tmp_path / "filled.xlsx")


def test_a_changed_amount_changes_its_cells_alone(session: Session, tmp_path: Path) -> None:
    uid = taken(session, city_form(tmp_path / "form.xlsx"))
    forms.send(session, forms.filled_for(session, uid), tmp_path / "sent.xlsx", sent_on=TODAY)
    row = (
        session.reader()
        .execute(
            "SELECT m.uid, m.invest_month, p.region_code FROM monthly_report m JOIN project p ON p.uid = m.project_uid "
            "WHERE m.month = '2023-08' AND m.invest_month > 1000000 AND p.region_code LIKE '3301%' LIMIT 1"
        )
        .fetchone()
    )
    from zjtui.usecases import register

    register.edit(
        session, "monthly_report", row["uid"], {"invest_month": row["invest_month"] // 2, "correction_reason": "核减"}
    )
    filled = forms.filled_for(session, uid)
    assert [line.cell.ref for line in filled.lines if line.changed] == ["D5", "E5", "F5"]
    assert (filled.counts()["changed"], filled.counts()["against"]) == (3, 0)  # what it said itself is no contradiction


# A newer workbook


def renewed(session: Session, uid: str, path: Path) -> dict[str, FormCell]:
    forms.renew(session, uid, path)
    return {cell.ref: cell for cell in report_template.get(session, uid).form_cells}


def test_a_newer_workbook_with_the_same_labels_keeps_what_was_made_of_the_older(
    session: Session, tmp_path: Path
) -> None:
    uid = taken(session, city_form(tmp_path / "august.xlsx"))
    cells = {cell.ref: cell for cell in report_template.get(session, uid).form_cells}
    mine = [replace(cells["B5"], region="330500"), FormCell("进度表", "I5", "plan", "wan", 2)]
    report_template.change(session, uid, mine, [("进度表", "H16")])
    now = renewed(session, uid, city_form(tmp_path / "september.xlsx", month=9))
    assert (now["B5"].region, now["I5"].query, now["C6"]) == ("330500", "plan", cells["C6"])
    assert "H16" not in now and all(cell.sure for cell in now.values())
    assert now["A1"].text == "2023年1-9月重大项目推进情况表"
    record = report_template.get(session, uid)
    assert record.file_name == "september.xlsx" and record.name == "推进表"
    undo.undo(session)
    assert report_template.get(session, uid).file_name == "august.xlsx"


def test_where_a_newer_workbook_says_something_else_it_has_to_be_confirmed(session: Session, tmp_path: Path) -> None:
    uid = taken(
        session, list_form(tmp_path / "a.xlsx", [["地区", "项目数", "已开工", "未开工"], ["湖州市"], ["嘉兴市"]])
    )
    newer = list_form(
        tmp_path / "b.xlsx", [["地区", "项目数", "未开工", "备注", "开工率"], ["湖州市"], ["舟山市"], ["嘉兴市"]]
    )
    book = openpyxl.load_workbook(newer)
    book["Sheet"]["B3"] = "=1+1"
    book.save(newer)
    now = renewed(session, uid, newer)
    told = {ref: (cell.query, cell.region, cell.sure) for ref, cell in now.items()}
    assert told == {
        "B2": ("projects", "330500", True),  # as it was
        "C2": ("unstarted", "330500", False),  # the column means something else now
        "C3": ("unstarted", "330900", False),  # and so does the row
        "D2": ("unstarted", "330500", False),  # nobody knows what it is now
        "D3": ("unstarted", "330400", False),
        "E2": ("commencement_rate", "330500", True),  # new
        "E3": ("commencement_rate", "330900", True),
        "B4": ("projects", "330400", True),
        "C4": ("unstarted", "330400", True),
        "E4": ("commencement_rate", "330400", True),
    }  # B3 holds a formula now


def test_a_newer_workbook_that_is_none_changes_nothing(session: Session, tmp_path: Path) -> None:
    uid = taken(session, city_form(tmp_path / "a.xlsx"))
    before = report_template.get(session, uid)
    (tmp_path / "b.xlsx").write_text("a,b")
    with pytest.raises(UsageError, match=r"no \.xlsx workbook"):
        forms.renew(session, uid, tmp_path / "b.xlsx")
    assert report_template.get(session, uid) == before


# Files that cannot be filled


@pytest.mark.parametrize("held", [b"", b"kept"])
def test_nothing_is_written_where_it_cannot_be_recorded(session: Session, tmp_path: Path, held: bytes) -> None:
    uid = taken(session, list_form(tmp_path / "f.xlsx", [["姓名", "电话"], ["张三", None]]))
    target = tmp_path / "out.xlsx"
    target.write_bytes(held)
    with pytest.raises(ZjtuiError, match="T-07"):
        forms.send(session, forms.filled_for(session, uid), target, sent_on=TODAY, over=True)
    assert target.read_bytes() == held and not (tmp_path / "out-slip.docx").exists()


def damaged(path: Path, name: str, change: Any) -> Path:
    content = parts(path)
    with zipfile.ZipFile(path, "w") as file:
        for part, inside in content.items():
            file.writestr(part, change(inside) if part == name else inside)
    return path


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("form.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "save it as .xlsx"),
        ("form.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("form.xlsx", b"a,b\n1,2\n", "no .xlsx workbook"),
        ("form.xlsx", b"", "no .xlsx workbook"),
        ("form.xlsx", b"PK\x03\x04 not a package", "damaged"),
    ],
)
def test_what_is_no_workbook_is_refused_in_one_line(
    session: Session, tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UsageError, match=told):
        taken(session, tmp_path / name)
    assert session.reader().execute("SELECT count(*) FROM report_template").fetchone()[0] == 0


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda content: b'<!DOCTYPE x [<!ENTITY e "boom">]>' + content, "damaged"),
        (lambda content: content[: len(content) // 2], "damaged"),
        (lambda content: content.replace(b'r="B5"', b'r="5B"'), "damaged"),
        (lambda content: content + b" " * 21_000_000, "a list rather than a form"),
    ],
    ids=["entities", "half", "a cell nowhere", "too large"],
)
def test_a_sheet_that_is_broken_or_set_as_a_trap_is_refused(
    session: Session, tmp_path: Path, change: Any, told: str
) -> None:
    path = damaged(city_form(tmp_path / "form.xlsx"), SHEET, change)
    with pytest.raises(ZjtuiError, match=told):
        taken(session, path)


def test_cells_without_numbers_are_counted_through(session: Session, tmp_path: Path) -> None:
    path = list_form(tmp_path / "form.xlsx", [["地区", "备注", "项目数"], ["湖州市", "-", None]])
    bare = damaged(path, SHEET, lambda content: re.sub(rb'(<(?:c|row)) r="\w+"', rb"\1", content))
    assert asked(session, bare) == {"C2": ("projects", "330500", "count")}
    forms.write(session, forms.filled_for(session, taken(session, bare)), tmp_path / "filled.xlsx")
    assert values_of(tmp_path / "filled.xlsx")["C2"] == 9


@pytest.mark.parametrize("ref", ["C16", "F16"])
def test_a_formula_is_never_overwritten(session: Session, tmp_path: Path, ref: str) -> None:
    path = city_form(tmp_path / "form.xlsx")
    with pytest.raises(Refused, match="T-03"):
        form_write.filled(path, {("进度表", ref): Fraction(1)})
    with pytest.raises(Refused, match="T-03"):
        open_form(path).fillable("进度表", ref)
    assert open_form(path).fillable("进度表", "b1") == "A1"  # of a merged cell the first


def test_the_range_of_an_array_formula_is_a_formula_too(tmp_path: Path) -> None:
    path = list_form(tmp_path / "form.xlsx", [["地区", "项目数"], ["湖州市", None], ["嘉兴市", None]])
    book = openpyxl.load_workbook(path)
    book.active["B2"] = openpyxl.worksheet.formula.ArrayFormula("B2:B3", "=ROW(A1:A2)")
    book.save(path)
    with pytest.raises(Refused, match="T-03"):
        open_form(path).fillable("Sheet", "B3")


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.integers(0, 30), st.integers(0, 30)),
        st.one_of(
            st.none(),
            st.integers(-(10**12), 10**12).map(Fraction),
            st.decimals(-1000, 1000, places=4).map(Fraction),
            st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=20),
        ),
        max_size=12,
    )
)
def test_any_values_go_into_their_cells_and_nowhere_else(
    tmp_path_factory: pytest.TempPathFactory, values: dict[tuple[int, int], Any]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    path = list_form(folder / "form.xlsx", [["=1+1", "x", None, 7], [], [None, "y"]])
    form = open_form(path)
    from zjtui.domain.cell_ref import ref_of

    wanted = {ref_of(place): value for place, value in values.items() if place not in form.sheets[0].formulas}
    (folder / "filled.xlsx").write_bytes(form_write.filled(path, {("Sheet", ref): v for ref, v in wanted.items()}))
    expected: dict[str, Any] = {**values_of(path), **wanted}
    found = open_form(folder / "filled.xlsx").sheets[0]
    got = {ref_of(place): value for place, value in found.values.items()}
    for ref, value in expected.items():
        if ref == "A1":
            assert (0, 0) in found.formulas
        elif value is None:
            assert ref not in got
        else:
            assert got.pop(ref) == (value if isinstance(value, str) else pytest.approx(float(value)))
    assert got == {}
    openpyxl.load_workbook(folder / "filled.xlsx")  # another program reads it too
