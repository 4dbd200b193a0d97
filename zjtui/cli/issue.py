"""`zjtui issue`: list, raise, change, move, merge, escalate, tick; the escalation sheet; what is in doubt."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from zjtui.cli import options, output, resolve
from zjtui.cli.parser import Call, Parser, command_parser, escaped, paging, verb_parser
from zjtui.domain.dates import parse_date
from zjtui.domain.issue import Issue
from zjtui.domain.issue_codes import KINDS, LADDER, SEVERITIES, STATES
from zjtui.errors import UsageError
from zjtui.i18n import N_
from zjtui.store.read import closing, find, issues, ladder, records
from zjtui.usecases import issue as usecases
from zjtui.usecases.session import Session

_ALIASES = {
    "title_text": "title",
    "lead_unit": "unit",
    "due_on": "due",
    "owner_person": "owner",
    "found_on": "date",
    "follow_up_uid": "follow-up",
}
_OF_MOVE = {  # option: (field, what it is)
    "reason": ("state_reason", N_("why")),
    "unit": ("lead_unit", N_("the unit that takes it on")),
    "due": ("due_on", N_("due on this day, e.g. +30")),
    "owner": ("owner_person", N_("the person in charge")),
    "resume": ("resume_on", N_("paused until this day")),
    "verifier": ("verifier", N_("who verified it: not the person in charge")),
    "document": ("evidence", N_("the document seen as proof: number or name")),
    "into": ("merged_into", N_("the issue it is merged into")),
    "measure": ("measure", N_("what is being done")),
    "outcome": ("outcome", N_("what came of it")),
}


def build(command: str) -> Parser:
    """Return the parser of `zjtui issue`."""
    parser = command_parser(command)
    verbs = parser.add_subparsers(
        metavar="list|add|set|move|merge|escalate|extend|tick|sheet|doubts|relapses", required=True, dest="verb"
    )
    listed = verb_parser(verbs, command, "list", N_("list issues across projects"), run_list)
    listed.add_argument("--project", metavar="PROJECT", help=escaped(N_("of one project")))
    listed.add_argument("--state", metavar="STATE", help=", ".join(STATES))
    listed.add_argument("--recheck", action="store_true", help=escaped(N_("only closed ones whose re-check is due")))
    listed.add_argument("--overdue", action="store_true", help=escaped(N_("only what is late")))
    listed.add_argument("--kind", metavar="KIND", help=", ".join(KINDS))
    listed.add_argument("--severity", metavar="SEVERITY", help=", ".join(SEVERITIES))
    listed.add_argument("--unit", metavar="UNIT", help=escaped(N_("with this lead unit")))
    paging(listed)
    add = verb_parser(verbs, command, "add", N_("raise an issue of a project"), run_add)
    add.add_argument("project", metavar="PROJECT", help=escaped(N_("uid, code or part of the name")))
    options.add_fields(add, Issue, _ALIASES, more=("follow_up_uid",))
    move = verb_parser(verbs, command, "move", N_("move an issue to another state"), run_move)
    move.add_argument("issue", metavar="ISSUE", help=escaped(N_("uid, number or part of the title")))
    move.add_argument("state", metavar="STATE", help=", ".join(STATES))
    _more_verbs(verbs, command)
    for option, (_field, about) in _OF_MOVE.items():
        move.add_argument(f"--{option}", metavar="VALUE", help=escaped(about))
    options.add_new(move, (Issue.fields()[field] for field, _about in _OF_MOVE.values()))
    move.add_argument(
        "--note", metavar="TEXT", help=escaped(N_("what was verified, came of it, or why: as the move asks"))
    )
    move.add_argument("--date", metavar="DAY", help=escaped(N_("the day of the move")))
    return parser


def _more_verbs(verbs: Any, command: str) -> None:
    change = verb_parser(verbs, command, "set", N_("change fields of an issue"), run_set)
    change.add_argument("issue", metavar="ISSUE", help=escaped(N_("uid, number or part of the title")))
    options.add_fields(change, Issue, _ALIASES)
    merge = verb_parser(verbs, command, "merge", N_("merge an issue into another open one"), run_merge)
    merge.add_argument("issue", metavar="ISSUE", help=escaped(N_("uid, number or part of the title")))
    merge.add_argument("into", metavar="INTO", help=escaped(N_("the issue it is merged into")))
    up = verb_parser(verbs, command, "escalate", N_("take an issue up the ladder (L1 to L4)"), run_escalate)
    up.add_argument("issue", metavar="ISSUE", help=escaped(N_("uid, number or part of the title")))
    up.add_argument("--level", metavar="LEVEL", default="", help=", ".join(LADDER))
    up.add_argument("--reason", metavar="TEXT", help=escaped(N_("why: needed to skip a level or go down")))
    up.add_argument("--date", metavar="DAY", help=escaped(N_("the day of the move")))
    more = verb_parser(
        verbs, command, "extend", N_("put off the due date of an issue; the first one stays"), run_extend
    )
    more.add_argument("issue", metavar="ISSUE", help=escaped(N_("uid, number or part of the title")))
    more.add_argument("due", metavar="DAY", help=escaped(N_("the new due date")))
    more.add_argument("--reason", metavar="TEXT", required=True, help=escaped(N_("why")))
    more.add_argument("--date", metavar="DAY", help=escaped(N_("the day on which it was extended")))
    tick = verb_parser(verbs, command, "tick", N_("say which steps are done"), run_tick)
    tick.add_argument("issue", metavar="ISSUE", help=escaped(N_("uid, number or part of the title")))
    tick.add_argument("steps", metavar="STEP", nargs="+", help=escaped(N_("as it is listed")))
    doubts = verb_parser(verbs, command, "doubts", N_("list closings that look hasty"), run_doubts)
    paging(doubts)
    sheet = verb_parser(verbs, command, "sheet", N_("make the Word file that goes up with an issue"), run_sheet)
    sheet.add_argument("issue", metavar="ISSUE", help=escaped(N_("uid, number or part of the title")))
    sheet.add_argument("--to", metavar="FILE", help=escaped(N_("where; by default in the workspace's folder reports")))
    verb_parser(verbs, command, "relapses", N_("list issues that came back soon after closing"), run_relapses)


def run_sheet(call: Call, given: Any) -> int:
    """Make the escalation sheet of an issue."""
    from zjtui.reports import evidence
    from zjtui.sheets import word
    from zjtui.usecases.attachment import path_typed

    with call.reading() as session:
        uid = resolve.one(session.reader(), "issue", given.issue)
        usual = session.workspace.folder / "reports" / evidence.name(session, uid)
        target = path_typed(given.to) if given.to is not None else usual
        path = word.write(evidence.page(session, uid), target, over=given.to is None)
    if call.json:
        output.print_json({"path": str(path)})
    else:
        output.say(N_("Written: {path}"), path=path)
    return 0


def run_relapses(call: Call, _given: Any) -> int:
    """List issues that came back in time to count against their unit."""
    with call.reading() as session:
        reader = session.reader()
        rows = [
            {**records.get(reader, "issue", item["uid"]).__dict__, **item}
            for item in ladder.relapses(reader, session.limits)
        ]
        columns = ["no", "project_uid", "title_text", "lead_unit", "closed_on", "reopened_on"]
        return output.print_rows(
            call, Issue.fields(), columns, records.with_names(reader, "issue", rows), N_("No issue came back.")
        )


def run_set(call: Call, given: Any) -> int:
    """Change fields of an issue."""
    with call.writing() as session:
        uid = resolve.one(session.reader(), "issue", given.issue)
        values = options.typed(given, Issue, session.today)
        if not values:
            raise UsageError(N_("There is nothing to change; name a field. See --help"))
        return output.print_outcome(call, usecases.edit(session, uid, values), N_("Issue saved."))


def run_merge(call: Call, given: Any) -> int:
    """Merge an issue into another one."""
    with call.writing() as session:
        reader = session.reader()
        uid, into = resolve.one(reader, "issue", given.issue), resolve.one(reader, "issue", given.into)
        return output.print_outcome(call, usecases.merge(session, uid, into), N_("Issue merged."))


def run_escalate(call: Call, given: Any) -> int:
    """Take an issue up the ladder."""
    with call.writing() as session:
        uid = resolve.one(session.reader(), "issue", given.issue)
        level = resolve.code(LADDER, "--level", given.level or None)
        outcome = usecases.escalate(session, uid, level, given.reason, options.day(given.date, session.today))
        level = records.get(session.reader(), "issue", uid).escalation
        return output.print_outcome(call, outcome, N_("Issue is now on: {level}"), level=LADDER.label(level))


def run_extend(call: Call, given: Any) -> int:
    """Put off the due date of an issue."""
    with call.writing() as session:
        uid = resolve.one(session.reader(), "issue", given.issue)
        due = parse_date(given.due, session.today)
        outcome = usecases.extend(session, uid, due, given.reason, options.day(given.date, session.today))
        record = records.get(session.reader(), "issue", uid)
        return output.print_outcome(
            call, outcome, N_("Due on {day} now, extended {count} times; it was due on {first} first"),
            day=record.due_on, count=record.extended_count, first=record.first_due_on,
        )  # fmt: skip


def run_tick(call: Call, given: Any) -> int:
    """Tick steps, beside those that are ticked already."""
    with call.writing() as session:
        uid = resolve.one(session.reader(), "issue", given.issue)
        done = records.get(session.reader(), "issue", uid).steps_done
        return output.print_outcome(call, usecases.tick(session, uid, [*done, *given.steps]), N_("Steps ticked."))


def run_doubts(call: Call, given: Any) -> int:
    """List doubtful closings."""
    with call.reading() as session:
        reader = session.reader()
        found = closing.doubtful(reader, session.limits)
        rows = []
        for uid, reasons in islice(
            found.items(), given.offset, None if given.limit is None else given.offset + given.limit
        ):
            rows.append({**records.get(reader, "issue", uid).__dict__, "doubts": reasons})
        fields = {**Issue.fields(), "doubts": closing.DOUBTS}
        columns = ["no", "project_uid", "title_text", "found_on", "solved_on", "closed_on", "doubts"]
        return output.print_rows(
            call, fields, columns, records.with_names(reader, "issue", rows), N_("No closing is in doubt.")
        )


def run_list(call: Call, given: Any) -> int:
    """List issues."""
    with call.reading() as session:
        reader = session.reader()
        state = resolve.code(STATES, "--state", given.state)
        query = issues.IssueQuery(
            show="late" if given.overdue else "recheck" if given.recheck else state,
            kind=resolve.code(KINDS, "--kind", given.kind),
            severity=resolve.code(SEVERITIES, "--severity", given.severity),
            project=resolve.one(reader, "project", given.project) if given.project is not None else "",
            unit=resolve.one(reader, "org", given.unit) if given.unit is not None else "",
        )
        columns = [name for name, field in issues.COLUMNS.items() if name != "uid" and (call.json or field.listed)]
        stop = None if given.limit is None else given.offset + given.limit
        rows = islice(_rows(session, query, columns, state), given.offset, stop)
        return output.print_rows(call, issues.COLUMNS, columns, rows, N_("No issue fits."))


def _rows(session: Session, query: issues.IssueQuery, columns: list[str], state: str) -> Iterator[dict[str, Any]]:
    reader = session.reader()
    for page in output.pages(issues.ids(reader, query, session.today, limits=session.limits)):
        found = issues.rows(reader, page, columns, session.today, session.limits)
        for row in records.with_names(reader, "issue", found):
            if not state or row["state"] == state:
                yield row


def run_add(call: Call, given: Any) -> int:
    """Raise an issue."""
    with call.writing() as session:
        project = resolve.one(session.reader(), "project", given.project)
        outcome = usecases.add(session, project, options.typed(given, Issue, session.today))
        number = records.get(session.reader(), "issue", outcome.uid).no
        return output.print_outcome(call, outcome, N_("Issue raised: {number}"), number=number)


def run_move(call: Call, given: Any) -> int:
    """Move an issue."""
    with call.writing() as session:
        reader = session.reader()
        uid = resolve.one(reader, "issue", given.issue)
        target = STATES.find(given.state)
        texts = {field: text for name, (field, _) in _OF_MOVE.items() if (text := getattr(given, name)) is not None}
        if given.note is not None:
            texts.setdefault(_note_field(records.get(reader, "issue", uid).state, target), given.note)
        values = options.said_new(given, Issue.fields(), options.values(texts, Issue.fields(), session.today))
        outcome = usecases.move(session, uid, target, values, options.day(given.date, session.today))
        number = records.get(session.reader(), "issue", uid).no
        name = find.names(session.reader(), "issue", {uid}).get(uid, "")
        return output.print_outcome(
            call,
            outcome,
            N_("Issue {number} “{name}” is now: {state}"),
            number=number,
            name=name,
            state=STATES.label(target),
        )


def _note_field(source: str, target: str) -> str:
    """Return the field that a free note fills in a move."""
    if target == "closed" or (source, target) == ("solved", "doing"):
        return "verify_note"
    return "outcome" if target == "solved" else "state_reason"
