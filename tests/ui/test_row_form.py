"""A form with a row for each project by keys: what goes where, which project a row means, what stands there, its file."""

from pathlib import Path

import docx
import openpyxl

from tests.ui.driver import running


async def test_a_form_is_filled_project_by_project_by_keys(small: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["项目名称", "总投资（亿元）", "存在问题"], ["舟山绿色石化基地", None, "旧"], ["西站", None, None]):
        book.active.append(row)
    book.save(tmp_path / "f.xlsx")
    async with running(small, "en") as driver:
        await driver.press("ctrl+f5", "deed:forms", "ctrl+n")
        await driver.choose(str(tmp_path / "f.xlsx"))
        assert "1 of its 2 rows are projects" in driver.text
        await driver.press("enter")
        assert "which project?" in driver.text and "stands there: 旧" in driver.text
        await driver.press("down", "enter")
        assert "Which project is “西站”?" in driver.text
        await driver.press("enter")
        assert "which project?" not in driver.text
        await driver.press("ctrl+x")
        assert "旧 → " in driver.text  # what stands there is told, and stays with Enter
        await driver.press("enter", "shift+home")
        await driver.choose(str(tmp_path / "out.xlsx"))
        page = openpyxl.load_workbook(tmp_path / "out.xlsx").active
        assert page["C2"].value == "旧" and page["B3"].value == 25


async def test_a_word_table_opens_at_once(small: Path, tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    for column, text in enumerate(("项目名称", "形象进度")):
        table.cell(0, column).text = text
    table.cell(1, 0).text = "杭州西站枢纽"
    document.save(str(tmp_path / "f.docx"))
    async with running(small, "zh", (80, 24)) as driver:
        await driver.press("ctrl+f5", "deed:forms", "ctrl+n")
        await driver.choose(str(tmp_path / "f.docx"))
        assert "f.docx" in driver.head and "杭州西站枢纽" in driver.text
