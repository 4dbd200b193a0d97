"""A project in words: the preview beside the list and the overview on its own page."""

from typing import TYPE_CHECKING, Any

from textual.content import Content

from zjtui.domain import lights, money, told
from zjtui.domain.fields import WAN, YI
from zjtui.domain.issue import late_days
from zjtui.domain.project import Project
from zjtui.domain.show import MASK, heading, label, show
from zjtui.errors import Refused
from zjtui.i18n import N_, _
from zjtui.store.read import projects, records
from zjtui.store.read.lights import of_projects as lights_of_projects
from zjtui.ui.text import styled

if TYPE_CHECKING:
    from zjtui.usecases.session import Session

Part = tuple[Any, str]
LABEL = "$secondary"
_LIT = {"green": "$text-success", "yellow": "$text-warning", "red": "$text-error", "grey": "$foreground 60%"}


def project_preview(session: "Session", uid: str | None) -> Content:
    """Return what stands beside the list: figures, open issues, the last follow-ups."""
    if uid is None:
        return styled(("", ""))
    connection = session.reader()
    try:
        record = records.get(connection, "project", uid)
    except Refused:
        return styled(("", ""))
    parts: list[Part] = [(record.name, "bold"), ("\n", ""), *figures(session, record), *light_parts(session, uid)]
    issues = [row for row in records.of_project(connection, "issue", uid, 6) if row["closed_on"] is None]
    if issues:
        parts += [("\n", ""), (_(N_("Issues")), "bold $accent"), ("\n", "")]
    for row in issues:
        late = late_days(row["state"], row["due_on"], session.today)
        mark = f" {told.late(late)}" if late and late > 0 else ""
        state = show(record_field("issue", "state"), row["state"])
        parts += [(f"· {row['title_text']} ({state})", ""), (mark, "$text-error bold"), ("\n", "")]
    visits = records.of_project(connection, "follow_up", uid, 4)
    if visits:
        parts += [("\n", ""), (_(N_("Follow-ups")), "bold $accent"), ("\n", "")]
    for row in visits:
        parts += [(f"{row['visit_date']} ", LABEL), (row["findings"][:120], ""), ("\n", "")]
    return assembled(parts)


def light_parts(session: "Session", uid: str) -> list[Part]:
    """Return a project's lights, a line each, with what each is on for."""
    found = lights_of_projects(session.reader(), [uid], session.judge).get(uid, [])
    parts: list[Part] = []
    for light in found:
        parts += [(lights.told(light), _LIT[light.colour]), ("\n", "")]
    return parts


def figures(session: "Session", record: Project) -> list[Part]:
    """Return the figures that people ask for."""
    connection = session.reader()
    year = session.today.year
    row = projects.rows(
        connection,
        [_local_id(connection, record.uid)],
        ("plan", "done", "waiting", "rate", "last_visit", "main_leader", "owner_org", "region_code"),
        year,
    )[0]
    fields = Project.fields()
    pairs = [
        (heading(fields["region_code"]), row["region_code_name"]),
        (heading(fields["stage"]), show(fields["stage"], record.stage)),
        (heading(fields["total_invest"]), money.show_money(record.total_invest, YI, named=True)),
        (_(N_("Plan {year}")).format(year=year), money.show_money(row["plan"], WAN, named=True)),
        (_(N_("Done")), _done(row)),
        (_(N_("Completion")), row["rate"]),
        (_(N_("Contact leader")), row["main_leader"]),
        (heading(fields["owner_org"]), row["owner_org_name"]),
        (_(N_("Last follow-up")), row["last_visit"]),
    ]
    parts: list[Part] = []
    for name, value in pairs:
        parts += [(f"{name} ", LABEL), (value or "—", ""), ("\n", "")]
    return parts


def _done(row: dict[str, Any]) -> str:
    """Return what was done, and beside it what is reported but does not count yet."""
    done = money.show_money(row["done"], WAN, named=True)
    if not row["waiting"]:
        return done
    waiting = money.show_money(row["waiting"], WAN, named=True)
    return _(N_("{done} (+{waiting} not counted yet)")).format(done=done or "0", waiting=waiting)


def header(session: "Session", record: Project) -> Content:
    """Return the header of a project's page: the figures, two to a line."""
    parts = figures(session, record)
    lined: list[Part] = []
    for number in range(0, len(parts), 3):
        lined += [*parts[number : number + 2], ("\n" if number % 9 == 6 else "   ", "")]
    return assembled(lined[:-1])


def overview(session: "Session", record: Any) -> Content:
    """Return every field of a record that is filled, by the form's groups."""
    entity = record.entity
    lit = light_parts(session, record.uid) if entity == "project" else []
    row = records.with_names(session.reader(), entity, [dict(record.__dict__)])[0]
    parts: list[Part] = lit
    group = ""
    for name, field in type(record).fields().items():
        group = field.group or group
        value = row[name]
        if value in (None, [], "", False) or field.inner or name in ("uid", "project_uid"):
            continue
        if group:
            parts += [("\n" if parts else "", ""), (_(group), "bold $accent"), ("\n", "")]
            group = ""
        text = row[f"{name}_name"] if f"{name}_name" in row else MASK if field.secret else show(field, value)
        parts += [(label(field) + " ", LABEL), (str(text), ""), ("\n", "")]
    return assembled(parts)


def assembled(parts: list[Part]) -> Content:
    """Return the parts behind each other; only line breaks given by themselves break a line."""
    pieces: list[Any] = []
    for value, style in parts:
        pieces.append("\n" if value == "\n" else styled((value, style)))
    return Content.assemble(*pieces)


def record_field(entity: str, name: str) -> Any:
    """Return a field's declaration."""
    from zjtui.domain import registry

    return registry.model(entity).fields()[name]


def _local_id(connection: Any, uid: str) -> int:
    return int(connection.execute("SELECT id FROM project WHERE uid = ?", (uid,)).fetchone()[0])
