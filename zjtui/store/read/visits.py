"""The list of all follow-ups across projects, and what came of each: its problems, promises and photos."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from zjtui.domain.codes import Codes
from zjtui.domain.fields import F, Kind
from zjtui.domain.follow_up import FollowUp
from zjtui.domain.region import subtree
from zjtui.i18n import N_
from zjtui.store.read import find
from zjtui.store.read.records import with_names
from zjtui.store.rows import decode
from zjtui.store.search import phrase
from zjtui.store.sqlite import Connection

FIGURES = {
    "region_code": F(N_("Region"), Kind.REF, ref="region", width=10, form=False),
    "problems": F(N_("Problems raised"), width=20, form=False, listed=True),
    "promises": F(N_("Promises made"), width=20, form=False),
    "files": F(N_("Photos and files"), Kind.INT, width=5, short=N_("column|Files"), form=False, listed=True),
}
_WIDTHS = {"project_uid": 24, "findings": 26, "people": 16}  # side by side on 80 columns
COLUMNS = {
    **{name: replace(field, width=_WIDTHS.get(name, field.width)) for name, field in FollowUp.fields().items()},
    **FIGURES,
}
UNSORTED = ("people", "topics", "issue_uids", "problems", "promises", "files")
PERIODS = Codes(
    week=N_("this week"), last_week=N_("last week"), month=N_("this month"), last_month=N_("last month"),
    year=N_("this year"),
)  # fmt: skip
_CAME = {  # what came of a visit: (what is told of each, where it stands)
    "problems": ("title_text", "FROM issue WHERE follow_up_uid = :uid ORDER BY id"),
    "promises": ("text", "FROM promise WHERE follow_up_uid = :uid ORDER BY id"),
}


@dataclass(frozen=True)
class VisitQuery:
    """Which follow-ups are shown, and in which order. `mine` is a person's: who was there, or contacts the project."""

    text: str = ""
    period: str = ""  # one of PERIODS
    mine: str = ""
    region: str = ""
    mechanism: str = ""
    form: str = ""
    result: str = ""
    sort: str = "visit_date"
    descending: bool = True


def span(period: str, today: date) -> tuple[date, date]:
    """Return the first and the last day of a period; a week begins on Monday."""
    monday, first = today - timedelta(days=today.weekday()), today.replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    return {
        "week": (monday, monday + timedelta(days=6)),
        "last_week": (monday - timedelta(days=7), monday - timedelta(days=1)),
        "month": (first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)),
        "last_month": (before, first - timedelta(days=1)),
        "year": (date(today.year, 1, 1), date(today.year, 12, 31)),
    }[period]


def ids(connection: Connection, query: VisitQuery, today: date, limit: int = -1) -> "array[int]":
    """Return the local ids of the follow-ups of `query` in its order, at most `limit` (-1: all)."""
    where, values = _where(query, today)
    rows = connection.execute(
        f"SELECT f.id FROM follow_up f WHERE {where} ORDER BY {_order(query)} LIMIT :limit", {**values, "limit": limit}
    )
    return array("q", (row[0] for row in rows))


def summary(connection: Connection, query: VisitQuery, today: date) -> dict[str, int]:
    """Return how many follow-ups there are, of how many projects, and how many of them on site."""
    where, values = _where(query, today)
    count, projects, onsite = connection.execute(
        "SELECT count(*), count(DISTINCT f.project_uid), coalesce(sum(f.form = 'onsite'), 0) "
        f"FROM follow_up f WHERE {where}",
        values,
    ).fetchone()
    return {"visits": count, "projects": projects, "onsite": onsite}


def rows(connection: Connection, wanted: Sequence[int], columns: Iterable[str]) -> list[dict[str, Any]]:
    """Return the follow-ups with the local ids `wanted`, in that order, as {column: value} with {field}_name."""
    marks = ", ".join(str(int(number)) for number in wanted)
    by_id = {
        row["id"]: {"id": row["id"], **decode(FollowUp, row), "region_code": row["region_code"]}
        for row in connection.execute(
            "SELECT f.*, p.region_code FROM follow_up f JOIN project p ON p.uid = f.project_uid "
            f"WHERE f.id IN ({marks})"
        )
    }
    page = with_names(connection, "follow_up", [by_id[number] for number in wanted if number in by_id])
    places = find.names(connection, "region", {row["region_code"] for row in page})
    shown = set(columns)
    for row in page:
        row["region_code_name"] = places.get(row["region_code"], row["region_code"])
        for name in shown & {*_CAME}:
            row[name] = "；".join(item[_CAME[name][0]] for item in came(connection, name, row["uid"])) or None
        if "files" in shown:
            row["files"] = len(files(connection, row["uid"])) or None
    return page


def came(connection: Connection, what: str, uid: str) -> list[Any]:
    """Return the problems, or the promises, that came of a follow-up, as stored."""
    return list(connection.execute(f"SELECT * {_CAME[what][1]}", {"uid": uid}))


def files(connection: Connection, uid: str) -> list[Any]:
    """Return the photos and files of a follow-up, as stored."""
    about = "about = 'follow_up' AND about_uid = :uid"
    return list(connection.execute(f"SELECT * FROM attachment WHERE {about} ORDER BY id", {"uid": uid}))


def _order(query: VisitQuery) -> str:
    direction = "DESC" if query.descending else "ASC"
    if query.sort == "project_uid":
        expression = (
            "(SELECT sort_key FROM pinyin JOIN project p ON p.id = pinyin.id "
            "WHERE pinyin.entity = 'project' AND p.uid = f.project_uid)"
        )
    elif query.sort == "region_code":
        expression = "(SELECT region_code FROM project WHERE uid = f.project_uid)"
    else:
        known = query.sort in FollowUp.fields() and query.sort not in UNSORTED
        expression = f"f.{query.sort if known else 'visit_date'}"
    return f"{expression} {direction}, f.id {direction}"


def _where(query: VisitQuery, today: date) -> tuple[str, dict[str, Any]]:
    parts, values = ["1"], dict[str, Any]()
    if query.text.strip():
        parts.append(
            "(f.id IN (SELECT rowid FROM follow_up_fts WHERE follow_up_fts MATCH :text) OR f.project_uid IN "
            "(SELECT uid FROM project WHERE id IN (SELECT rowid FROM project_fts WHERE project_fts MATCH :text)))"
        )
        values["text"] = phrase(query.text) or '"\x01"'
    if query.period:
        parts.append("f.visit_date BETWEEN :since AND :until")
        values["since"], values["until"] = (day.isoformat() for day in span(query.period, today))
    for name in ("mechanism", "form", "result"):
        if chosen := getattr(query, name):
            parts.append(f"f.{name} = :{name}")
            values[name] = chosen
    if query.region:
        parts.append("f.project_uid IN (SELECT uid FROM project WHERE region_code BETWEEN :region_from AND :region_to)")
        values["region_from"], values["region_to"] = subtree(query.region)
    if query.mine:
        parts.append(
            "(instr(f.people, :mine) OR f.project_uid IN "
            "(SELECT project_uid FROM contact WHERE person_uid = :mine AND to_date IS NULL))"
        )
        values["mine"] = query.mine
    return " AND ".join(parts), values
