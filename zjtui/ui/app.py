"""The app: one open workspace, its screens, and what every screen can do."""

import gc
import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")  # or a committed Chinese phrase breaks into junk keys
os.environ.setdefault("TEXTUAL_FPS", "240")  # a change waits for the next tick: at 60 that alone is a frame

from textual.app import SystemCommand
from textual.binding import BindingType
from textual.screen import Screen

from zjtui.errors import Damaged
from zjtui.i18n import LANGUAGES, N_, _, language, set_language
from zjtui.ui import keymaps, undoing
from zjtui.ui.action import bindings, use_keys
from zjtui.ui.actions import GLOBAL
from zjtui.ui.base import BaseScreen
from zjtui.ui.main_screens import MainScreens
from zjtui.ui.text import content
from zjtui.ui.themes import THEMES
from zjtui.ui.unbound import SpeakingKeysApp

if TYPE_CHECKING:
    from zjtui.usecases.moment import PastSession
    from zjtui.usecases.session import Session


class ZjtuiApp(SpeakingKeysApp):
    """zjtui on one workspace."""

    CSS_PATH = "styles/zjtui.tcss"
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"
    BINDINGS: ClassVar[list[BindingType]] = bindings(GLOBAL)
    TITLE = "zjtui"

    def __init__(self, session: "Session") -> None:
        super().__init__()
        self.session = session
        self.past: PastSession | None = None  # the register as it was known on a day that is looked at
        self.main_screens = MainScreens(self)
        self.discarded = undoing.Discarded()
        self._person_name = ""
        self.to_restore: Path | None = None  # the backup that the workspace goes back to once it is closed
        self.back_to = "projects"  # where Esc leads from the grid of months
        self.wanted_month: tuple[str, str] | None = None  # month and project that the grid of months goes to
        for theme in THEMES:
            self.register_theme(theme)
        names = [theme.name for theme in THEMES]
        self.theme = session.settings.theme if session.settings.theme in names else names[0]
        self.set_class(self.theme == "zjtui-ascii", "-ascii")

    def use_keys(self, own: dict[str, str]) -> None:
        """Take a person's own keys; what is wrong with them is told, the rest holds."""
        held, faults = keymaps.checked(own)
        use_keys(held)
        self.set_keymap(held)
        for fault in faults:
            self.notify(content(str(fault)).plain, severity="warning", markup=False, timeout=10)

    def get_default_screen(self) -> Screen[Any]:
        """Start with the projects: one screen, composed once."""
        return self.main_screens.first()

    def on_mount(self) -> None:
        if not self.is_headless:
            self.watchdog.watch()
        self.use_keys(self.session.settings.keys)
        self.call_after_refresh(self._started)

    def _started(self) -> None:
        """The first rows stand: collect garbage again (paused while starting), offer what was left unfinished."""
        gc.freeze()
        gc.enable()
        self.started = True
        self.watch_day()
        settings = self.session.settings
        if (settings.start or ("today" if settings.person else "")) == "today" and len(self.screen_stack) == 1:
            self.action_go("today")
        if not settings.lang and not settings.person:
            from zjtui.ui import first_start

            if first_start.is_first(self):
                first_start.begin(self)
                return
        self.offer_draft()

    def base_screen(self) -> BaseScreen:
        """Return the full screen below whatever dialogs are open."""
        return next(screen for screen in reversed(self.screen_stack) if isinstance(screen, BaseScreen))

    def person_name(self) -> str:
        """Return the name of the person who works here."""
        if not self._person_name:
            from zjtui.store.read import find

            person = self.session.person
            self._person_name = find.names(self.session.reader(), "person", {person}).get(person, person)
        return self._person_name

    # Screens

    def action_go(self, name: str) -> None:
        """Show one of the main screens, closing whatever lies over the projects."""
        from zjtui.ui.screens.form import FormScreen

        if isinstance(self.screen, FormScreen) or (isinstance(self.screen, BaseScreen) and self.screen.dirty):
            self.screen.action_back()
            return
        self.back_to = "projects"
        while len(self.screen_stack) > 1:
            self.pop_screen()
        if name != "projects":
            self.main_screens.prepare(name)
            self.push_screen(name)

    def drop_screen(self, screen: Screen[Any]) -> None:
        """Go back from a screen that could not be made whole; the next time it is made anew."""
        super().drop_screen(screen)
        self.main_screens.forget(screen)

    def offer_draft(self) -> None:
        """Offer what was left unfinished when the app last ended."""
        from zjtui.ui.drafts import offer

        if not self.session.workspace.read_only:
            offer(self)
        else:
            self.notify(
                content(str(self.session.workspace.read_only)).plain, severity="warning", markup=False, timeout=10
            )

    # Actions that work everywhere

    def action_help(self) -> None:
        """Show the keys of this screen."""
        from zjtui.ui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen) and isinstance(self.screen, BaseScreen):
            self.push_screen(HelpScreen(self.screen.offered, self.screen.title_parts()))

    def action_search(self) -> None:
        """Find words anywhere."""
        from zjtui.ui.screens.search import SearchScreen

        self.push_screen(SearchScreen())

    def action_history(self) -> None:
        """Show the history of what is in front."""
        from zjtui.ui.screens.history import HistoryScreen

        about = getattr(self.screen, "record_in_front", lambda: None)()
        if about:
            self.push_screen(HistoryScreen(*about))
        else:
            self.action_go("log")

    async def action_undo(self) -> None:
        """Take back what is being typed, else what was done last."""
        await undoing.undo(self)

    async def action_redo(self) -> None:
        """Do again what was undone last."""
        await undoing.redo(self)

    def action_language(self) -> None:
        """Switch between Chinese and English."""
        self.use_language(LANGUAGES[(LANGUAGES.index(language()) + 1) % len(LANGUAGES)])

    def use_language(self, lang: str) -> None:
        """Show everything in `lang` from now on."""
        set_language(lang)
        self.session.settings.lang = lang
        self.keep_settings()
        self.main_screens.outdate_kept()
        for screen in self.screen_stack:
            if isinstance(screen, BaseScreen):
                screen.relabel()

    def use_theme(self, name: str) -> None:
        """Show everything in another theme."""
        self.theme = name
        self.set_class(name == "zjtui-ascii", "-ascii")
        self.session.settings.theme = name
        self.keep_settings()

    def use_person(self, uid: str) -> None:
        """Work as another person from now on."""
        self.session.person = self.session.settings.person = uid
        self._person_name = ""
        self.keep_settings()
        if isinstance(self.screen, BaseScreen):
            self.screen.show_title()

    def judge_anew(self) -> None:
        """Work every screen out again: by another profile of the lights, or other thresholds."""
        self.main_screens.outdate()
        if isinstance(self.screen, BaseScreen):
            self.screen.reload()

    def action_settings(self) -> None:
        """Choose language, theme and person."""
        from zjtui.ui.settings import choose_settings

        choose_settings(self)

    def action_palette(self) -> None:
        """Find any action by its name."""
        from textual.command import CommandPalette

        from zjtui.ui.commands import ActionCommands, Palette

        if not isinstance(self.screen, CommandPalette):
            self.push_screen(Palette(providers=[ActionCommands], placeholder=_(N_("Type part of an action's name"))))

    def action_command_palette(self) -> None:
        """Textual's own name for the palette."""
        self.action_palette()

    def get_system_commands(self, screen: Screen[Any]) -> "list[SystemCommand]":
        """Leave Textual's own commands out: the palette lists the table of actions."""
        return []

    def action_leave(self) -> None:
        """Leave; only after asking, where something would be lost."""
        if isinstance(self.screen, BaseScreen) and self.screen.dirty:
            self.screen.action_back()
            return
        self.exit()

    async def action_quit(self) -> None:
        """Textual's own name for leaving."""
        self.action_leave()

    def export_screenshot(self, *, title: str | None = None, simplify: bool = False) -> str:
        """Draw the screen as SVG; Chinese is given the width of two letters, which rich forgets."""
        from zjtui.ui.svg import widened

        return widened(super().export_screenshot(title=title, simplify=simplify))

    def key_was_folded(self) -> None:
        """Say that an input method is on: letters do not arrive then."""
        if isinstance(self.screen, BaseScreen):
            self.screen.status(_(N_("A Chinese input method is on; Shift switches it off")), "$text-warning")

    def on_unmount(self) -> None:
        self.stop_ordering()
        if self.past:
            self.past.discard()


def run(folder: Path | None = None, lang: str | None = None, today: date | None = None, person: str = "") -> int:
    """Open the app on a workspace, an empty one in the default place on the first start; return its code."""
    from zjtui import config
    from zjtui.i18n import default_language
    from zjtui.usecases.session import open_session

    where = folder or config.default_workspace()
    if folder is None and not (where / config.DATABASE).exists():
        from zjtui.usecases.setup import new

        new(where).close()
    session = open_session(where, today=today, person=person)
    try:
        chosen = lang or session.settings.lang
        set_language(chosen if chosen in LANGUAGES else default_language())
        app = ZjtuiApp(session)
        app.run()
    finally:
        session.close()
    if isinstance(session.workspace.read_only, Damaged):  # the last thing to be read, and it stays on the screen
        print(f"zjtui: {session.workspace.read_only}", file=sys.stderr)  # noqa: T201
    code = app.return_code or 0
    if app.to_restore:
        from zjtui.ui import restoring

        code = restoring.finish(where, app.to_restore)
    app.watchdog.end(code)
    return code
