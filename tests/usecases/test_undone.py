"""What was undone did not happen: no report, no sentence of history and no sheet tells of it; the log keeps both."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.usecases.test_rules import Made
from zjtui.reports import evidence
from zjtui.store import undone
from zjtui.store.read import closing, day, find, finding_scope, history, ladder, records
from zjtui.usecases import issue, setup, undo
from zjtui.usecases.session import Session

TODAY = date(2023, 9, 20)


@pytest.fixture
def made(tmp_path: Path) -> Any:
    session = setup.new(tmp_path / "w", today=TODAY)
    yield Made(session)
    session.close()


def sentences(session: Session, uid: str) -> str:
    """Return all that the escalation sheet and the story of an issue tell."""
    reader = session.reader()
    record = records.get(reader, "issue", uid)
    told = [str(what) for _day, _who, what in ladder.story(reader, record)]
    stays = [stay["level"] for stay in ladder.levels(reader, record, TODAY)]
    return " ".join([*told, *stays, str(evidence.page(session, uid))])


def test_a_closing_an_escalation_and_a_reopening_that_were_undone_stand_nowhere(made: Made) -> None:
    session = made.session
    uid = made.closed()
    made.move("issue", uid, ("doing", {"state_reason": "反弹了"}))
    undo.undo(session)
    undo.undo(session)
    assert "Verify and close" not in sentences(session, uid) and "反弹了" not in sentences(session, uid)
    assert ladder.relapses(session.reader(), session.limits) == []
    undo.redo(session)
    assert "Verify and close" in sentences(session, uid)
    other = made.solved()
    made.move("issue", other, ("doing", {"verify_note": "未过"}))
    issue.escalate(session, other, "L2")
    undo.undo(session)
    assert "Taken to" not in sentences(session, other)
    assert [
        stay["level"] for stay in ladder.levels(session.reader(), records.get(session.reader(), "issue", other), TODAY)
    ] == ["L1"]
    # The log itself keeps both.
    assert len(history.of_record(session.reader(), other)) > len(history.deeds_of(session.reader(), other))


def test_counts_of_a_day_and_what_a_person_did_last_leave_it_out(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    session = made.session
    at = session.reader().execute("SELECT substr(max(at), 1, 10) FROM change").fetchone()[0]
    before = day.done_on(session.reader(), at, "")
    made.visit(findings="看错了项目")
    undo.undo(session)
    assert day.done_on(session.reader(), at, "") == before
    undo.redo(session)
    assert day.done_on(session.reader(), at, "")["follow_up"] == 1
    for number in range(12):
        made.closed(evidence=f"{number}号")
    assert any("many" in reasons for reasons in closing.doubtful(session.reader(), session.limits).values())
    for _closing in range(8):
        for _step in range(5):
            undo.undo(session)
    assert not any("many" in reasons for reasons in closing.doubtful(session.reader(), session.limits).values())
    assert find.recent_projects(session.reader(), session.person) == [made.project]
    assert undone.STANDS in finding_scope.TOUCHED


def test_undoing_a_redo_and_the_like_comes_out_as_the_log_says(made: Made) -> None:
    """However long the chain of undoing and doing again, it is derived as the whole log would say."""
    session = made.session
    visit = made.visit()
    first = history.newest(session.reader())["operation"]
    chain = [first]
    for number in range(6):
        chain.append(undo.undo(session, chain[-1]).operation)
        assert history.stands(session.reader(), first) == (number % 2 == 1)
        assert not undone.differs(session.reader())
        there = session.reader().execute("SELECT 1 FROM follow_up WHERE uid = ?", (visit,)).fetchone()
        assert (there is not None) == history.stands(session.reader(), first)
