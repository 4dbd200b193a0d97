"""The monthly bulletin: the targets, the league of cities as it was frozen, the lights with the red projects."""

from collections import Counter
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from zjtui.domain import indicators as formulas
from zjtui.domain import lights as judging
from zjtui.domain.freeze import Freeze
from zjtui.domain.region import PROVINCE
from zjtui.i18n import N_, _
from zjtui.reports import indicators, league, telling
from zjtui.reports.indicators import Month, named
from zjtui.reports.page import Heading, Number, Page, Paragraph, Table
from zjtui.reports.telling import Params, amount, count, percent, share
from zjtui.store.read import lights, reporting, standings
from zjtui.store.read.standings import Scope, Sums
from zjtui.usecases import freeze
from zjtui.usecases.session import Session

_WHOLE_YEAR = 12


def page(session: Session, params: Params) -> Page:
    """Return the bulletin of a month, by default the last one that is over."""
    when = params.month or Month.usual(session.today)
    record = freeze.newest_of(session, str(when))
    kept = freeze.read(record) if record else None
    found = telling.begin(session, _(N_("Bulletin of {month}")).format(month=when), params,
                          _(N_("up to {month}")).format(month=when))  # fmt: skip
    scope = Scope(region="" if params.region == PROVINCE else params.region)
    sums = _sums(kept, scope)
    source = _(N_("Figures as frozen: {name}, {day}, change log {head}."))
    if sums is None or record is None:
        sums = standings.whole(session.reader(), scope, when.year, when.month)
        source = _(N_("Figures as the register stands on {day}; they are not frozen.")).format(day=session.today)
    else:
        source = source.format(name=record.name, day=record.made_on, head=record.head[:8])
    found.parts += [Paragraph(_told(sums, when)), Paragraph(source)]
    _verified(found, session, scope, sums, when)
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
        more = N_(" {count} projects without a plan count with what they did.")
        text += _(more).format(count=sums.unplanned)
    return text


def _rate(part: int, whole: int) -> str:
    value = formulas.rate(part, whole)
    return "-" if value is None else percent(value)


def _verified(page: Page, session: Session, scope: Scope, sums: Sums, when: Month) -> None:
    """Say which share of the money is backed by evidence, and that it is not verified where that is too little."""
    days, least = int(session.limits["evidence_days"]), Fraction(str(session.limits["evidence_share"]))
    backed = sum(standings.backed(session.reader(), scope, when.year, when.month, "attr", days).values())
    value = formulas.rate(backed, sums.done)
    if value is None:
        return
    text = _(N_("{backed} of {done} done, {share}, was seen on site or documented in {days} days.")).format(
        backed=named(backed), done=named(sums.done), share=percent(value), days=days
    )
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
        reached = "-" if value is None else _(N_("reached")) if value >= needed else _(N_("not reached"))
        unit = _(N_("bn yuan")) if money else _(N_("projects"))
        rows.append((_(label), unit, *cells[:2], share(part, whole), Number(percent(needed), needed, "%"),
                     f"{when.year}-{month:02}", cells[2], reached))  # fmt: skip
    heads = (N_("Target"), N_("Unit"), N_("Reached so far"), N_("target|Of all"), N_("Rate"), N_("Line"),
             N_("By the end of"), N_("Missing"), N_("Remark"))  # fmt: skip
    telling.summary(page, _(N_("Targets")), heads, rows, N_("There is none."))


def _league(page: Page, session: Session, when: Month, record: Freeze | None, kept: dict[str, Any] | None) -> None:
    """Add the cities as they were frozen; without a freeze only what is missing: a live ranking is never told."""
    if record is None or kept is None:
        page.parts.append(Heading(_(N_("League of cities"))))
        missing = N_("There is no freeze of {month}, so there is no ranking. Keep the figures first: "
                     "F5 on the overview (5), or zjtui freeze add NAME --month {month}.")  # fmt: skip
        page.parts.append(Paragraph(_(missing).format(month=when)))
        return
    now = [Sums(**item) for item in kept["cities"]]
    before = [item.month_before() for item in now] if when.month > 1 else []
    names = league.names_of(session, "city", [item.key for item in now])
    for metric in ("completion", "commencement"):
        ranked = league.with_evidence(session, league.ranked(now, before, metric, names, session), "city", when)
        rows = [_place(session, row) for row in ranked]
        heads = (N_("league|Rank"), N_("Name"), N_("Of what"), N_("Value"), N_("Change"), N_("Projects"), N_("Remark"))
        title = f"{_(N_('League of cities'))}: {_(league.METRICS[metric])}"
        telling.summary(page, title, heads, rows, N_("There is none."))
    page.parts.append(Paragraph(_(N_("Ranked by the freeze {name} of {day}.")).format(
        name=record.name, day=record.made_on)))  # fmt: skip


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
    for start in range(0, len(found), 500):
        overall |= lights.overall(reader, [uid for uid, _name, _county in found[start : start + 500]], judge)
    counted = Counter(light.colour for light in overall.values())
    colours = ("red", "yellow", "green", "grey")
    page.parts.append(Heading(_(N_("Lights on {day}")).format(day=judge.today)))
    heads = (*(judging.LIGHTS.label(colour) for colour in colours), _(N_("Together")))
    cells = (*(count(counted[colour]) for colour in colours), count(len(found)))
    page.parts.append(Table(heads, (cells,), tuple(range(5))))
    rows = [(county, name, judging.told(overall[uid])) for uid, name, county in found if overall[uid].colour == "red"]
    columns = (N_("County"), N_("Project"), N_("Why"))
    telling.section(page, N_("Red projects"), columns, rows, N_("None is red."))
    page.parts.append(Paragraph(indicators.rule(session)))
