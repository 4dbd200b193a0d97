"""How a list was read and what became of its rows, told in the terminal and as JSON."""

from typing import TYPE_CHECKING, Any

from zjtui.cli import output
from zjtui.i18n import _, joined
from zjtui.text import visible

if TYPE_CHECKING:
    from zjtui.sheets.book import Book
    from zjtui.sheets.mapping import Plan
    from zjtui.usecases.import_line import Line
    from zjtui.usecases.importing import Result

_SHOWN = 20  # lines of each kind without --all


def print_list(book: "Book", plan: "Plan", result: "Result", *, all_lines: bool) -> None:
    """Print how a list was read, what becomes of its rows, and how many there are."""
    from zjtui.domain.show import named
    from zjtui.sheets import columns, reading, unit_words
    from zjtui.usecases.import_line import WHATS

    told = _("{file}: {kind}, sheet “{sheet}”, headings above row {first}{encoding}").format(
        file=book.path.name, kind=_(columns.KIND_LABELS[plan.kind]), sheet=visible(plan.table.sheet.name),
        first=plan.table.first, encoding=f", {book.encoding}" if book.encoding else "",
    )  # fmt: skip
    output.say("{told}", told=told)
    rows = []
    for column in plan.columns:
        means = columns.meaning(column.target, plan.kind) if column.target else plan.untaken(column)
        rows.append(
            [
                visible(column.heading.text, 40),
                means,
                unit_words.told(column.unit),
                visible(joined(column.samples), 60),
            ]
        )
    output.print_table([_("Column"), _("Means"), _("Unit"), _("Samples")], rows)
    for name, value in plan.fixed.items():
        told = _("For every row without its own: {field} = {value}")
        target = columns.Target.of(name)
        shown = visible(named(columns.declared(target), value))
        output.say("{told}", told=told.format(field=columns.meaning(target), value=shown))
    for notice in plan.told:
        output.say("! {told}", told=visible(str(notice), 600))
    output.say()
    for what in ("refused", "new", "changed", "same", "skipped"):
        lines = [line for line in result.of(what) if line.told]
        for line in lines if all_lines else lines[:_SHOWN]:
            _print_line(line, WHATS.label(what))
        if len(lines) > _SHOWN and not all_lines:
            output.say("  {told}", told=_("… and {count} more").format(count=len(lines) - _SHOWN))
    if result.created:
        told = _("Added on the way: {names}").format(names=visible(joined(result.created[:_SHOWN]), 600))
        more = (
            _("… and {count} more").format(count=len(result.created) - _SHOWN) if len(result.created) > _SHOWN else ""
        )
        output.say("{told}", told=f"{told} {more}".rstrip())
    if result.asking:
        told = _("Rows that say an earlier state than the register: {count}. --lower takes them back")
        output.say("{told}", told=told.format(count=len(result.asking)))
    if result.undated:
        told = _("Rows whose state needs a day that the list does not give: {count}. Say it with --set {field}=DAY")
        names = joined(dict.fromkeys(line.undated.partition(".")[2] for line in result.undated))
        output.say("{told}", told=told.format(count=len(result.undated), field=names))
    if result.behind:
        told = _("Rows whose state the register does not follow: {count}. What is missing stands at each")
        output.say("{told}", told=told.format(count=len(result.behind)))
    if kinds := reading.kinds_told(result):
        output.say("{told}", told=kinds)
    parts = joined(f"{WHATS.label(what)} {number:,}" for what, number in result.counts.items())
    output.say("{told}", told=_("{total} lines: {parts}").format(total=len(result.lines), parts=parts))


def _print_line(line: "Line", what: str) -> None:
    output.say("{number:>6}  {what}  {title}", number=line.place, what=what, title=visible(line.title, 100))
    for change in line.changes if line.what == "changed" else ():
        output.say("        {name}: {was} → {now}", name=change[0], was=visible(change[1] or "-", 60),
                   now=visible(change[2] or "-", 60))  # fmt: skip
    for fault in line.faults:
        value = f" “{visible(fault.value, 40)}”" if fault.value and fault.value not in str(fault) else ""
        output.say("        ✗ {told}{value}", told=visible(str(fault), 300), value=value)
    for notice in line.notices:
        output.say("        ! {told}", told=visible(str(notice), 300))


def as_json(book: "Book", plan: "Plan", result: "Result", operation: str | None) -> dict[str, Any]:
    """Return how a list was read and what becomes of its rows."""
    return {
        "file": book.path.name,
        "format": book.kind,
        "encoding": book.encoding or None,
        "kind": plan.kind,
        "sheet": plan.table.sheet.name,
        "first_row": plan.table.first,
        "columns": [
            {"heading": column.heading.text, "means": str(column.target) if column.target else None,
             "unit": column.unit or None, "samples": list(column.samples)}
            for column in plan.columns
        ],
        "for_all": dict(plan.fixed),
        "sums": plan.sums or None,
        "told": [str(notice) for notice in plan.told],
        "counts": result.counts,
        "records": result.by_kind,
        "created": result.created,
        "lines": [
            {
                "row": line.row or line.number,
                "sheet": line.sheet or None,
                "what": line.what,
                "uid": line.uid or None,
                "title": line.title,
                "changes": [dict(zip(("field", "before", "after"), change, strict=True)) for change in line.changes],
                "faults": [
                    {"column": fault.column, "value": fault.value, "why": str(fault.why), "rule": fault.rule}
                    for fault in line.faults
                ],
                "notices": [str(notice) for notice in line.notices],
                "back_to": line.back.target if line.back else None,
                "needs_day": line.undated or None,
            }
            for line in result.lines
            if line.told
        ],
        "operation": operation,
    }  # fmt: skip


def say_done(given: Any, empty: bool, written: bool) -> None:
    """Say what became of it."""
    if empty:
        output.say("{told}", told=_("No line of it is data: nothing was taken"))
    elif given.dry_run:
        output.say("{told}", told=_("Nothing was changed (--dry-run)"))
    elif written:
        output.say("{told}", told=_("Taken in as one operation; take it back with: zjtui undo"))
    else:
        output.say("{told}", told=_("There was nothing to change"))
