"""Keys that meant something else before 2024: for one release they say where it went, and do nothing else.

{screen: {key: action}}; a key that means something there now is not among them, nor is a letter: it begins the filter.
"""

from zjtui.i18n import N_, _
from zjtui.ui.action import Action, key_told
from zjtui.ui.actions import SCREENS
from zjtui.ui.key_meanings import MENU, keys_of

_EXPORT = {"ctrl+d": "export_list"}
_SECTIONS = {"ctrl+left": "section(-1)", "ctrl+right": "section(1)"}
_MONTHS = {"f3": "month(-1)", "f4": "month(1)"}
_FIGURES = {"ctrl+d": "freezes", "ctrl+k": "known", **_MONTHS}
_ISSUE = {"ctrl+e": "escalate", "ctrl+r": "merge", "f3": "open_project"}
_FINDING = {"f2": "plan_visit", "f4": "open_project"}
OLD: dict[str, dict[str, str]] = {
    "everywhere": {"ctrl+h": "history"},
    "projects": _EXPORT,
    "project": {**_SECTIONS, "ctrl+e": "suggest", "ctrl+g": "strip"},
    "issues": {**_EXPORT, **_ISSUE},
    "services": {**_EXPORT, "ctrl+r": "why", "f3": "open_project", "f4": "documents"},
    "months": {**_EXPORT, **_MONTHS, "ctrl+o": "open_project", "ctrl+r": "fill"},
    "directory": {**_EXPORT, **_SECTIONS, "ctrl+e": "suggest", "f3": "open_project", "f4": "hand_over"},
    "record": {**_ISSUE, "ctrl+x": "sheet", "f6": "documents"},
    "form": {"f4": "snippet", "f5": "same", "f6": "screen.back"},
    "importing": {"ctrl+e": "refused", "f3": "rows", "f4": "kind", "f5": "change"},
    "log": {"ctrl+t": "undo_this"},
    "today": {**_FINDING, "f6": "set_aside", "ctrl+e": "go('day')"},
    "gaps": {**_FINDING, **_SECTIONS},
    "day": {"f3": "file", "f4": "tomorrow", "f6": "backup"},
    "overview": {**_FIGURES, "f5": "freeze"},
    "league": {**_FIGURES, "f2": "what_if", "f5": "why"},
    "freezes": {"f5": "compare", "f6": "compare_now"},
    "freeze": {"f6": "compare_now"},
    "strip": {"f3": "open_project"},
    "brief": {"f6": "no"},
    "report": {"f3": "write", "f4": "write"},
    "reports": {"f5": "forms"},
    "forms": {"f4": "edit", "f5": "renew", "f6": "ledger"},
    "filling": {**_MONTHS, "ctrl+d": "ledger"},
}


def hint(screen: str, key: str) -> str:
    """Return where that went which `key` did on `screen`, "" where it did nothing."""
    name = OLD.get(screen, {}).get(key) or OLD["everywhere"].get(key, "")
    action = _action(screen, name) if name else None
    if action is None:
        return ""
    text = N_("{old} is now {new}: {what}") if action.pressed else N_("{old} is now {new}, then “{what}”")
    new = key_told(action.pressed or keys_of(MENU))
    return _(text).format(old=key_told(key), new=new, what=_(action.label))


def _action(screen: str, name: str) -> Action | None:
    return next((action for place in (screen, "everywhere") for action in SCREENS[place] if action.name == name), None)
