"""What an action is, the keys in force for it, and how keys are written; the table itself is in `actions`."""

from dataclasses import dataclass, replace

from textual.binding import Binding, BindingType


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a person can do. `name` is the Textual action; `footer` its place in the key bar (0: not shown)."""

    name: str
    keys: str
    label: str
    help: str
    footer: int = 0
    palette: bool = True
    screen: str = ""  # a key of `SCREENS`

    @property
    def id(self) -> str:
        """The name under which the settings know it, e.g. "projects.edit"."""
        return f"{self.screen}.{self.name}"

    @property
    def pressed(self) -> str:
        """The keys in force: the person's own where the settings have some."""
        return _own.get(self.id, self.keys)


_own: dict[str, str] = {}  # one keyboard, one map


def use_keys(own: dict[str, str]) -> None:
    """Take a person's own keys, {action id: keys}, as `keymaps.checked` returned them."""
    _own.clear()
    _own.update(own)


def of_screen(screen: str, *actions: Action) -> tuple[Action, ...]:
    """Return the actions of one screen."""
    return tuple(replace(action, screen=screen) for action in actions)


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
        for key in action.keys.split(",")
    ]


def key_name(keys: str) -> str:
    """Return the first of `keys` as it is printed on the keyboard."""
    first = keys.split(",", maxsplit=1)[0]
    names = {
        "escape": "Esc",
        "enter": "⏎",
        "tab": "Tab",
        "slash": "/",
        "up": "↑",
        "down": "↓",
        "insert": "Ins",
        "delete": "Del",
    }
    parts = [
        names.get(part, part.upper() if len(part) == 1 or part[1:].isdigit() else part.capitalize())
        for part in first.split("+")
    ]
    return "^" + parts[1] if parts[0] == "Ctrl" and len(parts) == 2 and len(parts[1]) == 1 else "+".join(parts)


def key_names(keys: str) -> str:
    """Return all of `keys` as they are printed on the keyboard."""
    return " ".join(key_name(key) for key in keys.split(","))
