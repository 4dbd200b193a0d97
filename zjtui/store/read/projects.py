"""The list of projects: filtered, sorted, counted and summed in SQL, read page by page."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from zjtui.domain.figures import PROJECT_FIGURES
from zjtui.domain.issue_codes import OPEN_STATES
from zjtui.domain.money import percent
from zjtui.domain.project import Project
from zjtui.domain.project_codes import BAND_LIMITS
from zjtui.domain.region import subtree
from zjtui.store.read import find, lights
from zjtui.store.read.lights import Judge
from zjtui.store.rows import restore
from zjtui.store.search import phrase
from zjtui.store.sqlite import Connection
from zjtui.store.standing import WAITING, counted

_OPEN = ", ".join(f"'{state}'" for state in OPEN_STATES)
_FIGURES = {
    "plan": "(SELECT coalesce(adjusted_invest, plan_invest) FROM annual_plan "
    "WHERE project_uid = p.uid AND year = :year)",
    "done": "(SELECT sum(invest_month) FROM monthly_report WHERE project_uid = p.uid AND month BETWEEN :jan AND :dec "
    f"AND {counted()})",
    "waiting": "(SELECT sum(invest_month) FROM monthly_report WHERE project_uid = p.uid "
    f"AND month BETWEEN :jan AND :dec AND {WAITING})",
    "open_issues": f"(SELECT count(*) FROM issue WHERE project_uid = p.uid AND state IN ({_OPEN}))",
    "last_visit": "(SELECT max(visit_date) FROM follow_up WHERE project_uid = p.uid)",
    "main_leader": "(SELECT n.name FROM contact c JOIN person n ON n.uid = c.person_uid "
    "WHERE c.project_uid = p.uid AND c.is_main AND c.to_date IS NULL LIMIT 1)",
}
_FIGURES["rate"] = f"(1.0 * {_FIGURES['done']} / nullif({_FIGURES['plan']}, 0))"
_FITS = "p.id IN (SELECT rowid FROM project_fts WHERE project_fts MATCH :text)"
_FITS_EACH = "EXISTS (SELECT 1 FROM project_fts WHERE project_fts MATCH :text AND rowid = p.id)"
_BROAD = 30_000  # rows; from about here on the walk is the quicker one
COLUMNS = {**Project.fields(), **PROJECT_FIGURES}
UNSORTED = ("light",)  # worked out for a page at a time


@dataclass(frozen=True)
class ProjectQuery:
    """What of the register is shown, and in which order. Empty means everything."""

    text: str = ""
    region: str = ""
    field9: str = ""
    stage: str = ""
    attr: str = ""
    band: str = ""
    mine: str = ""  # uid of the person whose projects are meant
    sort: str = "total_invest"
    descending: bool = True

    def is_filtered(self) -> bool:
        """Tell whether anything is left out."""
        return any((self.text, self.region, self.field9, self.stage, self.attr, self.band, self.mine))


def ids(connection: Connection, query: ProjectQuery, year: int, limit: int = -1) -> "array[int]":
    """Return the local ids of the projects of `query` in its order, at most `limit` (-1: all)."""
    where, values = _where(query)
    if limit > 0 and query.text.strip() and _is_broad(connection, values["text"]):
        # Most rows fit: walking along the order and asking for each is quicker than collecting all that fit.
        where = where.replace(_FITS, _FITS_EACH)
    rows = connection.execute(
        f"SELECT p.id FROM {_source(query)} WHERE {where} ORDER BY {_order(query)} LIMIT :limit",
        {**values, **_year(year), "limit": limit},
    )
    return array("q", (row[0] for row in rows))


def summary(connection: Connection, query: ProjectQuery, year: int) -> dict[str, int]:
    """Return how many projects there are in `query`, the sum of their investment and of their plans of `year`."""
    where, values = _where(query)
    count, total = connection.execute(
        f"SELECT count(*), coalesce(sum(total_invest), 0) FROM project p WHERE {where}", values
    ).fetchone()
    plan = "SELECT coalesce(sum(coalesce(adjusted_invest, plan_invest)), 0) FROM annual_plan WHERE year = :year"
    if query.is_filtered():
        plan += f" AND project_uid IN (SELECT uid FROM project p WHERE {where})"
    planned = connection.execute(plan, {**values, "year": year}).fetchone()[0]
    return {"projects": count, "total_invest": total, "plan": planned}


def rows(
    connection: Connection, wanted: Sequence[int], columns: Iterable[str], year: int, judge: Judge | None = None
) -> list[dict[str, Any]]:
    """Return the projects with the local ids `wanted`, in that order, as {column: value} with uid and id.

    Codes of referenced records are shown by name: {column}_name holds it. A light needs its `judge`.
    """
    names = list(dict.fromkeys(["id", "uid", *columns]))
    lit = "light" in names
    names = [name for name in names if name != "light"]
    if "rate" in names:
        names = [name for name in dict.fromkeys([*names, "plan", "done"]) if name != "rate"]
    selected = ", ".join(f"{_FIGURES[name]} AS {name}" if name in _FIGURES else f"p.{name}" for name in names)
    marks = ", ".join(str(int(number)) for number in wanted)
    found = connection.execute(f"SELECT {selected} FROM project p WHERE p.id IN ({marks})", _year(year))
    by_id = {row["id"]: {name: _value(name, row[name]) for name in names} for row in found}
    page = [by_id[number] for number in wanted if number in by_id]
    for row in page if "done" in names and "plan" in names else ():
        row["rate"] = None if row["done"] is None or not row["plan"] else percent(row["done"], row["plan"])
    _name_references(connection, page, names)
    if lit and judge and page:
        overall = lights.overall(connection, [row["uid"] for row in page], judge)
        for row in page:
            row["light"] = overall[row["uid"]].colour
    return page


def position(connection: Connection, query: ProjectQuery, uid: str) -> int | None:
    """Return the local id of project `uid` where it is in `query`."""
    where, values = _where(query)
    row = connection.execute(f"SELECT p.id FROM project p WHERE p.uid = :uid AND {where}", {**values, "uid": uid})
    found = row.fetchone()
    return found[0] if found else None


def _name_references(connection: Connection, page: list[dict[str, Any]], names: list[str]) -> None:
    for name in names:
        field = COLUMNS.get(name)
        if field and field.ref and page:
            known = find.names(connection, field.ref, {row[name] for row in page if isinstance(row[name], str)})
            for row in page:
                row[f"{name}_name"] = known.get(row[name], row[name]) if isinstance(row[name], str) else None


def _value(name: str, value: Any) -> Any:
    return restore(COLUMNS[name].kind, value) if name in COLUMNS else value


def _year(year: int) -> dict[str, Any]:
    return {"year": year, "jan": f"{year}-01", "dec": f"{year}-12"}


def _source(query: ProjectQuery) -> str:
    """Walk along the pinyin index where names are the order; everything else has its own index or is sorted."""
    if query.sort == "name":
        return "pinyin k CROSS JOIN project p ON k.entity = 'project' AND p.id = k.id"
    return "project p"


def _order(query: ProjectQuery) -> str:
    direction = "DESC" if query.descending else "ASC"
    if query.sort == "name":
        expression = "k.sort_key"
    elif query.sort in _FIGURES:
        expression = _FIGURES[query.sort]
    elif query.sort in COLUMNS and query.sort not in UNSORTED:
        field = COLUMNS[query.sort]
        named = field.ref in ("org", "person")
        expression = f"(SELECT name FROM {field.ref} WHERE uid = p.{query.sort})" if named else f"p.{query.sort}"
    else:
        expression = "p.total_invest"
    return f"{expression} {direction}, p.id {direction}"


def _is_broad(connection: Connection, text: str) -> bool:
    """Tell whether the text, e.g. one common letter, fits very many projects."""
    found = connection.execute(
        "SELECT count(*) FROM (SELECT 1 FROM project_fts WHERE project_fts MATCH ? LIMIT ?)", (text, _BROAD)
    )
    return int(found.fetchone()[0]) == _BROAD


def _where(query: ProjectQuery) -> tuple[str, dict[str, Any]]:
    parts, values = ["1"], dict[str, Any]()
    if query.text.strip():
        parts.append(_FITS)
        values["text"] = phrase(query.text) or '"\x01"'
    if query.region:
        parts.append("p.region_code BETWEEN :region_from AND :region_to")
        values["region_from"], values["region_to"] = subtree(query.region)
    for name in ("field9", "stage", "attr"):
        if chosen := getattr(query, name):
            parts.append(f"p.{name} = :{name}")
            values[name] = chosen
    if query.band:
        low, high = BAND_LIMITS[query.band]
        parts.append("p.total_invest >= :low" + (" AND p.total_invest < :high" if high else ""))
        values |= {"low": low, "high": high}
    if query.mine:
        parts.append("p.uid IN (SELECT project_uid FROM contact WHERE person_uid = :mine AND to_date IS NULL)")
        values["mine"] = query.mine
    return " AND ".join(parts), values
