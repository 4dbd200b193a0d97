"""What is typed, in a file where the database cannot take it, and the room held back for that.

Beside the database first (a reserve there is let go of when the disk is full), then in the person's own folder, then in
the temporary one: the disk of the last two is often another one.
"""

import contextlib
import hashlib
import json
import os
import stat
import tempfile
import time
from pathlib import Path
from typing import Any

from zjtui.files import PRIVATE_FOLDER, replacing
from zjtui.store.changes import new_device

RESERVE = "zjtui.reserve"
ROOM = 256 * 1024  # bytes held back: some fifty drafts
_LOOK_AGAIN = 5.0  # seconds after which a disk that was full is looked at again
_PREFIX, _SUFFIX = "zjtui-draft.", ".json"
_COLUMNS = ("key", "form", "subject", "typed", "at", "id")

Draft = dict[str, Any]  # the columns of a draft, and its id: which one it is, however often it is written


class Beside:
    """The drafts of one open workspace that are in files; `ids` holds them as {key: id}. Used on the writer thread."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ids: dict[str, str] = {}
        self.short = False  # the disk was full
        self._looked = 0.0

    def has_room(self) -> bool:
        """Tell whether the disk has room: after it was full, whether the reserve fits again."""
        if self.short and time.monotonic() > self._looked + _LOOK_AGAIN:
            self.hold_room()
        return not self.short

    def hold_room(self) -> None:
        """Make the reserve where it is missing."""
        path = self.folder / RESERVE
        self._looked = time.monotonic()
        try:
            if not path.exists():
                _write(path, os.urandom(ROOM))  # what a file system could compress holds nothing back
        except OSError:
            self.short = True
        else:
            self.short = False

    def give_room(self) -> None:
        """The disk is full: let go of the reserve."""
        self.short = True
        self._looked = time.monotonic()
        with contextlib.suppress(OSError):
            (self.folder / RESERVE).unlink()

    def put(self, draft: Draft) -> Path:
        """Write a draft to the first place that takes it; return its file. Raises `OSError`."""
        whole = {**draft, "id": self.ids.setdefault(draft["key"], new_device()), "workspace": self._own}
        content = json.dumps(whole, ensure_ascii=False).encode()
        failed = OSError()
        for place in self._places():
            try:
                path = self._ready(place, make=True) / self._name(draft["key"])
                _write(path, content)
            except OSError as error:
                failed = error
                continue
            for other in self._places():  # an older state of it
                if other != place:
                    with contextlib.suppress(OSError):
                        (other / path.name).unlink()
            return path
        raise failed

    def found(self) -> list[Draft]:
        """Return the drafts that are in files, also those of an earlier start."""
        left = []
        for place in self._places():
            with contextlib.suppress(OSError):
                for path in sorted(self._ready(place).glob(self._name(None))):
                    with contextlib.suppress(OSError, ValueError, TypeError, KeyError, RecursionError):
                        draft = json.loads(path.read_bytes())
                        if draft["workspace"] == self._own:
                            left.append({name: str(draft[name]) for name in _COLUMNS})
        return left

    def forget(self, key: str) -> None:
        """Remove the file of a draft, where it has one."""
        if self.ids.pop(key, None):
            for place in self._places():
                with contextlib.suppress(OSError):
                    (place / self._name(key)).unlink()

    @property
    def _own(self) -> str:
        return str(self.folder.absolute())

    def _places(self) -> list[Path]:
        import platformdirs

        owner = os.getuid() if hasattr(os, "getuid") else "own"
        return [
            self.folder,
            Path(platformdirs.user_state_dir("zjtui", appauthor=False)),
            Path(tempfile.gettempdir()) / f"zjtui-{owner}",
        ]

    def _ready(self, place: Path, *, make: bool = False) -> Path:
        """Return `place`, made where it is missing; one that somebody else prepared is none."""
        if place == self.folder:
            return place
        if make:
            place.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
        state = place.lstat()
        if not stat.S_ISDIR(state.st_mode) or (hasattr(os, "getuid") and state.st_uid != os.getuid()):
            raise NotADirectoryError(str(place))
        return place

    def _name(self, key: str | None) -> str:
        return f"{_PREFIX}{_short(self._own)}.{_short(key) if key is not None else '*'}{_SUFFIX}"


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _write(path: Path, content: bytes) -> None:
    with replacing(path, private=True) as written:
        written.write_bytes(content)
