"""Filing drafts at once: none is ever lost, none keeps the others back, none overwrites what came after it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import TODAY
from zjtui.errors import Cancelled
from zjtui.store.read import drafts
from zjtui.usecases import checking, draft, filing, maintenance, register, undo
from zjtui.usecases.session import Session, open_session


@pytest.fixture
def session(workspace: Path) -> Iterator[Session]:
    opened = open_session(workspace, today=TODAY)
    yield opened
    opened.close()


def projects(session: Session, count: int) -> list[str]:
    return [row[0] for row in session.reader().execute("SELECT uid FROM project ORDER BY id LIMIT ?", (count,))]


def keep(session: Session, key: str, **typed: str) -> None:
    draft.keep(session, key, "form", key, typed).result()


def kept(session: Session) -> dict[str, Any]:
    return {item["key"]: item["typed"] for item in drafts.everything(session.reader())}


def test_undo_brings_the_drafts_back_and_redo_files_them_again(session: Session) -> None:
    first, second = projects(session, 2)
    keep(session, f"follow_up.add:{first}", findings="看过现场")
    keep(session, f"project.set:{second}", short_name="新简称")
    before = kept(session)
    outcome, filed, _left = filing.file_all(session)
    assert outcome and len(filed) == 2 and kept(session) == {}
    undo.undo(session)
    assert kept(session) == before
    undo.redo(session)
    assert kept(session) == {}
    undo.undo(session)
    assert kept(session) == before
    again, filed, left = filing.file_all(session)  # its own undo is no change that came after it
    assert again and len(filed) == 2 and left == []
    assert checking.check(session, whole=True).problems == []


def test_what_was_typed_after_the_filing_is_not_overwritten_by_its_undo(session: Session) -> None:
    [uid] = projects(session, 1)
    key = f"follow_up.add:{uid}"
    keep(session, key, findings="上午")
    filing.file_all(session)
    keep(session, key, findings="下午")
    undo.undo(session)
    assert kept(session) == {key: {"findings": "下午"}}
    undo.redo(session)
    assert kept(session) == {key: {"findings": "下午"}}


def test_a_draft_that_cannot_be_read_stays(session: Session) -> None:
    [uid] = projects(session, 1)
    keep(session, f"project.set:{uid}")
    session.workspace.transact(
        lambda connection: connection.execute("UPDATE draft SET typed = '{half' WHERE 1") and None
    )
    outcome, filed, [left] = filing.file_all(session)
    assert (outcome, filed) == (None, []) and left.faults
    assert len(kept(session)) == 1


@pytest.mark.parametrize(
    "key", ["person.move:SOMEBODY:y", "bulk.set:project", "project.set:no-such", "issue.add:no-such", "?"]
)
def test_a_draft_that_makes_no_sense_does_not_keep_the_others_back(session: Session, key: str) -> None:
    [uid] = projects(session, 1)
    key = key.replace("SOMEBODY", session.reader().execute("SELECT uid FROM person").fetchone()[0])
    keep(session, key, name="x")
    keep(session, f"follow_up.add:{uid}", findings="看过")
    _outcome, filed, [left] = filing.file_all(session)
    assert len(filed) == 1 and left.key == key and left.faults[0][1]
    assert set(kept(session)) == {key}


def test_an_edit_that_was_overtaken_stays_and_says_by_what(session: Session) -> None:
    [uid] = projects(session, 1)
    keep(session, f"project.set:{uid}", short_name="旧稿", site="旧址")
    session.workspace.transact(
        lambda connection: connection.execute("UPDATE draft SET at = '2023-09-20T12:00:00'") and None
    )
    register.edit(session, "project", uid, {"site": "新址"})
    _outcome, filed, [left] = filing.file_all(session)
    assert filed == [] and "Edit a project" in filing.reason(left)
    row = session.reader().execute("SELECT site FROM project WHERE uid = ?", (uid,)).fetchone()
    assert row[0] == "新址" and len(kept(session)) == 1


def test_two_drafts_about_one_record_do_not_overtake_each_other(session: Session) -> None:
    [uid] = projects(session, 1)
    keep(session, f"project.move:{uid}:suspended", stage_reason="停工整改")
    keep(session, f"project.set:{uid}", short_name="新简称")
    session.workspace.transact(
        lambda connection: (
            connection.execute("UPDATE draft SET at = '2023-09-20T12:00:0' || (key LIKE '%set%')") and None
        )
    )
    _outcome, filed, left = filing.file_all(session)
    assert (len(filed), left) == (2, [])


def test_what_is_worth_checking_is_told(session: Session) -> None:
    [uid] = projects(session, 1)
    keep(session, f"visit_plan.add:{uid}", day="2023-09-25", who="专班")
    register.add(session, "visit_plan", uid, {"day": "2023-09-24", "who": "李四"})
    outcome, filed, _left = filing.file_all(session)
    assert filed and outcome and [notice.rule for notice in outcome.notices] == ["N-04"]


@pytest.mark.parametrize("stop", [0, 1, 2, 3, 4])
def test_stopped_at_any_moment_nothing_is_filed(session: Session, stop: int) -> None:
    for uid in projects(session, 2):
        keep(session, f"follow_up.add:{uid}", findings="看过")
    before = list(maintenance.dump(session))
    steps: list[tuple[int, int]] = []
    with pytest.raises(Cancelled):
        filing.file_all(session, lambda done, total: steps.append((done, total)), lambda: len(steps) == stop)
    assert [done for done, _total in steps] == list(range(stop)) and {total for _done, total in steps} <= {4}
    assert list(maintenance.dump(session)) == before and len(kept(session)) == 2


def test_a_fault_between_record_and_draft_leaves_both_as_they_were(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    [uid] = projects(session, 1)
    keep(session, f"follow_up.add:{uid}", findings="看过")
    before = list(maintenance.dump(session))

    def full(*_values: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(draft, "taken", full)
    with pytest.raises(OSError, match="No space"):
        filing.file_all(session)
    assert list(maintenance.dump(session)) == before and len(kept(session)) == 1


def test_where_nothing_can_be_written_no_draft_is_called_valid(session: Session, workspace: Path) -> None:
    [uid] = projects(session, 1)
    keep(session, f"follow_up.add:{uid}", findings="看过")
    for write in (True, False):
        other = open_session(workspace, write=write)
        [item] = filing.waiting(other)
        assert "reading only" in filing.reason(item)
        other.close()


def test_a_day_that_its_form_would_ask_about_stays_to_be_finished_by_hand(session: Session) -> None:
    [uid] = projects(session, 1)
    keep(session, f"follow_up.add:{uid}", findings="看过现场", visit_date="5-1")
    _outcome, filed, [left] = filing.file_all(session)
    assert filed == [] and "[D-05]" in filing.reason(left) and "2023-05-01" in filing.reason(left)
