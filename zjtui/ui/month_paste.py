"""Cells copied from a spreadsheet, pasted into the months' grid: what goes where is shown, then saved as one."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from zjtui.domain.parse import parse
from zjtui.domain.understood import understood as shown
from zjtui.errors import Refused
from zjtui.i18n import N_, _, joined
from zjtui.usecases import month

if TYPE_CHECKING:
    from zjtui.ui.screens.month_cell import TypedGrid

_SHOWN = 6  # lines


@dataclass
class Block:
    """What a pasted block means: (project, month, values) of each report, how it is told, and what cannot be."""

    values: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    told: list[tuple[str, str]] = field(default_factory=list)  # whose, what
    faults: list[str] = field(default_factory=list)


def understood(screen: "TypedGrid", lines: list[str]) -> Block:
    """Return what `lines` mean: by the names they begin with, else from the cursor down; tabs go on to the right.

    An empty cell leaves its place as it is.
    """
    block = Block()
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    pairs = _by_name(screen, lines, block) or _from_the_cursor(screen, lines, block)
    columns, today = screen.layout_now.typed[screen.place :], screen.session.today
    for row, texts in pairs:
        if len(texts) > len(columns):
            block.faults.append(f"{row['name']}: " + _(N_("more cells than columns to the right")))
        values: dict[str, dict[str, Any]] = {}
        told: list[str] = []
        for column, text in zip(columns, texts, strict=False):
            if not text.strip():
                continue
            try:
                value = parse(column.field, text, today)
            except Refused as refusal:
                block.faults.append(f"{row['name']}: {refusal}")
                continue
            values.setdefault(column.month, {})[column.report_field] = value
            told.append(f"{text.strip()} {shown(column.field, text, value, today)}".rstrip())
        for month_of, given in values.items():
            block.values.append((row["uid"], month_of, given))
            block.told.append((row["name"], "  ".join(told)))
    return block


_Pairs = list[tuple[dict[str, Any], list[str]]]  # the row of a project, and the cells that are meant for it


def _from_the_cursor(screen: "TypedGrid", lines: list[str], block: Block) -> _Pairs:
    numbers = list(screen.table.ids)[screen.table.cursor :]
    if len(lines) > len(numbers):
        text = _(N_("{lines} lines, but only {rows} projects from here down"))
        block.faults.append(text.format(lines=len(lines), rows=len(numbers)))
    return [
        (screen.row_of(number), line.split("\t")) for line, number in zip(lines, numbers, strict=False) if line.strip()
    ]


def _by_name(screen: "TypedGrid", lines: list[str], block: Block) -> _Pairs:
    """Return the rows that the first cells name; nothing where the first cells are values and no names.

    A name is that of a project shown, or a part of it that no other project has.
    """
    cells = [line.split("\t") for line in lines if line.strip()]
    heads = [row[0].strip() for row in cells]
    if not all(len(row) > 1 for row in cells) or any(_is_value(screen, head) for head in heads):
        return []
    shown = {screen.row_of(number)["name"]: number for number in screen.table.ids}
    pairs: _Pairs = []
    for head, row in zip(heads, cells, strict=True):
        found = [head] if head in shown else [name for name in shown if head and (head in name or name in head)]
        if len(found) == 1:
            pairs.append((screen.row_of(shown[found[0]]), row[1:]))
        elif found:
            text = _(N_("{name}: may be {names}"))
            block.faults.append(text.format(name=head, names=joined(found[:_SHOWN])))
        else:
            block.faults.append(_(N_("{name}: no project of this name is shown here")).format(name=head))
    return pairs if pairs or block.faults else []


def _is_value(screen: "TypedGrid", text: str) -> bool:
    try:
        parse(screen.column.field, text, screen.session.today)
    except Refused:
        return False
    return screen.column.report_field != "progress_text"


def ask(screen: "TypedGrid", lines: list[str]) -> None:
    """Show what goes where; save it as one operation once it is confirmed."""
    from zjtui.ui.dialogs.confirm import Question

    if not screen.writable():
        return
    block = understood(screen, lines)
    if block.faults or not block.values:
        told = [*block.faults[:_SHOWN], _(N_("Nothing was pasted: mend the list, or begin at another row."))]
        screen.app.push_screen(Question(N_("This cannot be pasted"), "\n".join(told), [("", N_("Back"))], typing=True))
        return
    lines_told = list(dict.fromkeys(f"{whose}  {what}" for whose, what in block.told))
    more = len(lines_told) - _SHOWN
    told = [*lines_told[:_SHOWN], *([_(N_("… and {count} more")).format(count=more)] if more > 0 else [])]
    doubts = _doubts(screen, block)
    told += doubts[:_SHOWN]

    def answered(answer: str | None) -> None:
        if answer:
            screen.run_worker(_save(screen, block))

    answers = [("fill", N_("Fill the column with them")), ("", N_("Paste nothing"))]
    if doubts:  # the safe answer first
        answers.reverse()
    screen.app.push_screen(Question(N_("Several lines were pasted"), "\n".join(told), answers, typing=True), answered)


def _doubts(screen: "TypedGrid", block: Block) -> list[str]:
    """Return what is odd about the values, with whose they are."""
    found = []
    for (uid, month_of, values), (whose, _what) in zip(block.values, block.told, strict=True):
        notices = month.odd_about(screen.session, uid, month_of, values)
        found += [f"{whose}: {notice}" for notice in notices]
    return found


async def _save(screen: "TypedGrid", block: Block) -> None:
    session = screen.session
    done = _(N_("{count} reports filled; Ctrl+Z takes all of it back")).format(count=len(block.values))
    if await screen.save(lambda: month.put_many(session, block.values), done):
        screen.reload()
