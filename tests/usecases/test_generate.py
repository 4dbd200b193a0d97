"""A generated register: the same from the same seed, through the same log and index as everything typed."""

from pathlib import Path
from typing import Any

import pytest

from zjtui.domain import project_code, registry
from zjtui.domain.check import check
from zjtui.errors import Cancelled
from zjtui.store import changes
from zjtui.store.read.searching import find
from zjtui.store.rows import decode, to_json
from zjtui.usecases import generate as generator
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


def test_every_record_passes_the_rules_and_stands_in_the_log_as_in_its_table(tmp_path: Path) -> None:
    session = made(tmp_path / "w", 7)
    logged = {row["uid"]: row["fields"] for row in session.reader().execute("SELECT uid, fields FROM change")}
    for entity in registry.ENTITIES:
        for row in session.reader().execute(f"SELECT * FROM {entity}").fetchall():
            check(registry.model(entity), decode(registry.model(entity), row), generator.LAST_DAY)
            stored = {name: row[name] for name in row.keys() if name != "id" and row[name] is not None}  # noqa: SIM118
            assert logged[row["uid"]] == to_json(stored)
    known = {row["uid"] for row in session.reader().execute("SELECT uid FROM region")}
    codes = [row["code"] for row in session.reader().execute("SELECT code FROM project")]
    assert {project_code.status(code, known) for code in codes} == {"ok"}
    session.close()


def test_no_code_comes_twice_and_issues_are_capped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generator, "MOST_ISSUES", 25)
    session = setup.new(tmp_path / "w")
    seen: list[tuple[int, int]] = []
    generate(session, 60, 0, 7, lambda done, total: seen.append((done, total)))
    assert session.reader().execute("SELECT count(*) FROM issue").fetchone()[0] == 25
    assert seen[-1][0] == seen[-1][1]
    maker = generator._Maker(session, 7, 1, 0, 2)
    maker.regions, maker.org_uids = maker.regions[:1], ["x"]
    assert len({maker.project(turn * 100_000).code[:7] for turn in range(9)}) == 9
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


def test_it_reports_its_progress_and_stops_when_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generator, "COMMIT", 1)
    session = setup.new(tmp_path / "w")
    seen: list[tuple[int, int]] = []
    with pytest.raises(Cancelled):
        generate(session, 60, 4000, 7, lambda done, total: seen.append((done, total)), lambda: len(seen) >= 2)
    assert len(seen) == 2 and seen[0][0] < seen[1][0] < seen[1][1]
    session.close()
