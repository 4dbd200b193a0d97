"""A new workspace: its tables and the regions of Zhejiang."""

import csv
from datetime import date
from pathlib import Path

from zjtui import config
from zjtui.domain.region import PROVINCE, Region
from zjtui.store.write.tx import Tx
from zjtui.usecases.session import Session, new_session

REGIONS = "regions_zhejiang_2023.csv"
FLAGS = "region_flags.csv"


def new(folder: Path, *, today: date | None = None, person: str = "") -> Session:
    """Make an empty workspace that knows the 102 regions; open it."""
    session = new_session(folder, today=today, person=person)
    session.operate("workspace.new", load_regions)
    return session


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
