"""Adding many records in one operation: the same rows, log entries and index as one by one, in few statements."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from zjtui.domain.fields import Kind
from zjtui.domain.record import Record
from zjtui.store import changes, rows, search
from zjtui.store.write.tx import Tx

_AS_THEY_ARE = (Kind.TEXT, Kind.LONG, Kind.CODE, Kind.PARTIAL, Kind.MONTH, Kind.MONEY, Kind.INT, Kind.REF)


def add_many(tx: Tx, records: Sequence[Record], names: search.Names) -> None:
    """Insert records of one type. `names` is kept by the caller from batch to batch."""
    if not records:
        return
    kind = type(records[0])
    entity = kind.entity
    columns = list(kind.fields())
    stored = [_stored(kind, record) for record in records]
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


def _stored(kind: type[Record], record: Record) -> dict[str, Any]:
    """Return what `rows.encode` returns; most fields are stored as they are and need not go through it."""
    values = record.__dict__
    return {**values, **rows.encode(kind, {name: values[name] for name in _to_encode(kind)})}


@cache
def _to_encode(kind: type[Record]) -> tuple[str, ...]:
    return tuple(name for name, field in kind.fields().items() if field.kind not in _AS_THEY_ARE)


def _index(tx: Tx, entity: str, first: int, stored: Sequence[dict[str, Any]], names: search.Names) -> None:
    found = [(row_id, *search.derived(entity, row, names)) for row_id, row in enumerate(stored, first)]
    keys = [(entity, row_id, *key) for row_id, key, _columns in found if key]
    texts = [(row_id, *columns) for row_id, _key, columns in found if columns]
    if keys:
        tx.connection.executemany(search.PINYIN_INSERT, keys)
    if texts:
        tx.connection.executemany(search.fts_insert(entity), texts)
