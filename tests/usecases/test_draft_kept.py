"""What is typed is kept, or it is said that it is not; a draft and its record are never both there, nor both missing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
import sqlcipher3

from tests.conftest import TODAY
from tests.failing_disk import Disk, failing_disk
from zjtui.errors import DiskFull, Unsure, ZjtuiError
from zjtui.store import beside
from zjtui.store.read import drafts
from zjtui.usecases import draft, follow_up
from zjtui.usecases.session import Session, open_session

KEY, TYPED = "follow_up.add:x", {"findings": "写到一半的走访记录"}


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with failing_disk() as disk:
        yield disk


@pytest.fixture
def session(disk: Disk, small: Path) -> Iterator[Session]:
    session = open_session(small, today=TODAY)
    session.workspace.maintain(lambda _writer: None)  # it is open
    yield session
    session.close()


def keep(session: Session) -> Any:
    return draft.keep(session, KEY, "Follow up", "杭州西站枢纽", TYPED).result()


def project(session: Session) -> str:
    return str(session.reader().execute("SELECT uid FROM project LIMIT 1").fetchone()[0])


def add(session: Session) -> str:
    with session.made_of(KEY):
        return follow_up.add(session, project(session), {"findings": TYPED["findings"]}).operation


def visits(session: Session) -> int:
    return int(
        session.reader()
        .execute("SELECT count(*) FROM follow_up WHERE findings = ?", (TYPED["findings"],))
        .fetchone()[0]
    )


def again(session: Session) -> Session:
    session.close()
    session = open_session(session.workspace.folder, today=TODAY)
    draft.bring_back(session)
    return session


def test_where_the_database_cannot_take_it_a_file_does_and_the_next_start_brings_it_back(
    disk: Disk, session: Session
) -> None:
    folder = session.workspace.folder
    assert (folder / beside.RESERVE).stat().st_size == beside.ROOM
    with disk.failing(1, "full", files=False):
        place = keep(session)
        assert place.parent == folder and place.stat().st_mode & 0o077 == 0
        assert not (folder / beside.RESERVE).exists()  # its room is the draft's
        assert draft.find(session, KEY) == TYPED
    session = again(session)
    assert draft.find(session, KEY) == TYPED and not place.exists()
    assert [left["key"] for left in drafts.everything(session.reader())] == [KEY]
    assert (folder / beside.RESERVE).exists()
    session.close()


def test_where_the_folder_cannot_take_it_either_the_persons_own_does(
    disk: Disk, session: Session, tmp_path: Path
) -> None:
    write = beside._write
    full = mock.patch.object(
        beside, "_write", lambda path, text: write(path, text) if "state" in path.parts else _refuse()
    )
    with disk.failing(1, "full", files=False), full:
        place = keep(session)
    assert tmp_path / "state" in place.parents
    session = again(session)
    assert draft.find(session, KEY) == TYPED and not place.exists()
    session.close()


def test_what_is_kept_nowhere_is_said_to_be(disk: Disk, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "_LOOK_AGAIN", 0.0)
    with disk.failing(1, "full"), pytest.raises(DiskFull):
        keep(session)
    assert keep(session) is None  # well again


@pytest.mark.parametrize("at", ["work", "commit"])
def test_a_save_that_failed_leaves_the_draft_and_a_save_takes_it_along(disk: Disk, session: Session, at: str) -> None:
    keep(session)
    with disk.failing(1, "input/output", only="COMMIT" if at == "commit" else "INSERT"), pytest.raises(ZjtuiError):
        add(session)
    assert (visits(session), draft.find(session, KEY)) == (0, TYPED)
    with disk.failing(99, "full", only="COMMIT"):
        add(session)
    assert disk.count == 1  # one transaction: nothing can come between the two
    assert (visits(session), draft.find(session, KEY)) == (1, None)


def test_a_draft_in_a_file_that_cannot_be_removed_is_not_offered_after_its_record_was_saved(
    disk: Disk, session: Session
) -> None:
    with disk.failing(1, "full", files=False):
        keep(session)
    with mock.patch.object(beside.Beside, "forget", lambda *_: None):
        add(session)
    session = again(session)
    assert drafts.everything(session.reader()) == [] and visits(session) == 1
    session.close()


def test_an_error_after_all_was_written_is_told_as_the_success_that_it_is(disk: Disk, session: Session) -> None:
    keep(session)
    with disk.failing(1, "input/output", only="COMMIT", after=True):
        operation = add(session)
    assert session.reader().execute("SELECT count(*) FROM change WHERE operation = ?", (operation,)).fetchone()[0]
    assert (visits(session), draft.find(session, KEY)) == (1, None)


def test_where_nothing_can_be_looked_up_nothing_is_claimed(disk: Disk, session: Session) -> None:
    keep(session)
    with disk.failing(1, "input/output", only="COMMIT", lasting=True), pytest.raises(Unsure):
        add(session)
    session = again(session)
    assert (visits(session), draft.find(session, KEY)) in ((0, TYPED), (1, None))
    session.close()


def test_what_was_saved_stays_a_success_though_letting_go_of_the_workspace_fails(disk: Disk, session: Session) -> None:
    add(session)
    with disk.failing(1, "full"), mock.patch.object(Path, "unlink", _refuse):
        session.close()
    assert not session.workspace._lock


def _refuse(*_values: Any, **_named: Any) -> Any:
    raise OSError(28, "No space left on device")


def test_sqlcipher_says_which_error_it_was() -> None:
    """What an error means is read from its code."""
    connection = sqlcipher3.connect(":memory:")
    connection.execute("PRAGMA max_page_count=2")
    with pytest.raises(sqlcipher3.OperationalError) as caught:
        connection.executescript("CREATE TABLE a(x); INSERT INTO a VALUES (randomblob(20000))")
    assert caught.value.sqlite_errorcode == 13
