"""`zjtui day`: what is still open today; `zjtui day close` files the drafts and makes a backup."""

from typing import Any

from zjtui.cli import output
from zjtui.cli.parser import Call, Parser, command_parser, escaped, verb_parser
from zjtui.i18n import N_, _
from zjtui.text import visible


def build(command: str) -> Parser:
    """Return the parser of `zjtui day`."""
    parser = command_parser(command)
    verbs = parser.add_subparsers(metavar="show|close", dest="verb")
    verb_parser(verbs, command, "show", N_("what is still open of the day"), run_show)
    close = verb_parser(verbs, command, "close", N_("file every valid draft, make the backup"), run_close)
    close.add_argument("--to", metavar="DIR", help=escaped(N_("folder of the backup; else that of the last one")))
    close.add_argument("--dry-run", action="store_true", help=escaped(N_("say what would be done, and do nothing")))
    parser.set_defaults(run=run_show)
    return parser


def run_show(call: Call, _given: Any) -> int:
    """Print the checks of the day."""
    from zjtui.usecases import day

    with call.writing() as session:  # drafts are rehearsed, which needs the right to write
        checks = day.checks(session)
    if call.json:
        output.print_json(
            [
                {
                    "check": check.code,
                    "count": check.count,
                    "items": [
                        {"about": item.about, "uid": item.uid, "text": item.text, "fault": item.fault}
                        for item in check.items
                    ],
                }
                for check in checks
            ]
        )
        return 0
    rows = [
        row
        for check in checks
        for row in (
            [day.CHECKS.label(check.code), str(check.count), ""],
            *(["  " + visible(item.text), "", visible(item.fault)] for item in check.items),
        )
    ]
    output.print_table([_("Check"), _("Open"), _("Why it stays")], rows, right=(1,))
    return 0


def run_close(call: Call, given: Any) -> int:
    """File the drafts and back up, or say what would be done. Ends with 1 where drafts stay."""
    from zjtui.cli.top import path_named
    from zjtui.usecases import day, filing

    with call.writing() as session:
        if given.dry_run:
            found = filing.waiting(session)
            filed, left = [item for item in found if not item.faults], [item for item in found if item.faults]
            closed = day.Closed(None, filed, left, None)
        else:
            closed = day.close(session, path_named(given.to) if given.to else day.backup_folder(session))
    if call.json:
        output.print_json(
            {
                "operation": closed.outcome.operation if closed.outcome else None,
                "filed": [item.key for item in closed.filed],
                "left": [{"key": item.key, "subject": item.subject, "faults": item.faults} for item in closed.left],
                "backup": str(closed.backup) if closed.backup else None,
            }
        )
        return 1 if closed.left else 0
    output.say(N_("{count} drafts filed"), count=len(closed.filed))
    for item in closed.left:
        output.say(N_("stays: {subject}: {why}"), subject=visible(item.subject), why=visible(filing.reason(item), 300))
    if closed.backup:
        output.say(N_("Written: {path}"), path=closed.backup)
    return 1 if closed.left else 0
