"""Calls and settings that are out of the ordinary end in one line, and lose nothing."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.conftest import TODAY
from zjtui import config
from zjtui.cli import apply, parser
from zjtui.usecases import day, maintenance
from zjtui.usecases.attachment import path_typed
from zjtui.usecases.session import open_session

DEEP = "[" * 100_000
LONG = ("长" * 1000, "a/" * 1500 + "b")


def _apply(cli: Cli, tmp_path: Path, *lines: dict[str, object]) -> object:
    file = tmp_path / "calls.jsonl"
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    return cli("apply", file)


def test_apply_adds_what_takes_no_words_of_its_own(cli: Cli, tmp_path: Path) -> None:
    project = {"do": "project add", "name": "-甲项目", "region": "330100", "total-invest": "10亿", "attr": "industrial"}
    done = _apply(
        cli, tmp_path, project, {"do": "person add", "name": "赵六"}, {"do": "org add", "name": "省发改委"},
        {"do": "policy add", "title-text": "用地保障", "year": 2023, "package": "stable_growth"},
    )  # fmt: skip
    assert "unrecognized" not in done.err
    assert len(cli("person", "list", "--json").json) >= 1
    assert [row["name"] for row in cli("project", "list", "--text", "甲项目", "--json").json] == ["-甲项目"]


def test_no_verb_that_can_be_applied_is_refused_for_how_it_is_called(cli: Cli, tmp_path: Path) -> None:
    """What may be missing or wrong is a value, never an argument that the caller did not write."""
    for command in parser.COMMANDS:
        for verb in apply._WRITING:
            try:
                words, flags = parser.words_of(command, verb)
            except Exception:  # this noun does not have the verb
                continue
            line = {"do": f"{command} {verb}", **dict.fromkeys(words, "-x")}
            line |= {name.removeprefix("--"): True for name in flags - {"--help", "-h", "--json"}}
            told = _apply(cli, tmp_path, line).err
            assert "unrecognized" not in told and "ignored explicit" not in told, (command, verb, told)


@pytest.mark.parametrize(
    "content", [DEEP, "{" + '"a":{' * 50_000, "nonsense", "[1]", '{"views": 3, "lang": {}}', "\udcff"]
)
def test_settings_that_cannot_be_read_stop_nothing_and_are_not_written_over(
    cli: Cli, small: Path, content: str
) -> None:
    (small / "settings.json").write_bytes(content.encode("utf-8", "surrogateescape"))
    assert cli("overview", "--json").code == 0
    assert cli("limits", "--set", "hasty_count=12").code == 0
    assert cli("limits", "--json").code == 0
    if not content.startswith('{"views"'):
        assert (small / "unreadable-settings.json").read_bytes() == content.encode("utf-8", "surrogateescape")


def test_what_a_backup_beside_the_open_app_writes_into_the_settings_stays(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zjtui.files.same_disk", lambda one, other: other.is_relative_to(one))
    app = open_session(small, today=TODAY)
    beside = open_session(small, today=TODAY, write=False)
    maintenance.backup(beside, tmp_path / "b.db")
    beside.settings.views["projects"] = {"theirs": {}}
    beside.save_settings()
    beside.close()
    app.settings.theme = "zjtui-light"
    app.settings.views["projects"] = {"mine": {}}
    app.settings.views["issues"] = {"mine": {}}
    app.save_settings()
    assert day.unsaved(app) == 0 and next(each.count for each in day.checks(app) if each.code == "backup") == 0
    app.close()
    kept = config.load_settings(small)
    assert (kept.theme, Path(kept.backup["file"]).name, kept.views["issues"]) == ("zjtui-light", "b.db", {"mine": {}})
    assert kept.views["projects"] == {"mine": {}}  # the same name: the last one holds


def test_what_was_taken_out_of_the_settings_stays_out_and_a_newer_version_keeps_its_own(small: Path) -> None:
    config.save_settings(small, config.Settings(keys={"a": "f1", "b": "f2"}, unknown={"newer": [1]}))
    mine, theirs = config.load_settings(small), config.load_settings(small)
    del mine.keys["a"]
    theirs.keys["c"] = "f3"
    config.save_settings(small, theirs)
    config.save_settings(small, mine)
    kept = config.load_settings(small)
    assert (kept.keys, kept.unknown) == ({"b": "f2", "c": "f3"}, {"newer": [1]})
    assert mine.keys == kept.keys


@pytest.mark.parametrize("name", LONG)
def test_a_path_that_no_disk_can_have_is_refused_in_a_short_line(
    cli: Cli, zjtui: Cli, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = [
        ("new", name),
        ("demo", "--to", name),
        ("--workspace", name, "overview"),
        ("--workspace", name, "restore", name),
    ]
    own = [
        ("backup", name), ("check", name), ("restore", name), ("export", "project", name + ".xlsx"), ("apply", name),
        ("import", name + ".xlsx"), ("day", "close", "--to", name), ("attachment", "add", "舟山", name),
        ("template", "project", name + ".xlsx"), ("fill", "add", name + ".xlsx", "--to", "x"),
    ]  # fmt: skip
    for answer in (*(zjtui(*words) for words in calls), *(cli(*words) for words in own)):
        assert answer.code in (1, 2) and "Something went wrong" not in answer.err and len(answer.err) < 500, answer
    monkeypatch.setenv("ZJTUI_WORKSPACE", name)
    assert "Something went wrong" not in zjtui("overview").err
    with pytest.raises(Exception, match="not the name of a file"):
        path_typed(name)
