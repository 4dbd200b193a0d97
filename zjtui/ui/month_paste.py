"""Cells copied from a spreadsheet, pasted into the months' grid: what goes where is shown, then saved as one."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from zjtui.domain.parse import parse
from zjtui.domain.plan import MonthlyReport
from zjtui.domain.understood import understood as shown
from zjtui.errors import Refused
from zjtui.i18n import N_, _
from zjtui.ui.screens.month_grid import TYPED
from zjtui.usecases import month

if TYPE_CHECKING:
    from zjtui.ui.screens.month_cell import TypedGrid

_SHOWN = 6  # lines


@dataclass
class Block:
    """What a pasted block means: the values of each project, how it is told, and what cannot be."""

    values: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def understood(screen: "TypedGrid", lines: list[str]) -> Block:
    """Return what `lines` mean from the cursor down; tabs go on to the columns that are typed to the right.

    An empty cell leaves its place as it is.
    """
    block = Block()
    columns = TYPED[TYPED.index(screen.column) :]
    numbers = list(screen.table.ids)[screen.table.cursor :]
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    if len(lines) > len(numbers):
        text = _(N_("{lines} lines, but only {rows} projects from here down"))
        block.faults.append(text.format(lines=len(lines), rows=len(numbers)))
    for line, number in zip(lines, numbers, strict=False):
        row, values, told = screen.row_of(number), {}, []
        texts = line.split("\t")
        if len(texts) > len(columns):
            block.faults.append(f"{row['name']}: " + _(N_("more cells than columns to the right")))
        for name, text in zip(columns, texts, strict=False):
            if not text.strip():
                continue
            declared, today = MonthlyReport.fields()[name], screen.session.today
            try:
                values[name] = parse(declared, text, today)
            except Refused as refusal:
                block.faults.append(f"{row['name']}: {refusal}")
                continue
            told.append(f"{text.strip()} {shown(declared, text, values[name], today)}".rstrip())
        if values:
            block.values.append((row["uid"], values))
            block.told.append("  ".join([row["name"], *told]))
    return block


def ask(screen: "TypedGrid", lines: list[str]) -> None:
    """Show what goes where; save it as one operation once it is confirmed."""
    from zjtui.ui.dialogs.confirm import Question

    if not screen.writable():
        return
    block = understood(screen, lines)
    if block.faults or not block.values:
        told = [*block.faults[:_SHOWN], _(N_("Nothing was pasted: mend the list, or begin at another row."))]
        screen.app.push_screen(Question(N_("This cannot be pasted"), "\n".join(told), [("", N_("Back"))]))
        return
    more = len(block.told) - _SHOWN
    told = [*block.told[:_SHOWN], *([_(N_("… and {count} more")).format(count=more)] if more > 0 else [])]
    doubts = _doubts(screen, block)
    told += doubts[:_SHOWN]

    def answered(answer: str | None) -> None:
        if answer:
            screen.run_worker(_save(screen, block))

    answers = [("fill", N_("Fill the column with them")), ("", N_("Paste nothing"))]
    if doubts:  # the safe answer first
        answers.reverse()
    screen.app.push_screen(Question(N_("Several lines were pasted"), "\n".join(told), answers), answered)


def _doubts(screen: "TypedGrid", block: Block) -> list[str]:
    """Return what is odd about the values, with whose they are."""
    found = []
    for (uid, values), line in zip(block.values, block.told, strict=True):
        notices = month.odd_about(screen.session, uid, screen.query_now.month, values)
        found += [f"{line.split('  ')[0]}: {notice}" for notice in notices]
    return found


async def _save(screen: "TypedGrid", block: Block) -> None:
    session, when = screen.session, screen.query_now.month
    done = _(N_("{count} reports filled; Ctrl+Z takes all of it back")).format(count=len(block.values))
    if await screen.save(lambda: month.put_many(session, when, block.values), done):
        screen.reload()
