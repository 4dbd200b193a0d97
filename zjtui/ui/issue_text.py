"""What an issue's page says beside its fields: its days on the ladder, the level proposed, the re-checks due."""

from typing import TYPE_CHECKING, Any

from textual.content import Content

from zjtui.domain import escalation
from zjtui.domain.issue_codes import LADDER
from zjtui.i18n import N_, _
from zjtui.store.read import ladder
from zjtui.ui.project_text import assembled

if TYPE_CHECKING:
    from zjtui.usecases.session import Session


def extended(record: Any) -> str:
    """Return how often the due date of an issue was put off, and from which day."""
    text = _(N_("Extended {count} times, first due on {first}; last on {day}: {why}"))
    return text.format(
        count=record.extended_count, first=record.first_due_on, day=record.extended_on, why=record.extend_reason or "-"
    )


def issue_preview(session: "Session", record: Any) -> Content:
    """Return it, a line each."""
    reader, today = session.reader(), session.today
    parts: list[tuple[str, str]] = []
    for stay in ladder.levels(reader, record, today):
        until = stay["until"].isoformat() if stay["until"] else _(N_("today"))
        text = _(N_("{level}: {days} days, {since} to {until}"))
        parts += [
            (text.format(level=LADDER.label(stay["level"]), days=stay["days"], since=stay["since"], until=until), ""),
            ("\n", ""),
        ]
    if record.extended_count:
        parts += [(extended(record), ""), ("\n", "")]
    proposed = escalation.proposed(record.__dict__, today, session.limits)
    if proposed:
        parts += [(_(N_("Proposed: {level}")).format(level=LADDER.label(proposed)), "$text-warning"), ("\n", "")]
    for item in ladder.rechecks_of(reader, record, session.limits):
        if item.done_on:
            told, tone = _(N_("Re-check of {day}: done on {done}")), ""
        elif item.is_due(today):
            told, tone = _(N_("Re-check of {day}: due, nobody has been there since")), "$text-error"
        else:
            told, tone = _(N_("Re-check on {day}")), ""
        parts += [(told.format(day=item.due_on, done=item.done_on), tone), ("\n", "")]
    return assembled(parts[:-1])
