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
    assert found["acknowledged"] > 200  # how many depends on the machine, that none is lost does not
    assert (found["lost"], found["half"], found["read_only"]) == (0, 0, False)
