"""A program in a real pseudo-terminal: what it writes, when, and how much memory it takes."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
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
        self.peak = 0

    def wait(self, marker: str, timeout: float = 30) -> float:
        """Return the seconds from start until `marker` was written."""
        written = b""
        wanted = marker.encode()
        limit = time.perf_counter() + timeout
        while wanted not in written:
            chunk = self._read(max(limit - time.perf_counter(), 0))
            if chunk is None:
                raise TimeoutError(f"{marker!r} did not appear: {written[-300:]!r}")
            written += chunk
        seconds = time.perf_counter() - self.started
        self._feed(written)
        return seconds

    def settle(self, quiet: float = 0.25) -> None:
        """Read until nothing is written for `quiet` seconds."""
        while (chunk := self._read(quiet)) is not None:
            self._feed(chunk)

    def answer(self, keys: str, changed: Callable[[list[str], list[str]], bool], timeout: float = 5) -> float:
        """Send `keys`; return the seconds until the screen (before, after) has `changed`."""
        self.settle()
        before = list(self.screen.display)
        begin = time.perf_counter()
        os.write(self.descriptor, keys.encode())
        while time.perf_counter() - begin < timeout:
            chunk = self._read(timeout)
            arrived = time.perf_counter()
            if chunk is None:
                break
            self._feed(chunk)
            if changed(before, list(self.screen.display)):
                return arrived - begin
        raise TimeoutError(f"nothing changed after {keys!r}")

    def close(self) -> int:
        """Kill the program; return its peak memory in bytes."""
        status = Path(f"/proc/{self.process}/status").read_text()
        found = re.search(r"VmHWM:\s+(\d+) kB", status)
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        os.close(self.descriptor)
        return int(found[1]) * 1024 if found else 0

    def _read(self, timeout: float) -> bytes | None:
        ready, _write, _error = select.select([self.descriptor], [], [], timeout)
        if not ready:
            return None
        try:
            return os.read(self.descriptor, 1 << 20) or None
        except OSError:
            return None

    def _feed(self, chunk: bytes) -> None:
        self.stream.feed(re.sub(rb"\x1b\[[>=<?][0-9;]*[a-zA-Z$]|\x1b\[\?[0-9;$]*p", b"", chunk))
