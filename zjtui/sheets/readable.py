"""A copy of a workbook for a reader that does not take it as it is: made in memory, the file stays as it was.

The reader knows an .ods by the usual prefixes of its elements alone, and gives a whole sheet up over an error that
came with a later Excel.
"""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from zjtui.sheets.scan import Marks

_KNOWN = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
_PREFIXES = {_OASIS.format(name): name for name in ("office", "table", "text")}
_ROOT = re.compile(rb"<[\w.-]*:?document-content\b[^>]*>")
_CONTENT = "content.xml"
Change = Callable[[bytes], bytes]


def usual_prefixes(path: Path) -> io.BytesIO | None:
    """Return a copy of an .ods whose elements are called as usual, None where they are."""
    with zipfile.ZipFile(path) as file:
        with file.open(_CONTENT) as stream:
            root = _ROOT.search(stream.read(20_000))
        said = root[0] if root else b""
        if all(re.search(rf"xmlns:{name}=[\"']{space}[\"']".encode(), said) for space, name in _PREFIXES.items()):
            return None
        return _copy(file, {_CONTENT: _renamed})


def known_errors(path: Path, sheets: Mapping[str, str], marks: Mapping[str, Marks]) -> io.BytesIO | None:
    """Return a copy of an .xlsx in which every error is one that the reader knows, None where they are.

    What really stands there is in the marks; `sheets` are the parts by the names of their sheets.
    """
    changes: dict[str, Change] = {}
    for name, part in sheets.items():
        strange = {what for what in marks[name].wrong.values() if what.startswith("#")} - _KNOWN
        if strange:
            texts = b"|".join(re.escape(escape(what).encode()) for what in sorted(strange))
            changes[part] = partial(re.compile(rb">(?:" + texts + rb")<").sub, b">#N/A<")
    if not changes:
        return None
    with zipfile.ZipFile(path) as file:
        return _copy(file, changes)


def _copy(file: zipfile.ZipFile, changes: Mapping[str, Change]) -> io.BytesIO:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
        for item in file.infolist():
            content = file.read(item)
            copy.writestr(item.filename, changes[item.filename](content) if item.filename in changes else content)
    made.seek(0)
    return made


def _renamed(content: bytes) -> bytes:
    """Return XML whose names have the usual prefixes; of others each namespace has one of its own."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    prefixes, pieces = dict(_PREFIXES), list[str]()

    def called(name: str) -> str:
        space, _blank, own = name.rpartition(" ")
        return f"{prefixes.setdefault(space, f'n{len(prefixes)}')}:{own}" if space else own

    def start(name: str, said: dict[str, str]) -> None:
        pieces.append(f"<{called(name)}" + "".join(f" {called(key)}={quoteattr(text)}" for key, text in said.items()))
        pieces.append(">")

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: pieces.append(f"</{called(name)}>")
    parser.CharacterDataHandler = lambda text: pieces.append(escape(text))
    parser.Parse(content, True)
    spaces = "".join(f' xmlns:{name}="{space}"' for space, name in prefixes.items() if name != "xml")
    head = pieces[0] + spaces if pieces else ""
    return ('<?xml version="1.0" encoding="UTF-8"?>' + head + "".join(pieces[1:])).encode()
