"""A report as a file: Word through a template, Excel with numbers, Markdown; whole or not at all."""

import io
import re
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt

from tests.cli.conftest import Cli, zjtui  # noqa: F401 (a fixture)
from tests.conftest import TODAY
from zjtui.errors import Refused, UsageError
from zjtui.reports.page import Heading, Number, Page, Paragraph, Table
from zjtui.reports.registry import REPORTS
from zjtui.reports.telling import Params
from zjtui.sheets import files, template
from zjtui.usecases.session import open_session

NASTY = "=1+1 | a<b>&amp;{{ x }}\x07"


def a_page() -> Page:
    table = Table(
        ("名称", "Rate", "Note|x"), (("甲", Number("66.5%", 0.665, "%"), NASTY), ("乙", Number("12", 12), "two\nlines"))
    )
    return Page(
        "标题 {{ 7 * 7 }}", "As of 2023-09-20 · abcd1234", [Heading("H"), Paragraph(NASTY), table], scope="Scope: all"
    )


def test_word_names_the_fonts_and_holds_every_table(workspace: Path, tmp_path: Path) -> None:
    session = open_session(workspace, today=TODAY, write=False)
    for code in ("ledger", "bulletin", "coverage"):
        page = REPORTS[code].make(session, Params())
        document = Document(str(files.write(page, tmp_path / f"{code}.docx", code, workspace / "templates")))
        told = [part for part in page.parts if isinstance(part, Table)]
        assert len(document.tables) == len(told)
        for made, part in zip(document.tables, told, strict=True):
            assert [cell.text for cell in made.rows[0].cells] == list(part.heads)
            assert len(made.rows) == len(part.rows) + 1
            assert made.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        for name in ("Normal", "Title", "Heading 1"):
            assert document.styles[name].element.rPr.rFonts.get(qn("w:eastAsia")) in ("仿宋", "黑体")
        foot = document.sections[0].footer
        assert page.footer in foot.paragraphs[0].text and "NUMPAGES" in foot._element.xml
        assert (
            page.proof not in foot.paragraphs[0].text and document.paragraphs[-1].text == page.proof
        )  # once, at the end
        assert not re.search(
            r"\d{4}-\d\d", "".join(document.element.body.itertext(qn("w:t")))
        )  # no day breaks at a hyphen
        section = document.sections[0]
        wide = max(len(part.heads) for part in told) > 7
        assert (section.page_width > section.page_height) == wide
    session.close()


def test_what_a_text_holds_stays_text_in_word() -> None:
    document = Document(io.BytesIO(template.filled(a_page())))
    whole = "\n".join(item.text for item in document.paragraphs)
    assert "标题 {{ 7 * 7 }}" in whole and "=1+1 | a<b>&amp;{{ x }}" in whole and "\x07" not in whole
    assert document.tables[0].cell(1, 2).text.startswith("=1+1 | a<b>&amp;{{ x }}")


def test_the_template_of_the_office_is_used_and_that_of_the_report_first(tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    for name in ("report", "ledger"):
        template.write_own(folder / f"{name}.docx")
        document = Document(str(folder / f"{name}.docx"))
        document.paragraphs[0].insert_paragraph_before(f"某某办公室 {name} {{{{ title }}}}")
        document.save(str(folder / f"{name}.docx"))
    for code, used in (("ledger", "ledger"), ("weekly", "report")):
        made = Document(str(files.write(a_page(), tmp_path / f"{code}.docx", code, folder)))
        assert made.paragraphs[0].text == f"某某办公室 {used} 标题 {{{{ 7 * 7 }}}}" and len(made.tables) == 1


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("{{ body }} {{ nonsense }}", "nonsense"),
        ("{{ body }} {{ title", "cannot be read"),
        ("{{ body }} {% for x in %}", "cannot be read"),
        ("{{ body }} {{ ''.__class__.__mro__ }}", ""),
        ("nothing", "lacks a paragraph"),
        (None, "not a Word file"),
    ],
)
def test_a_broken_template_is_named_and_nothing_is_written(tmp_path: Path, words: str | None, reason: str) -> None:
    broken = tmp_path / "templates" / "report.docx"
    broken.parent.mkdir()
    if words is None:
        broken.write_bytes(b"no zip at all")
    else:
        document = Document()
        document.add_paragraph(words)
        document.save(str(broken))
    target = tmp_path / "out.docx"
    with pytest.raises(Refused) as told:
        files.write(a_page(), target, "ledger", broken.parent)
    assert "report.docx" in str(told.value) and reason in str(told.value) and "\n" not in str(told.value)
    assert not target.exists() and sorted(tmp_path.iterdir()) == [broken.parent]


