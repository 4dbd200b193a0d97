"""Files that others made cannot take the app with them: each is read in a process with limits, or refused at once."""

import io
import json
import os
import resource
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from zjtui.errors import Cancelled, Refused, UsageError, ZjtuiError
from zjtui.reports.page import Page, Paragraph
from zjtui.sheets import apart, template
from zjtui.sheets.book import open_book
from zjtui.sheets.form_file import open_form

pytestmark = pytest.mark.apart
PAGE = Page(title="周报", scope="全省", parts=[Paragraph("话")], footer="脚")
SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
BOOK = f'<workbook xmlns="{SPACE}" xmlns:r="r"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>'
LINKS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Target="worksheets/sheet1.xml" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/>'
    "</Relationships>"
)
FAR = {
    "plain": f'<worksheet xmlns="{SPACE}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
    '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>',
    "prefixed": f'<m:worksheet xmlns:m="{SPACE}"><m:sheetData><m:row r="1"><m:c r="A1"><m:v>1</m:v></m:c></m:row>'
    '<m:row r="1048576"><m:c r="XFD1048576"><m:v>1</m:v></m:c></m:row></m:sheetData></m:worksheet>',
    "other quotes": f"<worksheet xmlns='{SPACE}'><sheetData><row r='1'><c r='A1'><v>1</v></c></row>"
    "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row></sheetData></worksheet>",
    "spaces and numbers as entities": f'<worksheet xmlns="{SPACE}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
    '<row r = "1048576"><c\nr\n=\n"&#88;FD1048576"><v>1</v></c></row></sheetData></worksheet>',
    "a comment in between": f'<worksheet xmlns="{SPACE}"><sheetData><!-- </row> --><row r="1"><c r="A1"><v>1</v></c>'
    '</row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>',
    "UTF-16": f'\ufeff<?xml version="1.0" encoding="UTF-16"?><worksheet xmlns="{SPACE}"><sheetData><row r="1"><c r="A1">'
    '<v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>',
}


def workbook(path: Path, sheet: str, **more: str) -> Path:
    """Write a workbook of one sheet by its XML."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(
            "_rels/.rels", LINKS.replace("worksheets/sheet1", "xl/workbook").replace('/worksheet"', '/officeDocument"')
        )
        file.writestr("xl/workbook.xml", BOOK)
        file.writestr("xl/_rels/workbook.xml.rels", LINKS)
        file.writestr("xl/worksheets/sheet1.xml", sheet.encode("utf-16-le" if sheet[0] == "\ufeff" else "utf-8"))
        for name, content in more.items():
            file.writestr(name, content)
    return path


def test_what_is_no_regular_file_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    """A pipe would hang for ever, a device would fill the memory."""
    os.mkfifo(tmp_path / "pipe.xlsx")
    for path in (tmp_path / "pipe.xlsx", Path("/dev/zero"), tmp_path):
        for read in (open_book, open_form, lambda path: template.filled(PAGE, path)):
            with pytest.raises(UsageError, match="is no file"):
                read(path)


@pytest.mark.parametrize("dialect", FAR)
def test_a_far_cell_is_refused_in_every_dialect(dialect: str, tmp_path: Path) -> None:
    """The reader makes room for the whole rectangle and is ended by the system; in 2 s and 300 MB it is refused."""
    begun = time.perf_counter()
    with pytest.raises(UsageError, match="far outside"):
        open_book(workbook(tmp_path / "far.xlsx", FAR[dialect]))
    assert time.perf_counter() - begun < 5  # 2 s by itself; other tests run beside this one
    if os.uname().sysname == "Linux":
        assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 700_000


def test_a_reader_that_is_ended_takes_nothing_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list within all other limits for which there is no memory is one refusal."""
    rows = (f'<row r="{row}"><c r="A{row}"><v>1</v></c><c r="AN{row}"><v>1</v></c></row>' for row in (1, 400_000))
    path = workbook(
        tmp_path / "list.xlsx", f'<worksheet xmlns="{SPACE}"><sheetData>{"".join(rows)}</sheetData></worksheet>'
    )
    monkeypatch.setattr(apart, "MEMORY", 200_000_000)
    with pytest.raises(UsageError, match="needs more memory"):
        open_book(path)


def _endless(path: Path) -> Path:
    document = Document()
    document.add_paragraph("{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}{{ body }}")
    document.save(str(path))
    return path


def test_a_template_without_an_end_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(apart.TASKS, "template", ("zjtui.sheets.template", 1))
    with pytest.raises(Refused, match="takes longer than 1 s"):
        template.filled(PAGE, _endless(tmp_path / "endless.docx"))


