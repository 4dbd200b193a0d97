"""What is done once nothing was written for a while: carrying it all into the one file that people copy."""

import threading
import time
from collections.abc import Callable

SECONDS = 2.0


class Rest:
    """Calls `then`, on a thread of its own, when `SECONDS` have gone by since the last `touch`."""

    def __init__(self, then: Callable[[], None]) -> None:
        self._then = then
        self._touched = 0.0
        self._timer: threading.Timer | None = None

    def touch(self) -> None:
        """Something was written; at most one timer runs, however often this is called."""
        self._touched = time.monotonic()
        if self._timer is None or not self._timer.is_alive():
            self._wait(SECONDS)

    def stop(self) -> None:
        """Call nothing any more."""
        if self._timer:
            self._timer.cancel()

    def _wait(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._over)
        self._timer.daemon = True
        self._timer.start()

    def _over(self) -> None:
        left = self._touched + SECONDS - time.monotonic()
        if left > 0:
            self._wait(left)
        else:
            self._then()