def test_excel_has_numbers_and_no_formula(tmp_path: Path) -> None:
    import openpyxl

    path = files.write(a_page(), tmp_path / "page.xlsx")
    sheet = openpyxl.load_workbook(path).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert all(cell.data_type in ("s", "n") for cell in cells)
    values = [cell.value for cell in cells]
    assert 0.665 in values and 12 in values and "Scope: all" in values and values[0] == "标题 {{ 7 * 7 }}"
    assert values[-1] == "As of 2023-09-20 · abcd1234" and "=1+1 | a<b>&amp;{{ x }}<U+0007>" in values
    assert next(cell for cell in cells if cell.value == 0.665).number_format == '[>1]0.0%"(to be checked)";0.0%'


def test_markdown_escapes_what_would_be_a_cell_or_markup(tmp_path: Path) -> None:
    lines = files.write(a_page(), tmp_path / "page.md").read_text("utf-8").splitlines()
    assert lines[0] == "# 标题 {{ 7 \\* 7 }}"
    table = [line for line in lines if line.startswith("|")]
    assert table[0] == "| 名称 | Rate | Note\\|x |" and table[1] == "|---|---:|---|"
    assert all(line.replace("\\|", "").count("|") == 4 for line in table)
    assert table[3].endswith("two<br>lines |")


@pytest.mark.parametrize("form", ["docx", "xlsx", "md"])
def test_a_file_that_is_there_is_kept_unless_it_may_go(tmp_path: Path, form: str) -> None:
    target = tmp_path / f"page.{form}"
    target.write_text("mine")
    with pytest.raises(Refused):
        files.write(a_page(), target)
    assert target.read_text() == "mine"
    files.write(a_page(), target, over=True)
    assert target.read_bytes() != b"mine"
    with pytest.raises(UsageError):
        files.write(a_page(), tmp_path / "page.pdf")


def test_the_command_line_lists_prints_and_writes(zjtui: Cli, workspace: Path, tmp_path: Path) -> None:  # noqa: F811
    here = ("--workspace", workspace, "--today", "2023-09-20", "report")
    assert [item["report"] for item in zjtui(*here, "--json").json] == list(REPORTS)
    assert "Problem ledger" in zjtui(*here, "ledger", "--region", "舟山市").out
    made = zjtui(*here, "bulletin", "--month", "2023-08", "--json").json
    # What was submitted or approved, of the plans of those who did not withdraw (docs/figures.md).
    assert made["tables"][0]["rows"][0][4]["value"] == pytest.approx(23_472_270_000 / 39_788_000_000)
    for form in ("docx", "xlsx", "md"):
        assert zjtui(*here, "weekly", "--file", tmp_path / f"w.{form}").code == 0
        again = zjtui(*here, "weekly", "--file", tmp_path / f"w.{form}")
        assert again.code != 0 and again.err.count("\n") == 1
        assert zjtui(*here, "weekly", "--file", tmp_path / f"w.{form}", "--over").code == 0
    assert zjtui(*here, "template", "--file", tmp_path / "t.docx").code == 0
    for wrong in (("nonsense",), ("project",), ("supervise",), ("weekly", "--month", "2023-08"), ("template",),
                  ("ledger", "--since", "2023-09-02", "--until", "2023-09-01"), ("weekly", "--file", "a.pdf")):  # fmt: skip
        answer = zjtui(*here, *wrong)
        assert answer.code != 0 and answer.err.count("\n") == 1 and not answer.out


