"""`zjtui freeze`: keep a month's figures as they are told, show them, explain what changed since."""

from typing import Any

from zjtui.cli import output, resolve
from zjtui.cli.parser import Call, Parser, command_parser, escaped, verb_parser
from zjtui.domain.freeze import Freeze
from zjtui.i18n import N_, _
from zjtui.reports.indicators import Month, decimal, yi
from zjtui.store.read import records
from zjtui.text import visible
from zjtui.usecases import freeze

_PARTS = {
    "before": N_("Done in the first"),
    "month": N_("bridge|done in the months between"),
    "late": N_("bridge|reports that came late"),
    "corrections": N_("bridge|corrections"),
    "entered": N_("bridge|projects that entered"),
    "left": N_("bridge|projects that left"),
    "after": N_("Done in the second"),
}


def build(command: str) -> Parser:
    """Return the parser of `zjtui freeze`."""
    parser = command_parser(command)
    verbs = parser.add_subparsers(metavar="add|list|show|compare", required=True, dest="verb")
    add = verb_parser(verbs, command, "add", N_("keep a month's figures under a name"), run_add)
    add.add_argument("name", metavar="NAME", help=escaped(N_("e.g. the meeting they are for")))
    add.add_argument("--month", metavar="MONTH", help=escaped(N_("by default the last one that is over")))
    verb_parser(verbs, command, "list", N_("list them, the newest first"), run_list)
    show = verb_parser(verbs, command, "show", N_("show the figures as they were frozen"), run_show)
    show.add_argument("freeze", metavar="FREEZE", help=escaped(N_("name or uid")))
    compare = verb_parser(verbs, command, "compare", N_("say what leads from one to the other"), run_compare)
    compare.add_argument("before", metavar="BEFORE", help=escaped(N_("name or uid")))
    compare.add_argument("after", metavar="AFTER", help=escaped(N_("name or uid")))
    return parser


def run_add(call: Call, given: Any) -> int:
    """Freeze a month."""
    with call.writing() as session:
        month = given.month or str(Month.usual(session.today))
        return output.print_outcome(
            call, freeze.make(session, month, given.name), N_("Frozen: {name}"), name=given.name
        )


def run_list(call: Call, _given: Any) -> int:
    """List the freezes."""
    with call.reading() as session:
        reader = session.reader()
        rows = [dict(row) for row in reader.execute("SELECT uid FROM freeze ORDER BY id DESC")]
        found = [dict(records.get(reader, "freeze", row["uid"]).__dict__) for row in rows]
        columns = ["name", "month", "made_on", "head"]
        return output.print_rows(call, Freeze.fields(), columns, found, N_("Nothing is frozen yet."))


def run_show(call: Call, given: Any) -> int:
    """Show a freeze."""
    with call.reading() as session:
        record, figures = freeze.figures(session, resolve.one(session.reader(), "freeze", given.freeze))
    if call.json:
        output.print_json({"name": record.name, "month": record.month, "head": record.head, **figures})
        return 0
    output.say(N_("{name}: {month}, frozen on {day}, change log {head}"), name=record.name, month=record.month,
               day=record.made_on, head=record.head)  # fmt: skip
    rows = [_line(_("All"), figures["whole"]), *(_line(sums["key"], sums) for sums in figures["cities"])]
    output.print_table(
        [_("Name"), _("Projects"), _("Done (亿元)"), _("Plan (亿元)"), _("Completion"), _("Started")],
        rows,
        right=(1, 2, 3, 4, 5),
    )
    return 0


def run_compare(call: Call, given: Any) -> int:
    """Explain the difference between two freezes."""
    with call.reading() as session:
        reader = session.reader()
        before, after = (resolve.one(reader, "freeze", name) for name in (given.before, given.after))
        found = freeze.compare(session, before, after)
    if call.json:
        output.print_json(found)
        return 0
    output.print_table([_("Part"), _("亿元")], [[_(_PARTS[name]), yi(found[name])] for name in _PARTS], right=(1,))
    return 0


def _line(name: str, sums: dict[str, Any]) -> list[str]:
    from zjtui.domain.indicators import rate

    share = rate(sums["done"], sums["plan"])
    shown = "-" if share is None else f"{decimal(share * 100)}%"
    return [visible(name), str(sums["projects"]), yi(sums["done"]), yi(sums["plan"]), shown,
            f"{sums['started']} / {sums['new']}"]  # fmt: skip
