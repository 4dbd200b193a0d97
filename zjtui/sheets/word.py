"""A report as a Word file, with fonts named for Chinese text."""

import io
import re
from pathlib import Path
from typing import Any

from zjtui.reports.page import Heading, Page, Paragraph, Table
from zjtui.sheets.target import put, refuse_taken
from zjtui.text import visible, visible_lines

_LATIN, _HAN, _HAN_TITLE = "Times New Roman", "仿宋", "黑体"
_IN_DAY = re.compile(r"(?<=\d{4})-(?=\d\d)|(?<=\d{4}-\d\d)-(?=\d\d)")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write(page: Page, target: Path, *, over: bool = False) -> Path:
    """Write `page` to `target`, whole or not at all; return its full path. Rules X-01, X-02."""
    refuse_taken(target, over=over)
    return put(content(page), target, over=over)


def content(page: Page) -> bytes:
    """Return the file's bytes."""
    from docx import Document
    from docx.shared import Cm

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    name_fonts(document)
    document.add_heading(safe(page.title), 0)
    if page.scope:
        document.add_paragraph(safe(page.scope))
    for part in page.parts:
        if isinstance(part, Heading):
            document.add_heading(safe(part.text), 1)
        elif isinstance(part, Paragraph):
            document.add_paragraph(safe(part.text))
        else:
            _table(document, part)
    document.sections[0].footer.paragraphs[0].text = safe(page.footer)
    if page.proof:
        document.add_paragraph(safe(page.proof))
    keep_days_whole(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def name_fonts(document: Any) -> None:
    """Name the fonts of text, title and headings, also those of Chinese letters."""
    _font(document.styles["Normal"], 12, _HAN)
    _font(document.styles["Title"], 18, _HAN_TITLE)
    _font(document.styles["Heading 1"], 14, _HAN_TITLE)


def _table(document: Any, part: Table) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    table = document.add_table(rows=1, cols=len(part.heads), style="Table Grid")
    repeated(table.rows[0])
    for row in (part.heads, *part.rows):
        cells = table.rows[0].cells if row is part.heads else table.add_row().cells
        for number, (cell, text) in enumerate(zip(cells, row, strict=True)):
            cell.text = safe(text)
            if row is part.heads:
                cell.paragraphs[0].runs[0].bold = True
            elif number in part.right:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def keep_days_whole(document: Any) -> None:
    """Keep a line from being broken at the hyphens of a day."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    parts = [document.element.body, *(section.footer._element for section in document.sections)]
    for text in [item for part in parts for item in part.iter(qn("w:t"))]:
        pieces = _IN_DAY.split(text.text or "")
        place = text
        for number, piece in enumerate(pieces):
            if number:
                place.addnext(hyphen := OxmlElement("w:noBreakHyphen"))
                hyphen.addnext(place := OxmlElement("w:t"))
            place.text = piece
            place.set(qn("xml:space"), "preserve")


def repeated(row: Any) -> None:
    """Show a head row again on every page the table runs over."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _font(style: Any, size: int, han: str) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name, style.font.size, style.font.color.rgb = _LATIN, Pt(size), RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):  # a theme's font would win over the named one
        if name.endswith("Theme"):
            del fonts.attrib[name]
    fonts.set(qn("w:eastAsia"), han)
    for name in ("w:ascii", "w:hAnsi"):
        fonts.set(qn(name), _LATIN)


def safe(text: str) -> str:
    """Return what an XML file can hold: control characters as visible marks."""
    return _NOT_XML.sub(lambda found: visible(found[0]), visible_lines(text)) or " "
