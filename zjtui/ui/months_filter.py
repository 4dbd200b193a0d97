"""Which month of whose projects the grid shows."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from zjtui.domain.dates import parse_month
from zjtui.i18n import N_, _
from zjtui.ui.dialogs.choice import Choice, choose_in_two_steps
from zjtui.ui.regions import region_choices

if TYPE_CHECKING:
    from zjtui.ui.screens.months import MonthsScreen

_YEARS = 3  # back from this one
SHOWS = {
    "": "",
    "missing": N_("missing"),
    "draft": N_("report|Draft"),
    "returned": N_("report|Returned"),
    "submitted": N_("report|Submitted"),
    "approved": N_("report|Approved"),
}


def choose(screen: "MonthsScreen") -> None:
    """Let a person choose month, whose projects, state or region."""
    session = screen.session
    present = session.today.strftime("%Y-%m")
    past = [f"{session.today.year - back}-{number:02}" for back in range(_YEARS) for number in range(12, 0, -1)]
    kinds = {
        "month": (N_("Month"), [Choice(item, item) for item in past if item <= present]),
        "mine": (N_("Whose"), [Choice(session.person, _(N_("only projects I contact")))]),
        "show": (N_("State"), [Choice(name, _(text)) for name, text in SHOWS.items() if name]),
        "region": (N_("Region"), region_choices(session.reader())),
    }
    current = {name: getattr(screen.query_now, name) for name in kinds}

    def chosen(found: dict[str, Any]) -> None:
        wanted = found.pop("month", "") or screen.query_now.month
        screen.requery(replace(screen.query_now, **found, month=parse_month(wanted, date.max)))

    choose_in_two_steps(screen.app, N_("Filter by"), kinds, current, chosen)
