"""Findings about looking after projects: contacts, visits, reports, starts, statistics, leaders, drafts."""

from collections.abc import Iterator
from datetime import date

from zjtui.domain import lights, report_due
from zjtui.domain.contact import MECHANISMS
from zjtui.domain.dates import add_months, month_end
from zjtui.domain.finding import Finding
from zjtui.errors import Msg
from zjtui.store.read import on_day
from zjtui.store.read.finding_scope import ACTIVE, CURRENT, HEAD, Asked, as_day, found, of_projects
from zjtui.store.sqlite import Connection
from zjtui.store.standing import counted

_SEEN, _FOLLOWED = on_day.LAST_SEEN.format("c"), on_day.FOLLOWED.format("p")


def contact_overdue(connection: Connection, asked: Asked) -> Iterator[Finding]:
    """Yield projects not contacted within the cycle, once for every mechanism; of a person, only his own ones."""
    own = "AND c.person_uid = :person" if asked.scope.person else ""
    rows = connection.execute(
        f"SELECT {HEAD}, c.uid, c.mechanism, c.cycle_days, {_SEEN} AS last, "
        f"min(date({_SEEN}, '+' || c.cycle_days || ' days')) AS due "
        f"FROM contact c JOIN project p ON p.uid = c.project_uid WHERE {asked.where} AND {_FOLLOWED} AND {CURRENT} "
        f"{own} GROUP BY c.project_uid, c.mechanism HAVING due < :today",
        asked.values,
    )
    for row in rows:
        params = {
            "mechanism": Msg(MECHANISMS.labels.get(row["mechanism"], row["mechanism"])),
            "cycle": row["cycle_days"],
            "day": row["last"],
        }
        due = as_day(row["due"])
        yield found(asked, "contact_overdue", row, "contact", row["uid"], due, cycle=row["cycle_days"], params=params)


def never_visited(connection: Connection, asked: Asked) -> Iterator[Finding]:
    """Yield projects where nobody has ever been; calls, meetings and letters do not count."""
    rows = connection.execute(
        f"SELECT {HEAD}, (SELECT count(*) FROM follow_up WHERE project_uid = p.uid) AS visits FROM project p "
        f"WHERE {asked.where} AND p.stage IN ({ACTIVE}) AND NOT EXISTS "
        "(SELECT 1 FROM follow_up WHERE project_uid = p.uid AND form = 'onsite')",
        asked.values,
    )
    for row in rows:
        yield found(asked, "never_visited", row, "project", row["project_uid"], params={"count": row["visits"]})


def not_linked(connection: Connection, asked: Asked) -> Iterator[Finding]:
    """Yield follow-ups that raised a problem which is not on the list of issues."""
    condition = "t.result = 'issue_raised' AND NOT EXISTS (SELECT 1 FROM issue i WHERE i.follow_up_uid = t.uid)"
    for row in of_projects(connection, asked, "follow_up", "t.visit_date", condition):
        yield found(asked, "not_linked", row, "follow_up", row["uid"], params={"day": row["visit_date"]})


def visit_due(connection: Connection, asked: Asked) -> Iterator[Finding]:
    """Yield projects whose last follow-up named a day for the next one, and that day has come."""
    newest = "(SELECT id FROM follow_up WHERE project_uid = p.uid ORDER BY visit_date DESC, id DESC LIMIT 1)"
    condition = f"t.next_visit <= :today AND t.id = {newest}"
    for row in of_projects(connection, asked, "follow_up", "t.visit_date, t.next_visit", condition):
        params = {"visit": row["visit_date"], "day": row["next_visit"]}
        yield found(asked, "visit_due", row, "follow_up", row["uid"], as_day(row["next_visit"]), params=params)


