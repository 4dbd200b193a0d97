"""Writing 100,000 projects to a workbook, against XlsxWriter alone writing the same cells.

Each side runs in a process of its own: `python -m tests.bench.exporting ours|bare WORKSPACE FOLDER` prints its seconds
and its peak in MB. The cells of `bare` are read before its clock starts.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.bench.memory import peak
from zjtui.sheets.export import List, Watch, export, exported
from zjtui.store.read import lists
from zjtui.usecases.session import Session, open_session

Line = Callable[[str, float, float, str], None]


def bare(session: Session, uids: list[str], target: Path) -> float:
    """Write the cells and nothing else; return seconds."""
    rows = list(List(session, "project", uids, exported("project"), "", Watch()).rows())
    begin = time.perf_counter()
    book = xlsxwriter.Workbook(
        str(target), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            _write(sheet, number, place, cell, day)
    book.close()
    return time.perf_counter() - begin


def _write(sheet: Any, row: int, place: int, cell: Any, day: Any) -> None:
    if isinstance(cell, date):
        sheet.write_datetime(row, place, cell, day)
    elif isinstance(cell, int | float):
        sheet.write_number(row, place, cell)
    elif cell is not None:
        sheet.write_string(row, place, cell)


def ours(session: Session, uids: list[str], target: Path) -> float:
    """Export the list; return seconds."""
    begin = time.perf_counter()
    export(session, "project", uids, target)
    return time.perf_counter() - begin


def all_of(line: Line, workspace: Path) -> None:
    """Measure both sides with one register."""
    found = {}
    for side in ("bare", "ours"):
        command = [sys.executable, "-m", "tests.bench.exporting", side, str(workspace)]
        seconds, peak = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.split()
        found[side] = float(seconds), float(peak)
    print(f"      a workbook of all projects: ours {found['ours'][0]:.1f} s, XlsxWriter alone {found['bare'][0]:.1f} s")
    line("a list written as .xlsx / XlsxWriter alone", found["ours"][0] / found["bare"][0], 1.5, "x")
    line("peak memory of writing a list", found["ours"][1], 400, "MB")


def main() -> None:
    work = {"bare": bare, "ours": ours}[sys.argv[1]]
    session = open_session(Path(sys.argv[2]), today=date(2023, 9, 20), write=False)
    with tempfile.TemporaryDirectory() as folder:
        took = work(session, lists.all_uids(session.reader(), "project"), Path(folder) / "list.xlsx")
    print(took, peak())


if __name__ == "__main__":
    main()
