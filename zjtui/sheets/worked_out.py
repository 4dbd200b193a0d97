"""Columns of lists that are worked out when they are looked at, for a file: what they are called, and their values."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby
from typing import Any

from zjtui.domain import told
from zjtui.domain.fields import F, Kind, Unit
from zjtui.domain.figures import ISSUE_FIGURES, PROJECT_FIGURES
from zjtui.i18n import N_, every_language
from zjtui.sheets.columns import folded
from zjtui.sheets.unit_words import without_unit
from zjtui.store.read import directory, issues, months, projects, services, visits
from zjtui.store.sqlite import Connection
from zjtui.usecases.session import Session

_PERCENT = Unit(N_("unit| %"), 1, 1)
_DAYS = Unit(N_("unit| days"), 1, 0)
_OF_YEAR = re.compile(r"(\d{4})(-\d\d|)(\?|)")  # of a project: a month's amount, the year's, what does not count
_TOTAL = N_("months|Total")
_BY_DAYS: Mapping[Callable[[Any], str], int] = {told.left: 1, told.late: -1}  # days left: late ones are below 0
_FIGURES: Mapping[str, Mapping[str, F]] = {
    "project": PROJECT_FIGURES,
    "issue": ISSUE_FIGURES,
    "service": services.FIGURES,
    "follow_up": visits.FIGURES,
    "monthly_report": {name: months.COLUMNS[name] for name in months.WORKED_OUT},
    **{entity: {"figure": field} for entity, field in directory.FIGURES.items()},
}


@cache
def of(entity: str) -> Mapping[str, F]:
    """Return the columns that lists of `entity` work out, as a file has them: numbers as numbers, in a unit."""
    return {name: _written(name, field) for name, field in _FIGURES.get(entity, {}).items()}


def _written(name: str, field: F) -> F:
    if name == "rate":
        return replace(field, kind=Kind.PERCENT, unit=_PERCENT)
    return replace(field, unit=_DAYS, words=None) if field.words in _BY_DAYS else field


def of_year(year: int) -> dict[str, F]:
    """Return the columns of a project's year: what was reported of each month, what of it counts, what does not yet."""
    amount = replace(months.COLUMNS["invest_month"], form=False)
    labels = {f"{year}-{number:02}": f"{year}-{number:02}" for number in range(1, 13)}
    labels |= {f"{year}": _TOTAL, f"{year}?": months.COLUMNS["waiting"].label}
    return {name: replace(amount, label=text) for name, text in labels.items()}


def among(entity: str, names: Sequence[str]) -> Mapping[str, F]:
    """Return what lists of `entity` work out; the columns of a project's year too where one of `names` is one."""
    year = next((int(found[1]) for name in names if (found := _OF_YEAR.fullmatch(name))), 0)
    return {**of(entity), **(of_year(year) if year else {})}


def is_one(entity: str, name: str) -> bool:
    """Tell whether a column is worked out."""
    return name in of(entity) or bool(_OF_YEAR.fullmatch(name))


@cache
def _headings(entity: str) -> frozenset[str]:
    labels = [field.label for field in of(entity).values()] + [_TOTAL] * (entity == "project")
    return frozenset(folded(text) for label in labels for text in every_language(label))


def is_heading(entity: str, heading: str) -> bool:
    """Tell whether a column of an exported sheet was worked out: what is changed there means nothing."""
    of_month = entity == "project" and _OF_YEAR.fullmatch(without_unit(heading).strip())
    return bool(of_month) or folded(heading) in _headings(entity)


def values(session: Session, entity: str, uids: Sequence[str], names: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Return what is worked out of records, {uid: {column: value}}; of what is referred to, {column}_name too."""
    if not names:
        return {}
    reader = session.reader()
    found = reader.execute(f"SELECT id FROM {entity} WHERE uid IN (SELECT value FROM json_each(?))", [_json(uids)])  # noqa: S608
    numbers = [row[0] for row in found]
    if entity == "monthly_report":
        rows = _of_reports(reader, uids)
    elif entity == "project":
        rows = _of_projects(session, numbers, names)
    elif entity == "issue":
        rows = issues.rows(reader, numbers, names, session.today, session.limits)
    elif entity == "service":
        rows = services.rows(reader, numbers, session.today, session.limits)
    elif entity == "follow_up":
        rows = visits.rows(reader, numbers, names)
    else:
        rows = directory.rows(reader, entity, numbers)
    return {row["uid"]: {**row, **{name: _value(entity, name, row[name]) for name in names}} for row in rows}


def _json(uids: Sequence[str]) -> str:
    return json.dumps(list(uids))


def _value(entity: str, name: str, value: Any) -> Any:
    if name == "rate":  # “56.3%”; without a plan “-”
        return float(value[:-1]) if value and value.endswith("%") else None
    field = _FIGURES[entity].get(name)
    days = _BY_DAYS.get(field.words) if field and field.words else None
    return value * days if days and value is not None else value


def _of_projects(session: Session, numbers: Sequence[int], names: Sequence[str]) -> list[dict[str, Any]]:
    """Return the rows of projects with the figures of today, and the months of a year where a column is of one."""
    reader, figures = session.reader(), [name for name in names if name in PROJECT_FIGURES]
    rows = projects.rows(reader, numbers, figures, session.today.year, session.judge)
    year = next((int(found[1]) for name in names if (found := _OF_YEAR.fullmatch(name))), 0)
    if not year:
        return rows
    empty = dict.fromkeys(of_year(year))
    of_months = {
        row["id"]: {**empty, **row, f"{year}": row["invest_ytd"], f"{year}?": row["waiting"]}
        for row in months.year_rows(reader, numbers, year)
    }
    return [{**of_months[row["id"]], **row} for row in rows]


def _of_reports(reader: Connection, uids: Sequence[str]) -> list[dict[str, Any]]:
    """Return the rows that the grid of months has for reports, each under the report's uid."""
    asked = reader.execute(
        "SELECT r.month, p.id FROM monthly_report r JOIN project p ON p.uid = r.project_uid "
        "WHERE r.uid IN (SELECT value FROM json_each(?)) ORDER BY r.month",
        [_json(uids)],
    ).fetchall()
    rows = []
    for month, lines in groupby(asked, lambda line: str(line[0])):
        found = months.rows(reader, [line[1] for line in lines], month)
        rows += [{**row, "uid": row["report_uid"], "rate": months.rate(row)} for row in found]
    return rows
