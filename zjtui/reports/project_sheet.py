"""One project, one sheet (一项目一策): who and what it is, figures, contacts, problems with measure, what is owed."""

from typing import Any

from zjtui.domain.contact import MECHANISMS, ROLES
from zjtui.domain.element import ELEMENTS, ElementNeed
from zjtui.domain.element import STATES as NEED_STATES
from zjtui.domain.issue_codes import SEVERITIES, STATES
from zjtui.domain.lights import KINDS as LIGHT_KINDS
from zjtui.domain.lights import LIGHTS
from zjtui.domain.month import Month
from zjtui.domain.project import Project
from zjtui.domain.promise import SIDES
from zjtui.domain.service_clock import calendar_note, line
from zjtui.domain.service_codes import KINDS, OPEN_STATES
from zjtui.domain.service_codes import STATES as SERVICE_STATES
from zjtui.domain.show import label, show
from zjtui.i18n import N_, _
from zjtui.reports import dispatch, telling
from zjtui.reports.page import Page, Paragraph, Table
from zjtui.reports.telling import Params, as_day, count
from zjtui.store.read import lights, records, reporting, services, standings
from zjtui.usecases.session import Session

_IDENTITY = ("name", "code", "region_code", "site", "field9", "attr", "nature", "stage", "owner_org", "builder_org",
             "dept_org", "total_invest", "plan_start", "plan_end", "real_start", "real_end", "scale")  # fmt: skip


def page(session: Session, params: Params) -> Page:
    """Return the sheet of one project."""
    reader, uid = session.reader(), params.project
    record = records.get(reader, "project", uid)
    when = params.month or Month.usual(session.today)
    title = _(N_("One project, one sheet: {name}")).format(name=record.name)
    found = telling.begin(session, title, params, _(N_("up to {month}")).format(month=when))
    found.parts.append(Paragraph(dispatch.sentence(session, uid, when)))
    row = records.with_names(reader, "project", [dict(record.__dict__)])[0]
    fields = Project.fields()
    pairs = [(label(fields[n]), str(row.get(f"{n}_name") or show(fields[n], row[n]))) for n in _IDENTITY]
    heads = (_(N_("Item")), _(N_("Content")))
    found.parts.append(Table(heads, tuple(pair for pair in pairs if pair[1])))
    _figures(found, session, uid, when)
    _contacts(found, session, uid)
    _issues(found, session, params)
    _services(found, session, uid)
    _owed(found, session, uid)
    return found


def _figures(page: Page, session: Session, uid: str, when: Month) -> None:
    own = standings.of_project(session.reader(), uid, when.year)
    heads: tuple[str, ...] = (
        N_("Year"),
        N_("Plan (bn yuan)"),
        N_("Done (bn yuan)"),
        N_("Completion"),
        N_("Expected by now"),
    )
    rows: list[tuple[str, ...]] = []
    if own:
        plan, done, due = own["plan"] or 0, own[f"d{when.month}"] or 0, own[f"x{when.month}"] or 0
        rows = [(str(when.year), telling.amount(plan), telling.amount(done), telling.share(done, plan),
                 telling.share(due, plan))]  # fmt: skip
    telling.summary(page, _(N_("Figures")), heads, rows, N_("Nothing is planned or reported."))
    judged = lights.of_projects(session.reader(), [uid], session.judge)[uid]
    heads = (N_("Light"), N_("Colour"), N_("Why"))
    rows = [(LIGHT_KINDS.label(item.kind), LIGHTS.label(item.colour), str(item.why)) for item in judged]
    telling.summary(page, _(N_("Lights")), heads, rows, N_("There is none."))


def _contacts(page: Page, session: Session, uid: str) -> None:
    today = session.today
    rows = [
        (str(row["person_uid_name"] or ""), ROLES.label(row["role"]), MECHANISMS.label(row["mechanism"]),
         as_day(row["from_date"]), count(row["cycle_days"]))
        for row in records.of_project(session.reader(), "contact", uid)
        if row["from_date"] <= today and (row["to_date"] is None or row["to_date"] > today)
    ]  # fmt: skip
    heads = (N_("Person"), N_("Role"), N_("Mechanism"), N_("contact|From"), N_("Cycle (days)"))
    telling.section(page, N_("Contacts"), heads, rows, N_("Nobody contacts it."))


def _issues(page: Page, session: Session, params: Params) -> None:
    rows = [issue_row(row) for row in reporting.issues_open(session.reader(), params.which)]
    telling.section(page, N_("Open problems"), ISSUE_HEADS, rows, N_("None is open."))


ISSUE_HEADS = (N_("No."), N_("Problem"), N_("Severity"), N_("State"), N_("Lead unit"), N_("Measures"), N_("Due on"))


def issue_row(row: dict[str, Any]) -> tuple[str, ...]:
    """Return an open issue as a row under `ISSUE_HEADS`."""
    return (row["no"], row["title_text"], SEVERITIES.label(row["severity"]), STATES.label(row["state"]),
            row["lead_unit_name"] or "", row["measure"] or "", as_day(row["due_on"]))  # fmt: skip


def _services(page: Page, session: Session, uid: str) -> None:
    rows = []
    for row in services.of_project(session.reader(), uid):
        if row["state"] not in OPEN_STATES:
            continue
        clock = line(row, session.today, session.limits)
        due = None if row["decided_on"] else clock["due_on"]
        rows.append((KINDS.label(row["kind"]), SERVICE_STATES.label(row["state"]), as_day(row["accepted_on"]),
                     as_day(due), count(clock["used_days"]), count(row["promise_days"])))  # fmt: skip
    if note := calendar_note(session.today, session.limits):
        page.parts.append(Paragraph(str(note)))
    heads = (N_("service|Item"), N_("State"), N_("Accepted on"), N_("Due on"), N_("Department days"),
             N_("Promise (days)"))  # fmt: skip
    telling.section(page, N_("Services running or to be delivered"), heads, rows, N_("There is none."))


def _owed(page: Page, session: Session, uid: str) -> None:
    """Add the element needs and the open promises."""
    reader, fields = session.reader(), ElementNeed.fields()
    rows = [
        (ELEMENTS.label(row["element"]), show(fields["need"], row["need"]), show(fields["need"], row["secured"]),
         as_day(row["needed_by"]), _standing(row))
        for row in records.of_project(reader, "element_need", uid)
    ]  # fmt: skip
    heads = (N_("Element"), N_("Need"), N_("Secured"), N_("Needed by"), N_("Remark"))
    telling.section(page, N_("Elements"), heads, rows, N_("Nothing is needed."))
    promised = [
        (SIDES.label(row["side"]), row["keeper"] or "", row["text"], as_day(row["made_on"]), as_day(row["due_on"]))
        for row in records.of_project(reader, "promise", uid)
        if row["state"] == "open"
    ]
    heads = (N_("Who promised"), N_("Keeper"), N_("Promise"), N_("Made on"), N_("Due on"))
    telling.section(page, N_("Open promises"), heads, promised, N_("Nothing is promised."))


def _standing(need: dict[str, Any]) -> str:
    """Return what became of a need; what was refused is still needed."""
    if need["state"] == "rejected":
        return NEED_STATES.label("rejected")
    return "" if need["need"] > need["secured"] else _(N_("secured"))
