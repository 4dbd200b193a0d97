"""What a person does to one record beside editing and moving it: documents, ladder, steps, merging, files, removal."""

from typing import TYPE_CHECKING, Any

from zjtui.domain import escalation, registry
from zjtui.domain.issue_codes import LADDER, STATES
from zjtui.errors import ZjtuiError
from zjtui.i18n import N_, _
from zjtui.store.read import closing, find
from zjtui.store.read.records import get
from zjtui.ui import file_asking, paper
from zjtui.ui.base import BaseScreen
from zjtui.ui.dialogs.choice import Choice, ChoiceDialog, ManyDialog

if TYPE_CHECKING:
    from zjtui.ui.app import ZjtuiApp


def _screen(app: "ZjtuiApp") -> BaseScreen | None:
    """Return the screen in front where something can be saved from it."""
    screen = app.screen
    return screen if isinstance(screen, BaseScreen) and screen.writable() else None


def _save(screen: BaseScreen, work: Any, done: str) -> None:
    screen.run_worker(screen.save(work, done))


def _given(result: Any) -> Any:
    """Return the result of a long job; where it ended with an exception, raise that."""
    if isinstance(result, Exception):
        raise result
    return result


def receive_documents(app: "ZjtuiApp", uid: str) -> None:
    """Ask which outstanding documents came in."""
    from zjtui.usecases import service

    screen = _screen(app)
    if screen is None:
        return
    left = get(app.session.reader(), "service", uid).missing_docs
    if not left:
        screen.status(_(N_("No document is outstanding")), "$text-warning")
        return

    def chosen(names: list[str] | None) -> None:
        if names:
            _save(screen, lambda: service.receive(app.session, uid, names), _(N_("Documents received")))

    app.push_screen(ManyDialog(N_("Which documents came in?"), [Choice(name, name) for name in left], left), chosen)


def escalate(app: "ZjtuiApp", uid: str) -> None:
    """Ask for the level, the proposed one first, and for a reason where a level is skipped."""
    from zjtui.ui.dialogs.prompt import Prompt
    from zjtui.usecases import issue

    screen = _screen(app)
    if screen is None:
        return
    record = get(app.session.reader(), "issue", uid)
    proposed = escalation.proposed(record.__dict__, app.session.today, app.session.limits)
    first = escalation.next_level(record.__dict__, app.session.today, app.session.limits)
    mark = _(N_(" (proposed)"))
    choices = [
        Choice(level, LADDER.label(level) + (mark if level == proposed else ""))
        for level in LADDER
        if level != record.escalation
    ]

    def go(level: str, reason: str | None) -> None:
        done = _(N_("Now on: {level}")).format(level=LADDER.label(level))
        _save(screen, lambda: issue.escalate(app.session, uid, level, reason), done)

    def chosen(level: str | None) -> None:
        if not level:
            return
        if escalation.rung(level) - escalation.rung(record.escalation) == 1:
            go(level, None)
        else:
            ask = N_("A level is skipped, or it goes down: why?")
            app.push_screen(Prompt(ask), lambda reason: go(level, reason) if reason else None)

    app.push_screen(ChoiceDialog(N_("Which level?"), choices, first), chosen)


def tick(app: "ZjtuiApp", uid: str) -> None:
    """Ask which steps are done."""
    from zjtui.usecases import issue

    screen = _screen(app)
    if screen is None:
        return
    record = get(app.session.reader(), "issue", uid)
    if not record.steps:
        screen.status(_(N_("It has no steps; F2 adds them")), "$text-warning")
        return

    def chosen(names: list[str] | None) -> None:
        if names is not None:
            _save(screen, lambda: issue.tick(app.session, uid, names), _(N_("Steps ticked")))

    choices = [Choice(step, step) for step in record.steps]
    app.push_screen(ManyDialog(N_("Which steps are done?"), choices, record.steps_done), chosen)


def merge(app: "ZjtuiApp", uid: str) -> None:
    """Ask which open issue of the same project it goes into, the similar ones first."""
    from zjtui.usecases import issue

    screen = _screen(app)
    if screen is None:
        return
    reader = app.session.reader()
    record = get(reader, "issue", uid)
    alike = closing.similar(reader, record.project_uid, record.title_text, uid, 20)
    mine = [row for row in alike if row["project_uid"] == record.project_uid]
    known = {row["uid"] for row in mine}
    others = [row for row in closing.open_of_project(reader, record.project_uid) if row["uid"] not in {uid, *known}]
    if not mine and not others:
        screen.status(_(N_("The project has no other open issue")), "$text-warning")
        return
    choices = [
        Choice(row["uid"], f"{row['title_text']} · {STATES.label(row['state'])} · {row['no']}")
        for row in [*mine, *others]
    ]

    def chosen(into: str | None) -> None:
        if into:
            _save(screen, lambda: issue.merge(app.session, uid, into), _(N_("Issue merged")))

    app.push_screen(ChoiceDialog(N_("Into which open issue?"), choices), chosen)


