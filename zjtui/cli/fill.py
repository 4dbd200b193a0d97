"""`zjtui fill`: workbooks of other offices, filled from the register; the ledger of what was sent to whom."""

from pathlib import Path
from typing import Any

from zjtui.cli import fill_cells, fill_rows, options, output, resolve
from zjtui.cli.parser import Call, Parser, command_parser, escaped, paging, verb_parser
from zjtui.cli.top import path_named
from zjtui.domain.report_template import PERIODS, ReportTemplate, Sent
from zjtui.errors import UsageError
from zjtui.i18n import N_
from zjtui.reports import filling, slip
from zjtui.reports.filling import Filled
from zjtui.store.read import forms as stored
from zjtui.store.read import records
from zjtui.usecases import register
from zjtui.usecases.session import Session

_VERBS = "add|list|show|set|drop|renew|write|send|sent|again|remove|rows"
_NAMED = 12  # cells named in one line


def build(command: str) -> Parser:
    """Return the parser of `zjtui fill`."""
    parser = command_parser(command)
    verbs = parser.add_subparsers(metavar=_VERBS, required=True, dest="verb")
    add = verb_parser(
        verbs, command, "add", N_("take in a workbook that is to be filled, and propose its cells"), run_add
    )
    add.add_argument("file", metavar="FILE", help=escaped(N_("an .xlsx workbook")))
    options.add_named(add, ReportTemplate, ("name", "recipient", "period", "note"), {"recipient": "to"})
    verb_parser(verbs, command, "list", N_("list the forms"), run_list)
    show = verb_parser(verbs, command, "show", N_("show a form filled for a month, cell by cell"), run_show)
    fill_cells.build(verbs, command)
    fill_rows.build(verbs, command)
    renew = verb_parser(verbs, command, "renew", N_("take a newer workbook for a form; what it means stays"), run_renew)
    renew.add_argument("form", metavar="FORM", help=escaped(N_("name or uid")))
    renew.add_argument("file", metavar="FILE", help=escaped(N_("an .xlsx workbook")))
    write = verb_parser(verbs, command, "write", N_("write the filled workbook; nothing is recorded"), run_write)
    send = verb_parser(verbs, command, "send", N_("write it with its paper slip, and record it as sent"), run_send)
    for verb in (show, write, send):
        _of_month(verb)
    for verb in (write, send):
        _to_file(verb)
    send.add_argument("--on", metavar="DAY", help=escaped(N_("the day it was sent; by default today")))
    send.add_argument("--reason", metavar="TEXT", help=escaped(N_("why figures differ from what others were told")))
    send.add_argument(
        "--incomplete", action="store_true", help=escaped(N_("send it although cells wait to be confirmed"))
    )
    ledger = verb_parser(verbs, command, "sent", N_("list what was sent to whom, the newest first"), run_sent)
    ledger.add_argument("--form", metavar="FORM", help=escaped(N_("of one form")))
    paging(ledger)
    again = verb_parser(verbs, command, "again", N_("write a file again, exactly as it was sent"), run_again)
    again.add_argument("sent", metavar="SENT", help=escaped(N_("uid of what was sent")))
    _to_file(again)
    remove = verb_parser(verbs, command, "remove", N_("take a form out; it can be undone"), run_remove)
    remove.add_argument("form", metavar="FORM", help=escaped(N_("name or uid")))
    return parser


def _of_month(parser: Any) -> None:
    parser.add_argument("form", metavar="FORM", help=escaped(N_("name or uid")))
    parser.add_argument("--month", metavar="MONTH", help=escaped(N_("by default the last one that is over")))
    parser.add_argument("--freeze", metavar="FREEZE", help=escaped(N_("figures of this freeze, not those of now")))


def _to_file(parser: Any) -> None:
    parser.add_argument("--file", metavar="FILE", required=True, help=escaped(N_("the workbook to write")))
    parser.add_argument("--over", action="store_true", help=escaped(N_("replace a file that is there")))


def run_add(call: Call, given: Any) -> int:
    """Take a workbook in."""
    from zjtui.sheets import forms

    path = path_named(given.file)
    with call.writing() as session:
        values = options.typed(given, ReportTemplate, session.today)
        if not values.get("recipient"):
            raise UsageError(N_("Whose form is it? Name the recipient with --to"))
        values = {**values, "name": values.get("name") or path.stem}
        outcome, proposal = forms.take(session, path, values)
        output.print_outcome(call, outcome, N_("Taken in: {name}"), name=values["name"])
        if call.applying:
            return 0
        if call.json:
            return 0 if proposal.cells else 1
        output.say(N_("{count} cells are understood, {doubtful} of them to be confirmed"),
                   count=len(proposal.cells), doubtful=proposal.doubtful)  # fmt: skip
        if proposal.left:
            named = ", ".join(ref for _sheet, ref in proposal.left[:_NAMED])
            output.say(
                N_("{count} cells with a number, left unchanged: {names}"), count=len(proposal.left), names=named
            )
        if not proposal.cells:
            output.say(N_("No cell is understood: say what they hold (zjtui fill set), or remove the form again"))
    return 0 if proposal.cells else 1


