"""Drafts left open: offered on the next start, and found again from the palette."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from zjtui.domain import registry
from zjtui.errors import ZjtuiError
from zjtui.i18n import N_, _
from zjtui.store.read import drafts
from zjtui.store.read.finding_scope import Scope
from zjtui.ui import acting, entry
from zjtui.usecases import draft, questions

if TYPE_CHECKING:
    from zjtui.ui.app import ZjtuiApp


def offer(app: "ZjtuiApp") -> None:
    """Ask about the newest draft; there may be none."""
    draft.bring_back(app.session)
    left = drafts.everything(app.session.reader())
    if not left:
        return
    from zjtui.ui.dialogs.confirm import Question

    newest = left[0]
    more = _(N_(" ({count} more)")).format(count=len(left) - 1) if len(left) > 1 else ""
    text = _(N_("“{subject}”, typed until {at}, was not saved{more}.")).format(
        subject=newest["subject"], at=newest["at"].replace("T", " "), more=more
    )
    answers = [("open", N_("Go on with it")), ("later", N_("Later")), ("drop", N_("Discard it"))]

    def answered(answer: str | None) -> None:
        if answer == "open":
            reopen(app, newest)
        elif answer == "drop":
            discard(app, newest)
            offer(app)

    app.push_screen(Question(N_("A draft is waiting"), text, answers), answered)


def discard(app: "ZjtuiApp", left: dict[str, Any]) -> None:
    """Forget a draft (a row of `drafts.everything`); undo brings it back."""

    def bring_back() -> None:
        draft.keep(app.session, left["key"], left["form"], left["subject"], left["typed"]).result()
        reopen(app, left)

    draft.drop(app.session, left["key"])
    app.discarded.note(app.session, bring_back)


def reopen(app: "ZjtuiApp", left: dict[str, Any]) -> None:
    """Open the form a draft was typed into."""
    what, _colon, rest = str(left["key"]).partition(":")
    entity, _dot, verb = what.partition(".")
    session = app.session
    if entity not in registry.ENTITIES:  # e.g. of many at once: which they were is not known any more
        app.notify(_(N_("Its form cannot be opened again; discard it")), severity="warning", markup=False)
        return
    try:
        if verb == "set":
            app.edit_record(entity, rest)
        elif what == "follow_up.add":
            app.add_follow_up(rest)
        elif what == "question.answer":
            _answer(app, *rest.split(":"))
        elif what == "report_template.take":
            _take_form(app, rest)
        elif what == "project.add":
            app.add_project()
        elif what == "issue.add":
            visit = session.reader().execute("SELECT project_uid FROM follow_up WHERE uid = ?", (rest,)).fetchone()
            app.add_issue(visit[0] if visit else rest, rest if visit else None)
        elif verb == "add" and entity in registry.ENTITIES:
            app.add_record(entity, rest or None)
        elif verb == "grid":
            app.report_month(rest, str(left["typed"].get("project", "")))
        elif verb == "move":
            uid, _colon, target = rest.partition(":")
            app.open_form(lambda: entry.move_spec(app, entity, uid, target))
    except ZjtuiError as error:
        app.notify(str(error), severity="error", markup=False)


def _take_form(app: "ZjtuiApp", path: str) -> None:
    from zjtui.ui import office_form_filling  # looked for at every start, needed by hardly any

    office_form_filling.take(app, Path(path))


def _answer(app: "ZjtuiApp", project: str, rule: str, month: str) -> None:
    """Open the answer to a question that a rule still asks."""
    for odd in questions.open_of(app.session, Scope(project=project)):
        if (odd.hit.rule, odd.hit.month) == (rule, month):
            acting.answer_question(app, odd)
