"""`zjtui month list|set|move`."""

from typing import Any

from zjtui.cli import options, output, resolve
from zjtui.cli.parser import Call, Parser, command_parser, escaped, verb_parser
from zjtui.domain.dates import parse_month
from zjtui.domain.plan import REPORT_WORKFLOW, MonthlyReport
from zjtui.errors import Refused, UsageError
from zjtui.i18n import N_
from zjtui.store.read import months
from zjtui.usecases import month as usecases
from zjtui.usecases import register
from zjtui.usecases.session import Session

_ALIASES = {
    "invest_month": "amount",
    "progress_text": "progress",
    "progress_pct": "percent",
    "funds_month": "funds",
    "correction_reason": "reason",
}


def build(command: str) -> Parser:
    """Return the parser of `zjtui month`."""
    parser = command_parser(command)
    verbs = parser.add_subparsers(metavar="list|set|move", required=True, dest="verb")
    listed = verb_parser(verbs, command, "list", N_("list a month's reports, project by project"), run_list)
    listed.add_argument("month", metavar="MONTH", nargs="?", help=escaped(N_("e.g. 2023-09; by default this month")))
    listed.add_argument("--mine", action="store_true", help=escaped(N_("that I am in contact with")))
    listed.add_argument("--region", metavar="REGION", help=escaped(N_("in a region and all it contains")))
    listed.add_argument("--show", metavar="STATE", default="", help=", ".join(months.SHOWS[1:]))
    put = verb_parser(verbs, command, "set", N_("set a project's amount and progress of a month"), run_set)
    put.add_argument("project", metavar="PROJECT", help=escaped(N_("uid, code or part of the name")))
    put.add_argument("month", metavar="MONTH", help=escaped(N_("e.g. 2023-09; by default this month")))
    names = [name for name, field in MonthlyReport.fields().items() if field.form and name != "month"]
    options.add_named(put, MonthlyReport, names, _ALIASES)
    move = verb_parser(verbs, command, "move", N_("submit, approve or return a report"), run_move)
    move.add_argument("project", metavar="PROJECT", help=escaped(N_("uid, code or part of the name")))
    move.add_argument("month", metavar="MONTH", help=escaped(N_("e.g. 2023-09; by default this month")))
    move.add_argument("state", metavar="STATE", help=", ".join(REPORT_WORKFLOW.states))
    move.add_argument("--date", metavar="DAY", help=escaped(N_("the day of the move")))
    options.add_named(move, MonthlyReport, ["return_reason"], {"return_reason": "reason"})
    return parser


def run_list(call: Call, given: Any) -> int:
    """List a month."""
    with call.reading() as session:
        reader = session.reader()
        if given.show not in months.SHOWS:
            raise UsageError(
                N_("--show: “{value}” is not one of: {names}"), value=given.show[:40], names=", ".join(months.SHOWS[1:])
            )
        query = months.MonthQuery(
            month=_month(given.month, session) if given.month else session.today.strftime("%Y-%m"),
            mine=session.person if given.mine else "",
            region=resolve.one(reader, "region", given.region) if given.region else "",
            show=given.show,
        )
        rows = (
            {**row, "month": query.month, "rate": months.rate(row)}
            for page in output.pages(months.ids(reader, query))
            for row in months.rows(reader, page, query.month)
        )
        return output.print_rows(call, months.COLUMNS, list(months.COLUMNS), rows, N_("No project reports that month."))


def run_set(call: Call, given: Any) -> int:
    """Set a month's figures."""
    with call.writing() as session:
        project = resolve.one(session.reader(), "project", given.project)
        values = options.typed(given, MonthlyReport, session.today)
        if not values:
            raise UsageError(N_("There is nothing to change; name a field. See --help"))
        month = _month(given.month, session)
        outcome = usecases.put(session, project, month, values)
        return output.print_outcome(call, outcome, N_("Report of {month} saved."), month=month)


def run_move(call: Call, given: Any) -> int:
    """Submit, approve or return."""
    with call.writing() as session:
        reader = session.reader()
        project, month = resolve.one(reader, "project", given.project), _month(given.month, session)
        row = reader.execute(
            "SELECT uid FROM monthly_report WHERE project_uid = ? AND month = ?", (project, month)
        ).fetchone()
        if row is None:
            raise UsageError(N_("Nothing is reported for {month} yet"), month=month)
        target = REPORT_WORKFLOW.states.find(given.state)
        values = options.typed(given, MonthlyReport, session.today)
        day = options.day(given.date, session.today)
        outcome = register.move(session, "monthly_report", row["uid"], target, values, day)
        return output.print_outcome(
            call,
            outcome,
            N_("Report of {month} is now: {state}"),
            month=month,
            state=REPORT_WORKFLOW.states.label(target),
        )


def _month(text: str, session: Session) -> str:
    try:
        return parse_month(text, session.today)
    except Refused as refusal:
        raise UsageError(N_("{refusal}"), refusal=refusal) from None
