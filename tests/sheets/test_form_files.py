"""Workbooks that take the place of an older one, and files that cannot be filled."""

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.conftest import TODAY
from tests.office_forms import (
    SHEET_PART,
    asked,
    city_form,
    damaged,
    list_form,
    taken,
    values_of,
)
from zjtui.domain.report_template import FormCell
from zjtui.errors import Refused, UsageError, ZjtuiError
from zjtui.sheets import form_write, forms
from zjtui.sheets.form_file import open_form
from zjtui.usecases import report_template, undo
from zjtui.usecases.session import Session


def renewed(session: Session, uid: str, path: Path) -> dict[str, FormCell]:
    forms.renew(session, uid, path)
    return {cell.ref: cell for cell in report_template.get(session, uid).form_cells}


def test_a_newer_workbook_with_the_same_labels_keeps_what_was_made_of_the_older(
    demo_session: Session, tmp_path: Path
) -> None:
    uid = taken(demo_session, city_form(tmp_path / "august.xlsx"))
    cells = {cell.ref: cell for cell in report_template.get(demo_session, uid).form_cells}
    mine = [replace(cells["B5"], region="330500"), FormCell("进度表", "I5", "plan", "wan", 2)]
    report_template.change(demo_session, uid, mine, [("进度表", "H16")])
    now = renewed(demo_session, uid, city_form(tmp_path / "september.xlsx", month=9))
    assert (now["B5"].region, now["I5"].query, now["C6"]) == ("330500", "plan", cells["C6"])
    assert "H16" not in now and all(cell.sure for cell in now.values())
    assert now["A1"].text == "2023年1-9月重大项目推进情况表"
    record = report_template.get(demo_session, uid)
    assert record.file_name == "september.xlsx" and record.name == "推进表"
    undo.undo(demo_session)
    assert report_template.get(demo_session, uid).file_name == "august.xlsx"


def test_where_a_newer_workbook_says_something_else_it_has_to_be_confirmed(
    demo_session: Session, tmp_path: Path
) -> None:
    uid = taken(
        demo_session, list_form(tmp_path / "a.xlsx", [["地区", "项目数", "已开工", "未开工"], ["湖州市"], ["嘉兴市"]])
    )
    newer = list_form(
        tmp_path / "b.xlsx", [["地区", "项目数", "未开工", "备注", "开工率"], ["湖州市"], ["舟山市"], ["嘉兴市"]]
    )
    book = openpyxl.load_workbook(newer)
    book["Sheet"]["B3"] = "=1+1"
    book.save(newer)
    now = renewed(demo_session, uid, newer)
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


def test_where_a_newer_workbook_says_what_a_person_said_before_it_is_sure(
    demo_session: Session, tmp_path: Path
) -> None:
    uid = taken(demo_session, list_form(tmp_path / "a.xlsx", [["地区", "项目数", "口径三"], ["湖州市", None, None]]))
    mine = FormCell("Sheet", "C2", "started", "count", region="330500")
    report_template.change(demo_session, uid, [mine])
    now = renewed(
        demo_session, uid, list_form(tmp_path / "b.xlsx", [["地区", "项目数", "已开工"], ["湖州市", None, None]])
    )
    assert now["C2"] == mine


def test_cells_of_a_sheet_that_a_newer_workbook_has_no_more_are_left_out(demo_session: Session, tmp_path: Path) -> None:
    uid = taken(demo_session, city_form(tmp_path / "a.xlsx"))
    now = renewed(demo_session, uid, list_form(tmp_path / "b.xlsx", [["地区", "项目数"], ["湖州市", None]]))
    assert {(cell.sheet, cell.ref) for cell in now.values()} == {("Sheet", "B2")}


def test_a_newer_workbook_that_is_none_changes_nothing(demo_session: Session, tmp_path: Path) -> None:
    uid = taken(demo_session, city_form(tmp_path / "a.xlsx"))
    before = report_template.get(demo_session, uid)
    (tmp_path / "b.xlsx").write_text("a,b")
    with pytest.raises(UsageError, match=r"no \.xlsx workbook"):
        forms.renew(demo_session, uid, tmp_path / "b.xlsx")
    assert report_template.get(demo_session, uid) == before


