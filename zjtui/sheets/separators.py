"""A list that is a text: its encoding, what parts its cells, and what in them cannot be seen."""

import csv
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from zjtui.errors import UsageError
from zjtui.i18n import N_

_MARKS = (",", "\t", ";", "，", "；", "|")
_SPACE = re.compile("[\u00a0\u2000-\u200a\u202f\u205f]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_BAD = "\ufffd"
# Share of the letters beyond ASCII that may be broken: GB18030 makes letters of nearly anything, UTF-8 does not.
_FEW = {"gb18030": 0.02}
_FEW_SURE = 0.1


def decoded(path: Path) -> tuple[str, str]:
    """Return a file's text and its encoding: by its mark, else what it is without a fault, UTF-8 before GB18030.

    A text that was cut in the middle of a letter keeps all its other letters.
    """
    content = path.read_bytes()
    marks = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
    tried = [name for mark, name in marks if content.startswith(mark)] or ["utf-8", "gb18030"]
    if b"\x00" not in content or tried == ["utf-16"]:
        for encoding in tried:
            text = content.decode(encoding, "replace")
            if _BAD not in text or text.count(_BAD) <= _FEW.get(encoding, _FEW_SURE) * (
                len(text) - len(re.findall(r"[\x00-\x7f]", text))
            ):
                return text, encoding
    raise UsageError(
        N_("“{path}” is neither UTF-8 nor GB18030 text: open it in Excel or WPS and save it as .xlsx"), path=path.name
    )


def delimiter(lines: Iterable[str]) -> str:
    """Return what parts the cells: the mark that gives rows of one width, and of the widest of these."""
    text = list(lines)
    best, found = (0.0, 0), ","
    for mark in _MARKS:
        try:
            widths = [len(row) for row in csv.reader(text, delimiter=mark) if any(row)]
        except csv.Error:
            continue
        common = Counter(width for width in widths if width > 1).most_common(1)
        width, times = common[0] if common else (0, 0)
        if (times / max(len(widths), 1), width) > best:
            best, found = (times / len(widths), width), mark
    return found


def parted(lines: Iterable[str]) -> bool:
    """Tell whether a text has columns: two rows at least with as many cells, and most of them so."""
    text = list(lines)
    try:
        widths = [len(row) for row in csv.reader(text, delimiter=delimiter(text)) if any(row)]
    except csv.Error:
        return False
    width, times = Counter(widths).most_common(1)[0] if widths else (0, 0)
    return width > 1 and times > 1 and times >= 0.8 * len(widths)


def seen(text: str) -> str:
    """Return a text without letters that nobody sees; wide spaces of other scripts are plain ones."""
    return _UNSEEN.sub("", _SPACE.sub(" ", text))
