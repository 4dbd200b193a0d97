"""`zjtui check` proves what it says: whatever was changed behind the register's back is found, and nothing ends it."""

import contextlib
import random
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.cli.test_safety import raw
from zjtui.config import DATABASE
from zjtui.store import sqlite

UNLOCKED = ("DROP TRIGGER change_keep", "DROP TRIGGER change_stay")
LOCKED = (
    "CREATE TRIGGER change_keep BEFORE UPDATE ON change BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END",
    "CREATE TRIGGER change_stay BEFORE DELETE ON change BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END",
)
_LAST = "(SELECT max(seq) FROM change)"


def test_two_edits_in_another_order_are_found_also_where_the_table_agrees(cli: Cli, small: Path) -> None:
    for name in ("甲", "乙"):
        assert (
            cli("project", "set", "舟山" if name == "甲" else "甲", "--short-name", "短" + name, "--name", name).code
            == 0
        )
    raw(
        small, *UNLOCKED,
        f"UPDATE change SET seq = -1 WHERE seq = {_LAST}",
        f"UPDATE change SET seq = {_LAST} + 1 WHERE seq = {_LAST}",
        f"UPDATE change SET seq = {_LAST} - 1 WHERE seq = -1",
        "UPDATE project SET name = '甲', short_name = '短甲' WHERE name = '乙'",
        *LOCKED,
    )  # fmt: skip
    answer = cli("check", "--rebuild")
    assert answer.code == 1 and "change log is broken" in answer.out


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE standing SET d1 = d1 + 1, d2 = d2 - 1", "sums of the years"),
        ("UPDATE pinyin SET initials = 'x' WHERE entity = 'project'", "pinyin of project"),
        ("DELETE FROM issue_fts", "full text of issue"),
        ("INSERT INTO follow_up_fts (rowid, body) VALUES (999, '别 的')", "full text of follow_up"),
        ("CREATE TRIGGER sly AFTER INSERT ON issue BEGIN UPDATE issue SET severity = 'low'; END", "trigger sly"),
        ("CREATE VIEW theirs AS SELECT 1", "view theirs"),
        ("DROP TRIGGER change_stay", "trigger change_stay of the database is missing"),
        ("DROP INDEX project_code", "index project_code of the database is missing"),
        ("CREATE TABLE theirs (x)", "table theirs"),
    ],
)
def test_what_is_derived_and_what_guards_it_is_compared_with_a_fresh_one(
    cli: Cli, small: Path, statement: str, told: str
) -> None:
    """And only `--repair` puts it right: a check that repairs takes the evidence away."""
    cli("plan", "add", "舟山", "--year", "2023", "--year-class", "continuing", "--plan-invest", "100000000")
    cli("month", "set", "舟山", "2023-01", "--invest-month", "10000000")
    raw(small, statement)
    for _again in range(2):
        answer = cli("check", "--rebuild")
        assert answer.code == 1 and told in answer.out, answer.out
    repaired = cli("check", "--repair", "--json")
    assert (repaired.code, cli("check", "--rebuild").code) == ((1, 1) if "table theirs" in told else (0, 0))


def test_a_partial_check_says_that_it_is_one(cli: Cli) -> None:
    answer = cli("check")
    assert answer.code == 0 and "no problem in what was looked at" in answer.out and "--rebuild" in answer.out
    assert cli("check", "--json").json["partial"] and not cli("check", "--rebuild", "--json").json["partial"]
    assert "partial" not in cli("check", "--rebuild").out


def test_a_printed_head_is_found_in_the_log_it_was_printed_from(cli: Cli, small: Path) -> None:
    head = cli("check", "--json").json["head"]
    assert len(head) == 16
    cli("project", "set", "舟山", "--name", "甲")
    found = cli("check", "--head", head.upper(), "--json")
    assert (found.code, found.json["after"]) == (0, 1)
    assert cli("check", "--head", "0" * 16).code == 1
    assert cli("check", "--head", "abc").code == 2 and cli("check", "--head", "xyzxyzxyz").code == 2
    raw(small, *UNLOCKED, "UPDATE change SET person = 'x' WHERE seq = 3", *LOCKED)
    assert cli("check", "--head", head).code == 1  # the head stands, what led to it does not


def test_freezes_and_what_they_were_made_from_are_verified(cli: Cli, small: Path) -> None:
    assert cli("freeze", "add", "8月例会", "--month", "2023-08").code == 0
    assert cli("check").code == 0
    raw(small, "UPDATE freeze SET figures = replace(figures, '0', '1')")
    assert "not those that were frozen" in cli("check").out
    raw(small, "UPDATE freeze SET head = '0123456789abcdef'")
    assert "change log that is not this one" in cli("check").out


