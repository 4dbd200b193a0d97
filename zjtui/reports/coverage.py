"""Contact coverage (联系服务覆盖): which projects have a main leader, who was visited in time, who was not."""

from datetime import date, timedelta
from typing import Any

from zjtui.domain.contact import MECHANISMS
from zjtui.domain.project_codes import STAGES
from zjtui.domain.region import PROVINCE
from zjtui.i18n import N_, _
from zjtui.reports import telling
from zjtui.reports.page import Page, Paragraph
from zjtui.reports.telling import Params, as_day, count
from zjtui.store.read import care, reporting
from zjtui.store.read.standings import Scope
from zjtui.usecases.session import Session


def page(session: Session, params: Params) -> Page:
    """Return how the contacts stand today."""
    reader, today = session.reader(), session.today
    found = telling.begin(session, _(N_("Contact coverage")), params, "")
    whole = care.contacts(reader, Scope(region=params.region, mine=params.person), today)
    told = _(
        N_(
            "{projects} projects, without those in reserve, suspended, withdrawn or archived; "
            "{led} with a main leader, {share}."
        )
    ).format(projects=whole["projects"], led=whole["led"], share=telling.share(whole["led"], whole["projects"]))
    found.parts.append(Paragraph(told))
    if not whole["projects"]:
        found.parts.append(Paragraph(_(N_("There is no project that is followed."))))
        return found
    heads: tuple[str, ...] = (N_("Mechanism"), N_("Visited in time"), N_("visits|Due"), N_("visits|Rate"))
    rows: list[tuple[str, ...]] = [
        (MECHANISMS.label(code), count(visited), count(due), telling.share(visited, due))
        for code, (visited, due, _rate) in whole["mechanisms"].items()
    ]
    telling.summary(found, _(N_("Visits by mechanism")), heads, rows, N_("Nobody contacts anything."))
    if params.region in ("", PROVINCE) and not params.person:
        cities = ((name, care.contacts(reader, Scope(region=code), today)) for code, name in reporting.cities(reader))
        heads = (N_("City"), N_("Projects"), N_("With a main leader"), N_("Coverage"))
        rows = [
            (name, count(one["projects"]), count(one["led"]), telling.share(one["led"], one["projects"]))
            for name, one in cities
        ]
        telling.summary(found, _(N_("By city")), heads, rows, N_("There is none."))
    bare = reporting.without_leader(reader, params.which, today)
    heads = (N_("County"), N_("Project"), N_("Stage"))
    rows = [(row["county"], row["project"], STAGES.label(row["stage"])) for row in bare]
    telling.section(found, N_("Projects without a main leader"), heads, rows, N_("Every project has one."))
    late = [_late(row, today) for row in reporting.contacts(reader, params.which, today) if _days(row, today) > 0]
    heads = (N_("County"), N_("Project"), N_("Person"), N_("Mechanism"), N_("Cycle (days)"), N_("Last visit"),
             N_("Days over"))  # fmt: skip
    telling.section(found, N_("Visits overdue"), heads, late, N_("No visit is overdue."))
    return found


def _days(row: dict[str, Any], today: date) -> int:
    """Return by how many days a contact's cycle is over, counted from the last visit or from the contact's begin."""
    return (today - timedelta(days=row["cycle_days"]) - date.fromisoformat(row["last"])).days


def _late(row: dict[str, Any], today: date) -> tuple[str, ...]:
    return (
        row["county"], row["project"], row["person"] or "", MECHANISMS.label(row["mechanism"]),
        count(row["cycle_days"]), as_day(row["seen"]) or "-", count(_days(row, today)),
    )  # fmt: skip
