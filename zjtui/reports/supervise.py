"""The supervision letter (督办函) for a red project: what is red, against which line, what is asked and by when."""

from datetime import timedelta

from zjtui.domain.lights import KINDS, LIGHTS, told
from zjtui.domain.month import Month
from zjtui.errors import Refused
from zjtui.i18n import N_, _, joined
from zjtui.reports import dispatch, red, telling
from zjtui.reports.page import Heading, Page, Paragraph
from zjtui.reports.project_sheet import ISSUE_HEADS, issue_row
from zjtui.reports.telling import Params
from zjtui.store.read import lights, records, reporting
from zjtui.usecases.session import Session

_ANSWER = 7  # days to answer, unless another day is named


def page(session: Session, params: Params) -> Page:
    """Return the letter; a project that is not red is refused. Rules S-20, S-21."""
    reader, uid, today = session.reader(), params.project, session.today
    record = records.get(reader, "project", uid)
    light = lights.overall(reader, [uid], session.judge)[uid]
    if light.colour != "red":
        raise Refused(N_("{name} is not red, so there is nothing to supervise: {light}"), rule="S-20",
                      name=record.name, light=told(light))  # fmt: skip
    until = params.until or today + timedelta(days=_ANSWER)
    if until < today:
        raise Refused(N_("What is asked cannot be due before today"), rule="S-21")
    found = telling.begin(session, _(N_("Supervision letter: {name}")).format(name=record.name), params, "")
    row = records.with_names(reader, "project", [dict(record.__dict__)])[0]
    units = [row.get(f"{name}_name") for name in ("owner_org", "dept_org", "region_code")]
    addressed = joined(dict.fromkeys(name for name in units if name))
    found.parts.append(Paragraph(_(N_("To: {names}")).format(names=addressed or record.name)))
    found.parts.append(Paragraph(dispatch.sentence(session, uid, Month.usual(today))))
    _red(found, session, uid)
    issues = reporting.issues_open(reader, params.which)
    rows = [issue_row(item) for item in issues]
    telling.section(found, N_("Open problems"), ISSUE_HEADS, rows, N_("None is open."))
    found.parts.append(Heading(_(N_("What is asked"))))
    asked = [N_("1. Say why each red light is on, and by when it will be off.")]
    if issues:
        asked.append(N_("2. Give each open problem a measure, a person in charge and a time limit."))
    late = [item["title_text"] for item in issues if item["due_on"] and item["due_on"] < today]
    found.parts += [Paragraph(_(text)) for text in asked]
    if late:
        text = _(N_("3. Settle what is past its limit first: {names}.")).format(names=joined(late))
        found.parts.append(Paragraph(text))
    found.parts.append(Paragraph(_(N_("Please answer in writing by {day}.")).format(day=until.isoformat())))
    return found


def _red(page: Page, session: Session, uid: str) -> None:
    judged = lights.of_projects(session.reader(), [uid], session.judge)[uid]
    lines = red.lines(session)
    rows = [
        (KINDS.label(item.kind), LIGHTS.label(item.colour), str(item.why), lines[item.kind])
        for item in judged
        if item.colour == "red"
    ]
    heads = (N_("Light"), N_("Colour"), N_("Why"), N_("Line"))
    telling.section(page, N_("What is red"), heads, rows, N_("There is none."))
