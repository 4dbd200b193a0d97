"""The register as it was known at an earlier moment, made anew from the change log alone."""

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from zjtui.errors import Damaged
from zjtui.i18n import N_
from zjtui.store import standing
from zjtui.store.sqlite import Connection
from zjtui.store.write import replay
from zjtui.usecases.session import Session


@dataclass
class PastSession(Session):
    """A session that reads what was known then; nothing can be saved through it."""

    past: Connection | None = None

    def reader(self) -> Connection:
        """Return the connection to the register of that moment."""
        assert self.past is not None
        return self.past


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
def as_known(session: Session, known: Mapping[str, int], day: date) -> Iterator[PastSession]:
    """Yield the register made of the entries in `known`, on `day`; it is thrown away afterwards."""
    path = Path(tempfile.gettempdir()) / f".zjtui-moment.{os.getpid()}.db"
    with replay.scratch(path) as target:
        if any(True for _problem in replay.replay(session.reader(), target, lambda _done: None, known)):
            raise Damaged(N_("The change log cannot be replayed. Run `zjtui check`"))
        standing.refresh_all(target)
        yield PastSession(session.workspace, session.settings, day, session.person, target)
