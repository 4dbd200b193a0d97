"""A project in the order of dispatch: name, annual plan, done / physical progress, node, problems, next step."""

from datetime import date
from typing import Any

from zjtui.domain.fields import WAN
from zjtui.domain.indicators import rate
from zjtui.domain.money import show_money
from zjtui.domain.month import Month
from zjtui.domain.project_codes import STAGES
from zjtui.i18n import N_, _, joined, language
from zjtui.reports import telling
from zjtui.reports.amounts import named
from zjtui.store.read import records, reporting, standings
from zjtui.store.read.reporting import Which
from zjtui.usecases.session import Session

_NAMED = 3  # problems


def sentence(session: Session, uid: str, when: Month) -> str:
    """Return the project up to a month in one sentence."""
    reader = session.reader()
    record = records.get(reader, "project", uid)
    own = standings.of_project(reader, uid, when.year) or {}
    plan, done = own.get("plan") or 0, own.get(f"d{when.month}") or 0
    reports = records.of_project(reader, "monthly_report", uid, 100)
    last = next((row for row in reports if row["month"] <= str(when)), {})
    issues = reporting.issues_open(reader, Which(project=uid))
    found = [
        record.name,
        _(N_("plan of {year} {plan}")).format(year=when.year, plan=_money(plan)) if plan else _(N_("no plan")),
        _done(plan, done, when, last),
        _(N_("now {stage}")).format(stage=STAGES.label(record.stage)),
        _problems(issues),
        _next(issues, last, session.today) or _next_visit(session, uid) or _(N_("no next step is noted")),
    ]
    return _(N_("{parts}.")).format(parts=_(N_("dispatch|; ")).join(found))


def _money(yuan: int) -> str:
    return show_money(yuan, WAN, named=True) if language() == "zh" else named(yuan)


def _done(plan: int, done: int, when: Month, last: dict[str, Any]) -> str:
    text = _(N_("done up to {month} {done}")).format(month=when, done=_money(done))
    value = rate(done, plan)
    if value is not None:
        text += _(N_(" ({rate} of the plan)")).format(rate=telling.percent(value))
    if last.get("progress_text"):
        text += _(N_(", on site: {progress}")).format(progress=last["progress_text"])
    return text


def _problems(issues: list[dict[str, Any]]) -> str:
    if not issues:
        return _(N_("no open problem"))
    names = joined(row["title_text"] for row in issues[:_NAMED])
    more = _(N_(" and {count} more")).format(count=len(issues) - _NAMED) if len(issues) > _NAMED else ""
    return _(N_("open problems, {count}: {names}")).format(count=len(issues), names=names + more)


def _next(issues: list[dict[str, Any]], last: dict[str, Any], today: date) -> str:
    """Return what comes next: the most pressing problem's measure by its limit, else what the report plans; or ""."""
    first = next((row for row in issues if row["measure"]), None)
    if first and first["due_on"]:
        late = (today - first["due_on"]).days
        text = _(N_("next: {step}, by {day}")).format(step=first["measure"], day=first["due_on"])
        return text + _(N_(" ({days} days late)")).format(days=late) if late > 0 else text
    if step := (first["measure"] if first else last.get("next_plan")):
        return _(N_("next: {step}, no time limit is set")).format(step=step)
    return ""


def _next_visit(session: Session, uid: str) -> str:
    """Return the next visit that was agreed or is planned, from today on; or ""."""
    reader, which, ahead = session.reader(), Which(project=uid), (session.today, date.max)
    days = [row["next_visit"] for row in reporting.agreed(reader, which, *ahead)]
    days += [row["day"] for row in reporting.planned(reader, which, *ahead)]
    return _(N_("next visit on {day}")).format(day=min(days)) if days else ""
