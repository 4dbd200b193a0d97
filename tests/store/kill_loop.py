"""Kill a saving process again and again: `python kill_loop.py WORKSPACE KILLS SEED` prints what it found as JSON.

A forked child opens the workspace and logs follow-ups as fast as it can, reporting each only after it was saved; the
parent kills it (SIGKILL) at a random instant. Nothing that was reported may be missing afterwards.
"""

import json
import os
import random
import signal
import sys
import time
from datetime import date
from pathlib import Path

from zjtui.usecases import follow_up, project, setup
from zjtui.usecases.session import open_session

TODAY = date(2023, 9, 20)


def child(folder: Path, project_uid: str, pipe: int) -> None:
    session = open_session(folder, today=TODAY, wait=5)
    number = 0
    while True:
        number += 1
        outcome = follow_up.add(session, project_uid, {"findings": f"第{number}次走访，用地已报批"})
        os.write(pipe, (outcome.uid + "\n").encode())


def one_kill(folder: Path, project_uid: str, delay: float) -> list[str]:
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(reading)
        child(folder, project_uid, writing)
    os.close(writing)
    time.sleep(delay)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read().decode()
    return said[: said.rfind("\n") + 1].split()


def main(folder: Path, kills: int, seed: int) -> None:
    session = setup.new(folder, today=TODAY)
    project_uid = project.add(session, {"name": "断电试验项目", "region_code": "330900", "total_invest": 10**9}).uid
    session.close()
    chance = random.Random(seed)
    acknowledged: list[str] = []
    for _number in range(kills):
        acknowledged += one_kill(folder, project_uid, chance.uniform(0.01, 0.06))
    session = open_session(folder, today=TODAY)
    connection = session.reader()
    kept = {row[0] for row in connection.execute("SELECT uid FROM follow_up")}
    logged = {row[0] for row in connection.execute("SELECT uid FROM change WHERE entity = 'follow_up'")}
    found = {
        "kills": kills,
        "acknowledged": len(acknowledged),
        "lost": len(set(acknowledged) - kept),
        "half": len(kept ^ logged),
        "read_only": bool(session.workspace.read_only),
    }
    session.close()
    print(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
