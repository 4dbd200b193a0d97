"""A form filled for a month: each cell with its figure, what was last sent there, and whom another figure was told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from zjtui.domain import period_text
from zjtui.domain.cell_ref import place_of
from zjtui.domain.freeze import Freeze
from zjtui.domain.month import Month
from zjtui.domain.project_codes import ATTRS, FIELDS9
from zjtui.domain.report_template import QUERIES, UNITS, FormCell, ReportTemplate, Sent, kind_of, same
from zjtui.i18n import N_, _
from zjtui.reports import queries
from zjtui.store.read import find, forms, history
from zjtui.usecases.moment import Watch
from zjtui.usecases.session import Session


@dataclass(frozen=True)
class Told:
    """A figure that was told to somebody: which form of which month, its cell, and the exact figure."""

    sent: Sent
    cell: FormCell
    value: Fraction | None


@dataclass(frozen=True)
class Line:
    """One cell: its exact figure (None: there is none), and what was told before.

    `last` is what this form last said in the cell; `against` are other forms of the month with another figure.
    `filled` is False for a cell that waits to be confirmed, or whose query a newer version made.
    """

    cell: FormCell
    value: Fraction | None
    text: str = ""  # of a title or heading
    last: Told | None = None
    against: tuple[Told, ...] = ()
    filled: bool = True

    @property
    def changed(self) -> bool:
        """Whether the form last said something else here."""
        return (
            self.filled and self.last is not None and not same(self.cell, self.value, self.last.cell, self.last.value)
        )

    @property
    def shown(self) -> str:
        """The figure as it stands in the cell."""
        return self.text or figure(self.cell, self.value)


@dataclass(frozen=True)
class Filled:
    """A form for a month: `freeze` is what its figures are from, None the register as it stands at `head`."""

    template: ReportTemplate
    month: str
    freeze: Freeze | None
    head: str
    lines: list[Line] = field(default_factory=list)
    last: Sent | None = None

    @property
    def values(self) -> dict[tuple[str, str], Fraction | str | None]:
        """What is written into which cell, in the unit of the cell."""
        return {
            line.cell.place: line.text or (None if line.value is None else line.cell.rounded(line.value))
            for line in self.lines
            if line.filled
        }

    @property
    def told(self) -> list[tuple[FormCell, Fraction | None]]:
        """The figures that are sent with it."""
        return [(line.cell, line.value) for line in self.lines if line.filled and not line.text]

    @property
    def left(self) -> list[FormCell]:
        """The cells that wait to be confirmed: they stay as they are in the workbook."""
        return [line.cell for line in self.lines if not line.filled]

    def counts(self) -> dict[str, int]:
        """Return how many cells are filled, changed since the form was last sent, contradict, wait, or stay empty."""
        return {
            "cells": sum(line.filled for line in self.lines),
            "changed": sum(line.changed for line in self.lines),
            "against": sum(bool(line.against) for line in self.lines),
            "waiting": len(self.left),
            "empty": sum(line.filled and not line.text and line.value is None for line in self.lines),
        }


def make(
    session: Session, template: ReportTemplate, month: str, record: Freeze | None = None, watch: Watch | None = None
) -> Filled:
    """Return the form filled for `month` ("YYYY-MM"), from the freeze `record` or from the register as it stands."""
    reader = session.reader()
    last = forms.last_sent(reader, template.uid)
    before = _by_place(last) if last else {}
    others = _by_asked(forms.sent_of_month(reader, month, template.uid))
    head = record.head if record else history.head(reader)
    made = Filled(template, month, record, head, [], last)
    cells = _in_order(template.form_cells)
    ready = [cell for cell in cells if cell.sure and queries.known(cell)]
    with queries.figures(session, Month.of(month), ready, record, watch) as found:
        for cell in cells:
            if cell.query == "period":
                text = period_text.retold(cell.text, int(month[:4]), int(month[5:7]))
                made.lines.append(Line(cell, None, text))
            elif not cell.sure or not queries.known(cell):
                made.lines.append(Line(cell, None, filled=False))
            else:
                value = found.value(cell)
                against = tuple(
                    told for told in others.get(_asked(cell, month), ()) if not same(cell, value, told.cell, told.value)
                )
                made.lines.append(Line(cell, value, "", before.get(cell.place), against))
    return made


def _in_order(cells: list[FormCell]) -> list[FormCell]:
    """Return cells as one reads them: sheet by sheet, row by row."""
    sheets = list(dict.fromkeys(cell.sheet for cell in cells))
    return sorted(cells, key=lambda cell: (sheets.index(cell.sheet), place_of(cell.ref)))


def _by_place(sent: Sent) -> dict[tuple[str, str], Told]:
    return {cell.place: Told(sent, cell, value) for cell, value in sent.told()}


def _by_asked(ledger: Sequence[Sent]) -> dict[tuple[str, ...], list[Told]]:
    found: dict[tuple[str, ...], list[Told]] = {}
    for sent in ledger:
        for cell, value in sent.told():
            found.setdefault(_asked(cell, sent.month), []).append(Told(sent, cell, value))
    return found


def _asked(cell: FormCell, month: str) -> tuple[str, ...]:
    """Return what a cell of a form for `month` asks; it is the same whether the cell names that month or not."""
    return (*cell.key, str(cell.month_in(int(month[5:7]))))


# As a person reads it


def figure(cell: FormCell, value: Fraction | None) -> str:
    """Return a figure as it stands in a cell; a share is told as a percentage whatever the cell's format."""
    if value is None:
        return "-"
    rounded = cell.rounded(value)
    places = cell.decimals
    if cell.unit == "fraction":
        rounded, places = rounded * 100, max(places - 2, 0)
    text = f"{float(rounded):,.{places}f}"
    text = text.rstrip("0").rstrip(".") if "." in text and kind_of(cell.query) == "money" else text
    return f"{text}%" if kind_of(cell.query) == "rate" else text


