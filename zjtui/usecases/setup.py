"""A new workspace: its tables and the regions of Zhejiang."""

import csv
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path

from zjtui import config, files
from zjtui.domain.region import PROVINCE, Region
from zjtui.errors import UsageError
from zjtui.i18n import N_
from zjtui.store.lock import LOCK
from zjtui.store.workspace import Workspace
from zjtui.store.write.tx import Tx
from zjtui.usecases.session import Session, new_session, open_session

REGIONS = "regions_zhejiang_2023.csv"
FLAGS = "region_flags.csv"


def new(folder: Path, *, today: date | None = None, person: str = "") -> Session:
    """Make an empty workspace that knows the 102 regions; open it."""
    with building(folder, today=today, person=person):
        pass
    return open_session(folder, today=today, person=person)


@contextmanager
def building(folder: Path, *, today: date | None = None, person: str = "") -> Iterator[Session]:
    """Make a workspace and yield it open, to be filled; only when all of it is on the disk does `folder` have it.

    Killed at whatever moment, it is whole or not there.
    """
    Workspace.refuse_taken(folder)
    with ExitStack() as stack:
        try:
            inside = stack.enter_context(files.building(folder, config.DATABASE))
        except OSError as error:
            raise UsageError(
                N_("The folder {folder} cannot be made: {reason}"), folder=folder, reason=error.strerror
            ) from None
        session = new_session(inside, today=today, person=person)
        try:
            session.operate("workspace.new", load_regions)
            yield session
        finally:
            session.close()
        (inside / LOCK).unlink(missing_ok=True)
        Workspace.refuse_taken(folder)  # somebody else was quicker


def load_regions(tx: Tx) -> None:
    """Add the regions shipped in `data/`: province, 11 cities, 90 counties."""
    folder = config.data_folder()
    with (folder / FLAGS).open(encoding="utf-8", newline="") as file:
        flags = {row["code"]: row["flag"] for row in csv.DictReader(file)}
    with (folder / REGIONS).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            tx.add(
                Region(
                    uid=row["code"],
                    level=row["level"],
                    parent=row["parent"] or (None if row["code"] == PROVINCE else PROVINCE),
                    name_zh=row["name_zh"],
                    name_en=row["name_en"],
                    kind=row["kind_en"],
                    mountain26=flags.get(row["code"]) == "mountain26",
                    island6=flags.get(row["code"]) == "island6",
                )
            )
