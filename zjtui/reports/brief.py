"""The brief of a visit on paper: each line with a box, to be ticked on the way."""

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
