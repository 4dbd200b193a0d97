"""`zjtui export KIND FILE`: a list as a workbook, CSV, JSON or Markdown; `zjtui template KIND FILE`: one to fill in."""

from pathlib import Path
from typing import Any

from zjtui.cli import options, output, resolve
from zjtui.cli.parser import Call, Parser, command_parser, escaped
from zjtui.cli.project import list_options, query_of
from zjtui.errors import UsageError
from zjtui.i18n import N_, _
from zjtui.store.read import find, lists, projects

_KINDS = (
    "project", "annual_plan", "monthly_report", "contact", "follow_up", "issue", "service", "element_need", "policy",
    "policy_match", "promise", "org", "person",
)  # fmt: skip


def build(command: str) -> Parser:
    """Return the parser of `zjtui export` or of `zjtui template`."""
    from zjtui.sheets.columns import KINDS

    parser = command_parser(command)
    kinds = list(KINDS) if command == "template" else list(_KINDS)
    parser.add_argument("kind", metavar="KIND", choices=kinds, help=", ".join(kinds))
    parser.add_argument("file", metavar="FILE", help=escaped(N_("the new file: .xlsx; a list also .csv .json .md")))
    parser.add_argument("--over", action="store_true", help=escaped(N_("write over a file that is there already")))
    if command == "template":
        parser.set_defaults(run=run_template)
        return parser
    list_options(parser)
    parser.add_argument("--project", metavar="PROJECT", help=escaped(N_("what hangs on this project alone")))
    parser.set_defaults(run=run_export)
    return parser


def run_export(call: Call, given: Any) -> int:
    """Write a list; the filters are those of `zjtui project list`, for what hangs on projects too."""
    from zjtui.sheets.export import export

    with call.reading() as session:
        reader = session.reader()
        if given.kind in ("org", "person", "policy"):
            uids = lists.all_uids(reader, given.kind)
        else:
            query = query_of(session, given)
            limit = -1 if given.limit is None else given.limit + given.offset
            numbers = projects.ids(reader, query, session.today.year, limit)[given.offset :]
            owners = find.uids(reader, "project", numbers)
            if given.project:
                owners = [resolve.one(reader, "project", given.project)]
            uids = owners if given.kind == "project" else lists.hanging_uids(reader, given.kind, owners)
        columns = [
            options.known(projects.COLUMNS, part, "--columns") for part in (given.columns or "").split(",") if part
        ]
        where = export(session, given.kind, uids, Path(given.file), columns, over=given.over)
    if call.json:
        output.print_json({"file": str(where), "rows": len(uids)})
    else:
        output.say("{told}", told=_("{count} rows written: {path}").format(count=f"{len(uids):,}", path=where))
    return 0


def run_template(call: Call, given: Any) -> int:
    """Write an empty list to be filled in."""
    from zjtui.sheets.export_book import write_template

    target = Path(given.file)
    if target.suffix.lower() != ".xlsx":
        raise UsageError(N_("“{path}”: a list to fill in is an .xlsx"), path=target.name)
    where = write_template(given.kind, target, over=given.over)
    if call.json:
        output.print_json({"file": str(where)})
    else:
        output.say("{told}", told=_("Written: {path}").format(path=where))
    return 0
