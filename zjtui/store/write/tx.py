"""Inside a transaction: rows in and out, each change appended to the log. Only use-cases call this."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zjtui.domain import registry
from zjtui.domain.record import Record
from zjtui.errors import Refused
from zjtui.i18n import N_
from zjtui.store import changes, looked_after, rows, search, standing, undone
from zjtui.store.changes import Chain, Clock
from zjtui.store.sqlite import Connection
from zjtui.store.write import door
from zjtui.store.write.log import Log
from zjtui.store.write.looking_up import LookingUp
from zjtui.store.write.waiting import BATCH, Waiting


@dataclass
class _Part:
    """A part of an operation that can be taken back: how things stood when it began."""

    name: str
    first: int  # number of its first record among those that wait
    touched: int
    created: int
    asked: door.Touched  # of the part around it: what was touched and not asked yet
    log_end: Chain | None = None  # None: nothing was written, and nothing looked up in the tables, since it began


@dataclass
class Tx(LookingUp):
    """One operation: every change made through it carries its id, its action and its person.

    `reading` sees what is in the tables, `connection` writes before that what waits (see `gather`).
    """

    reading: Connection
    clock: Clock
    action: str
    person: str
    today: date = date.max
    operation: str = ""
    undoes: str | None = None
    touched: dict[str, None] = field(default_factory=dict)  # uids of projects that stand differently now
    # projects that are looked after differently now, with whether anything of them is more than an addition
    tended: dict[str, bool] = field(default_factory=dict)
    created: list[str] = field(default_factory=list)  # names of organisations and persons added on the way
    waiting: Waiting | None = None
    unasked: door.Touched = field(default_factory=door.Touched)
    log: Log = field(init=False)
    _parts: list[_Part] = field(default_factory=list)
    _index_names: search.Names | None = None
    _regions: frozenset[str] | None = None

    def __post_init__(self) -> None:
        self.operation = self.operation or self.clock.uid()
        chain = Chain.end_of(self.reading, self.clock.device)
        self.log = Log(self.clock, self.operation, self.action, self.undoes, self.person, chain)

    @property
    def connection(self) -> Connection:
        """The connection on which everything that was added is there."""
        self._settle()
        return self.reading

    @property
    def index_names(self) -> search.Names:
        """The names that the search index needs, looked up once."""
        if self._index_names is None:
            self._index_names = search.Names(self.reading)
        return self._index_names

    @index_names.setter
    def index_names(self, names: search.Names) -> None:
        self._index_names = names

    @property
    def regions(self) -> frozenset[str]:
        """The codes of all regions, looked up once."""
        if self._regions is None:
            self._regions = frozenset(row[0] for row in self.connection.execute("SELECT uid FROM region"))
        return self._regions

    def gather(self) -> Waiting:
        """From here on let records that are added wait, until somebody looks at the tables; return those that do."""
        self.waiting = self.waiting or Waiting()
        return self.waiting

    @contextmanager
    def part(self) -> Iterator[None]:
        """Do a part of the operation; where it raises, it is taken back whole: tables, log, index, names."""
        first = len(self.waiting.records) if self.waiting else 0
        part = _Part(f"part{len(self._parts)}", first, len(self.touched), len(self.created), self.unasked)
        self._parts.append(part)
        self.unasked = door.Touched()
        if self.waiting is None:
            self._settle()
        try:
            yield
            self.ask()
        except BaseException:
            self._take_back(part)
            raise
        finally:
            self.unasked = part.asked
            if part.log_end:
                self.reading.execute(f"RELEASE {part.name}")
            self._parts.pop()
        if self.waiting and not self._parts and len(self.waiting.records) >= BATCH:
            self.waiting.pack()

    def _settle(self) -> None:
        """Write what waits, with a savepoint where each part that is open begins."""
        for number, part in enumerate(self._parts):
            if part.log_end is None:
                self._write(part.first)
                self.reading.execute(f"SAVEPOINT {part.name}")
                part.log_end, part.touched = self.log.end(), len(self.touched)
                for inner in self._parts[number + 1 :]:
                    inner.first -= part.first
                part.first = 0
        self._write(None)

    def _write(self, end: int | None) -> None:
        if self.waiting is None:
            return
        for group in self.waiting.take(end):
            for entity, stored in group.items():
                self.insert_rows(entity, stored)

    def ask(self) -> None:
        """Ask the rules of everything that was touched since they were asked last. Raises `RefusedMany`."""
        if self.unasked:
            unasked, self.unasked = self.unasked, door.Touched()
            door.ask(self, unasked)

    def _take_back(self, part: _Part) -> None:
        if self.waiting:
            self.waiting.cut(part.first)
        del self.created[part.created :]
        if part.log_end is None:
            return
        self.reading.execute(f"ROLLBACK TO {part.name}")
        self.log.back_to(part.log_end)
        self._index_names = self._regions = None
        while len(self.touched) > part.touched:
            self.touched.popitem()
        if self.waiting:
            self.waiting.forget()

    def new_uid(self) -> str:
        """Return a uid for a record that is going to be added."""
        return self.clock.uid()

    def add(self, record: Record) -> str:
        """Insert a record; return its uid."""
        self.unasked.added(record.entity, record.uid, record)
        if self.waiting:
            self.waiting.add(record)
        else:
            self.insert_rows(record.entity, [rows.stored(record)])
        return record.uid

    def bring_back(self, entity: str, row: Mapping[str, Any]) -> None:
        """Insert a record that was there before."""
        self.insert_rows(entity, [row])
        self.unasked.added(entity, row["uid"])

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
        self._renamed(entity)
        self.connection.execute(f"DELETE FROM {entity} WHERE uid = ?", (uid,))
        if entity == "project":
            self.connection.execute("DELETE FROM standing WHERE id = ?", (row["id"],))
            looked_after.forget(self.connection, row["id"])
        gone = {name: value for name, value in dict(row).items() if name != "id" and value is not None}
        self.unasked.removed(entity, uid, gone)
        self._note(entity, uid, "remove", gone)

    def insert_rows(self, entity: str, stored: Sequence[Mapping[str, Any]]) -> None:
        """Insert rows of stored values, with their log entries; a column that is not given is empty.

        Their rules are not asked: a list's were when it was rehearsed, and what a register begins with is tested.
        """
        columns = list(registry.model(entity).fields())
        first = self.reading.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {entity}").fetchone()[0]
        marks = ", ".join("?" * (len(columns) + 1))
        self.reading.executemany(
            f"INSERT INTO {entity} (id, {', '.join(columns)}) VALUES ({marks})",
            [(row_id, *map(row.get, columns)) for row_id, row in enumerate(stored, first)],
        )
        entries = [self._entry(entity, row["uid"], "add", rows.filled(row)) for row in stored]
        self.reading.executemany(changes.INSERT, entries)
        full = [rows.Full(row) for row in stored]
        if entity == "org":
            for org in full:
                self.index_names.note(org)
        search.index_many(self.reading, entity, enumerate(full, first), self.index_names)

    def update_row(self, entity: str, uid: str, pairs: Mapping[str, tuple[Any, Any]]) -> None:
        """Change stored values, given as {column: (old, new)}, with the log entry."""
        columns = ", ".join(f"{name} = ?" for name in pairs)
        self.connection.execute(
            f"UPDATE {entity} SET {columns} WHERE uid = ?", [*(new for _old, new in pairs.values()), uid]
        )
        self.unasked.changed(entity, uid, {name: old for name, (old, _new) in pairs.items()})
        if pairs.keys() & search.indexed_columns(entity):
            row = self.row(entity, uid)
            search.index(self.connection, entity, row["id"], row)
        self._renamed(entity)
        if entity == "org" and pairs.keys() & {"name", "short"}:
            search.reindex_owned(self.connection, uid)
        self._note(entity, uid, "set", {name: list(pair) for name, pair in pairs.items()})

    def _renamed(self, entity: str) -> None:
        """Look names up anew, after a record was changed or taken out."""
        if entity in ("org", "region"):
            self._index_names = self._regions = None
        if self.waiting:
            self.waiting.forget(entity)

    def finish(self) -> None:
        """Bring what is derived from many records up to date, once the work of a transaction is done."""
        self.ask()
        self._settle()
        if self.touched:
            standing.refresh(self.connection, list(self.touched))
        looked_after.refresh(self.connection, self.tended)
        if self.undoes:
            undone.note(self.connection, self.undoes)
        self.touched.clear()
        self.tended.clear()

    def _projects(self, entity: str, uid: str, fields: Mapping[str, Any]) -> list[str]:
        """Return the project that a record belongs to; two where it went from one to another."""
        owner = uid if entity == "project" else fields.get("project_uid")
        if isinstance(owner, list):
            return owner
        return [owner or self.row(entity, uid)["project_uid"]]

    def _note(self, entity: str, uid: str, kind: str, fields: Mapping[str, Any]) -> None:
        """Append what was done to a record to the log."""
        self.connection.execute(changes.INSERT, self._entry(entity, uid, kind, fields))

    def _entry(self, entity: str, uid: str, kind: str, fields: Mapping[str, Any]) -> tuple[Any, ...]:
        """Return the next entry of the log; the caller must insert it."""
        if standing.concerns(entity, fields):
            self.touched.update(dict.fromkeys(self._projects(entity, uid, fields)))
        if looked_after.concerns(entity):
            for project in self._projects(entity, uid, fields):
                self.tended[project] = self.tended.get(project, False) or kind != "add"
        return self.log.entry(entity, uid, kind, fields)
