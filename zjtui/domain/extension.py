"""Extending a due date: an act of its own, with a reason; the first date stays, and every extension counts."""

from datetime import date

from zjtui.domain.issue import Issue
from zjtui.domain.issue_codes import GIVEN_OUT
from zjtui.errors import Refused
from zjtui.i18n import N_


def extension_refused(issue: Issue, due: date, reason: str | None) -> list[Refused]:
    """Return why the due date of an issue cannot be put off to `due`. Rules I-23 to I-25."""
    if issue.state not in GIVEN_OUT or issue.due_on is None:
        return [Refused(N_("Only a due date that somebody was given is extended"), rule="I-23", field="due_on")]
    found = []
    if due <= issue.due_on:
        text = N_("An extension goes beyond {day}; an earlier date is a correction")
        found.append(Refused(text, rule="I-25", field="due_on", day=issue.due_on))
    if not reason:
        found.append(Refused(N_("Why is it extended?"), rule="I-25", field="extend_reason"))
    return found
