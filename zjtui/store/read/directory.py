"""Short lists that belong to no single project's page: people, units, policies; needs, promises, contacts of all."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from zjtui.domain import registry
from zjtui.domain.fields import F, Kind
from zjtui.i18n import N_
from zjtui.store.read.records import with_names
from zjtui.store.rows import decode
from zjtui.store.search import PINYIN_NAMES
from zjtui.store.sqlite import Connection

SECTIONS = ("person", "org", "policy", "element_need", "policy_match", "promise", "contact")
_COUNTS = {
    "person": "(SELECT count(*) FROM contact WHERE person_uid = t.uid AND to_date IS NULL)",
    "policy": "(SELECT count(*) FROM policy_match WHERE policy_uid = t.uid)",
    "org": "(SELECT count(*) FROM project WHERE owner_org = t.uid)",
    "element_need": "max(t.need - t.secured, 0)",
    "policy_match": "julianday(t.granted_on) - julianday(t.informed_on)",
}
FIGURES = {
    "person": F(N_("Projects"), Kind.INT, width=8),
    "policy": F(N_("Matches"), Kind.INT, width=8),
    "org": F(N_("Projects owned"), Kind.INT, width=8),
    "element_need": F(N_("Gap"), Kind.NUMBER, width=10),
    "policy_match": F(N_("Days to grant"), Kind.INT, width=8),
}
_STATES = {"element_need": "t.state", "promise": "t.state", "policy_match": "t.state"}
_ORDERS = {
    "element_need": "t.state = 'secured', t.needed_by IS NULL, t.needed_by, t.id",
    "promise": "t.state <> 'open', t.due_on IS NULL, t.due_on, t.id",
    "policy_match": "t.state, t.id",
    "contact": "t.to_date IS NOT NULL, t.person_uid, t.id",
}


@dataclass(frozen=True)
class DirectoryQuery:
    """Which list is shown, and what of it: a text, one state, and the projects that a person contacts."""

    section: str = SECTIONS[0]
    text: str = ""
    state: str = ""
    mine: str = ""


def ids(connection: Connection, query: DirectoryQuery) -> "array[int]":
    """Return the local ids of the records that the text fits: by name and initials, or by their project."""
    entity, wanted = query.section, query.text.strip().casefold()
    if entity in PINYIN_NAMES:
        title = PINYIN_NAMES[entity]
        rows = connection.execute(
            f"SELECT t.id FROM {entity} t JOIN pinyin k ON k.entity = ?1 AND k.id = t.id "
            f"WHERE ?2 = '' OR instr(lower(t.{title}), ?2) OR instr(k.initials, ?2) ORDER BY k.sort_key, t.id",
            (entity, wanted),
        )
    else:
        rows = connection.execute(
            f"SELECT t.id FROM {entity} t JOIN project p ON p.uid = t.project_uid "
            f"WHERE (?1 = '' OR instr(lower(p.name), ?1)) AND (?2 = '' OR {_STATES.get(entity, '?2')} = ?2) "
            "AND (?3 = '' OR p.uid IN (SELECT project_uid FROM contact WHERE person_uid = ?3 AND to_date IS NULL)) "
            f"ORDER BY {_ORDERS[entity]}",
            (wanted, query.state, query.mine),
        )
    return array("q", (row[0] for row in rows))


def rows(connection: Connection, entity: str, wanted: Sequence[int]) -> list[dict[str, Any]]:
    """Return the records with the local ids `wanted`, in that order, with `figure` beside the fields."""
    kind = registry.model(entity)
    marks = ", ".join(str(int(number)) for number in wanted)
    figure = _COUNTS.get(entity, "NULL")
    by_id = {
        row["id"]: {"id": row["id"], **decode(kind, row), "figure": row["figure"]}
        for row in connection.execute(f"SELECT t.*, {figure} AS figure FROM {entity} t WHERE t.id IN ({marks})")
    }
    page = [by_id[number] for number in wanted if number in by_id]
    return with_names(connection, entity, page)


def element_sums(connection: Connection) -> list[tuple[str, float, float, float]]:
    """Return (element, need, secured, gap) of every element in its own unit; sums never run across units."""
    found = connection.execute(
        "SELECT element, sum(need), sum(min(secured, need)), sum(max(need - secured, 0)) FROM element_need "
        "GROUP BY element ORDER BY element"
    )
    return [tuple(row) for row in found]
