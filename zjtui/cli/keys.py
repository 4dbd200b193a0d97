"""`zjtui keys`: every key of every screen, read from the one table of actions; and a person's own keys."""

import sys
from typing import Any

from zjtui import config
from zjtui.cli import output
from zjtui.cli.parser import Call, Parser, command_parser, escaped
from zjtui.errors import UsageError
from zjtui.i18n import N_, _


def build(command: str) -> Parser:
    """Return the parser of `zjtui keys`."""
    parser = command_parser(command)
    parser.add_argument(
        "--set", metavar="ACTION=KEYS", help=escaped(N_("other keys for an action, e.g. projects.edit=ctrl+t,f11"))
    )
    parser.add_argument("--reset", metavar="ACTION", help=escaped(N_("the usual keys again; “all” for every action")))
    parser.set_defaults(run=run_keys)
    return parser


def run_keys(call: Call, given: Any) -> int:
    """Print the keys in force, or change them."""
    from zjtui.ui import keymaps
    from zjtui.ui.action import key_names, use_keys
    from zjtui.ui.actions import SCREENS

    if given.set is not None or given.reset is not None:
        return _change(call, given)
    held, faults = keymaps.checked(config.load_settings(call.where()).keys)
    use_keys(held)
    for fault in faults:
        print(fault, file=sys.stderr)
    table = [(screen, action) for screen, actions in SCREENS.items() for action in actions]
    if call.json:
        output.print_json_array(
            {
                "screen": screen,
                "action": action.id,
                "keys": action.pressed.split(","),
                "label": _(action.label),
                "help": _(action.help),
            }
            for screen, action in table
        )
        return 0
    heads = [_("Action"), _("Keys"), _("Name"), _("What it does")]
    lines = [[action.id, key_names(action.pressed), _(action.label), _(action.help)] for _screen, action in table]
    output.print_table(heads, lines)
    return 0


def _change(call: Call, given: Any) -> int:
    """Take other keys for an action, or the usual ones again; a map that cannot be changes nothing."""
    from zjtui.ui import keymaps

    with call.writing() as session:
        own = session.settings.keys
        if given.reset is not None:
            own = {} if given.reset == "all" else keymaps.changed(own, given.reset, "")
        if given.set is not None:
            name, equals, keys = given.set.partition("=")
            if not equals or not keys.strip():
                raise UsageError(N_("--set: write ACTION=KEYS, e.g. projects.edit=ctrl+t"))
            own = keymaps.changed(own, name.strip(), keys)
        session.settings.keys = own
        session.save_settings()
    output.say(N_("The keys are changed"))
    return 0
