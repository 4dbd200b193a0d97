"""A workbook that somebody else made, as it has to be known to be filled: texts, formulas, merged cells, formats."""

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from zjtui.domain.cell_ref import Place, place_of, ref_of
from zjtui.errors import Refused, UsageError
from zjtui.i18n import N_
from zjtui.sheets import package

LARGEST = 20_000_000  # bytes of one sheet unpacked: a form is no list
_CELLS = 200_000
_PERCENT = (9, 10)  # number formats that every workbook has
_BUILT_IN = {1: 0, 2: 2, 3: 0, 4: 2, 9: 0, 10: 2}  # their decimals


@dataclass(frozen=True)
class FormatOf:
    """How a cell shows a number: as a percentage, with how many decimals (None: as many as there are)."""

    percent: bool = False
    decimals: int | None = None


@dataclass(frozen=True)
class FormSheet:
    """One sheet: what stands in its cells (text or number; a formula is not a value), by place."""

    name: str
    part: str
    values: Mapping[Place, str | float]
    formulas: frozenset[Place]
    merged: tuple[tuple[Place, Place], ...]
    formats: Mapping[Place, FormatOf]

    def top_left(self, place: Place) -> Place:
        """Return the cell that a merged one shows, else the cell itself."""
        for (top, left), (bottom, right) in self.merged:
            if top <= place[0] <= bottom and left <= place[1] <= right:
                return top, left
        return place


@dataclass
class FormFile:
    """A workbook as it lies on the disk, with its sheets that are not hidden."""

    path: Path
    sheets: list[FormSheet] = field(default_factory=list)

    def sheet(self, name: str) -> FormSheet:
        """Return the sheet by this name."""
        found = next((sheet for sheet in self.sheets if sheet.name == name), None)
        if found is None:
            names = "、".join(sheet.name for sheet in self.sheets)
            raise UsageError(N_("There is no sheet “{value}”; there are: {names}"), value=name, names=names or "-")
        return found

    def holds(self, name: str, ref: str) -> bool:
        """Tell whether there is such a cell to be filled: not on a sheet that is gone, no formula."""
        sheet = next((sheet for sheet in self.sheets if sheet.name == name), None)
        return sheet is not None and sheet.top_left(place_of(ref)) not in sheet.formulas

    def fillable(self, name: str, ref: str) -> str:
        """Return the cell to fill for `ref`, the first of a merged one; a formula is refused. Rules T-03, T-04."""
        sheet = self.sheet(name)
        place = sheet.top_left(place_of(ref))
        if place in sheet.formulas:
            raise Refused(
                N_("{cell} of “{sheet}” holds a formula: it is not touched"),
                rule="T-03",
                cell=ref_of(place),
                sheet=name,
            )
        return ref_of(place)


def open_form(path: Path, name: str = "") -> FormFile:
    """Open a workbook to be filled; `name` is what it is called where `path` is not. What cannot be is refused."""
    shown = Path(name or path.name)
    head = package.beginning(path)
    if not head.startswith(b"PK"):
        if head.startswith(b"\xd0\xcf\x11\xe0"):
            package.inspected(path, head)  # says what else it may be
        raise UsageError(
            N_("“{path}” is no .xlsx workbook: open it in Excel or WPS and save it as .xlsx"), path=shown.name
        )
    facts = package.inspected(path, head)
    if facts.kind != "xlsx":
        raise UsageError(
            N_("“{path}” is no .xlsx workbook: open it in Excel or WPS and save it as .xlsx"), path=shown.name
        )
    try:
        with zipfile.ZipFile(path) as package_file:
            return FormFile(shown, list(_sheets(package_file)))
    except _TooMuchError:
        raise UsageError(N_("“{path}” is a list rather than a form: too much stands in it"), path=shown.name) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, ValueError, RuntimeError, SyntaxError):
        raise package.broken(shown) from None


class _TooMuchError(Exception):
    """More cells than any form has."""


def is_sheet(part: str) -> bool:
    return part.startswith("xl/worksheets/") and part.endswith(".xml")


def tree(content: bytes) -> Any:
    """Return an XML part as a tree; nothing outside of it is ever read."""
    from lxml import etree

    if len(content) > LARGEST or b"<!DOCTYPE" in content[:4000]:
        raise ValueError("no part of a form")
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def numbered(root: Any) -> None:
    """Give every row and cell its number; a program may leave it out where nothing is left out before."""
    space = space_of(root)
    row_number = -1
    for row in root.iter(f"{space}row"):
        row_number = int(row.get("r", row_number + 2)) - 1
        row.set("r", str(row_number + 1))
        column = -1
        for cell in row.iter(f"{space}c"):
            column = place_of(cell.get("r"))[1] if cell.get("r") else column + 1
            cell.set("r", ref_of((row_number, column)))


