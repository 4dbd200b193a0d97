"""Opening records and their forms, the same from every screen."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from zjtui.domain import registry
from zjtui.errors import ZjtuiError
from zjtui.i18n import N_, _
from zjtui.ui.base import BackgroundReader, BaseScreen
from zjtui.ui.keys import OrderedKeysApp
from zjtui.usecases import draft

if TYPE_CHECKING:
    from zjtui.ui.app import ZjtuiApp
    from zjtui.usecases.moment import PastSession


class OpeningApp(OrderedKeysApp):
    """What the app opens on request of a screen."""

    def open_record(self, entity: str, uid: str) -> None:
        """Show a record on a screen of its own."""
        if entity == "project":
            from zjtui.ui.screens.project import ProjectScreen

            self.push_screen(ProjectScreen(uid))
        else:
            from zjtui.ui.screens.record import RecordScreen

            self.push_screen(RecordScreen(entity, uid))

    def edit_record(self, entity: str, uid: str) -> None:
        """Edit a record in a form."""
        from zjtui.ui import entry

        app = cast("ZjtuiApp", self)

        self.open_form(lambda: entry.edit_spec(app, entity, uid))

    def add_follow_up(self, project_uid: str, mechanism: str = "") -> None:
        """Log a follow-up in a form, by the usual mechanism or the named one."""
        from zjtui.ui import follow_up_entry

        app = cast("ZjtuiApp", self)

        self.open_form(lambda: follow_up_entry.spec(app, project_uid, mechanism))

    def choose_project(self, title: str, then: Callable[[str], None], first: str = "") -> None:
        """Let a person choose a project, `first` and the ones worked on last first, and hand its uid to `then`."""
        from zjtui.ui.dialogs.choice import ChoiceDialog
        from zjtui.ui.forms import project_choices

        session = cast("ZjtuiApp", self).session
        dialog = ChoiceDialog(title, [], source=lambda text: project_choices(session, text, first=first))
        self.push_screen(dialog, lambda uid: then(uid) if uid else None)

    def action_follow_up_any(self) -> None:
        """Log a follow-up of a project that is chosen first."""
        from zjtui.ui.screens.form import FormScreen

        if isinstance(self.screen, BaseScreen) and not isinstance(self.screen, FormScreen):
            self.choose_project(N_("Follow up which project?"), self.add_follow_up)

    def add_issue(self, project_uid: str, follow_up_uid: str | None = None) -> None:
        """Raise an issue in a form."""
        from zjtui.ui import entry

        app = cast("ZjtuiApp", self)

        self.open_form(lambda: entry.issue_spec(app, project_uid, follow_up_uid))

    def add_record(self, entity: str, project_uid: str | None) -> None:
        """Add a record in a form, to a project where it hangs on one."""
        from zjtui.ui import entry

        app = cast("ZjtuiApp", self)

        if entity == "attachment" and project_uid:
            self.deeds.attach(app, project_uid)
        elif entity == "follow_up" and project_uid:
            self.add_follow_up(project_uid)
        elif entity == "issue" and project_uid:
            self.add_issue(project_uid)
        else:
            self.open_form(lambda: entry.add_spec(app, entity, project_uid))

    def stand_on(self, uid: str) -> None:
        """Put the cursor of the screen below the one in front on a record that was just saved."""
        below = [screen for screen in self.screen_stack[:-1] if isinstance(screen, BaseScreen)]
        if below:
            below[-1].stand_on(uid)

    def add_chosen(self, entity: str, first: str = "") -> None:
        """Add a record to a project that is chosen; `first` stands on top."""
        screen = self.screen
        if isinstance(screen, BaseScreen) and screen.writable():
            title = _(N_("{noun}: of which project?")).format(noun=_(registry.model(entity).noun))
            self.choose_project(title, lambda uid: self.add_record(entity, uid), first)

    @property
    def deeds(self) -> Any:
        """What is done to a record beside editing and moving it."""
        from zjtui.ui import deeds

        return deeds

    def receive_documents(self, uid: str) -> None:
        """Note outstanding documents of a service as received."""
        self.deeds.receive_documents(cast("ZjtuiApp", self), uid)

    def report_month(self, month: str, project_uid: str) -> None:
        """Show the month's grid with the cursor on a project."""
        app = cast("ZjtuiApp", self)
        here = app.main_screens.in_front
        app.wanted_month = (month, project_uid)
        app.action_go("months")
        app.back_to = here

    def action_freezes(self) -> None:
        """Show the months that were frozen."""
        from zjtui.ui.screens.form import FormScreen
        from zjtui.ui.screens.freezes import FreezesScreen

        if isinstance(self.screen, BaseScreen) and not isinstance(self.screen, FormScreen | FreezesScreen):
            self.push_screen(FreezesScreen())

    def action_forms(self) -> None:
        """Show the workbooks of other offices that are filled here."""
        from zjtui.ui.screens.form import FormScreen
        from zjtui.ui.screens.office_forms import OfficeFormsScreen

        if isinstance(self.screen, BaseScreen) and not isinstance(self.screen, FormScreen | OfficeFormsScreen):
            self.push_screen(OfficeFormsScreen())

    async def close_past(self, past: "PastSession") -> None:
        """Throw away a register of an earlier day once no screen reads it any more."""
        import asyncio

        for screen in cast("ZjtuiApp", self).main_screens.everywhere():
            reader = getattr(screen, "reader", None)
            if isinstance(reader, BackgroundReader) and screen.is_mounted:
                await reader.wait()
        await asyncio.to_thread(past.close)

    def open_brief(self, project_uid: str) -> None:
        """Show the page to read before a visit."""
        from zjtui.ui.screens.brief import BriefScreen

        self.push_screen(BriefScreen(project_uid))

    def add_project(self) -> None:
        """Add a project in a form."""
        from zjtui.ui import entry

        app = cast("ZjtuiApp", self)

        self.open_form(lambda: entry.project_spec(app))

    def open_form(
        self,
        make: Callable[[], Any],
        then: Callable[[Any], None] | None = None,
        typed: dict[str, str] | None = None,
    ) -> None:
        """Open the form that `make` returns; where it refuses, say why. `then` gets what was saved, or None.

        What was `typed` elsewhere and is not saved stands in it, beside what was typed into the form itself.
        """
        screen = self.screen
        if not isinstance(screen, BaseScreen) or not screen.writable():
            return
        try:
            spec = make()
        except ZjtuiError as error:
            screen.complain(error)
            return
        if spec is not None:
            before = (draft.find(screen.session, spec.key) or {}) if typed else {}
            self.show_form(spec, then, {**before, **typed} if typed else None)

    def show_form(
        self, spec: Any, then: Callable[[Any], None] | None = None, brought_back: dict[str, str] | None = None
    ) -> None:
        """Show a form; with what was typed into it before, where it was discarded and is brought back."""
        from zjtui.ui.screens.form import FormScreen

        self.push_screen(FormScreen(spec, then, brought_back), then)

    def move_record(self, entity: str, uid: str) -> None:
        """Ask where to, then for what that move needs."""
        from zjtui.ui import entry

        app = cast("ZjtuiApp", self)

        screen = self.screen
        if not isinstance(screen, BaseScreen) or not screen.writable():
            return
        try:
            dialog = entry.target_dialog(app, entity, uid)
        except ZjtuiError as error:
            screen.complain(error)
            return

        def chosen(target: str | None) -> None:
            if target is None:
                return
            spec = entry.move_spec(app, entity, uid, target)
            if spec is None:
                done = dialog_label(dialog, target)
                screen.run_worker(screen.save(lambda: entry.move_now(app, entity, uid, target, {}), done))
            else:
                self.open_form(lambda: spec)

        self.push_screen(dialog, chosen)


def dialog_label(dialog: Any, target: str) -> str:
    """Return the label of the choice `target` of a dialog."""
    return next((choice.label for choice in dialog.choices if choice.value == target), target)


def import_list(
    app: "ZjtuiApp",
    title: str = N_("Which list is to be taken in? Insert marks several"),
    without: Callable[[], None] | None = None,
) -> None:
    """Ask which list is to be taken in, and open it; where the person goes back, go on `without`."""
    from pathlib import Path

    from zjtui.sheets.reading import ENDINGS
    from zjtui.ui import file_asking
    from zjtui.ui.screens.import_files import ImportFilesScreen
    from zjtui.ui.screens.importing import ImportScreen

    def chosen(path: str) -> None:
        paths = [Path(name) for name in path.splitlines()]
        app.push_screen(ImportScreen(paths[0]) if len(paths) == 1 else ImportFilesScreen(paths))

    file_asking.ask(app, title, chosen, purpose="several", endings=ENDINGS, without=without)
