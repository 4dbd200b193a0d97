"""What turns a project red, line by line, and why one is: all its red lights, not only the first."""

from collections.abc import Sequence

from zjtui.domain.lights import KINDS, Light, rule
from zjtui.domain.money import plain
from zjtui.i18n import N_, _
from zjtui.usecases.session import Session


def lines(session: Session) -> dict[str, str]:
    """Return for each kind of light where it turns red."""
    limits = session.limits
    return {
        "progress": str(rule(session.settings.profile, limits)),
        "start": _(N_("red more than {count} month-ends after the planned month")).format(
            count=plain(limits["start_red"])
        ),
        "stat": _(N_("red more than {count} months after the start")).format(count=plain(limits["stat_red"])),
        "issue": _(N_("red more than {late} days overdue, or blocking for more than {blocking} days")).format(
            late=plain(limits["issue_red"]), blocking=plain(limits["blocking_red"])
        ),
        "report": _(N_("red from {count} missing months on")).format(count=plain(limits["report_red"])),
    }


def reasons(judged: Sequence[Light]) -> str:
    """Return why a project is red: each red light by its kind."""
    told = (
        _(N_("light|{kind}: {why}")).format(kind=KINDS.label(light.kind), why=light.why)
        for light in judged
        if light.colour == "red"
    )
    return _(N_("list|; ")).join(told)
