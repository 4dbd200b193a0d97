"""Undo is a new operation that leaves the tables exactly as they were, or says what stands on it."""

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zjtui.domain import registry
from zjtui.domain.named import New
from zjtui.errors import Refused, RefusedMany
from zjtui.store.read import history
from zjtui.usecases import follow_up, issue, project, setup, undo
from zjtui.usecases.session import Session

TODAY = date(2023, 9, 20)


def tables(session: Session) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table, by uid, without the local id."""
    found = {}
    for entity in registry.ENTITIES:
        names = ", ".join(registry.model(entity).fields())
        found[entity] = [tuple(row) for row in session.reader().execute(f"SELECT {names} FROM {entity} ORDER BY uid")]
    return found


@pytest.fixture
def session(tmp_path: Path) -> Session:
    made = setup.new(tmp_path / "w", today=TODAY)
    yield made
    made.close()


def new_project(session: Session, name: str = "甲项目") -> str:
    return project.add(session, {"name": name, "region_code": "330900", "total_invest": 10**9}).uid


def test_undo_takes_the_newest_operation_first_and_redo_brings_it_back(session: Session) -> None:
    uid = new_project(session)
    before = tables(session)
    project.edit(session, uid, {"name": "乙项目"})
    after = tables(session)
    undo.undo(session)
    assert tables(session) == before
    undo.redo(session)
    assert tables(session) == after
    undo.undo(session)
    undo.undo(session)
    assert tables(session)["project"] == []
    with pytest.raises(Refused, match="nothing to undo"):
        undo.undo(session)


def test_what_a_newer_change_stands_on_is_not_undone(session: Session) -> None:
    uid = new_project(session)
    first = project.edit(session, uid, {"name": "乙项目"}).operation
    project.edit(session, uid, {"name": "丙项目"})
    before = tables(session)
    with pytest.raises(RefusedMany, match="Edit a project"):
        undo.undo(session, first)
    assert tables(session) == before


def test_a_project_that_a_follow_up_points_to_is_not_taken_back(session: Session) -> None:
    added = project.add(session, {"name": "甲项目", "region_code": "330900", "total_invest": 10**9})
    follow_up.add(session, added.uid, {"findings": "现场查看"})
    with pytest.raises(RefusedMany, match="point to it"):
        undo.undo(session, added.operation)


def test_the_foundation_of_a_register_is_not_undone(session: Session) -> None:
    operation = history.operations(session.reader())[0]
    assert operation["action"] == "workspace.new"
    with pytest.raises(Refused, match="stands on"):
        undo.undo(session, operation["operation"])


def test_the_history_says_who_changed_what_from_what_to_what(session: Session) -> None:
    uid = new_project(session)
    session.person = "王芳"
    project.edit(session, uid, {"total_invest": 2 * 10**9})
    newest = history.of_record(session.reader(), uid)[0]
    assert newest["person"] == "王芳"
    assert newest["fields"] == {"total_invest": (10**9, 2 * 10**9)}


STEPS = st.lists(st.sampled_from(["edit", "visit", "raise", "assign", "undo", "redo"]), min_size=1, max_size=12)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_undoing_everything_leads_back_to_the_beginning(steps: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        session = setup.new(Path(folder) / "w", today=TODAY)
        uid = new_project(session)
        beginning = tables(session)
        for number, step in enumerate(steps):
            try:
                run(session, uid, step, number)
            except Refused:
                continue
        while (
            history.last_standing(session.reader()) != history.operations(session.reader(), limit=999)[-2]["operation"]
        ):
            undo.undo(session)
        assert tables(session) == beginning
        session.close()


def run(session: Session, uid: str, step: str, number: int) -> None:
    """Do one step of a random day."""
    match step:
        case "edit":
            project.edit(session, uid, {"name": f"项目{number}", "remark": "改"})
        case "visit":
            follow_up.add(session, uid, {"findings": f"走访{number}"})
        case "raise":
            issue.add(session, uid, {"title_text": f"问题{number}", "kind": "land"})
        case "assign":
            found = session.reader().execute("SELECT uid FROM issue WHERE state = 'open' LIMIT 1").fetchone()
            if found:
                issue.move(session, found[0], "assigned", {"lead_unit": New(f"单位{number}")})
        case "undo":
            if (
                history.last_standing(session.reader())
                != history.operations(session.reader(), limit=999)[-2]["operation"]
            ):
                undo.undo(session)
        case "redo":
            undo.redo(session)
