"""What each column of a list means, as proposed: as it was read before, by names, by what stands in it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from zjtui.domain import project_code, registry
from zjtui.errors import Refused
from zjtui.sheets import columns, units, words
from zjtui.sheets.book import Value, filled
from zjtui.sheets.columns import Target
from zjtui.sheets.guess import guess
from zjtui.sheets.headings import Heading, guess_of
from zjtui.sheets.layout import Table
from zjtui.sheets.mapping import SEVERAL, Column, Plan, is_worked_out, keys_of, shown
from zjtui.sheets.values import period

_SAMPLES, _LOOKED = 3, 200
_TITLE_MONTH = re.compile(r"(20\d\d)\s*年\D{0,20}?(?:1\s*[-—–~至]+\s*)?(1[0-2]|0?[1-9])\s*月")
_LASTS = re.compile(r"\s*\d{1,3}(\.\d)?\s*(个?月|年|天|日)?\s*")
_DURATION = re.compile(r"周期|工期|期限|年限")
_CODED = 0.8  # share of the texts of a column that are project codes
_Values = dict[int, list[Value]]  # what stands in each column, by its place in the sheet


def propose(table: Table, year: int, kept: Mapping[str, Any] | None = None) -> Plan:
    """Return how a list is read; `kept` is what was remembered of a list of the same shape and kind."""
    held = (kept or {}).get("columns", {})
    values = _values(table)
    of_month = month_of(table, year)
    coded = None if held else _code_column(table, values)
    found: list[Column] = []
    taken: set[Target] = set()
    sure = _sure(table, year)
    for key, heading in zip(keys_of(table.headings), table.headings, strict=True):
        known = held.get(key)
        cells = values[heading.column]
        if is_worked_out(table, heading):
            target = None
        elif known:
            target = _held(known, heading, table.kind, year)
        else:
            target = _proposed(heading, table.kind, year, cells, taken, coded)
            target = _other(target, heading, table.kind, taken, sure)
        target = _dated(target, table.kind, of_month, heading, year)
        if target in taken and target and target.field not in SEVERAL:
            target = None
        taken |= {target} if target else set()
        samples = tuple(dict.fromkeys(shown(value) for value in cells))[:_SAMPLES]
        column = units.with_unit(Column(heading, target, samples=samples), table, cells)
        if known and known[1] and column.unsure:
            column = replace(column, unit=known[1], unsure=False)
        found.append(column)
    if not held:
        found = _doubted(found, values)
    said = {name: dict(texts) for name, texts in (kept or {}).get("words", {}).items()}
    plan = Plan(
        table, found, year, remembered=bool(held), words=said, month=of_month, sums=(kept or {}).get("sums", "")
    )
    plan.fixed = _fixed(table.kind, table.title, of_month, {target.field for target in taken})
    return plan


def further(plan: Plan, heading: Heading) -> Column | None:
    """Return a column that only a table further down has, where its meaning and unit are beyond doubt."""
    target = guess_of(heading, plan.kind, plan.year)
    if target is None or target in {column.target for column in plan.columns}:
        return None
    column = units.with_unit(Column(heading, target), plan.table)
    return None if column.unsure else column


def _fixed(kind: str, title: str, of_month: str, fields: set[str]) -> dict[str, str]:
    """Return what holds for every row where no column says it: shown with the columns, and changed there."""
    found = {}
    if kind == "monthly_report" and of_month and "month" not in fields:
        found["monthly_report.month"] = of_month
    if kind == "issue" and "kind" not in fields:
        found["issue.kind"] = "other"
    if kind == "follow_up" and "mechanism" not in fields:
        found["follow_up.mechanism"] = mechanism_of(title)
    if kind == "contact" and "role" not in fields:
        found["contact.role"] = "leader"
    return found


def mechanism_of(title: str) -> str:
    """Return by which mechanism the visits of a list were made: what its title speaks of, else a leader's contact."""
    return "supervise" if "督导" in title or "督查" in title else "sink" if "下沉" in title else "contact"


def month_of(table: Table, year: int) -> str:
    """Return the month that a list is of, by its title, else by the latest that its headings name; "" for none."""
    if found := _TITLE_MONTH.search(table.title):
        return f"{found[1]}-{int(found[2]):02}"
    kind = "project" if table.kind == "monthly_report" else table.kind
    named = [target for heading in table.headings if (target := guess(heading.text, kind, year))]
    return max((target.period for target in named if target.entity == "monthly_report"), default="")


