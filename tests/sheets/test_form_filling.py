"""Somebody else's workbook filled every month: its cells, and nothing else in it changed."""

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
from tests.office_forms import (
    CITIES,
    SHEET_PART,
    city_form,
    damaged,
    list_form,
    parts,
    taken,
    values_of,
)
from zjtui.domain.month import Month
from zjtui.sheets import form_write, forms
from zjtui.sheets.form_file import open_form
from zjtui.store.read import standings
from zjtui.store.read.standings import Scope
from zjtui.usecases import correct, report_template
from zjtui.usecases.session import Session


def sums(session: Session, when: str, city: str = "") -> Any:
    found = Month.of(when)
    return standings.whole(session.reader(), Scope(region=city), found.year, found.month)


def test_a_form_taken_in_once_is_filled_month_after_month(demo_session: Session, tmp_path: Path) -> None:
    uid = taken(demo_session, city_form(tmp_path / "form.xlsx"))
    for when, title in (("2023-07", "2023年1-7月重大项目推进情况表"), ("2023-08", "2023年1-8月重大项目推进情况表")):
        target = tmp_path / f"{when}.xlsx"
        forms.write(demo_session, forms.filled_for(demo_session, uid, when), target)
        found = values_of(target)
        for row, city in enumerate(CITIES, 5):
            code = demo_session.reader().execute("SELECT uid FROM region WHERE name_zh = ?", (city,)).fetchone()[0]
            own = sums(demo_session, when, code)
            assert (found[f"B{row}"], found[f"G{row}"], found[f"H{row}"]) == (own.projects, own.new, own.started)
            assert found[f"C{row}"] == pytest.approx(own.plan / 1e8, abs=5e-5)
            assert found[f"D{row}"] == pytest.approx(own.done / 1e8, abs=5e-3)
            assert found[f"E{row}"] == pytest.approx((own.done - own.done_before) / 1e8, abs=5e-5)
            assert found[f"F{row}"] == pytest.approx(own.done / own.plan, abs=5e-4)
        assert (found["A1"], found["E4"]) == (title, f"{int(when[5:])}月")
        assert found["C16"] == "=SUM(C5:C15)" and found["F16"] == "=D16/C16"


def shape(content: bytes) -> bytes:
    """Return a sheet's part without what stands in its cells: styles, formulas and all the rest."""
    root = etree.fromstring(content)
    for cell in root.iter("{*}c"):
        cell.attrib.pop("t", None)
        for child in [child for child in cell if etree.QName(child).localname != "f"]:
            cell.remove(child)
    return etree.tostring(root, method="c14n")


def packing(path: Path) -> list[int]:
    with zipfile.ZipFile(path) as file:
        return [item.compress_type for item in file.infolist()]


def test_nothing_but_the_cells_changes(demo_session: Session, tmp_path: Path) -> None:
    path, target = city_form(tmp_path / "form.xlsx"), tmp_path / "filled.xlsx"
    forms.write(demo_session, forms.filled_for(demo_session, taken(demo_session, path)), target)
    before, after = parts(path), parts(target)
    assert list(before) == list(after)
    assert packing(path) == packing(target)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"xl/workbook.xml", SHEET_PART}
    assert shape(before[SHEET_PART]) == shape(after[SHEET_PART])
    assert b'fullCalcOnLoad="1"' in after["xl/workbook.xml"]


