"""A program in a real pseudo-terminal: what it writes, when, and how much memory it takes."""

import fcntl
import os
import pty
import queue
import re
import signal
import struct
import termios
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pyte

ROWS, COLUMNS = 40, 120
_ENVIRONMENT = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}


class Terminal:
    """Runs `command` until closed; every chunk it writes is kept with its time."""

    def __init__(self, command: Sequence[str]) -> None:
        self.started = time.perf_counter()
        self.process, self.descriptor = pty.fork()
        if self.process == 0:
            os.environ.update(_ENVIRONMENT)
            os.environ.pop("NO_COLOR", None)
            os.execvp(command[0], list(command))
        fcntl.ioctl(self.descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self.stream = pyte.ByteStream(self.screen)
        self._chunks: queue.Queue[tuple[float, bytes] | None] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def wait(self, marker: str, timeout: float = 30) -> float:
        """Return the seconds from start until `marker` was written."""
        written = b""
        wanted = marker.encode()
        while wanted not in written:
            arrived, chunk = self._read(timeout)
            if not chunk:
                raise TimeoutError(f"{marker!r} did not appear: {written[-300:]!r}")
            written += chunk
        self._feed(written)
        return arrived - self.started

    def settle(self, quiet: float = 0.25) -> None:
        """Read until nothing is written for `quiet` seconds, three at most: a cursor may blink."""
        limit = time.perf_counter() + 3
        while time.perf_counter() < limit and (chunk := self._read(quiet)[1]):
            self._feed(chunk)

    def answer(self, keys: str, changed: Callable[[list[str], list[str]], bool], timeout: float = 5) -> float:
        """Send `keys`; return the seconds until the screen (before, after) has `changed`."""
        self.settle()
        before = self.lines()
        begin = time.perf_counter()
        os.write(self.descriptor, keys.encode())
        while time.perf_counter() - begin < timeout:
            arrived, chunk = self._read(timeout)
            if not chunk:
                break
            self._feed(chunk)
            if changed(before, self.lines()):
                return arrived - begin
        raise TimeoutError(f"nothing changed after {keys!r}")

    def press(self, keys: str) -> None:
        """Send `keys` and wait until the screen rests: an Esc and the key behind it must not arrive as one."""
        os.write(self.descriptor, keys.encode())
        self.settle(0.4)

    def lines(self) -> list[str]:
        """Return what the screen shows; pyte's own `display` stumbles over the second half of a wide character."""
        return [
            "".join(row[column].data for column in range(COLUMNS))
            for row in map(self.screen.buffer.__getitem__, range(ROWS))
        ]

    def close(self) -> int:
        """Kill the program; return its peak memory in bytes."""
        status = Path(f"/proc/{self.process}/status").read_text()
        found = re.search(r"VmHWM:\s+(\d+) kB", status)
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        return int(found[1]) * 1024 if found else 0

    def _read(self, timeout: float) -> tuple[float, bytes]:
        """Return the next chunk and when it arrived; an empty one when nothing comes within `timeout` seconds."""
        try:
            return self._chunks.get(timeout=timeout) or (0.0, b"")
        except queue.Empty:
            return 0.0, b""

    def _listen(self) -> None:
        """Take every chunk at once, so that drawing it here does not delay the next one's time."""
        while True:
            try:
                chunk = os.read(self.descriptor, 1 << 20)
            except OSError:
                chunk = b""
            self._chunks.put((time.perf_counter(), chunk) if chunk else None)
            if not chunk:
                os.close(self.descriptor)
                return

    def _feed(self, chunk: bytes) -> None:
        self.stream.feed(re.sub(rb"\x1b\[[>=<?][0-9;]*[a-zA-Z$]|\x1b\[\?[0-9;$]*p", b"", chunk))
