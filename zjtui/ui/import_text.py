"""What the screen of a list says of its columns and of its rows."""

from collections.abc import Mapping

from zjtui.domain.show import named
from zjtui.i18n import N_, _, joined
from zjtui.sheets import columns, reading, unit_words
from zjtui.sheets.columns import Target
from zjtui.sheets.mapping import Column as ListColumn
from zjtui.sheets.mapping import Plan
from zjtui.ui.widgets.window_table import Cell, Column
from zjtui.usecases.import_line import WHATS, Line
from zjtui.usecases.importing import Result

_TONES = {"new": "good", "changed": "warn", "refused": "bad", "same": "muted", "skipped": "muted"}
_ORDER = {"refused": 0, "changed": 1, "new": 2, "same": 3, "skipped": 4}


def column_heads() -> list[Column]:
    """Return the heads over a list's columns."""
    return [
        Column("column", _(N_("Column")), 22),
        Column("means", _(N_("Means")), 26),
        Column("unit", _(N_("Unit")), 10),
        Column("samples", _(N_("Samples")), 60),
    ]


def column_cells(plan: Plan, column: ListColumn) -> list[Cell]:
    """Return what is shown of one column of a list."""
    means: Cell = columns.meaning(column.target, plan.kind) if column.target else (plan.untaken(column), "muted")
    named = unit_words.told(column.unit)
    unit: Cell = (f"{named}?", "warn") if column.unsure else named
    return [column.heading.text, means, unit, (joined(column.samples), "muted")]


def columns_status(plan: Plan, encoding: str) -> tuple[str, str]:
    """Return the line below the columns, and its tone: the question that is open, else what was understood."""
    unsure = [column.heading.text for column in plan.columns if column.unsure]
    if unsure:
        return _(N_("In which unit does “{name}” count? Ctrl+T says it")).format(name=unsure[0]), "$text-warning"
    missing = sum(column.target is None for column in plan.columns)
    parts = [_(N_("{count} columns, {missing} not taken")).format(count=len(plan.columns), missing=missing)]
    parts += [encoding] if encoding else []
    parts += [str(notice) for notice in plan.told]
    parts += [_(N_("as remembered"))] if plan.remembered else []
    fixed = ((Target.of(name), value) for name, value in plan.fixed.items())
    parts += [f"{columns.meaning(target)}={named(columns.declared(target), value)}" for target, value in fixed]
    return " · ".join([*parts, _(N_("F2 changes, Ctrl+K shows the rows"))]), ""


def taken(counts: Mapping[str, int]) -> str:
    """Return what is said once lists are taken in, by the number of rows of each kind."""
    text = _(N_("{new} new, {changed} changed; Ctrl+Z takes all of it back"))
    return text.format(new=f"{counts['new']:,}", changed=f"{counts['changed']:,}")


def line_heads() -> list[Column]:
    """Return the heads over a list's rows."""
    return [
        Column("number", _(N_("Row")), 6, right=True),
        Column("what", _(N_("Is")), 8),
        Column("title", _(N_("List|Record")), 26),
        Column("told", _(N_("Changes, or why not")), 200),
    ]


def ordered(result: Result, only: str) -> list[Line]:
    """Return the rows to show: those that want attention first."""
    lines = [line for line in result.lines if not only or line.what == only or (only == "asks" and _asks(line))]
    return sorted(lines, key=lambda line: (not _asks(line), _ORDER[line.what], not line.told, line.number))


def _asks(line: Line) -> bool:
    """Tell whether somebody has to decide on a row."""
    return bool(
        line.back or line.twin or line.undated or any(fault.about and not fault.about[0] for fault in line.faults)
    )


def line_cells(line: Line) -> list[Cell]:
    """Return what is shown of one row."""
    return [line.place, (WHATS.label(line.what), _TONES[line.what]), line.title, told(line)]


def lines_status(result: Result) -> str:
    """Return the line below the rows."""
    counts = result.counts.items()
    parts = [f"{WHATS.label(what)} {count:,}" for what, count in counts if count or what != "skipped"]
    asking = sum(_asks(line) for line in result.lines)
    if asking:
        parts.append(_(N_("{count} ask: Enter decides")).format(count=asking))
    elif result.of("refused"):
        parts.append(_(N_("Enter says what a text means")))
    if result.behind:
        parts.append(_(N_("{count} keep another state")).format(count=len(result.behind)))
    if result.created:
        parts.append(_(N_("new units and persons {count}")).format(count=len(result.created)))
    return " · ".join([*parts, *filter(None, [reading.kinds_told(result)])])


def told(line: Line, most: int = 4) -> str:
    """Return what a row would change, or why it is refused."""
    if line.faults:
        return "; ".join(str(fault) for fault in line.faults)
    changes = [f"{name}: {was or '-'} → {now or '-'}" for name, was, now in line.changes] if line.what != "new" else []
    return "; ".join([*changes[:most], *(str(notice) for notice in line.notices)])