def run_renew(call: Call, given: Any) -> int:
    """Take a newer workbook for a form."""
    from zjtui.sheets import forms

    with call.writing() as session:
        uid = resolve.one(session.reader(), "report_template", given.form)
        outcome, doubtful = forms.renew(session, uid, path_named(given.file))
        text = N_("The newer workbook is taken; {count} cells to be confirmed")
        return output.print_outcome(call, outcome, text, count=doubtful)


def run_list(call: Call, _given: Any) -> int:
    """List the forms."""
    with call.reading() as session:
        found = [dict(record.__dict__) for record in stored.templates(session.reader())]
        empty = N_("There is no form yet. Take one in: zjtui fill add FILE.xlsx --to RECIPIENT")
        columns = ["name", "recipient", "period", "file_name"]
        if call.json:
            found = [{**row, "period_label": PERIODS.label(row["period"])} for row in found]
        return output.print_rows(call, ReportTemplate.fields(), columns, found, empty)


def run_show(call: Call, given: Any) -> int:
    """Show what each cell would be filled with, what was sent there last, and whom another figure was told."""
    with call.reading() as session:
        filled = _filled(session, given)
        return fill_cells.print_filled(call, session, filled)


def run_write(call: Call, given: Any) -> int:
    """Write the filled workbook."""
    from zjtui.sheets import forms

    with call.reading() as session:
        filled = _filled(session, given)
        written = forms.write(session, filled, _target(given), over=given.over)
    if call.json:
        output.print_json({"file": str(written.workbook), **filled.counts()})
        return 0
    output.say(N_("Written: {path}"), path=written.workbook)
    print(filling.summary(filled))
    return 0


def run_send(call: Call, given: Any) -> int:
    """Write the workbook and its slip, and record them as sent."""
    from zjtui.sheets import forms

    with call.writing() as session:
        filled = _filled(session, given)
        day = options.day(given.on, session.today) or session.today
        written = forms.send(
            session, filled, _target(given), sent_on=day, reason=given.reason or "", incomplete=given.incomplete,
            over=given.over,
        )  # fmt: skip
        assert written.outcome is not None
        if not call.json and not call.applying:
            output.say(N_("Written: {path}"), path=written.workbook)
            output.say(N_("Written: {path}"), path=written.slip)
        text = N_("Recorded as sent to {name}")
        return output.print_outcome(call, written.outcome, text, name=filled.template.recipient)


def run_sent(call: Call, given: Any) -> int:
    """List what was sent."""
    with call.reading() as session:
        reader = session.reader()
        form = resolve.one(reader, "report_template", given.form) if given.form is not None else ""
        limit = given.offset + given.limit if given.limit is not None else 10**9
        rows = [dict(record.__dict__) for record in stored.ledger(reader, form, limit)][given.offset :]
        found = records.with_names(reader, "sent", rows)
        columns = ["template_uid", "recipient", "month", "sent_on", "file_name", "reason"]
        return output.print_rows(call, Sent.fields(), columns, found, N_("Nothing was sent yet"))


def run_again(call: Call, given: Any) -> int:
    """Write a file exactly as it was sent, and show its slip."""
    from zjtui.sheets import forms

    with call.reading() as session:
        record = records.get(session.reader(), "sent", resolve.record(session.reader(), "sent", given.sent))
        written = forms.again(session, record, path_named(given.file), over=given.over)
        page = slip.of_sent(session, record)
    if call.json:
        output.print_json({"file": str(written.workbook), "sha256": record.sha256})
        return 0
    output.print_page(page)
    output.say(N_("Written: {path}"), path=written.workbook)
    return 0


def run_remove(call: Call, given: Any) -> int:
    """Take a form out."""
    with call.writing() as session:
        uid = resolve.one(session.reader(), "report_template", given.form)
        outcome = register.remove(session, "report_template", uid)
        return output.print_outcome(call, outcome, N_("Taken out; zjtui undo brings it back"))


def _filled(session: Session, given: Any) -> Filled:
    from zjtui.domain.dates import parse_month
    from zjtui.sheets import forms

    reader = session.reader()
    uid = resolve.one(reader, "report_template", given.form)
    month = parse_month(given.month, session.today) if given.month is not None else ""
    freeze = resolve.one(reader, "freeze", given.freeze) if given.freeze is not None else ""
    return forms.filled_for(session, uid, month, freeze)


def _target(given: Any) -> Path:
    path = path_named(given.file)
    return path if path.suffix else path.with_name(f"{path.name}.xlsx")