def _values(table: Table) -> _Values:
    rows = [line.cells for line in islice(table.lines(), _LOOKED) if not line.skipped]
    return {
        heading.column: [
            row[heading.column] for row in rows if heading.column < len(row) and filled(row[heading.column])
        ]
        for heading in table.headings
    }


def _proposed(
    heading: Heading, kind: str, year: int, cells: Sequence[Value], taken: set[Target], coded: int | None
) -> Target | None:
    """Return what a column means by its heading, and by what stands in it."""
    code = Target("project", "code") if kind == "project" else Target(kind, "project_uid")
    target = guess_of(heading, kind, year)
    if coded == heading.column and (target is None or target == code):
        return code
    if target is None or (target.field == "code" and coded is not None):
        return None
    if target.field == "plan_start" and _DURATION.search(heading.text) and _durations(cells):
        return None
    return words.fitting(target, [str(value) for value in cells], kind, year, taken)


def _sure(table: Table, year: int) -> set[Target]:
    """Return what the headings mean that can mean one thing only."""
    targets = (
        guess_of(heading, table.kind, year)
        for heading in table.headings
        if len(columns.meanings(table.kind, heading.text)) < 2
    )
    return {target for target in targets if target}


def _other(target: Target | None, heading: Heading, kind: str, taken: set[Target], sure: set[Target]) -> Target | None:
    """Return what else a heading means where another column means that surely: “解决时间” beside “完成期限”."""
    known = columns.meanings(kind, heading.text)
    if target not in known or (target not in taken and target not in sure):
        return target
    return next((other for other in known if other not in taken and other not in sure), target)


def _durations(cells: Sequence[Value]) -> bool:
    """Tell whether a column says how long something lasts, not when it begins."""
    return bool(cells) and sum(bool(_LASTS.fullmatch(shown(cell))) for cell in cells) > len(cells) / 2


def _code_column(table: Table, values: _Values) -> int | None:
    """Return the first column in which nearly only project codes stand: they are unmistakable."""
    if table.kind == "org":
        return None
    return next((column for column, cells in values.items() if cells and _coded(cells)), None)


def _coded(cells: Sequence[Value]) -> bool:
    coded = 0
    for cell in cells:
        try:
            project_code.normalise(str(cell))
        except Refused:
            continue
        coded += 1
    return coded >= len(cells) * _CODED


def _held(known: Sequence[str], heading: Heading, kind: str, year: int) -> Target | None:
    """Return what a column meant before; of another year or month where the list is of another."""
    if not known[0]:
        return None
    target = Target.of(known[0])
    if target.entity not in columns.KINDS[kind] or target.field not in registry.model(target.entity).fields():
        return None
    named = guess_of(heading, kind, year)
    if named and (named.entity, named.field) == (target.entity, target.field):
        return named
    if target.entity == kind:
        return target
    return replace(target, period=str(year) if target.entity == "annual_plan" else "")


def _dated(target: Target | None, kind: str, of_month: str, heading: Heading, year: int) -> Target | None:
    """Return a month's figure beside a project only where title or headings say of which month it is.

    In a list of one month a column of another one is not taken: neither its amount nor the total up to it is its own.
    """
    if target is None or target.entity != "monthly_report" or target.period:
        return target
    if kind != "monthly_report":
        return replace(target, period=of_month) if of_month else None
    named = guess_of(heading, "project", year)
    period = named.period if named and named.entity == "monthly_report" else ""
    return None if of_month and period and period != of_month else target


def _doubted(found: list[Column], values: _Values) -> list[Column]:
    """Ask about the unit of the plans where they would exceed the totals; of two starts leave the range its end."""
    by_field = {column.target.field: column for column in found if column.target}
    plan, total = by_field.get("plan_invest"), by_field.get("total_invest")
    if plan and total and not plan.heading.unit and not total.unsure:
        over = units.above_totals(plan, total, values[plan.number], values[total.number])
        found = [replace(column, unsure=True) if over and column is plan else column for column in found]
    starts = [column for column in found if column.target and column.target.field == "plan_start"]
    if len(starts) > 1 and not any(_ranges(values[column.number]) for column in starts):
        found = [replace(column, target=None) if column in starts[1:] else column for column in found]
    return found


def _ranges(cells: Sequence[Value]) -> bool:
    return any(isinstance(cell, str) and period(cell) for cell in cells)
