"""Findings whose figures call for a question (带问号的数字): one for every figure that has no answer yet.

What is typed is asked about, whether it counts yet or not: a question lasts while its figure is being corrected.

SQL looks over the projects asked for and names the rules that may ask (store/read/odd_narrow.py); those rules alone
then look at those projects, so that a province costs no more than its odd figures.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, partial
from typing import Any

from zjtui.domain.month import previous_month
from zjtui.domain.odd_facts import RULES, Facts, Hit, says_stopped
from zjtui.domain.odd_figures import hits
from zjtui.store.read import odd_log, odd_narrow
from zjtui.store.read.finding_query import Query
from zjtui.store.read.finding_scope import Asked
from zjtui.store.rows import to_json
from zjtui.store.sqlite import Connection

_PLACES = {rule: number * 16 for number, rule in enumerate(RULES)}
_Place = tuple[tuple[int, int], str]
_PLACE = 8  # bits of a place
# A figure that nobody asked about yet is a number, its project's id before its place; of another its question is known.
_NEW = Query(
    f"json_each(:new) h CROSS JOIN project p ON p.id = h.value >> {_PLACE}", "1", "'project'", project="p.uid",
    uid="p.uid", id="p.id", sub=f"(h.value & {(1 << _PLACE) - 1})",
)  # fmt: skip
_WAITING = Query(
    "json_each(:waiting) h CROSS JOIN project p ON p.id = h.value ->> '$[0]'", "1", "'question'", project="p.uid",
    uid="(h.value ->> '$[2]')", id="p.id", sub="(h.value ->> '$[1]')",
)  # fmt: skip


@dataclass(frozen=True)
class OddFigure:
    """What a rule asks about a project; `uid` and `state` are those of its question where it was asked already."""

    project_uid: str
    project: str
    hit: Hit
    uid: str = ""
    state: str = ""


@dataclass
class _Known:
    """The questions of one figure: the one that waits for its answer, and the figures that were explained."""

    asked: str = ""
    explained: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class _Year:
    """The year that is looked at, and what of it is not a project's own: the log's entries, freezes, whole units."""

    year: int
    last: int
    typed: dict[str, dict[int, int]]
    told: dict[str, dict[int, int]]
    units: dict[str, tuple[int, int]]


def odd_figure(connection: Connection, asked: Asked) -> Iterator[Query]:
    """Yield every figure that calls for a question and has no explanation that still holds."""

    def places() -> dict[str, str]:
        """Return what the two queries are bound to, found out once: with most figures goes no question yet."""
        by_scope = asked.known.setdefault("odd", {})
        if asked.scope not in by_scope:
            found = [place for place, _odd in _open(connection, asked)]
            by_scope[asked.scope] = {
                "new": to_json([_packed(*place) for place, question in found if not question]),
                "waiting": to_json([[*place, question] for place, question in found if question]),
            }
        known: dict[str, str] = by_scope[asked.scope]
        return known

    @cache
    def of_few(ids: tuple[int, ...]) -> list[tuple[_Place, OddFigure]]:
        return list(_open(connection, asked, ids))

    for query, name in ((_NEW, "new"), (_WAITING, "waiting")):
        of_name = replace(query, values=partial(_bound, places, name))
        yield replace(of_name, page=partial(_page, of_name, name, of_few))


def _bound(places: Callable[[], Mapping[str, str]], name: str) -> dict[str, str]:
    return {name: places()[name]}


def _packed(project: int, place: int) -> int:
    return project << _PLACE | place


def _page(query: Query, name: str, of_few: Callable[..., list[tuple[_Place, OddFigure]]], ids: Sequence[int]) -> Query:
    """Return the query of a few projects' figures, with what is asked about each."""
    found = [(place, odd) for place, odd in of_few(tuple(ids)) if bool(place[1]) is (name == "waiting")]
    by_place = {place: odd for (place, _question), odd in found}

    def params(row: Any) -> Mapping[str, Any]:
        odd = by_place[row["id"], row["place"]]
        return {"rule": odd.hit.rule, "question": odd.hit.sentence, "odd": odd}

    places = to_json([[*place, question] if question else _packed(*place) for (place, question), _odd in found])
    return replace(query, fields=f"p.id, {query.sub} AS place", params=params, values=lambda: {name: places})


def _open(connection: Connection, asked: Asked, ids: Sequence[int] = ()) -> Iterator[tuple[_Place, OddFigure]]:
    """Yield (((project's local id, place of rule and month), its question), figure) of what has no answer."""
    known = _questions(connection, asked)
    which = asked.where + (f" AND p.id IN ({', '.join(str(number) for number in ids)})" if ids else "")
    years = asked.known.setdefault("odd years", {})
    year = years.get(asked.scope) or _year(connection, asked, which)
    if not ids:
        years[asked.scope] = year
    few = bool(ids or asked.scope.person or asked.scope.project or asked.scope.least)
    for row, facts in _facts(connection, asked, year, which, few=few):
        for hit in hits(facts, row["rules"]):
            earlier = known.get((row["project_uid"], hit.rule, hit.month), _Known())
            if not earlier.asked and hit.figures in earlier.explained:
                continue
            state = "asked" if earlier.asked else ""
            odd = OddFigure(row["project_uid"], row["project"], hit, earlier.asked, state)
            yield ((row["id"], _PLACES[hit.rule] + int(hit.month[5:] or 0)), earlier.asked), odd


