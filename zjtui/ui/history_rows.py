"""The change log in words: who, when, what, from what to what."""

from typing import TYPE_CHECKING, Any

from zjtui.domain import registry
from zjtui.domain.actions import OPERATIONS
from zjtui.domain.show import heading
from zjtui.i18n import N_, _
from zjtui.reports.operation import value
from zjtui.store.read import find, history
from zjtui.ui.widgets.window_table import Cell, Column

if TYPE_CHECKING:
    from zjtui.usecases.session import Session


def history_columns() -> list[Column]:
    """Return the columns of a history."""
    return [
        Column("at", _(N_("When")), 16),
        Column("person", _(N_("Who")), 8),
        Column("what", _(N_("Record and field")), 18),
        Column("change", _(N_("From what to what")), 64),
        Column("action", _(N_("What was done")), 16),
    ]


def history_cells(
    session: "Session", *, of_record: str = "", of_project: str = "", of_operation: str = ""
) -> list[list[Cell]]:
    """Return one row per changed field, newest first (an operation's own in their order)."""
    connection = session.reader()
    if of_record:
        entries = history.of_record(connection, of_record)
    elif of_project:
        entries = history.of_project(connection, of_project)
    else:
        entries = history.of_operation(connection, of_operation)
    people = find.names(connection, "person", {entry["person"] for entry in entries})
    lines: list[list[Cell]] = []
    for entry in entries:
        lines += _entry_lines(connection, entry, people)
    return lines


def minute(when: str) -> str:
    """Return a moment without its seconds; with the ? of a doubtful one."""
    return when if when.endswith("?") else when[:16]


def _entry_lines(connection: Any, entry: dict[str, Any], people: dict[str, str]) -> list[list[Cell]]:
    kind = registry.model(entry["entity"]) if entry["entity"] in registry.ENTITIES else None
    noun = _(kind.noun) if kind else entry["entity"]
    head: list[Cell] = [(minute(history.when(entry)), "muted"), people.get(entry["person"], entry["person"])]
    action: Cell = (OPERATIONS.label(entry["action"]), "muted")
    if entry["kind"] != "set":
        word = _(N_("added")) if entry["kind"] == "add" else _(N_("removed"))
        side = 1 if entry["kind"] == "add" else 0
        values = entry["fields"]
        told_by = kind.title_field if kind else ""
        title = value(connection, kind, told_by, values.get(told_by, (None, None))[side])
        summary = [value(connection, kind, name, pair[side]) for name, pair in _telling(kind, values)]
        told = " · ".join(part for part in [title, *summary] if part)
        return [[*head, (f"{noun} {word}", "strong"), told, action]]
    lines: list[list[Cell]] = []
    for name, (old, new) in entry["fields"].items():
        field = heading(kind.fields()[name]) if kind and name in kind.fields() else name
        change = f"{value(connection, kind, name, old) or '∅'} → {value(connection, kind, name, new) or '∅'}"
        lines.append([*head, f"{noun} · {field}", change, action])
    return lines


def _telling(kind: Any, values: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return the values by which a person recognises a record that was added or removed."""
    if kind is None:
        return []
    fields = kind.fields()
    return [
        (name, pair)
        for name, pair in values.items()
        if name in fields and fields[name].listed and name != kind.title_field
    ][:6]
