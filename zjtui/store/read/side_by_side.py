"""A look over a whole province by two readers at once: a laptop has two cores, and each part is asked on its own."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import TypeVar

from zjtui.store import sqlite
from zjtui.store.sqlite import Connection

Part = TypeVar("Part")
Found = TypeVar("Found")
_SOON = 0.01  # seconds
_WIDE = 20_000  # projects from which on a second reader costs less than it spares


def look(
    connection: Connection, parts: Sequence[Part], one: Callable[[Connection, Part], Found]
) -> Iterator[tuple[Part, Found]]:
    """Yield (part, what `one` returns of it) of all parts, in the order in which they are done.

    The dearest parts come first: each reader takes the next one that is left. Of a small register one reads it all.
    """
    path = _path(connection)
    if not path or len(parts) < 2 or not _is_wide(connection):
        for part in parts:
            yield part, one(connection, part)
        return
    other = sqlite.open_reader(path)
    try:
        with sqlite.roomy(other):
            yield from _both(connection, other, deque(parts), one)
    finally:
        other.close()


def _both(
    connection: Connection, other: Connection, left: deque[Part], one: Callable[[Connection, Part], Found]
) -> Iterator[tuple[Part, Found]]:
    beside: deque[tuple[Part, Found]] = deque()

    def of(reader: Connection) -> Iterator[tuple[Part, Found]]:
        while left:
            try:
                part = left.popleft()
            except IndexError:  # the other one took the last
                return
            yield part, one(reader, part)

    with ThreadPoolExecutor(1, thread_name_prefix="beside") as pool:
        working = pool.submit(lambda: beside.extend(of(other)))
        try:
            for found in of(connection):
                yield found
                while beside:
                    yield beside.popleft()
            working.result()
        finally:  # whoever asked went away, or something failed: nothing more is begun
            left.clear()
            while not wait([working], _SOON).done:  # an interrupt ends only what is being read at that moment
                other.interrupt()
    yield from beside


def _path(connection: Connection) -> Path | None:
    name = connection.execute("SELECT file FROM pragma_database_list WHERE name = 'main'").fetchone()[0]
    return Path(name) if name else None


def _is_wide(connection: Connection) -> bool:
    return (connection.execute("SELECT max(id) FROM project").fetchone()[0] or 0) >= _WIDE
