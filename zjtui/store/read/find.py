"""Which record a person means: by uid, code, number, name, part of a name, or pinyin initials."""

from collections.abc import Mapping, Sequence
from typing import Any

from zjtui.domain import registry
from zjtui.domain.registry import HANGING
from zjtui.i18n import language
from zjtui.store.search import PINYIN_NAMES, phrase
from zjtui.store.sqlite import Connection

_NAMES = {
    "region": ("name_zh", "name_en"),
    "org": ("name", "short"),
    "person": ("name",),
    "policy": ("title_text", "doc_no"),
    "freeze": ("name",),
    "report_template": ("name",),
    "project": ("name", "short_name", "code"),
    "issue": ("no", "title_text"),
}
_TITLES = {
    "issue": "title_text", "policy": "title_text", "follow_up": "visit_date", "promise": "text", "service": "kind",
    "monthly_report": "month", "annual_plan": "year", "contact": "role", "element_need": "element",
    "policy_match": "policy_uid", "visit_plan": "day", "set_aside": "kind", "question": "rule",
    "sent": "file_name", "correction": "reason",
}  # fmt: skip


def local_id(connection: Connection, entity: str, uid: str) -> int | None:
    """Return the local id of a record, None where `entity` has no such record."""
    row = connection.execute(f"SELECT id FROM {entity} WHERE uid = ?", (uid,)).fetchone()
    return row[0] if row else None


def exact(connection: Connection, entity: str, text: str) -> list[str]:
    """Return the uids of the records whose uid, or one of whose names, is `text`."""
    if connection.execute(f"SELECT 1 FROM {entity} WHERE uid = ?", (text,)).fetchone():
        return [text]
    where = " OR ".join(f"{name} = ?1" for name in _NAMES.get(entity, ())) or "0"
    if entity == "region":
        where += " OR name_zh IN (?1 || '市', ?1 || '县', ?1 || '区', ?1 || '省')"
        where += " OR name_en LIKE ?1 || ' %'"
    rows = connection.execute(f"SELECT uid FROM {entity} WHERE {where} ORDER BY uid LIMIT 50", (text,))
    return [row[0] for row in rows]


def names_of(entity: str, row: Mapping[str, Any]) -> set[str]:
    """Return what a record is called, as `exact` finds it."""
    return {str(row[name]) for name in _NAMES.get(entity, ()) if row[name]}


def by_name(connection: Connection, entity: str) -> dict[str, str]:
    """Return what `exact` finds for every name there is, {name: uids, spaces between}: for whoever asks very often."""
    found: dict[str, str] = {}
    for row in connection.execute(f"SELECT uid, {', '.join(_NAMES[entity])} FROM {entity} ORDER BY uid"):
        for name in names_of(entity, row):
            join(found, name, row["uid"])
    return found


def join(index: dict[str, str], key: str, uid: str) -> None:
    """Note a uid under a key: as text, for a list for each of 100,000 keys takes as much room as the keys."""
    index[key] = f"{index[key]} {uid}" if key in index else uid


def beginning(connection: Connection, entity: str, text: str) -> list[str]:
    """Return the uids that are `text` or begin with it, at most two; fewer than eight characters mean nothing."""
    if len(text) < 8:
        return []
    rows = connection.execute(
        f"SELECT uid FROM {entity} WHERE uid >= ? AND uid < ? ORDER BY uid LIMIT 2", (text, text + "~")
    )
    return [row[0] for row in rows]


def uids(connection: Connection, entity: str, numbers: Sequence[int]) -> list[str]:
    """Return the uids of the records with the local ids `numbers`, in that order."""
    found: dict[int, str] = {}
    for start in range(0, len(numbers), 500):
        marks = ", ".join(str(int(number)) for number in numbers[start : start + 500])
        found |= {row[0]: row[1] for row in connection.execute(f"SELECT id, uid FROM {entity} WHERE id IN ({marks})")}
    return [found[number] for number in numbers if number in found]


def containing(connection: Connection, entity: str, text: str, limit: int = 10) -> list[str]:
    """Return the uids of the projects or issues in whose texts `text` occurs."""
    query = phrase(text)
    if query is None:
        return []
    rows = connection.execute(
        f"SELECT uid FROM {entity} WHERE id IN (SELECT rowid FROM {entity}_fts WHERE {entity}_fts MATCH ?) "
        "ORDER BY uid LIMIT ?",
        (query, limit),
    )
    return [row[0] for row in rows]


def title_of(entity: str) -> str:
    """Return the field that a record is called by."""
    return _TITLES.get(entity, "name")


