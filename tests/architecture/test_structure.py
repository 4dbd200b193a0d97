"""The shape of the house: import rules, columns equal to fields, files that fit on a few pages."""

import importlib
import inspect
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import zjtui.ui
from zjtui.domain import registry
from zjtui.store import migrations, workspace
from zjtui.usecases import setup

ROOT = Path(__file__).parents[2]


def modules_after(statement: str) -> set[str]:
    code = f"{statement}\nimport sys; print(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stdout.split())


def test_import_rules_hold() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports")], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stdout


def test_starting_imports_nothing_heavy() -> None:
    assert not modules_after("import zjtui.__main__") & {"pydantic", "sqlcipher3", "textual", "sqlite_utils"}


def test_the_first_screen_leaves_slow_libraries_for_later() -> None:
    loaded = modules_after("import zjtui.ui.app, zjtui.ui.screens.projects, zjtui.usecases.session")
    assert not loaded & {"sqlite_utils", "pypinyin", "chinese_calendar", "textual.widgets._text_area"}


def test_sqlite_utils_uses_the_one_sqlite_library() -> None:
    import sqlite_utils.db
    import sqlite_utils.utils

    assert {sqlite_utils.db.sqlite3.__name__, sqlite_utils.utils.sqlite3.__name__} == {"sqlcipher3"}


def test_every_table_has_exactly_the_fields_of_its_record(tmp_path: Path) -> None:
    session = setup.new(tmp_path / "w")
    try:
        for entity in registry.ENTITIES:
            columns = [row["name"] for row in session.reader().execute(f"PRAGMA table_info({entity})")]
            assert columns == ["id", *registry.model(entity).fields()], entity
    finally:
        session.close()


def test_the_schema_number_is_the_number_of_steps() -> None:
    assert workspace.SCHEMA_VERSION == migrations.SCHEMA_VERSION


@pytest.mark.parametrize("path", sorted((ROOT / "zjtui").rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_a_room_for_one(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 330


def test_no_screen_begins_twice() -> None:
    """Textual calls `on_mount` of a class and of its bases as well: what a base does there would be done again."""
    twice = []
    for found in pkgutil.walk_packages(zjtui.ui.__path__, "zjtui.ui."):
        for _name, kind in inspect.getmembers(importlib.import_module(found.name), inspect.isclass):
            begun = [each for each in kind.__mro__ if "on_mount" in vars(each) and each.__module__.startswith("zjtui")]
            twice += [kind.__qualname__] if len(begun) > 1 else []
    assert not twice
