"""The follow-up form: the visit, and on the same page the problem, the service and the promise that came of it."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from zjtui.i18n import N_
from zjtui.store.read import find
from zjtui.store.read.records import get, last_follow_up, usual_mechanism
from zjtui.ui.forms import FILES, FormSpec, fields_of, files_of, form_names, headed, texts_of
from zjtui.usecases import follow_up

if TYPE_CHECKING:
    from zjtui.ui.app import ZjtuiApp

_FIRST = ("findings", "next_visit", "visit_date", "form", "people", "mechanism", "result")  # asked of every visit
_PARTS = {  # entity: (heading, fields)
    "issue": (N_("A problem found"), ("title_text", "kind", "severity", "limit_kind")),
    "service": (N_("A service applied for"), ("kind", "dept", "promise_days")),
    "promise": (N_("A promise made"), ("text", "side", "keeper", "due_on")),
}
_SAME = ("form", "mechanism", "people", "units", "topics")


def spec(app: "ZjtuiApp", project_uid: str, mechanism: str = "") -> FormSpec:
    """Return the form that logs a follow-up: date, mechanism and people are filled in already."""
    session = app.session
    items = fields_of(session, "follow_up", _FIRST)
    known = find.names(session.reader(), "person", {session.person})
    start: dict[str, Any] = {
        "visit_date": session.today,
        "form": "onsite",
        "mechanism": mechanism or usual_mechanism(session.reader(), project_uid, session.person) or "supervise",
        "result": "none",
        "people": [session.person] if known else [],
        "units": None if known else session.person,
    }
    more = fields_of(session, "follow_up", [name for name in form_names("follow_up") if name not in _FIRST])
    texts = texts_of(session, [*items, *more], start)
    for entity, (heading, names) in _PARTS.items():
        part = [
            replace(item, name=f"{entity}.{item.name}", required=False) for item in fields_of(session, entity, names)
        ]
        items += headed(heading, part)
        texts |= dict.fromkeys((item.name for item in part), "")
    items += headed(N_("More of the visit"), more)
    items += headed(N_("Photos and files"), [FILES])
    return FormSpec(
        title=N_("Follow up"),
        subject=get(session.reader(), "project", project_uid).title,
        key=f"follow_up.add:{project_uid}",
        items=items,
        texts=texts,
        save=lambda values: _save(app, project_uid, values),
        done=N_("Follow-up logged"),
        start="findings",
        same=lambda: _last(app, items),
    )


def _save(app: "ZjtuiApp", project_uid: str, values: dict[str, Any]) -> Any:
    files = files_of(values)
    return follow_up.log(app.session, project_uid, *follow_up.parts_of(values), files)


def _last(app: "ZjtuiApp", items: list[Any]) -> dict[str, str]:
    """Return the texts of the person's last follow-up of whatever project."""
    session = app.session
    row = last_follow_up(session.reader(), session.person)
    if row is None:
        return {}
    chosen = [item for item in items if item.name in _SAME]
    return texts_of(session, chosen, {name: row[name] for name in _SAME})
