"""The green-channel ledger (绿色通道台账) with the clock: the department's days against the promise, late or not."""

from collections import Counter
from typing import Any

from zjtui.domain.service_clock import calendar_note, line
from zjtui.domain.service_codes import KINDS, STATES
from zjtui.domain.service_days import as_of
from zjtui.i18n import N_, _
from zjtui.reports import telling
from zjtui.reports.page import Page, Paragraph
from zjtui.reports.telling import Params, as_day, count
from zjtui.store.read import reporting
from zjtui.usecases.session import Session

_HEADS = (N_("County"), N_("Project"), N_("service|Item"), N_("Department"), N_("State"), N_("Accepted on"),
          N_("Due on"), N_("Decided on"), N_("Department days"), N_("Promise (days)"),
          N_("Days with the owner (calendar)"), N_("Days with third parties (calendar)"),
          N_("service|Late"))  # fmt: skip


def page(session: Session, params: Params) -> Page:
    """Return the services that ran in the days asked for, by default this year."""
    since, until = params.year(session.today)
    found = telling.begin(session, _(N_("Green-channel ledger")), params, telling.days(since, until))
    rows = []
    decided = kept = late = 0
    states = Counter[str]()
    day = min(until, session.today)
    for kept_as in reporting.services(session.reader(), params.which, since, until):
        row = as_of(kept_as, day)
        clock = line(row, day, session.limits)
        over = clock["days_left"] is not None and clock["days_left"] < 0
        judged = clock["days_left"] is not None and clock["light"] is not None
        decided += judged and bool(row["decided_on"])
        kept += judged and bool(row["decided_on"]) and not over
        late += over and not row["decided_on"]
        states[_standing(row)] += 1
        rows.append(_row(row, clock, over))
    told = N_("{count} services; {decided} with a promise were decided, {kept} of them in time, {share}; on {day} "
              "{running} are running, {late} of them late; {waiting} wait to be accepted; {ended} ended without a "
              "decision.")  # fmt: skip
    values = {"count": len(rows), "decided": decided, "kept": kept, "late": late, "day": day}
    values |= {name: states[name] for name in ("running", "waiting", "ended")}
    found.parts.append(Paragraph(_(told).format(share=telling.share(kept, decided), **values)))
    if note := calendar_note(day, session.limits):
        found.parts.append(Paragraph(str(note)))
    telling.section(found, N_("Services"), _HEADS, rows, N_("There is none."))
    found.parts.append(
        Paragraph(
            _(
                N_(
                    "The clock: days with the department from the day after acceptance, without pauses, in the days "
                    "that the promise counts (working days unless said otherwise); with others calendar days."
                )
            )
        )
    )
    return found


def _standing(row: dict[str, Any]) -> str:
    """Return how a service stands: running on the department's clock, waiting for it, ended without it, or decided."""
    if row["state"] in ("refused", "withdrawn"):
        return "ended"
    if row["decided_on"]:
        return "decided"
    return "running" if row["accepted_on"] else "waiting"


def _row(row: dict[str, Any], clock: dict[str, Any], over: bool) -> tuple[str, ...]:
    mark = clock["note"] or ""
    if clock["days_left"] is not None and clock["light"] is not None:
        mark = _(N_("{days} days late")).format(days=-clock["days_left"]) if over else _(N_("in time"))
        if clock["note"] and mark:
            mark = _(N_("{what} ({note})")).format(what=mark, note=clock["note"])
    return (
        row["county"], row["project"], KINDS.label(row["kind"]), row["dept_name"] or "", STATES.label(row["state"]),
        as_day(row["accepted_on"]), as_day(clock["due_on"]), as_day(row["decided_on"]), count(clock["used_days"]),
        count(row["promise_days"]), count(clock["owner"]), count(clock["third"]), mark,
    )  # fmt: skip
