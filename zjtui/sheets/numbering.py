"""Parts of an item, by their numbers: 1.1 below 1, （一） below 一, ① below 2, and what follows “其中” without one."""

import re
import unicodedata

_HAN = "一二三四五六七八九十"
# the ways in which a list counts, from the uppermost down: what counts lower than the item above is a part of it
_WAYS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"第?[{_HAN}]{{1,4}}[、.]?",
        rf"[(（][{_HAN}]{{1,4}}[)）]",
        r"\d+[.、]?",
        r"\(\d{1,3}\)|\d{1,3}\)",
        r"[①-⑳]",
        r"[a-z]\)?[.、]?|\([a-z]\)",
    )
)
_DOTTED = re.compile(rf"(\d+|[{_HAN}]{{1,4}})[.\-—–_/](\d+)([.\-—–_/]\d+)*[.、]?")
_AMONG = re.compile(r"\s*其\s*中\s*([:：].*|$)", re.DOTALL)
_INDENTED = re.compile(r"(\u3000| {2}|\t)\s*\S")


def way_of(serial: str) -> int | None:
    """Return how a number counts, the uppermost way first; None for what is no number."""
    return next((place for place, way in enumerate(_WAYS) if way.fullmatch(serial)), None)


def plain_serial(cell: object) -> str:
    """Return what stands in a cell of numbers: full-width forms are plain, a circle stays one."""
    text = f"{cell:g}" if isinstance(cell, int | float) else str(cell).strip()
    return text if way_of(text) is not None else unicodedata.normalize("NFKC", text).strip()


class Numbering:
    """Follows the numbers of a list from line to line: `item` notes an item, `part` tells what belongs to it."""

    def __init__(self, *, numbered: bool) -> None:
        self._numbered = numbered  # whether the list has a column of numbers
        self._item, self._way = "", -1  # of the item in force
        self._among = False  # below “其中”

    def item(self, serial: str) -> None:
        """Note a line that is an item of the list."""
        way = way_of(serial)
        if way is not None:
            self._item, self._way, self._among = serial.rstrip(".、"), way, False
        elif serial or not self._numbered:
            self._among = False

    def part(self, serial: str, name: str, leading: str) -> bool:
        """Tell whether a line is a part of the item above; `name` as it is indented, `leading` stands before it."""
        if _AMONG.fullmatch(name) or _AMONG.fullmatch(leading):
            self._among = True
            return True
        if not serial:
            indented = bool(_INDENTED.match(name))
            return (self._among and (indented or self._numbered)) or (indented and bool(self._item))
        if below := _DOTTED.fullmatch(serial):
            return below[1] == self._item
        way = way_of(serial)
        return way is not None and bool(self._item) and way > self._way