def test_what_formulas_gave_before_is_taken_out_so_that_nobody_reads_an_old_total(
    demo_session: Session, tmp_path: Path
) -> None:
    path = city_form(tmp_path / "form.xlsx")
    book = openpyxl.load_workbook(path)
    book.create_sheet("汇总")["A1"] = "=进度表!C16"
    book.save(path)
    other = "xl/worksheets/sheet2.xml"  # nothing is filled there
    for part in (SHEET_PART, other):
        path = damaged(path, part, lambda content: re.sub(rb"(</f>)(<v ?/>|<v></v>)", rb"\1<v>12345</v>", content))
        path = damaged(path, part, lambda content: re.sub(rb'(r="C16"[^>]*)>', rb'\1 t="str">', content))
        assert b"12345" in parts(path)[part]
    target = tmp_path / "filled.xlsx"
    forms.write(demo_session, forms.filled_for(demo_session, taken(demo_session, path)), target)
    assert b"12345" not in parts(target)[SHEET_PART] + parts(target)[other]
    assert b't="str"' not in parts(target)[SHEET_PART]  # a number may stand there now
    assert values_of(target)["C16"] == "=SUM(C5:C15)" and values_of(target, "汇总")["A1"] == "=进度表!C16"


def test_whoever_opens_it_is_asked_to_work_out_the_formulas(tmp_path: Path) -> None:
    path = damaged(
        city_form(tmp_path / "form.xlsx"),
        "xl/workbook.xml",
        lambda text: re.sub(rb"<calcPr[^>]*/>", b"<oleSize ref='A1'/>", text),  # which comes after it
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
    demo_session: Session, tmp_path: Path, made: Any, month: str, year: str, span: str
) -> None:
    uid = taken(demo_session, made(tmp_path / "form.xlsx"))
    forms.write(demo_session, forms.filled_for(demo_session, uid, month), tmp_path / "filled.xlsx")
    title: Any = openpyxl.load_workbook(tmp_path / "filled.xlsx", rich_text=True)["进度表"]["A1"].value
    assert [piece.text for piece in title] == [year, "年", span, "月重大项目推进情况表"]
    assert [piece.font.rFont for piece in title] == ["Times New Roman", "仿宋", "Times New Roman", "仿宋"]


def test_a_row_and_a_cell_that_are_not_there_are_put_between_their_neighbours(tmp_path: Path) -> None:
    path = list_form(tmp_path / "form.xlsx", [["a", None, "c"], [], ["d"]])

    def thinned(content: bytes) -> bytes:
        return re.sub(rb'<row r="2".*?</row>', b"", re.sub(rb'<c r="B1".*?</c>', b"", content))

    path = damaged(path, SHEET_PART, thinned)
    assert b'"B1"' not in parts(path)[SHEET_PART] and b'"2"' not in parts(path)[SHEET_PART]
    values = {"B1": Fraction(1), "B2": Fraction(2), "F9": "z", "G9": " y "}
    path.write_bytes(form_write.filled(path, {("Sheet", ref): value for ref, value in values.items()}))
    refs = re.findall(rb'<(?:row|c) r="(\w+)"', parts(path)[SHEET_PART])
    assert refs == [b"1", b"A1", b"B1", b"C1", b"2", b"B2", b"3", b"A3", b"B3", b"C3", b"9", b"F9", b"G9"]
    assert b'<t xml:space="preserve"> y </t>' in parts(path)[SHEET_PART]


def test_a_cell_that_is_not_there_looks_like_its_row_or_its_column(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "form.xlsx")
    sheet = book.add_worksheet("Sheet")
    sheet.set_column("B:B", None, book.add_format({"num_format": "0.00"}))
    sheet.set_row(2, None, book.add_format({"num_format": "0.0%"}))
    sheet.write("A1", "x")
    book.close()
    cells = {("Sheet", ref): Fraction(1, 4) for ref in ("B2", "B3", "C2")}
    (tmp_path / "form.xlsx").write_bytes(form_write.filled(tmp_path / "form.xlsx", cells))
    found: Any = openpyxl.load_workbook(tmp_path / "form.xlsx")["Sheet"]
    assert [found[ref].number_format for ref in ("B2", "B3", "C2")] == ["0.00", "0.0%", "General"]


