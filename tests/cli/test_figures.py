"""`zjtui indicators` and `zjtui league`."""

from pathlib import Path

import pytest

from tests.cli.conftest import Cli


def test_the_indicators_say_what_they_are_made_of(zjtui: Cli, workspace: Path) -> None:
    found = zjtui("--workspace", workspace, "indicators", "--month", "2023-08", "--json").json
    assert found["projects"] == 99
    rate = found["indicators"]["completion_rate"]
    assert (rate["shown"], rate["numerator_yuan"], rate["denominator_yuan"]) == (
        "66.5%",
        26_530_350_000,
        39_900_000_000,
    )
    own = zjtui("--workspace", workspace, "indicators", "--month", "2023-08", "--scope", "舟山市", "--json").json[
        "indicators"
    ]
    assert own["completion_rate"]["shown"] == "57.9%"
    assert "66.5%" in zjtui("--workspace", workspace, "indicators", "--month", "2023-08").out


def test_the_league_and_what_if(zjtui: Cli, workspace: Path) -> None:
    rows = zjtui(
        "--workspace", workspace, "league", "--by", "city", "--metric", "commencement", "--month", "2023-08", "--json"
    ).json["rows"]
    assert [row["rank"] for row in rows] == [1, 2, 3, 4, 5, 5, 7, 8, 9, 10, 11]  # ties share a rank
    pair = zjtui(
        "--workspace", workspace, "league", "--if-started", "舟山云礁石化", "--month", "2023-08", "--json"
    ).json
    assert pair["now"]["value"] < pair["then"]["value"]


@pytest.mark.parametrize(
    "wrong", [("--by", "planet"), ("--metric", "beauty"), ("--month", "sometime"), ("--if-started", "象山")]
)
def test_what_cannot_be_asked_gets_one_line(zjtui: Cli, workspace: Path, wrong: tuple[str, str]) -> None:
    answer = zjtui("--workspace", workspace, "league", *wrong)
    assert answer.code != 0 and answer.err.count("\n") == 1


def test_a_month_is_frozen_shown_and_explained(zjtui: Cli, workspace: Path) -> None:
    here = ("--workspace", workspace, "freeze")
    assert zjtui(*here, "add", "八月例会", "--month", "2023-08").code == 0
    assert zjtui(*here, "add", "九月例会", "--month", "2023-09").code == 0
    assert [row["name"] for row in zjtui(*here, "list", "--json").json] == ["九月例会", "八月例会"]
    shown = zjtui(*here, "show", "八月例会")
    assert "66.5%" in shown.out and zjtui(*here, "show", "八月例会").out == shown.out
    parts = zjtui(*here, "compare", "八月例会", "九月例会", "--json").json
    assert parts["after"] - parts["before"] == parts["month"] and parts["late"] == parts["corrections"] == 0


def test_the_indicators_as_they_were_known_before_anything_was_loaded_are_empty(zjtui: Cli, workspace: Path) -> None:
    found = zjtui("--workspace", workspace, "indicators", "--month", "2023-08", "--known", "2023-01-01", "--json").json
    assert found["projects"] == 0
