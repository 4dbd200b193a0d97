"""`zjtui report`: the reports of the office, printed or written as Word, Excel and Markdown files."""

from typing import Any

from zjtui.cli import output, resolve
from zjtui.cli.parser import Call, Parser, command_parser, escaped, shortened
from zjtui.cli.top import path_named
from zjtui.domain.dates import parse_date, parse_month
from zjtui.domain.month import Month
from zjtui.errors import UsageError
from zjtui.i18n import N_, _
from zjtui.reports.page import Number, Page, Paragraph, Table
from zjtui.reports.registry import REPORTS
from zjtui.reports.telling import Params
from zjtui.usecases.session import Session

TEMPLATE = "template"
_OPTIONS = {"since": "days", "until": "days", "month": "month", "region": "region", "project": "project",
            "of": "person"}  # fmt: skip


def build(command: str) -> Parser:
    """Return the parser of `zjtui report`."""
    parser = command_parser(command)
    parser.add_argument("name", metavar="REPORT", nargs="?", help=f"{', '.join(REPORTS)}, {TEMPLATE}")
    parser.add_argument("--month", metavar="MONTH", help=escaped(N_("by default the last one that is over")))
    parser.add_argument("--since", metavar="DAY", help=escaped(N_("from this day on")))
    parser.add_argument("--until", metavar="DAY", help=escaped(N_("up to this day")))
    parser.add_argument("--region", metavar="REGION", help=escaped(N_("a region with all it contains")))
    parser.add_argument("--project", metavar="PROJECT", help=escaped(N_("code, name, part of a name, or uid")))
    parser.add_argument("--of", metavar="NAME", help=escaped(N_("only the projects this person contacts")))
    parser.add_argument("--file", metavar="FILE", help=escaped(N_("write it to this .docx, .xlsx or .md file")))
    parser.add_argument("--over", action="store_true", help=escaped(N_("replace a file that is there")))
    parser.set_defaults(run=run_report)
    return parser


def run_report(call: Call, given: Any) -> int:
    """List the reports, or make one."""
    if given.name is None:
        return _list(call)
    if given.name == TEMPLATE:
        return _template(call, given)
    code = _code(given.name)
    for option, kind in _OPTIONS.items():
        if getattr(given, option) is not None and not {kind, option} & {*REPORTS[code].asks}:
            raise UsageError(N_("{name} takes no --{option}"), name=code, option=option)
    with call.reading() as session:
        page = REPORTS[code].make(session, _params(session, code, given))
        written = _write(session, code, page, given) if given.file is not None else None
    if call.json:
        output.print_json({**as_json(page), "file": str(written) if written else None})
    elif written:
        output.say(N_("Written: {path}"), path=written)
    else:
        output.print_page(page)
    return 0


def as_json(page: Page) -> dict[str, Any]:
    """Return a page as plain data; a cell that is a number as {text, value, unit}."""
    return {
        "title": page.title,
        "scope": page.scope,
        "footer": page.foot,
        "texts": [part.text for part in page.parts if isinstance(part, Paragraph)],
        "tables": [
            {"heads": part.heads, "rows": [[_cell(cell) for cell in row] for row in part.rows]}
            for part in page.parts
            if isinstance(part, Table)
        ],
    }


def _cell(cell: str) -> Any:
    if isinstance(cell, Number):
        value = cell.value if isinstance(cell.value, int) else float(cell.value)
        return {"text": str(cell), "value": value, "unit": cell.unit}
    return cell


def _write(session: Session, code: str, page: Page, given: Any) -> Any:
    from zjtui.sheets import files

    return files.write(page, path_named(given.file), code, session.workspace.folder / "templates", over=given.over)


def _list(call: Call) -> int:
    if call.json:
        output.print_json(
            [
                {"report": code, "label": _(report.label), "about": _(report.about), "asks": report.asks}
                for code, report in REPORTS.items()
            ]
        )
        return 0
    rows = [[code, _(report.label), _(report.about)] for code, report in REPORTS.items()]
    output.print_table([_(N_("report|Report")), _(N_("Name")), _(N_("About"))], rows, widest=100)
    return 0


def _template(call: Call, given: Any) -> int:
    """Write the product's own template, to be changed and kept in the workspace's folder of templates."""
    from zjtui.sheets import template

    if given.file is None:
        raise UsageError(N_("report template: name the file with --file FILE.docx"))
    path = template.write_own(path_named(given.file), over=given.over)
    if call.json:
        output.print_json({"file": str(path)})
        return 0
    output.say(N_("Written: {path}"), path=path)
    output.say(N_("Change it in Word and keep it as templates/report.docx in the workspace, or templates/REPORT.docx"))
    return 0


def _code(text: str) -> str:
    if text in REPORTS:
        return text
    found = next((code for code, report in REPORTS.items() if text.casefold() == _(report.label).casefold()), "")
    if not found:
        raise UsageError(
            N_("There is no report “{name}”. There are: {names}"), name=shortened(text), names=", ".join(REPORTS)
        )
    return found


def _params(session: Session, code: str, given: Any) -> Params:
    reader, today = session.reader(), session.today
    since = parse_date(given.since, today) if given.since is not None else None
    until = parse_date(given.until, today) if given.until is not None else None
    if since and until and until < since:
        raise UsageError(N_("--until lies before --since"))
    if REPORTS[code].asks[0] == "project" and given.project is None:
        raise UsageError(N_("{name}: name the project with --project"), name=code)
    return Params(
        since,
        until,
        Month.of(parse_month(given.month, today)) if given.month is not None else None,
        resolve.one(reader, "region", given.region) if given.region is not None else "",
        resolve.one(reader, "project", given.project) if given.project is not None else "",
        resolve.one(reader, "person", given.of) if given.of is not None else "",
    )
