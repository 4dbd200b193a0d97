"""The whole register as JSON lines in one fixed order, so that two workspaces can be compared."""

import json
from collections.abc import Iterator
from typing import Any

from zjtui.domain import registry
from zjtui.domain.fields import Kind
from zjtui.store.rows import to_json
from zjtui.store.sqlite import Connection

_JSON = (Kind.CODES, Kind.REFS, Kind.LIST, Kind.OBJECTS)


def lines(connection: Connection) -> Iterator[str]:
    """Yield every record by table and uid, then every entry of the change log; all of one moment.

    Values are as they are stored, lists opened; `id` and `seq`, which are local to one file, are left out.
    """
    connection.execute("BEGIN")
    try:
        for entity in registry.ENTITIES:
            opened = [name for name, field in registry.model(entity).fields().items() if field.kind in _JSON]
            for row in connection.execute(f"SELECT * FROM {entity} ORDER BY uid"):
                yield _line(entity, row, "id", opened)
        for row in connection.execute("SELECT * FROM change ORDER BY seq"):
            yield _line("change", row, "seq", ["fields"])
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _line(table: str, row: Any, local: str, opened: list[str]) -> str:
    values = {name: row[name] for name in row.keys() if name != local}  # noqa: SIM118
    for name in opened:
        values[name] = _opened(values[name])
    if "hash" in values and isinstance(values["hash"], bytes):
        values["hash"] = values["hash"].hex()
    return to_json({"table": table, **values})


def _opened(value: Any) -> Any:
    try:
        return json.loads(value)
    except (TypeError, ValueError):
        return value
