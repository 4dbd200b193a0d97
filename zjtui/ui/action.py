"""What an action is, the keys in force for it, and how keys are written; the table itself is in `actions`."""

from dataclasses import dataclass, replace
from string import ascii_uppercase

from textual.binding import Binding, BindingType

from zjtui.i18n import N_
from zjtui.ui.key_meanings import DEED, MENU, keys_of


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a person can do. `name` is the Textual action; `footer` its place in the key bar (0: not shown).

    `meaning` is one of `key_meanings`, which gives it its keys; those in `typed` are text on the screen, and no keys.
    What is done to the `row` under the cursor says so where there is none. What only some kinds of records know says
    `of` which, and is offered with no other one in front.
    """

    name: str
    meaning: str
    label: str
    help: str
    footer: int = 0
    palette: bool = True
    screen: str = ""  # a key of `SCREENS`
    typed: str = ""
    row: bool = False
    of: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The name under which the settings know it, e.g. "projects.edit"."""
        return f"{self.screen}.{self.name}"

    @property
    def keys(self) -> str:
        """The keys of its meaning, "" for what is in the menu alone."""
        return ",".join(key for key in keys_of(self.meaning).split(",") if key != self.typed)

    @property
    def pressed(self) -> str:
        """The keys in force: the person's own where the settings have some."""
        return _own.get(self.id, self.keys)


EVERYWHERE = "everywhere"  # the screen of what the app does
_MENU = Action("menu", MENU, N_("More…"), N_("What else can be done here"), 3, palette=False)
_own: dict[str, str] = {}  # one keyboard, one map


def offered(actions: tuple[Action, ...], kind: str) -> tuple[Action, ...]:
    """Return those of a screen's actions that fit the `kind` of record in front; an empty menu is none of them."""
    fitting = tuple(action for action in actions if not action.of or kind in action.of)
    deeds = any(action.meaning == DEED for action in fitting)
    return fitting if deeds else tuple(action for action in fitting if action.meaning != MENU)


def use_keys(own: dict[str, str]) -> None:
    """Take a person's own keys, {action id: keys}, as `keymaps.checked` returned them."""
    _own.clear()
    _own.update(own)


def of_screen(screen: str, *actions: Action) -> tuple[Action, ...]:
    """Return the actions of one screen; where some have no key of their own, with the menu that lists them."""
    menu = [_MENU] if any(action.meaning == DEED for action in actions) else []
    return tuple(replace(action, screen=screen) for action in (*actions, *menu))


def bindings(actions: tuple[Action, ...], prefix: str = "") -> list[BindingType]:
    """Return Textual's bindings for `actions`; the label stays a message id and is translated when it is shown."""
    return [
        # A function key is meant for the screen, whatever the field that has the focus would do with it.
        Binding(
            key,
            prefix + action.name,
            action.label,
            show=False,
            priority=key[0] == "f" and key[1:].isdigit(),
            id=action.id,
        )
        for action in actions
        for key in (action.keys or f"{DEED}-{action.name}").split(
            ","
        )  # an own key takes the place of one never pressed
    ]


def key_name(keys: str) -> str:
    """Return the first of `keys` as it is printed on the keyboard; where there is none, how the menu is reached."""
    if not keys:
        return key_name(keys_of(MENU)) + "…"
    first = keys.split(",", maxsplit=1)[0]
    names = {
        "escape": "Esc",
        "enter": "⏎",
        "tab": "Tab",
        "slash": "/",
        "up": "↑",
        "down": "↓",
        "left": "←",
        "right": "→",
        "space": "Space",
        "insert": "Ins",
        "delete": "Del",
    }
    parts = [
        names.get(part, part.upper() if len(part) == 1 or part[1:].isdigit() else part.capitalize())
        for part in first.split("+")
    ]
    return "^" + parts[1] if parts[0] == "Ctrl" and len(parts) == 2 and parts[1] in ascii_uppercase else "+".join(parts)


def key_told(keys: str) -> str:
    """Return the first of `keys` as a sentence names it."""
    return key_name(keys).replace("^", "Ctrl+")


def key_names(keys: str) -> str:
    """Return all of `keys` as they are printed on the keyboard."""
    return " ".join(key_name(key) for key in keys.split(","))
