"""What the formats of a workbook say of its cells: a number shown in another unit than it is kept in, a struck text.

WPS and Excel show yuan as 万元 by formats such as `0!.0,"万元"`: three digits less for a comma at the end, and a point
that is only drawn between two digits. What the cell holds is then not what its heading says.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zjtui.sheets.scan import Marks

Scale = tuple[int, str]  # how many times less is shown than is kept; the unit that the format writes behind it
_PLACES = re.compile(r'\\.|!.|"[^"]*"|\[[^\]]*\]|_.|\*.|[0#?]|[.,]|.', re.DOTALL)
_MONEY = re.compile(r"(千万|百万|十万|万|亿|千|百)?(美元|欧元|日元|港元|港币|元|圆)?")
PERCENT = ("9", "10")  # formats that every workbook has
_MOST = 10**12


@dataclass
class Styles:
    """What the styles of a workbook say, by their number."""

    scales: dict[int, Scale] = field(default_factory=dict)
    struck: set[int] = field(default_factory=set)

    @property
    def marked(self) -> set[int]:
        """The styles that say anything."""
        return {*self.scales, *self.struck}

    def mark(self, marks: "Marks", place: tuple[int, int], style: int) -> None:
        """Note what a style says of a cell."""
        if style in self.scales:
            marks.scales[place] = self.scales[style]
        if style in self.struck:
            marks.struck.add(place)


def scale(code: str) -> Scale | None:
    """Return what a format does to an amount; None where it shows it as it is."""
    pieces = _PLACES.findall(_first(code))
    text, digits, commas, after = "", 0, 0, None
    for number, piece in enumerate(pieces):
        if piece in "0#?" and len(piece) == 1:
            digits, commas = digits + 1, 0
        elif piece == "," and digits:
            commas += 1
        elif piece in ("!.", "\\.", '"."') and any(other in "0#?" for other in pieces[number + 1 :] if len(other) == 1):
            after = digits
        elif piece[0] in '"' or piece[0] in "\\!" or not piece.isascii():
            text += piece.strip('"') if piece[0] == '"' else piece.lstrip("\\!")
    if "%" in pieces:
        return 1, "%"
    times = min(1000**commas * (10 ** (digits - after) if after is not None else 1), _MOST)
    unit = text.strip(" ()（）")
    known = bool(unit) and bool(_MONEY.fullmatch(unit))
    return (times, unit if known else "") if times > 1 or known else None


def _first(code: str) -> str:
    """Return the first section of a format: a semicolon in quotes parts nothing."""
    found = re.match(r'(?:"[^"]*"|\\.|!.|[^;"])*', code)
    return found[0] if found else code


def of_parts(parts: Iterable[tuple[str, dict[str, str]]]) -> Styles:
    """Return what the elements of `xl/styles.xml` say."""
    codes: dict[str, str] = {}
    fonts: list[bool] = []
    where, number, found = "", -1, Styles()
    for name, said in parts:
        if name in ("fonts", "cellXfs", "cellStyleXfs", "fills", "borders", "dxfs", "cellStyles"):
            where = name
        elif name == "numFmt" and where != "dxfs":
            codes[said.get("numFmtId", "")] = said.get("formatCode", "")
        elif name == "font" and where == "fonts":
            fonts.append(False)
        elif name == "strike" and where == "fonts" and fonts:
            fonts[-1] = said.get("val", "1") not in ("0", "false")
        elif name == "xf" and where == "cellXfs":
            number += 1
            code = said.get("numFmtId", "")
            scaled = scale(codes.get(code, "0%" if code in PERCENT else ""))
            if scaled:
                found.scales[number] = scaled
            font = said.get("fontId", "0")
            if font.isdigit() and int(font) < len(fonts) and fonts[int(font)]:
                found.struck.add(number)
    return found