@pytest.mark.parametrize("form", ["docx", "xlsx", "md"])
def test_what_to_press_is_said_in_the_program_and_not_on_paper(form: str, workspace: Path, tmp_path: Path) -> None:
    session = open_session(workspace, today=TODAY, write=False)
    page = REPORTS["bulletin"].make(session, Params())
    assert any("zjtui freeze add" in part.text for part in page.parts if isinstance(part, Paragraph))
    path = files.write(page, tmp_path / f"bulletin.{form}", "bulletin", workspace / "templates")
    texts = written(path)
    assert "so there is no ranking" in texts and "freeze add" not in texts


def written(path: Path) -> str:
    """Return all texts of a report that was written."""
    if path.suffix == ".docx":
        return "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)
    if path.suffix == ".xlsx":
        sheet = openpyxl.load_workbook(path).worksheets[0]
        return "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
    return path.read_text("utf-8")


@pytest.mark.parametrize("text", ["1. 提速", "12) 提速", "# 提速", "- 提速", "+ 提速", "2023.8 提速"])
def test_a_line_of_markdown_is_what_it_says_and_no_list_nor_heading(text: str, tmp_path: Path) -> None:
    page = Page("题", "foot", [Paragraph(text)])
    [line] = [line for line in files.write(page, tmp_path / "a.md").read_text("utf-8").splitlines() if "提速" in line]
    assert line.replace("\\", "") == text
    assert ("\\" in line) == (text[0] in "#-+1")


def test_what_a_cell_of_a_workbook_says_is_seen_whole(tmp_path: Path) -> None:
    long, head = "进度：较序时慢五十个百分点；开工：应于二月开工；" * 3, "Days with the owner (calendar)"
    table = Table((head, "原因", "短"), ((Number("3", 3), long, "甲"), (Number("4", 4), "短", "乙\n丙")))
    sheet = openpyxl.load_workbook(files.write(Page("题", "foot", [table]), tmp_path / "a.xlsx")).worksheets[0]
    place = {str(cell.value): cell.row for row in sheet.iter_rows() for cell in row if cell.value is not None}
    widths = [sheet.column_dimensions[letter].width for letter in "ABC"]
    assert widths[0] < 20 and widths[1] < 42  # neither a head nor a sentence makes the sheet too wide to read on paper
    heights = {text: sheet.row_dimensions[place[text]].height or 15 for text in (head, long, "短")}
    assert heights[head] >= 30 and heights[long] >= 60 and heights["短"] >= 33


def test_a_sentence_below_a_table_keeps_its_distance(tmp_path: Path) -> None:
    table = Table(("甲",), (("乙",),))
    document = Document(
        str(files.write(Page("题", "foot", [table, Paragraph("注"), Paragraph("再注")]), tmp_path / "a.docx"))
    )
    room = {paragraph.text: paragraph.paragraph_format.space_before for paragraph in document.paragraphs}
    assert (room["注"], room["再注"]) == (Pt(6), None)


def test_chinese_gives_way_before_days_and_words_are_broken(tmp_path: Path) -> None:
    heads, row = (
        ["Day"] * 5 + ["Department days"] * 3 + ["说明"] * 5,
        ["2023-09-20"] * 5 + ["Promised"] * 3 + ["中文说明文字" * 5] * 5,
    )
    table = Table(tuple(heads), (tuple(row),))
    document = Document(str(files.write(Page("题", "foot", [table]), tmp_path / "a.docx")))
    widths = [cell.width for cell in document.tables[0].rows[1].cells]
    half = Pt(9) * 0.55
    assert min(widths[:5]) >= half * 12 and min(widths[5:8]) >= half * 13 and min(widths[8:]) < half * 12


def test_words_without_an_end_leave_a_day_its_line(tmp_path: Path) -> None:
    table = Table(("Link", "File", "Day"), (("x" * 120, "y" * 120, "2023-09-20"),))
    document = Document(str(files.write(Page("题", "foot", [table]), tmp_path / "a.docx")))
    *_words, day = (cell.width for cell in document.tables[0].rows[1].cells)
    assert day >= Pt(11) * 0.55 * len("2023-09-20")  # half letters of eleven points
