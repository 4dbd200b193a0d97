"""Planned visits: on which days, and those of one day in the order of the counties."""

from typing import Any

from zjtui.i18n import language
from zjtui.store.sqlite import Connection


def days(connection: Connection, since: str) -> list[tuple[str, int]]:
    """Return the days with planned visits from `since` on, and how many each has."""
    rows = connection.execute("SELECT day, count(*) FROM visit_plan WHERE day >= ? GROUP BY day ORDER BY day", (since,))
    return [(row[0], row[1]) for row in rows]


def of_day(connection: Connection, day: str) -> list[dict[str, Any]]:
    """Return the planned visits of one day as {county, project, site, who, purpose}, county by county."""
    name = "name_zh" if language() == "zh" else "name_en"
    rows = connection.execute(
        f"SELECT coalesce(r.{name}, p.region_code) AS county, p.name AS project, p.site, v.who, v.purpose "
        "FROM visit_plan v JOIN project p ON p.uid = v.project_uid LEFT JOIN region r ON r.uid = p.region_code "
        "WHERE v.day = ? ORDER BY p.region_code, p.name, v.id",
        (day,),
    )
    return [dict(row) for row in rows]
