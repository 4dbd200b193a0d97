"""Filling a workbook that somebody else made, without making it anew: only cells change, all the rest stays as it is.

A workbook is a package of XML parts. The cells to fill are changed in the part of their sheet; styles, widths, merged
cells, drop-downs, pictures and formulas are carried over as they are. What formulas gave before is taken out, so that
every program works them out anew.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from copy import deepcopy
from difflib import SequenceMatcher
from fractions import Fraction
from pathlib import Path
from typing import Any

from zjtui.domain.cell_ref import Place, place_of, ref_of
from zjtui.sheets import apart, package
from zjtui.sheets.form_file import not_read
from zjtui.sheets.form_read import numbered, read, space_of, text_items, tree

Value = Fraction | str | None
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_AFTER = ("sheets", "functionGroups", "externalReferences", "definedNames")  # what stands before calcPr


def filled(path: Path, values: Mapping[tuple[str, str], Value]) -> bytes:
    """Return the workbook at `path` with {(sheet, "C5"): number, text, or None for an empty cell} in its cells.

    A formula is never overwritten (rule T-03), and nothing else changes but what formulas gave before.
    """
    size = apart.regular(path)
    try:
        content: bytes = apart.run("fill", path, dict(values), size=size)[0]
    except apart.NotReadError as error:
        raise not_read(path.name, error) from None
    return content


def pieces(path: Path, values: Mapping[tuple[str, str], Value]) -> Iterator[bytes]:
    """Yield the filled workbook, in the process of a reader."""
    form = read(path, path.name)
    by_part: dict[str, dict[Place, Value]] = {}
    for (name, ref), value in values.items():
        place = place_of(form.fillable(name, ref))
        by_part.setdefault(form.sheet(name).part, {})[place] = value
    stream = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(stream, "w") as new:
        texts = text_items(old)
        sheets = {*package.sheet_parts(old, {item.filename: item for item in old.infolist()}).values()}
        for item in old.infolist():
            content = old.read(item)
            if item.filename == "xl/workbook.xml":
                content = _recalculated(content)
            elif item.filename in by_part or (item.filename in sheets and _FORMULA.search(content)):
                content = _changed(content, by_part.get(item.filename, {}), texts)
            new.writestr(item, content, compress_type=item.compress_type)
    yield stream.getvalue()


def _bytes(root: Any) -> bytes:
    from lxml import etree

    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


def _recalculated(content: bytes) -> bytes:
    """Return the workbook's own part, which asks whoever opens it to work out every formula."""
    from lxml import etree

    root = tree(content)
    space = space_of(root)
    settings = root.find(f"{space}calcPr")
    if settings is None:
        settings = etree.Element(f"{space}calcPr")
        before = [item for name in _AFTER for item in root.findall(f"{space}{name}")]
        before[-1].addnext(settings)
    settings.set("fullCalcOnLoad", "1")
    return _bytes(root)


def _changed(content: bytes, values: Mapping[Place, Value], texts: list[Any]) -> bytes:
    """Return a sheet's part with the values in their cells, and without what its formulas gave before."""
    root = tree(content)
    space = space_of(root)
    numbered(root)
    for cell in root.iter(f"{space}c"):
        result = cell.find(f"{space}v")
        if cell.find(f"{space}f") is not None and result is not None:
            cell.remove(result)
            cell.attrib.pop("t", None)
    data = root.find(f"{space}sheetData")
    rows = {int(row.get("r", 0)) - 1: row for row in data}
    for place, value in sorted(values.items()):
        _set(_cell(data, rows, place, space, root), value, texts)
    return _bytes(root)


def _set(cell: Any, value: Value, texts: list[Any]) -> None:
    from lxml import etree

    space, number = space_of(cell), cell.findtext(f"{space_of(cell)}v")
    kept = cell.find(f"{space}is")  # a text stands in the cell, or among those of the workbook
    if cell.get("t") == "s" and number and int(number) < len(texts):
        kept = texts[int(number)]
    for child in list(cell):
        cell.remove(child)
    for name in ("t", "cm", "vm"):
        cell.attrib.pop(name, None)
    if isinstance(value, str):
        cell.set("t", "inlineStr")
        inside = etree.SubElement(cell, f"{space}is")
        found = kept.findall(f"{space}r") if kept is not None else []
        runs = [run for run in found if run.findtext(f"{space}t")]
        for piece, run in zip(_pieces(runs, value, space), runs or [None], strict=True):
            place = inside if run is None else etree.SubElement(inside, f"{space}r")
            place.extend(deepcopy(list(run.findall(f"{space}rPr"))) if run is not None else [])
            text = etree.SubElement(place, f"{space}t")
            text.text = piece
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    elif value is not None:
        etree.SubElement(cell, f"{space}v").text = repr(float(value)) if value.denominator > 1 else str(value.numerator)


def _pieces(runs: list[Any], text: str, space: str) -> list[str]:
    """Return a text that changed in some places, cut into the pieces whose fonts the old one had."""
    olds = [run.findtext(f"{space}t") or "" for run in runs]
    owners = [number for number, old in enumerate(olds) for _letter in old]
    if not owners:
        return [text]
    found = [""] * len(runs)
    for tag, first, last, begin, end in SequenceMatcher(None, "".join(olds), text, autojunk=False).get_opcodes():
        if tag == "equal":
            for offset, letter in enumerate(text[begin:end]):
                found[owners[first + offset]] += letter
        else:
            found[owners[first if last > first else max(first - 1, 0)]] += text[begin:end]
    return found


def _cell(data: Any, rows: dict[int, Any], place: Place, space: str, root: Any) -> Any:
    """Return the cell at a place; one that is not there yet is put between its neighbours, in its row's style."""
    from lxml import etree

    row = rows.get(place[0])
    if row is None:
        row = etree.Element(f"{space}row", r=str(place[0] + 1))
        later = min((number for number in rows if number > place[0]), default=None)
        if later is None:
            data.append(row)
        else:
            rows[later].addprevious(row)
        rows[place[0]] = row
    after = None
    for cell in row:
        column = place_of(cell.get("r", ""))[1]
        if column == place[1]:
            return cell
        if column > place[1]:
            after = cell
            break
    made = etree.Element(f"{space}c", r=ref_of(place))
    style = row.get("s") if row.get("customFormat") in ("1", "true") else _style_of_column(root, space, place[1])
    if style:
        made.set("s", style)
    if after is None:
        row.append(made)
    else:
        after.addprevious(made)
    return made


def _style_of_column(root: Any, space: str, column: int) -> str | None:
    for item in root.iter(f"{space}col"):
        if int(item.get("min", 0)) <= column + 1 <= int(item.get("max", 0)):
            style: str | None = item.get("style")
            return style
    return None
