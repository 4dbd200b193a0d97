"""A list as a workbook: real types, drop-downs, a frozen header, a hidden key; and empty ones to be filled in."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zjtui.domain import registry
from zjtui.domain.fields import NUMBERS, F, Kind
from zjtui.domain.show import label, show
from zjtui.errors import Refused
from zjtui.i18n import N_, _, joined
from zjtui.sheets import columns
from zjtui.sheets.workbook import CELL, new_workbook, write_text
from zjtui.text import visible_lines

if TYPE_CHECKING:
    from zjtui.sheets.export import List

_EMPTY_ROWS = 1_000  # of a template that have drop-downs
_CHOICES = "zjtui-choices"


def write_book(listed: "List", target: Path, *, over: bool) -> None:
    """Write a list; the first column is hidden and holds the keys."""
    with new_workbook(target, over=over) as book:
        formats = _formats(book)
        sheet = book.add_worksheet(_(registry.model(listed.entity).noun)[:31])
        sheet.freeze_panes(1, 2)
        sheet.set_column(0, 0, 10, None, {"hidden": True})
        grey = {place for place, name in enumerate(listed.fields, 1) if name in listed.worked_out}
        for place, (head, field) in enumerate(zip(listed.headings, [None, *listed.fields.values()], strict=True)):
            write_text(sheet, 0, place, head, formats["worked_out" if place in grey else "head"])
            if field:
                sheet.set_column(place, place, max(min(field.width, 40), 8) + 2)
        writers = [sheet.write_string, *(_writer(sheet, field, formats) for field in listed.fields.values())]
        count = 0
        for count, row in enumerate(listed.rows(), 1):
            for place, cell in enumerate(row):
                if cell is not None:
                    writers[place](count, place, cell)
        typed = [None if place in grey else field for place, field in enumerate(listed.fields.values(), 1)]
        _drop_downs(book, sheet, typed, 1, max(count, 1))
        sheet.autofilter(0, 0, count, len(listed.fields))
        _about(book, listed, count, grey=bool(grey))


def write_template(kind: str, target: Path, *, over: bool = False) -> Path:
    """Write an empty list of a kind to be filled in: headings with units and notes, drop-downs."""
    model = registry.model(kind)
    fields = {name: model.fields()[name] for name in columns.fields_of(kind, kind)}
    with new_workbook(target, over=over) as book:
        formats = _formats(book)
        sheet = book.add_worksheet(_(columns.KIND_LABELS[kind])[:31])
        sheet.freeze_panes(1, 1)
        for place, (name, field) in enumerate(fields.items()):
            needed = _is_needed(kind, name)
            write_text(sheet, 0, place, label(field), formats["needed" if needed else "head"])
            sheet.set_column(
                place, place, max(min(field.width, 40), 8) + 2, formats["text"] if name == "code" else None
            )
            if note := "\n".join([*([_(N_("Has to be there"))] if needed else []), *filter(None, [_note(field)])]):
                sheet.write_comment(0, place, note, {"x_scale": 2})
        _drop_downs(book, sheet, list(fields.values()), 0, _EMPTY_ROWS)
        _instructions(book, kind, fields, formats)
    return target.absolute()


def _instructions(book: Any, kind: str, fields: dict[str, F], formats: dict[str, Any]) -> None:
    """Say on a sheet of its own how the list is filled in, and what each column takes."""
    sheet = book.add_worksheet(_(N_("How to fill it in")))
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 12)
    sheet.set_column(2, 2, 100)
    texts = (
        N_("One row for each record, on the first sheet, from the second row on; the headings stay as they are"),
        N_("What is needed is marked. An empty cell is something not known yet; amounts are in the heading's unit"),
        N_("Each row is shown with what it would do before it is taken in; refused rows come back with the reasons"),
    )
    for row, text in enumerate(texts):
        write_text(sheet, row, 0, _(text))
    row = len(texts) + 1
    for place, text in enumerate((N_("Column of the list"), N_("Needed"), N_("What it takes"))):
        write_text(sheet, row, place, _(text), formats["head"])
    for number, (name, field) in enumerate(fields.items(), row + 1):
        needed = _is_needed(kind, name)
        write_text(sheet, number, 0, label(field))
        write_text(sheet, number, 1, _(N_("needed")) if needed else "")
        write_text(sheet, number, 2, _note(field).replace("\n", "; "))


def _is_needed(kind: str, name: str) -> bool:
    return name == "project_uid" or registry.model(kind).model_fields[name].is_required()


def _formats(book: Any) -> dict[str, Any]:
    return {
        "head": book.add_format({"bold": True, "bottom": 1, "bg_color": "#DDE7F0"}),
        "worked_out": book.add_format({"bold": True, "bottom": 1, "bg_color": "#E3E3E3", "font_color": "#595959"}),
        "needed": book.add_format({"bold": True, "bottom": 2, "bottom_color": "#C00000", "bg_color": "#FCE4D6"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        "text": book.add_format({"num_format": "@"}),
    }


def _writer(sheet: Any, field: F, formats: dict[str, Any]) -> Any:
    """Return how the cells of a field are written."""

    def text(row: int, place: int, cell: Any) -> None:
        shown = visible_lines(cell, CELL)
        if len(shown) > CELL:  # what cannot be seen takes more room once it is shown
            raise Refused(
                N_("Row {row}, {label}: the text is longer than a cell holds ({most} characters); use .csv"),
                rule="X-04", row=row + 1, label=label(field), most=CELL,
            )  # fmt: skip
        sheet.write_string(row, place, shown)

    def day(row: int, place: int, cell: date) -> None:
        sheet.write_datetime(row, place, cell, formats["day"])

    if field.secret or field.ref or field.words:
        return text
    if field.kind is Kind.DATE:
        return day
    return sheet.write_number if field.kind in NUMBERS else text


def _drop_downs(book: Any, sheet: Any, fields: Sequence[F | None], shift: int, last: int) -> None:
    """Offer the labels of a field's codes; they stand on a hidden sheet, for a list in the rule itself ends at 255."""
    coded = [(place, labels) for place, field in enumerate(fields, shift) if field and (labels := _labels(field))]
    if not coded:
        return
    choices = book.add_worksheet(_CHOICES)
    choices.hide()
    for row in range(max(len(labels) for _place, labels in coded)):
        for place, (_column, labels) in enumerate(coded):
            if row < len(labels):
                write_text(choices, row, place, labels[row])
    for number, (place, labels) in enumerate(coded):
        name = columns_name(number)
        source = f"='{_CHOICES}'!${name}$1:${name}${len(labels)}"
        sheet.data_validation(1, place, last, place, {"validate": "list", "source": source})


