"""What the questions about figures ask of the change log and of units: entries of minutes, freezes, round figures."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from zjtui.domain.fields import WAN
from zjtui.domain.odd_facts import Entry, entered_together
from zjtui.store.changes import TYPED_MONTHS
from zjtui.store.read.finding_scope import Asked
from zjtui.store.rows import to_json
from zjtui.store.sqlite import Connection

Values = Mapping[str, Any]
_SECONDS = "CAST(strftime('%s', c.at) AS INTEGER)"
_OWN = (
    "monthly_report r CROSS JOIN deed c ON c.uid = r.uid WHERE r.project_uid = :project "
    f"AND r.month BETWEEN :first AND :last AND {TYPED_MONTHS}"
)


def typed(connection: Connection, asked: Asked, values: Values) -> dict[str, dict[int, int]]:
    """Return {project: {month: n}}: with how many projects one person entered the month, where they are many."""
    span, most = asked.limits["odd_typed_minutes"] * 60, asked.limits["odd_typed"]
    if asked.scope.project:
        uids = _near(connection, values, span)
    else:
        rows = connection.execute(
            f"SELECT c.person, {_SECONDS}, c.uid FROM change c "
            f"WHERE {TYPED_MONTHS} AND c.action <> 'undo' AND c.at >= :first ORDER BY c.at",
            values,
        )
        uids = set(_crowded(rows, span, most))
    found: dict[str, dict[int, int]] = {}
    for (project, month), count in _together(connection, asked, values, uids).items():
        if count > most and values["first"] <= month <= values["last"]:
            found.setdefault(project, {})[int(month[5:])] = count
    return found


def _crowded(rows: Iterable[Sequence[Any]], span: float, most: float) -> Iterator[str]:
    """Yield what was entered among more than `most` entries of one person within `span` seconds; `rows` by time."""
    recent: dict[str, list[tuple[int, str]]] = {}
    for person, second, uid in rows:
        own = recent.setdefault(person, [])
        while own and second - own[0][0] > span:
            own.pop(0)
        own.append((second, uid))
        if len(own) > most:
            yield from (other for _second, other in own)
            del own[: -int(most) - 1]  # the rest was named already


def _near(connection: Connection, values: Values, span: float) -> set[str]:
    """Return what the same persons entered around the entries of one project."""
    own = connection.execute(f"SELECT DISTINCT c.person, c.at FROM {_OWN} AND c.action <> 'undo'", values).fetchall()
    found: set[str] = set()
    for person, at in own:
        rows = connection.execute(
            f"SELECT c.uid FROM change c WHERE {TYPED_MONTHS} AND c.action <> 'undo' AND +c.person = :person "
            "AND c.at BETWEEN strftime('%Y-%m-%dT%H:%M:%S', :at, :before) "
            "AND strftime('%Y-%m-%dT%H:%M:%S', :at, :after)",
            {"person": person, "at": at, "before": f"-{span:g} seconds", "after": f"+{span:g} seconds"},
        )
        found.update(row[0] for row in rows)
    return found


def _together(connection: Connection, asked: Asked, values: Values, uids: set[str]) -> dict[tuple[str, str], int]:
    """Return with how many projects each month among `uids` was entered; what left the amount alone does not count."""
    rows = connection.execute(
        "SELECT c.person, c.at, r.project_uid, r.month FROM json_each(:uids) given "
        "CROSS JOIN deed c ON c.uid = given.value CROSS JOIN monthly_report r ON r.uid = c.uid "
        f"WHERE {TYPED_MONTHS} AND c.action <> 'undo' AND +c.at >= :first AND c.kind <> 'remove' "
        "AND json_extract(c.fields, '$.invest_month') IS NOT NULL",
        {"uids": to_json(sorted(uids)), "first": values["first"]},
    )
    entries = (Entry(row[0], datetime.fromisoformat(row[1]), row[2], row[3]) for row in rows)
    return entered_together(entries, asked.limits["odd_typed_minutes"])


def told(connection: Connection, asked: Asked, values: Values) -> dict[str, dict[int, int]]:
    """Return {project: {month: amount}}: what the first freeze of a month told, where it was changed after that.

    An entry is later than a freeze if the freeze had not seen it, on whatever device it was made.
    """
    freezes = [
        (
            row["month"],
            {device: int(number) for device, number in (item.split(":") for item in json.loads(row["seen"]))},
        )
        for row in connection.execute(
            "SELECT month, seen FROM freeze WHERE month BETWEEN :first AND :last ORDER BY made_on, id", values
        )
    ]
    if not freezes:
        return {}
    source = _OWN
    if not asked.scope.project:
        source = (  # of each device only what no freeze had seen: what came before it is not read at all
            "json_each(:unseen) d CROSS JOIN deed c ON c.device = d.key AND c.device_seq > d.value "
            "CROSS JOIN monthly_report r ON r.uid = c.uid "
            f"WHERE {TYPED_MONTHS} AND r.month BETWEEN :first AND :last"
        )
        devices = [row[0] for row in connection.execute("SELECT DISTINCT device FROM change")]
        values = {
            **values,
            "unseen": to_json({name: min(seen.get(name, 0) for _month, seen in freezes) for name in devices}),
        }
    rows = connection.execute(
        "SELECT r.project_uid, r.month, c.device, c.device_seq, json_extract(c.fields, '$.invest_month[0]') AS old "
        f"FROM {source} AND c.kind = 'set' AND json_extract(c.fields, '$.invest_month') IS NOT NULL ORDER BY c.hlc",
        values,
    )
    found: dict[str, dict[int, int]] = {}
    for row in rows:
        seen = next((seen for month, seen in freezes if month >= row["month"]), None)
        if seen is not None and row["device_seq"] > seen.get(row["device"], 0):
            found.setdefault(row["project_uid"], {}).setdefault(int(row["month"][5:]), row["old"])
    return found


def units(connection: Connection, asked: Asked, values: Values, months: int, which: str) -> dict[str, tuple[int, int]]:
    """Return {unit: (its monthly amounts of the year, the round ones among them)}, with all its projects.

    Of the units of which one of the projects `which` has a round month up to `months`. From the sums that are kept of
    every project: a month without an amount adds nothing to them.
    """
    unit = int(asked.limits["odd_round_wan"]) * int(WAN.factor)
    if not unit or not months:
        return {}
    amounts = [f"(s.d{month} - {f's.d{month - 1}' if month > 1 else '0'})" for month in range(1, months + 1)]
    rounded = " OR ".join(f"(s.t{month} <> 0 AND s.t{month} % :unit = 0)" for month in range(1, months + 1))
    year = "CROSS JOIN standing s ON s.year = :of_year AND s.id = p.id"
    rows = connection.execute(
        f"SELECT p.owner_org, sum({' + '.join(f'({amount} <> 0)' for amount in amounts)}) AS figures, "
        f"sum({' + '.join(f'({amount} <> 0 AND {amount} % :unit = 0)' for amount in amounts)}) AS round "
        f"FROM project p INDEXED BY project_owner {year} WHERE p.owner_org IN (SELECT p.owner_org "
        f"FROM {asked.projects} {year} WHERE p.owner_org IS NOT NULL AND {which} AND s.typed AND ({rounded})) "
        "GROUP BY p.owner_org HAVING figures >= :least_figures",
        {**values, "unit": unit, "least_figures": asked.limits["odd_round_count"]},
    )
    return {row[0]: (row[1], row[2]) for row in rows}
