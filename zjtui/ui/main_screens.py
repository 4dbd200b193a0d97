"""The main screens: made when first gone to, kept while the app runs, read anew once what they show has changed."""

from collections.abc import Set as AbstractSet
from importlib import import_module
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from textual.screen import Screen

from zjtui.ui.base import BaseScreen

if TYPE_CHECKING:
    from zjtui.ui.app import ZjtuiApp


class MainScreens:
    """What is kept of them, and which full screens, main ones or not, are outdated."""

    def __init__(self, app: "ZjtuiApp") -> None:
        self._app = app
        self._kept: dict[str, BaseScreen] = {}
        self._outdated: WeakSet[BaseScreen] = WeakSet()

    def first(self) -> BaseScreen:
        """Make the projects, with which the app starts."""
        from zjtui.ui.screens.projects import ProjectsScreen

        self._kept["projects"] = ProjectsScreen()
        return self._kept["projects"]

    def get(self, name: str) -> BaseScreen | None:
        """Return a main screen, None where it was not gone to yet."""
        return self._kept.get(name)

    @property
    def in_front(self) -> str:
        """The name of the main screen that is shown, or that lies below what is shown."""
        names = {screen: name for name, screen in self._kept.items()}
        return next((names[screen] for screen in reversed(self._app.screen_stack) if screen in names), "projects")

    def prepare(self, name: str) -> None:
        """Make a main screen that was not gone to yet, so that the app can show it by its name."""
        if name not in self._kept:
            made: BaseScreen = getattr(import_module(f"zjtui.ui.screens.{name}"), f"{name.capitalize()}Screen")()
            self._kept[name] = made
            self._app.install_screen(made, name)  # or it would be torn down whenever it is left

    def forget(self, screen: Screen[Any]) -> None:
        """Forget a screen that could not be made whole; the next time it is made anew."""
        shown = self._app.screen_stack
        for name in [name for name, main in self._kept.items() if main is screen and screen not in shown]:
            self._app.uninstall_screen(self._kept.pop(name))

    # Which are to be read anew

    def everywhere(self) -> AbstractSet[BaseScreen]:
        """Return every full screen that is open or kept."""
        opened = [screen for screen in self._app.screen_stack if isinstance(screen, BaseScreen)]
        return {*opened, *self._kept.values()}

    def outdate(self, *, but: BaseScreen | None = None) -> None:
        """Every full screen, `but` one, is read anew when it next comes to the front."""
        self._outdated |= self.everywhere() - {but}

    def outdate_kept(self) -> None:
        """The main screens are read anew when they next come to the front."""
        self._outdated |= set(self._kept.values())

    def changed(self) -> None:
        """Something was saved: the screen in front is read anew at once, the others when they come to the front."""
        for screen in self.everywhere():
            if screen is self._app.screen and screen.is_mounted:
                screen.reload()
            elif screen.is_mounted:
                self._outdated.add(screen)

    def take_outdated(self, screen: BaseScreen) -> bool:
        """Tell whether a screen that comes to the front has to be read anew; from now on it has not."""
        outdated = screen in self._outdated
        self._outdated.discard(screen)
        return outdated
