"""Settings: language, theme, who works here, and the keys."""

from pathlib import Path
from typing import TYPE_CHECKING

from zjtui.domain.lights import PROFILES
from zjtui.domain.limits import LABELS
from zjtui.errors import ZjtuiError
from zjtui.i18n import N_, _, language
from zjtui.store.read import find
from zjtui.ui import keymaps, restoring
from zjtui.ui.action import key_names
from zjtui.ui.actions import SCREENS
from zjtui.ui.dialogs.choice import Choice, choose_in_two_steps
from zjtui.ui.dialogs.prompt import Prompt
from zjtui.ui.themes import THEMES
from zjtui.usecases import thresholds, work_calendar

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
        "limits": (N_("Thresholds and overtime rules"), _thresholds(app)),
        "calendar": (N_("Calendar of working days"), _years(app)),
        "keys": (N_("Keys"), _actions()),
        "restore": (restoring.LABEL, restoring.choices(app)),
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
            app.keep_settings()
        if found.get("profile"):
            app.session.settings.profile = found["profile"]
            app.keep_settings()
            app.judge_anew()
        if found.get("keys"):
            _ask_keys(app, found["keys"])
        if found.get("restore"):
            restoring.ask(app, found["restore"])
        if found.get("limits"):
            _ask_threshold(app, found["limits"])
        if found.get("calendar"):
            _ask_calendar(app)

    choose_in_two_steps(app, N_("Settings"), kinds, current, chosen, clear=False)


def _actions() -> list[Choice]:
    """Return every action with its screen and its keys."""
    return [
        Choice(action.id, f"{_(action.label)}  {key_names(action.pressed)}  ({screen})")
        for screen, actions in SCREENS.items()
        for action in actions
    ]


def _thresholds(app: "ZjtuiApp") -> list[Choice]:
    """Return every threshold and overtime rule with what is in force."""
    return [
        Choice(name, f"{thresholds.label(name)}  {value or thresholds.OFF}")
        for name, value in thresholds.in_force(app.session).items()
    ]


def _years(app: "ZjtuiApp") -> list[Choice]:
    """Return what can be done about calendars, with the years that are known."""
    first, last = work_calendar.shipped()
    given = ", ".join(str(row[0]) for row in work_calendar.years(app.session)) or "-"
    told = _(N_("Take in a year from a file (shipped: {first} to {last}, given: {given})"))
    return [Choice("add", told.format(first=first, last=last, given=given))]


def _ask_calendar(app: "ZjtuiApp", typed: str = "") -> None:
    """Ask for the file of a year until it can be taken in."""

    def answered(text: str | None) -> None:
        if not text:
            return
        try:
            _outcome, values = work_calendar.add(app.session, Path(text.strip()).expanduser())
        except ZjtuiError as error:
            app.notify(str(error), severity="error", markup=False)
            _ask_calendar(app, text)
            return
        app.judge_anew()
        done = _(N_("{year}: {off} days off, {worked} weekend days worked. Clocks count by it from now on."))
        counts = {"off": len(values["days_off"]), "worked": len(values["days_worked"])}
        app.notify(done.format(year=values["year"], **counts), markup=False)

    app.push_screen(Prompt(_(N_("The notice or list of which file? (.txt, .csv)")), typed), answered)


def _ask_threshold(app: "ZjtuiApp", name: str) -> None:
    """Ask for another value until it can be; an asterisk takes the shipped one again."""

    def answered(text: str | None) -> None:
        if text is None:
            return
        try:
            thresholds.change(app.session, name, "" if text == "*" else text)
        except ZjtuiError as error:
            app.notify(str(error), severity="error", markup=False)
            _ask_threshold(app, name)
            return
        app.judge_anew()
        now = thresholds.in_force(app.session).get(name, "")
        app.notify(f"{label}  {now or thresholds.OFF}", markup=False)

    label = thresholds.label(name)
    hint = N_("{name} (* the shipped value)") if name in LABELS else N_("{name} (“off” for none, * the shipped rule)")
    held = thresholds.in_force(app.session)[name]
    app.push_screen(Prompt(_(hint).format(name=label), held or thresholds.OFF), answered)


def _ask_keys(app: "ZjtuiApp", name: str) -> None:
    """Ask for the keys of an action until they can be; an asterisk takes the usual ones again."""
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
        app.keep_settings()
        app.use_keys(settings.keys)
        app.screen.refresh(layout=False)
        app.notify(f"{_(action.label)}  {key_names(action.pressed)}", markup=False)

    title = _(N_("Keys of “{action}”, e.g. f11, ctrl+t (* the usual ones)"))
    app.push_screen(Prompt(title.format(action=_(action.label)), action.pressed), answered)
