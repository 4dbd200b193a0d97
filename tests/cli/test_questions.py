"""Questions about figures from the command line."""

from tests.cli.conftest import Cli


def test_a_figure_is_listed_asked_about_explained_and_gone(cli: Cli) -> None:
    assert "No figure calls for a question" in cli("questions").out
    plan = ("--year", "2023", "--class", "continuing", "--amount", "1.2亿")
    assert cli("plan", "add", "舟山", *plan).code == 0
    assert cli("month", "set", "舟山", "2023-08", "--invest-month", "9000万").code == 0
    [hit] = cli("questions", "--json").json
    assert (hit["rule"], hit["month"], hit["state"], hit["uid"]) == ("W01", "2023-08", "", "")
    assert hit["question"] == "Completion up to 2023-08 is exactly 75.0 %; how was it counted?"
    assert "how was it counted?" in cli("questions", "--rule", "W01", "--region", "舟山").out
    assert cli("questions", "--rule", "W02", "--json").json == cli("questions", "--region", "杭州", "--json").json == []
    assert cli("questions", "--rule", "W99").code == 2
    assert cli("question", "add", "舟山", "--rule", "W01", "--month", "2023-08").code == 0
    [asked] = cli("questions", "--json").json
    assert asked["state"] == "asked"
    bare = cli("question", "move", asked["uid"], "explained", "--answer", "按进度款支付比例")
    assert bare.code == 1 and "Q-11" in bare.err
    done = cli("question", "move", asked["uid"], "explained", "--answer", "按进度款支付比例", "--by", "业主")
    assert done.code == 0, done.err
    assert cli("questions", "--json").json == []
    assert "按进度款支付比例" in cli("question", "list", "--project", "舟山").out
