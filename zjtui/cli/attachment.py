"""`zjtui attachment list|add`."""

from typing import Any

from zjtui.cli import output, resolve
from zjtui.cli.parser import Call, Parser, command_parser, escaped, paging, verb_parser
from zjtui.domain.attachment import Attachment
from zjtui.i18n import N_
from zjtui.store.read import lists
from zjtui.usecases import attachment as usecases


def build(command: str) -> Parser:
    """Return the parser of `zjtui attachment`."""
    parser = command_parser(command)
    verbs = parser.add_subparsers(metavar="list|add", required=True, dest="verb")
    listed = verb_parser(verbs, command, "list", N_("list them, the newest first"), run_list)
    listed.add_argument("--project", metavar="PROJECT", help=escaped(N_("of one project")))
    paging(listed)
    add = verb_parser(verbs, command, "add", N_("attach a copy of a file"), run_add)
    add.add_argument("project", metavar="PROJECT", help=escaped(N_("uid, code or part of the name")))
    add.add_argument("file", metavar="FILE", help=escaped(N_("the file to attach")))
    add.add_argument("--follow-up", metavar="RECORD", help=escaped(N_("to this follow-up")))
    add.add_argument("--issue", metavar="ISSUE", help=escaped(N_("to this issue")))
    add.add_argument("--note", metavar="TEXT", help=escaped(N_("what it shows")))
    return parser


def run_list(call: Call, given: Any) -> int:
    """List attachments."""
    with call.reading() as session:
        reader = session.reader()
        project = resolve.one(reader, "project", given.project) if given.project is not None else ""
        rows = lists.everything(reader, "attachment", project, limit=given.limit, offset=given.offset)
        columns = ["project_uid", "name", "size", "added_on", "note"]
        return output.print_rows(call, Attachment.fields(), columns, rows, N_("Nothing is recorded."))


def run_add(call: Call, given: Any) -> int:
    """Attach a file."""
    with call.writing() as session:
        reader = session.reader()
        project = resolve.one(reader, "project", given.project)
        about = None
        if given.follow_up is not None:
            about = ("follow_up", resolve.record(reader, "follow_up", given.follow_up))
        elif given.issue is not None:
            about = ("issue", resolve.one(reader, "issue", given.issue))
        path = usecases.path_typed(given.file)
        outcome = usecases.add(session, project, path, about=about, note=given.note)
        return output.print_outcome(call, outcome, N_("Attached: {name}"), name=path.name)
