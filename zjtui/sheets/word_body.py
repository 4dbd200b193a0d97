"""The contents of a report put into a Word document at a paragraph: headings, sentences, tables that fit the paper."""

import re
from collections.abc import Sequence
from typing import Any

from zjtui.reports.page import Heading, Number, Paragraph, Table
from zjtui.sheets.word import repeated, safe
from zjtui.text import half_characters

_MANY = 7  # columns; more of them need the paper on its side
_SMALL = 9  # points, the letters of a wide table
_LETTER = 0.55  # of the letters' size: the width of half a Chinese character with some room
_LEAST, _WORD, _MOST = 5, 10, 44  # half characters of a column; a day has ten
_UNBROKEN = 24  # half characters of a number or word that stays on one line
_ASCII = re.compile(r"[!-~]+")
_BOLD = 1.15  # of a head's letters: they are bold
_AROUND = 2.5  # half characters, the room beside a cell's text
_POINT = 12_700  # a point in Word's units
_BELOW_TABLE = 6 * _POINT


def put_body(document: Any, place: Any, parts: Sequence[Heading | Paragraph | Table]) -> None:
    """Put the parts where the paragraph `place` stands, and take it away."""
    if any(isinstance(part, Table) and len(part.heads) > _MANY for part in parts):
        _on_its_side(document)
    before: object = None
    for part in parts:
        if isinstance(part, Table):
            made = _table(document, part)._tbl
        elif isinstance(part, Heading):
            paragraph = document.add_paragraph(safe(part.text), style=_style(document, "Heading 1"))
            paragraph.paragraph_format.keep_with_next = True
            made = paragraph._p
        else:
            paragraph = document.add_paragraph(safe(part.text))
            if isinstance(before, Table):  # a table has no room of its own below it
                paragraph.paragraph_format.space_before = _BELOW_TABLE
            made = paragraph._p
        before = part
        place._p.addprevious(made)
    if before is None or isinstance(before, Table):  # a cell of a table ends with a paragraph
        for run in list(place.runs):
            run.text = ""
    else:
        place._p.getparent().remove(place._p)


def _style(document: Any, name: str) -> Any:
    """Return a style of the template, or its default where it has none by this name."""
    return next((style for style in document.styles if style.name == name), None)


def _on_its_side(document: Any) -> None:
    from docx.enum.section import WD_ORIENT

    for section in document.sections:
        if section.orientation != WD_ORIENT.LANDSCAPE:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = section.page_height, section.page_width


def _table(document: Any, part: Table) -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt
    from docx.text.paragraph import Paragraph as WordParagraph

    table = document.add_table(rows=len(part.rows) + 1, cols=len(part.heads))
    _borders(table)
    size = _SMALL if len(part.heads) > 4 else _SMALL + 2
    widths = _widths(document, part, size)
    table.autofit = False
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = width
    repeated(table.rows[0])
    for line, (row, texts) in enumerate(zip(table._tbl.tr_lst, (part.heads, *part.rows), strict=True)):
        _whole(row)
        for number, (cell, text) in enumerate(zip(row.tc_lst, texts, strict=True)):
            cell.width = widths[number]
            paragraph = WordParagraph(cell.p_lst[0], table)
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1)
            paragraph.paragraph_format.line_spacing = 1.0
            run = paragraph.add_run(safe(text))
            run.font.size, run.bold = Pt(size), line == 0 or None
            if line and (number in part.right or isinstance(text, Number)):
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return table


def _widths(document: Any, part: Table, size: int) -> list[int]:
    """Return the columns' widths: what their longest cell needs, the long ones shortened until all fit the paper."""
    section = document.sections[-1]
    room = int(section.page_width - section.left_margin - section.right_margin)
    letter = size * _LETTER * _POINT
    needed, least, unbroken = [], [], []
    for number, head in enumerate(part.heads):
        longest = max((half_characters(row[number][:_MOST]) for row in part.rows), default=0)
        words = [_longest_word(head) * _BOLD, *(_longest_word(row[number]) for row in part.rows)]
        word = min(max(words), _UNBROKEN)
        heading = min(half_characters(head[:_MOST]), _WORD)
        needed.append((min(max(longest, heading, word, _LEAST), _MOST) + _AROUND) * letter)
        least.append(min(needed[-1], (max(word, _WORD) + _AROUND) * letter))
        unbroken.append(min(needed[-1], (max(word, _LEAST) + _AROUND) * letter))
    spare, missing = room - sum(least), sum(needed) - sum(least)
    if spare <= 0:  # what can be broken, Chinese above all, gives way first
        least, needed = unbroken, least
        spare, missing = room - sum(least), sum(needed) - sum(least)
    if spare <= 0:
        return [int(width * room / sum(least)) for width in least]
    if spare >= missing:
        return [int(width * min(room / sum(needed), 2.0)) for width in needed]
    return [int(low + (width - low) * spare / missing) for low, width in zip(least, needed, strict=True)]


def _longest_word(text: str) -> int:
    """Return the length of what would be broken over lines: words and numbers, not Chinese."""
    return max(map(len, _ASCII.findall(text)), default=0)


def _whole(row: Any) -> None:
    """Keep a row on one page."""
    from docx.oxml import OxmlElement

    row.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))


def _borders(table: Any) -> None:
    """Draw the lines of the table itself: a template may have no style for them."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "808080")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    properties = table._tbl.tblPr
    layout = next((item for item in properties if item.tag in (qn("w:tblLayout"), qn("w:tblLook"))), None)
    if layout is None:
        properties.append(borders)
    else:
        layout.addprevious(borders)
