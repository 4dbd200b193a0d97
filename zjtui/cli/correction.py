"""`zjtui correction`: correct a fact that a state stands on, with its reason; list what was corrected."""

from typing import Any

from zjtui.cli import options, output, resolve
from zjtui.cli.parser import Call, Parser, command_parser, escaped, paging, verb_parser
from zjtui.domain import registry
from zjtui.domain.correction import Correction
from zjtui.errors import Msg, UsageError
from zjtui.i18n import N_
from zjtui.store.read import lists
from zjtui.usecases import correct

_KINDS = {
    "project": "project", "issue": "issue", "service": "service", "month": "monthly_report", "match": "policy_match",
    "promise": "promise", "element": "element_need",
}  # fmt: skip


def build(command: str) -> Parser:
    """Return the parser of `zjtui correction`."""
    parser = command_parser(command)
    verbs = parser.add_subparsers(metavar="list|add", required=True, dest="verb")
    listed = verb_parser(verbs, command, "list", N_("list what was corrected, the newest first"), run_list)
    listed.add_argument("--project", metavar="PROJECT", help=escaped(N_("of one project")))
    paging(listed)
    add = verb_parser(verbs, command, "add", N_("correct a fact that a state stands on"), run_add)
    add.add_argument("kind", metavar="KIND", choices=list(_KINDS), help=", ".join(_KINDS))
    add.add_argument("record", metavar="RECORD", help=escaped(N_("uid, or its beginning; a name where it has one")))
    add.add_argument(
        "fields", metavar="FIELD=VALUE", nargs="+", help=escaped(N_("what is right, e.g. due_on=2023-9-20"))
    )
    add.add_argument("--reason", metavar="TEXT", required=True, help=escaped(N_("why")))
    options.add_new(add, (field for entity in _KINDS.values() for field in registry.model(entity).fields().values()))
    add.add_argument("--confirmed-by", metavar="PERSON", help=escaped(N_("who confirms it: another person")))
    return parser


def run_add(call: Call, given: Any) -> int:
    """Correct fields of one record."""
    entity = _KINDS[given.kind]
    kind = registry.model(entity)
    with call.writing() as session:
        reader = session.reader()
        find = resolve.one if entity in ("project", "issue") else resolve.record
        uid = find(reader, entity, given.record)
        texts = {}
        for pair in given.fields:
            name, equals, text = pair.partition("=")
            name = name.strip().replace("-", "_")
            if not equals or name not in kind.fields():
                raise UsageError(N_("“{value}” is no FIELD=VALUE of this record"), value=pair)
            texts[name] = text
        values = options.said_new(given, kind.fields(), options.values(texts, kind.fields(), session.today))
        more = {"reason": given.reason, "confirmed_by": given.confirmed_by}
        return output.print_outcome(
            call, correct.correct(session, entity, uid, values, more), N_("{noun} corrected."), noun=Msg(kind.noun)
        )


def run_list(call: Call, given: Any) -> int:
    """List corrections."""
    with call.reading() as session:
        reader = session.reader()
        project = resolve.one(reader, "project", given.project) if given.project is not None else ""
        rows = lists.everything(reader, "correction", project, limit=given.limit, offset=given.offset)
        columns = [name for name, declared in Correction.fields().items() if declared.listed]
        return output.print_rows(call, Correction.fields(), columns, rows, N_("Nothing was corrected."))
