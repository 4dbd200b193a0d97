"""Records that were added and are not in the tables yet: written many at a time, and only once somebody looks there.

A list of 100,000 rows is rehearsed by the same use-cases as a form. What costs most of a form's second is the writing;
a rehearsal whose rows are all new never comes to it, and what it found is kept packed (`packs`) for the day it counts.
"""

import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from zjtui.domain import registry
from zjtui.domain.project import Project
from zjtui.domain.record import Record
from zjtui.store import rows
from zjtui.store.read import find
from zjtui.store.sqlite import Connection

Stored = dict[str, list[dict[str, Any]]]  # entity: rows as they are stored
BATCH = 1000  # records
_UID = re.compile(r"[0-9a-f-]{36}")
_NAMED = ("org", "person")  # what a list may name for the first time


@dataclass
class Waiting:
    """The records that wait, oldest first: the older ones packed, the newest as they are."""

    records: list[Record] = field(default_factory=list)
    packs: list[bytes] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)  # of projects: {code: uid}
    _newest: dict[str, Record] = field(default_factory=dict)
    _known: dict[str, dict[str, str]] = field(default_factory=dict)  # entity: {name: uids, spaces between}

    def add(self, record: Record) -> None:
        """Let a record wait."""
        self.records.append(record)
        self._newest[record.uid] = record
        if code := _code(record):
            self.codes[code] = record.uid
        for name in self._names(record):
            find.join(self._known[record.entity], name, record.uid)

    def cut(self, first: int) -> None:
        """Forget the records from number `first` of the newest on."""
        for record in self.records[first:]:
            del self._newest[record.uid]
            self.codes.pop(_code(record), None)
            for name in self._names(record):
                known = self._known[record.entity]
                known[name] = " ".join(uid for uid in known[name].split() if uid != record.uid)
        del self.records[first:]

    def newest(self, uid: str) -> Record | None:
        """Return a record that waits unpacked."""
        return self._newest.get(uid)

    def beside(self, entity: str, project_uid: str) -> list[Any] | None:
        """Return the records of a project that itself waits; None of another, for those may be in the tables."""
        if project_uid not in self._newest:
            return None
        found = []
        for record in reversed(self.records):  # they were added after it, mostly right after it
            if record.uid == project_uid:
                break
            if record.entity == entity and getattr(record, "project_uid", "") == project_uid:
                found.append(record)
        return found

    def exact(self, connection: Connection, entity: str, text: str) -> list[str] | None:
        """Return what `find.exact` will say once all is written; None where only the tables can tell."""
        if text in self._newest:
            return [text]
        if entity == "region":  # none waits
            found = self._known.setdefault(entity, {})
            if text not in found:
                found[text] = " ".join(find.exact(connection, entity, text))
            return found[text].split()
        if entity not in _NAMED or _UID.fullmatch(text) or (self.packs and entity not in self._known):
            return None
        if entity not in self._known:
            self._known[entity] = find.by_name(connection, entity)
            for record in self.records:
                for name in self._names(record) if record.entity == entity else ():
                    find.join(self._known[record.entity], name, record.uid)
        return sorted(self._known[entity].get(text, "").split())[:50]

    def forget(self, entity: str = "") -> None:
        """Look names of one kind or all up anew: in the tables something was changed."""
        self._known = {known: names for known, names in self._known.items() if entity and known != entity}

    def pack(self) -> None:
        """Keep what waits in little room."""
        if self.records:
            plain = json.dumps(_grouped(self.records), ensure_ascii=False, separators=(",", ":"))
            self.packs.append(zlib.compress(plain.encode(), 1))
            self.records, self._newest = [], {}

    def take(self, end: int | None = None) -> Iterator[Stored]:
        """Yield what waits up to number `end` of the newest, and let go of it."""
        packs, self.packs, self.codes = self.packs, [], {}
        records, self.records = (self.records, []) if end is None else (self.records[:end], self.records[end:])
        for record in records:
            del self._newest[record.uid]
        yield from map(unpacked, packs)
        if records:
            yield _grouped(records)

    def _names(self, record: Record) -> set[str]:
        if record.entity not in self._known:
            return set()
        return find.names_of(record.entity, record.__dict__)


def _code(record: Record) -> str:
    return record.code or "" if isinstance(record, Project) else ""


def unpacked(pack: bytes) -> Stored:
    """Return what `Waiting.pack` packed."""
    found: Stored = json.loads(zlib.decompress(pack))
    return found


def _grouped(records: list[Record]) -> Stored:
    """Return stored rows by entity, what is pointed to before what points to it, without empty columns."""
    found: Stored = {}
    for record in records:
        found.setdefault(record.entity, []).append(rows.filled(rows.stored(record)))
    return {entity: found[entity] for entity in registry.ENTITIES if entity in found}
