"""Forms of other offices with a row for each project, filled and read back: numbers, texts, nothing lost that stands there."""

from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from tests.sheets.conftest import rows_of
from tests.sheets.lists import Make, taken
from zjtui.errors import UsageError
from zjtui.i18n import set_language
from zjtui.sheets import row_form
from zjtui.usecases.session import Session

HEADS = ["项目名称", "项目代码", "属地", "总投资（亿元）", "2023年计划投资（万元）", "存在问题", "整改期限", "联系领导"]
CODE = "2209-330825-04-01-693679"


@pytest.fixture
def known(session: Session, book: Make) -> Session:
    rows = [
        ["甲园", CODE, "长兴县", 5, 900, "用地指标不足", "2023-10-31", "章华"], ["乙园（二期）", None, "德清县", 3, 600, "无", None, None],
        ["丙园", None, "安吉县", 1, None, None, None, None],
    ]  # fmt: skip
    taken(session, book([HEADS, *rows], name="projects.xlsx"))
    months = [
        ["项目名称", "月份", "当月完成投资（万元）", "形象进度", "下步计划", "审核状态", "报送日期"],
        ["甲园", "2023-07", 100, "桩基", "主体", "已报送", "2023-08-03"],
        ["甲园", "2023-08", 120.5, "主体结构三层", "完成主体封顶", "已报送", "2023-09-03"], ["乙园（二期）", "2023-08", 7, "场平", "桩基", None, None],
    ]  # fmt: skip
    taken(session, book(months, name="months.xlsx"))
    assert len(rows_of(session, "monthly_report")) == 3
    return session


FORM = [
    "序号",
    "项目名称",
    "总投资（亿元）",
    "本月完成投资（万元）",
    "1-8月完成投资（万元）",
    "形象进度",
    "存在问题",
    "下步计划",
]
FILLED = ["5", "120.5", "220.5", "主体结构三层", "用地指标不足（限 2023-10-31）", "完成主体封顶"]


def test_a_workbook_is_filled_row_by_row_and_reads_back(known: Session, book: Make, tmp_path: Path) -> None:
    """By code, by exact name; a row that nobody knows is asked about; a draft is told; totals and formulas stay."""
    rows = [
        ["2023年8月重点项目推进表"], FORM, [1, CODE, None, None, None, None, None, None], [2, "乙园二期", None, None, None, None, None, None],
        [3, "乙园二号", None, None, None, None, None, None], ["合计", None, None, "=SUM(D3:D5)", None, None, None, None],
    ]  # fmt: skip
    form = row_form.understood(known, book(rows, ["A1:H1"]), "2023-08")
    assert [(row.number, row.name) for row in form.rows] == [(3, "甲园"), (4, "乙园（二期）"), (5, "")]
    assert form.rows[2].near[0][1] == "乙园（二期）"
    assert [cell.shown for cell in form.rows[0].cells] == FILLED
    assert "is not submitted" in str(form.rows[1].notices[0]) and [cell.shown for cell in form.rows[1].cells] == [
        "3",
        "无",
    ]
    page = openpyxl.load_workbook(row_form.write(form, tmp_path / "out.xlsx")).active
    assert [page.cell(3, column).value for column in range(3, 9)] == [5, 120.5, 220.5, *FILLED[3:]]
    assert page["D6"].value == "=SUM(D3:D5)" and page["C5"].value is None and page["A1"].value == rows[0][0]
    told = row_form.understood(known, book(rows, ["A1:H1"]), "2023-08", means={5: "丙园"})
    assert told.rows[2].name == "丙园" and not told.asking


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_texts_are_in_the_language_of_the_form_whoever_fills_it(known: Session, book: Make, lang: str) -> None:
    """A Chinese form filled by an English reader says 无 and 前期, an English one from a Chinese screen None and Preparatory."""
    set_language(lang)
    rows = [["项目名称", "建设阶段", "属地", "存在问题"], ["丙园"]]
    form = row_form.understood(known, book(rows, name="zh.xlsx"), "2023-08")
    assert [cell.shown for cell in form.rows[0].cells] == ["前期", "安吉县", "无"]
    rows = [["Name", "Stage", "Region", "Open problems"], ["丙园"]]
    form = row_form.understood(known, book(rows, name="en.xlsx"), "2023-08")
    assert [cell.shown for cell in form.rows[0].cells] == ["Preparatory", "Anji County", "None"]


