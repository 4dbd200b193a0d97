"""What the keys mean, the same on every screen and in every dialog: the one place where a key is given a meaning.

An action says what it means, never which key it has. Each key arrives while a Chinese input method is on. What has no
key of its own is in the menu of its screen (Ctrl+T) and in the palette.

Not to be had: Ctrl+H is Backspace on some terminals, Ctrl+I is Tab, Ctrl+J and Ctrl+M are Enter, Ctrl+V is the
terminal's paste, F11 its full screen. Ctrl with an arrow or a function key does not arrive on a text console of Linux:
what has only that is in the palette. Ctrl+F3 reads like the answer to the question where the cursor is.
"""

from dataclasses import dataclass

from textual.binding import Binding

from zjtui.i18n import N_


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a key is for. Of several keys the first one is shown; `why` says why there is more than one."""

    keys: str
    label: str
    why: str = ""


MENU = "menu"
DEED = "deed"  # no key of its own

MEANINGS: dict[str, Meaning] = {
    "help": Meaning("f1", N_("Help")),
    "edit": Meaning("f2", N_("Edit, change what is under the cursor")),
    "follow_up": Meaning("f3", N_("Follow up the project under the cursor")),
    "issue": Meaning("f4", N_("Raise an issue")),
    "move": Meaning("f5", N_("Change the status, settle what is under the cursor")),
    "filter_by": Meaning("f6", N_("Filter, choose what is shown")),
    "search": Meaning("f7", N_("Search in all texts")),
    "history": Meaning("f8", N_("History")),
    "settings": Meaning("f9", N_("Settings")),
    "leave": Meaning("f10,ctrl+q", N_("Quit"), "some terminals keep F10 for their own menu"),
    "follow_up_any": Meaning("f12", N_("Follow up any project")),
    "mark_all": Meaning("ctrl+a", N_("Mark all, or none")),
    "bulk": Meaning("ctrl+b", N_("Many at once: what is marked")),
    "copy": Meaning("ctrl+c", N_("Copy")),
    "attach": Meaning("ctrl+d", N_("Attach a file")),
    "take_in": Meaning("ctrl+e", N_("Take in a file")),
    "filter": Meaning("ctrl+f,slash", N_("Type to filter"), "letters begin it too; digits only after one of these"),
    "project": Meaning("ctrl+g", N_("Go to the project")),
    "columns": Meaning("ctrl+k", N_("Columns, what stands in the rows")),
    "language": Meaning("ctrl+l", N_("Chinese or English")),
    "add": Meaning("ctrl+n", N_("Add")),
    "sort": Meaning("ctrl+o", N_("Sort, group")),
    "palette": Meaning("ctrl+p", N_("Find any action, screen, report or project")),
    "brief": Meaning("ctrl+r", N_("Brief before a visit")),
    "save": Meaning("ctrl+s", N_("Save, do it, send it")),
    MENU: Meaning("ctrl+t", N_("More that can be done here")),
    "day": Meaning("ctrl+u", N_("Close the day")),
    "views": Meaning("ctrl+w", N_("Views")),
    "write": Meaning("ctrl+x", N_("Write to Word, Excel or another file")),
    "redo": Meaning("ctrl+y", N_("Do again")),
    "undo": Meaning("ctrl+z", N_("Undo")),
    "open": Meaning("enter", N_("Open, take")),
    "back": Meaning("escape", N_("Back")),
    "mark": Meaning("insert,space", N_("Mark"), "space is nearest; where it is typed there is Insert"),
    "mark_down": Meaning("shift+down", N_("Mark downwards")),
    "mark_up": Meaning("shift+up", N_("Mark upwards")),
    "remove": Meaning("delete", N_("Take out, take back, leave out")),
    "next": Meaning("tab", N_("Next section, list or open cell")),
    "previous": Meaning("shift+tab", N_("Previous section, list or open cell")),
    "earlier": Meaning("ctrl+left", N_("The month or week before")),
    "later": Meaning("ctrl+right", N_("The month or week after")),
    "part_after": Meaning("ctrl+down", N_("Next section of the form")),
    "part_before": Meaning("ctrl+up", N_("Previous section of the form")),
    "down": Meaning("down", N_("Down")),
    "up": Meaning("up", N_("Up")),
    "page_down": Meaning("pagedown", N_("Page down")),
    "page_up": Meaning("pageup", N_("Page up")),
    "first": Meaning("home", N_("First row")),
    "last": Meaning("end", N_("Last row")),
    "left": Meaning("left", N_("Columns to the left")),
    "right": Meaning("right", N_("Columns to the right")),
    "projects": Meaning("1", N_("Projects")),
    "issues": Meaning("2", N_("Issues")),
    "services": Meaning("3", N_("Green channel")),
    "months": Meaning("4", N_("Months")),
    "overview": Meaning("5", N_("Overview")),
    "league": Meaning("6", N_("League")),
    "log": Meaning("7", N_("Log")),
    "today": Meaning("8", N_("Today")),
    "directory": Meaning("9", N_("Directory")),
    "gaps": Meaning("0", N_("Gaps")),
    "reports": Meaning("ctrl+f5", N_("Reports")),
    "visits": Meaning("ctrl+f4", N_("Visits")),
    "weeks": Meaning("ctrl+f2", N_("Calendar")),
    DEED: Meaning("", N_("In the menu of the screen")),
}

# Keys of the table that a text field takes for itself while one types in it, each with the reason.
IN_TEXT = {
    "tab": "the next field; completes a path",
    "shift+tab": "the field before",
    "enter": "the next field, or takes what is typed",
    "home": "the beginning of the line",
    "end": "the end of the line",
    "left": "a character to the left",
    "right": "a character to the right",
    "up": "the line, choice or field above",
    "down": "the line, choice or field below",
    "pageup": "a page of a long text up",
    "pagedown": "a page of a long text down",
    "delete": "the character under the cursor",
    "space": "a space",
    "slash": "a slash",
    "shift+down": "selects text",
    "shift+up": "selects text",
    "ctrl+left": "a word to the left, in forms",
    "ctrl+right": "a word to the right, in forms",
    "ctrl+a": "the beginning of the line",
    "ctrl+c": "copies the text",
    "ctrl+d": "deletes a character; in forms it attaches",
    "ctrl+e": "the end of the line",
    "ctrl+f": "deletes a word",
    "ctrl+k": "deletes to the end of the line",
    "ctrl+u": "deletes to the beginning of the line, in filters and dialogs",
    "ctrl+w": "deletes the word before",
    "ctrl+x": "cuts the text",
    "ctrl+y": "types again what was taken back",
    "ctrl+z": "takes back what was typed",
}


def keys_of(meaning: str) -> str:
    """Return the keys of a meaning, "" where it has none of its own."""
    return MEANINGS[meaning].keys


def meaning_of(key: str) -> str:
    """Return what a key means, "" for nothing."""
    return next((name for name, meaning in MEANINGS.items() if key in meaning.keys.split(",")), "")


def bound(meaning: str, action: str) -> Binding:
    """Return the binding of a dialog or widget for what is meant."""
    return Binding(keys_of(meaning), action, MEANINGS[meaning].label, show=False)
