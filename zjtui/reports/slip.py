"""The paper that goes with a form: which figures were told to whom, from which freeze, with lines to sign."""

import hashlib
from datetime import date
from fractions import Fraction

from zjtui.domain.report_template import FormCell, Sent
from zjtui.i18n import N_, _
from zjtui.reports import filling
from zjtui.reports.filling import Filled
from zjtui.reports.page import Heading, Page, Paragraph, Table
from zjtui.store.read import records
from zjtui.usecases.report_template import freeze_name
from zjtui.usecases.session import Session

_SHORT = 16  # letters of a hash


def page(session: Session, filled: Filled, content: bytes, file_name: str, sent_on: date, reason: str) -> Page:
    """Return the slip of a form that is about to be sent."""
    name = filled.freeze.name if filled.freeze else freeze_name(filled.template, filled.month)
    told = [(line.cell, line.value, filling.difference(line)) for line in filled.lines if line.filled and not line.text]
    return _page(
        session,
        filled.template.name,
        filled.template.recipient,
        (filled.month, sent_on, name, filled.head),
        (file_name, hashlib.sha256(content).hexdigest()),
        told,
        reason,
    )


def of_sent(session: Session, sent: Sent) -> Page:
    """Return what was sent, as it was: nothing is looked up in the register but names."""
    reader = session.reader()
    template = records.get(reader, "report_template", sent.template_uid)
    frozen = records.get(reader, "freeze", sent.freeze_uid)
    return _page(
        session,
        template.name,
        sent.recipient,
        (sent.month, sent.sent_on, frozen.name, sent.head),
        (sent.file_name, sent.sha256),
        [(cell, value, "") for cell, value in sent.told()],
        sent.reason or "",
    )


def _page(
    session: Session,
    name: str,
    recipient: str,
    known: tuple[str, date, str, str],
    file: tuple[str, str],
    told: list[tuple[FormCell, Fraction | None, str]],
    reason: str,
) -> Page:
    month, sent_on, frozen, head = known
    names = filling.region_names(session, [cell for cell, _value, _against in told])
    parts: list[Heading | Paragraph | Table] = [
        Paragraph(_(N_("To: {recipient}")).format(recipient=recipient)),
        Paragraph(
            _(N_("Form: {name}, figures up to {month}, sent on {day}")).format(
                name=name, month=month, day=sent_on.isoformat()
            )
        ),
        Paragraph(_(N_("From the freeze “{name}”, change log {head}")).format(name=frozen, head=head)),
        Paragraph(_(N_("File: {name}, SHA-256 {digest}")).format(name=file[0], digest=file[1][:_SHORT])),
    ]
    against = [(cell, text) for cell, _value, text in told if text]
    if reason:
        parts.append(
            Paragraph(_(N_("Figures differ from what others were told, because: {reason}")).format(reason=reason))
        )
    parts += [Paragraph(f"{cell.ref}: {text}") for cell, text in against]
    parts.append(Heading(_(N_("Figures sent"))))
    heads = (N_("form|Cell"), N_("form|What"), N_("form|Of what"), N_("form|Figure"))
    several = len({cell.sheet for cell, _value, _text in told}) > 1
    rows = tuple(
        (
            f"{cell.sheet}!{cell.ref}" if several else cell.ref,
            filling.query(cell),
            filling.scope(cell, names),
            filling.with_unit(cell, value),
        )
        for cell, value, _text in told
    )
    parts.append(Table(tuple(_(head) for head in heads), rows, (3,)))
    parts.append(Heading(_(N_("Signatures"))))
    for role in (N_("Filled in by"), N_("Checked by"), N_("Released by (seal)"), N_("Received by")):
        parts.append(Paragraph(_(N_("{role}: ______________    Day: ______________")).format(role=_(role))))
    foot = _(N_("Figures up to {month}, change log {head}")).format(month=month, head=head)
    return Page(_(N_("Slip: {name}")).format(name=name), foot, parts)
