"""`zjtui freeze`: keep a month's figures as they are told, show them, explain what changed since."""

from typing import Any

from zjtui.cli import output, resolve
from zjtui.cli.parser import Call, Parser, command_parser, escaped, verb_parser
from zjtui.domain.freeze import Freeze
from zjtui.domain.month import Month
from zjtui.i18n import N_
from zjtui.reports import frozen
from zjtui.store.read import find
from zjtui.usecases import freeze

NOW = ("now", "现在")


def build(command: str) -> Parser:
    """Return the parser of `zjtui freeze`."""
    parser = command_parser(command)
    verbs = parser.add_subparsers(metavar="add|list|show|compare", required=True, dest="verb")
    add = verb_parser(verbs, command, "add", N_("keep a month's figures under a name"), run_add)
    add.add_argument("name", metavar="NAME", help=escaped(N_("e.g. the meeting they are for")))
    add.add_argument("--month", metavar="MONTH", help=escaped(N_("by default the last one that is over")))
    verb_parser(verbs, command, "list", N_("list them, the newest first"), run_list)
    show = verb_parser(verbs, command, "show", N_("show the figures as they were frozen"), run_show)
    show.add_argument("freeze", metavar="FREEZE", help=escaped(N_("name or uid")))
    compare = verb_parser(verbs, command, "compare", N_("say what leads from one to the other"), run_compare)
    compare.add_argument("before", metavar="BEFORE", help=escaped(N_("name or uid")))
    compare.add_argument("after", metavar="AFTER", help=escaped(N_("name or uid, or “now”")))
    return parser


def run_add(call: Call, given: Any) -> int:
    """Freeze a month."""
    with call.writing() as session:
        month = given.month or str(Month.usual(session.today))
        return output.print_outcome(
            call, freeze.make(session, month, given.name), N_("Frozen: {name}"), name=given.name
        )


def run_list(call: Call, _given: Any) -> int:
    """List the freezes."""
    with call.reading() as session:
        found = [dict(record.__dict__) for record in freeze.listed(session)]
        columns = ["name", "month", "made_on", "head"]
        empty = N_("Nothing is frozen yet. Keep a month's figures: zjtui freeze add NAME")
        return output.print_rows(call, Freeze.fields(), columns, found, empty)


def run_show(call: Call, given: Any) -> int:
    """Show a freeze."""
    with call.reading() as session:
        record, figures = freeze.figures(session, resolve.one(session.reader(), "freeze", given.freeze))
    if call.json:
        output.print_json(
            {"name": record.name, "month": record.month, "head": record.head, "digest": record.digest, **figures}
        )
        return 0
    output.print_page(frozen.page(record, figures))
    return 0


def run_compare(call: Call, given: Any) -> int:
    """Explain the difference between two freezes, or between one and now."""
    with call.reading() as session:
        reader = session.reader()
        before = resolve.one(reader, "freeze", given.before)
        is_now = given.after.casefold() in NOW and not find.exact(reader, "freeze", given.after)
        after = None if is_now else resolve.one(reader, "freeze", given.after)
        found = freeze.compare(session, before, after)
    if call.json:
        output.print_json(frozen.as_json(found))
        return 0
    output.print_page(frozen.comparison(found))
    return 0
