"""`zjtui limits`: the thresholds that the rules work with, and what counts as overtime; changed for this workspace."""

from typing import Any

from zjtui.cli import output
from zjtui.cli.parser import Call, Parser, command_parser, escaped
from zjtui.errors import UsageError
from zjtui.i18n import N_, _


def build(command: str) -> Parser:
    """Return the parser of `zjtui limits`."""
    parser = command_parser(command)
    parser.add_argument(
        "--set",
        metavar="NAME=VALUE",
        help=escaped(N_("a number for a threshold, a line (or “off”) for an overtime rule, e.g. report_day=8")),
    )
    parser.add_argument("--reset", metavar="NAME", help=escaped(N_("the shipped value again; “all” for every one")))
    parser.set_defaults(run=run_limits)
    return parser


def run_limits(call: Call, given: Any) -> int:
    """Print what is in force, or change it."""
    from zjtui.domain.limits import LIMITS, RULES
    from zjtui.domain.money import plain
    from zjtui.usecases import thresholds

    if given.set is not None or given.reset is not None:
        return _change(call, given)
    with call.reading() as session:
        held = thresholds.in_force(session)
    shipped = {**{name: plain(value) for name, value in LIMITS.items()}, **RULES}
    if call.json:
        output.print_json_array(
            {"name": name, "value": value, "shipped": shipped.get(name), "label": thresholds.label(name)}
            for name, value in held.items()
        )
        return 0
    heads = [_("Name"), _("In force"), _("Shipped"), _("What it means")]
    names = {name: thresholds.label(name) for name in held}
    rows = [[name, value or thresholds.OFF, shipped.get(name, ""), names[name]] for name, value in held.items()]
    output.print_table(heads, rows)
    return 0


def _change(call: Call, given: Any) -> int:
    """Change one value, or take the shipped ones again; what cannot be changes nothing."""
    from zjtui.usecases import thresholds

    with call.writing() as session:
        if given.reset == "all":
            session.settings.limits, session.settings.overtime = {}, {}
            session.save_settings()
        elif given.reset is not None:
            thresholds.change(session, given.reset, "")
        if given.set is not None:
            name, equals, text = given.set.partition("=")
            if not equals or not text.strip() or not name.strip():
                raise UsageError(N_("--set: write NAME=VALUE, e.g. report_day=8"))
            thresholds.change(session, name.strip(), text)
    output.say(N_("The threshold is changed"))
    return 0
