"""The demonstration register: 99 invented projects, shipped as CSV, loaded as one operation."""

import csv
from pathlib import Path
from typing import Any

from zjtui import config
from zjtui.domain import registry
from zjtui.domain.fields import Kind
from zjtui.domain.money import parse_percent
from zjtui.domain.record import Record
from zjtui.store.rows import record_from, stored
from zjtui.store.write.tx import Tx
from zjtui.usecases import setup
from zjtui.usecases.session import Session, open_session

TODAY = "2023-09-20"
_WHOLE = (Kind.INT, Kind.MONEY, Kind.AREA, Kind.YESNO)


def new_demo(folder: Path, *, person: str = "") -> Session:
    """Make a workspace with the demonstration register in `folder`; its day stands still on 2023-09-20.

    The person at work is a team member on a dozen projects and the main leader of none, unless `person` says otherwise.
    """
    with setup.building(folder, person="zjtui") as session:
        load(session)
        row = session.reader().execute(
            "SELECT person_uid FROM contact WHERE role = 'team' AND person_uid NOT IN "
            "(SELECT person_uid FROM contact WHERE is_main) GROUP BY person_uid "
            "ORDER BY count(*) DESC, person_uid LIMIT 1"
        )
        session.settings.today = TODAY
        session.settings.start = "projects"  # who looks at a demonstration wants to see the register first
        session.settings.person = row.fetchone()[0]
        session.save_settings()
    return open_session(folder, person=person)


def load(session: Session) -> None:
    """Add every shipped record as one operation."""
    session.operate("demo.load", _load)


def _load(tx: Tx) -> None:
    for entity in registry.ENTITIES:
        path = config.data_folder() / "demo" / f"{entity}.csv"
        if path.exists():
            tx.insert_rows(entity, [stored(record) for record in read(path, registry.model(entity))])


def read(path: Path, kind: type[Record]) -> list[Record]:
    """Return the records of one file; an empty cell is a value that is not known."""
    with path.open(encoding="utf-8", newline="") as file:
        return [record_from(kind, _stored(kind, row)) for row in csv.DictReader(file)]


def _stored(kind: type[Record], row: dict[str, str]) -> dict[str, Any]:
    fields = kind.fields()
    return {name: _value(fields[name].kind, text) for name, text in row.items()}


def _value(kind: Kind, text: str) -> Any:
    if text == "":
        return None
    if kind in _WHOLE:
        return int(text)
    if kind is Kind.PERCENT:
        return parse_percent(text)
    return float(text) if kind is Kind.NUMBER else text
