"""Forms as other offices send them, made with a program that is not ours."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation

CITIES = ("杭州市", "宁波市", "温州市", "嘉兴市", "湖州市", "绍兴市", "金华市", "衢州市", "舟山市", "台州市", "丽水市")
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
