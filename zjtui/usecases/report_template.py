"""Forms of other offices: taken in once, their cells put right, and what was sent in them kept in a ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from zjtui.domain.dates import parse_month
from zjtui.domain.report_template import FormCell, ReportTemplate, Sent, as_told, refs
from zjtui.errors import Refused, RefusedMany
from zjtui.i18n import N_
from zjtui.store.read import history, records
from zjtui.store.write.tx import Tx
from zjtui.usecases import attachment, freeze, register
from zjtui.usecases import records as any_record
from zjtui.usecases.session import Outcome, Session


@dataclass(frozen=True)
class Sending:
    """A form as it is sent: its figures from `freeze` (a uid), "" from the register as it stands at `head`.

    `against`: how many of its figures contradict what others were told. `left`: the cells that wait to be confirmed
    and are sent as they stand in the workbook; `incomplete`: somebody said that they may be.
    """

    template: str
    month: str
    freeze: str
    head: str
    told: Sequence[tuple[FormCell, Fraction | None]]
    against: int
    file_name: str
    content: bytes
    sent_on: date
    reason: str = ""
    left: Sequence[FormCell] = ()
    incomplete: bool = False


def add(session: Session, source: Path, values: Mapping[str, Any], cells: Sequence[FormCell]) -> Outcome:
    """Keep a copy of the workbook `source` with what its cells are filled with. Rules F-01, F-02, T-01, T-02."""

    def work(tx: Tx) -> str:
        complete = {
            "period": "month",
            **{name: value for name, value in values.items() if value not in (None, "")},
            "file_name": source.name,
            "size": size,
            "sha256": digest,
            "added_on": session.today,
            "cells": [cell.kept() for cell in cells],
        }
        record, _notices = any_record.add(tx, ReportTemplate, complete, session.today)
        return str(record.uid)

    with attachment.storing(session, source) as (digest, size):
        tx, uid = session.operate("report_template.add", work)
    return Outcome(uid, tx.operation)


def get(session: Session, uid: str) -> ReportTemplate:
    """Return a form."""
    found: ReportTemplate = records.get(session.reader(), "report_template", uid)
    return found


def change(session: Session, uid: str, changed: Sequence[FormCell], dropped: Sequence[tuple[str, str]] = ()) -> Outcome:
    """Put cells of a form right, add new ones, leave out the `dropped` places; what others are filled with stays."""
    new = {cell.place: cell for cell in changed}
    found = [new.pop(cell.place, cell) for cell in get(session, uid).form_cells if cell.place not in set(dropped)]
    cells = [*found, *new.values()]
    return register.edit(session, "report_template", uid, {"cells": [cell.kept() for cell in cells]})


def renew(session: Session, uid: str, source: Path, cells: Sequence[FormCell]) -> Outcome:
    """Keep a copy of a newer workbook for a form, with what its cells are filled with. Rules F-01, F-02, T-01, T-02."""
    with attachment.storing(session, source) as (digest, size):
        values = {"file_name": source.name, "size": size, "sha256": digest, "cells": [cell.kept() for cell in cells]}
        return register.edit(session, "report_template", uid, values)


def workbook(session: Session, template: ReportTemplate) -> Path:
    """Return where the form's own copy lies. Rule F-03."""
    return attachment.content_of(session.workspace.folder, template.sha256, template.file_name)


def file_sent(session: Session, sent: Sent) -> Path:
    """Return where the file lies exactly as it was sent. Rule F-03."""
    return attachment.content_of(session.workspace.folder, sent.sha256, sent.file_name)


def send(session: Session, sending: Sending) -> Outcome:
    """Record a form as sent, with a copy of its file; figures that are not from a freeze are frozen with it.

    Rules T-05 (figures contradict what others were told: why), T-06 (the register went on since it was filled),
    T-07 (nothing is filled), T-10 (cells wait to be confirmed).
    """
    month = parse_month(sending.month, session.today)
    template = get(session, sending.template)
    refuse(session, sending)
    freezing = None if sending.freeze else freeze.prepared(session, month, freeze_name(template, month))

    def work(tx: Tx) -> str:
        values = {
            "template_uid": template.uid,
            "recipient": template.recipient,
            "month": month,
            "sent_on": sending.sent_on,
            "freeze_uid": freezing(tx) if freezing else sending.freeze,
            "head": sending.head,
            "file_name": sending.file_name,
            "size": size,
            "sha256": digest,
            "figures": as_told(sending.told, sending.left),
            "reason": sending.reason or None,
        }
        record, _notices = any_record.add(tx, Sent, values, session.today)
        return str(record.uid)

    with attachment.keeping(session, sending.content) as (digest, size):
        tx, uid = session.operate("sent.add", work)
    return Outcome(uid, tx.operation)


def freeze_name(template: ReportTemplate, month: str) -> str:
    """Return what the freeze is called that is made when a form is sent."""
    return f"{template.name} {month}"[:100]


def refuse(session: Session, sending: Sending) -> None:
    """Refuse what cannot be recorded as sent. Rules T-05, T-06, T-07, T-10."""
    refusals = []
    if not sending.told:
        refusals.append(Refused(N_("No cell is filled: say first what the cells mean"), rule="T-07", field="cells"))
    if sending.left and not sending.incomplete:
        refusals.append(
            Refused(
                N_("{count} cells wait to be confirmed ({names}): confirm them, leave them out, or say that they stay"),
                rule="T-10",
                field="cells",
                count=len(sending.left),
                names=refs(sending.left),
            )
        )
    if sending.against and not sending.reason.strip():
        refusals.append(
            Refused(
                N_("{count} figures differ from what others were told of the same month: say why"),
                rule="T-05",
                field="reason",
                count=sending.against,
            )
        )
    if not sending.freeze and sending.head != history.head(session.reader()):
        refusals.append(
            Refused(N_("The register changed since the form was filled: fill it again"), rule="T-06", field="head")
        )
    if refusals:
        raise RefusedMany(refusals)
