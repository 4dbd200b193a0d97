"""A list as a file: workbook, CSV, JSON or Markdown, with the record's key, so that it comes back as changes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, partial
from pathlib import Path
from typing import Any

from zjtui.domain import registry
from zjtui.domain.fields import F, Kind
from zjtui.domain.show import MASK, label, show
from zjtui.errors import Cancelled, UsageError
from zjtui.i18n import N_
from zjtui.sheets import worked_out
from zjtui.sheets.book import KEY
from zjtui.sheets.target import placing, refuse_taken
from zjtui.store.read import history
from zjtui.store.read.records import with_names
from zjtui.store.rows import decoded
from zjtui.usecases.session import Session

_PAGE = 500


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

    @property
    def worked_out(self) -> list[str]:
        """The columns that no record holds: they are worked out when the list is looked at."""
        return [name for name in self.fields if worked_out.is_one(self.entity, name)]

    def rows(self) -> Iterator[list[Any]]:
        """Yield each record as its uid and its values, typed: numbers in the heading's unit, days as days."""
        reader, kind = self.session.reader(), registry.model(self.entity)
        cells = [_cell(name, field) for name, field in self.fields.items()]
        figures = self.worked_out
        names = ["uid", *(name for name in self.fields if name not in figures)]
        for start in range(0, len(self.uids), _PAGE):
            if self.watch.cancelled():
                raise Cancelled(N_("Stopped; nothing was written"))
            self.watch.progress(start, len(self.uids))
            wanted = list(self.uids[start : start + _PAGE])
            marks = ", ".join("?" * len(wanted))
            found = reader.execute(f"SELECT {', '.join(names)} FROM {self.entity} WHERE uid IN ({marks})", wanted)  # noqa: S608
            page = {row[0]: decoded(kind, dict(zip(names, row, strict=True))) for row in found}
            more = worked_out.values(self.session, self.entity, wanted, figures)
            rows = [{**more.get(uid, {}), **page[uid]} for uid in wanted if uid in page]
            for row in with_names(reader, self.entity, rows):
                yield [row["uid"], *[_value(row[name], cell) for name, cell in cells]]


def export(
    session: Session,
    entity: str,
    uids: Sequence[str],
    target: Path,
    columns: Sequence[str] | Mapping[str, F] = (),
    *,
    over: bool = False,
    watch: Watch | None = None,
) -> Path:
    """Write records to a new file of the kind that its suffix says, whole or not at all.

    `columns` come first, the others follow; where they are fields, as `exported` returns them, there are no others.

    Rules X-01 (there is a file already), X-02 (it cannot be written), X-03 (unknown suffix). Raises `Cancelled`.
    """
    from zjtui.sheets import export_text
    from zjtui.sheets.export_book import write_book

    refuse_taken(target, over=over)  # before the work
    head = history.head(session.reader()) or "-"
    fields = dict(columns) if isinstance(columns, Mapping) else exported(entity, columns)
    listed = List(session, entity, uids, fields, head, watch or Watch())
    suffix = target.suffix.lower()
    if suffix == ".xlsx":
        write_book(listed, target, over=over)
        return target.absolute()
    if suffix not in export_text.WRITERS:
        raise UsageError(N_("“{path}”: the name must end in .xlsx, .csv, .json or .md"), rule="X-03", path=target.name)
    with placing(target, over=over) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        export_text.WRITERS[suffix](listed, file)
    return target.absolute()


def exported(entity: str, columns: Sequence[str] = (), *, only: bool = False) -> dict[str, F]:
    """Return the fields of a list: those of `columns` first, then its project, all that a person types, its state.

    With `only` they are those of `columns` in their order, as the list shows them, and its project. What the list works
    out when it is looked at goes out with it where it is named, and is passed over when it comes back.
    """
    own = registry.model(entity).fields()
    fields = {**worked_out.among(entity, columns), **own}
    state = registry.workflow(entity).state_field if registry.has_workflow(entity) else ""
    rest = [name for name, field in own.items() if field.form or field.listed or name in (state, "project_uid")]
    named = [name for name in columns if name in fields]
    first = ["project_uid"] if "project_uid" in fields else []
    if only:
        first, rest = [] if "project_uid" in named else first, []
    order = dict.fromkeys([*first, *named, *rest])
    return {
        name: fields[name]
        for name in order
        if name != "uid" and not fields[name].inner and fields[name].kind is not Kind.OBJECTS
    }


_Shown = Callable[[Any], Any] | None


def _cell(name: str, field: F) -> tuple[str, _Shown]:
    """Return under which name a field's value stands in a row, and what makes it fit for a cell of a workbook.

    That is a number in the heading's unit, a day or a text; of a record that is referred to, its name.
    """
    if field.secret:
        return name, lambda _value: MASK
    return (f"{name}_name", None) if field.ref else (name, _shown(field))


def _value(value: Any, shown: _Shown) -> Any:
    if value is None or value == []:
        return None
    return shown(value) if shown else value


def _shown(field: F) -> _Shown:
    """Return what makes a value that is there fit for a cell; None where it fits as it is."""
    if field.words is not None:
        return partial(show, field)
    match field.kind:
        case Kind.MONEY if field.unit:
            factor = int(field.unit.factor)
            return lambda value: _number(value, factor)
        case Kind.AREA:
            return lambda value: _number(value * 3, 2000)
        case Kind.INT | Kind.NUMBER | Kind.PERCENT | Kind.DATE | Kind.TEXT | Kind.LONG:
            return None
        case Kind.CODE if field.codes:
            return cache(field.codes.label)
        case _:
            return partial(show, field)


def _number(value: int, factor: int) -> int | float:
    """Return value / factor as the shortest number that says it exactly."""
    whole, rest = divmod(value, factor)
    return whole if not rest else float(Decimal(value) / factor)
