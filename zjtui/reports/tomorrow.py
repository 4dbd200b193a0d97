"""What comes tomorrow: the planned visits and the duties that are due then, as a page to read or to take along."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from zjtui.domain.finding import kind_of
from zjtui.domain.service_clock import calendar_note
from zjtui.files import make_folder, replace_file
from zjtui.i18n import N_, _
from zjtui.reports.page import Heading, Page, Paragraph, Table
from zjtui.store.read import findings, visit_plans
from zjtui.text import visible
from zjtui.usecases.session import Session

_MOST = 30  # duties


def day_after(session: Session) -> date:
    """Return tomorrow."""
    return session.today + timedelta(days=1)


def page(session: Session) -> Page:
    """Return tomorrow's list: planned visits first, then what is due, the weightiest first."""
    day = day_after(session)
    scope = findings.scope_of(session.reader(), session.person)
    board = findings.today(session.reader(), replace(session.asked(scope), today=day), _MOST)
    visits = visit_plans.of_day(session.reader(), day.isoformat())
    foot = _(N_("As the register stood on {day}")).format(day=session.today)
    found = Page(_(N_("Tomorrow, {day}")).format(day=day), foot)
    found.parts.append(Heading(_(N_("Planned visits ({count})")).format(count=len(visits))))
    if visits:
        heads = (_(N_("County")), _(N_("Project")), _(N_("Site")), _(N_("Who")), _(N_("Purpose")))
        names = ("county", "project", "site", "who", "purpose")
        found.parts.append(Table(heads, tuple(tuple(row[name] or "" for name in names) for row in visits)))
    else:
        found.parts.append(Paragraph(_(N_("No visit is planned for {day}")).format(day=day)))
    found.parts.append(Heading(_(N_("Due on {day}: {count}")).format(day=day, count=board.total)))
    rows = [
        (str(finding.due or ""), _(kind_of(finding.kind).label), finding.project, str(finding.why))
        for finding in board.findings
    ]
    if rows:
        found.parts.append(Table((_(N_("Due on")), _(N_("Finding")), _(N_("Project")), _(N_("Why"))), tuple(rows)))
    if note := calendar_note(session.today, session.limits):
        found.parts.append(Paragraph(str(note)))
    if board.total > _MOST:
        found.parts.append(Paragraph(_(N_("… and {count} more")).format(count=board.total - _MOST)))
    return found


def lines(session: Session) -> list[str]:
    """Return the list as plain text."""
    told = page(session)
    found = [told.title]
    for part in told.parts:
        if isinstance(part, Table):
            found += [
                f"{number}. " + " · ".join(visible(cell, 300) for cell in row if cell)
                for number, row in enumerate(part.rows, 1)
            ]
        else:
            found += ["", part.text] if isinstance(part, Heading) else [part.text]
    return found


def file(session: Session, suffix: str = "txt") -> Path:
    """Return where the list is written: into the workspace's reports."""
    name = _(N_("tomorrow-{day}.txt")).format(day=day_after(session).isoformat())
    return (session.workspace.folder / "reports" / name).with_suffix(f".{suffix}")


def write(session: Session) -> Path:
    """Write the list as plain text and return where it is."""
    path = file(session)
    make_folder(path.parent)
    replace_file(path, ("\n".join(lines(session)) + "\n").encode())
    return path
