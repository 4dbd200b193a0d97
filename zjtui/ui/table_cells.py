"""Columns and cells of a list, derived from the declared fields."""

from collections.abc import Iterable, Mapping
from typing import Any

from zjtui.domain import money, told
from zjtui.domain.fields import NUMBERS, F, Kind, Unit
from zjtui.domain.show import MASK, heading, show
from zjtui.i18n import N_, _
from zjtui.ui.text import cell_len
from zjtui.ui.widgets.window_table import Cell, Column

_WIDEST_CODE, _WIDEST_DAYS = 16, 999
STATE_TONES = {
    "closed": "muted", "merged": "muted", "refused": "muted", "draft": "muted", "open": "warn", "solved": "good",
    "paused": "muted", "withdrawn": "muted", "suspended": "warn", "archived": "muted", "building": "good",
    "blocking": "bad", "high": "warn", "returned": "warn", "broken": "bad", "rejected": "bad", "secured": "good",
    "approved": "good",
}  # fmt: skip

_LIGHT_TONES = {"green": "good", "yellow": "warn", "red": "bad", "grey": "muted"}


# What people look for first in a list of records; the other columns follow as they are declared.
_FIRST = {
    "monthly_report": ("month", "invest_month", "progress_pct", "state", "progress_text"),
    "annual_plan": ("year", "year_class", "plan_invest", "adjusted_invest", "plan_start_month"),
    "contact": ("project_uid", "person_uid", "role", "is_main", "cycle_days", "mechanism", "from_date"),
    "follow_up": ("visit_date", "form", "findings", "people", "next_visit"),
    "issue": ("title_text", "late", "state", "due_on", "extended_count", "severity", "kind", "lead_unit"),
    "service": ("kind", "state", "days_left", "used_days", "promise_days", "dept"),
    "element_need": ("project_uid", "element", "figure", "needed_by", "state", "need", "secured"),
    "policy": ("title_text", "year", "figure"),
    "policy_match": ("project_uid", "state", "policy_uid"),
    "promise": ("project_uid", "text", "due_on", "state", "keeper", "side"),
    "question": ("text", "state", "answer", "asked_on"),
    "set_aside": ("kind", "until", "reason"),
    "visit_plan": ("day", "who", "purpose"),
    "correction": ("told", "reason", "made_by", "confirmed_by", "made_on"),
}
_NARROWER = {"project_uid": 24, "text": 24, "policy_uid": 30}  # beside what people look for on 80 columns


def in_order(entity: str, names: Iterable[str]) -> list[str]:
    """Return columns of a list of `entity`, what people look for first in front."""
    named = list(names)
    first = [name for name in _FIRST.get(entity, ()) if name in named]
    return first + [name for name in named if name not in first]


def columns(
    fields: Mapping[str, F], names: Iterable[str], sort: str = "", descending: bool = False, *, typed: bool = False
) -> list[Column]:
    """Return the table's columns for the fields `names`, wide enough for their labels.

    Where cells are `typed` into, amounts stand in the unit that is typed; elsewhere each language counts as it does.
    """
    found = []
    for name in names:
        field = fields[name]
        right = field.kind in NUMBERS or name == "rate"
        mark = ("▼" if descending else "▲") if name == sort else ""
        text = mark + _head(field, typed=typed)
        width = min(field.width, _NARROWER.get(name, field.width))
        if field.codes:  # as wide as the longest label of this language
            width = min(max(cell_len(field.codes.label(code)) for code in field.codes), _WIDEST_CODE)
        if field.words in (told.left, told.late):
            width = max(cell_len(told.left(days)) for days in (-_WIDEST_DAYS, _WIDEST_DAYS))
        widest = cell_len(text) if field.kind is Kind.MONEY else min(cell_len(text), width + 6)  # the unit is never cut
        found.append(Column(name, text, max(width, widest), right))
    return found


def _head(field: F, *, typed: bool) -> str:
    """Return what stands over a column: with its unit, in short where there is no room for more.

    While something is typed the line above names the unit of the cell.
    """
    unit = _unit(field, typed=typed)
    whole = f"{_(field.label)} ({_(unit.label).strip()})" if unit else heading(field)
    if cell_len(whole) <= field.width or unit is None:
        return whole
    if typed or not unit.short:
        return heading(field)
    return _(N_("{heading} ({unit})")).format(heading=heading(field), unit=_(unit.short))


def _unit(field: F, *, typed: bool) -> Unit | None:
    """Return the unit in which a column counts."""
    return money.told_unit(field.unit) if field.unit and field.kind is Kind.MONEY and not typed else field.unit


def cell(name: str, field: F, row: Mapping[str, Any], *, typed: bool = False) -> Cell:
    """Return one value as a table shows it, with a tone where its state calls for one."""
    value = row.get(name)
    if field.secret and value:
        return MASK
    if field.ref and f"{name}_name" in row:
        return str(row[f"{name}_name"] or "")
    unit = _unit(field, typed=typed)
    text = money.in_unit(value, unit) if unit and field.kind is Kind.MONEY and value is not None else show(field, value)
    if name == "light" and value:
        return ("● " + text if value != "grey" else text, _LIGHT_TONES.get(str(value), ""))
    if name == "days_left" and value is not None and value < 0:
        return (text, "bad")
    if name == "title_text" and (row.get("late") or 0) > 0:
        return (text, "bad")
    if name == "late" and value is not None:
        return (text, "bad" if value > 0 else "warn" if value > -4 else "")
    if name in ("state", "stage", "severity"):
        return (text, STATE_TONES.get(str(value), ""))
    return text


def cells(fields: Mapping[str, F], names: Iterable[str], row: Mapping[str, Any], *, typed: bool = False) -> list[Cell]:
    """Return the cells of one row."""
    return [cell(name, fields[name], row, typed=typed) for name in names]
