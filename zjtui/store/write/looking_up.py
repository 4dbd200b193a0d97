"""Looking records up inside a transaction: in the tables, and among those that wait to be written."""

from abc import ABC, abstractmethod
from typing import Any

from zjtui.domain import registry
from zjtui.errors import UsageError
from zjtui.i18n import N_
from zjtui.store import rows
from zjtui.store.read import find
from zjtui.store.sqlite import Connection
from zjtui.store.write.waiting import Waiting


class LookingUp(ABC):
    """What a transaction (store/write/tx.py) finds; what waits comes first, for the tables do not hold it yet."""

    reading: Connection  # what is in the tables
    waiting: Waiting | None

    @property
    @abstractmethod
    def connection(self) -> Connection:
        """The connection on which everything that was added is there."""

    def row(self, entity: str, uid: str) -> Any:
        """Return the stored row, or None."""
        if self.waiting and (record := self.waiting.newest(uid)):
            return rows.stored(record) if record.entity == entity else None
        connection = self.connection if self.waiting and self.waiting.packs else self.reading
        return connection.execute(f"SELECT * FROM {entity} WHERE uid = ?", (uid,)).fetchone()

    def get(self, entity: str, uid: str) -> Any:
        """Return the record, or raise `UsageError` where there is none."""
        if self.waiting and (record := self.waiting.newest(uid)) and record.entity == entity:
            return record
        row = self.row(entity, uid)
        if row is None:
            raise UsageError(N_("There is no {entity} with uid {uid}"), entity=entity, uid=uid)
        return rows.record_from(registry.model(entity), row)

    def exact(self, entity: str, text: str) -> list[str]:
        """Return the uids of the records whose uid, or one of whose names, is `text`."""
        found = self.waiting.exact(self.reading, entity, text) if self.waiting else None
        return find.exact(self.connection, entity, text) if found is None else found

    def of_code(self, code: str) -> Any:
        """Return the uid and name of the project with a code, or None."""
        uid = self.waiting.codes.get(code) if self.waiting else None
        if uid:
            return self.row("project", uid)
        return self.reading.execute("SELECT uid, name FROM project WHERE code = ?", (code,)).fetchone()

    def one(self, entity: str, project_uid: str, field: str, value: Any) -> list[str]:
        """Return the uids of a project's records whose `field` is `value`, two at most."""
        beside = self.waiting.beside(entity, project_uid) if self.waiting else None
        if beside is not None:
            return [record.uid for record in beside if getattr(record, field) == value]
        query = f"SELECT uid FROM {entity} WHERE project_uid = ? AND {field} = ? LIMIT 2"
        return [row[0] for row in self.connection.execute(query, (project_uid, value))]
