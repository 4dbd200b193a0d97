"""The problem ledger (问题清单): what is open, with measure and time limit; what was struck off."""

from datetime import date
from typing import Any

from zjtui.domain.issue import late_days
from zjtui.domain.issue_codes import KINDS, LADDER, SEVERITIES, STATES
from zjtui.i18n import N_, _
from zjtui.reports import telling
from zjtui.reports.page import Page, Paragraph
from zjtui.reports.telling import Params, as_day, count
from zjtui.store.read import reporting
from zjtui.usecases.session import Session

_HEADS = (N_("No."), N_("County"), N_("Project"), N_("Problem"), N_("issue|Kind"), N_("Severity"), N_("State"),
          N_("Ladder"), N_("Lead unit"), N_("Measures"), N_("Found on"), N_("Due on"), N_("Days late"))  # fmt: skip
_LADDER = _HEADS.index(N_("Ladder"))  # left out where nothing went up
_CLOSED = (N_("No."), N_("County"), N_("Project"), N_("Problem"), N_("issue|Kind"), N_("Lead unit"), N_("Outcome"),
           N_("Found on"), N_("Due on"), N_("Closed on"), N_("Days"), N_("In time"))  # fmt: skip


def page(session: Session, params: Params) -> Page:
    """Return the ledger: open today, struck off in the days asked for (by default this year)."""
    reader, today = session.reader(), session.today
    since, until = params.year(today)
    found = telling.begin(session, _(N_("Problem ledger")), params, telling.days(since, until))
    opened = reporting.issues_open(reader, params.which)
    closed = reporting.issues_closed(reader, params.which, since, until)
    late = sum(1 for row in opened if _late(row, today))
    told = N_(
        "On {day} {open} problems are open, {late} of them late; {closed} were struck off from {since} to {until}."
    )
    found.parts.append(
        Paragraph(_(told).format(day=today, open=len(opened), late=late, closed=len(closed), since=since, until=until))
    )
    put_off = [row for row in (*opened, *closed) if row["extended_count"]]
    if put_off:
        text = _(N_("Of them {count} had their due date extended, {times} times in all."))
        times = sum(row["extended_count"] for row in put_off)
        found.parts.append(Paragraph(text.format(count=len(put_off), times=times)))
    rows = [_open(row, today) for row in opened]
    keep = [n for n in range(len(_HEADS)) if n != _LADDER or any(row["escalation"] != "L1" for row in opened)]
    heads = tuple(_HEADS[n] for n in keep)
    telling.section(
        found, N_("Open problems"), heads, [tuple(row[n] for n in keep) for row in rows], N_("None is open.")
    )
    telling.section(found, N_("Struck off"), _CLOSED, [_struck(row) for row in closed], N_("None was struck off."))
    return found


def _due(row: dict[str, Any]) -> str:
    """Return the due date, and how often it was put off from which day."""
    if not row["extended_count"]:
        return as_day(row["due_on"])
    text = _(N_("{day} (extended {count} times, first {first})"))
    return text.format(day=as_day(row["due_on"]), count=row["extended_count"], first=as_day(row["first_due_on"]))


def _late(row: dict[str, Any], today: date) -> int:
    return max(late_days(row["state"], row["due_on"], today) or 0, 0)


def _open(row: dict[str, Any], today: date) -> tuple[str, ...]:
    late = _late(row, today)
    return (
        row["no"], row["county"], row["project"], row["title_text"], KINDS.label(row["kind"]),
        SEVERITIES.label(row["severity"]), STATES.label(row["state"]), LADDER.label(row["escalation"]),
        row["lead_unit_name"] or "", row["measure"] or "", as_day(row["found_on"]), _due(row),
        count(late) if late else "",
    )  # fmt: skip


def _struck(row: dict[str, Any]) -> tuple[str, ...]:
    due, ended = row["due_on"], row["closed_on"]
    solved = row["solved_on"] or ended  # when the verifier came is not the solver's doing
    prompt = _(N_("no limit")) if due is None else _(N_("yes")) if solved <= due else _(N_("no"))
    return (
        row["no"], row["county"], row["project"], row["title_text"], KINDS.label(row["kind"]),
        row["lead_unit_name"] or "", row["outcome"] or "", as_day(row["found_on"]), _due(row), as_day(ended),
        count((ended - row["found_on"]).days), prompt,
    )  # fmt: skip
