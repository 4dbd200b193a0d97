"""`zjtui limits`: the thresholds and overtime rules in force, changed for one workspace."""

from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from zjtui.config import load_settings


def held(cli: Cli) -> dict[str, str]:
    return {item["name"]: item["value"] for item in cli("limits", "--json").json}


def test_a_threshold_is_changed_and_put_back(cli: Cli, small: Path) -> None:
    assert held(cli)["report_day"] == "5"
    assert cli("limits", "--set", "report_day=8").code == 0
    assert held(cli)["report_day"] == "8"
    assert "report_day" in cli("limits").out
    assert cli("limits", "--reset", "report_day").code == 0
    assert load_settings(small).limits == {}


def test_an_overtime_rule_is_changed_added_taken_away(cli: Cli, small: Path) -> None:
    assert cli("limits", "--set", "delivery=decided_on..delivered_on > 1 wd").code == 0
    assert cli("limits", "--set", "补正超期=accepted_on..decided_on > 30 cd").code == 0
    assert cli("limits", "--set", "no_reason=off").code == 0
    now = held(cli)
    assert now["delivery"] == "decided_on..delivered_on > 1 wd"
    assert now["补正超期"] == "accepted_on..decided_on > 30 cd"
    assert now["no_reason"] == ""
    assert now["late_pause"] == "accepted_on..paused > promise"
    assert cli("limits", "--reset", "all").code == 0
    assert load_settings(small).overtime == {}


@pytest.mark.parametrize(
    "words",
    [
        ("--set", "report_day"),
        ("--set", "report_day=soon"),
        ("--set", "report_day=-1"),
        ("--set", "delivery=late"),
        ("--reset", "nothing"),
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(cli: Cli, small: Path, words: tuple[str, str]) -> None:
    before = load_settings(small)
    found = cli("limits", *words)
    assert (found.code, "Traceback" in found.err) == (2, False) or found.code == 1
    assert found.err.strip()
    assert load_settings(small) == before


def test_a_list_of_services_follows_the_rule(cli: Cli) -> None:
    cli("service", "add", "舟山", "--kind", "permit", "--applied", "2023-06-01", "--accepted", "2023-06-02")
    cli("limits", "--set", "久拖=accepted_on..decided_on > 1 wd when accepted")
    rows = cli("service", "list", "--json").json
    assert [row for row in rows if "久拖" in row["overtime"]]
