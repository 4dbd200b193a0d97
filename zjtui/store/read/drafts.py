"""Drafts left open."""

import json
from typing import Any

from zjtui.store.sqlite import Connection


def one(connection: Connection, key: str) -> dict[str, str] | None:
    """Return the texts typed under `key`, or None; a draft that cannot be read never blocks a form."""
    row = connection.execute("SELECT typed FROM draft WHERE key = ?", (key,)).fetchone()
    return typed(row["typed"]) if row else None


def everything(connection: Connection) -> list[dict[str, Any]]:
    """Return all drafts, newest first, as {key, form, subject, typed, at}."""
    rows = connection.execute("SELECT * FROM draft ORDER BY at DESC, key").fetchall()
    return [{**dict(row), "typed": typed(row["typed"]) or {}} for row in rows]


def typed(text: str) -> dict[str, str] | None:
    """Return the texts of a draft's fields as they are stored, or None where they cannot be read."""
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else None
