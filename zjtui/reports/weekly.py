"""The weekly brief of follow-ups: who went where by which mechanism, what was raised, struck off, promised, planned."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from zjtui.domain.contact import MECHANISMS
from zjtui.domain.issue_codes import SEVERITIES, STATES
from zjtui.domain.promise import SIDES
from zjtui.i18n import N_, _
from zjtui.reports import telling
from zjtui.reports.page import Page, Paragraph
from zjtui.reports.telling import Params, as_day, count
from zjtui.store.read import reporting
from zjtui.usecases.session import Session


def page(session: Session, params: Params) -> Page:
    """Return the brief of a week, by default that of today."""
    reader, which = session.reader(), params.which
    since, until = params.week(session.today)
    found = telling.begin(session, _(N_("Weekly brief of follow-ups")), params, telling.days(since, until))
    visits = reporting.visits(reader, which, since, until)
    raised = reporting.issues_found(reader, which, since, until)
    closed = reporting.issues_closed(reader, which, since, until)
    promised = reporting.promises_made(reader, which, since, until)
    told = N_("{visits} follow-ups of {projects} projects; {raised} problems raised, {closed} struck off; "
              "{promised} promises made.")  # fmt: skip
    projects = len({row["project_uid"] for row in visits})
    found.parts.append(
        Paragraph(_(told).format(visits=len(visits), projects=projects, raised=len(raised), closed=len(closed),
                                 promised=len(promised)))
    )  # fmt: skip
    _visited(found, visits)
    _problems(found, raised, closed)
    heads = (N_("Made on"), N_("County"), N_("Project"), N_("Who promised"), N_("Promise"), N_("Due on"))
    rows = [
        (as_day(row["made_on"]), row["county"], row["project"],
         " ".join(text for text in (SIDES.label(row["side"]), row["keeper"]) if text), row["text"],
         as_day(row["due_on"]))
        for row in promised
    ]  # fmt: skip
    telling.section(found, N_("Promises made"), heads, rows, N_("Nothing was promised."))
    _planned(found, session, params, until)
    return found


def _visited(page: Page, visits: list[dict[str, Any]]) -> None:
    """Add the follow-ups by county and mechanism, then one by one."""
    counted = Counter((row["place"], row["county"], row["mechanism"]) for row in visits)
    places = sorted({(place, county) for place, county, _mechanism in counted})
    rows = [
        (county, *(count(counted[place, county, code]) for code in MECHANISMS),
         count(sum(counted[place, county, code] for code in MECHANISMS)))
        for place, county in places
    ]  # fmt: skip
    if rows:
        sums = [sum(counted[place, county, code] for place, county in places) for code in MECHANISMS]
        rows.append((_(N_("line|Total")), *(count(number) for number in sums), count(sum(sums))))
    heads = (N_("County"), *(MECHANISMS.labels[code] for code in MECHANISMS), N_("line|Total"))
    empty = N_("Nobody followed up.")
    telling.summary(page, _(N_("Follow-ups by county and mechanism")), heads, rows, empty)
    if not visits:
        return
    one = (N_("Date"), N_("County"), N_("Project"), N_("Mechanism"), N_("evidence|Who"), N_("Findings"))
    rows = [
        (as_day(row["visit_date"]), row["county"], row["project"], MECHANISMS.label(row["mechanism"]),
         row["people_name"] or row["units"] or "", row["findings"])
        for row in visits
    ]  # fmt: skip
    telling.section(page, N_("Follow-ups"), one, rows, empty)


def _problems(page: Page, raised: list[dict[str, Any]], closed: list[dict[str, Any]]) -> None:
    heads = (N_("No."), N_("County"), N_("Project"), N_("Problem"), N_("Severity"), N_("State"), N_("Due on"))
    rows = [
        (row["no"], row["county"], row["project"], row["title_text"], SEVERITIES.label(row["severity"]),
         STATES.label(row["state"]), as_day(row["due_on"]))
        for row in raised
    ]  # fmt: skip
    telling.section(page, N_("Problems raised"), heads, rows, N_("None was raised."))
    heads = (N_("No."), N_("County"), N_("Project"), N_("Problem"), N_("Outcome"), N_("Due on"), N_("Closed on"))
    rows = [
        (row["no"], row["county"], row["project"], row["title_text"], row["outcome"] or "", as_day(row["due_on"]),
         as_day(row["closed_on"]))
        for row in closed
    ]  # fmt: skip
    telling.section(page, N_("Struck off"), heads, rows, N_("None was struck off."))


def _planned(page: Page, session: Session, params: Params, until: date) -> None:
    """Add the visits of the seven days after: planned ones, and those agreed on a visit for a project not planned."""
    since, last = until + timedelta(days=1), until + timedelta(days=7)
    reader = session.reader()
    plans = reporting.planned(reader, params.which, since, last)
    known = {row["project_uid"] for row in plans}
    rows = [
        (as_day(row["day"]), row["county"], row["project"], row["who"] or "", row["purpose"] or "") for row in plans
    ]
    rows += [
        (as_day(row["next_visit"]), row["county"], row["project"], row["people_name"] or row["units"] or "",
         _(N_("agreed on {day}")).format(day=as_day(row["visit_date"])))
        for row in reporting.agreed(reader, params.which, since, last)
        if row["project_uid"] not in known
    ]  # fmt: skip
    heads = (N_("Day"), N_("County"), N_("Project"), N_("evidence|Who"), N_("Purpose"))
    title = N_("Plans of the next seven days")
    telling.section(page, title, heads, sorted(rows), N_("No visit is planned."))
