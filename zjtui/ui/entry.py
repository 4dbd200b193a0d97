"""Opening the right form for a record: edit, log a follow-up, raise an issue, add a project, move."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from zjtui.domain import registry
from zjtui.domain.fields import Kind
from zjtui.domain.issue_codes import GIVEN_OUT, STATES
from zjtui.errors import Msg, Refused
from zjtui.i18n import N_, _, joined
from zjtui.store.read import closing
from zjtui.store.read.records import get, told_of
from zjtui.ui import correcting
from zjtui.ui.dialogs.choice import Choice, ChoiceDialog
from zjtui.ui.forms import FILES, FormSpec, fields_of, files_of, form_names, headed, texts_of
from zjtui.usecases import issue, policy, project, register
from zjtui.usecases.session import Outcome

if TYPE_CHECKING:
    from zjtui.ui.app import ZjtuiApp

_FIRST = {
    "follow_up": ("findings", "form", "visit_date", "next_visit", "people"),
    "issue": ("title_text", "kind", "severity"),
    "service": ("kind", "dept", "accepted_on", "applied_on", "promise_days", "basis", "limit_days"),
}
EXTEND = "extend"  # stands among the states that an issue can go to; it stays where it is
_NAMED = 12  # projects named in a question


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
        subject=told_of(app.session.reader(), record),
        key=f"{entity}.set:{uid}",
        items=items,
        texts=texts_of(app.session, items, record.__dict__),
        save=lambda values: correcting.edit(app.session, entity, uid, values),
        done=N_("Saved"),
        only_changed=True,
        correct=lambda values, error: correcting.spec(app, entity, uid, values, error),
        ask=_who_gains(app, uid) if entity == "policy" else _doubtful(app, entity, uid),
    )


def _doubtful(
    app: "ZjtuiApp", entity: str, uid: str | None, project_uid: str | None = None
) -> Callable[[dict[str, Any]], str]:
    """Return what asks, before a record is saved, about amounts and days that hardly can be."""
    owner = {"project_uid": project_uid} if project_uid else {}

    def told(values: dict[str, Any]) -> str:
        return "\n".join(str(notice) for notice in register.doubts(app.session, entity, uid, {**owner, **values}))

    return told


def _who_gains(app: "ZjtuiApp", uid: str | None) -> Callable[[dict[str, Any]], str]:
    """Return what says, before a policy is saved, which projects its conditions gain and lose."""

    def told(values: dict[str, Any]) -> str:
        gained, lost = policy.difference(app.session, uid, values)
        parts = []
        for names, text in (
            (gained, N_("Fit from now on, {count}: {names}")),
            (lost, N_("Fit no more, {count} (what is matched already stays): {names}")),
        ):
            if names:
                more = "…" if len(names) > _NAMED else ""
                parts.append(_(text).format(count=len(names), names=joined(names[:_NAMED]) + more))
        return "\n".join(parts)

    return told


def add_spec(
    app: "ZjtuiApp", entity: str, project_uid: str | None, given: "Mapping[str, Any] | None" = None
) -> FormSpec:
    """Return the form that adds a record, to a project where it hangs on one; it starts with what is `given`."""
    session = app.session
    items = fields_of(session, entity, ordered(entity))
    start = registry.model(entity).defaults()
    today = {
        "contact": "from_date",
        "promise": "made_on",
        "service": "applied_on",
        "set_aside": "made_on",
        "visit_plan": "day",
    }
    if entity in today:
        start[today[entity]] = session.today
    if entity in ("annual_plan", "policy"):
        start["year"] = session.today.year
    start |= given or {}
    return FormSpec(
        title=N_("Add"),
        subject=get(session.reader(), "project", project_uid).title if project_uid else "",
        key=f"{entity}.add:{project_uid or ''}",
        items=items,
        texts=texts_of(session, items, start),
        save=lambda values: register.add(session, entity, project_uid, values),
        done=N_("Added"),
        ask=_who_gains(app, None) if entity == "policy" else _doubtful(app, entity, None, project_uid),
    )


def issue_spec(app: "ZjtuiApp", project_uid: str, follow_up_uid: str | None = None) -> FormSpec:
    """Return the form that raises an issue, from a follow-up where there is one."""
    session = app.session
    items = fields_of(session, "issue", ordered("issue"))

    def save(values: dict[str, Any]) -> Outcome:
        files = files_of(values)
        return issue.add(session, project_uid, {**values, "follow_up_uid": follow_up_uid}, files)

    source = "visit" if follow_up_uid else "report"
    texts = texts_of(session, items, {"severity": "low", "source": source, "found_on": session.today})
    return FormSpec(
        title=N_("Raise an issue"),
        subject=get(session.reader(), "project", project_uid).title,
        key=f"issue.add:{follow_up_uid or project_uid}",
        items=[*items, *headed(FILES.field.label, [FILES])],
        texts=texts,
        save=save,
        done=N_("Issue raised"),
        start="title_text",
        hint=lambda typed: _similar(app, project_uid, typed.get("title_text", "")),
        ask=_doubtful(app, "issue", None, project_uid),
    )


def _similar(app: "ZjtuiApp", project_uid: str, title: str) -> str:
    """Return a word about open issues that may be the same one."""
    if len(title.strip()) < 2:
        return ""
    found = closing.similar(app.session.reader(), project_uid, title)
    told = "；".join(f"{row['title_text']} ({STATES.label(row['state'])}, {row['no']})" for row in found[:2])
    return _(N_("Open already? {issues}")).format(issues=told) if found else ""


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
        ask=_doubtful(app, "project", None),
    )


def move_spec(app: "ZjtuiApp", entity: str, uid: str, target: str, *, files: bool = True) -> FormSpec | None:
    """Return the form with what a move needs, with room for `files` that prove it; None where it needs nothing."""
    if target == EXTEND:
        return correcting.extension(app, uid)
    session = app.session
    record = get(session.reader(), entity, uid)
    flow = registry.workflow(entity)
    move = flow.find(getattr(record, flow.state_field), target)
    names = [*move.needs, *move.asks]
    if not names:
        return None
    items = fields_of(session, entity, names, move.needs)
    start = _starting(session.today, record.__dict__, items, flow)
    title = Msg(move.label)

    def wants(values: dict[str, Any]) -> list[Refused]:
        given = {item.name: values.get(item.name) for item in items}
        return register.wanted(session, entity, uid, target, given, files=bool(values.get(FILES.name)))

    stars = {refusal.field for refusal in wants(start)}
    items = [replace(item, starred=item.name in stars) for item in items]
    return FormSpec(
        title=move.label,
        subject=f"{told_of(session.reader(), record)} → {flow.states.label(target)}",
        key=f"{entity}.move:{uid}:{target}",
        items=[*items, *(headed(FILES.field.label, [FILES]) if files and "project_uid" in record.__dict__ else ())],
        texts=texts_of(session, items, start),
        wants=wants,
        save=lambda values: move_now(app, entity, uid, target, values),
        done=str(title),
    )


def _starting(today: Any, values: Any, items: Any, flow: Any) -> dict[str, Any]:
    """Return what a move's form starts with: the reason or proof of an earlier move is none, an open day is today."""
    start = {**values, **dict.fromkeys((*flow.fresh, flow.day_field))}
    for item in items:
        if item.field.kind is Kind.DATE and item.field.past and not item.required and item.name not in flow.fresh:
            start[item.name] = start.get(item.name) or today
    return start