def test_two_cells_with_one_text_both_keep_its_fonts_and_what_excel_kept_of_a_value_goes(tmp_path: Path) -> None:
    path = among_texts(tmp_path / "form.xlsx")
    more = (
        b'<c r="B1" t="s" cm="1" vm="1"><v>0</v></c><c r="C1" t="inlineStr"><is><r><t/></r><r><t/></r></is></c></row>'
    )
    path = damaged(path, SHEET_PART, lambda content: content.replace(b"</row>", more, 1))
    values = {("进度表", ref): "2023年1-9月重大项目推进情况表" for ref in ("A1", "B1", "C1")}
    path.write_bytes(form_write.filled(path, values))
    found: Any = openpyxl.load_workbook(path, rich_text=True)["进度表"]
    assert [len(found[ref].value) for ref in ("A1", "B1")] == [4, 4]
    assert str(found["C1"].value) == "2023年1-9月重大项目推进情况表"  # empty pieces have no fonts to keep
    assert [piece.font.rFont for piece in found["B1"].value] == ["Times New Roman", "仿宋", "Times New Roman", "仿宋"]
    assert b"cm=" not in parts(path)[SHEET_PART] and b"vm=" not in parts(path)[SHEET_PART]


def test_what_is_in_doubt_keeps_what_it_holds_until_it_is_confirmed(demo_session: Session, tmp_path: Path) -> None:
    path = list_form(tmp_path / "form.xlsx", [["地区", "完成投资"], ["湖州市", 5]])
    uid = taken(demo_session, path)
    filled = forms.filled_for(demo_session, uid)
    assert filled.counts() == {"cells": 0, "changed": 0, "against": 0, "waiting": 1, "empty": 0}
    forms.write(demo_session, filled, tmp_path / "one.xlsx")
    assert values_of(tmp_path / "one.xlsx")["B2"] == 5
    [cell] = report_template.get(demo_session, uid).form_cells
    report_template.change(demo_session, uid, [replace(cell, sure=True)])
    forms.write(demo_session, forms.filled_for(demo_session, uid), tmp_path / "two.xlsx")
    assert values_of(tmp_path / "two.xlsx")["B2"] == pytest.approx(
        sums(demo_session, "2023-08", "330500").done / 1e8, abs=5e-5
    )


def test_where_there_is_nothing_to_divide_by_an_old_figure_does_not_stay(demo_session: Session, tmp_path: Path) -> None:
    path = list_form(tmp_path / "form.xlsx", [["地区", "投资完成率（%）"], ["嵊泗县", 88]])
    uid = taken(demo_session, path)
    filled = forms.filled_for(demo_session, uid, "2021-05")  # a year without any plan
    assert filled.counts()["empty"] == 1
    forms.write(demo_session, filled, tmp_path / "filled.xlsx")
    assert "B2" not in values_of(tmp_path / "filled.xlsx")


def test_a_changed_amount_changes_its_cells_alone(demo_session: Session, tmp_path: Path) -> None:
    uid = taken(demo_session, city_form(tmp_path / "form.xlsx"))
    forms.send(demo_session, forms.filled_for(demo_session, uid), tmp_path / "sent.xlsx", sent_on=TODAY)
    row = (
        demo_session.reader()
        .execute(
            "SELECT m.uid, m.invest_month, p.region_code FROM monthly_report m JOIN project p ON p.uid = m.project_uid "
            "WHERE m.month = '2023-08' AND m.invest_month > 1000000 AND p.region_code LIKE '3301%' LIMIT 1"
        )
        .fetchone()
    )
    correct.correct(
        demo_session,
        "monthly_report",
        row["uid"],
        {"invest_month": row["invest_month"] // 2, "correction_reason": "核减"},
        {"reason": "核减"},
    )
    filled = forms.filled_for(demo_session, uid)
    assert [line.cell.ref for line in filled.lines if line.changed] == ["D5", "E5", "F5"]
    assert (filled.counts()["changed"], filled.counts()["against"]) == (3, 0)  # what it said itself is no contradiction


@settings(max_examples=20)
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
