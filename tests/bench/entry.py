"""The figures of data entry: the month's grid, a bulk change of 10,000 rows, the hint at similar issues."""

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench.terminal import Terminal
from zjtui.store.read import closing
from zjtui.usecases import bulk, undo
from zjtui.usecases.session import Session, open_session

ROWS = 10_000
Line = Callable[[str, float, float, str], None]


def grid(line: Line, command: list[str], rounds: int) -> None:
    """Open the month's grid of 1,000 projects in a real terminal, then type and move in it."""
    opened, typed, moved = [], [], []
    terminal = Terminal(command)
    terminal.wait("Building")
    terminal.settle(1.0)
    for number in range(rounds):
        opened.append(terminal.answer("4", lambda _before, after: "submitted" in "".join(after)))
        typed.append(terminal.answer(str(number % 9 + 1), lambda before, after: before != after))
        terminal.press("\x7f")
        moved.append(terminal.answer("\x1b[B", lambda before, after: before[1] != after[1]))
        terminal.press("\x1b")
    terminal.close()
    line("the month's grid of 1,000 projects opens, sums and all", max(opened) * 1000, 300, "ms")
    line("a digit typed in the grid", statistics.median(typed) * 1000, 16, "ms")
    line("the next project in the grid", statistics.median(moved) * 1000, 16, "ms")


def many(line: Line, large: Path, today: Any) -> None:
    """Change a field of 10,000 projects in one operation, in a copy of the workspace that is thrown away."""
    with tempfile.TemporaryDirectory(dir=large.parent) as folder:
        copy = Path(shutil.copytree(large, Path(folder) / "copy"))
        session = open_session(copy, today=today)
        try:
            uids = [row[0] for row in session.reader().execute("SELECT uid FROM project ORDER BY id LIMIT ?", (ROWS,))]
            job = bulk.Job("set", "project", {"level": "city", "ceremony": "二批"})
            begin = time.perf_counter()
            bulk.run(session, job, uids)
            line("a field of 10,000 projects changed", time.perf_counter() - begin, 3, "s")
            begin = time.perf_counter()
            undo.undo(session)
            line("and taken back", time.perf_counter() - begin, 3, "s")
        finally:
            session.close()


def hint(line: Line, session: Session, rounds: int) -> None:
    """Look for issues similar to a title among 100,000."""
    reader = session.reader()
    rows = reader.execute("SELECT project_uid, title_text FROM issue ORDER BY id LIMIT ?", (rounds * 4,)).fetchall()
    found = []
    for row in rows:
        begin = time.perf_counter()
        closing.similar(reader, row["project_uid"], row["title_text"] + "问题")
        found.append(time.perf_counter() - begin)
        begin = time.perf_counter()
        closing.similar(reader, row["project_uid"], row["title_text"])
        found.append(time.perf_counter() - begin)
    line("the hint at similar issues among 100,000, slowest", max(found) * 1000, 50, "ms")
