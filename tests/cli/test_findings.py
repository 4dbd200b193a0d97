"""Today and the gaps from the command line."""

from tests.cli.conftest import Cli


def test_today_tells_what_is_due_as_a_table_and_as_json(cli: Cli) -> None:
    assert "No main leader" in cli("today").out
    found = cli("today", "--json").json
    assert found["count"] == len(found["findings"]) == 3
    assert found["counts"]["no_leader"] == 2 and found["counts"]["never_visited"] == 1
    first = found["findings"][0]
    assert first["score"] == sum(first["parts"].values())
    assert len(cli("today", "--json", "--limit", "1").json["findings"]) == 1


def test_a_person_without_duties_is_told_that_all_is_clear(cli: Cli) -> None:
    assert "All clear" not in cli("today", "--person", "张三").out  # who looks after nothing yet sees everybody's
    cli("contact", "add", "舟山绿色石化基地", "--person-uid", "张三", "--role", "leader", "--from-date", "2023-09-20",
        "--is-main", "yes")  # fmt: skip
    assert "All clear" in cli("today", "--person", "张三").out


def test_gaps_are_counted_and_listed_by_kind_number_and_region(cli: Cli) -> None:
    counts = {row["kind"]: row["count"] for row in cli("gaps", "--json").json}
    assert (counts["no_leader"], counts["no_next_step"], counts["unknown_code"]) == (2, 2, 0)
    assert cli("gaps", "--kind", "G01", "--json").json == cli("gaps", "--kind", "no_leader", "--json").json
    [only] = cli("gaps", "--kind", "G01", "--region", "杭州", "--json").json
    assert only["project"] == "杭州西站枢纽"
    assert "Nothing of this kind" in cli("gaps", "--kind", "G10").out
    assert cli("gaps", "--kind", "G99").code == 2


def test_a_finding_is_set_aside_and_a_visit_planned(cli: Cli) -> None:
    late = cli("set-aside", "add", "杭州西站", "--kind", "no_leader", "--reason", "等人事安排", "--until", "+90")
    assert late.code == 1 and "N-02" in late.err
    done = cli("set-aside", "add", "杭州西站", "--kind", "no_leader", "--reason", "等人事安排", "--until", "+7")
    assert done.code == 0, done.err
    assert [row["project"] for row in cli("gaps", "--kind", "G01", "--json").json] == ["舟山绿色石化基地"]
    assert "1 set aside" in cli("gaps", "--kind", "G01").out
    assert cli("visit-plan", "add", "杭州西站", "--day", "+3", "--who", "专班").code == 0
    assert "专班" in cli("visit-plan", "list").out
