"""Every report of the office by its code: what it is called, what it is about, what it asks, who makes it."""

from collections.abc import Callable
from dataclasses import dataclass

from zjtui.i18n import N_
from zjtui.reports import bulletin, coverage, ledger, project_sheet, services, supervise, weekly
from zjtui.reports.page import Page
from zjtui.reports.telling import Params
from zjtui.usecases.session import Session


@dataclass(frozen=True)
class Report:
    """One report; `asks` are the parameters it reads: "days", "until", "month", "region", "person",
    "project"; where "project" comes first, it has to be named."""

    label: str
    about: str
    make: Callable[[Session, Params], Page]
    asks: tuple[str, ...]


REPORTS = {
    "weekly": Report(N_("Weekly brief"), N_("a week's follow-ups, problems raised and struck off, promises, plans"),
                     weekly.page, ("days", "region", "person")),
    "bulletin": Report(N_("Monthly bulletin"), N_("the targets, the league as frozen, lights and red projects"),
                       bulletin.page, ("month", "region")),
    "ledger": Report(N_("Problem ledger"), N_("open problems with measure and limit; those struck off"), ledger.page,
                     ("days", "region", "project", "person")),
    "supervise": Report(N_("Supervision letter"), N_("for a red project: what is red, what is asked, by when"),
                        supervise.page, ("project", "until")),
    "project": Report(N_("One-project sheet"), N_("one project: figures, contacts, problems, services, promises"),
                      project_sheet.page, ("project", "month")),
    "coverage": Report(N_("Contact coverage"), N_("which projects have a leader, which visits are overdue"),
                       coverage.page, ("region", "person")),
    "services": Report(N_("Green-channel ledger"), N_("services on their clock: department days against the promise"),
                       services.page, ("days", "region", "project", "person")),
}  # fmt: skip
