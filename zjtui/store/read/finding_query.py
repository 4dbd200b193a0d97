"""A kind of finding as one query: how many there are, which come first, and the few that are shown.

A kind says where its findings are and what each is about; counting, sorting by the score of domain/finding.py, setting
aside and paging are the same for all. A finding's key is a number: its kind, which of a record's findings it is, and
the record's local id. A list holds the keys alone, so that a province's 400,000 findings are never built.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zjtui.domain.finding import BLOCKING, MOST_LATE, ORDER, RED, Finding, kind_of
from zjtui.store.read.finding_scope import Asked, as_day
from zjtui.store.sqlite import Connection

_SUB, _KIND = 40, 56  # bits of a key below which finding of a record it is, and its kind
Params = Callable[[Any], Mapping[str, Any]]
Page = Callable[[Sequence[int]], "Query"]


def _nothing(_row: Any) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True)
class Query:
    """Where the findings of a kind are, all as SQL: `source` and `where`, then what each is made of.

    `project` and `uid` name its project and the record that it is `about`, `id` is the local one, `sub` tells several
    of one record apart. What is due before today is overdue by the days between, where `overdue` says nothing else.
    `fields` are read for shown rows only, `params` makes of them what the reason says.
    """

    source: str
    where: str
    about: str
    fields: str = "NULL"
    params: Params = _nothing
    project: str = "t.project_uid"
    name: str = ""
    uid: str = "t.uid"
    id: str = "t.id"
    sub: str = "0"
    due: str = "NULL"
    overdue: str = ""
    cycle: str = "0"
    blocking: str = "0"
    red: str = "0"
    values: Callable[[], Mapping[str, Any]] = dict  # what it is bound to, worked out once it is asked
    page: Page | None = None  # the same of a few records, where that is another query

    @property
    def most(self) -> int:
        """The most that a finding has beside the size of its project, in tenths."""
        late = MOST_LATE * (self.due != "NULL" or bool(self.overdue))
        return late + BLOCKING * (self.blocking != "0") + RED * (self.red != "0")

    def beside(self, kind: str, of: str = "") -> str:
        """Return what a score has beside the size of its project, in tenths: `score` in domain/finding.py defines it.

        `of` says whose columns hold the facts; without it they are worked out where they stand.
        """
        due, overdue, cycle, blocking, red = (
            f"{of}{name}" if of else f"({getattr(self, name)})"
            for name in ("due", "overdue", "cycle", "blocking", "red")
        )
        late = "0"
        if self.overdue or self.due != "NULL":
            days = f"max(coalesce(nullif({cycle}, 0), {kind_of(kind).cycle}), 1)"
            over = overdue if self.overdue else f"CAST(julianday(:today) - julianday({due}) AS INTEGER)"
            is_late = f"{overdue} > 0" if self.overdue else f"{due} < :today"
            late = f"CASE WHEN {is_late} THEN min({MOST_LATE}, ({over} * 20 + {days}) / (2 * {days})) ELSE 0 END"
        return f"({late} + coalesce({blocking} <> 0, 0) * {BLOCKING} + coalesce({red} <> 0, 0) * {RED})"

    def key(self, kind: str) -> str:
        """Return the key of a finding, as SQL."""
        return f"(({ORDER[kind]} << {_KIND}) | (({self.sub}) << {_SUB}) | {self.id})"

    def facts(self, kind: str) -> str:
        """Return what the score is made of, and what tells findings apart."""
        return (
            f"{self.key(kind)} AS key, {self.project} AS project_uid, {self.uid} AS about_uid, {self.due} AS due, "
            f"{self.overdue or 'NULL'} AS overdue, {self.cycle} AS cycle, {self.blocking} AS blocking, "
            f"{self.red} AS red"
        )


_PLAN = (
    "(SELECT coalesce(adjusted_invest, plan_invest) FROM annual_plan INDEXED BY annual_plan_amount "
    "WHERE project_uid = {0} AND year = :year)"
)
_OVERDUE = (
    "coalesce(f.overdue, CASE WHEN f.due < :today THEN CAST(julianday(:today) - julianday(f.due) AS INTEGER) END, 0)"
)
_ASIDE = (
    "EXISTS (SELECT 1 FROM set_aside s WHERE s.project_uid = {project} AND s.kind = '{kind}' "
    "AND coalesce(s.about_uid, '') IN ('', {uid}) AND s.until >= :today AND s.made_on <= :today "
    "AND (s.person_uid IS NULL OR s.person_uid = :viewer))"
)


def aside(asked: Asked, kind: str, query: Query) -> str:
    """Return the condition that a finding is set aside, for everybody or for the person who looks."""
    if kind not in asked.aside:
        return "0"
    return _ASIDE.format(project=query.project, kind=kind, uid=query.uid)


def count(connection: Connection, asked: Asked, kind: str, query: Query) -> tuple[int, int]:
    """Return how many findings are to be seen, and how many are set aside."""
    row = connection.execute(
        f"SELECT count(*), coalesce(sum({aside(asked, kind, query)}), 0) FROM {query.source} WHERE {query.where}",
        {**asked.values, **query.values()},
    ).fetchone()
    return row[0] - row[1], row[1]


def ranked_keys(
    connection: Connection, asked: Asked, queries: Sequence[tuple[str, Query]], limit: int = -1, least: int = 0
) -> Iterator[Any]:
    """Return (total, due, kind, project, record, key) of what is to be seen, in the order of `domain.finding.rank`.

    With `least` only what has at least so many points beside the size of its project, and drafts.
    """
    parts, values = [], {**asked.values, "limit": limit, "points": least}
    for kind, query in queries:
        own = kind == "draft_left"
        if query.most < least and not own:
            continue  # none of the kind has so many
        beside = query.beside(kind, "f.")
        light = f"{query.beside(kind)} >= :points" if least > 0 and not own and not query.overdue else "1"
        # Behind a LIMIT the facts are worked out once for a row, however often the score needs them.
        facts = (
            f"SELECT {query.facts(kind)} FROM {query.source} WHERE {query.where} AND {light} "
            f"AND NOT {aside(asked, kind, query)} LIMIT -1 OFFSET 0"
        )
        parts.append(
            f"SELECT size_of({_PLAN.format('f.project_uid')}) + {beside} AS total, "
            f"coalesce(f.due, '9999-12-31') AS due, {ORDER[kind]} AS kind, "
            f"f.project_uid, f.about_uid, f.key, {int(not own)} AS place FROM ({facts}) f"
            + (f" WHERE {beside} >= :points" if query.overdue else "")
        )
        values |= query.values()
    if not parts:
        return iter(())
    union = " UNION ALL ".join(parts)
    ordered: Iterator[Any] = connection.execute(f"{union} ORDER BY 7, 1 DESC, 2, 3, 4, 5, 6 LIMIT :limit", values)
    return ordered


def kind_in(key: int) -> int:
    """Return the number of a key's kind."""
    return key >> _KIND


