"""Where things are (workspace, shipped data) and the settings of a workspace."""

import json
import os
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from zjtui.files import replace_file

DATABASE = "zjtui.db"
SETTINGS = "settings.json"


@dataclass
class Settings:
    """What a person chose; kept beside the database as JSON. Keys that a newer version wrote are kept."""

    lang: str = ""  # "" = as the machine
    theme: str = "zjtui-dark"
    start: str = ""  # the screen to begin with; "" = today's duties once a person is set, else the projects
    person: str = ""  # uid of the person who works here
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
    unknown: dict[str, Any] = field(default_factory=dict)


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
    try:
        stored = json.loads((workspace / SETTINGS).read_text("utf-8"))
    except (OSError, ValueError):
        return Settings()
    if not isinstance(stored, dict):
        return Settings()
    known = {item.name: type(getattr(Settings(), item.name)) for item in fields(Settings) if item.name != "unknown"}
    taken = {name: value for name, value in stored.items() if name in known and isinstance(value, known[name])}
    return Settings(**taken, unknown={name: value for name, value in stored.items() if name not in known})


def save_settings(workspace: Path, settings: Settings) -> None:
    """Write the settings whole or not at all."""
    stored = asdict(settings)
    stored |= stored.pop("unknown")
    replace_file(workspace / SETTINGS, json.dumps(stored, ensure_ascii=False, indent=1).encode())
