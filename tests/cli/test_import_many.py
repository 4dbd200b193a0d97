"""`zjtui import FILE FILE`: the lists of several counties as one operation, one undo; a wrong one is named."""

from pathlib import Path

import pytest

from tests.cli.conftest import Cli

HEADS = "项目名称,所在地,总投资（亿元）,联系领导"


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    folder = tmp_path / "lists"
    folder.mkdir()
    (folder / "anji.csv").write_text(f"{HEADS}\n甲园,安吉县,3,章华\n", "utf-8")
    (folder / "changxing.csv").write_text(f"{HEADS}\n乙园,长兴县,2,章华\n丙园,火星县,1,\n", "utf-8")
    (folder / "~$anji.csv").write_text("", "utf-8")
    return folder


def names(cli: Cli) -> set[str]:
    return {row["name"] for row in cli("project", "list", "--json").json}


def test_the_lists_of_a_folder_are_one_operation_and_each_is_counted(cli: Cli, lists: Path, tmp_path: Path) -> None:
    before = names(cli)
    answer = cli("import", lists, "--json", "--refused", tmp_path / "no.xlsx")
    assert answer.code == 1  # a row was refused
    assert [(each["file"], each["counts"]["new"], each["counts"]["refused"]) for each in answer.json["files"]] == [
        ("anji.csv", 1, 0), ("changxing.csv", 1, 1)
    ]  # fmt: skip
    assert names(cli) - before == {"甲园", "乙园"} and (tmp_path / "no-changxing.xlsx").exists()
    assert [each["created"] for each in answer.json["files"]] == [["章华"], []]  # the second knows whom the first added
    assert cli("undo").code == 0 and names(cli) == before


def test_with_a_wrong_list_nothing_is_taken_unless_the_others_may_be(cli: Cli, lists: Path) -> None:
    (lists / "wrong.csv").write_text("什么,也,没有\n1,2,3\n", "utf-8")
    before = names(cli)
    answer = cli("--lang", "en", "import", lists)
    assert answer.code == 2 and "wrong.csv: No list was found" in answer.err and names(cli) == before
    errors = cli("--lang", "en", "import", lists, "--json").json["errors"]
    assert [(each["file"], each["rule"]) for each in errors] == [("wrong.csv", "L-30")]
    answer = cli("--lang", "en", "import", lists, "--skip-wrong")
    assert answer.code == 1 and "✗ wrong.csv" in answer.out and names(cli) - before == {"甲园", "乙园"}


def test_a_dry_run_of_several_changes_nothing(cli: Cli, lists: Path) -> None:
    before = names(cli)
    answer = cli("--lang", "en", "import", lists / "anji.csv", lists / "changxing.csv", "--dry-run")
    assert "anji.csv: Projects" in answer.out and "changxing.csv: Projects" in answer.out and names(cli) == before


def test_a_folder_without_a_list_says_so(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "There is no list in the folder" in cli("--lang", "en", "import", tmp_path / "empty").err