def test_reading_is_stopped_when_somebody_says_so(tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        apart.run("template", PAGE, _endless(tmp_path / "endless.docx"), cancelled=lambda: True)


WIDE: dict[str, Callable[[Path], object]] = {
    "keys.json": lambda path: path.write_text(json.dumps([{f"k{number}": 1} for number in range(16_000)])),
    "rows.json": lambda path: path.write_text(json.dumps([{f"k{key}": 1 for key in range(1999)}, *[{}] * 50_000])),
    "columns.csv": lambda path: path.write_text("项目名称," + "1," * 100_000 + "x\n" * 2),
}


@pytest.mark.parametrize("name", WIDE)
def test_a_text_of_too_many_columns_is_refused_quickly(name: str, tmp_path: Path) -> None:
    """0.2 MB of JSON with a key of its own in every row took 74 s and 5.4 GB."""
    WIDE[name](tmp_path / name)
    begun = time.perf_counter()
    with pytest.raises(UsageError, match="more than"):
        open_book(tmp_path / name)
    assert time.perf_counter() - begun < 5


def test_a_list_as_a_form_is_refused_quickly(tmp_path: Path) -> None:
    """150,000 cells to be filled are no form; formats that were dragged down are none of its cells."""
    made = openpyxl.Workbook()
    for row in range(7_500):
        made.active.append([f"甲{row}", *[row] * 19])
    made.save(tmp_path / "list.xlsx")
    begun = time.perf_counter()
    with pytest.raises(UsageError, match="a list rather than a form"):
        open_form(tmp_path / "list.xlsx")
    assert time.perf_counter() - begun < 30


def test_a_form_with_a_style_that_is_no_number_is_read(tmp_path: Path) -> None:
    cells = '<row r="1"><c r="A1" s="x" t="inlineStr"><is><t>完成投资</t></is></c><c r="B1" s="99"/></row>'
    sheet = f'<worksheet xmlns="{SPACE}"><sheetData>{cells}</sheetData></worksheet>'
    styles = f'<styleSheet xmlns="{SPACE}"><cellXfs><xf numFmtId="none"/></cellXfs></styleSheet>'
    form = open_form(workbook(tmp_path / "form.xlsx", sheet, **{"xl/styles.xml": styles}))
    assert form.sheets[0].values == {(0, 0): "完成投资"}


def test_what_a_form_carries_unseen_is_told(tmp_path: Path) -> None:
    relation = '<Relationship Id="r1" Target="file:///C:/%E8%A1%A8.xlsx" TargetMode="External" Type="x"/>'
    more = {
        "xl/vbaProject.bin": "x",
        "xl/externalLinks/_rels/externalLink1.xml.rels": f"<Relationships>{relation}</Relationships>",
    }
    sheet = f'<worksheet xmlns="{SPACE}"><sheetData/></worksheet>'
    told = [str(notice) for notice in open_form(workbook(tmp_path / "form.xlsm", sheet, **more)).notices]
    assert "macros" in told[0]
    assert "表.xlsx" in told[1]


def _with(path: Path, relation: str, name: str = "word/_rels/settings.xml.rels") -> Path:
    """Write a template with one more relation."""
    document = Document()
    document.add_paragraph("{{ body }}")
    stream = io.BytesIO()
    document.save(stream)
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(path, "w") as new:
        for item in old.infolist():
            content = old.read(item)
            if item.filename == "word/settings.xml":
                content = content.replace(b"<w:zoom", b'<w:attachedTemplate r:id="rId1"/><w:zoom', 1)
            if item.filename != name:
                new.writestr(item.filename, content)
        new.writestr(name, f'<Relationships xmlns="{RELATIONS}">{relation}</Relationships>')
    return path


RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def test_the_template_that_a_template_was_made_from_is_taken_out(tmp_path: Path) -> None:
    """Word would fetch it from wherever it lies, for everyone who opens the report."""
    relation = f'<Relationship Id="rId1" Type="{OFFICE}/attachedTemplate" Target="http://x.example/a.dotm" TargetMode="External"/>'
    made = template.filled(PAGE, _with(tmp_path / "a.docx", relation))
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    assert not [name for name, content in parts.items() if b"x.example" in content or b"attachedTemplate" in content]


def test_a_template_that_fetches_something_is_refused(tmp_path: Path) -> None:
    relation = f'<Relationship Id="rId1" Type="{OFFICE}/image" Target="http://x.example/a.png" TargetMode="External"/>'
    with pytest.raises(ZjtuiError, match="fetches"):
        template.filled(PAGE, _with(tmp_path / "a.docx", relation))
