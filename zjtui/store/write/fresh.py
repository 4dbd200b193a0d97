"""What is derived from the records, compared with the same made anew in a file of its own, row by row."""

from collections.abc import Callable, Iterator
from typing import Any

from zjtui.domain import registry
from zjtui.errors import Msg
from zjtui.i18n import N_
from zjtui.store import looked_after, search, standing
from zjtui.store.first_tables import FTS_COLUMNS
from zjtui.store.sqlite import Connection
from zjtui.store.write import replay

Tick = Callable[[int], None]
_BATCH = 5000


def differences(live: Connection, target: Connection, tick: Tick) -> Iterator[tuple[str, Msg]]:
    """Yield (what to make anew, problem) where full text, pinyin or the years' sums are not what the records say.

    `target` is an empty register; it is filled with the records as they stand in `live`, under the same numbers.
    """
    _copy_records(live, target)
    for entity in {*FTS_COLUMNS, *search.PINYIN_NAMES}:
        replay.reindex(target, entity, tick)
    standing.refresh_all(target)
    looked_after.refresh_all(target)
    for entity in FTS_COLUMNS:
        query = _words(live, target, entity)
        yield from _told(
            entity, live, target, query, N_("The full text of {table}: {count} words are not its records'")
        )
    for entity in search.PINYIN_NAMES:
        query = f"SELECT id, sort_key, initials FROM pinyin WHERE entity = '{entity}' ORDER BY id"
        yield from _told(entity, live, target, query, N_("The pinyin of {table}: {count} are not its records'"))
    query = f"SELECT {', '.join(standing.COLUMNS)} FROM standing ORDER BY year, id"
    text = N_("The sums of the years: {count} are not those of the plans and reports")
    yield from _told("standing", live, target, query, text)
    for table, columns in looked_after.TABLES.items():
        query = f"SELECT {', '.join(columns)} FROM {table} ORDER BY 1, 2"
        text = N_("What is known of visits and contacts: {count} are not what the records say")
        yield from _told(table, live, target, query, text)


def _copy_records(live: Connection, target: Connection) -> None:
    for entity in registry.ENTITIES:
        names = ["id", *registry.model(entity).fields()]
        target.execute(f"DELETE FROM {entity}")
        rows = live.execute(f"SELECT {', '.join(names)} FROM {entity} ORDER BY id")
        marks = ", ".join("?" * len(names))
        while page := rows.fetchmany(_BATCH):
            target.executemany(
                f"INSERT INTO {entity} ({', '.join(names)}) VALUES ({marks})", [tuple(row) for row in page]
            )


def _words(live: Connection, target: Connection, entity: str) -> str:
    """Return the query for every word of an index with its place; it can be read in that order alone."""
    for connection in (live, target):
        words = f"USING fts5vocab('main', '{entity}_fts', 'instance')"
        connection.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{entity}_words {words}")
    return f"SELECT term, doc, col, offset FROM temp.{entity}_words"


def _told(entity: str, live: Connection, target: Connection, query: str, msgid: str) -> Iterator[tuple[str, Msg]]:
    count = _unlike(live.execute(query), target.execute(query))
    if count:
        yield entity, Msg(msgid, table=entity, count=count)


def _unlike(one: Any, other: Any) -> int:
    """Return in how many rows two lists of the same order differ."""
    left, right, count = one.fetchone(), other.fetchone(), 0
    while left is not None or right is not None:
        mine, its = left and tuple(left), right and tuple(right)
        if mine == its:
            left, right = one.fetchone(), other.fetchone()
            continue
        count += 1
        if right is None or (left is not None and mine < its):
            left = one.fetchone()
        elif left is None or its < mine:
            right = other.fetchone()
    return count
