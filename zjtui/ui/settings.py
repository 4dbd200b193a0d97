"""Settings: language, theme, who works here, and the keys."""

from typing import TYPE_CHECKING

from zjtui.domain.lights import PROFILES
from zjtui.errors import ZjtuiError
from zjtui.i18n import N_, _, language
from zjtui.store.read import find
from zjtui.ui import keymaps
from zjtui.ui.action import key_names
from zjtui.ui.actions import SCREENS
from zjtui.ui.dialogs.choice import Choice, choose_in_two_steps
from zjtui.ui.themes import THEMES

if TYPE_CHECKING:
    from zjtui.ui.app import ZjtuiApp

_STARTS = {"today": N_("Today"), "projects": N_("Projects")}
_THEMES = {"zjtui-dark": N_("Dark"), "zjtui-light": N_("Light theme"), "zjtui-ascii": N_("Dark, ASCII borders")}


def choose_settings(app: "ZjtuiApp") -> None:
    """Ask what to set, then to what."""
    people = [
        Choice(row["uid"], row["name"], row["initials"])
        for row in find.choices(app.session.reader(), "person", limit=2000)
    ]
    kinds = {
        "language": (N_("Language"), [Choice("zh", "中文"), Choice("en", "English")]),
        "theme": (N_("Theme"), [Choice(theme.name, _(_THEMES[theme.name])) for theme in THEMES]),
        "person": (N_("Who I am"), people),
        "start": (N_("Start with"), [Choice(name, _(text)) for name, text in _STARTS.items()]),
        "profile": (N_("How lights are judged"), [Choice(code, PROFILES.label(code)) for code in PROFILES]),
        "keys": (N_("Keys"), _actions()),
    }
    current = {"language": language(), "theme": app.theme, "person": app.session.person}
    current["start"] = app.session.settings.start
    current["profile"] = app.session.settings.profile

    def chosen(found: dict[str, str]) -> None:
        if found.get("language"):
            app.use_language(found["language"])
        if found.get("theme"):
            app.use_theme(found["theme"])
        if found.get("person"):
            app.use_person(found["person"])
        if found.get("start"):
            app.session.settings.start = found["start"]
            app.session.save_settings()
        if found.get("profile"):
            app.use_profile(found["profile"])
        if found.get("keys"):
            _ask_keys(app, found["keys"])

    choose_in_two_steps(app, N_("Settings"), kinds, current, chosen, clear=False)


def _actions() -> list[Choice]:
    """Return every action with its screen and its keys."""
    return [
        Choice(action.id, f"{_(action.label)}  {key_names(action.pressed)}  ({screen})")
        for screen, actions in SCREENS.items()
        for action in actions
    ]


def _ask_keys(app: "ZjtuiApp", name: str) -> None:
    """Ask for the keys of an action until they can be; an asterisk takes the usual ones again."""
    from zjtui.ui.dialogs.prompt import Prompt

    action = keymaps.action_of(name)
    assert action is not None

    def answered(text: str | None) -> None:
        if text is None:
            return
        settings = app.session.settings
        try:
            settings.keys = keymaps.changed(settings.keys, name, "" if text == "*" else text)
        except ZjtuiError as error:
            app.notify(str(error), severity="error", markup=False)
            _ask_keys(app, name)
            return
        app.session.save_settings()
        app.use_keys(settings.keys)
        app.screen.refresh(layout=False)
        app.notify(f"{_(action.label)}  {key_names(action.pressed)}", markup=False)

    title = _(N_("Keys of “{action}”, e.g. f11, ctrl+t (* the usual ones)"))
    app.push_screen(Prompt(title.format(action=_(action.label)), action.pressed), answered)
