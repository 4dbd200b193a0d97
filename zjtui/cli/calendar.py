"""`zjtui calendar`: the calendars of working days that this office gave, and taking one in."""

from pathlib import Path
from typing import Any

from zjtui.cli import output
from zjtui.cli.parser import Call, Parser, command_parser, escaped, verb_parser
from zjtui.i18n import N_, _
from zjtui.usecases import work_calendar


def build(command: str) -> Parser:
    """Return the parser of `zjtui calendar`."""
    parser = command_parser(command)
    verbs = parser.add_subparsers(dest="verb", required=True)
    verb_parser(verbs, command, "list", N_("the years there is a calendar of"), run_list)
    add = verb_parser(
        verbs, command, "add", N_("take in a year: a notice, or a day and 休 or 班 in each line"), run_add
    )
    add.add_argument("file", metavar="FILE", help=escaped(N_("a text file (.txt, .csv)")))
    return parser


def run_list(call: Call, _given: Any) -> int:
    """List the years."""
    first, last = work_calendar.shipped()
    with call.reading() as session:
        found = work_calendar.years(session)
    if call.json:
        output.print_json({"shipped": [first, last], "given": [row[0] for row in found]})
        return 0
    output.say(N_("Shipped: {first} to {last}"), first=first, last=last)
    heads = [_("Year"), _("calendar|Days off"), _("calendar|Weekend days worked"), _("Source")]
    output.print_table(heads, [[str(cell) for cell in row] for row in found], right=(0, 1, 2))
    return 0


def run_add(call: Call, given: Any) -> int:
    """Take a year in."""
    with call.writing() as session:
        outcome, values = work_calendar.add(session, Path(given.file).expanduser())
        return output.print_outcome(
            call,
            outcome,
            N_("{year}: {off} days off, {worked} weekend days worked. Clocks count by it from now on."),
            year=values["year"],
            off=len(values["days_off"]),
            worked=len(values["days_worked"]),
        )
