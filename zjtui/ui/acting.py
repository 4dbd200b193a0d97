"""One key that settles a finding: the form or the move that its kind calls for; setting aside, planning a visit."""

from datetime import timedelta
from typing import TYPE_CHECKING

from zjtui.domain.finding import Finding, kind_of
from zjtui.errors import ZjtuiError
from zjtui.i18n import N_, _
from zjtui.store.read import drafts as kept
from zjtui.store.read.finding_odd import OddFigure
from zjtui.store.read.records import get
from zjtui.ui.base import BaseScreen
from zjtui.ui.forms import FormSpec, fields_of, texts_of
from zjtui.usecases import questions, register

if TYPE_CHECKING:
    from zjtui.ui.app import ZjtuiApp

_WEEK = timedelta(days=7)


def act(app: "ZjtuiApp", finding: Finding) -> None:
    """Open the form or the dialog that settles a finding."""
    from zjtui.ui import entry

    project, uid = finding.project_uid, finding.about_uid
    deed = kind_of(finding.kind).act
    if finding.kind == "policy_untold":
        app.open_form(lambda: entry.move_spec(app, "policy_match", uid, "informed"))
    elif deed == "move":
        app.move_record(finding.about, uid)
    elif deed == "edit":
        app.edit_record(finding.about, uid)
    elif deed == "follow_up":
        app.add_follow_up(project, _mechanism(app, finding))
    elif deed == "months":
        app.report_month(str(finding.params["months"])[:7], project)
    elif deed == "move_project":
        app.move_record("project", project)
    elif deed == "edit_project":
        app.edit_record("project", project)
    elif deed == "leader":
        start = {"role": "leader", "is_main": True, "mechanism": "contact"}
        app.open_form(lambda: entry.add_spec(app, "contact", project, start))
    elif deed == "raise_issue":
        app.add_issue(project, uid)
    elif deed == "answer":
        answer_question(app, finding.params["odd"])
    elif deed == "draft":
        open_draft(app, uid)


def open_draft(app: "ZjtuiApp", key: str) -> None:
    """Open the form that a draft was typed into."""
    from zjtui.ui.drafts import reopen

    for left in kept.everything(app.session.reader()):
        if left["key"] == key:
            reopen(app, left)


def discard_draft(app: "ZjtuiApp", key: str) -> None:
    """Forget a draft; undo brings it back."""
    from zjtui.ui.drafts import discard

    for left in kept.everything(app.session.reader()):
        if left["key"] == key:
            discard(app, left)


def _mechanism(app: "ZjtuiApp", finding: Finding) -> str:
    """Return the mechanism by which the follow-up has to be for the finding to go."""
    if finding.about != "contact":
        return ""
    try:
        return str(get(app.session.reader(), "contact", finding.about_uid).mechanism)
    except ZjtuiError:
        return ""


def look(app: "ZjtuiApp", finding: Finding) -> None:
    """Show what a finding is about."""
    if finding.about == "draft":
        open_draft(app, finding.about_uid)
    else:
        app.open_record(finding.about, finding.about_uid)


def answer_question(app: "ZjtuiApp", odd: OddFigure) -> None:
    """Ask what was answered to a question about a figure, and by whom; left empty, it is noted as asked."""
    app.open_form(lambda: _answer_spec(app, odd))


def _answer_spec(app: "ZjtuiApp", odd: OddFigure) -> FormSpec:
    session = app.session
    items = fields_of(session, "question", ("answer", "answered_by"))
    return FormSpec(
        title=N_("Answer to a question"),
        subject=f"{odd.project} · {odd.hit.sentence}",
        key=f"question.answer:{odd.project_uid}:{odd.hit.rule}:{odd.hit.month}",
        items=items,
        texts=texts_of(session, items, {}),
        save=lambda values: questions.answer(session, odd, values),
        done=N_("Noted"),
        start="answer",
        hint=lambda _typed: _(N_("Without an answer it is noted as asked")),
    )


def set_aside(app: "ZjtuiApp", finding: Finding) -> None:
    """Ask why and until when a finding is left alone."""
    screen = app.screen
    if not finding.project_uid:
        if isinstance(screen, BaseScreen):
            screen.status(_(N_("A draft is not set aside: go on with it, or discard it")), "$text-warning")
        return
    app.open_form(lambda: _aside_spec(app, finding))


def _aside_spec(app: "ZjtuiApp", finding: Finding) -> FormSpec:
    session = app.session
    items = fields_of(session, "set_aside", ("reason", "until", "person_uid"))
    fixed = {"kind": finding.kind, "about_uid": finding.about_uid if finding.about != "project" else None}
    return FormSpec(
        title=N_("Set aside"),
        subject=f"{finding.project} · {_(kind_of(finding.kind).label)}",
        key=f"set_aside.add:{finding.project_uid}",
        items=items,
        texts=texts_of(session, items, {"until": session.today + _WEEK}),
        save=lambda values: register.add(session, "set_aside", finding.project_uid, {**values, **fixed}),
        done=N_("Set aside"),
        start="reason",
    )
