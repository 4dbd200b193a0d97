"""Changing a threshold or a rule of what counts as overtime, for this workspace."""

from zjtui.domain.limits import LABELS, LIMITS, RULES
from zjtui.domain.money import parse_number, plain
from zjtui.domain.overtime import OVERTIME, parsed
from zjtui.errors import UsageError
from zjtui.i18n import N_, _
from zjtui.usecases.session import Session

OFF = "off"


def in_force(session: Session) -> dict[str, str]:
    """Return every threshold as text, and every overtime rule as its line ("" where it is off)."""
    held = session.limits
    return {**{name: plain(value) for name, value in held.items()}, **held.rules}


def label(name: str) -> str:
    """Return what a threshold or rule is called; a rule of one's own is called by its name."""
    return _(LABELS[name]) if name in LABELS else _(N_("Counts as overtime: ")) + OVERTIME.label(name)


def change(session: Session, name: str, text: str) -> None:
    """Set a threshold to a number, or an overtime rule to a line or "off"; an empty text takes the shipped one again.

    A name that is no threshold is a rule of one's own. What cannot be is refused and changes nothing.
    """
    settings, text = session.settings, text.strip()
    own = settings.limits if name in LIMITS else settings.overtime
    if not text:
        if name not in LIMITS and name not in RULES and name not in own:
            raise UsageError(N_("There is no threshold “{name}”; `zjtui limits` lists them"), name=name)
        own.pop(name, None)
    elif name in LIMITS:
        number = parse_number(text)
        if number < 0:
            raise UsageError(N_("A threshold is not negative: {value}"), value=text)
        own[name] = number
    elif text == OFF:
        own[name] = ""
    else:
        parsed(text)
        own[name] = text
    session.save_settings()