def attach(app: "ZjtuiApp", project_uid: str, about: tuple[str, str] | None = None) -> None:
    """Ask for a path, typed or pasted, and attach a copy of the file."""
    from zjtui.usecases import attachment

    screen = _screen(app)
    if screen is None:
        return

    async def copy(text: str) -> None:
        from zjtui.ui.dialogs.working import Working

        def work(progress: Any, cancelled: Any) -> Any:
            path = attachment.path_typed(text)
            return attachment.add(app.session, project_uid, path, about=about, progress=progress, cancelled=cancelled)

        result = await app.push_screen_wait(Working(N_("Attaching the file"), work))
        await screen.save(lambda: _given(result), _(N_("Attached")))

    file_asking.ask(app, N_("Which file is to be attached?"), lambda path: screen.run_worker(copy(path)))


def open_attachment(app: "ZjtuiApp", uid: str) -> None:
    """Open a copy of an attachment with the system's program."""
    from zjtui.usecases import viewing

    try:
        copy = viewing.readable_copy(app.session, get(app.session.reader(), "attachment", uid))
        if not file_asking.open_with_system(copy):
            app.notify(_(N_("No desktop to open it with; a copy is at {path}")).format(path=copy), markup=False)
    except (ZjtuiError, OSError) as error:
        app.notify(str(error), severity="error", markup=False)


def sheet(app: "ZjtuiApp", uid: str) -> None:
    """Make an issue's escalation sheet in the workspace and open it."""
    from zjtui.reports import evidence

    session, screen = app.session, app.screen
    if not isinstance(screen, BaseScreen):
        return
    folder = session.workspace.folder / "reports"
    made = paper.write(
        app, screen, lambda: evidence.page(session, uid), lambda _page: folder / evidence.name(session, uid)
    )
    screen.run_worker(made)


def remove(app: "ZjtuiApp", entity: str, uid: str) -> None:
    """Take a record out after asking; Ctrl+Z brings it back."""
    from zjtui.ui.dialogs.confirm import Question
    from zjtui.usecases import register

    screen = _screen(app)
    if screen is None:
        return
    name = str(find.names(app.session.reader(), entity, {uid}).get(uid, ""))
    noun = _(registry.model(entity).noun)
    text = _(N_("{noun} “{name}” goes out of the register. Ctrl+Z brings it back.")).format(noun=noun, name=name)

    def answered(answer: str | None) -> None:
        if answer == "remove":
            _save(screen, lambda: register.remove(app.session, entity, uid), _(N_("Removed")))

    answers = [("keep", N_("Keep it")), ("remove", N_("Remove it"))]
    app.push_screen(Question(N_("Remove?"), text, answers), answered)


def hand_over(app: "ZjtuiApp", person: str) -> None:
    """Ask to whom all current contacts of a person go."""
    from zjtui.usecases import contact

    screen = _screen(app)
    if screen is None:
        return
    people = find.choices(app.session.reader(), "person", limit=5000)
    choices = [Choice(row["uid"], row["name"], row["initials"]) for row in people if row["uid"] != person]

    def chosen(other: str | None) -> None:
        if other:
            _save(screen, lambda: contact.hand_over(app.session, person, other)[0], _(N_("Handed over")))

    app.push_screen(ChoiceDialog(N_("To whom?"), choices), chosen)


def suggest(app: "ZjtuiApp", *, project: str = "", policy: str = "") -> None:
    """Match policies by their conditions, after saying how many matches that makes."""
    from zjtui.ui.dialogs.confirm import Question
    from zjtui.usecases import policy as usecases

    screen = _screen(app)
    if screen is None:
        return
    session = app.session
    pairs = usecases.fitting(session.reader(), session.today.year, project=project, policy=policy)
    if not pairs:
        screen.status(_(N_("No policy fits a project that it is not matched to already")), "$text-warning")
        return
    text = _(N_("{count} new matches of {year}'s policies.")).format(count=len(pairs), year=session.today.year)

    def answered(answer: str | None) -> None:
        if answer == "yes":
            done = _(N_("Policies suggested"))
            _save(screen, lambda: usecases.suggest(session, project=project, policy=policy)[0], done)

    app.push_screen(
        Question(N_("Suggest policies?"), text, [("yes", N_("Suggest them")), ("no", N_("Leave it"))]), answered
    )


def write_visits(app: "ZjtuiApp") -> None:
    """Ask for the day, then write its planned visits into the workspace's reports."""
    from zjtui.reports import visits

    screen = _screen(app)
    if screen is None:
        return
    days = visits.days(app.session)
    if not days:
        screen.status(_(N_("No visit is planned. Ctrl+T plans one")), "$text-warning")
        return

    def chosen(day: str | None) -> None:
        if day:
            try:
                path = visits.write(app.session, day)
            except OSError as error:
                app.notify(str(error), severity="error", markup=False)
                return
            file_asking.written(app, path, _(N_("Written: {path}")).format(path=path))

    choices = [Choice(day, f"{day} ({count})") for day, count in days]
    app.push_screen(ChoiceDialog(N_("Visits of which day?"), choices), chosen)
