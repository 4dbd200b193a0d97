"""After something was saved nothing makes a failure of it; full, damaged, missing and unreachable are told apart."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlcipher3

from tests.cli.conftest import Cli
from zjtui.config import DATABASE, LOG
from zjtui.store import sqlite

ADD = ("issue", "add", "舟山", "--title", "输出不了也已保存", "--kind", "land")


def called(small: Path, *words: str, after: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "zjtui", "--workspace", str(small), *words]
    return subprocess.run(
        ["sh", "-c", f'"$@" {after}', "sh", *command],
        stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True, check=False, env={**os.environ, "ZJTUI_LANG": "en"},
    )  # fmt: skip


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_what_was_saved_and_cannot_be_printed_is_a_success_with_a_warning(cli: Cli, small: Path) -> None:
    done = called(small, *ADD, after="> /dev/full")
    assert (done.returncode, len(done.stderr.splitlines())) == (0, 1) and "Saved, but" in done.stderr
    assert called(small, *ADD, after=">&-").returncode == 0
    assert [row["title_text"] for row in cli("issue", "list", "--json").json].count("输出不了也已保存") == 2
    done = called(small, "issue", "list", after="> /dev/full")
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1) and "cannot be written" in done.stderr


@pytest.mark.parametrize(
    ("code", "free", "told"),
    [(10, 20_000, "is full"), (14, 20_000, "is full"), (13, 10**9, "is full"), (10, 10**9, "does not answer"),
     (11, 20_000, "is damaged"), (26, 10**9, "is damaged")],
)  # fmt: skip
def test_a_full_disk_a_damaged_file_and_a_disk_that_is_gone_are_told_apart(
    zjtui: Cli, small: Path, monkeypatch: pytest.MonkeyPatch, code: int, free: int, told: str
) -> None:
    def refuse(_path: Path) -> None:
        error = sqlcipher3.OperationalError("as SQLite says it")
        error.sqlite_errorcode = code | 0x1300  # which of its kind is not what matters
        raise error

    monkeypatch.setattr(sqlite, "open_reader", refuse)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=free))
    answer = zjtui("--workspace", small, "overview")
    assert answer.code == 1 and told in answer.err
    assert ("use a backup" in answer.err) == (told == "is damaged")


def test_a_fault_where_no_workspace_is_open_has_a_log_too(
    zjtui: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    def fail(*_arguments: object, **_named: object) -> None:
        raise KeyError("secret 13800000000")

    monkeypatch.setattr("zjtui.usecases.session.open_session", fail)
    answer = zjtui("--workspace", tmp_path / "nothing", "overview")
    [log] = tmp_path.rglob(LOG)
    assert answer.code == 1 and str(log) in answer.err and "13800000000" not in answer.err
    assert "13800000000" in log.read_text("utf-8") and log.stat().st_mode & 0o077 == 0
    assert not (tmp_path / "nothing" / DATABASE).exists()