def names(connection: Connection, entity: str, uids: set[str]) -> dict[str, str]:
    """Return the name of each uid that exists."""
    if not uids:
        return {}
    title = title_of(entity)
    if entity == "region":
        title = "name_zh" if language() == "zh" else "name_en"
    marks = ", ".join("?" * len(uids))
    rows = connection.execute(f"SELECT uid, {title} FROM {entity} WHERE uid IN ({marks})", list(uids)).fetchall()
    field = registry.model(entity).fields().get(title)
    if field and field.ref:  # it is called as what it refers to
        meant = names(connection, field.ref, {row[1] for row in rows})
        return {row[0]: meant.get(row[1], "") for row in rows}
    if field and field.codes:
        return {row[0]: field.codes.label(row[1]) for row in rows}
    return {row[0]: str(row[1]) for row in rows}


def both_names(connection: Connection, regions: set[str]) -> dict[str, dict[str, str]]:
    """Return the names of regions in both languages, {code: {"zh", "en"}}: for what is kept as it is told today."""
    marks = ", ".join("?" * len(regions))
    rows = connection.execute(f"SELECT uid, name_zh, name_en FROM region WHERE uid IN ({marks})", sorted(regions))
    return {row[0]: {"zh": row[1], "en": row[2]} for row in rows}


def own_region(connection: Connection, person: str) -> str:
    """Return the region of a person's unit, a code; "" of somebody without one."""
    row = connection.execute(
        "SELECT o.region_code FROM person p JOIN org o ON o.uid = p.org_uid WHERE p.uid = ?", (person,)
    ).fetchone()
    return str(row[0] or "") if row else ""


def recent_projects(connection: Connection, person: str, limit: int = 10) -> list[str]:
    """Return the uids of the projects that a person worked on last, the newest first, as the change log tells."""
    found: dict[str, None] = {}
    entries = connection.execute(
        "SELECT entity, uid FROM deed WHERE person = ? ORDER BY seq DESC LIMIT 200", (person,)
    ).fetchall()
    for entry in entries:
        if entry["entity"] == "project":
            uid = entry["uid"]
        elif entry["entity"] in HANGING:
            row = connection.execute(
                f"SELECT project_uid FROM {entry['entity']} WHERE uid = ?", (entry["uid"],)
            ).fetchone()
            uid = row[0] if row else None
        else:
            continue
        if uid and uid not in found and connection.execute("SELECT 1 FROM project WHERE uid = ?", (uid,)).fetchone():
            found[uid] = None
            if len(found) == limit:
                break
    return list(found)


def spelled(connection: Connection, entity: str, text: str, limit: int) -> list[dict[str, Any]]:
    """Return records as {uid, name} whose name in full pinyin, written in one word, contains `text`."""
    rows = connection.execute(
        f"SELECT r.uid, r.{PINYIN_NAMES[entity]} AS name FROM pinyin p JOIN {entity} r ON r.id = p.id "
        "WHERE p.entity = ?1 AND instr(replace(p.sort_key, ' ', ''), ?2) ORDER BY p.sort_key, r.id LIMIT ?3",
        (entity, "".join(text.casefold().split()), limit),
    )
    return [dict(row) for row in rows]


def choices(connection: Connection, entity: str, text: str = "", limit: int = 200) -> list[dict[str, Any]]:
    """Return records to choose from, as {uid, name, initials}: whose name or initials contain `text`.

    First come those that begin so.
    """
    if entity == "issue":
        rows = connection.execute(
            "SELECT uid, no || ' ' || title_text AS name, '' AS initials FROM issue "
            "WHERE instr(no || title_text, ?1) ORDER BY id DESC LIMIT ?2",
            (text, limit),
        )
        return [dict(row) for row in rows]
    if entity not in PINYIN_NAMES:
        title = title_of(entity)
        rows = connection.execute(
            f"SELECT uid, {title} AS name, '' AS initials FROM {entity} "
            f"WHERE ?1 = '' OR instr(lower({title}), ?1) ORDER BY id DESC LIMIT ?2",
            (text.strip().casefold(), limit),
        )
        return [dict(row) for row in rows]
    title, wanted = PINYIN_NAMES[entity], text.strip().casefold()
    fits = ["?2 = '' OR instr(lower(t.{title}), ?2) OR instr(p.initials, ?2) OR t.uid = ?2"]
    if wanted:  # what begins so comes first: it is what Tab takes
        fits.insert(0, "instr(lower(t.{title}), ?2) = 1 OR instr(p.initials, ?2) = 1 OR t.uid = ?2")
    found: dict[str, dict[str, Any]] = {}
    for condition in fits:
        if limit < 0 or len(found) < limit:
            rows = connection.execute(
                f"SELECT t.uid, t.{title} AS name, p.initials FROM {entity} t "
                f"JOIN pinyin p ON p.entity = ?1 AND p.id = t.id WHERE {condition.format(title=title)} "
                "ORDER BY p.sort_key, t.id LIMIT ?3",
                (entity, wanted, limit),
            )
            found |= {row["uid"]: dict(row) for row in rows if row["uid"] not in found}
    return list(found.values())[: limit if limit >= 0 else None]
