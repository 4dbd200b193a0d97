"""What reports list: records of a scope's projects in a span of days, each with its project and county by name."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from zjtui.domain import registry
from zjtui.domain.issue_codes import OPEN_STATES
from zjtui.domain.region import PROVINCE, subtree
from zjtui.i18n import language
from zjtui.store.read import on_day
from zjtui.store.read.records import with_names
from zjtui.store.rows import decode
from zjtui.store.sqlite import Connection

_OPEN = ", ".join(f"'{state}'" for state in OPEN_STATES)
_FOLLOWED, _CURRENT = on_day.FOLLOWED.format("p"), on_day.CONTACT.format("c")


@dataclass(frozen=True)
class Which:
    """Whose records: of a region with all it contains, of one project, of the projects a person contacts."""

    region: str = ""
    project: str = ""
    person: str = ""

    def where(self) -> tuple[str, dict[str, Any]]:
        """Return the condition on the project `p` and its values."""
        parts, values = ["1"], dict[str, Any]()
        if self.region and self.region != PROVINCE:
            parts.append("p.region_code BETWEEN :region_from AND :region_to")
            values["region_from"], values["region_to"] = subtree(self.region)
        if self.project:
            parts.append("p.uid = :project")
            values["project"] = self.project
        if self.person:
            parts.append("p.uid IN (SELECT project_uid FROM contact WHERE person_uid = :person AND to_date IS NULL)")
            values["person"] = self.person
        return " AND ".join(parts), values


def done_by_state(connection: Connection, which: Which, year: int, month: int) -> dict[str, int]:
    """Return the yuan reported from January up to a month, by the state of the reports."""
    where, values = which.where()
    rows = connection.execute(
        "SELECT r.state, sum(r.invest_month) FROM monthly_report r JOIN project p ON p.uid = r.project_uid "
        f"WHERE r.month BETWEEN :first AND :last AND {where} GROUP BY r.state",
        {**values, "first": f"{year}-01", "last": f"{year}-{month:02}"},
    )
    return {row[0]: row[1] for row in rows}


def visits(connection: Connection, which: Which, since: date, until: date) -> list[dict[str, Any]]:
    """Return the follow-ups of a span of days, the first first."""
    return _rows(connection, "follow_up", which, "t.visit_date BETWEEN :since AND :until", "t.visit_date",
                 since=since.isoformat(), until=until.isoformat())  # fmt: skip


def issues_found(connection: Connection, which: Which, since: date, until: date) -> list[dict[str, Any]]:
    """Return the issues raised in a span of days; drafts are nobody's yet."""
    return _rows(connection, "issue", which, "t.state <> 'draft' AND t.found_on BETWEEN :since AND :until",
                 "t.found_on", since=since.isoformat(), until=until.isoformat())  # fmt: skip


def issues_closed(connection: Connection, which: Which, since: date, until: date) -> list[dict[str, Any]]:
    """Return the issues struck off in a span of days."""
    return _rows(connection, "issue", which, "t.state = 'closed' AND t.closed_on BETWEEN :since AND :until",
                 "t.closed_on", since=since.isoformat(), until=until.isoformat())  # fmt: skip


def issues_open(connection: Connection, which: Which) -> list[dict[str, Any]]:
    """Return the issues that are open, those due first."""
    return _rows(connection, "issue", which, f"t.state IN ({_OPEN})", "t.due_on IS NULL, t.due_on")


def promises_made(connection: Connection, which: Which, since: date, until: date) -> list[dict[str, Any]]:
    """Return the promises made in a span of days."""
    return _rows(connection, "promise", which, "t.made_on BETWEEN :since AND :until", "t.made_on",
                 since=since.isoformat(), until=until.isoformat())  # fmt: skip


def planned(connection: Connection, which: Which, since: date, until: date) -> list[dict[str, Any]]:
    """Return the planned visits of a span of days."""
    return _rows(connection, "visit_plan", which, "t.day BETWEEN :since AND :until", "t.day",
                 since=since.isoformat(), until=until.isoformat())  # fmt: skip


def agreed(connection: Connection, which: Which, since: date, until: date) -> list[dict[str, Any]]:
    """Return the follow-ups on which a next visit within a span of days was agreed."""
    return _rows(connection, "follow_up", which, "t.next_visit BETWEEN :since AND :until", "t.next_visit",
                 since=since.isoformat(), until=until.isoformat())  # fmt: skip


