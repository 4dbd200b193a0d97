"""`zjtui follow-up list|add`."""

from typing import Any

from zjtui.cli import options, output, resolve
from zjtui.cli.parser import Call, Parser, command_parser, escaped, paging, verb_parser
from zjtui.domain.follow_up import FollowUp
from zjtui.i18n import N_
from zjtui.store.read import find, lists
from zjtui.usecases import follow_up as usecases

_ALIASES = {"findings": "note", "visit_date": "date", "next_visit": "next"}


def build(command: str) -> Parser:
    """Return the parser of `zjtui follow-up`."""
    parser = command_parser(command)
    verbs = parser.add_subparsers(metavar="list|add", required=True, dest="verb")
    listed = verb_parser(verbs, command, "list", N_("list follow-ups, the newest first"), run_list)
    listed.add_argument("--project", metavar="PROJECT", help=escaped(N_("of one project")))
    paging(listed)
    add = verb_parser(verbs, command, "add", N_("log a follow-up of a project"), run_add)
    add.add_argument("project", metavar="PROJECT", help=escaped(N_("uid, code or part of the name")))
    options.add_fields(add, FollowUp, _ALIASES)
    return parser


def run_list(call: Call, given: Any) -> int:
    """List follow-ups."""
    with call.reading() as session:
        reader = session.reader()
        project = resolve.one(reader, "project", given.project) if given.project is not None else ""
        rows = lists.everything(reader, "follow_up", project, limit=given.limit, offset=given.offset)
        columns = ["visit_date", "project_uid", "form", "people", "findings", "next_visit"]
        return output.print_rows(call, FollowUp.fields(), columns, rows, N_("No follow-up is logged."))


def run_add(call: Call, given: Any) -> int:
    """Log a follow-up."""
    with call.writing() as session:
        project = resolve.one(session.reader(), "project", given.project)
        outcome = usecases.add(session, project, options.typed(given, FollowUp, session.today))
        name = find.names(session.reader(), "project", {project}).get(project, project)
        return output.print_outcome(call, outcome, N_("Follow-up logged: {name}"), name=name)
