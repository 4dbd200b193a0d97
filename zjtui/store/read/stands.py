"""How each project of a group stands in a year: what the change of a group's rate is explained by."""

import json
from typing import Any

from zjtui.domain.bridge import Stand
from zjtui.store.read.standings import GROUPS
from zjtui.store.sqlite import Connection
from zjtui.store.standing import EXPECTED, RULES, counted

_CHUNK = 500


def stands(connection: Connection, year: int, by: str = "", key: str = "", rules: int = RULES) -> dict[str, Stand]:
    """Return the projects of the group `key` of the table `by`, or all, that count in a year, by uid.

    `rules` are those that the register's standings were made by.
    """
    group, join, _flag = GROUPS[by] if by else ("''", "", "")
    rows = connection.execute(
        f"SELECT q.uid, s.plan, s.new_start, s.started, s.out_month, {', '.join(f's.{name}' for name in EXPECTED)} "
        f"FROM standing s JOIN project q ON q.id = s.id {join} "
        f"WHERE s.year = ? AND CAST(coalesce({group}, '') AS TEXT) = ?",
        (year, key),
    ).fetchall()
    months = _months(connection, year, [row[0] for row in rows], rules)
    return {row[0]: Stand(row[1], months.get(row[0], {}), tuple(row)[5:], bool(row[2]), row[3], row[4]) for row in rows}


def names(connection: Connection, uids: set[str]) -> dict[str, str]:
    """Return the names of projects, however many."""
    query = "SELECT uid, name FROM project WHERE uid IN (SELECT value FROM json_each(?))"
    return {row[0]: row[1] for row in connection.execute(query, (json.dumps(sorted(uids)),))}


def _months(connection: Connection, year: int, uids: list[str], rules: int) -> dict[str, dict[int, int]]:
    found: dict[str, dict[int, int]] = {}
    for start in range(0, len(uids), _CHUNK):
        wanted: list[Any] = uids[start : start + _CHUNK]
        rows = connection.execute(
            "SELECT project_uid, month, invest_month FROM monthly_report WHERE project_uid IN "
            f"({', '.join('?' * len(wanted))}) AND month BETWEEN ? AND ? AND {counted(rules)}",
            [*wanted, f"{year}-01", f"{year}-12"],
        )
        for uid, month, amount in rows:
            found.setdefault(uid, {})[int(month[5:7])] = amount
    return found
