"""The indicators beside the money: problems, services, contacts, reports, elements."""

from datetime import date
from typing import Any

from zjtui.domain.contact import MECHANISMS
from zjtui.domain.element import ELEMENTS, MONEY, shown
from zjtui.domain.indicators import rate
from zjtui.domain.month import Month
from zjtui.i18n import N_, _
from zjtui.reports.amounts import decimal
from zjtui.reports.indicators import Figure
from zjtui.store.read import care
from zjtui.store.read.standings import Scope, last_day
from zjtui.usecases.session import Session


def as_of(session: Session, when: Month) -> date:
    """Return the day for which a month's figures are: a past month's as it was."""
    return min(session.today, date.fromisoformat(last_day(when.year, when.month)))


def figures(session: Session, scope: Scope, when: Month) -> list[Figure]:
    """Return how the work beside the money goes: problems, services, contacts, elements, reports."""
    reader = session.reader()
    today = as_of(session, when)
    found = _issues(care.issues(reader, scope, when.year, when.month, today))
    served = care.services(reader, scope, when.year, when.month, today, session.limits)
    section = N_("Services and contacts")
    late = _(N_("{count} running ones are late")).format(count=served["late"])
    if served["unknown"]:
        unknown = _(N_("of {count} nobody can tell: no calendar of the year yet")).format(count=served["unknown"])
        late = _(N_("list|; ")).join([late, unknown])
    found.append(
        Figure(
            "service_on_time",
            section,
            _(N_("Services decided in time")),
            served["kept_rate"],
            "%",
            str(served["kept"]),
            str(served["decided"]),
            late,
            "services",
        )
    )
    met = care.contacts(reader, scope, today)
    found.append(
        Figure(
            "coverage",
            section,
            _(N_("Projects with a main leader")),
            met["coverage"],
            "%",
            str(met["led"]),
            str(met["projects"]),
            "",
            "gaps",
        )
    )
    for name, (visited, due, value) in met["mechanisms"].items():
        label = _(N_("Contacted within the cycle: {mechanism}")).format(mechanism=MECHANISMS.label(name))
        found.append(Figure(f"visited_{name}", section, label, value, "%", str(visited), str(due), "", "gaps"))
    day = int(session.limits["report_day"])
    prompt, due = care.punctuality(reader, scope, when.year, when.month, day)
    found.append(
        Figure(
            "punctuality",
            section,
            _(N_("Reports in by day {day} of the next month")).format(day=day),
            rate(prompt, due),
            "%",
            str(prompt),
            str(due),
            "",
            "months",
        )
    )
    for element, need, secured, value in care.elements(reader, scope):
        found.append(
            Figure(
                f"element_{element}",
                N_("Elements secured"),
                ELEMENTS.label(element),
                value,
                "%",
                shown(element, secured),
                shown(element, need),
                "",
                "directory",
                (int(secured), int(need)) if element in MONEY else None,
            )
        )
    return found


def _issues(found: dict[str, Any]) -> list[Figure]:
    section = N_("Problems")
    counted, closed = str(found["counted"]), str(found["closed"])
    overdue = _(N_("{count} overdue on {day}")).format(count=found["overdue"], day=found["day"])
    median = (
        _(N_("median {days}")).format(days=decimal(found["median_days"])) if found["median_days"] is not None else ""
    )
    return [
        Figure(
            "I1", section, _(N_("I1 solved and closed")), found["solving_rate"], "%", closed, counted, overdue, "issues"
        ),
        Figure(
            "I2",
            section,
            _(N_("I2 solved in time")),
            found["on_time_rate"],
            "%",
            str(found["on_time"]),
            closed,
            "",
            "issues",
        ),
        Figure(
            "I3", section, _(N_("I3 mean days to closing")), found["mean_days"], "days", note=median, behind="issues"
        ),
        Figure(
            "reopened",
            section,
            _(N_("came back after closing")),
            found["reopened_share"],
            "%",
            str(found["reopened"]),
            counted,
            "",
            "issues",
        ),
    ]
