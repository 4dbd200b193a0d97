"""`zjtui export KIND FILE`: a list as a workbook, CSV, JSON or Markdown; `zjtui template KIND FILE`: one to fill in."""

from pathlib import Path
from typing import Any

from zjtui.cli import options, output, resolve
from zjtui.cli.parser import Call, Parser, command_parser, escaped, shortened
from zjtui.cli.project import list_options, query_of
from zjtui.domain import registry
from zjtui.domain.parse import items
from zjtui.errors import UsageError
from zjtui.i18n import N_, _
from zjtui.store import rows
from zjtui.store.read import find, lists, projects
from zjtui.usecases.session import Session

KINDS = (
    "project", "annual_plan", "monthly_report", "contact", "follow_up", "issue", "service", "element_need", "policy",
    "policy_match", "promise", "org", "person",
)  # fmt: skip

_ALONE = ("org", "person", "policy")  # what hangs on no project
_OF_PROJECTS = ("region", "field", "stage", "attr", "band", "text", "mine", "sort", "desc")


def build(command: str) -> Parser:
    """Return the parser of `zjtui export` or of `zjtui template`."""
    from zjtui.sheets import columns

    parser = command_parser(command)
    kinds = list(columns.KINDS) if command == "template" else list(KINDS)
    parser.add_argument("kind", metavar="KIND", choices=kinds, help=", ".join(kinds))
    parser.add_argument("file", metavar="FILE", help=escaped(N_("the new file: .xlsx; a list also .csv .json .md")))
    parser.add_argument("--over", action="store_true", help=escaped(N_("write over a file that is there already")))
    if command == "template":
        parser.set_defaults(run=run_template)
        return parser
    list_options(parser)
    parser.add_argument("--project", metavar="PROJECT", help=escaped(N_("what hangs on this project alone")))
    parser.add_argument("--only", metavar="FIELD=VALUE", action="append", default=[],
                        help=escaped(N_("where a field is this; again for another value or field")))  # fmt: skip
    parser.set_defaults(run=run_export)
    return parser


def run_export(call: Call, given: Any) -> int:
    """Write a list; the filters are those of `zjtui project list`, for what hangs on projects too."""
    from zjtui.cli.workspace import watched
    from zjtui.sheets import worked_out
    from zjtui.sheets.export import Watch, export, exported

    known = {**exported(given.kind), **worked_out.of(given.kind)}
    columns = [options.known(known, part, "--columns") for part in items(given.columns or "")]
    with call.reading() as session:
        uids = _uids(session, given)[given.offset :][: given.limit]
        with watched(N_("Writing the list")) as watch:
            where = export(session, given.kind, uids, Path(given.file), columns, over=given.over, watch=Watch(*watch))
    if call.json:
        output.print_json({"file": str(where), "rows": len(uids)})
    else:
        output.say("{told}", told=_("{count} rows written: {path}").format(count=f"{len(uids):,}", path=where))
    return 0


def _uids(session: Session, given: Any) -> list[str]:
    """Return the records that the options mean, in the order wanted."""
    reader = session.reader()
    only = _only(session, given)
    if given.kind in _ALONE:
        if named := [f"--{name}" for name in (*_OF_PROJECTS, "project") if getattr(given, name)]:
            raise UsageError(
                N_("{options}: these do not hang on projects; use --only FIELD=VALUE"), options=", ".join(named)
            )
        return lists.all_uids(reader, given.kind, only)
    query = query_of(session, given)
    projects_found = find.uids(reader, "project", projects.ids(reader, query, session.today.year, -1))
    if given.project:
        one = resolve.one(reader, "project", given.project)
        projects_found = [uid for uid in projects_found if uid == one]
    if given.kind == "project":
        if not only:
            return projects_found
        kept = set(lists.all_uids(reader, "project", only))
        return [uid for uid in projects_found if uid in kept]
    return lists.hanging_uids(reader, given.kind, projects_found, only)


def _only(session: Session, given: Any) -> dict[str, list[Any]]:
    """Return what --only asks for, as it is stored: codes and names may be told as a person would type them."""
    kind = registry.model(given.kind)
    fields = kind.fields()
    found: dict[str, list[Any]] = {}
    for text in given.only:
        name, equals, value = text.partition("=")
        if not equals:
            raise UsageError(N_("--only {value}: write FIELD=VALUE"), value=shortened(text))
        name = options.known(fields, name.strip(), "--only")
        field = fields[name]
        if field.ref:
            stored = resolve.one(session.reader(), field.ref, value)
        elif field.codes:
            stored = resolve.code(field.codes, f"--only {name}", value)
        else:
            stored = rows.encode(kind, {name: options.values({name: value}, fields, session.today)[name]})[name]
        found.setdefault(name, []).append(stored)
    return found


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
