"""The one table of actions: keys, footer, palette and help are all read from here.

Every action has a key that works while a Chinese input method is on: a function key, Ctrl, a digit or an arrow.
Letters and punctuation are only second keys. Labels and helps are message ids.
"""

from dataclasses import dataclass

from textual.binding import Binding, BindingType

from zjtui.i18n import N_


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a person can do. `name` is the Textual action; `footer` its place in the key bar (0: not shown)."""

    name: str
    keys: str
    label: str
    help: str
    footer: int = 0
    palette: bool = True


GLOBAL = (
    Action("help", "f1", N_("Help"), N_("Keys and typing aids of this screen"), 1),
    Action("go('projects')", "1", N_("Projects"), N_("The register of projects"), 40),
    Action("go('issues')", "2", N_("Issues"), N_("All problems across projects"), 41),
    Action("go('log')", "7", N_("Log"), N_("Every operation, newest first"), 42),
    Action("search", "f7", N_("Search"), N_("Find words in projects, follow-ups and issues"), 20),
    Action("history", "f8,ctrl+h", N_("History"), N_("Who changed what, when, from what to what"), 30),
    Action("undo", "ctrl+z", N_("Undo"), N_("Take back the last operation that stands"), 31),
    Action("redo", "ctrl+y", N_("Redo"), N_("Do again what was undone last"), 0),
    Action("settings", "f9", N_("Settings"), N_("Language, theme, who I am"), 50),
    Action("language", "ctrl+l", N_("中文/English"), N_("Switch between Chinese and English"), 51),
    Action("palette", "ctrl+p", N_("Commands"), N_("Find any action by its name"), 52, palette=False),
    Action("screen.back", "escape", N_("Back"), N_("Close this and go back; clears a filter first"), 0, palette=False),
    Action("leave", "f10,ctrl+q", N_("Quit"), N_("Leave zjtui; everything is saved already"), 60),
)
PROJECTS = (
    Action("open", "enter", N_("Open"), N_("Open the project under the cursor"), 2, palette=False),
    Action("add_follow_up", "f3", N_("Follow up"), N_("Log a follow-up of the project under the cursor"), 4),
    Action("add_issue", "f4", N_("Raise issue"), N_("Raise an issue of the project under the cursor"), 5),
    Action("edit", "f2", N_("Edit"), N_("Edit the project under the cursor"), 3),
    Action("move", "f5", N_("Move"), N_("Take the project to another stage"), 6),
    Action("filter", "ctrl+f,slash", N_("Filter"), N_("Type to filter: name, code, owner, place, pinyin initials"), 7),
    Action("choose_filter", "f6", N_("Filter by…"), N_("Filter by region, field, stage, attribute, scale, mine"), 8),
    Action("sort", "ctrl+o,s", N_("Sort"), N_("Sort by any column"), 9),
    Action("columns", "ctrl+k,c", N_("Columns"), N_("Choose the columns shown"), 10),
    Action("add_project", "ctrl+n", N_("New project"), N_("Add a project"), 11),
)
PROJECT = (
    Action("edit", "f2", N_("Edit"), N_("Edit the project, or the record under the cursor"), 2),
    Action("add_follow_up", "f3", N_("Follow up"), N_("Log a follow-up of this project"), 3),
    Action(
        "add_issue", "f4", N_("Raise issue"), N_("Raise an issue; from a follow-up under the cursor, of that one"), 4
    ),
    Action("move", "f5", N_("Move"), N_("Move the project's stage, or the issue under the cursor"), 5),
    Action("section(1)", "tab,ctrl+right", N_("Next section"), N_("Show the next section"), 6),
    Action("section(-1)", "shift+tab,ctrl+left", N_("Previous section"), N_("Show the previous section"), 0),
)
ISSUES = (
    Action("open", "enter", N_("Open"), N_("Open the issue under the cursor"), 2, palette=False),
    Action("move", "f5", N_("Move"), N_("Take the issue to its next state"), 3),
    Action("edit", "f2", N_("Edit"), N_("Edit the issue under the cursor"), 4),
    Action("open_project", "f3", N_("Project"), N_("Open the issue's project"), 5),
    Action("filter", "ctrl+f,slash", N_("Filter"), N_("Type to filter: problem, number, project"), 7),
    Action("choose_filter", "f6", N_("Filter by…"), N_("Filter by state, kind, severity, region, unit"), 8),
    Action("group", "ctrl+g,g", N_("Group"), N_("Group by state, by unit, or not"), 9),
    Action("sort", "ctrl+o,s", N_("Sort"), N_("Sort by any column"), 10),
    Action("columns", "ctrl+k,c", N_("Columns"), N_("Choose the columns shown"), 11),
)
RECORD = (
    Action("edit", "f2", N_("Edit"), N_("Edit this record"), 2),
    Action("add_issue", "f4", N_("Raise issue"), N_("Raise an issue from this follow-up"), 3),
    Action("move", "f5", N_("Move"), N_("Take it to its next state"), 4),
    Action("open_project", "f3", N_("Project"), N_("Open its project"), 5),
)
FORM = (
    Action("save", "ctrl+s", N_("Save"), N_("Save and close the form"), 2),
    Action("next_field(1)", "down", N_("Next field"), N_("Go to the next field"), 0, palette=False),
    Action("next_field(-1)", "up", N_("Previous field"), N_("Go to the field before"), 0, palette=False),
    Action("discard", "f6", N_("Discard"), N_("Close the form and forget what was typed"), 3),
)
SEARCH = (Action("open", "enter", N_("Open"), N_("Open what was found"), 2, palette=False),)
LOG = (
    Action("open", "enter", N_("Details"), N_("Show what the operation changed"), 2, palette=False),
    Action("undo_this", "ctrl+u", N_("Undo this one"), N_("Take back the operation under the cursor"), 3),
)


def bindings(actions: tuple[Action, ...], prefix: str = "") -> list[BindingType]:
    """Return Textual's bindings for `actions`; the label stays a message id and is translated when it is shown."""
    return [
        # A function key is meant for the screen, whatever the field that has the focus would do with it.
        Binding(key, prefix + action.name, action.label, show=False, priority=key[0] == "f" and key[1:].isdigit())
        for action in actions
        for key in action.keys.split(",")
    ]


def key_name(keys: str) -> str:
    """Return the first of `keys` as it is printed on the keyboard."""
    first = keys.split(",", maxsplit=1)[0]
    names = {"escape": "Esc", "enter": "⏎", "tab": "Tab", "slash": "/", "up": "↑", "down": "↓"}
    parts = [
        names.get(part, part.upper() if len(part) == 1 or part[1:].isdigit() else part.capitalize())
        for part in first.split("+")
    ]
    return "^" + parts[1] if parts[0] == "Ctrl" and len(parts) == 2 and len(parts[1]) == 1 else "+".join(parts)
