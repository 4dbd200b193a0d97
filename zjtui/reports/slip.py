"""The paper that goes with a form: which figures were told to whom, from which freeze, with lines to sign."""

import hashlib
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from zjtui.domain.report_template import FormCell, Sent, refs
from zjtui.i18n import N_, _
from zjtui.reports import filling
from zjtui.reports.filling import Filled
from zjtui.reports.page import Heading, Page, Paragraph, Table
from zjtui.store.read import records
from zjtui.usecases.report_template import freeze_name
from zjtui.usecases.session import Session

_SHORT = 16  # letters of a hash


@dataclass(frozen=True)
class _Slip:
    """What stands on the paper; `against` of a figure tells whom another one was told."""

    form: str
    recipient: str
    month: str
    sent_on: date
    freeze: str
    head: str
    file_name: str
    digest: str
    reason: str
    figures: list[tuple[FormCell, Fraction | None]]
    against: list[tuple[FormCell, str]]
    left: list[FormCell]


def page(session: Session, filled: Filled, content: bytes, file_name: str, sent_on: date, reason: str) -> Page:
    """Return the slip of a form that is about to be sent."""
    template = filled.template
    told = _Slip(
        form=template.name,
        recipient=template.recipient,
        month=filled.month,
        sent_on=sent_on,
        freeze=filled.freeze.name if filled.freeze else freeze_name(template, filled.month),
        head=filled.head,
        file_name=file_name,
        digest=hashlib.sha256(content).hexdigest(),
        reason=reason,
        figures=filled.told,
        against=[(line.cell, filling.difference(line)) for line in filled.lines if line.against],
        left=filled.left,
    )
    return _page(session, told)


def of_sent(session: Session, sent: Sent) -> Page:
    """Return what was sent, as it was: nothing is looked up in the register but names."""
    reader = session.reader()
    told = _Slip(
        form=records.get(reader, "report_template", sent.template_uid).name,
        recipient=sent.recipient,
        month=sent.month,
        sent_on=sent.sent_on,
        freeze=records.get(reader, "freeze", sent.freeze_uid).name,
        head=sent.head,
        file_name=sent.file_name,
        digest=sent.sha256,
        reason=sent.reason or "",
        figures=sent.told(),
        against=[],
        left=sent.left(),
    )
    return _page(session, told)


def _page(session: Session, told: _Slip) -> Page:
    day = told.sent_on.isoformat()
    parts: list[Heading | Paragraph | Table] = [
        Paragraph(_(N_("To: {recipient}")).format(recipient=told.recipient)),
        Paragraph(
            _(N_("Form: {name}, figures up to {month}, sent on {day}")).format(
                name=told.form, month=told.month, day=day
            )
        ),
        Paragraph(_(N_("From the freeze “{name}”, change log {head}")).format(name=told.freeze, head=told.head)),
        Paragraph(_(N_("File: {name}, SHA-256 {digest}")).format(name=told.file_name, digest=told.digest[:_SHORT])),
    ]
    if told.reason:
        text = _(N_("Figures differ from what others were told, because: {reason}")).format(reason=told.reason)
        parts.append(Paragraph(text))
    parts += [Paragraph(f"{cell.ref}: {text}") for cell, text in told.against]
    if told.left:
        cells = refs(told.left, len(told.left))
        parts.append(Paragraph(_(N_("Not confirmed, left as they were in the workbook: {cells}")).format(cells=cells)))
    parts += [Heading(_(N_("Figures sent"))), _table(session, told.figures), Heading(_(N_("Signatures")))]
    for role in (N_("Filled in by"), N_("Checked by"), N_("Released by (seal)"), N_("Received by")):
        parts.append(Paragraph(_(N_("{role}: ______________    Day: ______________")).format(role=_(role))))
    foot = _(N_("Figures up to {month}, change log {head}")).format(month=told.month, head=told.head)
    return Page(_(N_("Slip: {name}")).format(name=told.form), foot, parts)


def _table(session: Session, figures: list[tuple[FormCell, Fraction | None]]) -> Table:
    cells = [cell for cell, _value in figures]
    names, several = filling.region_names(session, cells), len({cell.sheet for cell in cells}) > 1
    heads = (N_("form|Cell"), N_("form|What"), N_("form|Scope"), N_("form|Figure"))
    rows = tuple(
        (
            f"{cell.sheet}!{cell.ref}" if several else cell.ref,
            filling.query(cell),
            filling.scope(cell, names),
            filling.with_unit(cell, value),
        )
        for cell, value in figures
    )
    return Table(tuple(_(head) for head in heads), rows, (3,))
