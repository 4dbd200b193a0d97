"""Findings about looking after projects: contacts, visits, reports, starts, statistics, leaders, drafts."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from zjtui.domain import report_due
from zjtui.domain.contact import MECHANISMS
from zjtui.domain.month import add_months
from zjtui.errors import Msg
from zjtui.i18n import joined
from zjtui.store.read.finding_query import Page, Query
from zjtui.store.read.finding_scope import ACTIVE, CLOSED, CURRENT, Asked
from zjtui.store.sqlite import Connection

_FOLLOWED_NOT = f"{CLOSED}, 'reserve'"  # docs/figures.md 7; who withdraws later than today is closed all the same
# The last visit of a contact's mechanism, and the day on which the next one is due.
_SEEN = (
    "max({0}.from_date, coalesce((SELECT max(f.visit_date) FROM follow_up f INDEXED BY follow_up_seen "
    "WHERE f.project_uid = {0}.project_uid AND f.mechanism = {0}.mechanism AND f.visit_date <= :day), ''))"
)
_NEXT = f"date({_SEEN}, '+' || {{0}}.cycle_days || ' days')"
# The same day as a number, before the record's: the smallest was due first, and is the oldest of those due on a day.
_FIRST = f"min(((CAST(julianday({_SEEN}) AS INTEGER) + {{0}}.cycle_days) << 40) | {{0}}.id)"
LOOKED_AFTER = "JOIN looked_after l ON l.id = p.id"


def of_projects(asked: Asked, condition: str, beside: str = "", **facts: Any) -> Query:
    """Return a finding about projects themselves; `beside` is joined to them."""
    facts = {"about": "'project'", "uid": "p.uid", "id": "p.id", "project": "p.uid", **facts}
    return Query(f"{asked.projects} {beside}", f"{asked.where} AND {condition}", **facts)


def contact_overdue(_connection: Connection, asked: Asked) -> Iterator[Query]:
    """Yield projects not contacted within the cycle, once for every mechanism; of a person, only his own ones.

    Where all visits and contacts are behind the day, what is kept of them says it (store/looked_after.py).
    """
    source, scope = asked.hanging("contact", "c", index="contact_seen", without=_FOLLOWED_NOT)
    if asked.scope.person:
        own = "c.person_uid = :person"
    else:
        unsettled = "SELECT id FROM looked_after WHERE settled > :day"
        own = f"c.project_uid IN (SELECT uid FROM project WHERE id IN ({unsettled}))"
        kept, followed = asked.kept("contact_due", "d", without=_FOLLOWED_NOT)
        yield _contacts(
            f"{kept} CROSS JOIN contact t ON t.id = d.contact",
            f"{followed} AND d.due < :today AND d.id NOT IN ({unsettled})",
            due="d.due",
            cycle="d.cycle",
            page=lambda _ids: _contacts("contact t", "1", _NEXT.format("t")),
        )
    first = (
        f"SELECT first & 1099511627775 FROM (SELECT {_FIRST.format('c')} AS first FROM {source} "
        f"WHERE {scope} AND {own} AND {CURRENT} "
        "GROUP BY c.project_uid, c.mechanism HAVING first >> 40 < CAST(julianday(:today) AS INTEGER))"
    )
    yield _contacts("contact t", f"t.id IN ({first})", due=_NEXT.format("t"))


def _contacts(source: str, where: str, due: str, cycle: str = "t.cycle_days", page: Page | None = None) -> Query:
    return Query(
        source,
        where,
        "'contact'",
        fields=f"t.mechanism, t.cycle_days, {_SEEN.format('t')} AS last",
        params=lambda row: {
            "mechanism": Msg(MECHANISMS.labels.get(row["mechanism"], row["mechanism"])),
            "cycle": row["cycle_days"],
            "day": row["last"],
        },
        due=due,
        cycle=cycle,
        page=page,
    )


def never_visited(_connection: Connection, asked: Asked) -> Iterator[Query]:
    """Yield projects where nobody has ever been; calls, meetings and letters do not count."""
    yield of_projects(
        asked,
        f"p.stage IN ({ACTIVE}) AND l.onsite IS NOT 1",
        f"LEFT {LOOKED_AFTER}",
        fields="(SELECT count(*) FROM follow_up WHERE project_uid = p.uid) AS visits",
        params=lambda row: {"count": row["visits"]},
    )


def not_linked(_connection: Connection, asked: Asked) -> Iterator[Query]:
    """Yield follow-ups that raised a problem which is not on the list of issues."""
    source, scope = asked.hanging("follow_up", index="follow_up_raised")
    yield Query(
        source,
        f"t.result = 'issue_raised' AND {scope} AND NOT EXISTS (SELECT 1 FROM issue i WHERE i.follow_up_uid = t.uid)",
        "'follow_up'",
        fields="t.visit_date",
        params=lambda row: {"day": row["visit_date"]},
    )


def visit_due(_connection: Connection, asked: Asked) -> Iterator[Query]:
    """Yield projects whose last follow-up named a day for the next one, and that day has come."""
    yield of_projects(
        asked, "l.next_visit <= :today", f"CROSS {LOOKED_AFTER} CROSS JOIN follow_up t ON t.id = l.newest",
        about="'follow_up'", uid="t.uid", fields="t.visit_date", due="l.next_visit",
        params=lambda row: {"visit": row["visit_date"], "day": row["due"]},
    )  # fmt: skip


def report_missing(_connection: Connection, asked: Asked) -> Iterator[Query]:
    """Yield projects whose due reports of the year (domain/report_due.py) are not all handed in.

    Drafts are not handed in; a returned report of a completed project is missing too. A month is a bit, January first.
    """
    year, last = asked.last_month_due()
    stages = ", ".join(f"'{stage}'" for stage in report_due.STAGES)

    def month(name: str, before: int, after: int) -> str:
        return (
            f"CASE WHEN substr(p.{name}, 1, 7) < '{year}-01' THEN {before} WHEN substr(p.{name}, 1, 7) > '{year}-12' "
            f"THEN {after} ELSE CAST(substr(p.{name}, 6, 2) AS INTEGER) END"
        )

    first, until = month("real_start", 1, 13), f"coalesce(min({month('real_end', 0, 12)}, {last}), {last})"
    missing = f"(((1 << {until}) - 1) & ~((1 << ({first} - 1)) - 1) & ~s.handed)"
    days = {number: report_due.due_on(f"{year}-{number:02}", asked.limits["report_day"]) for number in range(1, 13)}
    cases = " ".join(f"WHEN {1 << (number - 1)} THEN '{day.isoformat()}'" for number, day in days.items())

    def params(row: Any) -> Mapping[str, Any]:
        names = [f"{year}-{number:02}" for number in range(1, 13) if row["missing"] >> (number - 1) & 1]
        return {"months": joined(names)}

    yield of_projects(
        asked,
        f"s.planned AND p.real_start IS NOT NULL AND p.stage IN ({stages}) AND {missing} > 0",
        f"CROSS JOIN standing s ON s.year = {year} AND s.id = p.id",
        fields=f"{missing} AS missing",
        params=params,
        due=f"CASE {missing} & -{missing} {cases} END",
        red=f"(p.stage = 'building' AND bits({missing}) >= {asked.limits['report_red']})",
    )


def start_due(_connection: Connection, asked: Asked) -> Iterator[Query]:
    """Yield projects that are planned to start this month."""
    yield _starts(asked, "t.plan_start_month = :month")


def start_late(_connection: Connection, asked: Asked) -> Iterator[Query]:
    """Yield projects whose planned month has passed, without a start and without a reason."""
    yield _starts(asked, "t.plan_start_month < :month AND coalesce(p.stage_reason, t.adjust_reason, '') = ''")


def _starts(asked: Asked, condition: str) -> Query:
    # The light of a new start is red after so many month-ends (domain/lights.py).
    red = add_months(asked.today.replace(day=1), -int(asked.limits["start_red"])).strftime("%Y-%m")
    return of_projects(
        asked,
        f"t.year = :year AND p.real_start IS NULL AND p.stage IN ('reserve', 'preparatory', 'ready') AND {condition}",
        "CROSS JOIN annual_plan t INDEXED BY annual_plan_key ON t.project_uid = p.uid",
        fields="t.plan_start_month",
        params=lambda row: {"month": row["plan_start_month"]},
        due="date(t.plan_start_month || '-01', '+1 month', '-1 day')",
        red=f"(t.year_class = 'new_start' AND t.plan_start_month < '{red}')",
    )


def stat_missing(_connection: Connection, asked: Asked) -> Iterator[Query]:
    """Yield projects that started long enough ago to be in the statistics, and are not."""
    yellow, red = (_started_by(asked, name) for name in ("stat_yellow", "stat_red"))
    yield of_projects(
        asked,
        "p.stage IN ('building', 'completed') AND coalesce(p.stat_in, '9') > :today AND p.real_start < :today "
        f"AND p.real_start <= '{max(yellow, red)}'",
        fields="p.real_start",
        params=lambda row: {"day": row["real_start"]},
        due=f"months_later(p.real_start, {int(asked.limits['stat_yellow'])})",
        red=f"p.real_start <= '{red}'",
    )


def _started_by(asked: Asked, limit: str) -> str:
    """Return the newest day of a start from which more than so many months have passed."""
    count = int(asked.limits[limit])
    day = add_months(asked.today, -count)
    while add_months(day, count) < asked.today:  # a month's end stands for the days that it does not have
        day = date.fromordinal(day.toordinal() + 1)
    while add_months(day, count) >= asked.today:
        day = date.fromordinal(day.toordinal() - 1)
    return day.isoformat()


def no_leader(_connection: Connection, asked: Asked) -> Iterator[Query]:
    """Yield projects without a main leader at present."""
    yield of_projects(
        asked,
        f"p.stage NOT IN ({_FOLLOWED_NOT}) AND NOT EXISTS (SELECT 1 FROM contact c INDEXED BY contact_seen "
        f"WHERE c.project_uid = p.uid AND c.is_main AND {CURRENT})",
    )


def draft_left(_connection: Connection, _asked: Asked) -> Iterator[Query]:
    """Yield forms on this computer that were left without saving."""
    yield Query(
        "draft t", "1", "'draft'", fields="t.subject, t.at", project="''", name="coalesce(f.subject, '')", uid="t.key",
        id="t.rowid", params=lambda row: {"at": row["at"].replace("T", " ")},
    )  # fmt: skip
