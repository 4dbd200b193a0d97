"""Which tables of a book are read: the best one, those like it in further sheets, or the one a person points at."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from zjtui.errors import Msg, Notice, UsageError
from zjtui.i18n import N_, joined
from zjtui.sheets import columns
from zjtui.sheets.book import Book, Sheet, filled
from zjtui.sheets.headings import depth_of, guess_of, headings, named_months
from zjtui.sheets.layout import LOOK, Table, find_table
from zjtui.sheets.mapping import Plan, keys_of
from zjtui.usecases.import_sums import SUMS


class NoListError(UsageError):
    """No row names columns that are known; `book` is there to point at one."""

    def __init__(self, error: UsageError, book: Book) -> None:
        super().__init__(error.msgid, rule=error.rule, **error.params)
        self.book = book


def found(book: Book, sheets: Sequence[Sheet], kind: str, year: int, lists: Mapping[str, Any]) -> Table:
    """Return the best table: one whose headings are remembered, else the one whose headings are known best."""
    try:
        return find_table(sheets, kind, year)
    except UsageError as error:
        table = next((table for sheet in sheets if (table := _remembered(sheet, kind, lists))), None)
        if table is None:
            raise NoListError(error, book) from None
        return table


def pointed_at(sheet: Sheet, kind: str, number: int) -> Table:
    """Return the table whose headings stand in the row `number`, as a person says."""
    rows = [named_months(row) for row in islice(sheet.rows(), number + 3)]
    heads = None
    if 0 < number <= len(rows):
        depth = depth_of(sheet.merged, number - 1) or 1
        heads = headings(rows, sheet.merged, number - 1, depth, sure=depth > 1)
    if not heads:
        raise UsageError(N_("Row {number} of the sheet “{name}” is empty"), number=number, name=sheet.name)
    above = tuple(cell.strip() for row in rows[: number - 1] for cell in row if isinstance(cell, str) and cell.strip())
    title = above[0] if above else ""
    return Table(sheet, kind, title, "", tuple(heads), number + heads[0].depth, above)


def _remembered(sheet: Sheet, kind: str, lists: Mapping[str, Any]) -> Table | None:
    for number, row in enumerate(islice(sheet.rows(), LOOK), 1):
        heads = headings([named_months(row)], None, 0, 1) or []
        kept = lists.get(shape_of(heads)) if len(heads) > 1 else None
        if kept and kept.get("kind") in columns.KINDS and kind in ("", kept["kind"]):
            return pointed_at(sheet, kept["kind"], number)
    return None


def shape_of(heads: Sequence[Any]) -> str:
    """Return what lists of the same shape have in common: their headings."""
    return "|".join(columns.folded(heading.text) for heading in heads)


def alike(plan: Plan, sheet: Sheet, year: int) -> Table | None:
    """Return the table of another sheet where it is read as the list is: nothing in it means more."""
    try:
        table = find_table([sheet], plan.kind, year)
    except UsageError:
        return None
    known = {key for key, column in zip(keys_of(c.heading for c in plan.columns), plan.columns, strict=True)}
    return table if set(keys_of(table.headings)) <= known else None


def follow(plan: Plan, other: Plan) -> None:
    """Read another sheet as a person said of the first: what its columns mean, words, values for all rows."""
    mine = dict(zip(keys_of(column.heading for column in plan.columns), plan.columns, strict=True))
    for place, key in enumerate(keys_of(column.heading for column in other.columns)):
        column, known = other.columns[place], mine[key]
        unit = known.unit if not known.unsure and not column.heading.unit else column.unit
        other.columns[place] = replace(column, target=known.target, unit=unit, unsure=False)
    other.words, other.left_out, other.shared, other.sums = plan.words, plan.left_out, plan.shared, plan.sums
    fixed = {name: value for name, value in plan.fixed.items() if name not in plan.own_fixed or name in plan.said_fixed}
    other.fixed = {**fixed, **{name: value for name, value in other.own_fixed.items() if name not in plan.said_fixed}}


def told(book: Book, plan: Plan, chosen: bool) -> list[Notice]:
    """Return what is to be known of a list as a whole: hidden rows, struck cells, further sheets. Rule L-23."""
    notices = list(_of_sums(plan))
    tables = [plan.table, *(other.table for other in plan.more)]
    hidden = sum(1 for table in tables for row in table.sheet.marks.hidden if row >= table.first)
    marks = [(table.first, table.sheet.marks) for table in tables]
    struck = sum(1 for first, each in marks for row, _column in (*each.struck, *each.kept) if row >= first)
    if hidden:
        notices.append(Notice(N_("{count} rows are hidden in the file"), rule="L-23", count=hidden))
    if struck:
        notices.append(Notice(N_("{count} cells are struck out in the file"), rule="L-23", count=struck))
    names = {table.sheet.name for table in tables}
    if plan.more:
        text = N_("Sheets that are read: {names}")
        notices.append(Notice(text, rule="L-25", names=joined(table.sheet.name for table in tables)))
    left = [sheet.name for sheet in book.sheets if sheet.name not in names and _holds(sheet)]
    if left:
        text = N_("Sheets that are not read: {names}")
        notices.append(Notice(text, rule="L-25", names=joined(left)))
    if book.hidden and not chosen:
        text = N_("Sheets that are hidden in the file and not read: {names}")
        notices.append(Notice(text, rule="L-25", names=joined(book.hidden)))
    return notices


def _of_sums(plan: Plan) -> Iterator[Notice]:
    """Yield what becomes of totals up to a month where that was said before; those that name no month. Rule L-28."""
    totals = [column for column in plan.columns if column.target and column.target.field == "reported_ytd"]
    if totals and plan.sums in SUMS:
        yield Notice(N_("Totals up to a month, as remembered: {what}"), rule="L-28", what=Msg(SUMS.labels[plan.sums]))
    for column in plan.columns:
        named = guess_of(column.heading, plan.kind, plan.year) if column.target is None else None
        if named and named.entity == "monthly_report" != plan.kind and not named.period:
            text = N_("“{name}”: no month is named. Say which (Enter, or --column {name}=1-8月)")
            yield Notice(text, rule="L-28", name=column.heading.text)


def _holds(sheet: Sheet) -> bool:
    return any(filled(cell) for row in islice(sheet.rows(), LOOK) for cell in row)
