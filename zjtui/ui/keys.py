"""Keys that a Chinese input method commits: full-width forms are folded before bindings are looked up."""

import unicodedata

from textual import events
from textual.keys import _character_to_key
from textual.widget import Widget

_PUNCTUATION = {
    "。": ".",
    "，": ",",
    "、": "/",
    "；": ";",
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "【": "[",
    "】": "]",
    "《": "<",
    "》": ">",
}


def fold(char: str) -> str:
    """Return the half-width character that `char` stands for on the keyboard, or `char`."""
    return _PUNCTUATION.get(char) or unicodedata.normalize("NFKC", char)


def folded(event: events.Key, focused: Widget | None) -> events.Key:
    """Return the key event as a binding would expect it; in a text field it stays as it was typed."""
    char = event.character
    if not char or len(char) != 1 or char.isascii() or _takes_text(focused):
        return event
    plain = fold(char)
    if plain == char or len(plain) != 1:
        return event
    return events.Key(_character_to_key(plain), plain)


def _takes_text(focused: Widget | None) -> bool:
    from textual.widgets import Input, TextArea  # late: the first screen has no text area

    return isinstance(focused, Input | TextArea)
