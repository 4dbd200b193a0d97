"""Full-text search that finds Chinese substrings of any length: every character is a token, a query is a phrase."""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from zjtui.domain import pinyin
from zjtui.store.migrations import FTS_COLUMNS as FTS_COLUMNS
from zjtui.store.sqlite import Connection

PINYIN_NAMES = {"project": "name", "org": "name", "person": "name", "region": "name_zh", "policy": "title_text"}
_BODIES = {
    "follow_up": ("findings", "advice", "promised", "progress_seen", "units"),
    "issue": ("no", "title_text", "detail", "measure", "outcome", "verify_note"),
}


def tokens(text: object) -> str:
    """Return `text` as one token per letter, digit or Han character."""
    folded = unicodedata.normalize("NFKC", str(text or "")).casefold()
    return " ".join(char for char in folded if char.isalnum())


def phrase(query: str) -> str | None:
    """Return the FTS query for `query`: each word of it as a substring. None where it has no letter or digit."""
    words = [tokens(word) for word in unicodedata.normalize("NFKC", query).split()]
    return " AND ".join(f'"{word}"' for word in words if word) or None


def places(connection: Connection) -> tuple[str, ...]:
    """Return the names of the regions in the register, for reading pinyin piece by piece."""
    names = tuple(row[0] for row in connection.execute("SELECT name_zh FROM region ORDER BY uid"))
    return _stems(names)


@lru_cache(maxsize=4)
def _stems(names: tuple[str, ...]) -> tuple[str, ...]:
    return pinyin.place_stems(names)


def index(connection: Connection, entity: str, row_id: int, row: Mapping[str, Any], *, known: bool = True) -> None:
    """Bring what is derived from a stored row up to date; `known` says that the row may be indexed already."""
    initials = ""
    if entity in PINYIN_NAMES:
        key, initials = pinyin.keys(row[PINYIN_NAMES[entity]], places(connection))
        connection.execute("INSERT OR REPLACE INTO pinyin VALUES (?, ?, ?, ?)", (entity, row_id, key, initials))
    if entity in FTS_COLUMNS:
        if known:
            connection.execute(f"DELETE FROM {entity}_fts WHERE rowid = ?", (row_id,))
        columns = _columns(connection, entity, row, initials)
        marks = ", ".join("?" * len(columns))
        connection.execute(
            f"INSERT INTO {entity}_fts (rowid, {', '.join(FTS_COLUMNS[entity])}) VALUES (?, {marks})",
            (row_id, *columns),
        )


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


def _columns(connection: Connection, entity: str, row: Mapping[str, Any], initials: str) -> tuple[str, ...]:
    if entity != "project":
        return (tokens(" · ".join(str(row[name]) for name in _BODIES[entity] if row[name])),)
    owner = connection.execute("SELECT name, short FROM org WHERE uid = ?", (row["owner_org"],)).fetchone()
    region = connection.execute(
        "SELECT r.name_zh, r.name_en, p.name_zh AS city FROM region r LEFT JOIN region p ON p.uid = r.parent "
        "WHERE r.uid = ?",
        (row["region_code"],),
    ).fetchone()
    place = [region["city"], region["name_zh"], region["name_en"]] if region else []
    return (
        tokens(f"{row['name']} {row['short_name'] or ''}"),
        tokens(row["code"]),
        tokens(f"{owner['name']} {owner['short'] or ''}") if owner else "",
        tokens(" ".join(str(part) for part in [*place, row["site"]] if part)),
        initials and " ".join(initials),
    )
