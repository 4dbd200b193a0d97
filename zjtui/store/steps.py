"""Steps of migrations.py from the eighth on."""

from typing import Any

from zjtui.store import standing
from zjtui.store.changes import WORKED_ON

_HEAD = "id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE"


def figures(database: Any) -> None:
    """Step 8: calendars of working days, and standings that count only what counts (docs/figures.md)."""
    database.execute(
        f"CREATE TABLE work_calendar ({_HEAD}, year INTEGER NOT NULL UNIQUE, days_off TEXT NOT NULL, "
        "days_worked TEXT NOT NULL, source TEXT) STRICT"
    )
    columns = "monthly_report(month, project_uid, invest_month)"
    database.execute(f"CREATE INDEX monthly_report_waiting ON {columns} WHERE {standing.WAITING}")
    database.execute("DROP TABLE standing")
    database.execute(standing.SCHEMA)
    standing.refresh_all(database.conn)


def readings(database: Any) -> None:
    """Step 10: 莲都区 is read lian du qu, as 莲都 is, and no longer lian dou qu."""
    database.execute("UPDATE pinyin SET sort_key = replace(sort_key, 'lian dou qu', 'lian du qu')")


def names(database: Any) -> None:
    """Step 9: units and persons are found by their names without looking at all of them."""
    database.execute("CREATE INDEX org_name ON org(name)")
    database.execute("CREATE INDEX org_short ON org(short) WHERE short IS NOT NULL")
    database.execute("CREATE INDEX person_name ON person(name)")


def findings(database: Any) -> None:
    """Step 11: what the findings of a whole province are counted and sorted by, and standings that know each month."""
    for statement in (
        # The last visit by each mechanism, whether anybody was on site, what raised a problem: no visit is looked up.
        "CREATE INDEX follow_up_seen ON follow_up(project_uid, mechanism, visit_date, form, result)",
        "CREATE INDEX contact_seen ON contact(project_uid, mechanism, from_date, to_date, cycle_days, is_main)",
        "CREATE INDEX annual_plan_amount ON annual_plan(project_uid, year, adjusted_invest, plan_invest)",
        "CREATE INDEX project_closed ON project(stage, uid)",
        "DROP INDEX project_stage",
        "DROP INDEX contact_project",
        f"CREATE INDEX change_worked ON change(uid, seq, at, operation, undoes) WHERE {WORKED_ON}",
        "DROP TABLE standing",
        standing.SCHEMA,
    ):
        database.execute(statement)
    standing.refresh_all(database.conn)
