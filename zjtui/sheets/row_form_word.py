"""Tables of a Word document that is to be filled: read, and filled, in the process of a reader."""

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from zjtui.errors import UsageError
from zjtui.i18n import N_

_UNPACKED = 100_000_000  # bytes of all parts
_CELLS = 20_000
Ref = tuple[int, int, int]  # table, row, column, from 0


def pieces(path: Path, shown: str, values: Mapping[Ref, str] | None) -> Iterator[Any]:
    """Yield each table; with `values` the document that holds them instead.

    A table is (rows, texts above): rows of texts, None where a cell goes on, and the paragraphs since the table before.
    """
    try:
        with zipfile.ZipFile(path) as file:
            if (
                sum(item.file_size for item in file.infolist()) > _UNPACKED
                or "word/document.xml" not in file.namelist()
            ):
                raise ValueError
        from docx import Document

        document = Document(str(path))
        tables = [list(_rows(table)) for table in document.tables]
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, ValueError, SyntaxError):
        raise UsageError(N_("“{path}” is damaged or no .docx: open it in Word or WPS and save it as .docx"),
                         path=shown) from None  # fmt: skip
    if sum(len(row) for rows in tables for row in rows) > _CELLS:
        raise UsageError(N_("“{path}” is a list rather than a form: too much stands in it"), path=shown)
    if values is None:
        for rows, above in zip(tables, _above(document), strict=True):
            yield [[None if cell is None else cell.text.strip() for cell in row] for row in rows], above
        return
    for (table, row, column), text in values.items():
        _put(tables[table][row][column], text)
    stream = io.BytesIO()
    document.save(stream)
    yield stream.getvalue()


def _above(document: Any) -> Iterator[list[str]]:
    """Yield what stands above each table: a title with its month, the unit of its amounts."""
    from docx.table import Table

    texts: list[str] = []
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            yield texts
            texts = []
        elif part.text.strip():
            texts.append(part.text.strip())


def _rows(table: Any) -> Iterator[list[Any]]:
    """Yield the cells of each row; one that is merged over several stands once, in the first."""
    seen: set[int] = set()
    for row in table.rows:
        found = []
        for cell in row.cells:
            found.append(None if id(cell._tc) in seen else cell)
            seen.add(id(cell._tc))
        yield found


def _put(cell: Any, text: str) -> None:
    """Put a text into a cell, in the letters that stand there, or that its paragraph has."""
    first, *others = cell.paragraphs
    for paragraph in others:
        paragraph._p.getparent().remove(paragraph._p)
    runs = first.runs or [first.add_run()]
    for run in runs[1:]:
        run._r.getparent().remove(run._r)
    runs[0].text = text
