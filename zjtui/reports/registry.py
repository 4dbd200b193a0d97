"""Every report of the office by its code: what it is called, what it is about, what it asks, who makes it."""

from collections.abc import Callable
from dataclasses import dataclass

from zjtui.i18n import N_
from zjtui.reports import coverage, ledger, services, weekly
from zjtui.reports.page import Page
from zjtui.reports.telling import Params
from zjtui.usecases.session import Session


@dataclass(frozen=True)
class Report:
    """One report; `asks` are the parameters it reads: "days", "month", "region", "person", "project"."""

    label: str
    about: str
    make: Callable[[Session, Params], Page]
    asks: tuple[str, ...]


REPORTS = {
    "weekly": Report(N_("Weekly brief"), N_("a week's follow-ups, problems raised and struck off, promises, plans"),
                     weekly.page, ("days", "region", "person")),
    "ledger": Report(N_("Problem ledger"), N_("open problems with measure and limit; those struck off"), ledger.page,
                     ("days", "region", "project", "person")),
    "coverage": Report(N_("Contact coverage"), N_("which projects have a leader, which visits are overdue"),
                       coverage.page, ("region", "person")),
    "services": Report(N_("Green-channel ledger"), N_("services on their clock: department days against the promise"),
                       services.page, ("days", "region", "project", "person")),
}  # fmt: skip
