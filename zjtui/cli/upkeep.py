"""`zjtui check`, `backup`, `restore` and `dump`: is it sound, keep a copy, go back to one, write it all out."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from zjtui.cli import output
from zjtui.cli.parser import Call, Parser, command_parser, escaped
from zjtui.errors import Locked, Msg, UsageError
from zjtui.i18n import N_, joined
from zjtui.usecases import checking, maintenance

if TYPE_CHECKING:
    from zjtui.usecases.session import Session

_SHORTEST = 8  # hex digits of a head that an earlier version printed


def build(command: str) -> Parser:
    """Return the parser of `command`."""
    parser = command_parser(command)
    if command == "check":
        parser.add_argument("file", metavar="FILE", nargs="?", help=escaped(N_("a backup; by default the workspace")))
        parser.add_argument(
            "--rebuild", action="store_true", help=escaped(N_("replay the change log and compare everything with it"))
        )
        parser.add_argument("--head", metavar="HEX", help=escaped(N_("tell whether a printed head is one of this log")))
        parser.add_argument(
            "--repair", action="store_true", help=escaped(N_("then make search index, sums and guards anew"))
        )
        parser.set_defaults(run=run_check)
    elif command == "backup":
        parser.add_argument("file", metavar="FILE", help=escaped(N_("the file to write")))
        parser.add_argument("--force", action="store_true", help=escaped(N_("replace a file that is there")))
        parser.set_defaults(run=run_backup)
    elif command == "restore":
        parser.add_argument("file", metavar="FILE", help=escaped(N_("the backup; what is there now is kept aside")))
        parser.set_defaults(run=run_restore)
    else:
        parser.add_argument(
            "--canonical", action="store_true", help=escaped(N_("in the one order that makes two dumps comparable"))
        )
        parser.set_defaults(run=run_dump)
    return parser


@contextmanager
def _looked_at(call: Call, file: str | None) -> "Iterator[Session]":
    """Open the workspace, or a backup where it lies, for reading."""
    if file is None:
        with call.reading() as session:
            yield session
        return
    from zjtui.cli.top import path_named
    from zjtui.usecases.session import view_session

    path = path_named(file)
    if not path.is_file():
        raise UsageError(N_("There is no file {path}"), path=path)
    session = view_session(path)
    try:
        yield session
    finally:
        session.close()


def run_check(call: Call, given: Any) -> int:
    """Check the workspace or a backup; it is only read, unless `--repair` is asked for."""
    from zjtui.cli.workspace import progress_line

    if given.head is not None:
        return _check_head(call, given)
    if given.repair and given.file is not None:
        raise UsageError(N_("A backup is never repaired: restore it first"))
    whole = given.rebuild or given.repair
    with progress_line(N_("Checking")) as progress:
        with _looked_at(call, given.file) as session:
            report = checking.check(session, whole=whole, progress=progress)
        repaired = bool(given.repair and report.stale) and _repair(call, report, progress)
    problems = report.problems if repaired else [*report.problems, *report.derived]
    if call.json:
        output.print_json(
            {
                "ok": not problems,
                "partial": not whole,
                "problems": [str(problem) for problem in problems],
                "records": report.records,
                "entries": report.entries,
                "head": report.head,
                "unseen": report.unseen,
                "identical": report.identical,
                "repaired": report.stale if repaired else [],
            }
        )
        return 1 if problems else 0
    _say(report, problems, repaired)
    return 1 if problems else 0


def _say(report: checking.Report, problems: list[Msg], repaired: bool) -> None:
    for problem in problems:
        output.say(N_("Problem: {problem}"), problem=problem)
    if repaired:
        output.say(N_("Made anew: {names}"), names=", ".join(report.stale))
    elif report.stale:
        output.say(N_("What is derived from the records is made anew by: zjtui check --repair"))
    if report.identical:
        output.say(N_("Replayed from the change log: all tables are identical."))
    if report.unseen:
        output.say(
            N_("Seen by nobody else (in no form sent, no backup elsewhere): {count} entries, since {day}"),
            count=report.unseen,
            day=report.unseen_since,
        )
    if problems:
        verdict = Msg(N_("{count} problems"), count=len(problems))
    elif report.skipped:
        verdict = Msg(N_("no problem in what was looked at"))
    else:
        verdict = Msg(N_("no problem"))
    summary = N_("{records} records, {entries} entries in the change log, head {head}: {verdict}")
    output.say(summary, records=report.records, entries=report.entries, head=report.head, verdict=verdict)
    if report.skipped:
        output.say(
            N_("A partial check: records only of the last {count} entries. All of it: zjtui check --rebuild"),
            count=checking.LAST,
        )


def _check_head(call: Call, given: Any) -> int:
    """Tell whether a printed head is one of this log, and how much came after it."""
    wanted = str(given.head).strip().lower()
    if len(wanted) < _SHORTEST or len(wanted) > 64 or set(wanted) - set("0123456789abcdef"):
        raise UsageError(N_("A head has {least} to 64 digits 0-9 and a-f, as it is printed"), least=_SHORTEST)
    with _looked_at(call, given.file) as session:
        entry, after = checking.head(session, wanted)
    if call.json:
        output.print_json({"head": wanted, "ok": entry is not None, "entry": entry, "after": after})
    elif entry is None:
        output.say(N_("No entry of this change log has the head {head}"), head=wanted)
    else:
        output.say(
            N_("It is entry {number} of {device}, {at}; {count} entries came after it, none before it was changed"),
            number=entry["device_seq"],
            device=entry["device"],
            at=entry["at"].replace("T", " "),
            count=after,
        )
    return 0 if entry else 1


def _repair(call: Call, report: checking.Report, progress: checking.Progress) -> bool:
    """Make what is derived anew where the workspace can be written."""
    try:
        with call.writing() as session:
            checking.repair(session, report.stale, progress)
    except Locked as locked:
        print("zjtui: " + str(locked), file=sys.stderr)
        return False
    return True


def run_backup(call: Call, given: Any) -> int:
    """Write a copy of the database, with its contents beside it; it is checked before it gets its name."""
    from zjtui.cli.top import path_named

    target = path_named(given.file)
    with call.reading() as session:
        kept = maintenance.backup(session, target, force=given.force)
    if call.json:
        output.print_json(
            {
                "file": str(target.absolute()),
                "bytes": kept.size,
                "records": kept.records,
                "entries": kept.entries,
                "contents": kept.contents,
                "content_bytes": kept.content_bytes,
                "missing": kept.missing,
                "other_disk": kept.apart,
            }
        )
    else:
        for line in kept.told():
            output.say("{line}", line=line)
    return 0


def run_restore(call: Call, given: Any) -> int:
    """Go back to a backup; what is there now is kept aside."""
    from zjtui.cli.top import path_named
    from zjtui.usecases import restoring

    found = restoring.restore(call.where(), path_named(given.file))
    if call.json:
        output.print_json({"kept": str(found.kept) if found.kept else None, "missing": found.missing})
        return 0
    output.say(N_("{folder} is as {path} has it"), folder=call.where(), path=given.file)
    if found.kept:
        output.say(N_("What was there is kept in {path}"), path=found.kept)
    if found.missing:
        output.say(N_("Attachments that are not with it: {names}"), names=joined(found.missing))
    return 0


def run_dump(call: Call, _given: Any) -> int:
    """Write every table, then the change log, one JSON object a line."""
    with call.reading() as session:
        for line in maintenance.dump(session):
            sys.stdout.write(line + "\n")
    sys.stdout.flush()
    return 0
