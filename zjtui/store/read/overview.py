"""The figures people ask for first: how many, how much, by attribute, by scale, and what is open."""

from datetime import date
from typing import Any

from zjtui.domain import issue_codes, service_codes
from zjtui.domain.project_codes import ATTRS, BAND_LIMITS, STAGES
from zjtui.store.read import on_day
from zjtui.store.sqlite import Connection


def figures(connection: Connection, today: date) -> dict[str, Any]:
    """Return counts and sums of the register on `today`, amounts in yuan.

    `by_attr`, `by_scale` and `by_stage` are {code: (projects, total_invest)}, `issues` and `services` {state: count};
    every declared code is there, and any that a newer version wrote.
    """
    iso = today.isoformat()
    projects, total = connection.execute(
        "SELECT count(*), coalesce(sum(total_invest), 0) FROM project INDEXED BY project_total"
    ).fetchone()
    plan = connection.execute(
        "SELECT coalesce(sum(coalesce(adjusted_invest, plan_invest)), 0) FROM annual_plan WHERE year = ?", (today.year,)
    ).fetchone()[0]
    late = connection.execute(
        f"SELECT count(*) FROM issue i WHERE {on_day.OVERDUE.format('i')}", {"day": iso}
    ).fetchone()[0]
    return {
        "projects": projects,
        "total_invest": total,
        "plan_invest": plan,
        "by_attr": _by(connection, "attr", tuple(ATTRS)),
        "by_stage": _by(connection, "stage", tuple(STAGES)),
        "by_scale": {band: _of_scale(connection, *limits) for band, limits in BAND_LIMITS.items()},
        "issues": _states(connection, "issue", tuple(issue_codes.STATES)),
        "issues_late": late,
        "services": _states(connection, "service", tuple(service_codes.STATES)),
        "follow_ups": connection.execute("SELECT count(*) FROM follow_up").fetchone()[0],
    }


def _by(connection: Connection, column: str, codes: tuple[str, ...]) -> dict[str, tuple[int, int]]:
    found = dict.fromkeys(codes, (0, 0))
    for code, count, total in connection.execute(
        f"SELECT {column}, count(*), sum(total_invest) FROM project GROUP BY {column} ORDER BY {column}"
    ):
        found[code or "none"] = (count, total)
    return found


def _of_scale(connection: Connection, low: int, high: int | None) -> tuple[int, int]:
    row = connection.execute(
        "SELECT count(*), coalesce(sum(total_invest), 0) FROM project WHERE total_invest >= ? AND total_invest < ?",
        (low, 2**63 - 1 if high is None else high),
    ).fetchone()
    return row[0], row[1]


def _states(connection: Connection, table: str, codes: tuple[str, ...]) -> dict[str, int]:
    found = dict.fromkeys(codes, 0)
    found.update({row[0]: row[1] for row in connection.execute(f"SELECT state, count(*) FROM {table} GROUP BY state")})
    return found
