"""The list of issues across projects: filtered, grouped, sorted, read page by page."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from zjtui.domain.escalation import proposed
from zjtui.domain.figures import ISSUE_FIGURES
from zjtui.domain.issue import Issue, late_days
from zjtui.domain.issue_codes import OPEN_STATES, SEVERITIES, STATES
from zjtui.domain.limits import LIMITS
from zjtui.domain.region import subtree
from zjtui.store.read import find
from zjtui.store.rows import restore
from zjtui.store.search import phrase
from zjtui.store.sqlite import Connection

_OPEN = ", ".join(f"'{state}'" for state in OPEN_STATES)
_ALWAYS = (
    "id", "uid", "state", "due_on", "severity", "project_uid", "assigned_on", "found_on", "escalation",
)  # fmt: skip
COLUMNS = {**Issue.fields(), **ISSUE_FIGURES}
_RECHECKS = ("recheck_first", "recheck_second")
_UNSEEN = (
    "(date(i.closed_on, :{0}) <= :recheck_today AND NOT EXISTS (SELECT 1 FROM follow_up f "
    "WHERE f.project_uid = i.project_uid AND f.visit_date >= date(i.closed_on, :{0})))"
)
GROUPS = ("", "state", "lead_unit")


@dataclass(frozen=True)
class IssueQuery:
    """Which issues are shown, and in which order. `show` is "open", "late", "recheck" (closed, a re-check
    due), "" for all, or a state."""

    text: str = ""
    show: str = "open"
    kind: str = ""
    severity: str = ""
    region: str = ""
    project: str = ""
    unit: str = ""
    group: str = ""  # one of GROUPS
    sort: str = "due_on"
    descending: bool = False

    def is_filtered(self) -> bool:
        """Tell whether anything is left out."""
        return any((self.text, self.show, self.kind, self.severity, self.region, self.project, self.unit))


def ids(
    connection: Connection, query: IssueQuery, today: date, limit: int = -1, limits: Mapping[str, float] = LIMITS
) -> "array[int]":
    """Return the local ids of the issues of `query` in its order, at most `limit` (-1: all)."""
    where, values = _where(query, today, limits)
    rows = connection.execute(
        f"SELECT i.id FROM issue i WHERE {where} ORDER BY {_order(query)} LIMIT :limit", {**values, "limit": limit}
    )
    return array("q", (row[0] for row in rows))


def groups(
    connection: Connection, query: IssueQuery, today: date, limits: Mapping[str, float] = LIMITS
) -> list[tuple[str, int]]:
    """Return (code or name, count) of each group of `query`, in the order in which `ids` brings them."""
    if not query.group:
        return []
    where, values = _where(query, today, limits)
    expression = _group(query)
    rows = connection.execute(
        f"SELECT {expression} AS rank, min(i.{query.group}), count(*) FROM issue i WHERE {where} "
        "GROUP BY rank ORDER BY rank",
        values,
    ).fetchall()
    if query.group == "lead_unit":
        return [(row[0], row[2]) for row in rows]
    return [(row[1] or "", row[2]) for row in rows]


def summary(
    connection: Connection, query: IssueQuery, today: date, limits: Mapping[str, float] = LIMITS
) -> dict[str, int]:
    """Return how many issues are in `query`, how many of them late, how many blocking."""
    where, values = _where(query, today, limits)
    count, late, blocking = connection.execute(
        f"SELECT count(*), coalesce(sum(i.due_on < :today AND i.state IN ({_OPEN}) AND i.state <> 'solved'), 0), "
        f"coalesce(sum(i.severity = 'blocking'), 0) FROM issue i WHERE {where}",
        {**values, "today": today.isoformat()},
    ).fetchone()
    return {"issues": count, "late": late, "blocking": blocking}


def rows(
    connection: Connection,
    wanted: Sequence[int],
    columns: Iterable[str],
    today: date,
    limits: Mapping[str, float] = LIMITS,
) -> list[dict[str, Any]]:
    """Return the issues with the local ids `wanted`, in that order, as {column: value} and {column}_name."""
    names = list(dict.fromkeys([*_ALWAYS, *columns]))
    derived = {
        "late": "0 AS late",
        "proposed": "NULL AS proposed",
        "region_code": "(SELECT region_code FROM project WHERE uid = i.project_uid) AS region_code",
    }
    selected = ", ".join(derived.get(name, f"i.{name}") for name in names)
    marks = ", ".join(str(int(number)) for number in wanted)
    by_id = {}
    for row in connection.execute(f"SELECT {selected} FROM issue i WHERE i.id IN ({marks})"):
        values = {name: restore(COLUMNS[name].kind, row[name]) if name in COLUMNS else row[name] for name in names}
        values["late"] = late_days(values["state"], values["due_on"], today)
        values["proposed"] = proposed(values, today, limits)
        by_id[row["id"]] = values
    page = [by_id[number] for number in wanted if number in by_id]
    for name in names:
        field = COLUMNS.get(name)
        if field and field.ref:
            known = find.names(connection, field.ref, {row[name] for row in page if isinstance(row[name], str)})
            for row in page:
                row[f"{name}_name"] = known.get(row[name], row[name]) if isinstance(row[name], str) else None
    return page


def _rank(codes: Iterable[str], column: str) -> str:
    """Return an expression that sorts codes in their declared order, not by their letters."""
    cases = " ".join(f"WHEN '{code}' THEN {number}" for number, code in enumerate(codes))
    return f"CASE i.{column} {cases} ELSE 99 END"


def _group(query: IssueQuery) -> str:
    if query.group == "state":
        return _rank(STATES, "state")
    return "coalesce((SELECT name FROM org WHERE uid = i.lead_unit), '')"


def _order(query: IssueQuery) -> str:
    direction = "DESC" if query.descending else "ASC"
    ranked = {"severity": SEVERITIES, "state": STATES}
    if query.sort in ranked:
        expression = _rank(ranked[query.sort], query.sort)
    elif query.sort == "project_uid":
        expression = (
            "(SELECT sort_key FROM pinyin JOIN project p ON p.id = pinyin.id "
            "WHERE pinyin.entity = 'project' AND p.uid = i.project_uid)"
        )
    elif query.sort in ("lead_unit", "owner_person"):
        table = COLUMNS[query.sort].ref
        expression = f"(SELECT name FROM {table} WHERE uid = i.{query.sort})"
    elif query.sort in ("late", "due_on") or query.sort not in Issue.fields():
        # The later, the sooner due; what has no due date comes last either way round.
        flipped = query.descending != (query.sort == "late")
        return _grouped(query, f"i.due_on {'DESC' if flipped else 'ASC'} NULLS LAST, i.id {direction}")
    else:
        expression = f"i.{query.sort}"
    return _grouped(query, f"{expression} {direction}, i.id {direction}")


def _grouped(query: IssueQuery, order: str) -> str:
    return f"{_group(query)}, {order}" if query.group else order


def _where(query: IssueQuery, today: date, limits: Mapping[str, float]) -> tuple[str, dict[str, Any]]:
    parts, values = ["1"], dict[str, Any]()
    if query.text.strip():
        parts.append(
            "(i.id IN (SELECT rowid FROM issue_fts WHERE issue_fts MATCH :text) OR i.project_uid IN "
            "(SELECT uid FROM project WHERE id IN (SELECT rowid FROM project_fts WHERE project_fts MATCH :text)))"
        )
        values["text"] = phrase(query.text) or '"\x01"'
    if query.show == "open":
        parts.append(f"i.state IN ({_OPEN})")
    elif query.show == "late":
        parts.append(f"i.due_on < :late_today AND i.state IN ({_OPEN}) AND i.state <> 'solved'")
        values["late_today"] = today.isoformat()
    elif query.show == "recheck":
        parts.append(f"i.state = 'closed' AND ({' OR '.join(_UNSEEN.format(name) for name in _RECHECKS)})")
        values |= {"recheck_today": today.isoformat(), **{name: f"+{int(limits[name])} days" for name in _RECHECKS}}
    elif query.show:
        parts.append("i.state = :state")
        values["state"] = query.show
    named = {"kind": query.kind, "severity": query.severity, "project_uid": query.project, "lead_unit": query.unit}
    for name, chosen in named.items():
        if chosen:
            parts.append(f"i.{name} = :{name}")
            values[name] = chosen
    if query.region:
        parts.append("i.project_uid IN (SELECT uid FROM project WHERE region_code BETWEEN :region_from AND :region_to)")
        values["region_from"], values["region_to"] = subtree(query.region)
    return " AND ".join(parts), values
