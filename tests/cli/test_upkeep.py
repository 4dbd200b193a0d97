"""New workspaces, checks, backups and dumps."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Cli
from tests.cli.test_safety import contents, raw
from zjtui.config import DATABASE

UNLOCKED = ("DROP TRIGGER change_keep", "DROP TRIGGER change_stay")


def test_a_new_workspace_knows_the_regions(zjtui: Cli, tmp_path: Path) -> None:
    made = zjtui("new", tmp_path / "a" / "b", "--json")
    assert made.code == 0
    assert made.json["workspace"] == str(tmp_path / "a" / "b")
    assert zjtui("--workspace", tmp_path / "a" / "b", "check", "--rebuild", "--json").json["records"] == 102
    again = zjtui("new", tmp_path / "a" / "b")
    assert again.code == 2
    assert zjtui("--workspace", tmp_path / "a" / "b", "check").code == 0


def test_options_that_do_not_go_together(zjtui: Cli, tmp_path: Path) -> None:
    assert zjtui("new", tmp_path / "w", "--demo", "--projects", "3").code == 2
    assert zjtui("new", tmp_path / "w", "--follow-ups", "3").code == 2
    assert zjtui("new", tmp_path / "w", "--projects", "three").code == 2
    assert not (tmp_path / "w").exists()


def test_what_fails_half_way_is_removed(zjtui: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from zjtui.usecases import setup

    def fail(_tx: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(setup, "load_regions", fail)
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "mine.txt").write_text("mine")
    assert zjtui("new", tmp_path / "x" / "y").code == 1
    assert zjtui("new", tmp_path / "kept").code == 1
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["kept", "mine.txt"]


def test_a_generated_register_is_the_same_for_the_same_seed(zjtui: Cli, tmp_path: Path) -> None:
    made = zjtui("new", tmp_path / "g", "--projects", "20", "--follow-ups", "60", "--seed", "7", "--json")
    assert made.code == 0, made.err
    assert (made.json["projects"], made.json["follow_ups"]) == (20, 60)
    assert zjtui("--workspace", tmp_path / "g", "check", "--rebuild").code == 0


def test_a_long_job_that_is_stopped_leaves_nothing(zjtui: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import signal

    from zjtui.errors import Cancelled
    from zjtui.usecases import generate

    def stopped(*_arguments: object, cancelled: Any, **_more: object) -> None:
        signal.raise_signal(signal.SIGINT)
        assert cancelled()
        raise Cancelled("Stopped")

    monkeypatch.setattr(generate, "generate", stopped)
    assert zjtui("new", tmp_path / "g", "--projects", "20").code == 1
    assert not (tmp_path / "g").exists()


def test_the_demo_is_made_once(zjtui: Cli, demo_workspace: Path, tmp_path: Path) -> None:
    made = zjtui("demo", "--to", tmp_path / "d", "--json")
    assert made.code == 0, made.err
    assert made.json["projects"] == 99
    before = contents(tmp_path / "d")[DATABASE]
    assert zjtui("demo", "--to", tmp_path / "d").code == 0
    assert contents(tmp_path / "d")[DATABASE] == before


def test_the_demo_never_takes_somebodys_register(zjtui: Cli, small: Path) -> None:
    answer = zjtui("demo", "--to", small)
    assert answer.code == 2
    assert "not the demonstration" in answer.err


def test_a_sound_workspace(cli: Cli) -> None:
    found = cli("check", "--json")
    assert found.code == 0
    assert (found.json["ok"], found.json["problems"], found.json["identical"]) == (True, [], None)
    rebuilt = cli("check", "--rebuild", "--json")
    assert (rebuilt.code, rebuilt.json["identical"], rebuilt.json["repaired"]) == (0, True, [])


def test_a_rebuild_follows_every_kind_of_entry(cli: Cli, small: Path) -> None:
    cli("project", "set", "舟山", "--name", "甲")
    cli("follow-up", "add", "甲", "--note", "x", "--people", "新人", "--new", "新人")
    cli("undo")
    cli("issue", "move", "用地", "assigned", "--unit", "新单位", "--new", "新单位")
    cli("undo")
    cli("redo")
    assert cli("check", "--rebuild", "--json").json["identical"] is True
    assert not [path for path in small.iterdir() if "replay" in path.name]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE change SET person = 'somebody else' WHERE seq = 107",
        "UPDATE change SET fields = replace(fields, '桩基', '基坑') WHERE entity = 'follow_up'",
        "UPDATE change SET at = '2020-01-01T00:00:00' WHERE seq = 1",
        "DELETE FROM change WHERE seq = 105",
        "UPDATE change SET hash = zeroblob(32) WHERE seq = 50",
    ],
)
def test_a_tampered_log_is_found(cli: Cli, small: Path, statement: str) -> None:
    raw(small, *UNLOCKED, statement)
    answer = cli("check")
    assert answer.code == 1
    assert "change log is broken" in answer.out


def test_a_log_cut_at_its_end_is_found(cli: Cli, small: Path) -> None:
    raw(small, *UNLOCKED, "DELETE FROM change WHERE seq = (SELECT max(seq) FROM change)")
    assert cli("check").code == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE project SET total_invest = total_invest + 1 WHERE region_code = '330900'",
        "UPDATE region SET name_zh = 'x' WHERE uid = '330100'",
        "DELETE FROM issue",
        "UPDATE project SET list_kinds = '[ ]'",
    ],
)
def test_a_tampered_record_is_found(cli: Cli, small: Path, statement: str) -> None:
    raw(small, statement)
    answer = cli("check", "--rebuild", "--json")
    assert answer.code == 1
    assert answer.json["identical"] is False
    assert answer.json["problems"]


@pytest.mark.parametrize(
    "statement",
    ["UPDATE project SET tags = 'no json'", "UPDATE issue SET found_on = '2023-13-45'", "UPDATE person SET active = 7"],
)
def test_a_value_that_cannot_be_read_is_found(cli: Cli, small: Path, statement: str) -> None:
    raw(small, statement)
    answer = cli("check", "--json")
    assert answer.code == 1
    assert any("cannot be read" in problem for problem in answer.json["problems"])


def test_a_wrong_search_index_is_found_and_made_anew(cli: Cli, small: Path) -> None:
    raw(small, "DELETE FROM follow_up_fts", "DELETE FROM pinyin WHERE entity = 'project'")
    assert cli("search", "桩基", "--json").json == []
    assert cli("check").code == 1
    found = cli("check", "--rebuild", "--json")  # looks only: the evidence stays
    assert (found.code, found.json["repaired"]) == (1, []) and cli("check").code == 1
    repaired = cli("check", "--repair", "--json")
    assert repaired.code == 0, repaired.out
    assert repaired.json["repaired"] == ["follow_up", "project"]
    assert len(cli("search", "桩基", "--json").json) == 1
    assert len(cli("project", "list", "--text", "zslssh", "--sort", "name", "--json").json) == 1
    assert cli("check").code == 0


def test_a_backup_is_a_whole_workspace(cli: Cli, zjtui: Cli, small: Path, tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    target = tmp_path / "copy" / DATABASE
    answer = cli("backup", target, "--json")
    assert answer.code == 0
    assert answer.json["bytes"] == target.stat().st_size
    assert zjtui("--workspace", tmp_path / "copy", "dump").out == cli("dump").out
    assert zjtui("--workspace", tmp_path / "copy", "check", "--rebuild").code == 0


def test_a_backup_overwrites_only_when_told(cli: Cli, small: Path, tmp_path: Path) -> None:
    target = tmp_path / "b.db"
    target.write_text("mine")
    assert cli("backup", target).code == 1
    assert target.read_text() == "mine"
    assert cli("backup", target, "--force").code == 0
    assert cli("backup", small / DATABASE, "--force").code == 1
    assert cli("backup", tmp_path).code == 2
    assert cli("backup", tmp_path / "none" / "b.db").code == 2
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".tmp"] == []
    assert cli("check").code == 0


def test_a_dump_is_stable_and_sorted(cli: Cli) -> None:
    first = cli("dump", "--canonical").out
    assert first == cli("dump").out
    rows = [json.loads(line) for line in first.splitlines()]
    assert all(list(row) == sorted(row) for row in rows)
    assert [row["table"] for row in rows[:102]] == ["region"] * 102
    assert rows[-1]["table"] == "change"
    assert len(rows[-1]["hash"]) == 64
    assert "seq" not in rows[-1]


def test_an_undo_leaves_the_tables_as_they_were(cli: Cli) -> None:
    def tables() -> list[str]:
        return [line for line in cli("dump", "--canonical").out.splitlines() if '"table":"change"' not in line]

    before = tables()
    cli("follow-up", "add", "舟山", "--note", "x", "--people", "新人", "--new", "新人")
    assert tables() != before
    cli("undo")
    assert tables() == before