def report_missing(connection: Connection, asked: Asked) -> Iterator[Finding]:
    """Yield projects whose due reports of the year (domain/report_due.py) are not all handed in.

    Drafts are not handed in; a returned report of a completed project is missing too.
    """
    year, last = asked.last_month_due()
    stages = ", ".join(f"'{stage}'" for stage in report_due.STAGES)
    rows = connection.execute(
        f"SELECT {HEAD}, p.stage, p.real_start, p.real_end, (SELECT group_concat(month) FROM monthly_report "
        f"WHERE project_uid = p.uid AND month BETWEEN :january AND :december AND {counted()}) AS months "
        "FROM project p JOIN annual_plan a ON a.project_uid = p.uid AND a.year = :of_year "
        f"WHERE {asked.where} AND p.stage IN ({stages})",
        {**asked.values, "of_year": year, "january": f"{year}-01", "december": f"{year}-12"},
    )
    least = asked.limits["report_red"]
    for row in rows:
        handed = (row["months"] or "").split(",")
        months = report_due.months_due(year, last, row["real_start"], row["real_end"], row["stage"])
        missing = [month for month in months if month not in handed]
        if missing:
            due = report_due.due_on(missing[0], asked.limits["report_day"])
            red = len(missing) >= least and row["stage"] == "building"
            params = {"months": "、".join(missing)}
            yield found(asked, "report_missing", row, "project", row["project_uid"], due, red=red, params=params)


def start_due(connection: Connection, asked: Asked) -> Iterator[Finding]:
    """Yield projects that are planned to start this month."""
    yield from _starts(connection, asked, "start_due", "t.plan_start_month = :month")


def start_late(connection: Connection, asked: Asked) -> Iterator[Finding]:
    """Yield projects whose planned month has passed, without a start and without a reason."""
    reason = "coalesce(p.stage_reason, t.adjust_reason, '') = ''"
    yield from _starts(connection, asked, "start_late", f"t.plan_start_month < :month AND {reason}")


def _starts(connection: Connection, asked: Asked, kind: str, condition: str) -> Iterator[Finding]:
    open_ones = "t.year = :year AND p.real_start IS NULL AND p.stage IN ('reserve', 'preparatory', 'ready')"
    for row in of_projects(
        connection, asked, "annual_plan", "t.plan_start_month, t.year_class", f"{open_ones} AND {condition}"
    ):
        month = row["plan_start_month"]
        due = month_end(date.fromisoformat(f"{month}-01"))
        light = lights.start(month, None, asked.today, asked.limits) if row["year_class"] == "new_start" else None
        red = light is not None and light.colour == "red"
        yield found(asked, kind, row, "project", row["project_uid"], due, red=red, params={"month": month})


def stat_missing(connection: Connection, asked: Asked) -> Iterator[Finding]:
    """Yield projects that started long enough ago to be in the statistics, and are not."""
    rows = connection.execute(
        f"SELECT {HEAD}, p.real_start FROM project p WHERE {asked.where} "
        "AND p.stage IN ('building', 'completed') AND coalesce(p.stat_in, '9') > :today AND p.real_start < :today",
        asked.values,
    )
    for row in rows:
        started = date.fromisoformat(row["real_start"])
        light = lights.statistics(started, None, asked.today, asked.limits)
        if light is None or light.colour == "green":
            continue
        due = add_months(started, int(asked.limits["stat_yellow"]))
        red, params = light.colour == "red", {"day": row["real_start"]}
        yield found(asked, "stat_missing", row, "project", row["project_uid"], due, red=red, params=params)


def no_leader(connection: Connection, asked: Asked) -> Iterator[Finding]:
    """Yield projects without a main leader at present."""
    rows = connection.execute(
        f"SELECT {HEAD} FROM project p WHERE {asked.where} AND {_FOLLOWED} AND NOT EXISTS "
        f"(SELECT 1 FROM contact c WHERE c.project_uid = p.uid AND c.is_main AND {CURRENT})",
        asked.values,
    )
    for row in rows:
        yield found(asked, "no_leader", row, "project", row["project_uid"])


def draft_left(connection: Connection, _asked: Asked) -> Iterator[Finding]:
    """Yield forms on this computer that were left without saving."""
    for row in connection.execute("SELECT key, subject, at FROM draft"):
        at = row["at"].replace("T", " ")
        yield Finding("draft_left", "", row["subject"] or "", "draft", row["key"], params={"at": at})
