"""Close the window again and again: `python -m tests.terminal.closings WORKSPACE TIMES` prints what came of it as JSON.

The program runs in a terminal of its own (a pty) with a form open and a text in it; then the terminal goes away, each
time in another way. Two seconds later the process has to be gone, the workspace free and the text a draft.
"""

import contextlib
import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from zjtui.store.read import drafts
from zjtui.usecases.session import open_session

TEXT = "窗口关掉之前写的"
PATIENCE = 2.0  # seconds from the closed window to the end of the process
WAYS = ("idle", "typing", "unread", "no signal", "leaving", "stuck", "starting")


class Window:
    """The program in a terminal that can be closed."""

    def __init__(self, folder: Path, *, signalled: bool = True) -> None:
        self.master, slave = pty.openpty()
        command = [sys.executable, "-m", "zjtui", "--workspace", str(folder), "--lang", "en", "--today", "2023-09-20"]
        environment = os.environ | {"LANG": "C.UTF-8", "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"}
        own = (
            "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.argv[1], sys.argv[1:])"
        )
        self.process = subprocess.Popen(
            [sys.executable, "-c", own, *command] if signalled else command,
            stdin=slave, stdout=slave, stderr=slave, start_new_session=True, env=environment,
        )  # fmt: skip
        os.close(slave)
        self.shown = b""

    def until(self, text: str, limit: float = 30) -> None:
        """Read what is drawn until `text` is there."""
        end = time.monotonic() + limit
        while text.encode() not in self.shown:
            if time.monotonic() > end:
                raise AssertionError(f"{text} did not appear: {self.shown[-2000:]!r}")
            self.read(0.1)

    def read(self, seconds: float) -> None:
        """Read what is drawn for a while at most."""
        if select.select([self.master], [], [], seconds)[0]:
            with contextlib.suppress(OSError):
                self.shown += os.read(self.master, 65536)

    def type(self, text: str) -> None:
        """Type `text`."""
        os.write(self.master, text.encode())

    def close(self, *, stuck: bool = False) -> float | None:
        """Close the window; return after how many seconds the process was gone, None where it had to be killed.

        A stuck one shows nothing any more and takes no letter: the process is told to end.
        """
        if stuck:
            os.kill(self.process.pid, signal.SIGTERM)
        else:
            os.close(self.master)
        began = time.monotonic()
        try:
            self.process.wait(PATIENCE)
            return time.monotonic() - began
        except subprocess.TimeoutExpired:
            os.kill(self.process.pid, signal.SIGKILL)
            self.process.wait()
            return None
        finally:
            if stuck:
                os.close(self.master)


def closing(folder: Path, way: str) -> tuple[float | None, bool]:
    """Close one window in one `way`; return how long the process lived on, and whether a draft was there to be kept."""
    window = Window(folder, signalled=way != "no signal")
    if way == "starting":
        time.sleep(0.3)
        return window.close(), False
    window.until("Projects")
    window.type("\x1bOR")  # F3: a follow-up of the project under the cursor
    window.until("Save")
    window.type(TEXT)
    for letter in TEXT:  # drawn one by one
        window.until(letter)
    end = time.monotonic() + (0 if way == "typing" else 0.5)
    while time.monotonic() < end:
        window.read(0.05)
    if way == "typing":
        window.type("，还在写")
    elif way in ("unread", "stuck"):  # a terminal that nobody reads any more is full at some time
        for _round in range(300):
            window.type("\t\x1b[Z")
        time.sleep(1)
    elif way == "leaving":
        window.type("\x11")
    return window.close(stuck=way == "stuck"), True


def main(folder: Path, times: int, wanted: Sequence[str] = WAYS) -> dict[str, object]:
    """Close `times` windows in the `wanted` ways; count what is wrong afterwards."""
    found: Counter[str] = Counter()
    longest = 0.0
    ways: Counter[str] = Counter()
    for number in range(times):
        way = wanted[number % len(wanted)]
        took, typed = closing(folder, way)
        if took is None:
            found["alive"] += 1
            ways[way] += 1
        longest = max(longest, took or PATIENCE)
        session = open_session(folder)
        try:
            found["read only"] += session.workspace.read_only is not None
            left = [draft for draft in drafts.everything(session.reader()) if TEXT in str(draft["typed"])]
            found["draft lost"] += typed and not left
            if not session.workspace.read_only:
                session.workspace.transact(lambda connection: connection.execute("DELETE FROM draft") and None)
        finally:
            session.close()
    counts = {name: found[name] for name in ("alive", "read only", "draft lost")}
    return {"closings": times, **counts, "longest": round(longest, 2), "alive after": dict(ways)}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))))
