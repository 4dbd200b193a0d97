"""`zjtui project list|show|add|set`."""

from collections.abc import Iterator
from typing import Any

from zjtui.cli import options, output, resolve
from zjtui.cli.parser import Call, Parser, command_parser, escaped, paging, verb_parser
from zjtui.domain.fields import NUMBERS, Kind
from zjtui.domain.parse import items
from zjtui.domain.project import Project
from zjtui.domain.project_codes import ATTRS, FIELDS9, SCALE_BANDS, STAGES
from zjtui.domain.record import Record
from zjtui.domain.show import label
from zjtui.errors import UsageError
from zjtui.i18n import N_, _
from zjtui.store.read import find, projects, records
from zjtui.usecases import project as usecases
from zjtui.usecases.session import Session

_ALIASES = {"region_code": "region", "total_invest": "total"}
_OF_MOVES = ("stage_reason", "withdraw_reason", "confirmed_by")
_HANGING = {
    "plans": "annual_plan",
    "months": "monthly_report",
    "contacts": "contact",
    "follow_ups": "follow_up",
    "issues": "issue",
    "services": "service",
    "elements": "element_need",
    "policies": "policy_match",
}


def build(command: str) -> Parser:
    """Return the parser of `zjtui project`."""
    parser = command_parser(command)
    verbs = parser.add_subparsers(metavar="list|show|add|set", required=True, dest="verb")
    list_options(verb_parser(verbs, command, "list", N_("list projects, filtered and sorted"), run_list))
    show = verb_parser(verbs, command, "show", N_("show one project and what hangs on it"), run_show)
    show.add_argument("project", metavar="PROJECT", help=escaped(N_("uid, code or part of the name")))
    add = verb_parser(verbs, command, "add", N_("add a project"), run_add)
    options.add_fields(add, Project, _ALIASES)
    change = verb_parser(verbs, command, "set", N_("change fields of a project, or its stage"), run_set)
    change.add_argument("project", metavar="PROJECT", help=escaped(N_("uid, code or part of the name")))
    change.add_argument("--stage", metavar="STAGE", help=escaped(N_("move it along to this stage")))
    change.add_argument("--date", metavar="DAY", help=escaped(N_("the day of the move")))
    options.add_fields(change, Project, {**_ALIASES, "stage_reason": "reason"}, _OF_MOVES)
    return parser


def list_options(parser: Parser) -> None:
    """Add what filters and sorts a list of projects."""
    parser.add_argument("--region", metavar="REGION", help=escaped(N_("in a region and all it contains")))
    parser.add_argument("--field", metavar="FIELD", help=", ".join(FIELDS9))
    parser.add_argument("--stage", metavar="STAGE", help=", ".join(STAGES))
    parser.add_argument("--attr", metavar="ATTR", help=", ".join(ATTRS))
    parser.add_argument(
        "--band", metavar="BAND", help=escaped(N_("scale: b100 (10 bn yuan and more), b50, b20, b10, b0"))
    )
    parser.add_argument("--text", metavar="WORDS", help=escaped(N_("in name, code, owner, place or pinyin initials")))
    parser.add_argument("--mine", action="store_true", help=escaped(N_("that I am in contact with")))
    parser.add_argument("--sort", metavar="FIELD", help=escaped(N_("sort by a field; see --columns")))
    parser.add_argument("--desc", action="store_true", help=escaped(N_("the largest first")))
    parser.add_argument("--columns", metavar="FIELD,...", help=escaped(N_("which fields")))
    paging(parser)


def run_list(call: Call, given: Any) -> int:
    """List projects."""
    fields = {name: field for name, field in projects.COLUMNS.items() if name != "uid"}
    columns = [name for name, field in fields.items() if call.json or field.listed]
    if given.columns:
        named = [options.known(projects.COLUMNS, part, "--columns") for part in items(given.columns)]
        columns = [name for name in named if name != "uid"]
    with call.reading() as session:
        reader, year = session.reader(), session.today.year
        query = query_of(session, given)
        limit = -1 if given.limit is None else given.limit + given.offset
        wanted = projects.ids(reader, query, year, limit)[given.offset :]

        def rows() -> Iterator[dict[str, Any]]:
            many = [name for name in columns if fields[name].kind is Kind.REFS]
            for page in output.pages(wanted):
                found = projects.rows(reader, page, columns, year, session.judge)
                yield from records.with_names(reader, "project", found) if many else found

        return output.print_rows(call, fields, columns, rows(), N_("No project fits."))


