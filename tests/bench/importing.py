"""Taking in a list of 100,000 new projects, against reading it with calamine and bare inserts in one transaction.

A row is a project, its plan of the year and half a company. `bare` inserts these three into the register's own tables
with nothing else (no check, no log, no search index, no sums); `cells` inserts the row as it is into one table without
an index, which no register could do with: it is printed, and has no limit.

Each side runs in a process of its own, one after the other, so that its memory is its own: `python -m
tests.bench.importing ours|bare|cells LIST FOLDER` prints its seconds and its peak in MB.
"""

import random
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from tests.bench.memory import peak
from zjtui.domain import registry
from zjtui.domain.fields import Kind
from zjtui.sheets import reading
from zjtui.sheets.workbook import new_workbook
from zjtui.store import sqlite
from zjtui.usecases import importing, setup

HEADS = (
    "序号", "项目名称", "项目属地", "建设性质", "项目属性", "领域", "总投资（亿元）", "2023年计划投资（万元）", "计划开工", "计划竣工",
    "业主单位", "建设地点", "建设内容及规模", "用地面积（亩）", "其中：设备（万元）", "备注",
)  # fmt: skip
LISTS = (Kind.CODES, Kind.REFS, Kind.LIST, Kind.OBJECTS)
TODAY = date(2023, 9, 20)
Line = Callable[[str, float, float, str], None]


def make(path: Path, rows: int) -> None:
    """Write a list as an office has it: a title, sixteen columns, a company for every two projects."""
    chance = random.Random(7)
    places = ("长兴县", "安吉县", "义乌市", "余杭区", "鄞州区", "柯桥区", "定海区", "乐清市", "海宁市", "龙游县")
    goods = ("光伏组件", "生物医药", "集成电路", "新型储能", "智能装备", "高端纺织", "绿色石化", "精密铸造")
    with new_workbook(path, over=True) as book:
        sheet = book.add_worksheet("项目")
        sheet.write_string(0, 0, "重大建设项目清单")
        sheet.write_row(1, 0, HEADS)
        for number in range(rows):
            good = chance.choice(goods)
            sheet.write_row(number + 2, 0, (
                number + 1, f"{chance.choice('东西南北中')}湖{number // 3}{good}生产基地{number % 3 + 1}期", chance.choice(places),
                chance.choice(("新建", "扩建")), "产业", "先进制造业", chance.randrange(1000, 90_000) / 1000,
                chance.randrange(100, 9_000), f"2023年{chance.randrange(1, 13)}月", 2025, f"{good}{number // 2}有限公司",
                f"开发大道{number}号", f"年产{good}{number}台（套）", chance.randrange(10, 900), chance.randrange(10, 99),
                f"第{number}件",
            ))  # fmt: skip


def _cells(path: Path) -> list[list[Any]]:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()[2:]


def bare(path: Path, folder: Path) -> float:
    """Read the list and insert what it holds into the register's tables; return seconds."""
    setup.new(folder / "bare", today=TODAY, person="x").close()
    begin = time.perf_counter()
    rows = _cells(path)
    database = sqlite.open_writer(folder / "bare" / "zjtui.db")
    tables: dict[str, list[dict[str, Any]]] = {"org": [], "project": [], "annual_plan": []}
    companies: dict[str, str] = {}
    for number, row in enumerate(rows):
        uid = f"{number:032x}-pro"
        if row[10] not in companies:
            companies[row[10]] = f"{number:032x}-org"
            tables["org"].append({"uid": companies[row[10]], "name": row[10], "kind": "enterprise"})
        tables["project"].append(
            {
                "uid": uid, "serial": int(row[0]), "name": row[1], "region_code": "330522", "nature": "new",
                "attr": "industry", "field9": "manufacturing", "total_invest": int(row[6] * 100_000_000),
                "plan_start": row[8], "plan_end": "2025", "owner_org": companies[row[10]], "site": row[11],
                "scale": row[12], "land_m2": int(row[13] * 667), "invest_equip": int(row[14] * 10_000), "remark": row[15],
                "stage": "preparatory",
            }
        )  # fmt: skip
        tables["annual_plan"].append(
            {"uid": f"{number:032x}-pla", "project_uid": uid, "year": 2023, "year_class": "new_start",
             "plan_invest": int(row[7] * 10_000)}
        )  # fmt: skip
    database.execute("BEGIN IMMEDIATE")
    for table, records in tables.items():
        whole = dict.fromkeys(registry.model(table).fields())
        filled = {name: "[]" if field.kind in LISTS else None for name, field in registry.model(table).fields().items()}
        database.executemany(
            f"INSERT INTO {table} ({', '.join(whole)}) VALUES ({', '.join('?' * len(whole))})",
            [tuple({**filled, **record}.values()) for record in records],
        )
    database.execute("COMMIT")
    database.close()
    return time.perf_counter() - begin


def cells(path: Path, folder: Path) -> float:
    """Read the list and insert its cells as they are into one table; return seconds."""
    begin = time.perf_counter()
    rows = _cells(path)
    database = sqlite.open_writer(folder / "bare.db")
    names = ", ".join(f"c{number}" for number in range(len(HEADS)))
    database.execute(f"CREATE TABLE list (id INTEGER PRIMARY KEY, {names})")
    database.execute("BEGIN IMMEDIATE")
    database.executemany(f"INSERT INTO list ({names}) VALUES ({', '.join('?' * len(HEADS))})", rows)
    database.execute("COMMIT")
    database.close()
    return time.perf_counter() - begin


def ours(path: Path, folder: Path) -> float:
    """Read, preview and take in the list; return seconds."""
    session = setup.new(folder / "taken", today=TODAY, person="x")
    begin = time.perf_counter()
    job = reading.job(session, reading.read(session, path)[1])
    middle = time.perf_counter()
    seen = importing.preview(session, job)
    shown = time.perf_counter()
    importing.run(session, job, seen)
    end = time.perf_counter()
    session.close()
    print(f"      {seen.counts['new']:,} new: opened {middle - begin:.1f} s, shown {shown - middle:.1f} s, "
          f"kept {end - shown:.1f} s", file=sys.stderr)  # fmt: skip
    return end - begin


def all_of(line: Line, folder: Path, rows: int) -> None:
    """Measure both sides with one list."""
    import tempfile

    path = folder / f"list-{rows}.xlsx"
    if not path.exists():
        make(path, rows)
    found = {}
    for side in ("cells", "bare", "ours"):
        with tempfile.TemporaryDirectory(dir=folder) as place:
            command = [sys.executable, "-m", "tests.bench.importing", side, str(path), place]
            seconds, peak = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.split()
            found[side] = float(seconds), float(peak)
    print(
        f"      {rows:,} rows: ours {found['ours'][0]:.1f} s, calamine and bare inserts {found['bare'][0]:.2f} s, "
        f"into one table without an index {found['cells'][0]:.2f} s ({found['ours'][0] / found['cells'][0]:.0f} x)"
    )
    line(
        "a list taken in (checked, shown, logged) / calamine + bare inserts",
        found["ours"][0] / found["bare"][0],
        6,
        "x",
    )
    line("peak memory of taking in a list", found["ours"][1], 300, "MB")


if __name__ == "__main__":
    took = {"bare": bare, "cells": cells, "ours": ours}[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
    print(took, peak())
