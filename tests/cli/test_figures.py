"""`zjtui indicators` and `zjtui league`."""

from fractions import Fraction
from pathlib import Path

import pytest

from tests.cli.conftest import Cli


def test_the_indicators_say_what_they_are_made_of(zjtui: Cli, workspace: Path) -> None:
    found = zjtui("--workspace", workspace, "indicators", "--month", "2023-08", "--json").json
    assert found["projects"] == 97 and found["rule"].startswith("Progress: yellow 10 points behind")
    rate = found["indicators"]["completion_rate"]
    assert (rate["shown"], rate["numerator_yuan"], rate["denominator_yuan"]) == (
        "59.0%",
        23_472_270_000,
        39_788_000_000,
    )
    own = zjtui("--workspace", workspace, "indicators", "--month", "2023-08", "--scope", "舟山市", "--json").json[
        "indicators"
    ]
    assert own["completion_rate"]["shown"] == "54.7%"
    assert "59.0%" in zjtui("--workspace", workspace, "indicators", "--month", "2023-08").out


def test_the_league_and_what_if(zjtui: Cli, workspace: Path) -> None:
    rows = zjtui(
        "--workspace", workspace, "league", "--by", "city", "--metric", "commencement", "--month", "2023-08", "--json"
    ).json["rows"]
    assert [row["rank"] for row in rows] == [1, 2, 3, 4, 4, 6, 7, 8, 9, 10, 11]  # ties share a rank
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
    assert "59.0%" in shown.out and zjtui(*here, "show", "八月例会").out == shown.out
    parts = zjtui(*here, "compare", "八月例会", "九月例会", "--json").json
    assert parts["after"] - parts["before"] == parts["month"] and parts["late"] == parts["corrections"] == 0


def test_the_indicators_as_they_were_known_before_anything_was_loaded_are_empty(zjtui: Cli, workspace: Path) -> None:
    found = zjtui("--workspace", workspace, "indicators", "--month", "2023-08", "--known", "2023-01-01", "--json").json
    assert found["projects"] == 0


def test_a_freeze_names_its_devices_and_is_compared_with_now(zjtui: Cli, workspace: Path) -> None:
    here = ("--workspace", workspace, "--today", "2023-09-20", "freeze")
    assert "freeze add" in zjtui(*here, "list").out  # what to do next
    zjtui(*here, "add", "七月例会", "--month", "2023-07")
    shown = zjtui(*here, "show", "七月例会", "--json").json
    assert [set(item) >= {"device", "last", "at", "holes", "silent"} for item in shown["devices"]] == [True]
    text = zjtui(*here, "show", "七月例会").out
    assert shown["digest"][:16] in text and shown["devices"][0]["device"] in text and "Zhoushan" in text
    assert "舟山市" in zjtui("--lang", "zh", *here, "show", "七月例会").out
    found = zjtui(*here, "compare", "七月例会", "now", "--json").json
    assert found["after"] - found["before"] == found["month"] > 0 and found["points"]["month"] == "731363/39788"
    assert "last 40.6% -> now 59.0%: done in the months between +18.4" in zjtui(*here, "compare", "七月例会", "now").out


def test_why_a_place_of_the_league_moved(zjtui: Cli, workspace: Path) -> None:
    here = ("--workspace", workspace, "--today", "2023-09-20", "league", "--month", "2023-08")
    found = zjtui(*here, "--why", "Zhoushan", "--json").json
    change = (Fraction(found["after"]) - Fraction(found["before"])) * 100
    assert sum(Fraction(part) for part in found["points"].values()) == change == Fraction(found["change_points"]) > 0
    assert found["rank"] == {"before": 10, "alone": 4, "now": 6} and found["basis"] == "now"
    told = zjtui(*here, "--why", "330900").out
    assert "last 24.3% -> now 54.7%" in told and "its own doing" in told
    assert "上次 24.3% → 本次 54.7%" in zjtui("--lang", "zh", *here, "--why", "舟山").out
    for wrong in ("zh", "Mars"):
        assert zjtui(*here, "--why", wrong).code == 2
