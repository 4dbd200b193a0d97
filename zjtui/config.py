"""Where things are (workspace, shipped data) and the settings of a workspace."""

import json
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from zjtui.files import PRIVATE_FILE, append, replace_file

DATABASE = "zjtui.db"
SETTINGS = "settings.json"
LOG = "zjtui.log"


@dataclass
class Settings:
    """What a person chose; kept beside the database as JSON. Keys that a newer version wrote are kept."""

    lang: str = ""  # "" = as the machine
    theme: str = "zjtui-dark"
    start: str = ""  # the screen to begin with; "" = today's duties once a person is set, else the projects
    person: str = ""  # uid of the person who works here
    region: str = ""  # code of the region where the person works, of whose unit nothing is known
    today: str = ""  # ISO day a demonstration stands still on
    columns: dict[str, list[str]] = field(default_factory=dict)  # screen: field names
    views: dict[str, dict[str, Any]] = field(default_factory=dict)  # screen: {name: filters, columns, sort}
    profile: str = "points"  # how the progress light is judged (domain/lights.py)
    limits: dict[str, Any] = field(default_factory=dict)  # threshold (domain/limits.py): number
    overtime: dict[str, Any] = field(default_factory=dict)  # name: rule (domain/overtime.py)
    snippets: list[str] = field(default_factory=list)  # sentences to put into a text
    keys: dict[str, str] = field(default_factory=dict)  # action (ui/actions.py): keys, e.g. "ctrl+t,f11"
    files: list[str] = field(default_factory=list)  # paths opened last, the newest first
    lists: dict[str, Any] = field(default_factory=dict)  # shape of a list (its headings): what its columns mean
    backup: dict[str, Any] = field(default_factory=dict)  # the last one: file, number of the newest change in it
    unknown: dict[str, Any] = field(default_factory=dict, metadata={"kept": "elsewhere"})
    seen: dict[str, Any] = field(default_factory=dict, metadata={"kept": "nowhere"})  # as they were read last


def keep_fault(error: BaseException, folder: Path) -> Path | None:
    """Write a traceback to the log of the workspace in `folder`, or else to the person's own; return where it is.

    Where there is no workspace, or no room in it, the next place is taken; None where there is none at all.
    """
    import traceback

    import platformdirs

    text = "".join(traceback.format_exception(error))
    own = Path(platformdirs.user_log_dir("zjtui", appauthor=False))
    for place in (folder, own):
        path = place / LOG
        try:
            if place == own:
                own.mkdir(parents=True, exist_ok=True, mode=0o700)
            elif not (folder / DATABASE).exists():
                continue
            append(path, text)
            return path
        except (OSError, ValueError):
            continue
    return None


def data_folder() -> Path:
    """Return the folder of the shipped reference data: in the wheel, or beside the package in a checkout."""
    inside = Path(__file__).parent / "data"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "data"


def default_workspace() -> Path:
    """Return `ZJTUI_WORKSPACE`, else the platform's folder for user data."""
    named = os.environ.get("ZJTUI_WORKSPACE")
    if named:
        return Path(named)
    import platformdirs

    return Path(platformdirs.user_data_dir("zjtui", appauthor=False))


def load_settings(workspace: Path) -> Settings:
    """Read the settings; whatever cannot be read falls back to its default, for settings never stop the work."""
    stored = _stored(workspace)
    known = {item.name: type(getattr(Settings(), item.name)) for item in fields(Settings) if not item.metadata}
    taken = {name: value for name, value in stored.items() if name in known and isinstance(value, known[name])}
    settings = Settings(**taken, unknown={name: value for name, value in stored.items() if name not in known})
    settings.seen = deepcopy(_flat(settings))
    return settings


def save_settings(workspace: Path, settings: Settings) -> None:
    """Write what was changed since the settings were read, whole or not at all; what others wrote meanwhile stays.

    Their changes are taken over too: a backup beside the open app notes itself here.
    """
    mine = _flat(settings)
    with _alone(workspace):
        if (workspace / SETTINGS).exists() and not _stored(workspace):  # what cannot be read is not written over
            (workspace / SETTINGS).replace(workspace / f"unreadable-{SETTINGS}")
        replace_file(workspace / SETTINGS, _text(_merged(settings.seen, mine, _stored(workspace))).encode())
    _take_over(workspace, settings, mine)


def _merged(seen: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
    """Return what others wrote with what was changed here since it was `seen`; in lists of names, name by name."""
    found = {**mine, **theirs}
    for name, value in mine.items():
        was, there = seen.get(name), theirs.get(name)
        if value == was:
            continue
        if isinstance(value, dict) and isinstance(was, dict) and isinstance(there, dict):
            gone = was.keys() - value.keys()
            own = {key: each for key, each in value.items() if key not in was or was[key] != each}
            found[name] = {**{key: each for key, each in there.items() if key not in gone}, **own}
        else:
            found[name] = value
    return found


def refresh_settings(workspace: Path, settings: Settings) -> None:
    """Take over what others wrote; what was changed here and is not saved yet stays."""
    mine = _flat(settings)
    _take_over(workspace, settings, {name for name, value in mine.items() if settings.seen.get(name) == value})


def _take_over(workspace: Path, settings: Settings, names: Collection[str]) -> None:
    now = load_settings(workspace)
    for item in fields(Settings):
        if item.name in names and getattr(settings, item.name) != getattr(now, item.name):
            setattr(settings, item.name, getattr(now, item.name))
    settings.unknown = now.unknown
    settings.seen |= {name: value for name, value in now.seen.items() if name in names or name in now.unknown}


def settings_text(settings: Settings) -> str:
    """Return the settings as a file holds them."""
    return _text(_flat(settings))


def _text(stored: dict[str, Any]) -> str:
    return json.dumps(stored, ensure_ascii=False, indent=1)


def _flat(settings: Settings) -> dict[str, Any]:
    """Return the settings as they are stored, those of a newer version among them."""
    stored = {item.name: getattr(settings, item.name) for item in fields(Settings) if not item.metadata}
    return {**settings.unknown, **stored}


def _stored(workspace: Path) -> dict[str, Any]:
    """Return the settings as they are in the file, {} where there is none that can be read."""
    try:
        found = json.loads((workspace / SETTINGS).read_text("utf-8"))
        json.dumps(found)  # what is nested too deep to be written again is not taken over
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


@contextmanager
def _alone(workspace: Path) -> Iterator[None]:
    """Keep others from writing the settings meanwhile; where that cannot be had in a second, go on without."""
    import filelock

    lock = filelock.FileLock(workspace / (SETTINGS + ".lock"), timeout=1, mode=PRIVATE_FILE)
    try:
        lock.acquire()
    except (filelock.Timeout, OSError):
        yield
        return
    try:
        yield
    finally:
        lock.release()
