"""Adding many records in one operation: the same rows, log entries and index as one by one, in few statements."""

from collections.abc import Sequence
from typing import Any

from zjtui.domain.record import Record
from zjtui.store import changes, rows, search
from zjtui.store.write.tx import Full, Tx


def add_many(tx: Tx, records: Sequence[Record], names: search.Names) -> None:
    """Insert records of one type. `names` is kept by the caller from batch to batch."""
    if not records:
        return
    kind = type(records[0])
    entity = kind.entity
    columns = list(kind.fields())
    stored = [rows.encode(kind, record.__dict__) for record in records]
    first = tx.connection.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {entity}").fetchone()[0]
    marks = ", ".join("?" * (len(columns) + 1))
    tx.connection.executemany(
        f"INSERT INTO {entity} (id, {', '.join(columns)}) VALUES ({marks})",
        [(row_id, *(row[name] for name in columns)) for row_id, row in enumerate(stored, first)],
    )
    entries = [
        tx.entry(entity, row["uid"], "add", {name: value for name, value in row.items() if value is not None})
        for row in stored
    ]
    tx.connection.executemany(changes.INSERT, entries)
    _index(tx, entity, first, stored, names)


def _index(tx: Tx, entity: str, first: int, stored: Sequence[dict[str, Any]], names: search.Names) -> None:
    found = [(row_id, *search.derived(entity, Full(row), names)) for row_id, row in enumerate(stored, first)]
    keys = [(entity, row_id, *key) for row_id, key, _columns in found if key]
    texts = [(row_id, *columns) for row_id, _key, columns in found if columns]
    if keys:
        tx.connection.executemany(search.PINYIN_INSERT, keys)
    if texts:
        tx.connection.executemany(search.fts_insert(entity), texts)
