"""A report in Word through a template that the office can change: its letterhead, fonts and margins, our contents."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from zjtui.errors import Msg, Refused
from zjtui.i18n import N_
from zjtui.reports.page import Page
from zjtui.reports.page import Paragraph as Sentence
from zjtui.sheets import apart, template_file, word
from zjtui.sheets.target import put
from zjtui.sheets.word_body import put_body

MARKS = ("title", "scope", "body", "footer")
_LARGEST = 20_000_000  # bytes
_BODY = "{{ body }}"
_PLACE = "zjtui⁣body⁣here"  # stands where the contents go until they are there


def chosen(folder: Path | None, code: str) -> Path | None:
    """Return the template that a workspace's folder holds for a report, or for all; None: the product's own."""
    names = (f"{code}.docx", "report.docx") if code else ("report.docx",)
    return next((folder / name for name in names if (folder / name).is_file()), None) if folder else None


def write_own(target: Path, *, over: bool = False) -> Path:
    """Write the product's own template, to be changed."""
    if target.suffix.lower() != ".docx":
        raise Refused(N_("{path}: a template is a .docx file"), rule="X-03", path=target)
    return put(own(), target, over=over)


def own() -> bytes:
    """Return the product's own template: title, line of scope, contents, foot with page numbers."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm

    document = Document()
    word.name_fonts(document)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2.2)
    document.add_heading("{{ title }}", 0).alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph("{{ scope }}").alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph("{{ body }}")
    foot = section.footer.paragraphs[0]
    foot.text = "{{ footer }}    "
    _field(foot, "PAGE")
    foot.add_run(" / ")
    _field(foot, "NUMPAGES")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def filled(page: Page, template: Path | None = None) -> bytes:
    """Return a Word file: the template (None: the product's own) with the page in it. A broken one is refused. X-04.

    Somebody's template is filled in a process of its own: its marks are a language in which one can go round for ever.
    """
    if template is None:
        return _filled(page, own())
    size = apart.regular(template)
    if size > _LARGEST:
        raise _refused(template, Msg(N_("it is larger than {size} MB"), size=_LARGEST // 1_000_000))
    try:
        content: bytes = apart.run("template", page, template)[0]
    except apart.NotReadError as error:
        raise _refused(template, error.why) from None
    return content


def pieces(page: Page, template: Path) -> Iterator[bytes]:
    """Yield the filled template, in the process of a reader."""
    try:
        yield _filled(page, template_file.checked(template.read_bytes()))
    except Refused as refusal:
        raise _refused(template, Msg(refusal.msgid, **refusal.params)) from None
    except Exception as error:  # whatever a person's Word file makes three libraries say
        raise _refused(template, _reason(error)) from None


def _refused(template: Path, reason: Any) -> Refused:
    return Refused(N_("Template {path}: {reason}"), rule="X-04", path=template, reason=reason)


def _filled(page: Page, content: bytes) -> bytes:
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    document = DocxTemplate(io.BytesIO(content))
    values = {"title": word.safe(page.title), "scope": word.safe(page.scope), "footer": word.safe(page.footer)}
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    document.render({**values, "body": _PLACE}, environment, autoescape=True)
    proof = [Sentence(page.proof)] if page.proof else []  # at the end, once; the foot stands on every page
    put_body(document.docx, _place(document.docx), [*page.parts, *proof])
    word.keep_days_whole(document.docx)
    stream = io.BytesIO()
    document.docx.save(stream)
    return stream.getvalue()


def _place(document: Any) -> Any:
    """Return the one paragraph for the contents, in a table or not; it holds nothing else."""
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph

    found = [Paragraph(item, document) for item in document.element.body.iter(qn("w:p"))]
    places = [item for item in found if _PLACE in item.text]
    if not places:
        raise Refused(N_("it lacks a paragraph with {{ body }}, where the contents go"))
    if len(places) > 1:
        raise Refused(N_("{mark} stands in it {count} times: leave one of them"), mark=_BODY, count=len(places))
    other = places[0].text.replace(_PLACE, " ").strip()
    if other:
        raise Refused(N_("the paragraph with {mark} holds “{text}” too: give it one of its own"),
                      mark=_BODY, text=other[:60])  # fmt: skip
    return places[0]


def _reason(error: Exception) -> Any:
    from zipfile import BadZipFile

    from docx.opc.exceptions import PackageNotFoundError
    from jinja2 import TemplateSyntaxError, UndefinedError

    told = " ".join(str(error).split())[:200] or type(error).__name__
    if isinstance(error, (BadZipFile, PackageNotFoundError, KeyError, ValueError)):
        return Msg(N_("it is not a Word file (.docx)"))
    if isinstance(error, UndefinedError):
        return Msg(N_("it asks for what is not there: {what}; there are {names}"), what=told, names=", ".join(MARKS))
    if isinstance(error, TemplateSyntaxError):
        return Msg(N_("one of its marks cannot be read: {what}"), what=told)
    return told


def _field(paragraph: Any, name: str) -> None:
    """Add a field that Word works out, e.g. the number of the page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind in ("begin", "", "end"):
        run = paragraph.add_run()._r
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = name
        run.append(mark)