def with_unit(cell: FormCell, value: Fraction | None) -> str:
    """Return a figure with its unit."""
    shown = figure(cell, value)
    return shown if kind_of(cell.query) in ("rate", "count", "text") else f"{shown} {UNITS.label(cell.unit)}"


def scope(cell: FormCell, names: Mapping[str, str]) -> str:
    """Return of what projects a cell asks; `names` are those of regions by code."""
    if cell.query == "period":
        return ""
    parts = [names.get(cell.region, cell.region)] if cell.region else []
    parts += [codes.label(code) for codes, code in ((FIELDS9, cell.field9), (ATTRS, cell.attr)) if code]
    parts = parts or [_(N_("form|all projects"))]
    return " · ".join([*([of_month(cell.month)] if cell.month else []), *parts])


def of_month(number: int) -> str:
    """Return which month of the year a cell is always of; of 0 that it is the form's."""
    return _(N_("form|month {number}")).format(number=number) if number else _(N_("form|the month of the form"))


def region_names(session: Session, cells: Sequence[FormCell]) -> dict[str, str]:
    """Return the names of the regions that cells ask about."""
    return find.names(session.reader(), "region", {cell.region for cell in cells if cell.region})


def query(cell: FormCell) -> str:
    """Return what a cell asks."""
    return QUERIES.label(cell.query)


def difference(line: Line) -> str:
    """Return whom another figure was told, and when."""
    parts = [
        _(N_("{recipient} was told {figure} on {day}")).format(
            recipient=told.sent.recipient, figure=with_unit(told.cell, told.value), day=told.sent.sent_on.isoformat()
        )
        for told in line.against
    ]
    return _(N_("list|, ")).join(parts)


def summary(found: Filled) -> str:
    """Return how many cells there are, changed, contradicting, waiting, in one sentence."""
    counts = found.counts()
    parts = [_(N_("{count} cells")).format(count=counts["cells"])]
    if found.last:
        parts.append(
            _(N_("{count} changed since {month} was sent on {day}")).format(
                count=counts["changed"], month=found.last.month, day=found.last.sent_on.isoformat()
            )
        )
    else:
        parts.append(_(N_("never sent yet")))
    for name, text in (
        ("against", N_("{count} contradict what others were told")),
        ("waiting", N_("{count} to be confirmed")),
        ("empty", N_("{count} stay empty: there is no figure")),
    ):
        if counts[name]:
            parts.append(_(text).format(count=counts[name]))
    return _(N_("list|, ")).join(parts)
