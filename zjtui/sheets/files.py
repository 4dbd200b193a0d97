"""A report in the form that its file name asks for: Word, Excel or Markdown."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from zjtui.errors import UsageError
from zjtui.i18n import N_
from zjtui.reports.page import Hint, Page
from zjtui.sheets import markdown, report_book
from zjtui.sheets.target import put, refuse_taken

FORMS = (".docx", ".xlsx", ".md")
_UNFIT = re.compile(r'[\\/:*?"<>|：\x00-\x1f]+ ?')  # for a file's name, on whatever system it is opened
_LONGEST = 60  # characters of a title


def name(page: Page, day: date) -> str:
    """Return the name of a report's file without its ending: its title (of which month or project) and the day."""
    return f"{_UNFIT.sub('-', page.title)[:_LONGEST].strip()}_{day.isoformat()}"


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
