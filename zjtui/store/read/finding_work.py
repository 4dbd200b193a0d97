"""Findings about the work itself: issues, services, elements, policies, promises."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from zjtui.domain import workdays
from zjtui.domain.actions import FOUNDATIONS
from zjtui.domain.element import ELEMENTS, amount, shown
from zjtui.domain.promise import SIDES
from zjtui.domain.service_codes import KINDS, STATES
from zjtui.errors import Msg
from zjtui.i18n import N_
from zjtui.store.read import finding_functions
from zjtui.store.read.finding_query import Query, aside
from zjtui.store.read.finding_scope import CLOSED, MINE, TOUCHED, Asked
from zjtui.store.sqlite import Connection

_TO_SOLVE = "t.state IN ('open', 'assigned', 'doing', 'paused')"
_MOVING = "t.state IN ('applied', 'accepted', 'reviewing', 'paused', 'decided')"
_BLOCKING = "t.severity = 'blocking'"
_OLDEST = date(1990, 1, 1)  # no calendar of working days is older


def _issues(asked: Asked, condition: str, index: str = "", **facts: Any) -> Query:
    """Return issues of the projects asked for, and those of other projects that the person is in charge of."""
    if asked.scope.person:
        mine = (
            f"(SELECT i.id FROM issue i WHERE i.project_uid IN ({MINE}) UNION "
            "SELECT i.id FROM issue i WHERE i.owner_person = :person)"
        )
        source = f"{mine} mine CROSS JOIN issue t ON t.id = mine.id"
        where = f"t.project_uid NOT IN (SELECT uid FROM project WHERE stage IN ({CLOSED}))"
    else:
        source, where = asked.hanging("issue", index=index)
    facts = {"fields": "t.title_text", "about": "'issue'", **facts}
    return Query(source, f"{where} AND {condition}", **facts)


def _titled(day: str) -> Any:
    return lambda row: {"title": row["title_text"], "day": row[day] or "?"}


def _red(asked: Asked) -> str:
    """Return whether an issue turns the light of the problems red, as `lights.issues` has it."""
    overdue, blocked = asked.day(-asked.limits["issue_red"]), asked.day(-asked.limits["blocking_red"])
    return f"(coalesce(t.due_on < '{overdue}', 0) OR ({_BLOCKING} AND t.found_on < '{blocked}'))"


def issue_due(_connection: Connection, asked: Asked) -> Iterator[Query]:
    """Yield issues that are overdue or due within a few days."""
    near = asked.day(asked.limits["issue_near"])
    yield _issues(
        asked, f"{_TO_SOLVE} AND t.due_on <= '{near}'", "issue_to_solve", due="t.due_on", blocking=_BLOCKING,
        red=_red(asked), params=_titled("due"),
    )  # fmt: skip


def issue_verify(_connection: Connection, asked: Asked) -> Iterator[Query]:
    """Yield issues that are solved and wait for somebody to verify it."""
    fields = "t.title_text, t.solved_on"
    yield _issues(asked, "t.state = 'solved'", fields=fields, blocking=_BLOCKING, params=_titled("solved_on"))


def issue_silent(_connection: Connection, asked: Asked) -> Iterator[Query]:
    """Yield overdue issues that nobody did anything to for some days."""
    cutoff = asked.day(-asked.limits["issue_silent"])
    own = "max(t.found_on, coalesce(t.assigned_on, ''), coalesce(t.level_on, ''))"
    touched = f"coalesce({TOUCHED.format('t')}, '')"
    yield _issues(
        asked,
        f"{_TO_SOLVE} AND t.due_on < :today AND {own} < '{cutoff}' AND {touched} < '{cutoff}'",
        "issue_to_solve",
        fields=f"t.title_text, max({own}, {touched}) AS last", due="t.due_on", blocking=_BLOCKING, red=_red(asked),
        params=_titled("last"),
    )  # fmt: skip


def not_silent_too(connection: Connection, asked: Asked, due: Query) -> Query:
    """Return the issues due without those that a list names already because nobody does anything to them."""
    [silent] = issue_silent(connection, asked)
    named = f"{silent.where} AND NOT {aside(asked, 'issue_silent', silent)}"
    left = f"({aside(asked, 'issue_due', due)} OR NOT coalesce({named}, 0))"  # what is set aside is counted as that
    return replace(due, where=f"{due.where} AND {left}")


def recheck_due(_connection: Connection, asked: Asked) -> Iterator[Query]:
    """Yield closed issues whose project nobody has followed up since a re-check was due."""
    after = [int(asked.limits[name]) for name in ("recheck_first", "recheck_second")]
    days = [f"date(t.closed_on, '+{count} days')" for count in after]
    first, second = (
        f"(t.closed_on <= '{asked.day(-count)}' AND NOT EXISTS (SELECT 1 FROM follow_up f "
        f"WHERE f.project_uid = t.project_uid AND f.visit_date >= {day}))"
        for count, day in zip(after, days, strict=True)
    )
    yield _issues(
        asked, f"t.state = 'closed' AND ({first} OR {second})", "issue_closed", fields="t.title_text, t.closed_on",
        due=f"CASE WHEN {first} THEN {days[0]} ELSE {days[1]} END", params=_titled("closed_on"),
    )  # fmt: skip


def service_due(_connection: Connection, asked: Asked) -> Iterator[Query]:
    """Yield services near or past their promise, on the clock of domain/service_clock.py."""
    source, scope = asked.hanging("service", index="service_moving")
    near, number = asked.limits["service_near"], finding_functions.calendar(asked.limits.calendar)
    end = "coalesce(t.decided_on, :today)"
    counted = f"{number}, t.accepted_on, {end}, t.basis, t.pauses"
    left = f"(t.promise_days - days_used({counted}))"
    yield Query(
        source,
        # Of the days passed, at most all count: what is far from its promise is not counted out.
        f"{scope} AND {_MOVING} AND t.state IN ('accepted', 'reviewing', 'paused') AND t.accepted_on IS NOT NULL "
        f"AND t.promise_days - max(julianday({end}) - julianday(t.accepted_on), 0) <= {near} "
        f"AND near_promise(t.promise_days, CASE WHEN t.decided_on IS NULL THEN {near} ELSE -1 END, {counted})",
        "'service'",
        fields=f"t.kind, {left} AS days_left",
        params=_clock,
        due=f"promised_for({number}, t.accepted_on, t.promise_days, t.basis, t.pauses)",
        # The clock counts its own days: what was paused is not overdue, whatever the calendar says.
        overdue=f"max(-{left}, 0)",
        cycle="t.promise_days",
        red=f"{left} < 0",
    )


def _clock(row: Any) -> Mapping[str, Any]:
    left = row["days_left"]
    told = (
        Msg(N_("{days} days past the promise"), days=-left)
        if left < 0
        else Msg(N_("{days} days of the promise left"), days=left)
    )
    return {"service": Msg(KINDS.labels.get(row["kind"], row["kind"])), "clock": told}


def service_silent(_connection: Connection, asked: Asked) -> Iterator[Query]:
    """Yield services under way that nothing was noted of for some working days."""
    source, scope = asked.hanging("service", index="service_moving")
    cutoff, number = _silent_since(asked), finding_functions.calendar(asked.limits.calendar)
    own = ", ".join(f"coalesce(t.{name}, '')" for name in ("applied_on", "accepted_on", "decided_on"))
    paused = (
        "CASE t.pauses WHEN '[]' THEN '' ELSE (SELECT coalesce(max(max(value ->> '$.from', coalesce(value ->> '$.to', "
        "''))), '') FROM json_each(t.pauses)) END"
    )
    touched = f"coalesce({TOUCHED.format('t')}, '')"
    last = f"max({own}, {paused}, {touched})"
    yield Query(
        source,
        f"{scope} AND {_MOVING} AND max({own}) <= '{cutoff}' AND {paused} <= '{cutoff}' AND {touched} <= '{cutoff}' "
        f"AND (max({own}) <> '' OR {paused} <> '' OR {touched} <> '')",
        "'service'",
        fields=f"t.kind, t.state, {last} AS last",
        params=lambda row: {
            "service": Msg(KINDS.labels.get(row["kind"], row["kind"])),
            "state": Msg(STATES.labels.get(row["state"], row["state"])),
            "day": row["last"],
        },
        overdue=f"days_used({number}, {last}, :today, 'wd', '[]') - {int(asked.limits['service_silent'])}",
    )


def _silent_since(asked: Asked) -> str:
    """Return the newest day since which more working days have passed than a service may be silent."""
    day, most = asked.today - timedelta(days=1), asked.limits["service_silent"]
    while day > _OLDEST and workdays.used_days(day, asked.today, "wd", (), asked.limits.calendar) <= most:
        day -= timedelta(days=1)
    return day.isoformat() if day > _OLDEST else ""


def element_unowned(_connection: Connection, asked: Asked) -> Iterator[Query]:
    """Yield needs that nobody is responsible for although they are needed soon."""
    yield _elements(asked, "t.responsible IS NULL", "element_unowned")


def element_due(_connection: Connection, asked: Asked) -> Iterator[Query]:
    """Yield needs that a unit is responsible for, needed soon and not secured."""
    yield _elements(asked, "t.responsible IS NOT NULL", "element_near")


def _elements(asked: Asked, whose: str, near: str) -> Query:
    source, scope = asked.hanging("element_need")

    def params(row: Any) -> Mapping[str, Any]:
        gap = amount(row["element"], row["need"]) - amount(row["element"], row["secured"])
        label = Msg(ELEMENTS.labels.get(row["element"], row["element"]))
        return {"element": label, "gap": shown(row["element"], gap), "day": row["due"]}

    return Query(
        source,
        f"{scope} AND t.state IN ('reported', 'reviewing', 'secured_part') AND t.need > t.secured "
        f"AND t.needed_by <= '{asked.day(asked.limits[near])}' AND {whose}",
        "'element_need'",
        fields="t.element, t.need, t.secured",
        params=params,
        due="t.needed_by",
    )


def policy_untold(_connection: Connection, asked: Asked) -> Iterator[Query]:
    """Yield policies found for a project long enough ago that its owner should know; every one of unknown day."""
    source, scope = asked.hanging("policy_match")
    foundations = ", ".join(f"'{action}'" for action in FOUNDATIONS)
    suggested = (
        "(SELECT substr(at, 1, 10) FROM deed WHERE uid = t.uid AND (kind = 'add' OR "
        f"json_extract(fields, '$.state') IS NOT NULL) AND action NOT IN ({foundations}) ORDER BY seq DESC LIMIT 1)"
    )
    due = f"date({suggested}, '+{int(asked.limits['policy_tell'])} days')"
    yield Query(
        source,
        f"{scope} AND t.state = 'suggested' AND coalesce({due} < :today, 1)",
        "'policy_match'",
        fields="(SELECT title_text FROM policy WHERE uid = t.policy_uid) AS title",
        params=lambda row: {"policy": row["title"] or "?"},
        due=due,
    )


def promise_late(_connection: Connection, asked: Asked) -> Iterator[Query]:
    """Yield promises whose day has passed."""
    source, scope = asked.hanging("promise")
    yield Query(
        source,
        f"{scope} AND t.state = 'open' AND t.due_on < :today",
        "'promise'",
        fields="t.text, t.side, t.keeper",
        params=lambda row: {
            "side": row["keeper"] or Msg(SIDES.labels.get(row["side"], row["side"])),
            "text": row["text"],
            "day": row["due"],
        },
        due="t.due_on",
    )