def query_of(session: Session, given: Any) -> projects.ProjectQuery:
    """Return the list that the options mean."""
    reader = session.reader()
    sortable = {name: field for name, field in projects.COLUMNS.items() if name not in projects.UNSORTED}
    sort = options.known(sortable, given.sort, "--sort") if given.sort else "total_invest"
    return projects.ProjectQuery(
        text=resolve.words(given.text) if given.text else "",
        region=resolve.one(reader, "region", given.region) if given.region else "",
        field9=resolve.code(FIELDS9, "--field", given.field),
        stage=resolve.code(STAGES, "--stage", given.stage),
        attr=resolve.code(ATTRS, "--attr", given.attr),
        band=resolve.code(SCALE_BANDS, "--band", given.band),
        mine=session.person if given.mine else "",
        sort=sort,
        descending=given.desc or not given.sort,
    )


def run_show(call: Call, given: Any) -> int:
    """Show one project."""
    with call.reading() as session:
        reader = session.reader()
        uid = resolve.one(reader, "project", given.project)
        record = records.get(reader, "project", uid)
        row_id = reader.execute("SELECT id FROM project WHERE uid = ?", (uid,)).fetchone()[0]
        [row] = projects.rows(
            reader, [row_id], [name for name in projects.COLUMNS if name != "uid"], session.today.year
        )
        records.with_names(reader, "project", [row])
        row.pop("id")
        row["region_name"] = row["region_code_name"]
        hanging = {name: records.of_project(reader, entity, uid) for name, entity in _HANGING.items()}
        for rows in hanging.values():
            for item in rows:
                item.pop("id")
        if call.json:
            output.print_json({**row, **hanging, "counts": records.counts(reader, uid)})
            return 0
        _print_project(record, row, hanging)
        return 0


def _print_project(record: Record, row: dict[str, Any], hanging: dict[str, list[dict[str, Any]]]) -> None:
    from zjtui.domain import registry

    output.say("{title}", title=record.title)
    output.print_fields((label(field), output.cell(field, row, name, 2000)) for name, field in projects.COLUMNS.items())
    for name, entity in _HANGING.items():
        rows, kind = hanging[name], registry.model(entity)
        if not rows:
            continue
        fields = {column: field for column, field in kind.fields().items() if field.listed and column != "project_uid"}
        print()
        output.say("{noun} ({count})", noun=_(kind.noun), count=len(rows))
        right = [number for number, field in enumerate(fields.values()) if field.kind in NUMBERS]
        lines = [[output.cell(field, item, column) for column, field in fields.items()] for item in rows[:20]]
        output.print_table([label(field) for field in fields.values()], lines, right)


def run_add(call: Call, given: Any) -> int:
    """Add a project."""
    with call.writing() as session:
        outcome = usecases.add(session, options.typed(given, Project, session.today))
        return output.print_outcome(call, outcome, N_("Project added."))


def run_set(call: Call, given: Any) -> int:
    """Change a project, or move it to another stage: one operation either way."""
    with call.writing() as session:
        uid = resolve.one(session.reader(), "project", given.project)
        values = options.typed(given, Project, session.today)
        if given.stage is None:
            return _edit(call, session, uid, values)
        if "code" in values or "parent_uid" in values:
            raise UsageError(N_("Change the stage and the project's code or main project in two calls"))
        target = STAGES.find(given.stage)
        outcome = usecases.move(session, uid, target, values, options.day(given.date, session.today))
        return output.print_outcome(call, outcome, N_("Project moved to: {stage}"), stage=STAGES.label(target))


def _edit(call: Call, session: Session, uid: str, values: dict[str, Any]) -> int:
    if not values:
        raise UsageError(N_("There is nothing to change; name a field, e.g. --name. See: zjtui project set --help"))
    only_moves = [name for name in _OF_MOVES if name in values]
    if only_moves:
        raise UsageError(N_("A reason or confirmation belongs to a move: add --stage"))
    outcome = usecases.edit(session, uid, values)
    name = find.names(session.reader(), "project", {uid}).get(uid, uid)
    return output.print_outcome(call, outcome, N_("Project saved: {name}"), name=name)
