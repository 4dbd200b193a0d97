"""`zjtui service`, `contact`, `element`, `policy` and their like: list, add, set, move, remove, from the fields."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from zjtui.cli import options, output, resolve
from zjtui.cli.parser import Call, Parser, command_parser, escaped, paging, verb_parser
from zjtui.domain import registry
from zjtui.errors import Msg, UsageError
from zjtui.i18n import N_
from zjtui.store.read import find, lists
from zjtui.usecases import register

_PROJECT = N_("uid, code or part of the name")


@dataclass(frozen=True)
class Noun:
    """A command about one kind of record: its aliases {field: option}, and whether it hangs on a project."""

    entity: str
    aliases: Mapping[str, str] = field(default_factory=dict)
    hangs: bool = True
    besides: tuple[str, ...] = ()  # what may be said of a new one although no form asks it


NOUNS = {
    "service": Noun(
        "service",
        {
            "applied_on": "applied", "accepted_on": "accepted", "decided_on": "decided", "promise_days": "promise",
            "limit_days": "limit", "missing_docs": "missing", "doc_no": "document", "pause_reason": "pause",
            "delivered_on": "delivered", "wanted_on": "wanted",
        },
    ),
    "contact": Noun(
        "contact",
        {"person_uid": "who", "from_date": "from", "to_date": "until", "cycle_days": "cycle", "is_main": "main"},
    ),
    "element": Noun("element_need", {"doc_no": "document", "needed_by": "by", "responsible": "unit"}),
    "policy": Noun("policy", {"title_text": "title", "doc_no": "document"}, hangs=False),
    "match": Noun("policy_match", {"policy_uid": "policy"}),
    "promise": Noun("promise", {"due_on": "due", "made_on": "date"}),
    "plan": Noun("annual_plan", {"plan_invest": "amount", "year_class": "class", "plan_start_month": "start"}),
    "set-aside": Noun("set_aside", {"about_uid": "about", "person_uid": "for"}),
    "visit-plan": Noun("visit_plan"),
    "question": Noun("question", {"asked_on": "date", "answered_by": "by"}, besides=("answer", "answered_by")),
    "person": Noun("person", {"org_uid": "unit"}, hangs=False),
    "org": Noun("org", {"region_code": "region"}, hangs=False),
}  # fmt: skip


def build(command: str) -> Parser:
    """Return the parser of `command`, with the verbs that its records know."""
    noun = NOUNS[command]
    kind = registry.model(noun.entity)
    parser = command_parser(command)
    moves = registry.has_workflow(noun.entity)
    verbs = parser.add_subparsers(
        metavar="list|add|set|" + ("move|" if moves else "") + "remove", required=True, dest="verb"
    )
    listed = verb_parser(verbs, command, "list", N_("list them, the newest first"), partial(run_list, noun=noun))
    if noun.hangs:
        listed.add_argument("--project", metavar="PROJECT", help=escaped(N_("of one project")))
    paging(listed)
    add = verb_parser(verbs, command, "add", N_("add one"), partial(run_add, noun=noun))
    if noun.hangs:
        add.add_argument("project", metavar="PROJECT", help=escaped(_PROJECT))
    options.add_fields(add, kind, noun.aliases, noun.besides)
    change = verb_parser(verbs, command, "set", N_("change fields of one"), partial(run_set, noun=noun))
    change.add_argument("record", metavar="RECORD", help=escaped(N_("uid, or its beginning; a name where it has one")))
    options.add_fields(change, kind, noun.aliases)
    if moves:
        _move_options(
            verb_parser(verbs, command, "move", N_("move one to another state"), partial(run_move, noun=noun)), noun
        )
    gone = verb_parser(
        verbs, command, "remove", N_("take one out; undo brings it back"), partial(run_remove, noun=noun)
    )
    gone.add_argument("record", metavar="RECORD", help=escaped(N_("uid, or its beginning; a name where it has one")))
    _more_verbs(verbs, command)
    return parser


def _move_options(move: Parser, noun: Noun) -> None:
    flow = registry.workflow(noun.entity)
    move.add_argument("record", metavar="RECORD", help=escaped(N_("uid, or its beginning; a name where it has one")))
    move.add_argument("state", metavar="STATE", help=", ".join(flow.states))
    move.add_argument("--date", metavar="DAY", help=escaped(N_("the day of the move")))
    asked = dict.fromkeys(name for step in flow.moves for name in (*step.needs, *step.asks))
    asked.pop(flow.day_field, None)  # --date says it
    options.add_named(move, registry.model(noun.entity), list(asked), noun.aliases)


def _more_verbs(verbs: Any, command: str) -> None:
    from zjtui.cli import entries_more

    entries_more.add_verbs(verbs, command)


def run_list(call: Call, given: Any, noun: Noun) -> int:
    """List records."""
    kind = registry.model(noun.entity)
    with call.reading() as session:
        reader = session.reader()
        project = ""
        if noun.hangs and given.project is not None:
            project = resolve.one(reader, "project", given.project)
        rows = lists.everything(reader, noun.entity, project, limit=given.limit, offset=given.offset)
        columns = [name for name, declared in kind.fields().items() if declared.listed]
        if noun.hangs:
            columns.insert(0, "project_uid")
        fields: Mapping[str, Any] = kind.fields()
        if noun.entity == "service":
            from zjtui.cli.entries_more import clocked
            from zjtui.store.read.services import COLUMNS

            rows, fields = clocked(session, rows, whole=call.json), COLUMNS
            columns = [
                "project_uid",
                "kind",
                "dept",
                "state",
                "accepted_on",
                "promise_days",
                "used_days",
                "days_left",
                "due_on",
                "light",
            ]
        code = output.print_rows(call, fields, columns, rows, N_("Nothing is recorded."))
        if noun.entity == "service" and not call.json:  # of which JSON says it in each row
            from zjtui.domain.service_clock import calendar_note

            output.say_calendar(calendar_note(session.today, session.limits))
        return code


def run_add(call: Call, given: Any, noun: Noun) -> int:
    """Add a record."""
    kind = registry.model(noun.entity)
    with call.writing() as session:
        project = resolve.one(session.reader(), "project", given.project) if noun.hangs else None
        values = options.typed(given, kind, session.today)
        outcome = register.add(session, noun.entity, project, values)
        return output.print_outcome(call, outcome, N_("{noun} added."), noun=Msg(kind.noun))


def run_set(call: Call, given: Any, noun: Noun) -> int:
    """Change fields of a record."""
    kind = registry.model(noun.entity)
    with call.writing() as session:
        uid = resolve.record(session.reader(), noun.entity, given.record)
        values = options.typed(given, kind, session.today)
        if not values:
            raise UsageError(N_("There is nothing to change; name a field. See --help"))
        outcome = register.edit(session, noun.entity, uid, values)
        return output.print_outcome(call, outcome, N_("{noun} saved."), noun=Msg(kind.noun))


def run_move(call: Call, given: Any, noun: Noun) -> int:
    """Move a record to another state."""
    kind, flow = registry.model(noun.entity), registry.workflow(noun.entity)
    with call.writing() as session:
        uid = resolve.record(session.reader(), noun.entity, given.record)
        target = flow.states.find(given.state)
        values = options.typed(given, kind, session.today)
        day = options.day(given.date, session.today)
        outcome = register.move(session, noun.entity, uid, target, values, day)
        state = flow.states.label(target)
        return output.print_outcome(call, outcome, N_("{noun} is now: {state}"), noun=Msg(kind.noun), state=state)


def run_remove(call: Call, given: Any, noun: Noun) -> int:
    """Take a record out."""
    kind = registry.model(noun.entity)
    with call.writing() as session:
        uid = resolve.record(session.reader(), noun.entity, given.record)
        name = find.names(session.reader(), noun.entity, {uid}).get(uid, uid)
        outcome = register.remove(session, noun.entity, uid)
        return output.print_outcome(call, outcome, N_("{noun} removed: {name}"), noun=Msg(kind.noun), name=name)
