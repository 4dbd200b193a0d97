"""A register as dense as the demonstration, of any size: its 99 projects with all that hangs on them, over and over.

Made by SQL alone, for speed: the log's entries are there, their hashes are not, so that `zjtui check` would refuse it.
"""

from pathlib import Path
from typing import Any

from zjtui.domain import registry
from zjtui.domain.fields import Kind
from zjtui.store import looked_after, search, sqlite
from zjtui.store.first_tables import FTS_COLUMNS
from zjtui.usecases import demo

_SHARED = ("region", "policy")  # one for all copies
_APART = {"project": "code", "issue": "no"}  # has to be another one in every copy
_STEP = 10_000  # between the ids of two copies
_PACE = ("PRAGMA foreign_keys=OFF", "PRAGMA synchronous=OFF", "PRAGMA cache_size=-400000")


def workspace(build_folder: Path, copies: int) -> Path:
    """Return a workspace with `copies` demonstrations, making it where it is missing."""
    folder = build_folder / f"dense-{copies}"
    if not (folder / "zjtui.db").exists():
        print(f"making the demonstration {copies:,} times in {folder} ...", flush=True)
        build(folder, copies)
    return folder


def build(folder: Path, copies: int) -> None:
    """Make a workspace with `copies` demonstrations in `folder`."""
    demo.new_demo(folder).close()
    writer = sqlite.open_plain(folder / "zjtui.db")
    for pragma in _PACE:
        writer.execute(pragma).fetchall()
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("CREATE TEMP TABLE copy (n INTEGER PRIMARY KEY, mark TEXT)")
    rows = ((number, f"{number:04}-") for number in range(1, copies))
    writer.executemany("INSERT INTO copy VALUES (?, ?)", rows)
    names = search.Names(writer)
    for entity in registry.ENTITIES:
        if entity not in _SHARED:
            _copy_entity(writer, entity)
            _copy_index(writer, entity, names)
    columns = [row[1] for row in writer.execute("PRAGMA table_info(standing)")]
    _copy(writer, "standing", {name: f"t.{name}" for name in columns} | {"id": f"t.id + n * {_STEP}"})
    looked_after.refresh_all(writer)
    _copy_log(writer)
    writer.execute("COMMIT")
    writer.execute("PRAGMA optimize").fetchall()
    writer.close()


def _copy(writer: Any, table: str, values: dict[str, str], condition: str = "1") -> None:
    writer.execute(f"CREATE TEMP TABLE one AS SELECT * FROM {table} t WHERE {condition}")
    writer.execute(
        f"INSERT INTO {table} ({', '.join(values)}) SELECT {', '.join(values.values())} FROM copy CROSS JOIN one t"
    )
    writer.execute("DROP TABLE one")


def _copy_entity(writer: Any, entity: str) -> None:
    """Copy the rows of a table; what points to a row points to the copy of it."""
    fields = registry.model(entity).fields()
    values = {row[1]: f"t.{row[1]}" for row in writer.execute(f"PRAGMA table_info({entity})")}
    for name, field in fields.items():
        if field.ref and field.ref not in _SHARED and field.kind is Kind.REF:
            values[name] = f"mark || t.{name}"
    if entity in _APART:
        values[_APART[entity]] = f"t.{_APART[entity]} || '/' || n"
    _copy(writer, entity, values | {"id": f"t.id + n * {_STEP}", "uid": "mark || t.uid"})


def _copy_index(writer: Any, entity: str, names: search.Names) -> None:
    """Copy what is found and sorted by."""
    values = {"entity": "t.entity", "id": f"t.id + n * {_STEP}", "sort_key": "t.sort_key", "initials": "t.initials"}
    _copy(writer, "pinyin", values, f"entity = '{entity}'")
    if entity not in FTS_COLUMNS:
        return
    columns = FTS_COLUMNS[entity]
    marks = ", ".join("?" * len(columns))
    for row in writer.execute(f"SELECT * FROM {entity} WHERE id < {_STEP}").fetchall():
        writer.execute(
            f"INSERT INTO {entity}_fts (rowid, {', '.join(columns)}) SELECT ? + n * {_STEP}, {marks} FROM copy",
            (row["id"], *search.derived(entity, row, names)[1]),
        )


def _copy_log(writer: Any) -> None:
    """Copy the log's entries."""
    values = {row[1]: f"t.{row[1]}" for row in writer.execute("PRAGMA table_info(change)")}
    values |= {"seq": f"t.seq + n * {_STEP}", "device_seq": f"t.device_seq + n * {_STEP}", "uid": "mark || t.uid"}
    shared = ", ".join(f"'{entity}'" for entity in _SHARED)
    _copy(writer, "change", values, f"t.entity NOT IN ({shared})")