def asked_of(connection: Connection, asked: Asked, question: Any) -> Hit | None:
    """Return what a rule asks now about a question's project and month; None where it no longer does.

    Also of projects that nothing is found of any more.
    """
    month = question["month"] or ""
    which = "p.uid = :project"
    year = _year(connection, asked, which, int(month[:4]) if month else None)
    for row, facts in _facts(connection, asked, year, which, few=True):
        for hit in hits(facts, row["rules"]):
            if (hit.rule, hit.month) == (question["rule"], month):
                return hit
    return None


def waiting(connection: Connection, project_uid: str) -> list[Any]:
    """Return the questions of a project that were asked and have no answer."""
    rows = connection.execute("SELECT * FROM question WHERE project_uid = ? AND state = 'asked'", (project_uid,))
    return list(rows)


def _questions(connection: Connection, asked: Asked) -> dict[tuple[str, str, str], _Known]:
    own = "project_uid = :project" if asked.scope.project else "1"
    rows = connection.execute(
        f"SELECT uid, project_uid, rule, month, state, figures FROM question WHERE {own} AND state <> 'corrected'",
        {"project": asked.scope.project},
    )
    known: dict[tuple[str, str, str], _Known] = {}
    for row in rows:
        of_figure = known.setdefault((row["project_uid"], row["rule"], row["month"] or ""), _Known())
        if row["state"] == "asked":
            of_figure.asked = row["uid"]
        else:
            of_figure.explained.add(row["figures"])
    return known


def _year(connection: Connection, asked: Asked, which: str, year: int | None = None) -> _Year:
    """Return what the rules need beside the projects `which`: of the year of the last month, or of another."""
    newest, month = previous_month(asked.today.year, asked.today.month)
    of_year = year or newest
    last = month if of_year == newest else 12
    values = {**asked.values, **odd_narrow.span(of_year, last)}
    return _Year(
        of_year,
        last,
        odd_log.typed(connection, asked, values),
        odd_log.told(connection, asked, values),
        odd_log.units(connection, asked, values, last, which),
    )


def _facts(connection: Connection, asked: Asked, year: _Year, which: str, *, few: bool) -> Iterator[tuple[Any, Facts]]:
    """Yield every project of `which` that a rule may ask about, with what the rules need of its year.

    `row["rules"]` names the rules; `few` says that it is not worth while to look over all visits and problems first.
    """
    elsewhere = {*year.typed}, {*year.told}
    months = (year.year, year.last)
    for row in odd_narrow.rows(connection, asked, months, which, elsewhere, year.units, few=few):
        uid = row["project_uid"]
        facts = _of_row(row, year, asked)
        facts.typed, facts.told = year.typed.get(uid, {}), year.told.get(uid, {})
        facts.unit_figures, facts.unit_round = year.units.get(row["owner_org"], (0, 0))
        yield row, facts


def _of_row(row: Mapping[str, Any], year: _Year, asked: Asked) -> Facts:
    facts = Facts(year.year, asked.today, stage=row["stage"], profile=asked.profile, limits=asked.limits)
    facts.plan, facts.adjusted = row["planned"] or 0, row["adjusted"] is not None
    if row["planned"] is not None:
        columns: tuple[Any, ...] = tuple(row)
        facts.expected = columns[:12]
        # A month that is not over is nobody's yet.
        facts.amounts = columns[12 : 12 + year.last] + (None,) * (12 - year.last)
    facts.real_start, facts.stat_in = _day(row["real_start"]), _day(row["stat_in"])
    facts.permit = '"permit"' in row["start_evidence"]
    if row["months"]:
        _put_months(facts, json.loads(row["months"]))
    if row["stops"]:
        days = (date.fromisoformat(day) for day, findings in json.loads(row["stops"]) if says_stopped(findings))
        facts.stopped = {day.month: day for day in days}
    if row["blocked"]:
        facts.blocking_days = (asked.today - date.fromisoformat(row["blocked"])).days
    return facts


def _put_months(facts: Facts, months: list[list[Any]]) -> None:
    reported, progress = ([None] * 12 for _each in range(2))
    for month, ytd, percent, _corrected in months:
        reported[month - 1], progress[month - 1] = ytd, percent
    facts.reported_ytd, facts.progress = tuple(reported), tuple(progress)
    facts.corrected = frozenset(month for month, *_figures, corrected in months if corrected)


def _day(text: str | None) -> date | None:
    """Return a full day; of a day that is known by its month only, its first."""
    return date.fromisoformat((text + "-01-01")[:10]) if text else None