def _labels(field: F) -> Sequence[str]:
    """Return what can stand in a field's cells, where that is a list: one code, or yes and no."""
    if field.kind is Kind.YESNO:
        return [show(field, True), show(field, False)]
    return [field.codes.label(code) for code in field.codes] if field.kind is Kind.CODE and field.codes else []


def columns_name(number: int) -> str:
    """Return the letters of a column, from 0."""
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(number))


def _about(book: Any, listed: "List", count: int, *, grey: bool) -> None:
    sheet = book.add_worksheet(_(N_("About this list")))
    sheet.set_column(0, 0, 90)
    texts = (
        _(N_("{noun}: {count} rows, as the register stood on {day} (change log {head})")).format(
            noun=_(registry.model(listed.entity).noun), count=f"{count:,}", day=listed.session.today, head=listed.head
        ),
        _(N_("The first column is hidden: it tells the import which record a row is. Leave it as it is")),
        _(N_("Change what is wrong, save, and import the file: each change is shown before it is taken in")),
        *([_(N_("Columns with a grey heading are worked out; what is changed there is not taken in"))] * grey),
    )
    for row, text in enumerate(texts):
        write_text(sheet, row, 0, text)


def _note(field: F) -> str:
    """Return what is to be known of a column before it is filled in, a line for each thing."""
    parts = [_(field.hint)] if field.hint else []
    if field.codes:
        parts.append(joined(field.codes.label(code) for code in field.codes))
    if field.kind in (Kind.CODES, Kind.REFS, Kind.LIST):
        parts.append(_(N_("several are parted by “、”")))
    parts += [_(_HOW[field.kind])] if field.kind in _HOW else []
    return "\n".join(parts)


_HOW = {
    Kind.DATE: N_("a day, e.g. 2023-09-20"),
    Kind.PARTIAL: N_("a year, a month or a day, e.g. 2023, 2023-09 or 2023-09-20"),
    Kind.MONTH: N_("a month, e.g. 2023-09"),
    Kind.REF: N_("the name"),
    Kind.YESNO: N_("yes or no"),
}
