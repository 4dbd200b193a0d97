"""What a workbook is before it is read: its size unpacked, its far cells, its formulas without a value, a password.

A reader makes room for the whole rectangle that the cells span, and takes a formula without a value for an empty cell;
so both are looked for in the file itself, row by row, without building a tree.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from zjtui.errors import UsageError
from zjtui.i18n import N_

_UNPACKED = 400_000_000  # bytes of all parts
_PART = 300_000_000  # bytes of one
_RATIO, _RATIO_FROM = 200, 20_000_000  # times; from so many bytes on
_ROWS, _CELLS = 500_000, 40_000_000
_CHUNK = 1 << 20
_LONGEST_ROW = 32_000_000  # bytes; what follows the last row is counted like one
_REF = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_CELL = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
_FILLED = re.compile(rb"<v[^>]*>[^<]|<is>", re.DOTALL)
_ERROR = re.compile(rb"<v[^>]*>(#[^<]+)</v>")
_SHEET = re.compile(rb'<sheet\b[^>]*?\bname="([^"]*)"[^>]*?\b\w+:id="([^"]*)"')
_TARGET = re.compile(rb"<Relationship\b[^>]*>")
_REPEATED = re.compile(
    rb'number-columns-repeated="(\d{4,})"[^>]*office:value-type|office:value-type[^>]*number-columns-repeated="(\d{4,})"'
)


@dataclass(frozen=True)
class Facts:
    """What a workbook is ("xlsx", "xls", "ods"), and by sheet the cells whose value cannot be known."""

    kind: str
    wrong: dict[str, dict[tuple[int, int], str]] = field(default_factory=dict)


def beginning(path: Path) -> bytes:
    """Return the first bytes of a file; one that is missing or cannot be read is refused."""
    try:
        with path.open("rb") as file:
            return file.read(4096)
    except FileNotFoundError:
        raise UsageError(N_("There is no file “{path}”"), path=path) from None
    except OSError as error:
        raise UsageError(N_("“{path}” cannot be read: {reason}"), path=path, reason=error.strerror or error) from None


def protected(path: Path) -> UsageError:
    """Return what is said of a file with a password."""
    return UsageError(N_("“{path}” is protected by a password: save it without one"), path=path.name)


def broken(path: Path) -> UsageError:
    """Return what is said of a file that is damaged."""
    return UsageError(
        N_("“{path}” is damaged or no workbook: open it in Excel or WPS and save it as .xlsx"), path=path.name
    )


def inspected(path: Path, head: bytes) -> Facts:
    """Return what a workbook is; refuse one with a password, a bomb, or what is none."""
    if not head.startswith(b"PK"):
        content = path.read_bytes()
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise protected(path)
        if "Workbook".encode("utf-16-le") not in content and "Book".encode("utf-16-le") not in content:
            raise UsageError(N_("“{path}” is an Office file but no workbook"), path=path.name)
        return Facts("xls")
    try:
        with zipfile.ZipFile(path) as file:
            return _of_zip(path, file)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        raise broken(path) from None


def _of_zip(path: Path, file: zipfile.ZipFile) -> Facts:
    parts = {item.filename: item for item in file.infolist()}
    unpacked = sum(item.file_size for item in parts.values())
    packed = max(sum(item.compress_size for item in parts.values()), 1)
    if unpacked > _UNPACKED or any(item.file_size > _PART for item in parts.values()):
        raise _too_much(path)
    if unpacked > _RATIO_FROM and unpacked / packed > _RATIO:
        raise _too_much(path)
    if any(item.flag_bits & 1 for item in parts.values()):
        raise protected(path)
    if "content.xml" in parts:
        _refuse_repeats(path, file)
        return Facts("ods")
    if "xl/workbook.xml" not in parts:
        if "word/document.xml" in parts:
            raise UsageError(N_("“{path}” is a Word document: copy its table into a workbook"), path=path.name)
        raise broken(path)
    return Facts("xlsx", {name: _scanned(path, file, part) for name, part in sheet_parts(file, parts).items()})


def _too_much(path: Path) -> UsageError:
    return UsageError(
        N_("“{path}” unpacks to far more than a list holds: it is not read; save the list alone in a new workbook"),
        path=path.name,
    )


def sheet_parts(file: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]) -> dict[str, str]:
    """Return the part of each sheet by its name."""
    from html import unescape

    relations = file.read("xl/_rels/workbook.xml.rels") if "xl/_rels/workbook.xml.rels" in parts else b""
    targets = {}
    for element in _TARGET.findall(relations):
        found = dict(re.findall(rb'(\w+)="([^"]*)"', element))
        if b"Id" in found and b"Target" in found:
            target = found[b"Target"].decode("utf-8", "replace").removeprefix("/")
            targets[found[b"Id"]] = target if target.startswith("xl/") else f"xl/{target}"
    named = _SHEET.findall(file.read("xl/workbook.xml"))
    pairs = ((unescape(name.decode("utf-8", "replace")), targets.get(key, "")) for name, key in named)
    return {name: part for name, part in pairs if part in parts}


def _scanned(path: Path, file: zipfile.ZipFile, part: str) -> dict[tuple[int, int], str]:
    """Return the cells of a sheet whose value cannot be known; refuse cells that lie too far out."""
    wrong: dict[tuple[int, int], str] = {}
    rows = columns = 0
    for row in _rows(file, part):
        refs = _REF.findall(row) if len(row) < 4000 else [*_REF.findall(row[:2000]), *_REF.findall(row[-2000:])]
        if refs:
            rows = max(rows, *(int(number) for _letters, number in refs))
            columns = max(columns, *(_column(letters) + 1 for letters, _number in refs))
            if rows > _ROWS or rows * columns > _CELLS:
                raise UsageError(
                    N_("“{path}”: a cell stands far outside the list (row {row}, column {column}): delete it"),
                    path=path.name, row=rows, column=columns,
                )  # fmt: skip
        if b"<f" in row or b't="e"' in row:
            wrong |= _unknown(row)
    return wrong


def _rows(file: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """Yield a sheet's XML row by row."""
    rest = b""
    with file.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            *whole, rest = (rest + chunk).split(b"</row>")
            yield from whole
            if len(rest) > _LONGEST_ROW:
                raise ValueError("no sheet has such a row")  # told as a damaged file
    yield rest


def _unknown(row: bytes) -> dict[tuple[int, int], str]:
    found = {}
    for letters, number, attributes, inside in _CELL.findall(row):
        place = (int(number), _column(letters))
        if b't="e"' in attributes:
            told = _ERROR.search(inside)
            found[place] = told[1].decode("utf-8", "replace") if told else "#"
        elif b"<f" in inside and not _FILLED.search(inside) and b't="str"' not in attributes:
            found[place] = "formula"
    return found


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _refuse_repeats(path: Path, file: zipfile.ZipFile) -> None:
    """Refuse an .ods whose cells with a value are repeated far beyond any list."""
    rest = b""
    with file.open("content.xml") as stream:
        while chunk := stream.read(_CHUNK):
            text = rest + chunk
            if _REPEATED.search(text):
                raise _too_much(path)
            rest = text[-500:]