@pytest.mark.parametrize("held", [b"", b"kept"])
def test_nothing_is_written_where_it_cannot_be_recorded(demo_session: Session, tmp_path: Path, held: bytes) -> None:
    uid = taken(demo_session, list_form(tmp_path / "f.xlsx", [["姓名", "电话"], ["张三", None]]))
    target = tmp_path / "out.xlsx"
    target.write_bytes(held)
    with pytest.raises(ZjtuiError, match="T-07"):
        forms.send(demo_session, forms.filled_for(demo_session, uid), target, sent_on=TODAY, over=True)
    assert target.read_bytes() == held and not (tmp_path / "out-slip.docx").exists()


ROWS = (b"<row>" + b"<c/>" * 1000 + b"</row>") * 201
FILLS_ALL = b'<f t="array" ref="A1:XFD1048576">1</f>'
ODS = (Path(__file__).parent / "files" / "list.ods").read_bytes()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("form.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "save it as .xlsx"),
        ("form.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("form.xlsx", b"a,b\n1,2\n", "no .xlsx workbook"),
        ("form.xlsx", b"", "no .xlsx workbook"),
        ("form.ods", ODS, "no .xlsx workbook"),
        ("form.xlsx", b"PK\x03\x04 not a package", "damaged"),
    ],
)
def test_what_is_no_workbook_is_refused_in_one_line(
    demo_session: Session, tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UsageError, match=told):
        taken(demo_session, tmp_path / name)
    assert demo_session.reader().execute("SELECT count(*) FROM report_template").fetchone()[0] == 0


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda content: b'<!DOCTYPE x [<!ENTITY e "boom">]>' + content, "damaged"),
        (lambda content: content[: len(content) // 2], "damaged"),
        (lambda content: content.replace(b'r="B5"', b'r="5B"'), "damaged"),
        (lambda content: content.replace(b'r="B5"', b'r="XFE5"'), "damaged"),
        (lambda content: content + b" " * 21_000_000, "a list rather than a form"),
        (lambda content: content.replace(b"</sheetData>", ROWS + b"</sheetData>"), "a list rather than a form"),
        (lambda content: content.replace(b"<f>D16/C16</f>", FILLS_ALL), "a list rather than a form"),
    ],
    ids=["entities", "half", "a cell nowhere", "no such column", "too large", "too many", "endless"],
)
def test_a_sheet_that_is_broken_or_set_as_a_trap_is_refused(
    demo_session: Session, tmp_path: Path, change: Any, told: str
) -> None:
    path = damaged(city_form(tmp_path / "form.xlsx"), SHEET_PART, change)
    with pytest.raises(ZjtuiError, match=told):
        taken(demo_session, path)


def test_cells_without_numbers_are_counted_through(demo_session: Session, tmp_path: Path) -> None:
    path = list_form(tmp_path / "form.xlsx", [["地区", "备注", "项目数"], ["湖州市", "-", None]])
    bare = damaged(path, SHEET_PART, lambda content: re.sub(rb'(<(?:c|row)) r="\w+"', rb"\1", content))
    assert asked(demo_session, bare) == {"C2": ("projects", "330500", "count")}
    forms.write(demo_session, forms.filled_for(demo_session, taken(demo_session, bare)), tmp_path / "filled.xlsx")
    assert values_of(tmp_path / "filled.xlsx")["C2"] == 9


@pytest.mark.parametrize("ref", ["C16", "F16"])
def test_a_formula_is_never_overwritten(demo_session: Session, tmp_path: Path, ref: str) -> None:
    path = city_form(tmp_path / "form.xlsx")
    with pytest.raises(Refused, match="T-03"):
        form_write.filled(path, {("进度表", ref): Fraction(1)})
    with pytest.raises(Refused, match="T-03"):
        open_form(path).fillable("进度表", ref)
    assert open_form(path).fillable("进度表", "b1") == "A1"  # of a merged cell the first


@pytest.mark.parametrize("kind", [b"array", b"dataTable"])
def test_the_range_of_a_formula_is_a_formula_too(tmp_path: Path, kind: bytes) -> None:
    path = list_form(tmp_path / "form.xlsx", [["地区", "项目数"], ["湖州市", "=1"], ["嘉兴市", None]])
    path = damaged(path, SHEET_PART, lambda content: re.sub(rb"<f>", b'<f t="%s" ref="B2:B3">' % kind, content))
    with pytest.raises(Refused, match="T-03"):
        open_form(path).fillable("Sheet", "B3")
