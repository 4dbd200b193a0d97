"""How long files that are no lists take to be refused, and how much memory: the slowest and the largest of all.

Each is opened in a process of its own: `python -m tests.bench.bad_files FILE` prints its seconds and its peak in MB.
"""

import random
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.bench.memory import peak
from zjtui.errors import UsageError
from zjtui.sheets.book import open_book
from zjtui.sheets.layout import find_table

Line = Callable[[str, float, float, str], None]


def _blank_sheet(path: Path) -> None:
    """A sheet that unpacks to 290 MB of nothing, packed just loosely enough to be looked into."""
    chance = random.Random(1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/workbook.xml", '<workbook><sheets><sheet name="a" r:id="r1"/></sheets></workbook>')
        file.writestr("xl/_rels/workbook.xml.rels", '<Relationship Id="r1" Target="worksheets/sheet1.xml"/>')
        with file.open("xl/worksheets/sheet1.xml", "w") as part:
            for _chunk in range(290):
                part.write(b" " * 990_000 + chance.randbytes(10_000))


WORSE: dict[str, tuple[str, Callable[[Path], object]]] = {
    "a blank sheet of 290 MB": ("list.xlsx", _blank_sheet),
    "60 MB that are no text": ("list.csv", lambda path: path.write_bytes(random.Random(1).randbytes(59_000_000))),
    "60 MB of one JSON text": ("list.json", lambda path: path.write_text('{"rows": ["' + "a" * 59_000_000)),
    "60 MB of an open quote": ("list.csv", lambda path: path.write_text('项目名称,总投资\n"' + "a" * 59_000_000)),
    "200 MB called a workbook": ("list.xlsx", lambda path: path.write_bytes(b"PK" + bytes(199_000_000))),
}


def main(path: Path) -> None:
    """Open a file."""
    begin = time.perf_counter()
    try:
        find_table(open_book(path).sheets)
    except UsageError:
        print(time.perf_counter() - begin, peak())
    else:
        raise SystemExit(f"{path}: it was taken for a list")


def all_of(line: Line) -> None:
    """Measure each file."""
    from tests.sheets.test_files import BAD

    found = {}
    for what in (*BAD, *WORSE):
        with tempfile.TemporaryDirectory() as folder:
            name, make = WORSE[what] if what in WORSE else BAD[what][:2]
            make(Path(folder) / name)
            command = [sys.executable, "-m", "tests.bench.bad_files", str(Path(folder) / name)]
            told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.split()
            found[what] = float(told[0]), float(told[1])
    slowest = max(found, key=lambda what: found[what][0])
    largest = max(found, key=lambda what: found[what][1])
    print(f"      {len(found)} files that are no lists: slowest “{slowest}”, largest “{largest}”")
    line("a file that is no list is refused", found[slowest][0], 2, "s")
    line("peak memory of that", found[largest][1], 300, "MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
