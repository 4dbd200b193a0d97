"""A person's own keys: {action id: keys} from the settings, checked against the table of actions.

What is wrong with an entry is told in one line, and the rest of the map holds.
"""

import re
from collections.abc import Iterator, Mapping

from zjtui.errors import Msg, UsageError
from zjtui.i18n import N_
from zjtui.ui.action import Action
from zjtui.ui.actions import SCREENS

_NAMED = {
    "up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete", "enter", "escape", "tab",
}  # fmt: skip
_KEY = re.compile(
    r"(?:(?:ctrl|shift|alt)\+)*(?:f(?:[1-9]|1[0-9]|2[0-4])|[a-z0-9]|space|slash|" + "|".join(_NAMED) + ")"
)
_TAKEN = {  # by the terminal itself, or by what the key is on the wire
    "ctrl+c", "ctrl+i", "ctrl+j", "ctrl+m",
}  # fmt: skip
_EVERYWHERE = "everywhere"


def action_of(name: str) -> Action | None:
    """Return the action with the id `name`."""
    screen = name.partition(".")[0]
    return next((action for action in SCREENS.get(screen, ()) if action.id == name), None)


def checked(wanted: Mapping[str, str]) -> tuple[dict[str, str], list[Msg]]:
    """Return the entries of a map that hold, and what is wrong with the others."""
    held: dict[str, str] = {}
    faults: list[Msg] = []
    for name, text in wanted.items():
        keys = normal(str(text))
        fault = _unfit(name, keys)
        if fault:
            faults.append(fault)
        else:
            held[name] = keys
    while clash := next(_clashes(held), None):  # two that are swapped are none
        name, key, other = clash
        faults.append(Msg(N_("keys: {name}: {key} is taken by “{other}”"), name=name, key=key, other=Msg(other.label)))
        del held[name]
    return held, faults


def changed(own: Mapping[str, str], name: str, text: str) -> dict[str, str]:
    """Return the map with another key for one action, "" for its usual ones; a map that cannot be is refused."""
    if action_of(name) is None:
        raise UsageError(N_("keys: there is no action “{name}”; `zjtui keys` lists them"), name=name)
    rest = {other: keys for other, keys in own.items() if other != name}
    if not text.strip():
        return rest
    wanted = {**rest, name: normal(text)}
    held, faults = checked(wanted)
    if name not in held or len(held) < len(checked(rest)[0]):
        raise UsageError(faults[-1].msgid, **faults[-1].params)
    return wanted


def normal(text: str) -> str:
    """Return keys as bindings name them: "Ctrl+T, F11" is "ctrl+t,f11"."""
    keys = [key.strip().casefold().replace("^", "ctrl+") for key in text.replace("，", ",").split(",")]
    return ",".join(key for key in keys if key)


def _unfit(name: str, keys: str) -> Msg | None:
    """Return why an entry cannot be, whatever the others are."""
    if action_of(name) is None:
        return Msg(N_("keys: there is no action “{name}”; `zjtui keys` lists them"), name=name)
    for key in keys.split(","):
        if not _KEY.fullmatch(key):
            return Msg(N_("keys: {name}: “{key}” is no key; write e.g. f11 or ctrl+t"), name=name, key=key)
        if key in _TAKEN:
            return Msg(N_("keys: {name}: the terminal keeps {key} for itself"), name=name, key=key)
    if not any(_arrives(key) for key in keys.split(",")):
        return Msg(N_("keys: {name}: a Chinese input method would swallow {keys}; add f11 or the like"),
                   name=name, keys=keys)  # fmt: skip
    return None


def _arrives(key: str) -> bool:
    """Tell whether a key reaches the program while a Chinese input method is on."""
    last = key.rpartition("+")[2]
    return "ctrl+" in key or last in _NAMED or last.isdigit() or (last[0] == "f" and last[1:].isdigit())


def _clashes(own: Mapping[str, str]) -> Iterator[tuple[str, str, Action]]:
    """Yield (entry, key, the other action) where a key of the map means two things on one screen."""
    for name, keys in own.items():
        screen = name.partition(".")[0]
        for other in _beside(screen):
            if other.id == name:
                continue
            for key in keys.split(","):
                if key in own.get(other.id, other.keys).split(","):
                    yield name, key, other


def _beside(screen: str) -> Iterator[Action]:
    """Yield the actions that work where those of `screen` do."""
    for name, actions in SCREENS.items():
        if screen in (name, _EVERYWHERE) or name == _EVERYWHERE:
            yield from actions
