"""The monthly bulletin: the targets, the league of cities as it was frozen, the lights with the red projects."""

from collections import Counter
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from zjtui.domain import indicators as formulas
from zjtui.domain import lights as judging
from zjtui.domain.freeze import Freeze
from zjtui.domain.month import Month
from zjtui.domain.plan import COUNTED, REPORT_STATES
from zjtui.domain.region import PROVINCE
from zjtui.errors import Refused
from zjtui.i18n import N_, _
from zjtui.reports import league, league_notes, red, telling
from zjtui.reports.amounts import named
from zjtui.reports.page import Heading, Hint, Number, Page, Paragraph, Table
from zjtui.reports.telling import Params, amount, count, percent, share
from zjtui.store.read import lights, reporting, standings
from zjtui.store.read.standings import Scope, Sums
from zjtui.usecases import freeze
from zjtui.usecases.session import Session

_WHOLE_YEAR = 12


def page(session: Session, params: Params) -> Page:
    """Return the bulletin of a month, by default the last one that is over."""
    when = params.month or Month.usual(session.today)
    if date(when.year, when.month, 1) > session.today:
        raise Refused(N_("The month {month} has not come yet"), rule="S-22", month=when)
    record = freeze.newest_of(session, str(when))
    kept = freeze.read(record) if record else None
    title = _(N_("Bulletin of {year}-{number:02}")).format(year=when.year, number=when.month)
    found = telling.begin(session, title, params, _(N_("up to {month}")).format(month=when))
    scope = Scope(region="" if params.region == PROVINCE else params.region)
    sums = _sums(kept, scope)
    source = _(N_("Figures as frozen: {name}, {day}, change log {head}."))
    if sums is None or record is None:
        sums = standings.whole(session.reader(), scope, when.year, when.month)
        source = _(N_("Figures as the register stands on {day}; they are not frozen.")).format(day=session.today)
    else:
        source = source.format(name=record.name, day=record.made_on, head=record.head)
    found.parts += [Paragraph(_told(sums, when)), Paragraph(source)]
    if not sums.plan and not sums.done:
        found.parts.append(Paragraph(_(N_("There is neither a plan nor an amount of this year: nothing to report."))))
        return found
    live = standings.whole(session.reader(), scope, when.year, when.month)
    _reviewed(found, session, params, when)
    _verified(found, session, scope, live, when)
    _targets(found, sums, when)
    _league(found, session, when, record, kept)
    _lights(found, session, params, when)
    return found


def _sums(kept: dict[str, Any] | None, scope: Scope) -> Sums | None:
    """Return a scope's sums as they were frozen: the whole, or a city; None: not among what is kept."""
    if kept is None:
        return None
    if not scope.region:
        return Sums(**kept["whole"])
    return next((Sums(**item) for item in kept["cities"] if item["key"] == scope.region), None)


def _told(sums: Sums, when: Month) -> str:
    """Return the scope in one sentence: raw numbers first, then the rates."""
    text = _(N_("{projects} projects; plan of {year} {plan}; done up to {month} {done}, {rate} of the plan, "
                "{expected} expected by now; {started} of {new} new projects have started, {starts}.")).format(
        projects=sums.projects, year=when.year, plan=named(sums.plan), month=when, done=named(sums.done),
        rate=_rate(sums.done, sums.plan), expected=_rate(sums.expected, sums.plan), started=sums.started,
        new=sums.new, starts=_rate(sums.started, sums.new),
    )  # fmt: skip
    if sums.unplanned:
        more = N_(" {count} projects without a plan: what was done there counts.")
        text += _(more).format(count=sums.unplanned)
    if sums.withdrawn:
        text += _(N_(" {count} withdrawn, out of the plan and the starts.")).format(count=sums.withdrawn)
    return text


def _rate(part: int, whole: int) -> str:
    value = formulas.rate(part, whole)
    return "-" if value is None else percent(value)


def _reviewed(page: Page, session: Session, params: Params, when: Month) -> None:
    """Say how much of the money was approved and how much waits for it: by the register of today."""
    found = reporting.done_by_state(session.reader(), params.which, when.year, when.month)
    parts = [f"{REPORT_STATES.label(state)} {named(found[state])}" for state in COUNTED if found.get(state)]
    if parts:
        text = _(N_("By the state of the reports in the register on {day}: {parts}."))
        page.parts.append(Paragraph(text.format(day=session.today, parts=_(N_("list|; ")).join(parts))))


def _verified(page: Page, session: Session, scope: Scope, sums: Sums, when: Month) -> None:
    """Say which share of the money is backed by evidence, and that it is not verified where that is too little.

    `sums` are those of the register today, as the evidence is: a freeze keeps no evidence.
    """
    days, least = int(session.limits["evidence_days"]), Fraction(str(session.limits["evidence_share"]))
    backed = sum(standings.backed(session.reader(), scope, when.year, when.month, "attr", days).values())
    value = formulas.rate(backed, sums.done)
    if value is None:
        return
    text = _(N_("By the register on {day}, {backed} of {done} done, {share}, was seen on site or documented "
                "in {days} days.")).format(day=session.today, backed=named(backed), done=named(sums.done),
                                           share=percent(value), days=days)  # fmt: skip
    if value < least:
        text = _(N_("Unverified: {text} The line is {line}.")).format(text=text, line=percent(least))
    page.parts.append(Paragraph(text))


