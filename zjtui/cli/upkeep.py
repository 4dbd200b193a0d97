"""`zjtui check`, `backup` and `dump`: is it sound, keep a copy, write it all out."""

import sys
from typing import Any

from zjtui.cli import output
from zjtui.cli.parser import Call, Parser, command_parser, escaped
from zjtui.errors import Locked
from zjtui.i18n import N_
from zjtui.usecases import maintenance


def build(command: str) -> Parser:
    """Return the parser of `command`."""
    parser = command_parser(command)
    if command == "check":
        parser.add_argument(
            "--rebuild", action="store_true", help=escaped(N_("replay the change log and compare every record"))
        )
        parser.set_defaults(run=run_check)
    elif command == "backup":
        parser.add_argument("file", metavar="FILE", help=escaped(N_("the file to write")))
        parser.add_argument("--force", action="store_true", help=escaped(N_("replace a file that is there")))
        parser.set_defaults(run=run_backup)
    else:
        parser.add_argument(
            "--canonical", action="store_true", help=escaped(N_("in the one order that makes two dumps comparable"))
        )
        parser.set_defaults(run=run_dump)
    return parser


def run_check(call: Call, given: Any) -> int:
    """Check the workspace; it is only read, unless a search index has to be made anew."""
    from zjtui.cli.workspace import progress_line

    with progress_line(N_("Checking")) as progress:
        with call.reading() as session:
            report = maintenance.check(session, rebuild=given.rebuild, progress=progress)
        repaired = bool(given.rebuild and report.stale) and _reindex(call, report, progress)
    problems = report.problems if repaired else [*report.problems, *report.index_problems]
    if call.json:
        output.print_json(
            {
                "ok": not problems,
                "problems": [str(problem) for problem in problems],
                "records": report.records,
                "entries": report.entries,
                "identical": report.identical,
                "reindexed": report.stale if repaired else [],
            }
        )
        return 1 if problems else 0
    for problem in problems:
        output.say(N_("Problem: {problem}"), problem=problem)
    if repaired:
        output.say(N_("The search index was made anew: {tables}"), tables=", ".join(report.stale))
    if report.identical:
        output.say(N_("Replayed from the change log: all tables are identical."))
    summary = N_("{records} records, {entries} entries in the change log: {verdict}")
    verdict = maintenance.verdict(len(problems))
    output.say(summary, records=report.records, entries=report.entries, verdict=verdict)
    return 1 if problems else 0


def _reindex(call: Call, report: maintenance.Report, progress: maintenance.Progress) -> bool:
    """Make the search index anew where the workspace can be written."""
    try:
        with call.writing() as session:
            maintenance.reindex(session, report.stale, progress)
    except Locked as locked:
        print("zjtui: " + str(locked), file=sys.stderr)
        return False
    return True


def run_backup(call: Call, given: Any) -> int:
    """Write a copy of the database that is checked before it gets its name."""
    from zjtui.cli.top import path_named

    target = path_named(given.file)
    with call.reading() as session:
        size = maintenance.backup(session, target, force=given.force)
    if call.json:
        output.print_json({"file": str(target.absolute()), "bytes": size})
    else:
        output.say(N_("Backup written and checked: {path} ({size} bytes)"), path=target, size=size)
    return 0


def run_dump(call: Call, _given: Any) -> int:
    """Write every table, then the change log, one JSON object a line."""
    with call.reading() as session:
        for line in maintenance.dump(session):
            sys.stdout.write(line + "\n")
    sys.stdout.flush()
    return 0
