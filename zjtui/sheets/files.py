"""A report in the form that its file name asks for: Word, Excel or Markdown."""

from dataclasses import replace
from pathlib import Path

from zjtui.errors import UsageError
from zjtui.i18n import N_
from zjtui.reports.page import Hint, Page
from zjtui.sheets import markdown, report_book
from zjtui.sheets.target import put, refuse_taken

FORMS = (".docx", ".xlsx", ".md")


def write(page: Page, target: Path, code: str = "", templates: Path | None = None, *, over: bool = False) -> Path:
    """Write `page` to `target`, whole or not at all; return its full path.

    A Word file is made from the template that `templates` holds for the report `code`, or from the product's own.
    """
    page = replace(page, parts=[part for part in page.parts if not isinstance(part, Hint)])
    form = target.suffix.lower()
    if form not in FORMS:
        raise UsageError(N_("{path}: a report is written as {forms}"), path=target, forms=", ".join(FORMS))
    if form == ".xlsx":
        return report_book.write(page, target, over=over)
    refuse_taken(target, over=over)  # before the work
    if form == ".docx":
        from zjtui.sheets import template

        content = template.filled(page, template.chosen(templates, code))
    else:
        content = markdown.content(page)
    return put(content, target, over=over)