def move_now(app: "ZjtuiApp", entity: str, uid: str, target: str, values: dict[str, Any]) -> Outcome:
    """Run the move; its files are attached to the record."""
    files = files_of(values)
    given = {name: value for name, value in values.items() if value not in (None, [])}
    return register.move(app.session, entity, uid, target, given, files=files)


def target_dialog(app: "ZjtuiApp", entity: str, uid: str) -> ChoiceDialog:
    """Return the dialog that asks where to: the allowed states first, the others with the reason why not."""
    record = get(app.session.reader(), entity, uid)
    flow = registry.workflow(entity)
    state = getattr(record, flow.state_field)
    moves = flow.from_state(state)
    choices = [Choice(move.target, _move_label(_(move.label), flow.states.label(move.target))) for move in moves]
    for other in flow.states:
        if other != state and all(move.target != other for move in moves):
            choices.append(Choice(other, flow.states.label(other), disabled=_why_not(flow, state, other)))
    if entity == "issue" and state in GIVEN_OUT:
        choices.append(Choice(EXTEND, _(N_("Extend the due date"))))
    return ChoiceDialog(N_("Move to"), choices)


def _move_label(move: str, state: str) -> str:
    """Return a move with the state that it leads to; said once where both are called the same."""
    return move if move == state else f"{move} → {state}"


def _why_not(flow: Any, state: str, target: str) -> str:
    try:
        flow.find(state, target)
    except Refused as refusal:
        return str(refusal)
    return ""
