"""Inside a transaction: rows in and out, each change appended to the log. Only use-cases call this."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from zjtui.domain import registry
from zjtui.domain.record import Record
from zjtui.errors import Refused, UsageError
from zjtui.i18n import N_
from zjtui.store import changes, rows, search, standing
from zjtui.store.changes import Chain, Clock
from zjtui.store.sqlite import Connection


@dataclass
class Tx:
    """One operation: every change made through it carries its id, its action and its person."""

    connection: Connection
    clock: Clock
    action: str
    person: str
    operation: str = ""
    undoes: str | None = None
    count: int = 0
    touched: dict[str, None] = field(default_factory=dict)  # uids of projects that stand differently now
    created: list[str] = field(default_factory=list)  # names of organisations and persons added on the way
    _chain: Chain = field(init=False)

    def __post_init__(self) -> None:
        self._chain = Chain.end_of(self.connection, self.clock.device)
        self.operation = self.operation or self.clock.uid()

    def new_uid(self) -> str:
        """Return a uid for a record that is going to be added."""
        return self.clock.uid()

    def row(self, entity: str, uid: str) -> Any:
        """Return the stored row, or None."""
        return self.connection.execute(f"SELECT * FROM {entity} WHERE uid = ?", (uid,)).fetchone()

    def get(self, entity: str, uid: str) -> Any:
        """Return the record, or raise `UsageError` where there is none."""
        row = self.row(entity, uid)
        if row is None:
            raise UsageError(N_("There is no {entity} with uid {uid}"), entity=entity, uid=uid)
        return rows.record_from(registry.model(entity), row)

    def add(self, record: Record) -> str:
        """Insert a record; return its uid."""
        stored = rows.encode(type(record), record.__dict__)
        self.insert_row(record.entity, stored)
        return record.uid

    def set(self, before: Record, after: Record) -> dict[str, Any]:
        """Store the fields in which `after` differs from `before`; return them with their stored values."""
        was, now, kind = before.__dict__, after.__dict__, type(after)
        differing = [name for name, value in now.items() if was[name] != value]
        old, new = (rows.encode(kind, {name: item[name] for name in differing}) for item in (was, now))
        changed = {name: value for name, value in new.items() if old[name] != value}
        if changed:
            self.update_row(before.entity, before.uid, {name: (old[name], value) for name, value in changed.items()})
        return changed

    def remove(self, entity: str, uid: str) -> None:
        """Take a record out of its table; all its values stay in the log."""
        row = self.row(entity, uid)
        if row is None:
            raise Refused(N_("It is not there any more"), rule="G-22")
        search.forget(self.connection, entity, row["id"])
        self.connection.execute(f"DELETE FROM {entity} WHERE uid = ?", (uid,))
        if entity == "project":
            self.connection.execute("DELETE FROM standing WHERE id = ?", (row["id"],))
        gone = {name: value for name, value in dict(row).items() if name != "id" and value is not None}
        self._log(entity, uid, "remove", gone)

    def insert_row(self, entity: str, stored: Mapping[str, Any]) -> None:
        """Insert a row of stored values, with its log entry."""
        names = list(stored)
        cursor = self.connection.execute(
            f"INSERT INTO {entity} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", list(stored.values())
        )
        search.index(self.connection, entity, cursor.lastrowid, Full(stored), known=False)
        self._log(entity, stored["uid"], "add", {name: value for name, value in stored.items() if value is not None})

    def update_row(self, entity: str, uid: str, pairs: Mapping[str, tuple[Any, Any]]) -> None:
        """Change stored values, given as {column: (old, new)}, with the log entry."""
        columns = ", ".join(f"{name} = ?" for name in pairs)
        self.connection.execute(
            f"UPDATE {entity} SET {columns} WHERE uid = ?", [*(new for _old, new in pairs.values()), uid]
        )
        if pairs.keys() & search.indexed_columns(entity):
            row = self.row(entity, uid)
            search.index(self.connection, entity, row["id"], row)
        if entity == "org" and pairs.keys() & {"name", "short"}:
            search.reindex_owned(self.connection, uid)
        self._log(entity, uid, "set", {name: list(pair) for name, pair in pairs.items()})

    def finish(self) -> None:
        """Bring what is derived from many records up to date, once the work of a transaction is done."""
        standing.refresh(self.connection, list(self.touched))
        self.touched.clear()

    def _touch(self, entity: str, uid: str, fields: Mapping[str, Any]) -> None:
        """Note the project whose standing changes."""
        owner = uid if entity == "project" else fields.get("project_uid")
        if isinstance(owner, list):  # it went from one project to another
            self.touched |= dict.fromkeys(owner)
        elif owner:
            self.touched[owner] = None
        else:
            self.touched[self.row(entity, uid)["project_uid"]] = None

    def _log(self, entity: str, uid: str, kind: str, fields: Mapping[str, Any]) -> None:
        self.connection.execute(changes.INSERT, self.entry(entity, uid, kind, fields))

    def entry(self, entity: str, uid: str, kind: str, fields: Mapping[str, Any]) -> tuple[Any, ...]:
        """Return the next entry of the log, with its hash, for `changes.INSERT`; the caller must insert it."""
        if standing.concerns(entity, fields):
            self._touch(entity, uid, fields)
        chain = self._chain
        hlc = self.clock.tick()
        entry = (
            self.clock.device, chain.device_seq + 1, hlc, self.operation, self.action, self.undoes, self.person,
            changes.wall_time(self.clock.last_ms), entity, uid, kind, rows.to_json(fields),
        )  # fmt: skip
        chain.device_seq += 1
        chain.hash = changes.entry_hash(chain.hash, entry)
        self.count += 1
        return (*entry, chain.hash)


class Full(dict[str, Any]):
    """A row in which a column that was not given is NULL."""

    def __missing__(self, key: str) -> Any:
        return None


def entry_fields(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the `fields` of a log entry."""
    found: dict[str, Any] = json.loads(row["fields"])
    return found