def test_what_stands_in_the_form_is_left_and_told_or_replaced(known: Session, book: Make, tmp_path: Path) -> None:
    path = book([["项目名称", "总投资（亿元）", "形象进度"], ["甲园", 4.8, "去年的话"]])
    form = row_form.understood(known, path, "2023-08")
    assert [(cell.there, cell.shown) for _row, cell in form.standing] == [("4.8", "5"), ("去年的话", "主体结构三层")]
    page = openpyxl.load_workbook(row_form.write(form, tmp_path / "left.xlsx")).active
    assert [cell.value for cell in page[2]] == ["甲园", 4.8, "去年的话"]
    page = openpyxl.load_workbook(row_form.write(form, tmp_path / "new.xlsx", replaced=True)).active
    assert [cell.value for cell in page[2]] == ["甲园", 5, "主体结构三层"]


def test_the_unit_that_a_word_document_states_above_its_table_holds_for_it(known: Session, tmp_path: Path) -> None:
    """“单位：亿元” stands in a paragraph of its own: 3,000万元 is 0.3 there."""
    written = []
    for unit in ("亿元", "万元"):
        document = docx.Document()
        document.add_paragraph(f"填报单位：县发改局   单位：{unit}")
        table = document.add_table(rows=2, cols=2)
        for place, text in enumerate(("项目名称", "总投资", "甲园", "")):
            table.cell(*divmod(place, 2)).text = text
        document.save(str(tmp_path / f"{unit}.docx"))
        form = row_form.understood(known, tmp_path / f"{unit}.docx", "2023-08")
        written.append(
            docx.Document(str(row_form.write(form, tmp_path / f"{unit} out.docx"))).tables[0].cell(1, 1).text
        )
    assert written == ["5", "50,000"]


def test_a_word_table_without_borders_is_filled_and_reads_back(known: Session, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("关于报送8月份重点项目进展的通知")
    table = document.add_table(rows=3, cols=len(FORM))  # the plain style: no borders
    for column, text in enumerate(FORM):
        table.cell(0, column).text = text
    table.cell(1, 1).text, table.cell(2, 1).text = "甲园", "乙园（二期）"
    table.cell(1, 5).paragraphs[0].add_run("").bold = True
    table.cell(2, 6).merge(table.cell(2, 7)).text = "另报"
    document.save(str(tmp_path / "form.docx"))
    form = row_form.understood(known, tmp_path / "form.docx", "2023-08")
    written = docx.Document(str(row_form.write(form, tmp_path / "out.docx"))).tables[0]
    assert [cell.text for cell in written.rows[1].cells][2:] == FILLED
    assert written.cell(1, 5).paragraphs[0].runs[0].bold and written.cell(2, 6).text == "另报"
    again = row_form.understood(known, tmp_path / "out.docx", "2023-08")
    assert not [cell for row in again.rows[:1] for cell in row.cells if not cell.same]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", b"%PDF-1.4"])
def test_what_is_no_document_is_refused(content: bytes, known: Session, tmp_path: Path) -> None:
    (tmp_path / "form.docx").write_bytes(content)
    with pytest.raises(UsageError):
        row_form.understood(known, tmp_path / "form.docx", "2023-08")


def test_a_unit_that_nobody_says_is_asked_for(known: Session, book: Make, tmp_path: Path) -> None:
    path = book([["项目名称", "总投资", "形象进度"], ["甲园", None, None]])
    form = row_form.understood(known, path, "2023-08")
    with pytest.raises(UsageError, match="states no unit"):
        row_form.write(form, tmp_path / "out.xlsx")
    said: dict[str, Any] = {"总投资": "万元"}
    assert row_form.understood(known, path, "2023-08", counted=said).rows[0].cells[0].shown == "50,000"
