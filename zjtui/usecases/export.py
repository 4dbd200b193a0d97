"""Marked rows as a CSV file: what is shown, with real values, and nothing that a spreadsheet would run."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from zjtui.config import replace_file
from zjtui.domain import registry
from zjtui.domain.show import MASK, label, show
from zjtui.errors import Refused, ZjtuiError
from zjtui.i18n import N_
from zjtui.store.read.records import with_names
from zjtui.store.rows import decode
from zjtui.usecases.attachment import path_typed
from zjtui.usecases.session import Session

_PAGE = 500
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def to_csv(session: Session, entity: str, uids: Sequence[str], name: str) -> Path:
    """Write the records `uids` to a new file, whole or not at all; return its path. Rules X-01, X-02."""
    target = path_typed(name)
    if target.exists():
        raise Refused(N_("{path} is there already; choose another name"), rule="X-01", path=target)
    fields = registry.model(entity).fields()
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(label(field) for field in fields.values())
    reader = session.reader()
    for start in range(0, len(uids), _PAGE):
        wanted = list(uids[start : start + _PAGE])
        marks = ", ".join("?" * len(wanted))
        rows = {row["uid"]: row for row in reader.execute(f"SELECT * FROM {entity} WHERE uid IN ({marks})", wanted)}
        page = [decode(registry.model(entity), rows[uid]) for uid in wanted if uid in rows]
        for row in with_names(reader, entity, page):
            shown = [
                MASK if field.secret and row[key] else row.get(f"{key}_name") or show(field, row[key])
                for key, field in fields.items()
            ]
            writer.writerow(_harmless(str(cell)) for cell in shown)
    try:
        replace_file(target, b"\xef\xbb\xbf" + text.getvalue().encode())
    except OSError as error:
        raise ZjtuiError(N_("{path} cannot be written: {reason}"), path=target, reason=error.strerror) from None
    return target.absolute()


def _harmless(cell: str) -> str:
    """Return the cell with an apostrophe before what a spreadsheet would take for a formula; numbers stay numbers."""
    if cell.startswith(_FORMULA) and not cell.lstrip("+-").replace(",", "").replace(".", "").isdigit():
        return "'" + cell
    return cell