def test_it_says_which_last_entries_nobody_else_has_seen(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cli("check", "--json").json["unseen"] == 108
    monkeypatch.setattr("zjtui.files.same_disk", lambda one, other: other.is_relative_to(one))
    cli("backup", tmp_path / "b.db")
    assert cli("check", "--json").json["unseen"] == 0
    cli("project", "set", "舟山", "--name", "甲")
    assert cli("check", "--json").json["unseen"] == 1
    assert "1 entry, since" in cli("check").out


def test_a_backup_is_checked_where_it_lies_and_never_repaired(cli: Cli, zjtui: Cli, tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"jpg")
    cli("attachment", "add", "舟山", tmp_path / "photo.jpg")
    (tmp_path / "stick").mkdir()
    told = cli("backup", tmp_path / "stick" / "b.db", "--json").json
    assert (told["contents"], told["content_bytes"], told["other_disk"]) == (1, 3, False)
    before = (tmp_path / "stick" / "b.db").read_bytes()
    assert zjtui("check", tmp_path / "stick" / "b.db", "--rebuild").code == 0
    assert zjtui("check", tmp_path / "stick" / "b.db", "--repair").code == 2
    assert zjtui("check", tmp_path / "none.db").code == 2 and zjtui("check", tmp_path / "photo.jpg").code == 2
    shutil.rmtree(tmp_path / "stick" / "files")
    assert "missing" in zjtui("check", tmp_path / "stick" / "b.db").out
    assert (tmp_path / "stick" / "b.db").read_bytes() == before


def test_restore_goes_back_and_keeps_what_was_there(cli: Cli, small: Path, tmp_path: Path) -> None:
    cli("backup", tmp_path / "b.db")
    cli("project", "set", "舟山", "--name", "备份之后")
    answer = cli("restore", tmp_path / "b.db", "--json")
    assert answer.code == 0 and (Path(answer.json["kept"]) / DATABASE).is_file()
    assert cli("project", "list", "--text", "备份之后", "--json").json == []
    assert cli("check", "--rebuild").code == 0
    assert cli("restore", tmp_path / "none.db").code == 2
    (tmp_path / "none.db").write_text("x")
    assert cli("restore", tmp_path / "none.db").code == 2


def test_no_damage_ends_a_check(cli: Cli, small: Path, tmp_path: Path) -> None:
    """Cells that hold anything, then bytes that are anything: a problem is told, never a traceback (see `cli`)."""
    chance = random.Random(5)
    shutil.copy(small / DATABASE, tmp_path / "sound.db")
    reader = sqlite.open_reader(tmp_path / "sound.db")
    tables = {
        table: [row["name"] for row in reader.execute(f"PRAGMA table_info({table})")]
        for table in ("change", "project", "issue", "follow_up", "region", "pinyin", "standing", "meta")
    }
    reader.close()
    for number in range(24):
        shutil.copy(tmp_path / "sound.db", small / DATABASE)
        if number % 2:
            _flip(small / DATABASE, chance)
        else:
            table = chance.choice(list(tables))
            _edit(small / DATABASE, table, chance.choice(tables[table]), chance)
        for words in ((), ("--rebuild",)):
            answer = cli("check", *words)
            assert answer.code in (0, 1, 2), answer
            assert "Something went wrong" not in answer.err, answer


def _flip(path: Path, chance: random.Random) -> None:
    content = bytearray(path.read_bytes())
    for _each in range(chance.choice((1, 1, 30))):
        content[chance.randrange(100, len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


def _edit(path: Path, table: str, column: str, chance: random.Random) -> None:
    value = chance.choice(("NULL", "-1", "9" * 18, "1e300", "'{'", "'[[['", "'[1]'", "zeroblob(3)", "CAST(x'ff41' AS TEXT)",
                           "'\" \\ %s {0}'", "'" + "[" * 5000 + "'"))  # fmt: skip
    connection = sqlite.open_writer(path)
    connection.execute("PRAGMA writable_schema=ON")
    connection.execute("PRAGMA ignore_check_constraints=ON")
    connection.execute("PRAGMA foreign_keys=OFF")
    for statement in UNLOCKED:
        connection.execute(statement)
    where = (
        f"rowid IN (SELECT rowid FROM {table} ORDER BY random() LIMIT 3)"
        if table not in ("pinyin", "standing", "meta")
        else "1"
    )
    with contextlib.suppress(sqlite.Error):
        connection.execute(f"UPDATE OR IGNORE {table} SET {column} = {value} WHERE {where}")
    connection.close()
