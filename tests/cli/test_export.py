"""`zjtui export`: which records go out, in which columns."""

import csv
from pathlib import Path

import pytest

from tests.cli.conftest import Cli


@pytest.fixture
def demo(zjtui: Cli, workspace: Path) -> Cli:
    def call(*words: object) -> object:
        return zjtui("--workspace", workspace, "--today", "2023-09-20", "--lang", "en", *words)

    return call


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def exported(demo: Cli, folder: Path, kind: str, *words: object) -> list[dict[str, str]]:
    path = folder / "out.csv"
    answer = demo("export", kind, path, "--over", *words)
    assert answer.code == 0, answer.err
    return rows(path)


def test_a_kind_has_its_own_filters_and_columns(demo: Cli, tmp_path: Path) -> None:
    every = exported(demo, tmp_path, "issue")
    late = exported(demo, tmp_path, "issue", "--only", "state=open", "--only", "state=In hand", "--columns", "due_on")
    assert {row["State"] for row in late} == {"Open", "In hand"}
    assert len(late) == sum(row["State"] in ("Open", "In hand") for row in every) > 0
    assert list(late[0])[2].startswith("Due")


def test_what_a_list_works_out_can_be_asked_for(demo: Cli, tmp_path: Path) -> None:
    rows = exported(demo, tmp_path, "service", "--columns", "light,days_left", "--limit", "1")
    assert list(rows[0])[2:4] == ["Light", "Time left (days)"]


def test_filters_of_projects_hold_for_what_hangs_on_them(demo: Cli, tmp_path: Path) -> None:
    name = exported(demo, tmp_path, "project", "--region", "杭州市")[0]["Name"]
    there = exported(demo, tmp_path, "issue", "--project", name)
    assert {row["Project"] for row in there} <= {name}
    assert exported(demo, tmp_path, "issue", "--project", name, "--region", "舟山市") == []
    assert len(exported(demo, tmp_path, "project", "--project", name)) == 1


def test_limit_and_offset_count_the_records_that_are_written(demo: Cli, tmp_path: Path) -> None:
    every = exported(demo, tmp_path, "service")
    assert exported(demo, tmp_path, "service", "--offset", "2", "--limit", "3") == every[2:5]


def test_what_hangs_on_no_project_is_filtered_by_its_fields(demo: Cli, tmp_path: Path) -> None:
    owners = exported(demo, tmp_path, "org", "--only", "kind=owner")
    assert {row["Kind"] for row in owners} == {"Owner"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("service", "--columns", "lights"), "lights"),
        (("org", "--region", "杭州市"), "--region"),
        (("project", "--only", "batch"), "FIELD=VALUE"),
        (("project", "--only", "no_such=1"), "no_such"),
        (("issue", "--only", "state=no-such"), "no-such"),
        (("project", "--only", "total_invest=many"), "M-01"),
    ],
)
def test_what_is_not_understood_is_said_and_nothing_is_written(
    words: tuple[str, ...], said: str, demo: Cli, tmp_path: Path
) -> None:
    answer = demo("export", words[0], tmp_path / "out.csv", *words[1:])
    assert answer.code != 0
    assert said in answer.err
    assert not (tmp_path / "out.csv").exists()


def test_the_key_names_the_head_of_the_log_that_reports_carry(demo: Cli, tmp_path: Path) -> None:
    key = next(iter(exported(demo, tmp_path, "org")[0]))
    report = tmp_path / "weekly.md"
    assert demo("report", "weekly", "--file", report).code == 0
    kind, head = key.removeprefix("zjtui:").split("@")
    assert kind == "org"
    assert head in report.read_text("utf-8").splitlines()[-1]
