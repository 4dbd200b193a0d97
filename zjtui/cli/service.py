"""`zjtui service list`: green-channel services with the clocks they run on."""

from collections.abc import Iterator
from typing import Any

from zjtui.cli import output, resolve
from zjtui.cli.parser import Call, Parser, command_parser, escaped, paging, verb_parser
from zjtui.domain.codes import Codes
from zjtui.domain.fields import F, Kind
from zjtui.domain.service import Service
from zjtui.domain.service_clock import clock
from zjtui.errors import Refused
from zjtui.i18n import N_
from zjtui.store.read import lists
from zjtui.usecases.session import Session

_LIGHTS = Codes(green=N_("light|Green"), yellow=N_("light|Yellow"), red=N_("light|Red"), grey=N_("light|Not running"))
_FIGURES = {
    "used_days": F(N_("Days used"), Kind.INT),
    "days_left": F(N_("Days left"), Kind.INT),
    "due_on": F(N_("Due on"), Kind.DATE),
    "light": F(N_("Light"), Kind.CODE, codes=_LIGHTS),
}


def build(command: str) -> Parser:
    """Return the parser of `zjtui service`."""
    parser = command_parser(command)
    verbs = parser.add_subparsers(metavar="list", required=True, dest="verb")
    listed = verb_parser(verbs, command, "list", N_("list services with days used, left and due"), run_list)
    listed.add_argument("--project", metavar="PROJECT", help=escaped(N_("of one project")))
    paging(listed)
    return parser


def run_list(call: Call, given: Any) -> int:
    """List services."""
    with call.reading() as session:
        reader = session.reader()
        project = resolve.one(reader, "project", given.project) if given.project is not None else ""
        rows = _clocked(session, lists.everything(reader, "service", project, limit=given.limit, offset=given.offset))
        columns = ["project_uid", "kind", "dept", "state", "accepted_on", "promise_days", *_FIGURES]
        return output.print_rows(call, {**Service.fields(), **_FIGURES}, columns, rows, N_("No service is recorded."))


def _clocked(session: Session, rows: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Put the clock beside each service; where the calendar of working days ends, say so instead of guessing."""
    for row in rows:
        try:
            yield {**row, **clock(row, session.today), "note": None}
        except Refused as refusal:
            yield {**row, **dict.fromkeys(_FIGURES), "note": str(refusal)}
