"""Findings about the work itself: issues, services, elements, policies, promises."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from zjtui.domain import lights, workdays
from zjtui.domain.actions import FOUNDATIONS
from zjtui.domain.element import ELEMENTS, amount, shown
from zjtui.domain.finding import Finding
from zjtui.domain.promise import SIDES
from zjtui.domain.service import Service
from zjtui.domain.service_clock import line
from zjtui.domain.service_codes import KINDS, STATES
from zjtui.errors import Msg
from zjtui.i18n import N_
from zjtui.store.read.finding_scope import TOUCHED, Asked, as_day, found, of_issues, of_projects
from zjtui.store.rows import decode
from zjtui.store.sqlite import Connection

_TO_SOLVE = "t.state IN ('open', 'assigned', 'doing', 'paused')"
_ISSUE = "t.title_text, t.due_on, t.severity, t.found_on"


def issue_due(connection: Connection, asked: Asked) -> Iterator[Finding]:
    """Yield issues that are overdue or due within a few days."""
    limits = asked.limits
    rows = of_issues(
        connection, asked, _ISSUE, f"{_TO_SOLVE} AND t.due_on <= :near", near=asked.day(limits["issue_near"])
    )
    for row in rows:
        blocking = row["severity"] == "blocking"
        opened = as_day(row["found_on"])
        due = as_day(row["due_on"])
        red = _is_red(asked, due, opened if blocking else None)
        params = {"title": row["title_text"], "day": row["due_on"]}
        yield found(asked, "issue_due", row, "issue", row["uid"], due, blocking=blocking, red=red, params=params)


def _is_red(asked: Asked, due: date | None, blocking_since: date | None) -> bool:
    """Tell whether an issue turns the light of the problems red."""
    late, blocked = (max((asked.today - day).days, 0) if day else 0 for day in (due, blocking_since))
    return lights.issues(late, blocked, asked.limits).colour == "red"


def issue_verify(connection: Connection, asked: Asked) -> Iterator[Finding]:
    """Yield issues that are solved and wait for somebody to verify it."""
    for row in of_issues(connection, asked, "t.title_text, t.solved_on, t.severity", "t.state = 'solved'"):
        params = {"title": row["title_text"], "day": row["solved_on"] or "?"}
        blocking = row["severity"] == "blocking"
        yield found(asked, "issue_verify", row, "issue", row["uid"], blocking=blocking, params=params)


def issue_silent(connection: Connection, asked: Asked) -> Iterator[Finding]:
    """Yield overdue issues that nobody did anything to for some days."""
    last = (
        f"max(t.found_on, coalesce(t.assigned_on, ''), coalesce(t.level_on, ''), coalesce({TOUCHED.format('t')}, ''))"
    )
    rows = of_issues(
        connection,
        asked,
        f"{_ISSUE}, {last} AS last",
        f"{_TO_SOLVE} AND t.due_on < :today AND {last} < :silent",
        silent=asked.day(-asked.limits["issue_silent"]),
    )
    for row in rows:
        params = {"title": row["title_text"], "day": row["last"]}
        blocking = row["severity"] == "blocking"
        due = as_day(row["due_on"])
        red = _is_red(asked, due, as_day(row["found_on"]) if blocking else None)
        yield found(asked, "issue_silent", row, "issue", row["uid"], due, blocking=blocking, red=red, params=params)


def recheck_due(connection: Connection, asked: Asked) -> Iterator[Finding]:
    """Yield closed issues whose project nobody has followed up since a re-check was due."""
    names = ("recheck_first", "recheck_second")
    unseen = (
        "(date(t.closed_on, :{0}) <= :today AND NOT EXISTS (SELECT 1 FROM follow_up f "
        "WHERE f.project_uid = t.project_uid AND f.visit_date >= date(t.closed_on, :{0})))"
    )
    first, second = (unseen.format(name) for name in names)
    fields = f"t.title_text, t.closed_on, CASE WHEN {first} THEN 1 ELSE 2 END AS which"
    shifts = {name: f"+{int(asked.limits[name])} days" for name in names}
    for row in of_issues(connection, asked, fields, f"t.state = 'closed' AND ({first} OR {second})", **shifts):
        closed = as_day(row["closed_on"])
        due = closed + timedelta(days=int(asked.limits[names[row["which"] - 1]])) if closed else None
        params = {"title": row["title_text"], "day": row["closed_on"]}
        yield found(asked, "recheck_due", row, "issue", row["uid"], due, params=params)


def service_due(connection: Connection, asked: Asked) -> Iterator[Finding]:
    """Yield services near or past their promise."""
    running = "t.state IN ('accepted', 'reviewing', 'paused')"
    for row in of_projects(connection, asked, "service", "t.*", running):
        clock = line(decode(Service, row), asked.today, asked.limits)
        if clock["light"] not in ("yellow", "red"):
            continue
        left = clock["days_left"]
        clock_told = (
            Msg(N_("{days} days past the promise"), days=-left)
            if left < 0
            else Msg(N_("{days} days of the promise left"), days=left)
        )
        params = {"service": Msg(KINDS.labels.get(row["kind"], row["kind"])), "clock": clock_told}
        finding = found(asked, "service_due", row, "service", row["uid"], clock["due_on"], params=params)
        # The clock counts its own days: what was paused is not overdue, whatever the calendar says.
        yield _with(finding, overdue=max(-left, 0), cycle=row["promise_days"] or 0, red=clock["light"] == "red")


def service_silent(connection: Connection, asked: Asked) -> Iterator[Finding]:
    """Yield services under way that nothing was noted of for some working days."""
    under_way = "t.state IN ('applied', 'accepted', 'reviewing', 'paused', 'decided')"
    for row in of_projects(connection, asked, "service", f"t.*, {TOUCHED.format('t')} AS touched", under_way):
        days = [row[name] for name in ("applied_on", "accepted_on", "decided_on", "touched") if row[name]]
        for pause in decode(Service, row)["pauses"]:
            days += [day for day in (pause["from"], pause["to"]) if day]
        last = as_day(max(days)) if days else None
        if last is None or last >= asked.today:
            continue
        silent = workdays.used_days(last, asked.today, "wd", (), asked.limits.calendar)
        if silent <= asked.limits["service_silent"]:
            continue
        params = {
            "service": Msg(KINDS.labels.get(row["kind"], row["kind"])),
            "state": Msg(STATES.labels.get(row["state"], row["state"])),
            "day": last.isoformat(),
        }
        finding = found(asked, "service_silent", row, "service", row["uid"], params=params)
        yield _with(finding, overdue=silent - int(asked.limits["service_silent"]))


def element_unowned(connection: Connection, asked: Asked) -> Iterator[Finding]:
    """Yield needs that nobody is responsible for although they are needed soon."""
    yield from _elements(connection, asked, "element_unowned", "t.responsible IS NULL")


def element_due(connection: Connection, asked: Asked) -> Iterator[Finding]:
    """Yield needs that a unit is responsible for, needed soon and not secured."""
    yield from _elements(connection, asked, "element_due", "t.responsible IS NOT NULL")


def _elements(connection: Connection, asked: Asked, kind: str, whose: str) -> Iterator[Finding]:
    near = asked.limits["element_near" if kind == "element_due" else kind]
    rows = of_projects(
        connection,
        asked,
        "element_need",
        "t.element, t.need, t.secured, t.needed_by",
        f"t.state IN ('reported', 'reviewing', 'secured_part') AND t.need > t.secured AND t.needed_by <= :near "
        f"AND {whose}",
        near=asked.day(near),
    )
    for row in rows:
        label = Msg(ELEMENTS.labels.get(row["element"], row["element"]))
        gap = amount(row["element"], row["need"]) - amount(row["element"], row["secured"])
        params = {"element": label, "gap": shown(row["element"], gap), "day": row["needed_by"]}
        yield found(asked, kind, row, "element_need", row["uid"], as_day(row["needed_by"]), params=params)


def policy_untold(connection: Connection, asked: Asked) -> Iterator[Finding]:
    """Yield policies found for a project long enough ago that its owner should know; every one of unknown day."""
    foundations = ", ".join(f"'{action}'" for action in FOUNDATIONS)
    suggested = (
        "(SELECT substr(at, 1, 10) FROM deed WHERE uid = t.uid AND (kind = 'add' OR "
        f"json_extract(fields, '$.state') IS NOT NULL) AND action NOT IN ({foundations}) ORDER BY seq DESC LIMIT 1)"
    )
    fields = f"(SELECT title_text FROM policy WHERE uid = t.policy_uid) AS title, {suggested} AS day"
    for row in of_projects(connection, asked, "policy_match", fields, "t.state = 'suggested'"):
        day = as_day(row["day"])
        due = day + timedelta(days=int(asked.limits["policy_tell"])) if day else None
        if due is None or due < asked.today:
            params = {"policy": row["title"] or "?"}
            yield found(asked, "policy_untold", row, "policy_match", row["uid"], due, params=params)


def promise_late(connection: Connection, asked: Asked) -> Iterator[Finding]:
    """Yield promises whose day has passed."""
    fields = "t.text, t.side, t.keeper, t.due_on"
    for row in of_projects(connection, asked, "promise", fields, "t.state = 'open' AND t.due_on < :today"):
        side = Msg(SIDES.labels.get(row["side"], row["side"]))
        params = {"side": row["keeper"] or side, "text": row["text"], "day": row["due_on"]}
        yield found(asked, "promise_late", row, "promise", row["uid"], as_day(row["due_on"]), params=params)


def _with(finding: Finding, **values: Any) -> Finding:
    from dataclasses import replace

    return replace(finding, **values)
