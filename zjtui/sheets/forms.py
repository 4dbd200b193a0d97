"""Forms of other offices from a file to a file: taken in with a proposal, filled, written, recorded as sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from zjtui.domain.report_template import FormCell, ReportTemplate, Sent, usual_month
from zjtui.errors import Refused
from zjtui.files import sync_file
from zjtui.i18n import N_
from zjtui.reports import filling, slip
from zjtui.reports.filling import Filled
from zjtui.sheets import form_guess, form_write
from zjtui.sheets import template as word
from zjtui.sheets.form_file import FormFile, open_form
from zjtui.sheets.form_guess import Proposal, propose
from zjtui.sheets.target import placing, put
from zjtui.usecases import freeze, report_template
from zjtui.usecases.report_template import Sending
from zjtui.usecases.session import Outcome, Session

SLIP = "slip"  # the name of its Word template


@dataclass(frozen=True)
class Written:
    """What was written where; `outcome` where it was recorded as sent."""

    workbook: Path
    slip: Path | None = None
    outcome: Outcome | None = None


def take(session: Session, path: Path, values: Mapping[str, Any]) -> tuple[Outcome, Proposal]:
    """Take in a workbook that is to be filled; return what was proposed for its cells."""
    form = open_form(path)
    proposal = propose(form, session.reader(), session.today.year)
    outcome = report_template.add(session, path, values, proposal.cells)
    return Outcome(outcome.uid, outcome.operation, [*outcome.notices, *form.notices]), proposal


def renew(session: Session, uid: str, path: Path) -> tuple[Outcome, int]:
    """Take a newer workbook for a form; return how many of its cells have to be confirmed.

    Where the labels say what they said before, what a person made of a cell stands. Where they say something else it is
    put in doubt, and a cell that is gone or holds a formula now is left out.
    """
    template = report_template.get(session, uid)
    form, reader = open_form(path), session.reader()
    new = {cell.place: cell for cell in propose(form, reader, session.today.year).cells}
    old = {cell.place: cell for cell in propose(opened(session, template), reader, session.today.year).cells}
    kept = [_renewed(cell, old.get(cell.place), new.get(cell.place)) for cell in template.form_cells
            if cell.query != "period" and form.holds(*cell.place)]  # fmt: skip
    known = {cell.place for cell in template.form_cells if cell.query != "period"}
    more = [cell for place, cell in new.items() if place not in known and (place not in old or cell.query == "period")]
    cells = [*kept, *more]
    return report_template.renew(session, uid, path, cells), sum(not cell.sure for cell in cells)


def _renewed(cell: FormCell, old: FormCell | None, new: FormCell | None) -> FormCell:
    """Return a cell of the newer workbook: as it was where its labels are, else as they say now, to be confirmed."""
    if new == old or (new is not None and (new.key, new.unit) == (cell.key, cell.unit)):
        return cell
    return replace(new or cell, sure=False)


def opened(session: Session, template: ReportTemplate) -> FormFile:
    """Return the form's own workbook."""
    return open_form(report_template.workbook(session, template), template.file_name)


def asked(session: Session, template: ReportTemplate, cells: Sequence[FormCell], query: str) -> list[FormCell]:
    """Return cells with a query that a person gave; new ones of the projects and the month that their labels name."""
    return form_guess.asked(opened(session, template), session.reader(), session.today.year, cells, query)


def content(session: Session, filled: Filled) -> bytes:
    """Return the filled workbook."""
    return form_write.filled(report_template.workbook(session, filled.template), filled.values)


def file_name(filled: Filled) -> str:
    """Return what the filled workbook is called: the form's name, its month, and what kind of file it is."""
    name = "".join("_" if char in '\\/:*?"<>|' or ord(char) < 32 else char for char in filled.template.name)
    suffix = Path(filled.template.file_name).suffix.lower()
    return f"{name}-{filled.month}{suffix if suffix in ('.xlsx', '.xlsm') else '.xlsx'}"


def write(session: Session, filled: Filled, target: Path, *, over: bool = False) -> Written:
    """Write the filled workbook to `target`, whole or not at all; nothing is recorded. Rules X-01, X-02."""
    return Written(put(content(session, filled), target, over=over))


def send(
    session: Session,
    filled: Filled,
    target: Path,
    *,
    sent_on: date,
    reason: str = "",
    incomplete: bool = False,
    over: bool = False,
) -> Written:
    """Write the filled workbook and its paper slip beside it, and record it as sent.

    Cells that wait to be confirmed are sent as they stand only where it may be `incomplete`.
    Both files are on the disk under other names before it is recorded, and get their own once it is.
    """
    made = content(session, filled)
    reason = reason if filled.counts()["against"] else ""  # of nothing there is no reason
    sending = replace(_sending(filled, made, target.name, sent_on, reason), incomplete=incomplete)
    report_template.refuse(session, sending)
    paper = target.with_name(f"{target.stem}-slip.docx")
    page = slip.page(session, filled, made, target.name, sent_on, reason)
    with placing(target, over=over) as workbook, placing(paper, over=over) as printed:
        workbook.write_bytes(made)
        printed.write_bytes(word.filled(page, word.chosen(session.workspace.folder / "templates", SLIP)))
        for written in (workbook, printed):
            sync_file(written)
        outcome = report_template.send(session, sending)  # the two files then only get their names
    return Written(target.absolute(), paper.absolute(), outcome)


def again(session: Session, sent: Sent, target: Path, *, over: bool = False) -> Written:
    """Write the file of a form exactly as it was sent."""
    return Written(put(report_template.file_sent(session, sent).read_bytes(), target, over=over))


def _sending(filled: Filled, made: bytes, name: str, sent_on: date, reason: str) -> Sending:
    return Sending(
        filled.template.uid,
        filled.month,
        filled.freeze.uid if filled.freeze else "",
        filled.head,
        filled.told,
        filled.counts()["against"],
        name,
        made,
        sent_on,
        reason,
        filled.left,
    )


def filled_for(session: Session, uid: str, month: str = "", freeze_uid: str = "", watch: Any = None) -> Filled:
    """Return a form filled for a month, by default the last one that is over; from a freeze where one is named."""
    template = report_template.get(session, uid)
    record = freeze.figures(session, freeze_uid)[0] if freeze_uid else None
    wanted = month or (record.month if record else usual_month(template.period, session.today))
    if record and record.month != wanted:
        raise Refused(
            N_("“{name}” is a freeze of {month}, not of {wanted}"), rule="T-08", name=record.name,
            month=record.month, wanted=wanted,
        )  # fmt: skip
    return filling.make(session, template, wanted, record, watch)
