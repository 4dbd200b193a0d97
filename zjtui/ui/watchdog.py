"""A thread of its own that sees the terminal go away and ends the process in time, whatever the screen's thread does.

A closed window leaves the screen's thread in the middle of anything: drawing to what is not there, waiting for a long
read. So signals and the hang-up of the terminal are seen here; the app is asked to end in order, and a second later
what is typed is kept, the workspace let go, and the process ends.
"""

import contextlib
import os
import select
import signal
import socket
import sys
import threading
from collections.abc import Callable
from typing import Any

IN_ORDER = 1.0  # seconds that the app has to end in order
AT_LEAST = 0.6  # seconds that drafts and the workspace have after that
SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGINT") if sys.platform != "win32" or name == "SIGTERM"
)


class Watchdog:
    """Calls `in_order(code)` when the process has to end, from another thread; `at_last(seconds)` where it did not."""

    def __init__(self, in_order: Callable[[int], None], at_last: Callable[[float], None]) -> None:
        self._in_order = in_order
        self._at_last = at_last
        self._ending = threading.Lock()

    def watch(self) -> None:
        """Watch signals and the terminal from now on; called on the main thread."""
        if sys.platform == "win32":  # a closed console ends the process there
            return
        waking, woken = socket.socketpair()
        for end in (waking, woken):
            end.setblocking(False)
        # Written to by the interpreter as a signal arrives, also while the main thread waits for something else.
        signal.set_wakeup_fd(waking.fileno(), warn_on_full_buffer=False)
        for number in SIGNALS:
            signal.signal(number, _nothing)
        threading.Thread(target=self._watch, args=(waking, woken), name="watchdog", daemon=True).start()

    def _watch(self, _waking: socket.socket, woken: socket.socket) -> None:
        poll = select.poll()
        poll.register(woken, select.POLLIN)
        with contextlib.suppress(OSError, ValueError, AttributeError):
            poll.register(sys.__stdin__.fileno(), 0)  # type: ignore[union-attr] # a hang-up is told unasked
        while True:
            for number, _event in poll.poll():
                if number != woken.fileno():
                    poll.unregister(number)
                    self.end(128 + signal.SIGHUP)
                    continue
                for received in woken.recv(256):
                    if received in SIGNALS:
                        self.end(128 + received)

    def end(self, code: int) -> None:
        """Ask for an end in order, and see to it that there is one."""
        if not self._ending.acquire(blocking=False):
            return
        threading.Thread(target=self._see_to_it, args=(code,), name="ending", daemon=True).start()
        self._in_order(code)

    def _see_to_it(self, code: int) -> None:
        threading.Event().wait(IN_ORDER)  # a process that ended takes this thread along
        last = threading.Thread(target=self._at_last, args=(AT_LEAST,), name="at-last", daemon=True)
        last.start()
        last.join(AT_LEAST)
        os._exit(code)


class LastingFile:
    """The terminal as a file that takes everything, also when there is no terminal any more.

    The thread that draws would die of its first error, and the app wait for it for ever.
    """

    def __init__(self, file: Any, gone: Callable[[], None]) -> None:
        self._file = file
        self._gone = gone

    def write(self, text: str) -> int:
        """Write, or do as if."""
        try:
            self._file.write(text)
        except (OSError, ValueError):
            self._gone()
        return len(text)

    def flush(self) -> None:
        """Flush, or do as if."""
        try:
            self._file.flush()
        except (OSError, ValueError):
            self._gone()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def _nothing(_number: int, _frame: Any) -> None:
    """Let a signal do nothing by itself: the watchdog has seen it."""
