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


HEADS = ["Project", "Progress this month", "Next step", "Bottleneck"]


async def test_usual_english_headings_are_understood_and_others_named_by_a_key(small: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (HEADS, ["杭州西站枢纽", None, None, None]):
        book.active.append(row)
    book.save(tmp_path / "f.xlsx")
    async with running(small, "en", (120, 40)) as driver:
        await driver.press("ctrl+f5", "deed:forms", "ctrl+n")
        await driver.choose(str(tmp_path / "f.xlsx"))
        await driver.press("enter")
        assert "not understood, Ctrl+K says what they ask: Bottleneck" in driver.text
        await driver.press("ctrl+k")
        assert (
            "Progress this month → Physical progress" in driver.text and "Next step → Plan of next month" in driver.text
        )
        await driver.press("enter")
        assert "What does “Bottleneck” ask?" in driver.text
        await driver.choose("total investment")
        assert "Bottleneck: " in driver.text and "not understood" not in driver.text


async def test_a_form_whose_rows_name_no_project_says_so(small: Path, tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=2)
    for column, text in enumerate(HEADS[:2]):
        table.cell(0, column).text = text
    document.save(str(tmp_path / "f.docx"))
    async with running(small, "en", (120, 40)) as driver:
        await driver.press("ctrl+f5", "deed:forms", "ctrl+n")
        await driver.choose(str(tmp_path / "f.docx"))
        assert "names no project yet" in driver.messages and "“Project”" in driver.messages
        docx.Document().save(str(tmp_path / "none.docx"))
        await driver.press("ctrl+n", "shift+home")
        await driver.choose(str(tmp_path / "none.docx"))
        assert "“Project name” or “Project code”" in driver.messages
