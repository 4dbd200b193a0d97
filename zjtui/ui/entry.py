"""Opening the right form for a record: edit, log a follow-up, raise an issue, add a project, move."""

from typing import TYPE_CHECKING, Any

from zjtui.domain import registry
from zjtui.errors import Msg, Refused
from zjtui.i18n import N_, _
from zjtui.store.read import find
from zjtui.store.read.records import get
from zjtui.ui.dialogs.choice import Choice, ChoiceDialog
from zjtui.ui.forms import FormSpec, fields_of, form_names, texts_of
from zjtui.usecases import follow_up, issue, project
from zjtui.usecases.session import Outcome

if TYPE_CHECKING:
    from zjtui.ui.app import ZjtuiApp

_EDITS = {"project": project.edit, "follow_up": follow_up.edit, "issue": issue.edit}
_MOVES = {"project": project.move, "issue": issue.move}
_FIRST = {
    "follow_up": ("findings", "form", "visit_date", "next_visit", "people"),
    "issue": ("title_text", "kind", "severity"),
}


def ordered(entity: str) -> list[str]:
    """Return the typed fields of `entity`, what is asked every time first."""
    names = form_names(entity)
    first = [name for name in _FIRST.get(entity, ()) if name in names]
    return first + [name for name in names if name not in first]


def edit_spec(app: "ZjtuiApp", entity: str, uid: str) -> FormSpec:
    """Return the form that edits a record."""
    record = get(app.session.reader(), entity, uid)
    items = fields_of(app.session, entity, ordered(entity))
    return FormSpec(
        title=N_("Edit"),
        subject=record.title,
        key=f"{entity}.set:{uid}",
        items=items,
        texts=texts_of(app.session, items, record.__dict__),
        save=lambda values: _EDITS[entity](app.session, uid, values),
        done=N_("Saved"),
        only_changed=True,
    )


def follow_up_spec(app: "ZjtuiApp", project_uid: str) -> FormSpec:
    """Return the form that logs a follow-up: date, mechanism and people are filled in already."""
    from zjtui.store.read.records import usual_mechanism

    session = app.session
    items = fields_of(session, "follow_up", ordered("follow_up"))
    known = find.names(session.reader(), "person", {session.person})
    start: dict[str, Any] = {
        "visit_date": session.today,
        "form": "onsite",
        "mechanism": usual_mechanism(session.reader(), project_uid, session.person) or "supervise",
        "result": "none",
        "people": [session.person] if known else [],
        "units": None if known else session.person,
    }
    return FormSpec(
        title=N_("Follow up"),
        subject=get(session.reader(), "project", project_uid).title,
        key=f"follow_up.add:{project_uid}",
        items=items,
        texts=texts_of(session, items, start),
        save=lambda values: follow_up.add(session, project_uid, values),
        done=N_("Follow-up logged"),
        start="findings",
    )


def issue_spec(app: "ZjtuiApp", project_uid: str, follow_up_uid: str | None = None) -> FormSpec:
    """Return the form that raises an issue, from a follow-up where there is one."""
    session = app.session
    items = fields_of(session, "issue", ordered("issue"))
    source = "visit" if follow_up_uid else "report"
    texts = texts_of(session, items, {"severity": "low", "source": source, "found_on": session.today})
    return FormSpec(
        title=N_("Raise an issue"),
        subject=get(session.reader(), "project", project_uid).title,
        key=f"issue.add:{follow_up_uid or project_uid}",
        items=items,
        texts=texts,
        save=lambda values: issue.add(session, project_uid, {**values, "follow_up_uid": follow_up_uid}),
        done=N_("Issue raised"),
        start="title_text",
    )


def project_spec(app: "ZjtuiApp") -> FormSpec:
    """Return the form that adds a project."""
    items = fields_of(app.session, "project", ordered("project"))
    return FormSpec(
        title=N_("New project"),
        subject="",
        key="project.add:",
        items=items,
        texts=texts_of(app.session, items, {}),
        save=lambda values: project.add(app.session, {k: v for k, v in values.items() if v not in (None, [])}),
        done=N_("Project added"),
    )


def move_spec(app: "ZjtuiApp", entity: str, uid: str, target: str) -> FormSpec | None:
    """Return the form with what a move needs; None where it needs nothing."""
    session = app.session
    record = get(session.reader(), entity, uid)
    flow = registry.workflow(entity)
    move = flow.find(getattr(record, flow.state_field), target)
    names = [*move.needs, *move.asks]
    if not names:
        return None
    items = fields_of(session, entity, names, move.needs)
    title = Msg(move.label)
    return FormSpec(
        title=move.label,
        subject=f"{record.title} → {flow.states.label(target)}",
        key=f"{entity}.move:{uid}:{target}",
        items=items,
        # The reason or proof of an earlier move is none for this one.
        texts=texts_of(session, items, {**record.__dict__, **dict.fromkeys(flow.fresh)}),
        save=lambda values: move_now(app, entity, uid, target, values),
        done=str(title),
    )


def move_now(app: "ZjtuiApp", entity: str, uid: str, target: str, values: dict[str, Any]) -> Outcome:
    """Run the move."""
    given = {name: value for name, value in values.items() if value not in (None, [])}
    return _MOVES[entity](app.session, uid, target, given)


def target_dialog(app: "ZjtuiApp", entity: str, uid: str) -> ChoiceDialog:
    """Return the dialog that asks where to: the allowed states first, the others with the reason why not."""
    record = get(app.session.reader(), entity, uid)
    flow = registry.workflow(entity)
    state = getattr(record, flow.state_field)
    moves = flow.from_state(state)
    choices = [Choice(move.target, f"{_(move.label)} → {flow.states.label(move.target)}") for move in moves]
    for other in flow.states:
        if other != state and all(move.target != other for move in moves):
            choices.append(Choice(other, flow.states.label(other), disabled=_why_not(flow, state, other)))
    return ChoiceDialog(N_("Move to"), choices)


def _why_not(flow: Any, state: str, target: str) -> str:
    try:
        flow.find(state, target)
    except Refused as refusal:
        return str(refusal)
    return ""
