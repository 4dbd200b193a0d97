"""Full-text search that finds Chinese substrings of any length: every character is a token, a query is a phrase."""

import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from zjtui.domain import pinyin
from zjtui.store.first_tables import FTS_COLUMNS
from zjtui.store.sqlite import Connection

PINYIN_NAMES = {"project": "name", "org": "name", "person": "name", "region": "name_zh", "policy": "title_text"}
PINYIN_INSERT = "INSERT OR REPLACE INTO pinyin (entity, id, sort_key, initials) VALUES (?, ?, ?, ?)"
_BODIES = {
    "follow_up": ("findings", "advice", "promised", "progress_seen", "units"),
    "issue": ("no", "title_text", "detail", "measure", "outcome", "verify_note"),
}


def tokens(text: object) -> str:
    """Return `text` as one token per letter, digit or Han character."""
    folded = unicodedata.normalize("NFKC", str(text or "")).casefold()
    return " ".join(filter(str.isalnum, folded))


def phrase(query: str) -> str | None:
    """Return the FTS query for `query`: each word of it as a substring. None where it has no letter or digit."""
    words = [tokens(word) for word in unicodedata.normalize("NFKC", query).split()]
    return " AND ".join(f'"{word}"' for word in words if word) or None


@lru_cache
def indexed_columns(entity: str) -> frozenset[str]:
    """Return the columns from which the index of `entity` is made: only a change of one of them calls for it."""
    named = {PINYIN_NAMES[entity]} if entity in PINYIN_NAMES else set()
    projects = ("name", "short_name", "code", "owner_org", "region_code", "site") if entity == "project" else ()
    return frozenset({*named, *projects, *_BODIES.get(entity, ())})


class Names:
    """Names that the index of other records needs; kept for as long as this object lives."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._owners: dict[str | None, str] = {None: ""}
        self._places: dict[str, str] = {}
        self._stems: tuple[str, ...] | None = None

    @property
    def stems(self) -> tuple[str, ...]:
        """The names of the regions in the register, for reading pinyin piece by piece."""
        if self._stems is None:
            names = tuple(row[0] for row in self._connection.execute("SELECT name_zh FROM region ORDER BY uid"))
            self._stems = _stems(names)
        return self._stems

    def owner(self, uid: str | None) -> str:
        """Return the name and short name of an organisation."""
        if uid not in self._owners:
            row = self._connection.execute("SELECT name, short FROM org WHERE uid = ?", (uid,)).fetchone()
            self._owners[uid] = f"{row['name']} {row['short'] or ''}" if row else ""
        return self._owners[uid]

    def note(self, org: Mapping[str, Any]) -> None:
        """Take an organisation into account that is being added."""
        self._owners[org["uid"]] = f"{org['name']} {org['short'] or ''}"

    def place(self, code: str) -> str:
        """Return the names of a region and of the city it belongs to."""
        if code not in self._places:
            row = self._connection.execute(
                "SELECT p.name_zh, r.name_zh, r.name_en FROM region r LEFT JOIN region p ON p.uid = r.parent "
                "WHERE r.uid = ?",
                (code,),
            ).fetchone()
            self._places[code] = " ".join(str(part) for part in row if part) if row else ""
        return self._places[code]


@lru_cache(maxsize=4)
def _stems(names: tuple[str, ...]) -> tuple[str, ...]:
    return pinyin.place_stems(names)


def derived(entity: str, row: Mapping[str, Any], names: Names) -> tuple[tuple[str, str] | None, tuple[str, ...] | None]:
    """Return what is derived from a stored row: its pinyin (sort key, initials) and its full-text columns."""
    stems = names.stems if entity in PINYIN_NAMES and entity != "region" else ()  # a region's name is one itself
    key = pinyin.keys(row[PINYIN_NAMES[entity]], stems) if entity in PINYIN_NAMES else None
    if entity == "project":
        initials = key[1] if key else ""
        return key, (
            tokens(f"{row['name']} {row['short_name'] or ''}"),
            tokens(row["code"]),
            tokens(names.owner(row["owner_org"])),
            tokens(f"{names.place(row['region_code'])} {row['site'] or ''}"),
            " ".join(initials),
        )
    if entity in _BODIES:
        return key, (tokens(" · ".join(str(row[name]) for name in _BODIES[entity] if row[name])),)
    return key, None


def index(connection: Connection, entity: str, row_id: int, row: Mapping[str, Any]) -> None:
    """Bring what is derived from a stored row up to date."""
    if entity in FTS_COLUMNS:
        connection.execute(f"DELETE FROM {entity}_fts WHERE rowid = ?", (row_id,))
    index_many(connection, entity, [(row_id, row)], Names(connection))


def index_many(
    connection: Connection, entity: str, stored: Iterable[tuple[int, Mapping[str, Any]]], names: Names
) -> None:
    """Add what is derived from stored rows, given as (id, row), that are not in the index."""
    found = [(row_id, *derived(entity, row, names)) for row_id, row in stored]
    keys = [(entity, row_id, *key) for row_id, key, _columns in found if key]
    texts = [(row_id, *columns) for row_id, _key, columns in found if columns]
    if keys:
        connection.executemany(PINYIN_INSERT, keys)
    if texts:
        connection.executemany(fts_insert(entity), texts)


def fts_insert(entity: str) -> str:
    """Return the statement that inserts the full-text columns of one row."""
    marks = ", ".join("?" * len(FTS_COLUMNS[entity]))
    return f"INSERT INTO {entity}_fts (rowid, {', '.join(FTS_COLUMNS[entity])}) VALUES (?, {marks})"


def forget(connection: Connection, entity: str, row_id: int) -> None:
    """Drop what is derived from a row that is going away."""
    if entity in PINYIN_NAMES:
        connection.execute("DELETE FROM pinyin WHERE entity = ? AND id = ?", (entity, row_id))
    if entity in FTS_COLUMNS:
        connection.execute(f"DELETE FROM {entity}_fts WHERE rowid = ?", (row_id,))


def reindex_owned(connection: Connection, org_uid: str) -> None:
    """Bring the projects of an owner up to date after its name changed."""
    for row in connection.execute("SELECT * FROM project WHERE owner_org = ?", (org_uid,)).fetchall():
        index(connection, "project", row["id"], row)
