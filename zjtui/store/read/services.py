"""The list of green-channel services across projects, each with its clock."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from zjtui.domain import told
from zjtui.domain.fields import F, Kind
from zjtui.domain.limits import Limits
from zjtui.domain.overtime import OVERTIME
from zjtui.domain.region import subtree
from zjtui.domain.service import Service
from zjtui.domain.service_clock import LIGHTS, line, shown
from zjtui.domain.service_codes import OPEN_STATES, STATES
from zjtui.i18n import N_
from zjtui.store.read.records import with_names
from zjtui.store.rows import decode
from zjtui.store.search import phrase
from zjtui.store.sqlite import Connection

FIGURES = {
    "light": F(N_("Light"), Kind.CODE, codes=LIGHTS, width=6, listed=True),
    "used_days": F(N_("Days used"), Kind.INT, width=5, short=N_("column|Used"), listed=True),
    "days_left": F(N_("Time left"), Kind.INT, width=5, words=told.left, listed=True),
    "due_on": F(N_("Due on"), Kind.DATE, width=10, listed=True),
    "department": F(N_("Days with the department (calendar)"), Kind.INT, width=6, short=N_("column|Dept.")),
    "owner": F(N_("Days with the owner (calendar)"), Kind.INT, width=6, short=N_("column|Owner")),
    "third": F(N_("Days with third parties (calendar)"), Kind.INT, width=6, short=N_("column|Third")),
    "waiting": F(N_("Days awaiting acceptance (calendar)"), Kind.INT, width=6, short=N_("column|Wait")),
    "overtime": F(N_("Counts as overtime"), Kind.CODES, codes=OVERTIME, width=20),
    "note": F(N_("Note"), width=20),
}
COLUMNS = {**Service.fields(), **FIGURES}
_OPEN = ", ".join(f"'{state}'" for state in OPEN_STATES)


@dataclass(frozen=True)
class ServiceQuery:
    """Which services are shown, and in which order. `show` is "open", "documents", "" for all, or a state."""

    text: str = ""
    show: str = "open"
    kind: str = ""
    region: str = ""
    project: str = ""
    unit: str = ""
    mine: str = ""
    sort: str = "days_left"
    descending: bool = False


def ids(connection: Connection, query: ServiceQuery, today: date, limits: Limits) -> "array[int]":
    """Return the local ids of the services of `query` in its order; sorting by a clock's figure works all out."""
    where, values = _where(query)
    if query.sort not in FIGURES:
        expression = _order(query)
        rows = connection.execute(f"SELECT s.id FROM service s WHERE {where} ORDER BY {expression}", values)
        return array("q", (row[0] for row in rows))
    found = []
    for row in connection.execute(f"SELECT s.* FROM service s WHERE {where} ORDER BY s.id", values):
        value = shown(decode(Service, row), today, limits)[query.sort]
        found.append((value is None or value == [], value if value is not None else 0, row["id"]))
    known = sorted((item for item in found if not item[0]), key=lambda item: item[1:], reverse=query.descending)
    return array("q", (item[2] for item in [*known, *(item for item in found if item[0])]))


def rows(connection: Connection, wanted: Sequence[int], today: date, limits: Limits) -> list[dict[str, Any]]:
    """Return the services with the local ids `wanted`, in that order, as {column: value} with {field}_name."""
    marks = ", ".join(str(int(number)) for number in wanted)
    by_id = {}
    for row in connection.execute(f"SELECT * FROM service WHERE id IN ({marks})"):
        values = decode(Service, row)
        by_id[row["id"]] = {"id": row["id"], **values, **shown(values, today, limits)}
    page = [by_id[number] for number in wanted if number in by_id]
    return with_names(connection, "service", page)


def summary(connection: Connection, wanted: Iterable[int], today: date, limits: Limits) -> dict[str, int]:
    """Return how many services there are, and how many of them have which light."""
    counts = {"services": 0, **dict.fromkeys(LIGHTS, 0)}
    marks = ", ".join(str(int(number)) for number in wanted)
    for row in connection.execute(f"SELECT * FROM service WHERE id IN ({marks})"):
        counts["services"] += 1
        counts[line(decode(Service, row), today, limits)["light"] or "grey"] += 1
    return counts


def of_project(connection: Connection, project_uid: str) -> list[dict[str, Any]]:
    """Return the services of one project as they are, for its 90-day strip."""
    found = connection.execute("SELECT * FROM service WHERE project_uid = ? ORDER BY id", (project_uid,)).fetchall()
    return with_names(connection, "service", [{"id": row["id"], **decode(Service, row)} for row in found])


def _order(query: ServiceQuery) -> str:
    direction = "DESC" if query.descending else "ASC"
    if query.sort == "state":
        cases = " ".join(f"WHEN '{code}' THEN {number}" for number, code in enumerate(STATES))
        return f"CASE s.state {cases} ELSE 99 END {direction}, s.id {direction}"
    names = {
        "project_uid": "(SELECT name FROM project WHERE uid = s.project_uid)",
        "dept": "(SELECT name FROM org WHERE uid = s.dept)",
    }
    column = names.get(query.sort, f"s.{query.sort}" if query.sort in Service.fields() else "s.id")
    return f"{column} {direction} NULLS LAST, s.id {direction}"


def _where(query: ServiceQuery) -> tuple[str, dict[str, Any]]:
    parts, values = ["1"], dict[str, Any]()
    if query.text.strip():
        parts.append(
            "(s.project_uid IN (SELECT uid FROM project WHERE id IN "
            "(SELECT rowid FROM project_fts WHERE project_fts MATCH :text)) OR instr(coalesce(s.doc_no, ''), :plain) "
            "OR s.dept IN (SELECT uid FROM org WHERE instr(name, :plain)))"
        )
        values |= {"text": phrase(query.text) or '"\x01"', "plain": query.text.strip()}
    if query.show == "open":
        parts.append(f"s.state IN ({_OPEN})")
    elif query.show == "documents":
        parts.append("s.missing_docs <> '[]' AND s.state NOT IN ('refused', 'withdrawn')")
    elif query.show:
        parts.append("s.state = :state")
        values["state"] = query.show
    for name, chosen in {"kind": query.kind, "project_uid": query.project, "dept": query.unit}.items():
        if chosen:
            parts.append(f"s.{name} = :{name}")
            values[name] = chosen
    if query.region:
        parts.append("s.project_uid IN (SELECT uid FROM project WHERE region_code BETWEEN :region_from AND :region_to)")
        values["region_from"], values["region_to"] = subtree(query.region)
    if query.mine:
        parts.append("s.project_uid IN (SELECT project_uid FROM contact WHERE person_uid = :mine AND to_date IS NULL)")
        values["mine"] = query.mine
    return " AND ".join(parts), values
