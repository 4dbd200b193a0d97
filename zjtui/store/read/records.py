"""Single records, and what hangs on a project."""

from typing import Any

from zjtui.domain import registry
from zjtui.domain.fields import Kind
from zjtui.domain.record import Record
from zjtui.errors import Refused
from zjtui.i18n import N_, joined
from zjtui.store.read import find
from zjtui.store.rows import decode, record_from
from zjtui.store.sqlite import Connection

_ORDERS = {
    "annual_plan": "year DESC",
    "monthly_report": "month DESC",
    "contact": "to_date IS NOT NULL, is_main DESC, mechanism, from_date DESC",
    "follow_up": "visit_date DESC, id DESC",
    "issue": "state IN ('closed', 'refused', 'merged'), due_on IS NULL, due_on, id DESC",
    "service": "state IN ('delivered', 'refused', 'withdrawn'), accepted_on DESC, id",
    "element_need": "element, id",
    "policy_match": "id",
    "promise": "state <> 'open', side <> 'ours', due_on IS NULL, due_on, id",
    "attachment": "id DESC",
    "visit_plan": "day DESC, id DESC",
    "set_aside": "until DESC, id DESC",
    "correction": "id DESC",
    "question": "state <> 'asked', month DESC, id DESC",
}


def get(connection: Connection, entity: str, uid: str) -> Any:
    """Return a record; one that went away meanwhile is refused. Rule G-22."""
    row = connection.execute(f"SELECT * FROM {entity} WHERE uid = ?", (uid,)).fetchone()
    if row is None:
        raise Refused(N_("It is not there any more"), rule="G-22")
    return record_from(registry.model(entity), row)


def title_of(connection: Connection, record: Record) -> str:
    """Return what a person calls a record: also one that is called as what it refers to."""
    return find.names(connection, record.entity, {record.uid}).get(record.uid) or record.title


def told_of(connection: Connection, record: Record) -> str:
    """Return what a person calls a record; one that is only called by its month or year, with its project."""
    title, project = title_of(connection, record), getattr(record, "project_uid", None)
    if record.title_field not in ("month", "year") or not project:
        return title
    return f"{find.names(connection, 'project', {project}).get(project, '')} · {title}"


def of_project(connection: Connection, entity: str, project_uid: str, limit: int = 1000) -> list[dict[str, Any]]:
    """Return what hangs on a project, the most pressing first, as {field: value} with {field}_name for references."""
    kind = registry.model(entity)
    rows = connection.execute(
        f"SELECT * FROM {entity} WHERE project_uid = ? ORDER BY {_ORDERS[entity]} LIMIT ?", (project_uid, limit)
    ).fetchall()
    found = [{"id": row["id"], **decode(kind, row)} for row in rows]
    return with_names(connection, entity, found)


def with_names(connection: Connection, entity: str, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put {field}_name beside every reference of `found`."""
    for name, field in registry.model(entity).fields().items():
        if field.kind not in (Kind.REF, Kind.REFS) or not found or name not in found[0]:
            continue
        wanted = {str(uid) for row in found for uid in _uids(row[name])}
        known = find.names(connection, field.ref, wanted)
        for row in found:
            row[f"{name}_name"] = joined(known.get(uid, uid) for uid in _uids(row[name])) or None
    return found


def counts(connection: Connection, project_uid: str) -> dict[str, int]:
    """Return how many records of each kind hang on a project."""
    return {
        entity: connection.execute(f"SELECT count(*) FROM {entity} WHERE project_uid = ?", (project_uid,)).fetchone()[0]
        for entity in _ORDERS
    }


def last_follow_up(connection: Connection, person_uid: str) -> dict[str, Any] | None:
    """Return the follow-up that a person logged last, None before the first."""
    row = connection.execute(
        "SELECT f.* FROM deed c JOIN follow_up f ON f.uid = c.uid WHERE c.person = ? AND c.entity = 'follow_up' "
        "AND c.kind = 'add' ORDER BY c.seq DESC LIMIT 1",
        (person_uid,),
    ).fetchone()
    if row is None:
        row = connection.execute(
            "SELECT * FROM follow_up WHERE instr(people, ?) ORDER BY visit_date DESC, id DESC LIMIT 1", (person_uid,)
        ).fetchone()
    return decode(registry.model("follow_up"), row) if row else None


def usual_mechanism(connection: Connection, project_uid: str, person_uid: str) -> str | None:
    """Return the mechanism by which a person follows a project."""
    row = connection.execute(
        "SELECT mechanism FROM contact WHERE project_uid = ? AND person_uid = ? AND to_date IS NULL LIMIT 1",
        (project_uid, person_uid),
    ).fetchone()
    return str(row["mechanism"]) if row else None


def _uids(value: Any) -> list[str]:
    if not value:
        return []
    return value if isinstance(value, list) else [str(value)]
