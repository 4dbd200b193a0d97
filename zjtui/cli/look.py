"""`zjtui overview` and `zjtui search`: look at the whole register."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from zjtui.cli import output, resolve
from zjtui.cli.parser import Call, Parser, command_parser, count, escaped, shortened
from zjtui.domain import issue_codes, registry
from zjtui.domain.codes import Codes
from zjtui.domain.money import percent
from zjtui.domain.project_codes import ATTRS, SCALE_BANDS
from zjtui.errors import UsageError
from zjtui.i18n import N_, _, language
from zjtui.store.read import overview, searching
from zjtui.text import visible


def build(command: str) -> Parser:
    """Return the parser of `command`."""
    parser = command_parser(command)
    if command == "overview":
        parser.set_defaults(run=run_overview)
        return parser
    parser.add_argument("words", metavar="WORDS", nargs="+", help=escaped(N_("all of them must occur")))
    parser.add_argument(
        "--in", dest="entities", action="append", metavar="KIND", help=escaped(N_("only in: project, issue, follow-up"))
    )
    parser.add_argument("--limit", type=count, default=50, metavar="N", help=escaped(N_("at most N of each kind")))
    parser.set_defaults(run=run_search)
    return parser


def run_overview(call: Call, _given: Any) -> int:
    """Show counts and sums."""
    with call.reading() as session:
        found = overview.figures(session.reader(), session.today)
        if call.json:
            output.print_json(_as_json(found, session.today.isoformat()))
            return 0
        year = session.today.year
    output.print_fields(
        [
            (_("Projects"), str(found["projects"])),
            (_("Total investment (bn yuan)"), _amount(found["total_invest"])),
            (_("Plan of {year} (bn yuan)").format(year=year), _amount(found["plan_invest"])),
            (_("Issues open"), str(_open(found))),
            (_("of them late"), str(found["issues_late"])),
            (_("Follow-ups"), str(found["follow_ups"])),
            (_("Green-channel services"), str(sum(found["services"].values()))),
        ]
    )
    for head, codes, key in ((N_("Attribute"), ATTRS, "by_attr"), (N_("Scale"), SCALE_BANDS, "by_scale")):
        print()
        _print_parts(head, codes, found[key], found["total_invest"])
    return 0


def billions(yuan: int) -> float:
    """Return billions of yuan with one decimal, rounded half up."""
    return float((Decimal(yuan) / 10**9).quantize(Decimal("0.1"), ROUND_HALF_UP))


def _amount(yuan: int) -> str:
    """Return an amount in the unit that the language counts large sums in: bn yuan, or 亿元, a tenth of it."""
    return f"{billions(yuan * 10 if language() == 'zh' else yuan):,}"


def _as_json(found: dict[str, Any], today: str) -> dict[str, Any]:
    total = found["total_invest"]
    shares = {
        key: {
            code: {
                "projects": number,
                "total_invest": part,
                "total_bn": billions(part),
                "share": percent(part, total),
            }
            for code, (number, part) in found[key].items()
        }
        for key in ("by_attr", "by_scale", "by_stage")
    }
    return {
        "today": today,
        "projects": found["projects"],
        "total_invest": total,
        "total_bn": billions(total),
        "plan_invest": found["plan_invest"],
        "plan_bn": billions(found["plan_invest"]),
        **shares,
        "issues": found["issues"],
        "issues_open": _open(found),
        "issues_late": found["issues_late"],
        "follow_ups": found["follow_ups"],
        "services": sum(found["services"].values()),
        "services_by_state": found["services"],
    }


def _open(found: dict[str, Any]) -> int:
    return sum(found["issues"][state] for state in issue_codes.OPEN_STATES)


def _print_parts(head: str, codes: Codes, parts: dict[str, tuple[int, int]], total: int) -> None:
    rows = [
        [
            _(N_("not given")) if code == "none" else visible(codes.label(code)),
            str(number),
            _amount(part),
            percent(part, total),
        ]
        for code, (number, part) in parts.items()
        if number
    ]
    output.print_table([_(head), _("Projects"), _("Total (bn yuan)"), _("Share")], rows, right=(1, 2, 3))


def run_search(call: Call, given: Any) -> int:
    """Find words anywhere."""
    entities = [_entity(text) for text in given.entities] if given.entities else searching.ENTITIES
    words = resolve.words(" ".join(given.words))
    with call.reading() as session:
        found = searching.find(session.reader(), words, entities, given.limit)
    if call.json:
        output.print_json_array(found)
        return 0
    heads = ["UID", _("Kind"), _("Date"), _("Record"), _("Text")]
    rows = [
        [
            hit["uid"],
            _(registry.model(hit["entity"]).noun),
            hit["day"],
            visible(hit["title"], 60),
            visible(hit["text"], 200),
        ]
        for hit in found
    ]
    if not output.print_table(heads, rows):
        output.say(N_("Nothing is found for “{words}”."), words=words)
    return 0


def _entity(text: str) -> str:
    name = text.strip().replace("-", "_")
    if name not in searching.ENTITIES:
        raise UsageError(
            N_("--in: “{value}” is not one of: {names}"),
            value=shortened(text),
            names="project, issue, follow-up",
        )
    return name
