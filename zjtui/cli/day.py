"""`zjtui day`: what is still open today; `close` files the drafts and backs up; `tomorrow` lists what comes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from zjtui.cli import output
from zjtui.cli.parser import Call, Parser, command_parser, escaped, verb_parser
from zjtui.errors import Locked
from zjtui.i18n import N_, _
from zjtui.text import visible

if TYPE_CHECKING:
    from zjtui.usecases.day import Closed
    from zjtui.usecases.session import Session


def build(command: str) -> Parser:
    """Return the parser of `zjtui day`."""
    parser = command_parser(command)
    verbs = parser.add_subparsers(metavar="show|close|tomorrow", dest="verb")
    verb_parser(verbs, command, "show", N_("what is still open of the day"), run_show)
    close = verb_parser(verbs, command, "close", N_("file every valid draft, make the backup"), run_close)
    close.add_argument("--to", metavar="DIR", help=escaped(N_("folder of the backup; else that of the last one")))
    close.add_argument("--dry-run", action="store_true", help=escaped(N_("say what would be done, and do nothing")))
    verb_parser(verbs, command, "tomorrow", N_("the planned visits and the duties of tomorrow"), run_tomorrow)
    parser.set_defaults(run=run_show)
    return parser


@contextmanager
def _trying(call: Call) -> "Iterator[Session]":
    """Open for writing, which trying the drafts needs; while the app is open, for reading: they stay untried then."""
    from contextlib import ExitStack

    with ExitStack() as stack:
        try:
            session = stack.enter_context(call.writing())
        except Locked:
            session = stack.enter_context(call.reading())
        yield session


def run_show(call: Call, _given: Any) -> int:
    """Print the checks of the day."""
    from zjtui.usecases import day

    with _trying(call) as session:
        checks, done = day.checks(session), day.done(session)
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
            [("☐ " if check.count else "☑ ") + day.CHECKS.label(check.code), f"{check.count:,}", ""],
            *(["  " + visible(item.text), "", visible(item.fault)] for item in check.items),
        )
    ]
    output.print_table([_("Check"), _("Open"), _("Why")], rows, right=(1,))
    output.say()
    output.say("{told}", told=day.told(checks, done))
    return 0


def run_close(call: Call, given: Any) -> int:
    """File the drafts and back up, or say what would be done. Ends with 1 where drafts stay or no backup was made."""
    from zjtui.cli.top import path_named
    from zjtui.cli.workspace import progress_line
    from zjtui.reports import tomorrow
    from zjtui.usecases import day, filing

    written = None
    if given.dry_run:
        with _trying(call) as session:
            found = filing.waiting(session)
        right, wrong = [item for item in found if not item.faults], [item for item in found if item.faults]
        closed = day.Closed(None, right, wrong, None)
    else:
        with call.writing() as session, progress_line(N_("Filing the drafts")) as progress:
            closed = day.close(session, path_named(given.to) if given.to else day.backup_folder(session), progress)
            written = tomorrow.write(session)
    if call.json:
        output.print_json({**_values(closed), "tomorrow": str(written) if written else None})
    else:
        _say(closed, N_("{count} drafts would be filed") if given.dry_run else N_("{count} drafts filed"))
        if written:
            output.say(N_("Written: {path}"), path=written)
    return 1 if closed.left or closed.fault else 0


def run_tomorrow(call: Call, _given: Any) -> int:
    """Print what comes tomorrow."""
    from zjtui.reports import tomorrow
    from zjtui.reports.page import Table

    with call.reading() as session:
        page, lines = tomorrow.page(session), tomorrow.lines(session)
        day = tomorrow.day_after(session)
    if call.json:
        tables = [{"heads": part.heads, "rows": part.rows} for part in page.parts if isinstance(part, Table)]
        output.print_json({"day": day.isoformat(), "title": page.title, "tables": tables})
        return 0
    for line in lines:
        print(line)
    return 0


def _values(closed: "Closed") -> dict[str, Any]:
    outcome = closed.outcome
    return {
        "operation": outcome.operation if outcome else None,
        "filed": [item.key for item in closed.filed],
        "left": [{"key": item.key, "subject": item.subject, "faults": item.faults} for item in closed.left],
        "notices": [str(notice) for notice in outcome.notices] if outcome else [],
        "backup": str(closed.backup.path) if closed.backup else None,
        "fault": str(closed.fault) if closed.fault else None,
    }


def _say(closed: "Closed", filed: str) -> None:
    from zjtui.usecases import filing

    output.say(filed, count=len(closed.filed))
    for item in closed.left:
        output.say(N_("stays: {subject}: {why}"), subject=visible(item.subject), why=visible(filing.reason(item), 300))
    for notice in closed.outcome.notices if closed.outcome else ():
        output.say(N_("Please check: {notice}"), notice=notice)
    for line in closed.backup.told() if closed.backup else ():
        output.say("{line}", line=line)
    if closed.fault:
        output.say(N_("No backup: {reason}"), reason=closed.fault)
