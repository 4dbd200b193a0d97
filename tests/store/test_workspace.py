"""A workspace: one writer, whoever comes second reads; what is not one, or is damaged, is left as it is."""

import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from zjtui.errors import Damaged, Locked, NewerSchema, Refused, UsageError
from zjtui.store import sqlite
from zjtui.store.workspace import Workspace
from zjtui.usecases import project, setup
from zjtui.usecases.session import Session, open_session

TODAY = date(2023, 9, 20)
VALUES = {"name": "甲项目", "region_code": "330100", "total_invest": 10**9}


@pytest.fixture
def session(tmp_path: Path) -> Session:
    made = setup.new(tmp_path / "w", today=TODAY)
    yield made
    made.close()


def test_the_pragmas_are_those_that_lost_nothing(session: Session) -> None:
    def pragma(name: str) -> object:
        return session.workspace.maintain(lambda connection: connection.execute(f"PRAGMA {name}").fetchone()[0])

    assert (pragma("journal_mode"), pragma("synchronous")) == ("wal", 2)
    assert (pragma("foreign_keys"), pragma("trusted_schema"), pragma("busy_timeout")) == (1, 0, 5000)


def test_a_reader_cannot_write(session: Session) -> None:
    with pytest.raises(sqlite.OperationalError):
        session.reader().execute("DELETE FROM region")


def test_the_second_instance_reads_and_is_told_who_writes(session: Session) -> None:
    second = open_session(session.workspace.folder, today=TODAY)
    assert isinstance(second.workspace.read_only, Locked)
    assert str(os.getpid()) in str(second.workspace.read_only)
    with pytest.raises(Locked):
        project.add(second, VALUES)
    uid = project.add(session, VALUES).uid
    assert second.reader().execute("SELECT name FROM project WHERE uid = ?", (uid,)).fetchone()[0] == "甲项目"
    second.close()


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
def test_a_killed_process_leaves_no_lock_behind(tmp_path: Path) -> None:
    setup.new(tmp_path / "w").close()
    code = f"""
from pathlib import Path
from zjtui.usecases.session import open_session
session = open_session(Path({str(tmp_path / "w")!r}))
print(bool(session.workspace.read_only), flush=True)
import time; time.sleep(60)
"""
    holder = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert holder.stdout and holder.stdout.readline().strip() == "False"
    blocked = open_session(tmp_path / "w")
    assert blocked.workspace.read_only
    blocked.close()
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    free = open_session(tmp_path / "w")
    assert free.workspace.read_only is None
    free.close()


def test_nothing_is_saved_into_the_void_when_the_file_is_replaced(session: Session) -> None:
    path = session.workspace.path
    path.rename(path.with_suffix(".moved"))
    with pytest.raises(Damaged, match="removed or replaced"):
        project.add(session, VALUES)


@pytest.mark.parametrize(
    ("content", "error"),
    [(b"not a database at all", UsageError), (b"SQLite format 3\0" + b"\xff" * 4000, Damaged)],
)
def test_what_is_no_workspace_is_refused_and_left_as_it_is(tmp_path: Path, content: bytes, error: type) -> None:
    file = tmp_path / "zjtui.db"
    file.write_bytes(content)
    with pytest.raises(error):
        Workspace.open(tmp_path)
    assert file.read_bytes() == content


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    foreign = sqlite.open_writer(tmp_path / "zjtui.db")
    foreign.execute("CREATE TABLE theirs (x)")
    foreign.close()
    before = (tmp_path / "zjtui.db").read_bytes()
    with pytest.raises(UsageError, match="not a zjtui workspace"):
        Workspace.open(tmp_path)
    assert (tmp_path / "zjtui.db").read_bytes() == before


def test_a_newer_workspace_is_left_alone(tmp_path: Path) -> None:
    setup.new(tmp_path / "w").close()
    writer = sqlite.open_writer(tmp_path / "w" / "zjtui.db")
    writer.execute("PRAGMA user_version = 99")
    writer.close()
    before = (tmp_path / "w" / "zjtui.db").read_bytes()
    with pytest.raises(NewerSchema, match="99"):
        Workspace.open(tmp_path / "w")
    assert (tmp_path / "w" / "zjtui.db").read_bytes() == before


def test_an_existing_workspace_is_not_made_again(tmp_path: Path) -> None:
    setup.new(tmp_path / "w").close()
    with pytest.raises(UsageError, match="already"):
        setup.new(tmp_path / "w")


def test_a_refused_save_changes_nothing(session: Session) -> None:
    before = session.reader().execute("SELECT count(*) FROM change").fetchone()[0]
    with pytest.raises(Refused):
        project.add(session, {**VALUES, "total_invest": 0})
    assert session.reader().execute("SELECT count(*) FROM change").fetchone()[0] == before
    assert session.reader().execute("SELECT count(*) FROM project").fetchone()[0] == 0


def test_the_log_can_only_grow(session: Session) -> None:
    project.add(session, VALUES)
    for statement in ("DELETE FROM change", "UPDATE change SET person = 'x'"):
        with pytest.raises(Refused):
            session.workspace.transact(lambda connection, statement=statement: connection.execute(statement))
