"""The register as it was known at an earlier moment, made anew from the change log alone."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from zjtui.errors import Cancelled, Damaged
from zjtui.files import remove, scratch_folder
from zjtui.i18n import N_
from zjtui.store import looked_after, sqlite, standing
from zjtui.store.sqlite import Connection
from zjtui.store.write import replay
from zjtui.usecases.session import Session

Holes = Mapping[str, Sequence[tuple[int, int]]]  # {device: (first, last) entries that were not here}


@dataclass(frozen=True)
class Watch:
    """How a long job tells how far it is, `progress(done, total)`, and asks whether it is still wanted."""

    progress: Callable[[int, int], None] = lambda _done, _total: None
    cancelled: Callable[[], bool] = lambda: False


@dataclass
class PastSession(Session):
    """A session that reads what was known then, on any thread; nothing can be saved through it."""

    folder: Path | None = None  # only its owner can look into it
    _local: threading.local = field(default_factory=threading.local)
    _readers: list[Connection] = field(default_factory=list)

    def reader(self) -> Connection:
        """Return this thread's connection to the register of that moment."""
        connection: Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            assert self.folder is not None
            connection = self._local.connection = sqlite.open_reader(_file(self.folder))
            self._readers.append(connection)
        return connection

    def close(self) -> None:
        """Throw that register away, once nobody reads it any more; the workspace stays open."""
        for connection in self._readers:
            connection.close()
        self.discard()

    def discard(self) -> None:
        """Remove its file, whoever still reads it: the program is leaving."""
        if self.folder is not None:
            remove(self.folder)


def seen(connection: Connection) -> dict[str, int]:
    """Return the last entry of each device's log that is known here."""
    return {row[0]: row[1] for row in connection.execute("SELECT device, max(device_seq) FROM change GROUP BY device")}


def seen_on(connection: Connection, day: date) -> dict[str, int]:
    """Return the last entry of each device's log up to the end of a day."""
    rows = connection.execute(
        "SELECT device, max(device_seq) FROM change WHERE substr(at, 1, 10) <= ? GROUP BY device", (day.isoformat(),)
    )
    return {row[0]: row[1] for row in rows}


@contextmanager
def as_known(
    session: Session,
    known: Mapping[str, int],
    day: date,
    *,
    holes: Holes | None = None,
    rules: int = standing.RULES,
    watch: Watch | None = None,
) -> Iterator[PastSession]:
    """Yield what `open_past` returns; it is thrown away afterwards."""
    past = open_past(session, known, day, holes=holes, rules=rules, watch=watch)
    try:
        yield past
    finally:
        past.close()


def open_past(
    session: Session,
    known: Mapping[str, int],
    day: date,
    *,
    holes: Holes | None = None,
    rules: int = standing.RULES,
    watch: Watch | None = None,
) -> PastSession:
    """Return the register made of the entries in `known` without those in `holes`, on `day`. Close it.

    What counts goes by `rules` (store/standing.py). Raises `Cancelled` when the watch says so.
    """
    watch = watch or Watch()
    live = session.workspace.reader()
    gaps = holes or {}
    total = live.execute("SELECT count(*) FROM change").fetchone()[0]

    def is_known(device: str, number: int) -> bool:
        return number <= known.get(device, 0) and not any(one <= number <= end for one, end in gaps.get(device, ()))

    def tick(done: int) -> None:
        if watch.cancelled():
            raise Cancelled(N_("Stopped; nothing was changed"))
        watch.progress(done, total)

    folder = scratch_folder(session.workspace.folder)
    try:
        with replay.scratch(_file(folder), keep=True) as target:
            if any(True for _problem in replay.replay(live, target, tick, is_known)):
                raise Damaged(N_("The change log cannot be replayed. Run `zjtui check`"))
            standing.refresh_all(target, rules)
            looked_after.refresh_all(target)
            tick(total)
    except BaseException:
        remove(folder)
        raise
    return PastSession(session.workspace, session.settings, day, session.person, standing=True, folder=folder)


def _file(folder: Path) -> Path:
    return folder / "moment.db"
