"""The first start: which language, who works here and where, then how the register begins."""

from typing import TYPE_CHECKING

from zjtui.i18n import N_, _, language
from zjtui.ui.dialogs.choice import Choice, ChoiceDialog
from zjtui.ui.dialogs.confirm import Question
from zjtui.ui.dialogs.prompt import Prompt
from zjtui.ui.regions import region_choices

if TYPE_CHECKING:
    from zjtui.ui.app import ZjtuiApp


def is_first(app: "ZjtuiApp") -> bool:
    """Tell whether nobody has worked in this workspace yet."""
    session = app.session
    if session.workspace.read_only:
        return False
    return session.reader().execute("SELECT 1 FROM project LIMIT 1").fetchone() is None


def begin(app: "ZjtuiApp") -> None:
    """Ask step by step; Esc leaves a step out, and nothing that was answered is asked again."""
    choices = [Choice("zh", "中文"), Choice("en", "English")]

    def chosen(lang: str | None) -> None:
        app.use_language(lang or language())
        _ask_who(app)

    app.push_screen(ChoiceDialog("语言 / Language", choices, language()), chosen)


def _ask_who(app: "ZjtuiApp") -> None:
    from zjtui.usecases import register

    async def add(name: str) -> None:
        screen = app.base_screen()
        done = _(N_("You work here as {name}")).format(name=name)
        outcome = await screen.save(lambda: register.add(app.session, "person", None, {"name": name}), done)
        if outcome:
            app.use_person(outcome.uid)
        _ask_where(app)

    def answered(name: str | None) -> None:
        if name:
            app.run_worker(add(name))
        else:
            _ask_where(app)

    app.push_screen(Prompt(N_("Who are you? Your name stands beside what you enter")), answered)


def _ask_where(app: "ZjtuiApp") -> None:
    def chosen(region: str | None) -> None:
        if region:
            app.session.settings.region = region
            app.session.save_settings()
        _ask_what(app)

    app.push_screen(ChoiceDialog(N_("Where do you work?"), region_choices(app.session.reader())), chosen)


def _ask_what(app: "ZjtuiApp") -> None:
    """Begin with a list, as most registers do; who has none types in the first project, or looks around."""
    from zjtui.ui.opening import import_list

    title = N_("The register is empty. Which list is to be taken in? Esc: without a list")
    import_list(app, title, lambda: _ask_without_list(app))


def _ask_without_list(app: "ZjtuiApp") -> None:
    from zjtui.ui.opening import import_list

    def answered(answer: str | None) -> None:
        if answer == "list":
            import_list(app)
        elif answer == "project":
            app.add_project()

    answers = [
        ("project", N_("Type in the first project (Ctrl+N)")),
        ("list", N_("Take in a list of projects (Ctrl+E)")),
        ("", N_("Look around first; F1 shows the keys")),
    ]
    app.push_screen(Question(N_("The register is empty"), _(N_("How does it begin?")), answers), answered)
