"""`zjtui today` and `zjtui gaps`: what is due, what is missing."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from zjtui.cli import output, resolve
from zjtui.cli.parser import Call, Parser, command_parser, count, escaped
from zjtui.domain.finding import GAPS, KINDS, Finding, kind_of, values_of
from zjtui.domain.service_clock import calendar_note
from zjtui.errors import Msg
from zjtui.i18n import N_, _
from zjtui.store.read import findings
from zjtui.store.read.findings import Asked, Board, Scope
from zjtui.text import visible

_MOST = 5000  # rows of a list of today that is not one person's


def build(command: str) -> Parser:
    """Return the parser of `command`."""
    parser = command_parser(command)
    if command == "gaps":
        parser.add_argument(
            "--kind", metavar="CODE", help=escaped(N_("only this kind, by its code or number; without it, the counts"))
        )
        parser.add_argument("--region", metavar="REGION", help=escaped(N_("only a region with all it contains")))
    parser.add_argument("--limit", type=count, default=None, metavar="N", help=escaped(N_("at most N rows")))
    parser.set_defaults(run=run_today if command == "today" else run_gaps)
    return parser


def run_today(call: Call, given: Any) -> int:
    """Show what is due."""
    with call.reading() as session:
        reader = session.reader()
        scope = findings.scope_of(reader, session.person)
        asked = session.asked(scope)
        most = given.limit if given.limit is not None else -1 if scope.person else _MOST
        board = findings.today(reader, asked, most)
        ahead = None if board.total else findings.all_clear_until(reader, asked)
        note = calendar_note(session.today, session.limits)
    shown = board.findings
    if call.json:
        found = {"count": board.total, "set_aside": board.set_aside, "counts": _counts(board)}
        found["calendar"] = str(note) if note else None
        output.print_json({**found, "findings": [values_of(finding) for finding in shown]})
        return 0
    if not shown and ahead:
        output.say(N_("All clear until {day}"), day=ahead.isoformat())
    elif not board.total:
        output.say(N_("All clear: nothing comes due in the next three months"))
    _print(shown)
    if board.set_aside:
        output.say(N_("{count} set aside"), count=board.set_aside)
    output.say_calendar(note)
    return 0


def run_gaps(call: Call, given: Any) -> int:
    """Show the counts of every kind, or the rows of one."""
    by_number = {kind_of(code).gap: code for code in GAPS if kind_of(code).gap}
    kind = by_number.get(str(given.kind).upper()) or resolve.code(KINDS, "--kind", given.kind)
    with call.reading() as session:
        reader = session.reader()
        asked = session.asked()
        if given.region is not None:
            asked = replace(asked, scope=Scope(region=resolve.one(reader, "region", given.region)))
        if kind:
            keys = findings.keys(reader, asked, (kind,), -1 if given.limit is None else given.limit)
            return _print_kind(call, kind, reader, asked, keys)
        counted = findings.counts(reader, asked)
        note = calendar_note(session.today, session.limits)
    return _print_counts(call, counted, note)


def _print_kind(call: Call, kind: str, reader: Any, asked: Asked, keys: Sequence[int]) -> int:
    """Show the rows of one kind, each built when its turn comes."""
    shown = (finding for _key, finding in findings.pages(reader, asked, keys))
    if call.json:
        output.print_json_array(values_of(finding) for finding in shown)
        return 0
    board = findings.tally(reader, asked, (kind,))
    if not board.total:
        output.say(N_("Nothing of this kind"))
    _print(shown)
    if board.set_aside:
        output.say(N_("{count} set aside"), count=board.set_aside)
    return 0


def _print_counts(call: Call, counted: dict[str, tuple[int, int]], note: Msg | None) -> int:
    if call.json:
        output.print_json(
            [
                {"kind": kind, "gap": kind_of(kind).gap, "count": number, "set_aside": aside}
                for kind, (number, aside) in counted.items()
            ]
        )
        return 0
    heads = [_(N_("Finding")), _(N_("Code")), _(N_("Gap")), _(N_("Count")), _(N_("Set aside"))]
    rows = ([KINDS.label(kind), kind, kind_of(kind).gap, str(n), str(aside)] for kind, (n, aside) in counted.items())
    output.print_table(heads, rows, (3, 4))
    output.say_calendar(note)
    return 0


def _counts(board: Board) -> dict[str, int]:
    return {kind: number for kind, number in board.counts.items() if number or kind in GAPS}


def _print(shown: Iterable[Finding]) -> None:
    heads = [_(N_("Weight")), _(N_("Finding")), _(N_("Project")), _(N_("Why")), _(N_("Due on"))]
    rows = (
        [
            finding.score.told(),
            KINDS.label(finding.kind),
            visible(finding.project),
            visible(str(finding.why), 200),
            finding.due.isoformat() if finding.due else "",
        ]
        for finding in shown
    )
    output.print_table(heads, rows)
