"""What stands in an .ods workbook beside the values that a reader gives: errors, hidden and struck rows, units."""

from typing import IO

from zjtui.sheets import scan
from zjtui.sheets.number_format import Styles, scale
from zjtui.sheets.scan import Marks

_MANY = 1024  # cells that a repeated one may stand for; more are a filled-in background


def marks(name: str, stream: IO[bytes]) -> dict[str, Marks]:
    """Return the marks of each sheet; cells that lie too far out are refused."""
    reader = _Reader(name)
    scan.parse(stream, reader.start, reader.end, reader.text)
    return reader.sheets


class _Reader:
    """Looks through the contents, element by element."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.sheets: dict[str, Marks] = {}
        self.styles, self.numbers = Styles(), dict[str, int]()
        self.formats: dict[str, str] = {}
        self.style = self.format = self.sheet = ""
        self.row = self.rows = self.columns = self.column = self.wide = self.depth = 0
        self.cell: dict[str, str] = {}
        self.said = ""
        self.inside = False

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
            if said.get("visibility") in ("collapse", "filter") and self.high <= _MANY:
                self.sheets[self.sheet].hidden |= set(range(self.row, self.row + self.high))
        elif name in ("table-cell", "covered-table-cell"):
            self.column += self.wide
            self.wide = _times(said.get("number-columns-repeated"))
            self.cell, self.said, self.inside = said, "", True
        elif name == "style":
            self.style = said.get("name", "")
            self.numbers.setdefault(self.style, len(self.numbers))
            shown = scale(self.formats.get(said.get("data-style-name", ""), ""))
            if shown:
                self.styles.scales[self.numbers[self.style]] = shown
        elif name == "text-properties" and said.get("text-line-through-style", "none") != "none":
            self.styles.struck.add(self.numbers.get(self.style, -1))
        else:
            self._format(name, said)

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
        if self.inside and len(self.said) < 100:
            self.said += text

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if name in ("table-cell", "covered-table-cell"):
            self.inside = False
            self._cell()
        elif name == "table-row":
            self.rows = self.high
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
        style = self.numbers.get(self.cell.get("style-name", ""), -1)
        if style in self.styles.marked:
            for place in places:
                self.styles.mark(marks, place, style)


def _times(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 1
