"""`zjtui indicators` and `zjtui league`: how we stand, and who leads."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from zjtui.cli import output, resolve
from zjtui.cli.parser import Call, Parser, command_parser, escaped, shortened
from zjtui.domain.codes import Codes
from zjtui.domain.dates import parse_date, parse_month
from zjtui.domain.month import Month
from zjtui.domain.project_codes import FIELDS9
from zjtui.domain.service_clock import calendar_note
from zjtui.errors import UsageError
from zjtui.i18n import N_, _
from zjtui.reports import care, indicators, league, league_notes, why
from zjtui.reports.amounts import decimal
from zjtui.store.read import standings
from zjtui.store.read.standings import Scope
from zjtui.text import visible
from zjtui.usecases import moment
from zjtui.usecases.session import Session


def build(command: str) -> Parser:
    """Return the parser of `command`."""
    parser = command_parser(command)
    parser.add_argument(
        "--month", metavar="MONTH", help=escaped(N_("up to this month; by default the last one that is over"))
    )
    parser.add_argument("--known", metavar="DAY", help=escaped(N_("as the register was known at the end of this day")))
    if command == "indicators":
        parser.add_argument("--scope", metavar="REGION", help=escaped(N_("a region with all it contains")))
        parser.add_argument("--field", metavar="FIELD", help=", ".join(FIELDS9))
        parser.set_defaults(run=run_indicators)
        return parser
    parser.add_argument("--by", default="city", metavar="GROUP", help=", ".join(league.GROUPS))
    parser.add_argument("--metric", default="completion", metavar="METRIC", help=", ".join(league.METRICS))
    parser.add_argument(
        "--if-started", metavar="PROJECT", help=escaped(N_("the rank of its region once this project has started"))
    )
    parser.add_argument("--why", metavar="GROUP", help=escaped(N_("why this place moved since the month before")))
    parser.set_defaults(run=run_league)
    return parser


def run_indicators(call: Call, given: Any) -> int:
    """Show the indicators of a scope."""
    with call.reading() as present, _known(present, given.known) as session:
        when = _month(session, given.month)
        scope = _scope(session, given)
        found = indicators.figures(session, scope, when) + care.figures(session, scope, when)
        sums = standings.whole(session.reader(), scope, when.year, when.month)
        rule = indicators.rule(session)
        note = calendar_note(care.as_of(session, when), session.limits)
    if call.json:
        figures = {item.code: item.as_json() for item in found}
        head = {"month": str(when), "projects": sums.projects, "calendar": str(note) if note else None}
        output.print_json({**head, "indicators": figures, "rule": rule})
        return 0
    output.say(N_("{count} projects, up to {month}"), count=sums.projects, month=str(when))
    rows = [
        [
            visible(item.label),
            item.shown,
            f"{item.numerator} / {item.denominator}" if item.denominator else item.numerator,
            item.note,
        ]
        for item in found
    ]
    output.print_table([_("Indicator"), _("Value"), _("Numerator / denominator"), _("Remark")], rows, right=(1, 2))
    print(rule)
    output.say_calendar(note)
    return 0


def run_league(call: Call, given: Any) -> int:
    """Show a league table."""
    by, metric = _one_of(given.by, "--by", league.GROUPS), _one_of(given.metric, "--metric", league.METRICS)
    with call.reading() as present, _known(present, given.known) as session:
        when = _month(session, given.month)
        if given.if_started is not None:
            uid = resolve.one(session.reader(), "project", given.if_started)
            now, then = league.if_started(session, uid, by, when)
            if call.json:
                output.print_json({"now": now.as_json(), "then": then.as_json()})
            else:
                output.say(
                    N_("{name}: rank {now} ({before}) becomes {then} ({after})"),
                    name=now.name,
                    now=now.rank or "-",
                    then=then.rank or "-",
                    before=now.shown,
                    after=then.shown,
                )
            return 0
        if given.why is not None:
            found = why.why(session, by, _place(session, by, when, given.why), metric, when)
            if call.json:
                output.print_json(why.as_json(found))
            else:
                output.say(N_("{name}, up to {month}"), name=found.name, month=str(when))
                output.print_page(why.page(found))
            return 0
        rows = league.with_evidence(session, league.table(session, by, metric, when), by, when)
        notes = league_notes.notes(session, rows, when, by, metric)
        doubtful = {row.key for row in rows if league.unverified(session, row)}
    if call.json:
        output.print_json(
            {
                "month": str(when),
                "by": by,
                "metric": metric,
                "rows": [row.as_json() for row in rows],
                "rule": notes[0],
                "notes": notes,
            }
        )
        return 0
    heads = [
        _("league|Rank"),
        _("Name"),
        _("Value"),
        _("Numerator / denominator"),
        _("Change"),
        _("Evidence"),
        _("Projects"),
        "",
    ]
    lines = [
        [
            str(row.rank or "-"),
            visible(row.name),
            row.shown,
            f"{row.numerator} / {row.denominator}",
            _change(row.change),
            "" if row.evidence is None else ("?" if row.key in doubtful else "") + f"{decimal(row.evidence * 100)}%",
            str(row.projects),
            _(N_("small sample")) if row.small else "",
        ]
        for row in rows
    ]
    if not output.print_table(heads, lines, right=(0, 2, 3, 4, 5, 6)):
        output.say(N_("Nothing is planned or reported in {month}."), month=str(when))
    print(*notes, sep="\n")
    return 0


@contextmanager
def _known(session: Session, text: str | None) -> Iterator[Session]:
    """Yield the session, or the register as it was known at the end of a day."""
    if text is None:
        yield session
        return
    day = parse_date(text, session.today)
    with moment.as_known(session, moment.seen_on(session.reader(), day), min(day, session.today)) as past:
        yield past


def _place(session: Session, by: str, when: Month, text: str) -> str:
    """Return the key of the place that is meant: its key, its name, or a part of its name."""
    keys = [sums.key for sums in standings.groups(session.reader(), Scope(), when.year, when.month, by)]
    names = league.names_of(session, by, keys)
    wanted = resolve.words(text).casefold()
    found = [key for key in keys if wanted in (key.casefold(), names.get(key, "").casefold())]
    found = found or [key for key in keys if wanted in names.get(key, "").casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        named = ", ".join(names[key] for key in found[:5])
        raise UsageError(N_("--why: “{value}” can mean several: {names}"), value=shortened(text), names=named)
    raise UsageError(N_("--why: there is no “{value}” in this table"), value=shortened(text))


def _change(change: int | None) -> str:
    return "" if change is None else f"{change:+d}" if change else "="


def _month(session: Session, text: str | None) -> Month:
    if text is None:
        return Month.usual(session.today)
    return Month.of(parse_month(text, session.today))


def _scope(session: Session, given: Any) -> Scope:
    region = resolve.one(session.reader(), "region", given.scope) if given.scope is not None else ""
    return Scope(region=region, field9=resolve.code(FIELDS9, "--field", given.field))


def _one_of(text: str, option: str, known: dict[str, str]) -> str:
    if text in known:
        return text
    labels = Codes(dict(known))
    found = next((code for code in labels if labels.label(code).casefold() == text.casefold()), "")
    if not found:
        raise UsageError(
            N_("{option}: “{value}” is not one of: {names}"), option=option, value=text, names=", ".join(known)
        )
    return found
