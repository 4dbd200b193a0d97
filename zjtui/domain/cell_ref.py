"""Where a cell of a sheet is: “C5”, or row 4 and column 2 counted from 0."""

import re

from zjtui.errors import Refused
from zjtui.i18n import N_

Place = tuple[int, int]  # row and column from 0
_REF = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


def place_of(ref: str) -> Place:
    """Return row and column, from 0, of "C5". Rule T-04."""
    found = _REF.fullmatch(ref.strip().upper().replace("$", ""))
    if not found:
        raise Refused(N_("“{value}” is no cell: type e.g. C5"), rule="T-04", value=ref[:40])
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    if column > 16_384 or int(found[2]) > 1_048_576:
        raise Refused(N_("“{value}” is no cell: type e.g. C5"), rule="T-04", value=ref[:40])
    return int(found[2]) - 1, column - 1


def ref_of(place: Place) -> str:
    """Return "C5" of row 4, column 2."""
    letters, column = "", place[1] + 1
    while column:
        column, left = divmod(column - 1, 26)
        letters = chr(65 + left) + letters
    return f"{letters}{place[0] + 1}"
