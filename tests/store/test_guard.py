"""Whatever happens to the files of an open workspace: nothing that was acknowledged is lost, and it is said."""

import os
import shutil
import sys
import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from zjtui.errors import Damaged
from zjtui.store import guard, rest, sqlite
from zjtui.usecases import checking, project, setup
from zjtui.usecases.session import Session, open_session

TODAY = date(2023, 9, 20)
TRIES = int(os.environ.get("ZJ_TRIES", "1"))  # of each attack
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="open files cannot be taken away there")


def _suffixed(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _wal_cut(path: Path, _older: Path) -> None:
    os.truncate(_suffixed(path, "-wal"), 0)


def _something_else(older: Path) -> Path:
    other = older.with_name("other.db")
    other.write_bytes(b"nothing of it " * 100_000)
    return other


ATTACKS: dict[str, Callable[[Path, Path], object]] = {
    "removed": lambda path, _older: path.unlink(),
    "replaced": lambda path, older: Path(shutil.copy(older, path.with_suffix(".new"))).replace(path),
    "overwritten": lambda path, older: _out_of_process_copy(older, path),
    "overwritten with something else": lambda path, older: _out_of_process_copy(_something_else(older), path),
    "wal removed": lambda path, _older: _suffixed(path, "-wal").unlink(),
    "wal truncated": _wal_cut,
    "shm removed": lambda path, _older: _suffixed(path, "-shm").unlink(),
}


def _add(session: Session, number: int) -> str:
    values = {"name": f"第{number}个项目", "region_code": "330100", "total_invest": 10**9, "remark": "长文" * 1000}
    return project.add(session, values).uid


def _whole(copy: Path, uids: list[str], folder: Path) -> None:
    """Open a copy as a workspace of its own: all that was acknowledged is in it, and it is sound."""
    folder.mkdir()
    shutil.copy(copy, folder / "zjtui.db")
    with_copy = open_session(folder, today=TODAY)
    try:
        assert with_copy.workspace.read_only is None
        kept = {row[0] for row in with_copy.reader().execute("SELECT uid FROM project")}
        assert set(uids) <= kept
        report = checking.check(with_copy, whole=True)
        assert ([str(each) for each in report.problems], report.derived, report.identical) == ([], [], True)
    finally:
        with_copy.close()


@pytest.mark.parametrize("rested", [False, True])
@pytest.mark.parametrize("attack", ATTACKS)
def test_what_was_saved_is_in_a_whole_rescue_copy_and_nothing_more_is_acknowledged(
    attack: str, rested: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rest, "SECONDS", 0.05)
    setup.new(tmp_path / "w", today=TODAY).close()
    older = Path(shutil.copy(tmp_path / "w" / "zjtui.db", tmp_path / "older.db"))
    for number in range(TRIES):
        folder = Path(shutil.copytree(tmp_path / "w", tmp_path / f"w{number}"))
        session = open_session(folder, today=TODAY)
        uids = [_add(session, each) for each in range(3 + number % 5)]
        if rested:
            time.sleep(0.3)
        ATTACKS[attack](session.workspace.path, older)
        for _again in range(2):
            with pytest.raises(Damaged, match="nothing more is saved"):
                _add(session, 99)
        session.close()
        [copy] = (folder / "rescue").glob("*.db")
        _whole(copy, uids, tmp_path / f"copy{number}")
        _next_start(folder, copy, uids)


def _next_start(folder: Path, copy: Path, uids: list[str]) -> None:
    """The next start shows all of it, or says where it is; it never begins anew, and never goes on without it."""
    try:
        again = open_session(folder, today=TODAY)
    except Damaged as error:
        assert str(copy) in str(error)
        return
    try:
        if again.workspace.read_only:
            assert str(copy) in str(again.workspace.read_only)
            return
        kept = {row[0] for row in again.reader().execute("SELECT uid FROM project")}
        assert set(uids) <= kept
        assert guard.waiting(folder) is None
    finally:
        again.close()


def test_after_two_seconds_of_rest_the_one_file_holds_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rest, "SECONDS", 0.05)
    session = setup.new(tmp_path / "w", today=TODAY)
    uid = _add(session, 1)
    time.sleep(0.3)
    (tmp_path / "copied").mkdir()
    _out_of_process_copy(session.workspace.path, tmp_path / "copied" / "zjtui.db")
    session.close()
    reader = sqlite.open_reader(tmp_path / "copied" / "zjtui.db")
    assert reader.execute("SELECT 1 FROM project WHERE uid = ?", (uid,)).fetchone()
    reader.close()


def _out_of_process_copy(source: Path, target: Path) -> None:
    import subprocess

    subprocess.run(["cp", source, target], check=True)


def test_another_program_that_keeps_to_the_rules_does_not_stop_the_work(tmp_path: Path) -> None:
    session = setup.new(tmp_path / "w", today=TODAY)
    _add(session, 1)
    other = sqlite.open_writer(session.workspace.path)
    other.execute("INSERT INTO meta VALUES ('theirs', 'x')")
    other.close()
    _add(session, 2)
    session.close()


def test_a_file_that_goes_between_reading_and_writing_is_not_begun_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The writer opens behind the first screen; an empty file in place of the lost one would take every later save."""
    setup.new(tmp_path / "w", today=TODAY).close()
    path = tmp_path / "w" / "zjtui.db"
    read = threading.Event()
    moving = lambda _folder: read.wait(5) and path.rename(path.with_suffix(".moved"))  # noqa: E731
    monkeypatch.setattr("zjtui.store.workspace.tidy", moving)
    session = open_session(tmp_path / "w", today=TODAY, person="tester")
    read.set()
    with pytest.raises(Damaged, match="removed or replaced"):
        _add(session, 1)
    session.close()
    assert not path.exists()
