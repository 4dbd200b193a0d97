"""The change log as one operation goes on with it: entry behind entry, each with its hash."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from zjtui.store import changes, rows
from zjtui.store.changes import Chain, Clock


@dataclass
class Log:
    """What every entry of an operation carries, and the end of this device's chain behind which they go."""

    clock: Clock
    operation: str
    action: str
    undoes: str | None
    person: str
    chain: Chain
    _first: int = field(init=False)  # the last entry before the operation's own

    def __post_init__(self) -> None:
        self._first = self.chain.device_seq

    @property
    def count(self) -> int:
        """How many entries the operation has made."""
        return self.chain.device_seq - self._first

    def entry(self, entity: str, uid: str, kind: str, fields: Mapping[str, Any]) -> tuple[Any, ...]:
        """Return the next entry, with its hash, for `changes.INSERT`; the caller must insert it."""
        chain = self.chain
        hlc = self.clock.tick()
        entry = (
            self.clock.device, chain.device_seq + 1, hlc, self.operation, self.action, self.undoes, self.person,
            changes.wall_time(self.clock.wall_ms), entity, uid, kind, rows.to_json(fields),
        )  # fmt: skip
        chain.device_seq += 1
        chain.hash = changes.entry_hash(chain.hash, entry)
        return (*entry, chain.hash)

    def end(self) -> Chain:
        """Return where it ends now, to go `back_to`."""
        return replace(self.chain)

    def back_to(self, end: Chain) -> None:
        """Go on from where it ended: what came after was taken back."""
        self.chain = end
