"""Who has a workspace open, as a courtesy to whoever comes second: it need not last."""

import getpass
import json
import os
import platform
from contextlib import suppress
from pathlib import Path

from zjtui.files import append
from zjtui.store import changes

HOLDER = "zjtui.holder.json"


def note(folder: Path) -> None:
    """Say that this process has the workspace in `folder` open."""
    held = {
        "user": _user(),
        "host": platform.node(),
        "pid": os.getpid(),
        "since": changes.wall_time(changes.now_ms()),
    }
    forget(folder)
    with suppress(OSError):
        append(folder / HOLDER, json.dumps(held, ensure_ascii=False))


def named(folder: Path) -> str:
    """Return who has it open, "?" where nobody said so."""
    try:
        held = json.loads((folder / HOLDER).read_text("utf-8"))
        return f"{held['user']}@{held['host']} (pid {held['pid']}, {held['since']})"
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return "?"


def forget(folder: Path) -> None:
    """Say nothing any more."""
    with suppress(OSError):
        (folder / HOLDER).unlink(missing_ok=True)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"
