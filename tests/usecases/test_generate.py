"""A generated register: the same from the same seed, through the same log and index as everything typed."""

from pathlib import Path
from typing import Any

import pytest

from zjtui.domain import registry
from zjtui.errors import Cancelled
from zjtui.store import changes
from zjtui.store.read.searching import find
from zjtui.usecases import setup
from zjtui.usecases.generate import generate
from zjtui.usecases.session import Session


def made(folder: Path, seed: int) -> Session:
    session = setup.new(folder)
    generate(session, 60, 400, seed)
    return session


def contents(session: Session) -> dict[str, list[tuple[Any, ...]]]:
    found = {}
    for entity in registry.ENTITIES:
        names = ", ".join(registry.model(entity).fields())
        found[entity] = [tuple(row) for row in session.reader().execute(f"SELECT {names} FROM {entity} ORDER BY uid")]
    return found


def test_the_same_seed_makes_the_same_register_and_another_one_another(tmp_path: Path) -> None:
    sessions = [made(tmp_path / name, seed) for name, seed in (("a", 7), ("b", 7), ("c", 8))]
    first, same, other = (contents(session) for session in sessions)
    assert first == same
    assert first["project"] != other["project"]
    assert (len(first["project"]), len(first["follow_up"]), len(first["issue"])) == (60, 400, 60)
    for session in sessions:
        session.close()


def test_the_log_is_one_chain_and_the_search_knows_every_text(tmp_path: Path) -> None:
    session = made(tmp_path / "w", 7)
    previous = changes.GENESIS
    for row in session.reader().execute("SELECT * FROM change ORDER BY seq"):
        previous = changes.entry_hash(previous, tuple(row[name] for name in changes.COLUMNS))
        assert previous == row["hash"]
    text = session.reader().execute("SELECT findings FROM follow_up LIMIT 1").fetchone()[0]
    assert find(session.reader(), text[:2], ["follow_up"])
    session.close()


def test_it_reports_its_progress_and_stops_when_asked(tmp_path: Path) -> None:
    session = setup.new(tmp_path / "w")
    seen: list[tuple[int, int]] = []
    with pytest.raises(Cancelled):
        generate(session, 60, 4000, 7, lambda done, total: seen.append((done, total)), lambda: len(seen) >= 2)
    assert len(seen) == 2 and seen[0][0] < seen[1][0] < seen[1][1]
    session.close()
