"""Steps of migrations.py from the eighth on."""

from typing import Any

from zjtui.store import standing

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