def id_in(key: int) -> int:
    """Return the local id in a key."""
    return key & ((1 << _SUB) - 1)


def _by_id(query: Query) -> str:
    """Return the source of a few records that are known by their ids: no longer from their projects outwards."""
    if query.id == "p.id":
        return re.sub(r"^project p INDEXED BY \w+", "project p", query.source)
    outwards = r"^(project p( INDEXED BY \w+)? CROSS JOIN )?(\w+ t) INDEXED BY \w+( ON t.project_uid = p.uid)?"
    return re.sub(outwards, r"\3", query.source)


def rows(connection: Connection, asked: Asked, kind: str, query: Query, keys: Sequence[int]) -> dict[int, Finding]:
    """Return the findings of one kind by their keys; what is gone meanwhile is not among them."""
    wanted = set(keys)
    numbers = sorted({id_in(key) for key in keys})
    query = query.page(numbers) if query.page else query
    ids = ", ".join(str(number) for number in numbers)
    name = query.name or "(SELECT name FROM project WHERE uid = f.project_uid)"
    facts = (
        f"SELECT {query.facts(kind)}, {query.about} AS about, {query.fields} FROM {_by_id(query)} "
        f"WHERE {query.id} IN ({ids})"
    )
    read = connection.execute(
        f"SELECT f.*, {name} AS project, {_PLAN.format('f.project_uid')} AS plan, {_OVERDUE} AS days_over "
        f"FROM ({facts} LIMIT -1 OFFSET 0) f",
        {**asked.values, **query.values()},
    )
    return {
        row["key"]: Finding(
            kind, row["project_uid"], row["project"], row["about"], row["about_uid"], as_day(row["due"]),
            row["days_over"], row["cycle"], bool(row["blocking"]), bool(row["red"]), row["plan"] or 0,
            query.params(row),
        )
        for row in read
        if row["key"] in wanted
    }  # fmt: skip
