"""The evidence sheet of an issue that goes up the ladder (提级材料): what is asked, by when, and all that led there."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from zjtui.domain import escalation
from zjtui.domain.issue import Issue, late_days
from zjtui.domain.issue_closing import open_steps
from zjtui.domain.issue_codes import LADDER
from zjtui.domain.show import label, show
from zjtui.i18n import N_, _, joined
from zjtui.reports.page import Heading, Page, Paragraph, Table
from zjtui.reports.telling import proof
from zjtui.store.read import ladder, records
from zjtui.usecases.session import Session

_HEAD = ("no", "project_uid", "kind", "severity", "state", "lead_unit", "owner_person", "found_on", "due_on")


def page(session: Session, uid: str) -> Page:
    """Return the sheet of one issue."""
    reader, today = session.reader(), session.today
    record: Issue = records.get(reader, "issue", uid)
    row = records.with_names(reader, "issue", [dict(record.__dict__)])[0]
    sheet = Page(
        title=_(N_("Escalation sheet: {title}")).format(title=record.title_text),
        footer=_(N_("As of {day}")).format(day=today.isoformat()),
        proof=proof(reader),
    )
    fields = Issue.fields()
    pairs = [(label(fields[name]), str(row.get(f"{name}_name") or show(fields[name], row[name]))) for name in _HEAD]
    sheet.parts.append(Table((_(N_("Item")), _(N_("Content"))), tuple(pair for pair in pairs if pair[1])))
    _asked(sheet, record, today, session.limits)
    _levels(sheet, ladder.levels(reader, record, today))
    sheet.parts.append(Heading(_(N_("How it came along"))))
    sheet.parts += [
        Paragraph(" ".join(part for part in (day.isoformat(), who, str(what)) if part))
        for day, who, what in ladder.story(reader, record)
    ]
    _tried(sheet, record)
    _visits(sheet, session, record)
    return sheet


def _asked(sheet: Page, record: Issue, today: date, limits: Mapping[str, float]) -> None:
    proposed = escalation.proposed(record.__dict__, today, limits)
    target = proposed or escalation.next_level(record.__dict__, today, limits)
    late = late_days(record.state, record.due_on, today)
    sheet.parts.append(Heading(_(N_("What is asked"))))
    asked = _(N_("Settled on {level}, now on {now}.")).format(
        level=LADDER.label(target), now=LADDER.label(record.escalation)
    )
    if record.due_on:
        asked += _(N_(" It was due on {day}.")).format(day=record.due_on.isoformat())
    if late is not None and late > 0:
        asked += _(N_(" It is {days} days late.")).format(days=late)
    if proposed:
        asked += _(N_(" The rule proposes this level."))
    if left := open_steps(record.__dict__):
        asked += _(N_(" Still to be done: {steps}.")).format(steps=joined(left))
    sheet.parts.append(Paragraph(asked))
    if record.detail:
        sheet.parts.append(Paragraph(record.detail))


def _levels(sheet: Page, stays: list[dict[str, Any]]) -> None:
    heads = (_(N_("Level")), _(N_("Since")), _(N_("evidence|Until")), _(N_("Days")), _(N_("Reason")))
    rows = tuple(
        (
            LADDER.label(stay["level"]),
            stay["since"].isoformat(),
            stay["until"].isoformat() if stay["until"] else _(N_("today")),
            str(stay["days"]),
            stay["reason"] or "",
        )
        for stay in stays
    )
    sheet.parts += [Heading(_(N_("Days on each level"))), Table(heads, rows, right=(3,))]


def _tried(sheet: Page, record: Issue) -> None:
    """Say what was tried, and how often it was sent back."""
    sheet.parts.append(Heading(_(N_("What was tried"))))
    told = [record.measure, record.outcome]
    told += [_(N_("Done: {step}")).format(step=step) for step in record.steps_done]
    if record.bounced_count:
        told.append(_(N_("Sent back {count} times.")).format(count=record.bounced_count))
    if record.reopened_count:
        told.append(_(N_("Came back after closing {count} times.")).format(count=record.reopened_count))
    found = [text for text in told if text]
    sheet.parts += [Paragraph(text) for text in found] or [Paragraph(_(N_("Nothing is noted.")))]


def _visits(sheet: Page, session: Session, record: Issue) -> None:
    """List the project's follow-ups since the issue was found."""
    rows = records.of_project(session.reader(), "follow_up", record.project_uid, 100)
    rows = [row for row in rows if row["visit_date"] >= record.found_on or row["uid"] == record.follow_up_uid]
    if not rows:
        return
    heads = (_(N_("Day")), _(N_("evidence|Who")), _(N_("Findings")))
    lines = tuple(
        (row["visit_date"].isoformat(), str(row.get("people_name") or row["units"] or ""), row["findings"])
        for row in sorted(rows, key=lambda row: row["visit_date"])
    )
    sheet.parts += [Heading(_(N_("Follow-ups of the project since"))), Table(heads, lines)]


def name(session: Session, uid: str) -> str:
    """Return a file name for the sheet: the issue's number, the level asked for, the day."""
    record = records.get(session.reader(), "issue", uid)
    number = "".join(char if char.isalnum() or char in "-_" else "-" for char in record.no)
    word = _(N_("escalation"))
    return f"{word}-{number}-{session.today.isoformat()}.docx"
