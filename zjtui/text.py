"""Text safety: what may be stored, and how what cannot be seen is made visible."""

import re
import unicodedata

_KEPT = {"\n", "\t"}
_BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_INVISIBLE = set(
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\u3164\ufeff\uffa0"
)
_PRINTABLE_BUT_UNSEEN = re.compile("[" + "".join(char for char in _INVISIBLE if char.isprintable()) + "]")
_LIMIT = 4_000


def is_unsafe(char: str) -> bool:
    """Tell whether `char` controls the terminal, reorders the line or cannot be seen."""
    code = ord(char)
    if 0x20 <= code < 0x7F or 0x4E00 <= code < 0x9FFF:
        return False
    return (
        char in _BIDI or char in _INVISIBLE or unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
    )


def strip_unsafe(text: str) -> str:
    """Return `text` as it is stored: one kind of line end, no NUL or lone surrogate; all else as typed."""
    if text.isprintable():  # as nearly all are: nothing of the kind
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\u2400")
    return text.encode("utf-8", "replace").decode("utf-8")


def visible(value: object, limit: int = _LIMIT) -> str:
    """Return `value` as one line that is safe to print: line breaks as ⏎, unseen characters as `<U+202E>`."""
    text = str(value)
    cut = text[:limit]
    if not cut.isprintable() or _PRINTABLE_BUT_UNSEEN.search(cut):
        cut = "".join(_mark(char) for char in cut)
    return cut + "…" if len(text) > limit else cut


def visible_lines(value: object, limit: int = 20_000) -> str:
    """Return `value` like `visible`, but with its line breaks."""
    text = str(value)
    if text.isprintable() and len(text) <= limit and not _PRINTABLE_BUT_UNSEEN.search(text):
        return text  # as nearly all are
    shown = "\n".join(visible(line, limit) for line in text[:limit].split("\n"))
    return shown + "…" if len(text) > limit else shown


def half_characters(text: str) -> int:
    """Return the width of a line on paper, in halves of a Chinese character."""
    return sum(2 if ord(char) > 0x2E7F else 1 for char in text)


def _mark(char: str) -> str:
    if char == "\n":
        return "⏎"
    if char == "\t":
        return " "
    if char == "\x1b":
        return "␛"
    return f"<U+{ord(char):04X}>" if is_unsafe(char) else char
