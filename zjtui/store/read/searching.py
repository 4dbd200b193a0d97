"""Words anywhere in the register: in projects, issues and follow-ups, newest first."""

import unicodedata
from collections.abc import Iterable
from typing import Any

from zjtui.store.search import phrase
from zjtui.store.sqlite import Connection

ENTITIES = ("project", "issue", "follow_up")
_COLUMNS = {  # of t, the record, and p, its project
    "project": "t.uid AS project_uid, t.name AS project_name, '' AS day, t.name AS title, "
    "coalesce(t.code || ' · ', '') || coalesce(t.site, '') AS body",
    "issue": "t.project_uid, p.name AS project_name, t.found_on AS day, t.no || ' ' || t.title_text AS title, "
    "concat_ws(' · ', t.title_text, t.detail, t.measure, t.outcome, t.verify_note) AS body",
    "follow_up": "t.project_uid, p.name AS project_name, t.visit_date AS day, p.name AS title, "
    "concat_ws(' · ', t.findings, t.advice, t.promised, t.progress_seen, t.units) AS body",
}
_AROUND = 40  # characters shown before a hit


def find(
    connection: Connection, text: str, entities: Iterable[str] = ENTITIES, limit: int = 50
) -> list[dict[str, Any]]:
    """Return at most `limit` records of each kind in which every word of `text` occurs, newest first.

    Each is {entity, uid, project_uid, project_name, day, title, text}; `text` is the part around the first word.
    The newest are taken inside the index, so that a common word costs no more than a rare one.
    """
    query = phrase(text)
    if query is None:
        return []
    found = []
    for entity in entities:
        joined = "" if entity == "project" else "LEFT JOIN project p ON p.uid = t.project_uid "
        rows = connection.execute(
            f"SELECT t.uid, {_COLUMNS[entity]} FROM (SELECT rowid AS hit FROM {entity}_fts WHERE {entity}_fts MATCH ? "
            f"ORDER BY rowid DESC LIMIT ?) JOIN {entity} t ON t.id = hit {joined}ORDER BY hit DESC",
            (query, limit),
        )
        for row in rows:
            hit = {"entity": entity, **dict(row), "text": around(row["body"], text)}
            hit.pop("body")
            found.append(hit)
    return found


def around(body: str, text: str, length: int = 160) -> str:
    """Return the part of `body` around the first word of `text`, on one line."""
    flat = " ".join(body.split())
    words = unicodedata.normalize("NFKC", text).casefold().split()
    at = flat.casefold().find(words[0]) if words else -1
    start = max(at - _AROUND, 0)
    cut = flat[start : start + length]
    return ("…" if start else "") + cut + ("…" if start + length < len(flat) else "")
