"""Reading a workbook that is to be filled, in the process of a reader."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from zjtui.domain.cell_ref import Place, place_of, ref_of
from zjtui.errors import UsageError
from zjtui.i18n import N_
from zjtui.sheets import package
from zjtui.sheets.form_file import FormatOf, FormFile, FormSheet

LARGEST = 20_000_000  # bytes of one sheet unpacked: a form is no list
_CELLS = 20_000  # of a form
_STORED = 400_000  # of a sheet, with those that are only formatted
_BLANK = 50  # rows below the last one with something in it that may be there to be filled
_PERCENT = (9, 10)  # number formats that every workbook has
_BUILT_IN = {1: 0, 2: 2, 3: 0, 4: 2, 9: 0, 10: 2}  # their decimals


def pieces(path: Path, shown: str) -> Iterator[Any]:
    """Yield the sheets of a workbook that are not hidden, then which other files it takes from, and its macros."""
    form = read(path, shown)
    yield from form.sheets
    yield form.outside, form.macros


def read(path: Path, name: str) -> FormFile:
    """Read a workbook to be filled, called `name`. What cannot be is refused."""
    shown = Path(name)
    head = package.beginning(path)
    if not head.startswith(b"PK"):
        if head.startswith(b"\xd0\xcf\x11\xe0"):
            package.inspected(path, head)  # says what else it may be
        raise UsageError(
            N_("“{path}” is no .xlsx workbook: open it in Excel or WPS and save it as .xlsx"), path=shown.name
        )
    if package.inspected(path, head, look=False).kind != "xlsx":
        raise UsageError(
            N_("“{path}” is no .xlsx workbook: open it in Excel or WPS and save it as .xlsx"), path=shown.name
        )
    try:
        with zipfile.ZipFile(path) as file:
            macros = any(name.lower().endswith("vbaproject.bin") for name in file.namelist())
            return FormFile(shown, list(_sheets(file)), _outside(file), macros)
    except _TooMuchError:
        raise UsageError(N_("“{path}” is a list rather than a form: too much stands in it"), path=shown.name) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, ValueError, RuntimeError, SyntaxError):
        raise package.broken(shown) from None


def _outside(file: zipfile.ZipFile) -> list[str]:
    """Return the other files that formulas of a workbook take figures from."""
    parts = {item.filename: item for item in file.infolist()}
    relations = [part for part in parts if part.startswith("xl/externalLinks/_rels/")]
    found = (said for part in relations for _name, said in package.elements_of(file, parts, part))
    return list(dict.fromkeys(unquote(said["Target"]) for said in found if said.get("TargetMode") == "External"))


class _TooMuchError(Exception):
    """More cells than any form has."""


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
    texts, formats = (
        [text_of(item) for item in text_items(file)],
        _formats(file, package.related(file, parts, "styles")),
    )
    for name, part in package.sheet_parts(file, parts).items():
        if name in hidden:
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
        if number > _STORED or len(values) > _CELLS:
            raise _TooMuchError
        place = place_of(cell.get("r", ""))
        shown[place] = _at(formats, cell.get("s"))
        formula = cell.find(f"{space}f")
        if formula is not None:
            formulas |= set(_spilled(formula, place))
            continue
        if (value := _value(cell, space, texts)) != "":
            values[place] = value
    merged = tuple(_range(item.get("ref", "")) for item in root.iter(f"{space}mergeCell"))
    last = max((place[0] for place in (*values, *formulas)), default=0) + _BLANK
    shown = {place: look for place, look in shown.items() if place[0] <= last}  # a format may be dragged to the end
    if len(shown) > _CELLS:
        raise _TooMuchError
    return FormSheet(name, part, values, frozenset(formulas), merged, shown)


def _value(cell: Any, space: str, texts: list[str]) -> str | float:
    """Return what stands in a cell, "" for nothing."""
    kind, value = cell.get("t", "n"), cell.findtext(f"{space}v") or ""
    if kind == "s":
        return texts[int(value)] if value.isdigit() and int(value) < len(texts) else ""
    if kind == "inlineStr":
        inside = cell.find(f"{space}is")
        return "" if inside is None else text_of(inside)
    return float(value) if kind == "n" and value else value


def _at(formats: list[FormatOf], style: str | None) -> FormatOf:
    """Return the look of a style; a number that is none, or of no style, looks like nothing special."""
    number = int(style) if style and style.isdigit() else 0
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


def text_items(file: zipfile.ZipFile) -> list[Any]:
    """Return the texts that cells point to, as they are kept; one may be made of pieces with fonts of their own."""
    part = package.related(file, {item.filename: item for item in file.infolist()}, "sharedStrings")
    if not part:
        return []
    root = tree(file.read(part))
    return list(root.iter(f"{space_of(root)}si"))


def text_of(item: Any) -> str:
    """Return a kept text without its fonts, and without the readings that some languages put over it."""
    space = space_of(item)
    runs = item.findall(f"{space}r") or [item]
    return "".join(run.findtext(f"{space}t") or "" for run in runs)


def _formats(file: zipfile.ZipFile, part: str) -> list[FormatOf]:
    """Return how each of the workbook's styles shows a number."""
    if not part:
        return []
    root = tree(file.read(part))
    space = space_of(root)
    named = {_number(item): item.get("formatCode", "") for item in root.iter(f"{space}numFmt")}
    styles = root.find(f"{space}cellXfs")
    found = []
    for item in () if styles is None else styles.findall(f"{space}xf"):
        number = _number(item)
        if number in named:
            code = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", named[number].split(";")[0])
            places = re.search(r"\.([0#?]+)", code)
            decimals = len(places[1]) if places else 0 if re.search("[0#]", code) else None
            found.append(FormatOf("%" in code, decimals))
        else:
            found.append(FormatOf(number in _PERCENT, _BUILT_IN.get(number)))
    return found


def _number(item: Any) -> int:
    """Return the number of a format; one that is none stands for the usual one."""
    text = item.get("numFmtId", "0")
    return int(text) if text.isdigit() else 0
