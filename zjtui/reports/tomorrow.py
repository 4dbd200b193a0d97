"""What comes tomorrow: the duties that are due then and the planned visits, as a plain text to take along."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from zjtui import config
from zjtui.domain.finding import kind_of
from zjtui.i18n import N_, _
from zjtui.reports import visits
from zjtui.store.read import findings
from zjtui.text import visible
from zjtui.usecases.session import Session

_MOST = 30  # duties


def day_after(session: Session) -> date:
    """Return tomorrow."""
    return session.today + timedelta(days=1)


def lines(session: Session) -> list[str]:
    """Return tomorrow's list: planned visits first, then what is due, the weightiest first."""
    day = day_after(session)
    scope = findings.scope_of(session.reader(), session.person)
    board = findings.today(session.reader(), replace(session.asked(scope), today=day))
    found = visits.lines(session, day.isoformat())
    if len(found) == 1:
        found = [_(N_("No visit is planned for {day}")).format(day=day)]
    found += ["", _(N_("Due on {day}: {count}")).format(day=day, count=board.total)]
    for number, finding in enumerate(board.findings[:_MOST], 1):
        label = _(kind_of(finding.kind).label)
        found.append(f"{number}. {label} · {visible(finding.project)} · {visible(str(finding.why))}")
    if board.total > _MOST:
        found.append(_(N_("… and {count} more")).format(count=board.total - _MOST))
    return found


def write(session: Session) -> Path:
    """Write the list into the workspace's reports and return where it is."""
    folder = session.workspace.folder / "reports"
    folder.mkdir(exist_ok=True)
    path = folder / _(N_("tomorrow-{day}.txt")).format(day=day_after(session).isoformat())
    config.replace_file(path, ("\n".join(lines(session)) + "\n").encode())
    return path
