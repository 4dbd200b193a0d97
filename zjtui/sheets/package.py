"""What a workbook is before it is read: its size unpacked, a password, its parts, and what stands beside its values."""

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from zjtui.errors import UsageError
from zjtui.i18n import N_
from zjtui.sheets import biff, elements, number_format, open_document, readable, rich, scan
from zjtui.sheets.scan import Marks

_UNPACKED = 400_000_000  # bytes of all parts
_PART = 300_000_000  # bytes of one
_RATIO, _RATIO_FROM = 200, 20_000_000  # times; from so many bytes on
Parts = dict[str, zipfile.ZipInfo]
_LARGEST_INDEX = 20_000_000  # bytes of a part that only says what is where


@dataclass(frozen=True)
class Facts:
    """What a workbook is ("xlsx", "xls", "ods"), and by sheet what is known of its cells beside their values.

    `copy` is what a reader takes where it does not take the file.
    """

    kind: str
    marks: dict[str, Marks] = field(default_factory=dict)
    copy: io.BytesIO | None = None


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


def inspected(path: Path, head: bytes, *, look: bool = True) -> Facts:
    """Return what a workbook is, with what is seen by a `look` through its sheets.

    One with a password, a bomb, or what is none is refused.
    """
    if not head.startswith(b"PK"):
        content = path.read_bytes()
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise protected(path)
        if "Workbook".encode("utf-16-le") not in content and "Book".encode("utf-16-le") not in content:
            raise UsageError(N_("“{path}” is an Office file but no workbook"), path=path.name)
        try:
            return Facts("xls", biff.marks(content) if look else {})
        except ValueError:
            raise broken(path) from None
    try:
        with zipfile.ZipFile(path) as file:
            return _of_zip(path, file, look)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        raise broken(path) from None


def _of_zip(path: Path, file: zipfile.ZipFile, look: bool) -> Facts:
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
        with file.open("content.xml") as stream:
            return Facts("ods", open_document.marks(path.name, stream), readable.usual_prefixes(path))
    if "xl/workbook.xml" not in parts:
        if "word/document.xml" in parts:
            raise UsageError(N_("“{path}” is a Word document: copy its table into a workbook"), path=path.name)
        raise broken(path)
    if not look:
        return Facts("xlsx")
    styles = number_format.of_parts(elements_of(file, parts, related(file, parts, "styles")))
    named = sheet_parts(file, parts)
    texts = rich.shared(file, related(file, parts, "sharedStrings"))
    marks = {name: scan.of_sheet(path.name, file, part, styles, texts) for name, part in named.items()}
    if _from_1904(file, parts):
        for found in marks.values():
            found.from_1904 = True
    return Facts("xlsx", marks, readable.known_errors(path, named, marks))


def _too_much(path: Path) -> UsageError:
    return UsageError(
        N_("“{path}” unpacks to far more than a list holds: it is not read; save the list alone in a new workbook"),
        path=path.name,
    )


def elements_of(file: zipfile.ZipFile, parts: Parts, part: str) -> list[elements.Element]:
    """Return the elements of a part that says what is where, [] where there is none."""
    if part not in parts:
        return []
    if parts[part].file_size > _LARGEST_INDEX:
        raise ValueError("no workbook has such a part")  # told as a damaged file
    return elements.of(file.read(part))


def _from_1904(file: zipfile.ZipFile, parts: Parts) -> bool:
    """Tell whether a workbook counts its days from 1904."""
    elements = elements_of(file, parts, "xl/workbook.xml")
    return any(name == "workbookPr" and said.get("date1904") in ("1", "true") for name, said in elements)


def _relations(file: zipfile.ZipFile, parts: Parts) -> list[tuple[str, str, str]]:
    """Return what belongs to a workbook: how it is referred to, what it is, and its part, wherever it lies."""
    found = []
    for name, said in elements_of(file, parts, "xl/_rels/workbook.xml.rels"):
        if name == "Relationship" and "Id" in said:
            part = posixpath.normpath(posixpath.join("/xl", said.get("Target", ""))).lstrip("/")
            found.append((said["Id"], said.get("Type", "").rpartition("/")[2], part))
    return found


def related(file: zipfile.ZipFile, parts: Parts, kind: str) -> str:
    """Return the part that holds the "styles" or "sharedStrings" of a workbook, "" where there is none."""
    return next((part for _id, what, part in _relations(file, parts) if what == kind and part in parts), "")


def sheet_parts(file: zipfile.ZipFile, parts: Parts) -> dict[str, str]:
    """Return the part of each sheet by its name, in whatever folder of the package; a chart is none."""
    targets = {key: part for key, what, part in _relations(file, parts) if what == "worksheet"}
    pairs = [
        (said.get("name", ""), targets.get(said.get("id", ""), ""))
        for name, said in elements_of(file, parts, "xl/workbook.xml")
        if name == "sheet"
    ]
    return {name: part for name, part in pairs if part in parts}
