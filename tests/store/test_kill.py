"""Nothing that was acknowledged is lost when the process is killed at any instant."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

LOOP = Path(__file__).with_name("kill_loop.py")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="forks")
def test_500_kills_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(LOOP), str(tmp_path / "w"), "500", "11"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["acknowledged"] > 10  # how many depends on the machine, that none is lost does not
    assert (found["lost"], found["half"], found["read_only"]) == (0, 0, False)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="forks")
def test_a_new_workspace_is_whole_or_not_there_whenever_it_is_killed(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(LOOP.with_name("kill_new.py")), str(tmp_path), "40", "7"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["dead"], found["left"]) == (0, 0), found
    assert found["absent"] + found["whole"] == 40 and found["absent"] and found["whole"]


def test_a_workspace_without_regions_that_an_earlier_version_left_is_finished(tmp_path: Path) -> None:
    from zjtui.store.workspace import Workspace
    from zjtui.usecases.session import open_session

    Workspace.create(tmp_path).close()
    session = open_session(tmp_path)
    assert session.reader().execute("SELECT count(*) FROM region").fetchone()[0] == 102
    session.close()
