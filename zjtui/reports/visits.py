"""The visits planned for a day, county by county, as a plain text to print or to send."""

from itertools import groupby
from pathlib import Path

from zjtui.files import make_folder, replace_file
from zjtui.i18n import N_, _
from zjtui.store.read import visit_plans
from zjtui.text import visible
from zjtui.usecases.session import Session


def days(session: Session) -> list[tuple[str, int]]:
    """Return the days with planned visits from today on, and how many each has."""
    return visit_plans.days(session.reader(), session.today.isoformat())


def lines(session: Session, day: str) -> list[str]:
    """Return the list of one day."""
    found = [_(N_("Visits planned for {day}")).format(day=day)]
    number = 0
    for county, visits in groupby(visit_plans.of_day(session.reader(), day), key=lambda row: row["county"]):
        found += ["", f"【{county}】"]
        for row in visits:
            number += 1
            parts = [row["project"], row["site"], row["who"], row["purpose"]]
            found.append(f"{number}. " + " · ".join(visible(part) for part in parts if part))
    return found


def write(session: Session, day: str) -> Path:
    """Write the list into the workspace's reports and return where it is."""
    folder = session.workspace.folder / "reports"
    make_folder(folder)
    path = folder / _(N_("visits-{day}.txt")).format(day=day)
    replace_file(path, ("\n".join(lines(session, day)) + "\n").encode())
    return path
