"""`zjtui questions`: figures that call for a question and have no answer yet."""

from typing import Any

from zjtui.cli import output, resolve
from zjtui.cli.parser import Call, Parser, command_parser, count, escaped
from zjtui.domain.odd_facts import RULES
from zjtui.domain.question import STATES
from zjtui.i18n import N_, _
from zjtui.store.read.finding_odd import OddFigure
from zjtui.store.read.finding_scope import Scope
from zjtui.text import visible
from zjtui.usecases import questions

_SENTENCE = 120  # cells: a question that is cut asks nothing


def build(command: str) -> Parser:
    """Return the parser of `command`."""
    parser = command_parser(command)
    parser.add_argument("--rule", metavar="RULE", help=escaped(N_("only what this rule asks, e.g. W01")))
    parser.add_argument("--project", metavar="PROJECT", help=escaped(N_("of one project")))
    parser.add_argument("--region", metavar="REGION", help=escaped(N_("only a region with all it contains")))
    parser.add_argument("--limit", type=count, default=None, metavar="N", help=escaped(N_("at most N rows")))
    parser.set_defaults(run=run)
    return parser


def run(call: Call, given: Any) -> int:
    """Show what is to be asked, by rule, month and project."""
    rule = resolve.code(RULES, "--rule", given.rule)
    with call.reading() as session:
        reader = session.reader()
        region = resolve.one(reader, "region", given.region) if given.region is not None else ""
        project = resolve.one(reader, "project", given.project) if given.project is not None else ""
        found = questions.open_of(session, Scope(region=region, project=project))
    found.sort(key=lambda item: (item.hit.rule, item.hit.month, item.project_uid))
    shown = [item for item in found if rule in ("", None, item.hit.rule)][: given.limit]
    if call.json:
        output.print_json_array(_values(item) for item in shown)
        return 0
    heads = [_(N_("question|Rule")), _(N_("Project")), _(N_("Month")), _(N_("State")), _(N_("Question"))]
    if not output.print_table(heads, (_row(item) for item in shown), widest=_SENTENCE):
        output.say(N_("No figure calls for a question"))
    return 0


def _values(item: OddFigure) -> dict[str, Any]:
    return {
        "rule": item.hit.rule,
        "project_uid": item.project_uid,
        "project": item.project,
        "month": item.hit.month,
        "question": str(item.hit.sentence),
        "state": item.state,
        "uid": item.uid,
    }


def _row(item: OddFigure) -> list[str]:
    return [
        item.hit.rule,
        visible(item.project),
        item.hit.month,
        STATES.label(item.state) if item.state else _(N_("question|Not asked yet")),
        visible(str(item.hit.sentence), 200),
    ]
