"""The brief of a visit on paper: each line with a box, to be ticked on the way."""

from pathlib import Path

from zjtui.i18n import N_, _
from zjtui.reports.page import Heading, Page, Paragraph
from zjtui.usecases import brief
from zjtui.usecases.session import Session

_BOX = "□"


def page(session: Session, project_uid: str) -> Page:
    """Return the page: what stands first, then what is open, section by section."""
    first, *rest = brief.lines(session, project_uid)
    foot = _(N_("As the register stood on {day}")).format(day=session.today)
    found = Page(_(N_("Before the visit: {project}")).format(project=first.text), foot)
    for line in rest:
        if line.heading:
            found.parts.append(Heading(line.text))
        else:
            found.parts.append(Paragraph(f"{_BOX} {line.text}" if line.entity else line.text))
    return found


def file(session: Session, project: str) -> Path:
    """Return where it is written: into the workspace's reports."""
    plain = "".join(char if char.isalnum() else "-" for char in project)[:40]
    name = _(N_("brief-{project}-{day}.docx")).format(project=plain, day=session.today.isoformat())
    return session.workspace.folder / "reports" / name
