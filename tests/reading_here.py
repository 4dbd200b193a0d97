"""Files read without a process of their own: of two thousand small ones, starting it is most of what reading takes.

What is found goes through the same pieces. Tests that are about the process itself are marked `apart`.
"""

import pickle
from collections.abc import Callable
from importlib import import_module
from typing import Any

from zjtui.errors import Cancelled, ZjtuiError
from zjtui.sheets import apart


def run(task: str, *given: Any, size: int = 0, cancelled: Callable[[], bool] | None = None) -> apart.Pieces:
    """Return what `apart.run` would."""
    if cancelled and cancelled():
        raise Cancelled("Stopped; nothing was changed")
    try:
        return apart._held([pickle.dumps(piece, 5) for piece in import_module(apart.TASKS[task][0]).pieces(*given)])
    except ZjtuiError:
        raise
    except Exception:
        raise apart.NotReadError(apart._ENDED) from None
