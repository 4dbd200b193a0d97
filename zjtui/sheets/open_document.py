"""What stands in an .ods workbook beside the values that a reader gives: errors, hidden and struck rows, units."""

import re
from typing import IO

from zjtui.sheets import elements, scan
from zjtui.sheets.number_format import Styles, scale
from zjtui.sheets.scan import Marks

_MANY = 1024  # cells that a repeated one may stand for; more are a filled-in background


def marks(name: str, stream: IO[bytes]) -> dict[str, Marks]:
    """Return the marks of each sheet; cells that lie too far out are refused."""
    reader = _Reader(name)
    elements.parse(stream, reader.start, reader.end, reader.text)
    return reader.sheets


class _Reader:
    """Looks through the contents, element by element."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.sheets: dict[str, Marks] = {}
        self.styles, self.numbers = Styles(), dict[str, int]()
        self.formats: dict[str, str] = {}
        self.style = self.format = self.sheet = ""
        self.row = self.rows = self.columns = self.column = self.wide = 0
        self.flat: set[str] = set()  # styles of rows that have no height
        self.left, self.crossed = "", [False]  # what is not struck out of a cell's text; whether the pieces in hand are
        self.cell: dict[str, str] = {}
        self.said = ""
        self.inside = self.cut = False

    def start(self, name: str, said: dict[str, str]) -> None:
        """Take the beginning of an element."""
        if name == "table" and "name" in said:
            self.sheets[said["name"]] = Marks()
            self.sheet, self.row, self.rows, self.columns = said["name"], 0, 0, 0
        elif name == "table-row":
            self.row += self.rows or 1
            self.rows = 0
            self.high = _times(said.get("number-rows-repeated"))
            self.column = self.wide = 0
            hidden = said.get("visibility") in ("collapse", "filter") or said.get("style-name") in self.flat
            if hidden and self.high <= _MANY:
                self.sheets[self.sheet].hidden |= set(range(self.row, self.row + self.high))
        elif name in ("table-cell", "covered-table-cell"):
            self.column += self.wide
            self.wide = _times(said.get("number-columns-repeated"))
            self.cell, self.said, self.inside = said, "", True
            self.left, self.crossed, self.cut = "", [False], False
            self._merged(said)
        elif name == "span":
            struck = self.numbers.get(said.get("style-name", ""), -1) in self.styles.struck
            self.crossed.append(self.crossed[-1] or struck)
        elif name == "p" and self.left:
            self.left += "\n"
        elif name == "style":
            self.style = said.get("name", "")
            self.numbers.setdefault(self.style, len(self.numbers))
            shown = scale(self.formats.get(said.get("data-style-name", ""), ""))
            if shown:
                self.styles.scales[self.numbers[self.style]] = shown
        elif name == "text-properties" and said.get("text-line-through-style", "none") != "none":
            self.styles.struck.add(self.numbers.get(self.style, -1))
        elif name == "table-row-properties" and re.match(r"0(\.0*)?[a-z]", said.get("row-height", "")):
            self.flat.add(self.style)
        else:
            self._format(name, said)

    def _merged(self, said: dict[str, str]) -> None:
        """Note the cells that one cell spans."""
        down, across = (_times(said.get(f"number-{each}-spanned")) for each in ("rows", "columns"))
        if down > 1 or across > 1:
            first = (self.row - 1, self.column)
            self.sheets[self.sheet].merged.append((first, (first[0] + down - 1, first[1] + across - 1)))

    def _format(self, name: str, said: dict[str, str]) -> None:
        """Write a number's format as the other workbooks write it."""
        if name in ("number-style", "currency-style"):
            self.format = said.get("name", "")
            self.formats[self.format] = ""
        elif name == "number" and self.format:
            factor, commas = _times(said.get("display-factor")), 0
            while factor >= 1000:
                factor, commas = factor // 1000, commas + 1
            self.formats[self.format] += "0" + "," * commas
        elif name == "text" and self.format:
            self.inside, self.said = True, ""

    def text(self, text: str) -> None:
        """Take a piece of text."""
        if not self.inside:
            return
        if len(self.said) < 100:
            self.said += text
        if self.crossed[-1]:
            self.cut = True
        else:
            self.left += text

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if name in ("table-cell", "covered-table-cell"):
            self.inside = False
            self._cell()
        elif name == "table-row":
            self.rows = self.high
        elif name == "span" and len(self.crossed) > 1:
            self.crossed.pop()
        elif name in ("number-style", "currency-style"):
            self.format = ""
        elif name == "text" and self.format:
            self.formats[self.format] += f'"{self.said}"'
            self.inside = False

    def _cell(self) -> None:
        """Note what is known of a cell, and how far out it stands."""
        kind, marks = self.cell.get("value-type", ""), self.sheets[self.sheet]
        formula = "formula" in self.cell
        wrong = ""
        if formula and (kind == "error" or self.said.startswith(("#", "Err:"))):
            wrong = self.said.strip() or "#"
        elif formula and not kind and not self.said:
            wrong = "formula"
        if not (kind or self.said or formula):
            return
        last = (self.row + self.high - 1, self.column + self.wide)
        scan.refuse_far(self.name, *last)
        places = [(row, column) for row in range(self.row, last[0] + 1) for column in range(self.column, last[1])]
        if wrong:
            marks.wrong |= dict.fromkeys(places, wrong)
        if kind == "percentage":
            marks.scales |= dict.fromkeys(places, (1, "%"))
        if self.cut and self.left.strip():
            marks.kept |= dict.fromkeys(places, self.left)
        elif self.cut:
            marks.struck |= set(places)
        style = self.numbers.get(self.cell.get("style-name", ""), -1)
        if style in self.styles.marked:
            for place in places:
                self.styles.mark(marks, place, style)


def _times(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 1
