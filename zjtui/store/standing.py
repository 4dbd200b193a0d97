"""How every project stands in a year, derived from its plan and months: what the indicators add up (docs/figures.md).

One row for each year and project that has a plan or a report: its plan in force, what was done (in counted reports) and
what was expected up to the end of each month (cumulative, yuan), and what decides its groups. Beside it, for the
findings of a whole province: which months were handed in, and typed at all (a bit each), what was typed in each, how
far its months go at most (`most` in one, `reached` in sum, `behind` what is expected), and whether a rule about typed
months may ask (domain/odd_facts.py). Kept up to date in the same transaction as the records it is made from, made anew
by `zjtui check --repair`; it is not in the change log.
"""

import json
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any

from zjtui.domain.indicators import expected_amounts, start_month_in
from zjtui.domain.odd_facts import falls, steady
from zjtui.domain.plan import COUNTED
from zjtui.store.sqlite import Connection

_CHUNK = 500
MONTHS = range(1, 13)
NEVER = 13  # as a month of the year: it does not come
RULES = 2  # of what counts; 1, in freezes of older versions: every report, drafts too, and nobody is withdrawn
WAITING = "state IN ('draft', 'returned')"  # what is shown beside it; as the index has it
_STATES = ", ".join(f"'{state}'" for state in COUNTED)
_FACTS = (
    "id", "uid", "region_code", "field9", "attr", "stage", "total_invest", "real_start", "stat_in", "stage_on",
)  # fmt: skip
DONE = tuple(f"d{month}" for month in MONTHS)
EXPECTED = tuple(f"x{month}" for month in MONTHS)
TYPED = tuple(f"t{month}" for month in MONTHS)  # of each month alone; NULL: nothing was
COLUMNS = (
    "year", "id", "region", "field9", "attr", "stage", "total", "started", "stat_in", "planned", "plan", "new_start",
    "start_month", "out_month", "handed", "typed", "falls", "steady", "most", "reached", "behind",
    *DONE, *EXPECTED, *TYPED,
)  # fmt: skip
SCHEMA = (
    "CREATE TABLE standing (year INTEGER NOT NULL, id INTEGER NOT NULL, region INTEGER NOT NULL, field9 TEXT, "
    "attr TEXT, stage TEXT NOT NULL, total INTEGER NOT NULL, started TEXT, stat_in TEXT, planned INTEGER NOT NULL, "
    "plan INTEGER NOT NULL, new_start INTEGER NOT NULL, start_month INTEGER NOT NULL, out_month INTEGER NOT NULL, "
    "handed INTEGER NOT NULL, typed INTEGER NOT NULL, falls INTEGER NOT NULL, steady INTEGER NOT NULL, "
    "most INTEGER NOT NULL, reached INTEGER NOT NULL, behind INTEGER NOT NULL, "
    + ", ".join(f"{name} INTEGER NOT NULL" for name in (*DONE, *EXPECTED))
    + "".join(f", {name} INTEGER" for name in TYPED)
    + ", PRIMARY KEY (year, id)) STRICT, WITHOUT ROWID"
)
_INSERT = f"INSERT INTO standing ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"
# A change of one of these columns changes the row; of a plan or a report, any does.
_OF_PROJECT = frozenset(_FACTS) - {"id", "uid"}


def concerns(entity: str, columns: Iterable[str]) -> bool:
    """Tell whether a change of `columns` of a record changes how its project stands."""
    if entity == "project":
        return not _OF_PROJECT.isdisjoint(columns)
    return entity in ("annual_plan", "monthly_report")


def counted(rules: int = RULES) -> str:
    """Return which of the monthly reports count."""
    return f"state IN ({_STATES})" if rules > 1 else "1"


