"""`zjtui keys`: every key of every screen, read from the one table of actions."""

from typing import Any

from zjtui.cli import output
from zjtui.cli.parser import Call, Parser, command_parser
from zjtui.i18n import _


def build(command: str) -> Parser:
    """Return the parser of `zjtui keys`."""
    parser = command_parser(command)
    parser.set_defaults(run=run_keys)
    return parser


def run_keys(call: Call, _given: Any) -> int:
    """Print the keys."""
    from zjtui.ui.actions import SCREENS, key_names

    table = [(screen, action) for screen, actions in SCREENS.items() for action in actions]
    if call.json:
        output.print_json_array(
            {
                "screen": screen,
                "action": action.name,
                "keys": action.keys.split(","),
                "label": _(action.label),
                "help": _(action.help),
            }
            for screen, action in table
        )
        return 0
    heads = [_("Screen"), _("Keys"), _("Action"), _("What it does")]
    lines = [[screen, key_names(action.keys), _(action.label), _(action.help)] for screen, action in table]
    output.print_table(heads, lines)
    return 0