def services(connection: Connection, which: Which, since: date, until: date) -> list[dict[str, Any]]:
    """Return the services applied for by `until` that ran within the span: open still, or ended from `since` on."""
    condition = (
        "coalesce(t.applied_on, t.accepted_on) <= :until "
        "AND coalesce(t.decided_on, t.ended_on, :until) >= :since AND t.state <> 'planned'"
    )
    order = "t.decided_on IS NOT NULL, t.accepted_on IS NULL, t.accepted_on"
    return _rows(connection, "service", which, condition, order, since=since.isoformat(), until=until.isoformat())


def without_leader(connection: Connection, which: Which, today: date) -> list[dict[str, Any]]:
    """Return the projects that no main leader contacts today, as {project, county, stage}."""
    where, values = which.where()
    rows = connection.execute(
        f"SELECT p.name AS project, {_county()} AS county, p.stage FROM project p "
        f"LEFT JOIN region r ON r.uid = p.region_code WHERE {_FOLLOWED} AND {where} AND NOT EXISTS "
        f"(SELECT 1 FROM contact c WHERE c.project_uid = p.uid AND c.is_main AND {_CURRENT}) "
        "ORDER BY p.region_code, p.name",
        {**values, "day": today.isoformat()},
    )
    return [dict(row) for row in rows]


def contacts(connection: Connection, which: Which, today: date) -> list[dict[str, Any]]:
    """Return the contacts of a day with the last visit by their mechanism as `seen` ("" where there was none).

    `last` is the day from which their cycle counts.
    """
    where, values = which.where()
    rows = connection.execute(
        f"SELECT p.name AS project, {_county()} AS county, n.name AS person, c.mechanism, c.from_date, c.cycle_days, "
        "coalesce((SELECT max(visit_date) FROM follow_up f WHERE f.project_uid = c.project_uid "
        "AND f.mechanism = c.mechanism AND f.visit_date <= :day), '') AS seen, "
        f"{on_day.LAST_SEEN.format('c')} AS last FROM contact c "
        "JOIN project p ON p.uid = c.project_uid LEFT JOIN region r ON r.uid = p.region_code "
        f"LEFT JOIN person n ON n.uid = c.person_uid WHERE {_CURRENT} AND {_FOLLOWED} AND {where} "
        "ORDER BY p.region_code, p.name, c.id",
        {**values, "day": today.isoformat()},
    )
    return [dict(row) for row in rows]


def cities(connection: Connection) -> list[tuple[str, str]]:
    """Return the cities as (code, name)."""
    name = "name_zh" if language() == "zh" else "name_en"
    rows = connection.execute(f"SELECT uid, coalesce({name}, uid) FROM region WHERE level = 'city' ORDER BY uid")
    return [(row[0], row[1]) for row in rows]


def projects(connection: Connection, which: Which) -> list[tuple[str, str, str]]:
    """Return the projects of a scope as (uid, name, county)."""
    where, values = which.where()
    rows = connection.execute(
        f"SELECT p.uid, p.name, {_county()} FROM project p LEFT JOIN region r ON r.uid = p.region_code "
        f"WHERE {where} ORDER BY p.region_code, p.name",
        values,
    )
    return [(row[0], row[1], row[2]) for row in rows]


def _county() -> str:
    return f"coalesce(r.{'name_zh' if language() == 'zh' else 'name_en'}, p.region_code)"


def _rows(
    connection: Connection, entity: str, which: Which, condition: str, order: str, **more: Any
) -> list[dict[str, Any]]:
    where, values = which.where()
    rows = connection.execute(
        f"SELECT t.*, p.name AS project, {_county()} AS county, p.region_code AS place FROM {entity} t "
        "JOIN project p ON p.uid = t.project_uid LEFT JOIN region r ON r.uid = p.region_code "
        f"WHERE {where} AND {condition} ORDER BY {order}, t.id",
        {**values, **more},
    ).fetchall()
    kind = registry.model(entity)
    found = [
        {**decode(kind, row), "project": row["project"], "county": row["county"], "place": row["place"]} for row in rows
    ]
    return with_names(connection, entity, found)