def refresh(connection: Connection, project_uids: Sequence[str], rules: int = RULES) -> None:
    """Make the rows of projects anew, by the rules of `RULES`."""
    first, last = connection.execute(
        "SELECT (SELECT min(year) FROM standing), (SELECT max(year) FROM standing)"
    ).fetchone()
    years = range(first, last + 1) if first else ()
    for start in range(0, len(project_uids), _CHUNK):
        wanted = project_uids[start : start + _CHUNK]
        marks = ", ".join("?" * len(wanted))
        where = f"project_uid IN ({marks})"
        projects = connection.execute(f"SELECT {', '.join(_FACTS)} FROM project WHERE uid IN ({marks})", wanted)
        plans: dict[str, dict[int, Any]] = {}
        for row in connection.execute(
            "SELECT project_uid, year, year_class, plan_start_month, curve, "
            f"coalesce(adjusted_invest, plan_invest) AS plan FROM annual_plan WHERE {where}",
            wanted,
        ):
            plans.setdefault(row["project_uid"], {})[row["year"]] = row
        reports: dict[str, dict[int, list[Any]]] = {}
        for row in connection.execute(
            f"SELECT project_uid, month, invest_month, {counted(rules)} AS counts, correction_reason, reported_ytd, "
            f"progress_pct FROM monthly_report WHERE {where}",
            wanted,
        ):
            months = reports.setdefault(row[0], {}).setdefault(int(row[1][:4]), [None] * 12)
            months[int(row[1][5:7]) - 1] = row
        found = projects.fetchall()
        # By the whole key: without its year every row would be looked at, once for each project.
        connection.executemany(
            "DELETE FROM standing WHERE year = ? AND id = ?", [(year, row["id"]) for row in found for year in years]
        )
        connection.executemany(
            _INSERT,
            [
                _row(row, year, plans.get(row["uid"], {}).get(year), reports.get(row["uid"], {}).get(year), rules)
                for row in found
                for year in sorted({*plans.get(row["uid"], {}), *reports.get(row["uid"], {})})
            ],
        )


def refresh_all(connection: Connection, rules: int = RULES) -> None:
    """Make every row anew."""
    connection.execute("DELETE FROM standing")
    uids = [row[0] for row in connection.execute("SELECT uid FROM project ORDER BY id").fetchall()]
    refresh(connection, uids, rules)


def _out_month(project: Any, year: int) -> int:
    """Return the month of `year` from which the project is withdrawn: 1 where it was before, or nobody knows when."""
    if project["stage"] != "withdrawn":
        return NEVER
    day = project["stage_on"] or ""
    return int(day[5:7]) if day[:4] == str(year) else NEVER if day > str(year) else 1


def _row(project: Any, year: int, plan: Any, months: list[Any] | None, rules: int) -> tuple[Any, ...]:
    """Return one row in the order of `COLUMNS`."""
    amount, kind, start, curve = 0, "", 0, []
    if plan is not None:
        amount, kind, curve = plan["plan"], plan["year_class"], json.loads(plan["curve"])
        start = start_month_in(year, plan["plan_start_month"])
    out = _out_month(project, year) if rules > 1 else NEVER
    expected = expected_amounts(amount, kind, start, curve)
    if out < NEVER:  # nothing is expected any more of what is withdrawn
        expected = [*expected[: out - 1], *[0] * (NEVER - out)]
    return (
        year, project["id"], int(project["region_code"]), project["field9"], project["attr"], project["stage"],
        project["total_invest"], project["real_start"], project["stat_in"], plan is not None, amount,
        kind == "new_start", start, out, *(_of_months(months, expected) if months else _without_months(expected)),
    )  # fmt: skip


def _without_months(expected: Sequence[int]) -> tuple[Any, ...]:
    """Return the columns from `handed` on of a year without any report: most plans of a new list have none."""
    return (0, 0, False, 0, 0, 0, 0, *[0] * 12, *expected, *[None] * 12)


def _of_months(months: list[Any], expected: Sequence[int]) -> tuple[Any, ...]:
    """Return the columns from `handed` on: the reports of the year's months, None where there is none."""
    typed = [row and row["invest_month"] for row in months]
    counted_ones = [row is not None and row["counts"] for row in months]
    done = accumulate((amount or 0) * counts for amount, counts in zip(typed, counted_ones, strict=True))
    sums = list(accumulate(amount or 0 for amount in typed))
    behind = (due - so_far for due, so_far, amount in zip(expected, sums, typed, strict=True) if amount is not None)
    return (
        sum(1 << number for number, counts in enumerate(counted_ones) if counts),
        sum(1 << number for number, row in enumerate(months) if row is not None),
        falls(typed, *([row and row[name] for row in months] for name in ("reported_ytd", "correction_reason"))),
        steady([row and row["progress_pct"] for row in months]),
        max(amount or 0 for amount in (0, *typed)), max(0, *sums), max(0, *behind),
        *done, *expected, *typed,
    )  # fmt: skip
