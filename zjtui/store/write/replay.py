"""The register made anew from its change log alone, in a file of its own, and compared with the live tables."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from zjtui.domain import registry
from zjtui.errors import Msg
from zjtui.i18n import N_
from zjtui.store import looked_after, migrations, search, sqlite, standing, undone
from zjtui.store.first_tables import FTS_COLUMNS
from zjtui.store.read.verify import MANY
from zjtui.store.sqlite import Connection

Tick = Callable[[int], None]
Known = Callable[[str, int], bool]  # is this entry, by its device and number there, a part of that moment?
_BATCH = 2000
DERIVED: dict[str, Callable[[Connection], None]] = {  # made anew from many records at once
    "standing": standing.refresh_all,
    "undone": undone.refresh_all,
    **dict.fromkeys(looked_after.TABLES, looked_after.refresh_all),
}


@contextmanager
def scratch(path: Path, *, keep: bool = False) -> Iterator[Connection]:
    """Yield an empty register in a new file at `path`, built for speed, which is removed afterwards.

    With `keep` a register that was filled without a fault stays, with its indexes, for others to read.
    """
    _remove(path)
    connection = sqlite.open_writer(path)
    try:
        migrations.migrate(connection)
        for pragma in ("journal_mode=MEMORY", "synchronous=OFF", "foreign_keys=OFF", "cache_size=-64000"):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        query = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
        indexes = connection.execute(query).fetchall()
        for name, _sql in indexes:
            connection.execute(f"DROP INDEX {name}")
        connection.execute("BEGIN")
        yield connection
        if keep:
            for _name, sql in indexes:
                connection.execute(sql)
            connection.execute("COMMIT")
    except BaseException:
        keep = False
        raise
    finally:
        connection.close()
        if not keep:
            _remove(path)


def replay(live: Connection, target: Connection, tick: Tick, known: Known | None = None) -> Iterator[Msg]:
    """Apply every entry of the log to `target`; yield entries that cannot be applied.

    With `known` only the entries it knows: the register as it was then.
    """
    pending: dict[str, list[tuple[Any, ...]]] = {}
    refused: list[str] = []  # uids of records that no table takes
    columns = {entity: list(registry.model(entity).fields()) for entity in registry.ENTITIES}

    def flush(entity: str) -> None:
        names, rows = columns[entity], pending.pop(entity, [])
        insert = f"INSERT INTO {entity} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
        target.execute("SAVEPOINT flush")
        try:
            target.executemany(insert, rows)
        except (sqlite.Error, ValueError, TypeError):
            target.execute("ROLLBACK TO flush")
            for row in rows:  # all but those that cannot be
                try:
                    target.execute(insert, row)
                except (sqlite.Error, ValueError, TypeError):
                    refused.append(str(row[0]))
        target.execute("RELEASE flush")

    found = 0
    query = "SELECT seq, device, device_seq, entity, uid, kind, fields FROM change ORDER BY seq"
    for number, row in enumerate(live.execute(query)):
        if number % _BATCH == 0:
            tick(number)
        if known is not None and not known(row["device"], row["device_seq"]):
            continue
        entity = row["entity"]
        try:
            fields = json.loads(row["fields"])
            if row["kind"] == "add":
                pending.setdefault(entity, []).append(tuple(fields.get(name) for name in columns[entity]))
                if len(pending[entity]) >= _BATCH:
                    flush(entity)
            else:
                flush(entity)
                _apply(target, row, fields)
        except (LookupError, ValueError, TypeError, AttributeError, RecursionError, sqlite.Error) as error:
            found += 1
            if found <= MANY:
                yield Msg(N_("Entry {number} of the change log cannot be replayed ({reason})"),
                          number=row["seq"], reason=type(error).__name__)  # fmt: skip
    for entity in list(pending):
        flush(entity)
    for uid in refused[:MANY]:
        yield Msg(N_("{uid} cannot be made again from the change log"), uid=uid)


def _apply(target: Connection, row: Any, fields: dict[str, Any]) -> None:
    if row["kind"] == "remove":
        target.execute(f"DELETE FROM {row['entity']} WHERE uid = ?", (row["uid"],))
        return
    known = registry.model(row["entity"]).fields()
    names = [name for name in fields if name in known]
    target.execute(
        f"UPDATE {row['entity']} SET {', '.join(f'{name} = ?' for name in names)} WHERE uid = ?",
        [*(fields[name][1] for name in names), row["uid"]],
    )


def differences(live: Connection, target: Connection, tick: Tick) -> Iterator[Msg]:
    """Yield records in which the live tables and the replayed ones differ, by uid, in stored values."""
    compared = 0
    for entity in registry.ENTITIES:
        names = ", ".join(registry.model(entity).fields())
        query = f"SELECT {names} FROM {entity} ORDER BY uid"
        pairs = _paired(live.execute(query), target.execute(query))
        found = 0
        for uid, mine, replayed in pairs:
            compared += 1
            if compared % _BATCH == 0:
                tick(compared)
            if mine == replayed:
                continue
            found += 1
            if found <= MANY:
                yield _difference(entity, uid, mine, replayed)


def _paired(left: Any, right: Any) -> Iterator[tuple[str, tuple[Any, ...] | None, tuple[Any, ...] | None]]:
    """Walk along two lists of rows ordered by their first column, side by side."""
    mine, other = next(left, None), next(right, None)
    while mine is not None or other is not None:
        if mine is not None and (other is None or mine[0] < other[0]):
            yield mine[0], tuple(mine), None
            mine = next(left, None)
        elif other is not None and (mine is None or other[0] < mine[0]):
            yield other[0], None, tuple(other)
            other = next(right, None)
        elif mine is not None and other is not None:
            yield mine[0], tuple(mine), tuple(other)
            mine, other = next(left, None), next(right, None)


def _difference(entity: str, uid: str, mine: tuple[Any, ...] | None, replayed: tuple[Any, ...] | None) -> Msg:
    if mine is None:
        return Msg(N_("{table} {uid} is missing: the change log has it"), table=entity, uid=uid)
    if replayed is None:
        return Msg(N_("{table} {uid} is not in the change log"), table=entity, uid=uid)
    names = list(registry.model(entity).fields())
    wrong = [name for name, one, two in zip(names, mine, replayed, strict=True) if one != two]
    return Msg(
        N_("{table} {uid}: {fields} is not what the change log says"), table=entity, uid=uid, fields=", ".join(wrong)
    )


def reindex(connection: Connection, entity: str, tick: Tick) -> None:
    """Make what is derived from one table anew."""
    if entity in DERIVED:
        DERIVED[entity](connection)
        return
    if entity in FTS_COLUMNS:
        connection.execute(f"INSERT INTO {entity}_fts ({entity}_fts) VALUES ('delete-all')")
    connection.execute("DELETE FROM pinyin WHERE entity = ?", (entity,))
    names = search.Names(connection)
    last, number = 0, 0
    while page := connection.execute(
        f"SELECT * FROM {entity} WHERE id > ? ORDER BY id LIMIT {_BATCH}", (last,)
    ).fetchall():
        search.index_many(connection, entity, [(row["id"], row) for row in page], names)
        last, number = page[-1]["id"], number + len(page)
        tick(number)


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
