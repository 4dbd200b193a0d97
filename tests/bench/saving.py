"""Saving one follow-up durably, against SQLite alone.

The yardstick makes the same rows durable in the register's own tables, of the same size: the follow-up, its entry of
the log, its line of the full-text index, one COMMIT. What is over it is zjtui's: reading what was typed, rules, names,
hash, the look at the files. One row in an empty table is printed beside it: there the disk writes 2 pages, here 16.
"""

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from zjtui.store import changes, search, sqlite
from zjtui.usecases import follow_up
from zjtui.usecases.session import open_session

Line = Callable[[str, float, float, str], None]
TEXT = "现场查看桩基施工，用地已报批，下周复核"


def all_of(line: Line, large: Path, today: date, rounds: int) -> None:
    """Save by turns: ten by zjtui, ten by SQLite alone, in a copy of the register that is thrown away."""
    ours: list[float] = []
    same: list[float] = []
    with tempfile.TemporaryDirectory(dir=large.parent) as folder:
        copy = Path(shutil.copytree(large, Path(folder) / "copy"))
        for number in range(rounds):
            ours += _ours(copy, today, number)
            same += _same_rows(copy / "zjtui.db", number)
        one = _one_row(Path(folder) / "bare.db", rounds * 10)
    mine, rows, row = (statistics.median(times) * 1000 for times in (ours, same, one))
    print(
        f"      saving {mine:.2f} ms, the same rows by SQLite alone {rows:.2f} ms, one row in an empty table {row:.2f} ms"
    )
    line("saving a follow-up with its log / bare INSERTs + COMMIT", mine / rows, 2.5, "x")


def _ours(folder: Path, today: date, number: int) -> list[float]:
    session = open_session(folder, today=today)
    uid = session.reader().execute("SELECT uid FROM project LIMIT 1").fetchone()[0]
    follow_up.add(session, uid, {"findings": TEXT})
    times = list(_timed(lambda each: follow_up.add(session, uid, {"findings": f"{TEXT}{number}{each}"})))
    session.close()
    return times


def _same_rows(path: Path, number: int) -> list[float]:
    database = sqlite.open_writer(path)
    made = dict(database.execute("SELECT * FROM follow_up ORDER BY id DESC LIMIT 1").fetchone())
    entry = dict(database.execute("SELECT * FROM change ORDER BY seq DESC LIMIT 1").fetchone())
    row_id, device_seq = made.pop("id"), entry["device_seq"]
    columns = f"id, {', '.join(made)}"
    insert = f"INSERT INTO follow_up ({columns}) VALUES ({', '.join('?' * (len(made) + 1))})"
    entry.pop("seq")
    body = search.tokens(TEXT)

    def work(each: int) -> None:
        mark = f"{number}-{each}"
        record = {**made, "uid": f"{made['uid']}-{mark}"}
        logged = {**entry, "uid": record["uid"], "operation": f"{entry['operation']}-{mark}",
                  "device_seq": device_seq + each + 1}  # fmt: skip
        database.execute("BEGIN IMMEDIATE")
        database.execute(insert, (row_id + each + 1, *record.values()))
        database.execute(changes.INSERT, tuple(logged.values()))
        database.execute(search.fts_insert("follow_up"), (row_id + each + 1, body))
        database.execute("COMMIT")

    work(-1 + 10)  # what is read for the first time is no part of it, on either side
    times = list(_timed(work))
    database.close()
    return times


def _one_row(path: Path, rounds: int) -> list[float]:
    database = sqlite.open_writer(path)
    database.execute("CREATE TABLE follow_up (id INTEGER PRIMARY KEY, uid TEXT UNIQUE, day TEXT, findings TEXT) STRICT")

    def work(each: int) -> None:
        database.execute("BEGIN IMMEDIATE")
        database.execute("INSERT INTO follow_up VALUES (NULL, ?, '2023-09-20', ?)", (str(each), TEXT))
        database.execute("COMMIT")

    times = list(_timed(work, rounds))
    database.close()
    return times


def _timed(work: Callable[[int], Any], rounds: int = 9) -> Iterator[float]:
    for each in range(rounds):
        begin = time.perf_counter()
        work(each)
        yield time.perf_counter() - begin
