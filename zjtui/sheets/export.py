"""A list as a file: workbook, CSV, JSON or Markdown, with the record's key, so that it comes back as changes."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from zjtui.config import replace_file
from zjtui.domain import registry
from zjtui.domain.fields import F, Kind
from zjtui.domain.show import MASK, label, show
from zjtui.errors import Cancelled, Refused, UsageError, ZjtuiError
from zjtui.i18n import N_
from zjtui.sheets.columns import KEY
from zjtui.store.read.records import with_names
from zjtui.store.rows import decode
from zjtui.text import visible, visible_lines
from zjtui.usecases.session import Session

_PAGE = 500
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "'")


@dataclass(frozen=True)
class Watch:
    """Who is told how far it is (rows done, rows in all), and who may stop it."""

    progress: Callable[[int, int], None] = lambda _done, _total: None
    cancelled: Callable[[], bool] = lambda: False


@dataclass(frozen=True)
class List:
    """Records to be written: their entity, their uids in the order wanted, the fields, and as of when."""

    session: Session
    entity: str
    uids: Sequence[str]
    fields: dict[str, F]
    head: str
    watch: Watch

    @property
    def key(self) -> str:
        """The heading of the key column: the kind of list and the state of the register it was written from."""
        return f"{KEY}:{self.entity}@{self.head}"

    @property
    def headings(self) -> list[str]:
        """The headings, the key first, each with its unit."""
        return [self.key, *(label(field) for field in self.fields.values())]

    def rows(self) -> Iterator[list[Any]]:
        """Yield each record as its uid and its values, typed: numbers in the heading's unit, days as days."""
        reader, kind = self.session.reader(), registry.model(self.entity)
        for start in range(0, len(self.uids), _PAGE):
            if self.watch.cancelled():
                raise Cancelled(N_("Stopped; nothing was written"))
            self.watch.progress(start, len(self.uids))
            wanted = list(self.uids[start : start + _PAGE])
            marks = ", ".join("?" * len(wanted))
            found = reader.execute(f"SELECT * FROM {self.entity} WHERE uid IN ({marks})", wanted)  # noqa: S608
            page = {row["uid"]: decode(kind, row) for row in found}
            rows = [page[uid] for uid in wanted if uid in page]
            for row in with_names(reader, self.entity, rows):
                yield [row["uid"], *(typed(field, name, row) for name, field in self.fields.items())]


def export(
    session: Session,
    entity: str,
    uids: Sequence[str],
    target: Path,
    columns: Sequence[str] = (),
    *,
    over: bool = False,
    watch: Watch | None = None,
) -> Path:
    """Write records to a new file of the kind that its suffix says, whole or not at all; `columns` come first.

    Rules X-01 (there is a file already), X-02 (it cannot be written), X-03 (unknown suffix). Raises `Cancelled`.
    """
    from zjtui.sheets.export_book import write_book

    if target.exists() and not over:
        raise Refused(N_("{path} is there already; choose another name"), rule="X-01", path=target)
    row = session.reader().execute("SELECT hash FROM change ORDER BY seq DESC LIMIT 1").fetchone()
    listed = List(session, entity, uids, exported(entity, columns), str(row[0])[:8] if row else "-", watch or Watch())
    suffix = target.suffix.lower()
    if suffix == ".xlsx":
        write_book(listed, target, over=over)
        return target.absolute()
    makers = {".csv": _csv, ".json": _json, ".md": _markdown}
    if suffix not in makers:
        raise UsageError(N_("“{path}”: the name must end in .xlsx, .csv, .json or .md"), rule="X-03", path=target.name)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        replace_file(target, makers[suffix](listed))
    except OSError as error:
        raise ZjtuiError(N_("{path} cannot be written: {reason}"), path=target, reason=error.strerror) from None
    return target.absolute()


def exported(entity: str, columns: Sequence[str] = ()) -> dict[str, F]:
    """Return the fields of a list: those of `columns` first, then its project, all that a person types, its state."""
    fields = registry.model(entity).fields()
    state = registry.workflow(entity).state_field if registry.has_workflow(entity) else ""
    rest = [name for name, field in fields.items() if field.form or field.listed or name in (state, "project_uid")]
    named = [name for name in columns if name in fields]
    first = ["project_uid"] if "project_uid" in fields else []
    order = dict.fromkeys([*first, *named, *rest])
    return {name: fields[name] for name in order if name != "uid" and fields[name].kind is not Kind.OBJECTS}


def typed(field: F, name: str, row: dict[str, Any]) -> Any:
    """Return a value as a workbook holds it: a number in the heading's unit, a day, a text; None for nothing."""
    value = row[name]
    if value is None or value == []:
        return None
    if field.secret:
        return MASK
    if f"{name}_name" in row:
        return row[f"{name}_name"]
    match field.kind:
        case Kind.MONEY if field.unit:
            return _number(Decimal(value) / Decimal(int(field.unit.factor)))
        case Kind.AREA:
            return _number(Decimal(value * 3) / 2000)
        case Kind.INT | Kind.NUMBER | Kind.DATE:
            return value
        case _:
            return show(field, value)


def _number(exact: Decimal) -> int | float:
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def _csv(listed: List) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(listed.headings)
    for row in listed.rows():
        writer.writerow(harmless(_plain(cell)) for cell in row)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def harmless(cell: str) -> str:
    """Return a cell with an apostrophe before what a spreadsheet would take for a formula; numbers stay numbers."""
    if cell.startswith(_FORMULA) and not cell.lstrip("+-").replace(",", "").replace(".", "").isdigit():
        return "'" + cell
    return cell


def _plain(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{Decimal(repr(cell)):f}"
    return cell.isoformat() if isinstance(cell, date) else visible_lines(cell)


def _json(listed: List) -> bytes:
    heads = listed.headings
    rows = [
        {head: cell.isoformat() if isinstance(cell, date) else cell for head, cell in zip(heads, row, strict=True)}
        for row in listed.rows()
    ]
    held = {"kind": listed.entity, "as_of": listed.session.today.isoformat(), "head": listed.head, "rows": rows}
    return json.dumps(held, ensure_ascii=False, indent=1).encode()


def _markdown(listed: List) -> bytes:
    heads = listed.headings[1:]
    lines = ["| " + " | ".join(_cell(head) for head in heads) + " |", "|" + " --- |" * len(heads)]
    lines += ["| " + " | ".join(_cell(_plain(cell)) for cell in row[1:]) + " |" for row in listed.rows()]
    return ("\n".join(lines) + "\n").encode()


def _cell(text: str) -> str:
    return visible(text.replace("\n", "<br>")).replace("|", "\\|")
