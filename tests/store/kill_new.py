"""Kill `zjtui new` again and again: `python kill_new.py FOLDER KILLS SEED` prints what was left behind as JSON.

Every other child is killed (SIGKILL) at a random instant, the others just before their n-th look at the file system, so
that each of those moments is met. Half of them make a folder that is not there, half use one that is.
"""

import json
import os
import random
import signal
import sys
import time
from datetime import date
from pathlib import Path

from zjtui.config import DATABASE
from zjtui.usecases import project, setup
from zjtui.usecases.session import open_session

TODAY = date(2023, 9, 20)
_EVENTS = ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod", "os.scandir", "os.utime")


def die_at(number: int) -> list[int]:
    """End this process at its `number`-th event; return what counts them."""
    seen = [0]

    def count(event: str, _arguments: object) -> None:
        if event in _EVENTS:
            seen[0] += 1
            if seen[0] == number:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    return seen


def child(folder: Path, at: int) -> None:
    if at:
        die_at(at)
    setup.new(folder, today=TODAY, person="tester").close()
    os._exit(0)


def one_kill(folder: Path, at: int, delay: float) -> bool:
    """Return whether the child was killed before it was done."""
    process = os.fork()
    if process == 0:
        child(folder, at)
    if not at:
        time.sleep(delay)
        os.kill(process, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(process, 0)[1])


def state(folder: Path) -> str:
    """Return "absent", "whole", or "dead" for a workspace that is neither."""
    if not (folder / DATABASE).exists():
        return "absent"
    try:
        session = open_session(folder, today=TODAY)
        try:
            project.add(session, {"name": "甲", "region_code": "330900", "total_invest": 10**9})
            return "whole"
        finally:
            session.close()
    except Exception as error:
        return f"dead: {error}"


def main(home: Path, kills: int, seed: int) -> None:
    chance = random.Random(seed)
    setup.new(home / "first", today=TODAY).close()
    begun, seen = time.monotonic(), die_at(0)
    setup.new(home / "second", today=TODAY).close()
    takes, events = time.monotonic() - begun, seen[0]
    found = {"kills": 0, "absent": 0, "whole": 0, "dead": 0, "moments": events}
    for number in range(kills):
        folder = home / f"w{number}"
        if number % 4 > 1:
            folder.mkdir()
            (folder / "mine.txt").write_text("mine")
        at = 1 + events * number // kills if number % 2 else 0
        one_kill(folder, at, chance.uniform(0.1, 1.2) * takes)
        found["kills"] += 1
        found[state(folder).partition(":")[0]] += 1
        if number % 4 > 1 and (folder / "mine.txt").read_text() != "mine":
            found["dead"] += 1
    setup.new(home / "last", today=TODAY).close()
    found["left"] = sum(path.name.startswith(".zjtui-new") for path in home.iterdir())
    for number in range(kills):
        folder = home / f"w{number}"
        if folder.is_dir() and not (folder / DATABASE).exists():  # begun anew, it sweeps what lies in it
            setup.new(folder, today=TODAY).close()
        if folder.is_dir():
            found["left"] += sum(path.name.startswith(".zjtui") for path in folder.iterdir())
    print(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
