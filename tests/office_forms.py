"""Forms as other offices send them, made with a program that is not ours."""

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation

from zjtui.sheets import forms
from zjtui.sheets.form_file import open_form
from zjtui.sheets.form_guess import Proposal, propose
from zjtui.usecases.session import Session

CITIES = ("杭州市", "宁波市", "温州市", "嘉兴市", "湖州市", "绍兴市", "金华市", "衢州市", "舟山市", "台州市", "丽水市")
SHEET_PART = "xl/worksheets/sheet1.xml"  # of the first sheet
_BORDER = Border(*[Side(style="thin")] * 4)


def city_form(path: Path, month: int = 8, unit: str = "亿元") -> Path:
    """The usual table: cities down, two rows of merged headings, a total of formulas, a column for remarks."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "进度表"
    merged(sheet, "A1:I1", f"2023年1-{month}月重大项目推进情况表", font=Font(size=18, bold=True))
    merged(sheet, "A2:I2", f"单位：个、{unit}")
    for cells, text in (
        ("A3:A4", "地区"), ("B3:B4", "项目数"), ("C3:C4", "年度计划投资"), ("D3:F3", "完成投资"),
        ("G3:H3", "新开工项目"), ("I3:I4", "备注"),
    ):  # fmt: skip
        merged(sheet, cells, text)
    for cell, text in (
        ("D4", f"1-{month}月"),
        ("E4", f"{month}月"),
        ("F4", "占年度计划(%)"),
        ("G4", "个数"),
        ("H4", "已开工"),
    ):
        sheet[cell] = text
    last = len(CITIES) + 4
    for row, name in enumerate((*CITIES, "合计"), 5):
        sheet.cell(row, 1, name)
        for column in range(1, 10):
            sheet.cell(row, column).border = _BORDER
        sheet.cell(row, 4).number_format = "0.00"
        sheet.cell(row, 6).number_format = "0.0%"
    for letter in "BCDE":
        sheet[f"{letter}{last + 1}"] = f"=SUM({letter}5:{letter}{last})"
    sheet[f"F{last + 1}"] = f"=D{last + 1}/C{last + 1}"
    sheet["I5"].fill = PatternFill("solid", fgColor="FFFF00")
    choice = DataValidation(type="list", formula1='"正常,滞后"')
    sheet.add_data_validation(choice)
    choice.add("I5:I15")
    sheet.column_dimensions["A"].width = 14
    book.save(path)
    return path


def list_form(path: Path, rows: Sequence[Sequence[Any]], merge: Sequence[str] = ()) -> Path:
    """A sheet with these rows; empty cells exist, as they do where somebody drew borders."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    width = max(len(row) for row in rows)
    for number, row in enumerate(rows, 1):
        for column in range(1, width + 1):
            cell = sheet.cell(number, column, row[column - 1] if column <= len(row) else None)
            cell.border = _BORDER
    for cells in merge:
        sheet.merge_cells(cells)
    book.save(path)
    return path


def merged(sheet: Any, cells: str, text: str, font: Font | None = None) -> None:
    """Put a text over several cells."""
    first = cells.partition(":")[0]
    sheet.merge_cells(cells)
    sheet[first] = text
    if font:
        sheet[first].font = font


def values_of(path: Path, sheet: str = "") -> dict[str, Any]:
    """Return what stands in the cells of a workbook: formulas as their text."""
    book = openpyxl.load_workbook(path)
    found = book[sheet] if sheet else book.worksheets[0]
    return {cell.coordinate: cell.value for row in found.iter_rows() for cell in row if cell.value is not None}


def taken(session: Session, path: Path, name: str = "推进表", to: str = "省发展改革委") -> str:
    """Take a form in; return its uid."""
    return forms.take(session, path, {"name": name, "recipient": to})[0].uid


def parts(path: Path) -> dict[str, bytes]:
    """Return the parts that a workbook is made of."""
    with zipfile.ZipFile(path) as file:
        return {item.filename: file.read(item) for item in file.infolist()}


def damaged(path: Path, name: str, change: Any) -> Path:
    """Change one part of a workbook as no program would."""
    content = parts(path)
    with zipfile.ZipFile(path, "w") as file:
        for part, inside in content.items():
            file.writestr(part, change(inside) if part == name else inside)
    return path


def proposed(session: Session, path: Path) -> Proposal:
    """What is proposed for a workbook."""
    return propose(open_form(path), session.reader(), session.today.year)


def asked(session: Session, path: Path) -> dict[str, tuple[str, ...]]:
    """What is proposed for each cell: query, scope, unit; a "?" where it is in doubt."""
    return {
        cell.ref: (cell.query, cell.region or cell.field9 or cell.attr, cell.unit) + (() if cell.sure else ("?",))
        for cell in proposed(session, path).cells
        if cell.query != "period"
    }
