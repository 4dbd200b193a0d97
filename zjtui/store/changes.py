"""The change log's entries: their clock, their canonical form and their hash chain.

Order between laptops is given by a hybrid logical clock (physical milliseconds, a counter, the device), never by the
wall time, which is only shown. Each device has its own chain: an entry's hash covers the entry and the hash before it.
"""

import hashlib
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from typing import Any

from zjtui.store.rows import to_json
from zjtui.store.sqlite import Connection

BEIJING = timezone(timedelta(hours=8))
COLUMNS = (
    "device", "device_seq", "hlc", "operation", "action", "undoes", "person", "at", "entity", "uid", "kind", "fields",
)  # fmt: skip
INSERT = f"INSERT INTO change ({', '.join(COLUMNS)}, hash) VALUES ({', '.join('?' * (len(COLUMNS) + 1))})"
# What people entered of monthly reports, as an index of step 5 knows it: the text of both has to be the same for good.
TYPED_MONTHS = "entity = 'monthly_report' AND action NOT IN ('workspace.new', 'demo.load', 'generate')"
# What people did to problems and services, as an index of step 11 knows it: the same for good as well.
WORKED_ON = "entity IN ('issue', 'service') AND action NOT IN ('workspace.new', 'demo.load', 'generate')"
_ALIKE = 300_000  # milliseconds: two computers' clocks are never quite alike
GENESIS = b"\0" * 32
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def entry_hash(previous: bytes, entry: tuple[Any, ...]) -> bytes:
    """Return the hash of an entry, its values in the order of `COLUMNS`, behind the entry with hash `previous`."""
    return hashlib.sha256(previous + to_json(entry).encode()).digest()


def now_ms() -> int:
    """Return the wall clock in milliseconds."""
    return time.time_ns() // 1_000_000


def wall_time(milliseconds: int) -> str:
    """Return the Beijing wall time, to the second."""
    return _wall_time(milliseconds // 1000)


@lru_cache(maxsize=2)  # a list of 100,000 rows is written in few seconds
def _wall_time(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, BEIJING).strftime("%Y-%m-%dT%H:%M:%S")


def suspect(at: str, hlc: str) -> bool:
    """Tell whether the wall time `at` of an entry contradicts the log: it is before an earlier entry's, or yet to come.

    Order between entries comes from `hlc` alone.
    """
    logged = wall_time(int(hlc[:12], 16) - _ALIKE)
    return at < logged or at > wall_time(now_ms() + _ALIKE)


def new_device(random: Callable[[int], bytes] = os.urandom) -> str:
    """Return a new name for this workspace's place in the log, six letters and digits."""
    return "".join(_ALPHABET[byte % 32] for byte in random(6))


@dataclass
class Clock:
    """A hybrid logical clock and a source of uids; `now` and `random` can be fixed for a reproducible register."""

    device: str
    last_ms: int = 0
    counter: int = 0
    wall_ms: int = 0  # what the wall clock said at the last reading: shown, never used for order
    now: Callable[[], int] = lambda: now_ms()  # noqa: PLW0108 - looked up at every call: tests stand the clock still
    random: Callable[[int], bytes] = os.urandom

    def tick(self) -> str:
        """Return the next reading; it never runs back, whatever the wall clock does."""
        physical = self.wall_ms = self.now()
        if physical > self.last_ms:
            self.last_ms, self.counter = physical, 0
        elif self.counter < 0xFFFF:
            self.counter += 1
        else:
            self.last_ms, self.counter = self.last_ms + 1, 0
        return f"{self.last_ms:012x}-{self.counter:04x}-{self.device}"

    def uid(self) -> str:
        """Return a new UUIDv7 (RFC 9562): it sorts by the time it was made."""
        number = int.from_bytes(self.random(10), "big") | (max(self.now(), self.last_ms) << 80)
        number = number & ~(0xF << 76) | (0x7 << 76)
        number = number & ~(0x3 << 62) | (0x2 << 62)
        text = f"{number:032x}"
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


@dataclass
class Chain:
    """The end of this device's chain, as read from the log."""

    device_seq: int
    hash: bytes

    @classmethod
    def end_of(cls, connection: Connection, device: str) -> "Chain":
        """Read the last entry of `device`."""
        row = connection.execute(
            "SELECT device_seq, hash FROM change WHERE device = ? ORDER BY device_seq DESC LIMIT 1", (device,)
        ).fetchone()
        return cls(row["device_seq"], bytes(row["hash"])) if row else cls(0, GENESIS)


def read_clock(connection: Connection, device: str) -> Clock:
    """Return a clock that is ahead of everything in the log."""
    row = connection.execute("SELECT hlc FROM change ORDER BY seq DESC LIMIT 1").fetchone()
    clock = Clock(device)
    if row:
        clock.last_ms, clock.counter = int(row["hlc"][:12], 16), int(row["hlc"][13:17], 16)
    return clock
