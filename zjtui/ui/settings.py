"""Settings: language, theme, and who works here."""

from typing import TYPE_CHECKING

from zjtui.i18n import N_, language
from zjtui.store.read import find
from zjtui.ui.dialogs.choice import Choice, choose_in_two_steps
from zjtui.ui.themes import THEMES

if TYPE_CHECKING:
    from zjtui.ui.app import ZjtuiApp

_THEMES = {"zjtui-dark": N_("Dark"), "zjtui-light": N_("Light theme"), "zjtui-ascii": N_("Dark, ASCII borders")}


def choose_settings(app: "ZjtuiApp") -> None:
    """Ask what to set, then to what."""
    from zjtui.i18n import _

    people = [
        Choice(row["uid"], row["name"], row["initials"])
        for row in find.choices(app.session.reader(), "person", limit=2000)
    ]
    kinds = {
        "language": (N_("Language"), [Choice("zh", "中文"), Choice("en", "English")]),
        "theme": (N_("Theme"), [Choice(theme.name, _(_THEMES[theme.name])) for theme in THEMES]),
        "person": (N_("Who I am"), people),
    }
    current = {"language": language(), "theme": app.theme, "person": app.session.person}

    def chosen(found: dict[str, str]) -> None:
        if found.get("language"):
            app.use_language(found["language"])
        if found.get("theme"):
            app.use_theme(found["theme"])
        if found.get("person"):
            app.use_person(found["person"])

    choose_in_two_steps(app, N_("Settings"), kinds, current, chosen, clear=False)
