"""What turns a project red, line by line, and why one is: all its red lights, not only the first."""

from collections.abc import Sequence

from zjtui.domain.lights import KINDS, Light, rule
from zjtui.i18n import N_, _
from zjtui.usecases.session import Session


def lines(session: Session) -> dict[str, str]:
    """Return for each kind of light where it turns red."""
    limits = session.limits
    return {
        "progress": str(rule(session.settings.profile, limits)),
        "start": _(N_("red more than {count} month-ends after the planned month")).format(
            count=f"{limits['start_red']:g}"
        ),
        "stat": _(N_("red {count} months after the start")).format(count=f"{limits['stat_red']:g}"),
        "issue": _(N_("red more than {late} days overdue, or blocking for more than {blocking} days")).format(
            late=f"{limits['issue_red']:g}", blocking=f"{limits['blocking_red']:g}"
        ),
        "report": _(N_("red from {count} missing months on")).format(count=f"{limits['report_red']:g}"),
    }


def reasons(judged: Sequence[Light]) -> str:
    """Return why a project is red: each red light by its kind."""
    told = (
        _(N_("light|{kind}: {why}")).format(kind=KINDS.label(light.kind), why=light.why)
        for light in judged
        if light.colour == "red"
    )
    return _(N_("list|; ")).join(told)
