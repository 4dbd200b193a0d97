"""What the screens of forms say: one row per form, cell, or sending."""

from collections.abc import Mapping
from datetime import date

from zjtui.domain.report_template import PERIODS, ReportTemplate, Sent, usual_month
from zjtui.i18n import N_, _
from zjtui.reports import filling
from zjtui.reports.filling import Filled, Line
from zjtui.ui.widgets.window_table import Cell, Column


def form_heads() -> list[Column]:
    """Return the heads over the forms."""
    return [
        Column("name", _(N_("Form to fill")), 24),
        Column("recipient", _(N_("Recipient")), 14),
        Column("period", _(N_("How often")), 11),
        Column("cells", _(N_("form|Cells")), 6, right=True),
        Column("last", _(N_("Last sent")), 20),
        Column("file", _(N_("File name")), 30),
    ]


def form_cells(record: ReportTemplate, last: Sent | None, today: date) -> list[Cell]:
    """Return the row of one form; one that is due for a month is marked."""
    waiting = sum(not cell.sure for cell in record.form_cells)
    count: Cell = (f"{len(record.cells)} ?{waiting}", "warn") if waiting else str(len(record.cells))
    due = usual_month(record.period, today)
    if last is None:
        said: Cell = (_(N_("never")), "warn")
    else:
        said = (f"{last.month} · {last.sent_on.isoformat()}", "muted" if last.month >= due else "warn")
    return [record.name, record.recipient, PERIODS.label(record.period), count, said, (record.file_name, "muted")]


def cell_heads(several: bool, monthly: bool) -> list[Column]:
    """Return the heads over the cells of a form; `several` sheets and cells of months need room for their names."""
    return [
        Column("cell", _(N_("form|Cell")), 11 if several else 6),
        Column("query", _(N_("form|What")), 18),
        Column("scope", _(N_("form|Scope")), 20 if monthly else 13),
        Column("figure", _(N_("form|Figure")), 17, right=True),
        Column("last", _(N_("Last sent")), 10, right=True),
        Column("against", _(N_("form|Told otherwise")), 44),
    ]


def cell_cells(line: Line, names: Mapping[str, str], several: bool) -> list[Cell]:
    """Return the row of one cell: in doubt, changed since it was last sent, told otherwise to somebody."""
    cell = line.cell
    last: Cell = ""
    if line.last:
        shown = filling.figure(line.last.cell, line.last.value)
        last = (shown, "warn" if line.changed else "muted")
    figure: Cell
    if not line.filled:
        figure = (_(N_("form|to be confirmed")), "warn")
    elif line.text:
        figure = (line.text, "muted")
    else:
        figure = (filling.with_unit(cell, line.value), "bad" if line.against else "strong")
    return [
        f"{cell.sheet}!{cell.ref}" if several else cell.ref,
        filling.query(cell),
        filling.scope(cell, names),
        figure,
        last,
        (filling.difference(line), "bad"),
    ]


def source(filled: Filled) -> str:
    """Return where the figures come from."""
    if filled.freeze:
        return _(N_("from “{name}”")).format(name=filled.freeze.name)
    return _(N_("as they stand now"))


def sent_heads() -> list[Column]:
    """Return the heads over what was sent."""
    return [
        Column("sent_on", _(N_("Sent on")), 10),
        Column("month", _(N_("Month")), 8),
        Column("recipient", _(N_("Recipient")), 18),
        Column("form", _(N_("Form to fill")), 22),
        Column("count", _(N_("form|Cells")), 6, right=True),
        Column("file", _(N_("File name")), 26),
        Column("reason", _(N_("Why figures differ")), 30),
    ]


def sent_cells(record: Sent, names: Mapping[str, str]) -> list[Cell]:
    """Return the row of one sending."""
    return [
        record.sent_on.isoformat(),
        record.month,
        record.recipient,
        names.get(record.template_uid, ""),
        str(len(record.told())),
        (record.file_name, "muted"),
        (record.reason or "", "warn"),
    ]
