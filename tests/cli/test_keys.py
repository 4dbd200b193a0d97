"""`zjtui keys`: the keys in force, and a person's own ones."""

from pathlib import Path

from tests.cli.conftest import Cli
from zjtui.config import load_settings


def test_keys_on_the_command_line(cli: Cli, small: Path) -> None:
    assert cli("keys", "--set", "projects.edit=f3").code != 0
    assert load_settings(small).keys == {}
    assert cli("keys", "--set", "projects.edit=Ctrl+T, F11").code == 0
    shown = {item["action"]: item["keys"] for item in cli("keys", "--json").json}
    assert shown["projects.edit"] == ["ctrl+t", "f11"]
    assert cli("keys", "--reset", "projects.edit").code == 0
    assert load_settings(small).keys == {}