def space_of(root: Any) -> str:
    """Return the namespace of a part, in braces: there are two dialects."""
    return str(root.tag).partition("}")[0] + "}"


def _sheets(file: zipfile.ZipFile) -> Iterator[FormSheet]:
    parts = {item.filename: item for item in file.infolist()}
    book = tree(file.read("xl/workbook.xml"))
    hidden = {item.get("name") for item in book.iter(f"{space_of(book)}sheet") if "idden" in item.get("state", "")}
    texts = _texts(file) if "xl/sharedStrings.xml" in parts else []
    formats = _formats(file) if "xl/styles.xml" in parts else []
    for name, part in package.sheet_parts(file, parts).items():
        if name in hidden or not is_sheet(part):
            continue
        if parts[part].file_size > LARGEST:
            raise _TooMuchError
        yield _sheet(name, part, tree(file.read(part)), texts, formats)


def _sheet(name: str, part: str, root: Any, texts: list[str], formats: list[FormatOf]) -> FormSheet:
    space = space_of(root)
    numbered(root)
    values: dict[Place, str | float] = {}
    shown: dict[Place, FormatOf] = {}
    formulas: set[Place] = set()
    for number, cell in enumerate(root.iter(f"{space}c")):
        if number > _CELLS:
            raise _TooMuchError
        place = place_of(cell.get("r", ""))
        shown[place] = _at(formats, cell.get("s"))
        formula = cell.find(f"{space}f")
        if formula is not None:
            formulas |= set(_spilled(formula, place))
            continue
        kind, value = cell.get("t", "n"), cell.findtext(f"{space}v")
        if kind == "s" and value is not None and int(value) < len(texts):
            values[place] = texts[int(value)]
        elif kind == "inlineStr":
            inside = cell.find(f"{space}is")
            values[place] = "" if inside is None else text_of(inside)
        elif value:
            values[place] = float(value) if kind == "n" else value
    merged = tuple(_range(item.get("ref", "")) for item in root.iter(f"{space}mergeCell"))
    kept = {place: value for place, value in values.items() if value != ""}
    return FormSheet(name, part, kept, frozenset(formulas), merged, shown)


def _at(formats: list[FormatOf], style: str | None) -> FormatOf:
    number = int(style or 0)
    return formats[number] if number < len(formats) else FormatOf()


def _spilled(formula: Any, place: Place) -> Iterator[Place]:
    """Yield the cells that a formula fills: one, or the range of an array or a table of data."""
    yield place
    if formula.get("t") in ("array", "dataTable") and formula.get("ref"):
        (top, left), (bottom, right) = _range(formula.get("ref"))
        if (bottom - top + 1) * (right - left + 1) > _CELLS:
            raise _TooMuchError
        yield from ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))


def _range(text: str) -> tuple[Place, Place]:
    first, _colon, last = text.partition(":")
    return place_of(first), place_of(last or first)


def _texts(file: zipfile.ZipFile) -> list[str]:
    """Return the texts that cells point to; one may be made of pieces with fonts of their own."""
    return [text_of(item) for item in text_items(file.read("xl/sharedStrings.xml"))]


def text_items(content: bytes) -> list[Any]:
    """Return the texts of a workbook as they are kept."""
    root = tree(content)
    return list(root.iter(f"{space_of(root)}si"))


def text_of(item: Any) -> str:
    """Return a kept text without its fonts, and without the readings that some languages put over it."""
    space = space_of(item)
    runs = item.findall(f"{space}r") or [item]
    return "".join(run.findtext(f"{space}t") or "" for run in runs)


def _formats(file: zipfile.ZipFile) -> list[FormatOf]:
    """Return how each of the workbook's styles shows a number."""
    root = tree(file.read("xl/styles.xml"))
    space = space_of(root)
    named = {int(item.get("numFmtId", 0)): item.get("formatCode", "") for item in root.iter(f"{space}numFmt")}
    styles = root.find(f"{space}cellXfs")
    found = []
    for item in () if styles is None else styles.findall(f"{space}xf"):
        number = int(item.get("numFmtId", 0))
        if number in named:
            code = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", named[number].split(";")[0])
            places = re.search(r"\.([0#?]+)", code)
            decimals = len(places[1]) if places else 0 if re.search("[0#]", code) else None
            found.append(FormatOf("%" in code, decimals))
        else:
            found.append(FormatOf(number in _PERCENT, _BUILT_IN.get(number)))
    return found