def _targets(page: Page, sums: Sums, when: Month) -> None:
    """Add the targets of the next milestone, e.g. 75 % of the plan and 85 % of the starts by the end of September."""
    rows: list[tuple[str, ...]] = []
    for kind, label, part, whole in (
        ("completion", N_("Completion of the year's plan"), sums.done, sums.plan),
        ("commencement", N_("New projects really started"), sums.started, sums.new),
    ):
        month, needed = formulas.target(kind, when.month)
        value = formulas.rate(part, whole)
        money = kind == "completion"
        short = max(-(-(needed * whole) // 1) - part, 0)
        cells = (amount(part), amount(whole), amount(short)) if money else (count(part), count(whole), count(short))
        reached = "-" if value is None else _(_reached(value >= needed, due=when.month >= month))
        unit = _(N_("bn yuan")) if money else _(N_("projects"))
        rows.append((_(label), unit, *cells[:2], share(part, whole), Number(percent(needed), needed, "%"),
                     f"{when.year}-{month:02}", cells[2], reached))  # fmt: skip
    heads = (N_("Target"), N_("Unit"), N_("Reached so far"), N_("target|Of all"), N_("Rate"), N_("Line"),
             N_("By the end of"), N_("Missing"), N_("Remark"))  # fmt: skip
    telling.summary(page, _(N_("Targets")), heads, rows, N_("There is none."))


def _reached(enough: bool, *, due: bool) -> str:
    """Return what is said of a target: before its day nobody failed it."""
    return N_("reached") if enough else N_("not reached") if due else N_("not due yet")


def _league(page: Page, session: Session, when: Month, record: Freeze | None, kept: dict[str, Any] | None) -> None:
    """Add the cities as they were frozen; without a freeze only what is missing: a live ranking is never told."""
    if record is None or kept is None:
        page.parts.append(Heading(_(N_("League of cities"))))
        missing = N_("There is no freeze of {month}, so there is no ranking.")
        hint = N_("Keep the figures first: Ctrl+N on the overview (5), or zjtui freeze add NAME --month {month}.")
        page.parts += [Paragraph(_(missing).format(month=when)), Hint(_(hint).format(month=when))]
        return
    now = [Sums(**item) for item in kept["cities"]]
    before = league.earlier(session, "city", when, now)[0] if when.month > 1 else []
    names = league.names_of(session, "city", [item.key for item in now])
    live = {item.key: item.done for item in standings.groups(session.reader(), Scope(), when.year, when.month, "city")}
    for metric in ("completion", "commencement"):
        ranked = [replace(row, done=live.get(row.key, 0)) for row in league.ranked(now, before, metric, names, session)]
        ranked = league.with_evidence(session, ranked, "city", when)
        rows = [_place(session, row) for row in ranked]
        heads = (
            N_("league|Rank"),
            N_("Name"),
            N_("Numerator / denominator"),
            N_("Value"),
            N_("Change"),
            N_("Projects"),
            N_("Remark"),
        )
        title = f"{_(N_('League of cities'))}: {_(league.METRICS[metric])}"
        telling.summary(page, title, heads, rows, N_("There is none."))
    text = _(N_("All cities of the province, ranked by the freeze {name} of {day}; “unverified”: less than {share} of "
                "the money was seen on site or documented, by the register on {today}."))  # fmt: skip
    least = percent(Fraction(str(session.limits["evidence_share"])))
    page.parts.append(Paragraph(text.format(name=record.name, day=record.made_on, share=least, today=session.today)))
    if compared := league_notes.compared_with(session, "city", "completion", when):
        page.parts.append(Paragraph(_(N_("{text}.")).format(text=compared)))


def _place(session: Session, row: league.Row) -> tuple[str, ...]:
    marks = [_(N_("small sample"))] if row.small else []
    if league.unverified(session, row):
        marks.append(_(N_("unverified")))
    value = "-" if row.value is None else Number(percent(row.value), row.value, "%")
    change = "" if row.change is None else Number(f"{row.change:+d}" if row.change else "0", row.change)
    return (
        count(row.rank) or "-", row.name, f"{row.numerator} / {row.denominator}", value, change, count(row.projects),
        _(N_("list|, ")).join(marks),
    )  # fmt: skip


def _lights(page: Page, session: Session, params: Params, when: Month) -> None:
    """Add how many projects are red, yellow, green, not judged, and the red ones with the reason."""
    reader = session.reader()
    found = reporting.projects(reader, params.which)
    after = date(when.year + when.month // _WHOLE_YEAR, when.month % _WHOLE_YEAR + 1, 1)
    last = date.fromisoformat(standings.last_day(after.year, after.month))
    judge = replace(session.judge, today=min(session.today, last))
    overall: dict[str, judging.Light] = {}
    judged: dict[str, list[judging.Light]] = {}
    for start in range(0, len(found), 500):
        uids = [uid for uid, _name, _county in found[start : start + 500]]
        overall |= lights.overall(reader, uids, judge)
        judged |= lights.of_projects(reader, [uid for uid in uids if overall[uid].colour == "red"], judge)
    counted = Counter(light.colour for light in overall.values())
    colours = ("red", "yellow", "green", "grey")
    page.parts.append(Heading(_(N_("Lights on {day}")).format(day=judge.today)))
    heads = (*(judging.LIGHTS.label(colour) for colour in colours), _(N_("line|Total")))
    cells = (*(count(counted[colour]) for colour in colours), count(len(found)))
    page.parts.append(Table(heads, (cells,), tuple(range(5))))
    rows = [(county, name, red.reasons(judged[uid])) for uid, name, county in found if overall[uid].colour == "red"]
    columns = (N_("County"), N_("Project"), N_("Why"))
    telling.section(page, N_("Red projects"), columns, rows, N_("None is red."))
    for kind, line in red.lines(session).items():
        page.parts.append(Paragraph(_(N_("light|{kind}: {why}")).format(kind=judging.KINDS.label(kind), why=line)))
