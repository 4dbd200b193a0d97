"""Lists that are read from one end to the other: follow-ups and services, page by page however many there are."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from zjtui.domain import registry
from zjtui.domain.fields import Kind
from zjtui.store.read.records import with_names
from zjtui.store.rows import decode
from zjtui.store.sqlite import Connection

_ORDERS = {"follow_up": "visit_date DESC, id DESC", "service": "accepted_on DESC, id DESC"}  # else the newest first
_PAGE = 500


def everything(
    connection: Connection, entity: str, project_uid: str = "", *, limit: int | None = None, offset: int = 0
) -> Iterator[dict[str, Any]]:
    """Yield the records of `entity`, the newest first, as {field: value} with {field}_name beside references."""
    kind = registry.model(entity)
    where = "WHERE project_uid = :project" if project_uid else ""
    cursor = connection.execute(
        f"SELECT * FROM {entity} {where} ORDER BY {_ORDERS.get(entity, 'id DESC')} LIMIT :limit OFFSET :offset",
        {"project": project_uid, "limit": -1 if limit is None else limit, "offset": offset},
    )
    while page := cursor.fetchmany(_PAGE):
        yield from with_names(connection, entity, [decode(kind, row) for row in page])


Only = Mapping[str, Sequence[Any]]  # field: values as they are stored, one of which it has to hold


def all_uids(connection: Connection, entity: str, only: Only | None = None) -> list[str]:
    """Return the uids of the records of a type, in the order in which they came."""
    where, values = _only(entity, only or {})
    return [row[0] for row in connection.execute(f"SELECT uid FROM {entity} WHERE {where} ORDER BY id", values)]


def hanging_uids(connection: Connection, entity: str, projects: Sequence[str], only: Only | None = None) -> list[str]:
    """Return the uids of what hangs on `projects`, in their order."""
    found = []
    where, values = _only(entity, only or {})
    for start in range(0, len(projects), 500):
        page = projects[start : start + 500]
        marks = ", ".join("?" * len(page))
        rows = connection.execute(
            f"SELECT project_uid, uid FROM {entity} WHERE project_uid IN ({marks}) AND {where} ORDER BY id",
            [*page, *values],
        ).fetchall()
        place = {uid: number for number, uid in enumerate(page)}
        found += [row[1] for row in sorted(rows, key=lambda row: place[row[0]])]
    return found


def _only(entity: str, only: Only) -> tuple[str, list[Any]]:
    """Return the condition that each field holds one of its values; of a list of values, one of them."""
    fields, parts = registry.model(entity).fields(), ["1"]
    values: list[Any] = []
    for name, wanted in only.items():
        marks = ", ".join("?" * len(wanted))
        many = fields[name].kind in (Kind.CODES, Kind.REFS, Kind.LIST)
        parts.append(f"EXISTS (SELECT 1 FROM json_each({name}) WHERE value IN ({marks}))" if many
                     else f"{name} IN ({marks})")  # fmt: skip
        values += wanted
    return " AND ".join(parts), values
