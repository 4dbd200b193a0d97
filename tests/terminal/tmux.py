"""The real program in a real terminal: tmux draws it, types into it, reads its screen."""

import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

TMUX = shutil.which("tmux")


class Tmux:
    """One tmux server with one window of its own."""

    def __init__(self, socket: Path, command: list[str], size: tuple[int, int] = (80, 24)) -> None:
        self.base = [str(TMUX), "-S", str(socket), "-u", "-f", "/dev/null"]
        environment = ["-e", "LANG=C.UTF-8", "-e", "LC_ALL=C.UTF-8", "-e", "ZJTUI_LANG="]
        columns, rows = (str(number) for number in size)
        quoted = " ".join(f"'{part}'" for part in command)
        subprocess.run(
            [
                *self.base,
                "new-session",
                "-d",
                "-x",
                columns,
                "-y",
                rows,
                *environment,
                quoted + "; echo CODE=$?; sleep 60",
            ],
            check=True,
        )

    def keys(self, *names: str) -> None:
        """Press keys by tmux's names (Enter, F3, C-s)."""
        subprocess.run([*self.base, "send-keys", *names], check=True)

    def type(self, text: str) -> None:
        """Type text as an input method commits it: all at once."""
        subprocess.run([*self.base, "send-keys", "-l", text], check=True)

    @property
    def screen(self) -> str:
        """What the terminal shows."""
        done = subprocess.run([*self.base, "capture-pane", "-p"], capture_output=True, check=True)
        return done.stdout.decode()

    def until(self, *wanted: str, gone: str = "", timeout: float = 15) -> str:
        """Wait until all of `wanted` are on the screen (and `gone` is not); return the screen."""
        return self._wait(
            lambda screen: all(text in screen for text in wanted) and (not gone or gone not in screen),
            str(wanted),
            timeout,
        )

    @property
    def drawn(self) -> bytes:
        """What the terminal shows, with colours: where the cursor is, too."""
        return subprocess.run([*self.base, "capture-pane", "-p", "-e"], capture_output=True, check=True).stdout

    def key(self, name: str) -> str:
        """Press a key and wait until it shows; return the screen."""
        before = self.drawn
        self.keys(name)
        return self._wait(lambda _screen: self.drawn != before, f"an effect of {name}", 15)

    def _wait(self, fits: Callable[[str], bool], what: str, timeout: float) -> str:
        limit = time.monotonic() + timeout
        while time.monotonic() < limit:
            screen = self.screen
            if fits(screen):
                return screen
            time.sleep(0.05)
        raise AssertionError(f"{what} did not appear:\n{self.screen}")

    def pid(self) -> int:
        """Return the process of the program in the window."""
        done = subprocess.run([*self.base, "display-message", "-p", "#{pane_pid}"], capture_output=True, check=True)
        shell = done.stdout.decode().strip()
        found = subprocess.run(["pgrep", "-P", shell], capture_output=True, check=False).stdout.split()
        return int(found[0]) if found else int(shell)

    def close(self) -> None:
        """End the server and what runs in it."""
        subprocess.run([*self.base, "kill-server"], check=False, capture_output=True)
