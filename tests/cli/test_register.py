"""Projects, follow-ups and issues from the command line."""

from pathlib import Path

import pytest

from tests.cli.conftest import Cli


def test_a_project_is_added_found_shown_and_changed(cli: Cli) -> None:
    added = cli("project", "add", "--name", "宁波港扩建", "--region", "330200", "--total", "12亿", "--json")
    assert added.code == 0
    assert set(added.json) == {"uid", "operation", "notices", "created"}
    uid = added.json["uid"]
    [row] = cli("project", "list", "--region", "宁波", "--json").json
    assert (row["uid"], row["total_invest"], row["region_code"]) == (uid, 1_200_000_000, "330200")
    assert row["region_code_name"]
    assert row["tags"] == []
    changed = cli("project", "set", uid, "--name", "宁波港三期", "--site", "北仑", "--json")
    assert changed.code == 0
    shown = cli("project", "show", uid, "--json").json
    assert (shown["name"], shown["site"]) == ("宁波港三期", "北仑")
    assert shown["counts"]["follow_up"] == 0
    assert "宁波港三期" in cli("project", "show", "宁波港三期").out


def test_every_field_of_the_form_is_an_option(cli: Cli) -> None:
    words = [
        "--short-name",
        "石化",
        "--tags",
        "甲、乙",
        "--land-m2",
        "2公顷",
        "--plan-start",
        "2023-10",
        "--fund-own",
        "5亿",
    ]
    assert cli("project", "set", "舟山", *words, "--owner-org", "浙石化", "--new", "浙石化").code == 0
    shown = cli("project", "show", "舟山", "--json").json
    assert (shown["short_name"], shown["tags"], shown["land_m2"]) == ("石化", ["甲", "乙"], 20_000)
    assert (shown["plan_start"], shown["fund_own"], shown["owner_org_name"]) == ("2023-10", 500_000_000, "浙石化")


def test_an_empty_value_clears_a_field(cli: Cli) -> None:
    assert cli("project", "set", "杭州西站", "--site", "").code == 0
    assert cli("project", "show", "杭州西站", "--json").json["site"] is None


def test_a_stage_moves_along_with_what_the_move_needs(cli: Cli) -> None:
    refused = cli("project", "set", "舟山", "--stage", "ready")
    assert refused.code == 1
    assert "[P-11]" in refused.err
    assert cli("project", "set", "舟山", "--stage", "ready", "--audit-on", "8-1", "--land-on", "8-2").code == 0
    started = ["--stage", "building", "--real-start", "昨天", "--start-evidence", "permit,photo"]
    assert cli("project", "set", "舟山", *started).code == 0
    assert cli("project", "set", "舟山", "--stage", "suspended", "--reason", "资金").code == 0
    shown = cli("project", "show", "舟山", "--json").json
    assert (shown["stage"], shown["real_start"], shown["stage_reason"]) == ("suspended", "2023-09-19", "资金")
    assert shown["start_evidence"] == ["permit", "photo"]


def test_a_reason_without_a_stage_is_a_fault_of_the_call(cli: Cli) -> None:
    assert cli("project", "set", "舟山", "--reason", "x").code == 2
    assert cli("project", "set", "舟山").code == 2


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--text", "西站"], 1),
        (["--text", "hzxz"], 1),
        (["--attr", "industrial"], 1),
        (["--attr", "Infrastructure"], 1),
        (["--band", "b100"], 1),
        (["--band", "b20"], 1),
        (["--stage", "preparatory"], 2),
        (["--stage", "building"], 0),
        (["--field", "energy_security"], None),
        (["--region", "330000"], 2),
        (["--mine"], 0),
        (["--limit", "1"], 1),
        (["--limit", "5", "--offset", "1"], 1),
        (["--limit", "0"], 0),
    ],
)
def test_filters_of_the_project_list(cli: Cli, words: list[str], expected: int | None) -> None:
    answer = cli("project", "list", *words, "--json")
    if expected is None:
        assert answer.code in (0, 2)
    else:
        assert answer.code == 0
        assert len(answer.json) == expected


def test_sorting_and_columns(cli: Cli) -> None:
    rows = cli("project", "list", "--sort", "total", "--columns", "name,total", "--json").json
    assert [row["total_invest"] for row in rows] == [2_500_000_000, 12_000_000_000]
    assert set(rows[0]) == {"uid", "name", "total_invest"}
    rows = cli("project", "list", "--sort", "total", "--desc", "--json").json
    assert rows[0]["total_invest"] == 12_000_000_000
    assert cli("project", "list", "--sort", "name; DROP TABLE project").code == 2
    assert cli("project", "list", "--columns", "nothing").code == 2
    assert cli("project", "list", "--attr", "nothing").code == 2


def test_text_columns_line_up_with_chinese_names(cli: Cli) -> None:
    from zjtui.cli.output import width

    lines = cli("project", "list", "--columns", "name,stage").out.splitlines()
    starts = [width(line[: line.index(word)]) for line, word in zip(lines, ["Stage", "Prep", "Prep"], strict=True)]
    assert len(set(starts)) == 1


def test_a_follow_up_is_logged(cli: Cli) -> None:
    words = [
        "--form",
        "meeting",
        "--note",
        "协调用海",
        "--date",
        "昨天",
        "--next",
        "+7",
        "--people",
        "李四",
        "--new",
        "李四",
    ]
    added = cli("follow-up", "add", "舟山绿色", *words, "--json").json
    assert added["created"] == ["李四"]
    rows = cli("follow-up", "list", "--project", "舟山绿色", "--json").json
    mine = next(row for row in rows if row["uid"] == added["uid"])
    assert (mine["visit_date"], mine["next_visit"], mine["form"]) == ("2023-09-19", "2023-09-27", "meeting")
    assert (mine["findings"], mine["people_name"]) == ("协调用海", "李四")
    assert mine["project_uid_name"] == "舟山绿色石化基地"
    assert len(cli("follow-up", "list", "--limit", "1", "--json").json) == 1
    assert "协调用海" in cli("follow-up", "list").out


def test_an_issue_goes_all_the_way(cli: Cli) -> None:
    added = cli("issue", "add", "西站", "--title", "拆迁受阻", "--kind", "relocation", "--severity", "high", "--json")
    uid = added.json["uid"]

    def move(*words: str) -> None:
        answer = cli("issue", "move", uid, *words, "--json")
        assert answer.code == 0, answer.err
        assert set(answer.json) == {"uid", "operation", "notices", "created"}
        assert answer.json["uid"] == uid

    def state(**expected: object) -> None:
        [row] = [row for row in cli("issue", "list", "--json").json if row["uid"] == uid]
        assert {name: row[name] for name in expected} == expected

    move("assigned", "--unit", "余杭区政府", "--due", "+30", "--owner", "王五", "--new", "余杭区政府、王五")
    state(state="assigned", lead_unit_name="余杭区政府", due_on="2023-10-20", owner_person_name="王五")
    move("doing")
    move("paused", "--note", "等待批复", "--resume", "2023-10-08")
    state(state="paused", state_reason="等待批复", resume_on="2023-10-08")
    move("In hand")
    move("solved", "--note", "已腾空")
    state(outcome="已腾空", solved_on="2023-09-20")
    move("doing", "--note", "仍有一户")
    state(verify_note="仍有一户", solved_on=None)
    move("solved")
    cli("person", "add", "--name", "赵六")
    move("closed", "--verifier", "赵六", "--note", "现场核实", "--document", "余政函1号")
    state(state="closed", evidence="余政函1号", closed_on="2023-09-20", verify_note="现场核实")
    move("doing", "--reason", "复发")
    state(state="doing", reopened_count=1, state_reason="复发")


def test_a_move_that_is_not_allowed_says_what_is(cli: Cli) -> None:
    answer = cli("issue", "move", "用地指标", "closed")
    assert answer.code == 1
    assert "[I-10]" in answer.err
    assert "Assigned" in answer.err
    assert cli("issue", "move", "用地指标", "nowhere").code == 1
    assert cli("issue", "move", "nothing like it", "doing").code == 2


def test_filters_of_the_issue_list(cli: Cli) -> None:
    assert (
        cli(
            "issue",
            "move",
            "用地指标",
            "assigned",
            "--unit",
            "省自然资源厅",
            "--due",
            "2023-09-21",
            "--new",
            "省自然资源厅",
        ).code
        == 0
    )
    for words in (["--state", "assigned"], ["--kind", "land"], ["--severity", "mid"], ["--unit", "自然资源"]):
        assert len(cli("issue", "list", *words, "--json").json) == 1, words
    assert cli("issue", "list", "--project", "西站", "--json").json == []
    assert cli("issue", "list", "--overdue", "--json").json == []
    later = cli("--today", "2023-09-30", "issue", "list", "--overdue", "--state", "assigned", "--json").json
    assert [row["late"] for row in later] == [9]
    assert cli("--today", "2023-09-30", "issue", "list", "--overdue", "--state", "doing", "--json").json == []


def test_undo_redo_and_history(cli: Cli) -> None:
    uid = cli("project", "show", "舟山", "--json").json["uid"]
    done = cli("project", "set", uid, "--name", "舟山石化", "--json").json
    undone = cli("undo", "--json").json
    assert undone["uid"] == uid
    assert cli("project", "show", uid, "--json").json["name"] == "舟山绿色石化基地"
    assert cli("undo", done["operation"]).code == 1
    assert cli("redo").code == 0
    assert cli("redo").code == 1
    assert cli("undo", "no-such-operation").code == 2
    entries = cli("history", uid, "--json").json
    assert [entry["action"] for entry in entries] == ["undo", "undo", "project.set", "project.add"]
    assert entries[2]["fields"]["name"] == {"from": "舟山绿色石化基地", "to": "舟山石化"}
    assert all(entry["uid"] == uid for entry in entries)
    assert len(cli("history", uid, "--limit", "1", "--json").json) == 1
    assert "舟山绿色石化基地 → 舟山石化" in cli("history", "舟山石化").out
    assert cli("history", "nobody").code == 2


def test_undo_names_the_issue_not_the_person_named_on_the_way(cli: Cli) -> None:
    moved = cli("issue", "move", "用地指标", "assigned", "--unit", "新设单位", "--new", "新设单位", "--json").json
    assert cli("undo", "--json").json["uid"] == moved["uid"]


def test_search(cli: Cli) -> None:
    [hit] = cli("search", "桩基", "--json").json
    assert (hit["entity"], hit["project_name"], hit["day"]) == ("follow_up", "舟山绿色石化基地", "2023-09-20")
    assert "桩基" in hit["text"]
    assert [hit["entity"] for hit in cli("search", "舟山", "--json").json] == ["project"]
    assert [hit["entity"] for hit in cli("search", "用地", "--in", "issue", "--json").json] == ["issue"]
    assert cli("search", "用地", "--in", "follow-up", "--json").json == []
    assert cli("search", "用地", "--in", "nowhere").code == 2
    assert cli("search", "[/]'\"*", "--json").json == []
    assert "Nothing is found" in cli("search", "没有").out
    assert cli("search", " ").code == 2


def test_overview_counts_and_sums(cli: Cli) -> None:
    found = cli("overview", "--json").json
    assert (found["projects"], found["total_invest"], found["total_bn"]) == (2, 14_500_000_000, 14.5)
    assert found["by_attr"]["industrial"]["share"] == "82.8%"
    assert found["by_scale"]["b100"]["projects"] == 1
    assert (found["issues"]["open"], found["follow_ups"], found["services"]) == (1, 1, 0)
    assert found["today"] == "2023-09-20"
    assert "14.5" in cli("overview").out
    chinese = cli("overview", "--lang", "zh").out
    assert "总投资（亿元）" in chinese and "145.0" in chinese and "十亿元" not in chinese


def test_the_demonstration_adds_up(zjtui: Cli, workspace: Path) -> None:
    found = zjtui("overview", "--json", "--workspace", workspace).json
    assert (found["projects"], found["total_bn"], found["plan_bn"]) == (99, 678.9, 39.9)
    industrial, infrastructure = found["by_attr"]["industrial"], found["by_attr"]["infrastructure"]
    assert (industrial["projects"], industrial["total_bn"]) == (55, 402.2)
    assert (infrastructure["projects"], infrastructure["total_bn"]) == (44, 276.7)
    assert (found["by_scale"]["b100"]["projects"], found["by_scale"]["b100"]["total_bn"]) == (18, 443.0)


def test_services_show_their_clocks(zjtui: Cli, workspace: Path) -> None:
    rows = zjtui("--workspace", workspace, "service", "list", "--json").json
    assert {row["light"] for row in rows} >= {"green", "yellow", "red", "grey"}
    assert all({"used_days", "days_left", "due_on", "note", "uid"} <= set(row) for row in rows)
    far = zjtui("--workspace", workspace, "--today", "2040-01-05", "service", "list", "--json").json
    silent = [row for row in far if row["note"]]
    assert silent and all("2040" in row["note"] and row["light"] in (None, "red", "grey") for row in silent)
    now = {row["uid"] for row in rows if row["light"] == "red" and not row["decided_on"]}
    assert now <= {row["uid"] for row in silent if row["light"] == "red"}  # what was overdue stays so
    assert zjtui("--workspace", workspace, "service", "list", "--limit", "3").out.count("\n") == 4


def test_work_is_logged_under_the_person_named(cli: Cli) -> None:
    assert cli("--person", "张三", "project", "set", "舟山", "--remark", "x").code == 0
    uid = cli("project", "show", "舟山", "--json").json["uid"]
    assert cli("history", uid, "--limit", "1", "--json").json[0]["person_name"] == "张三"
    assert cli("--person", "nobody at all", "project", "list").code == 2


def test_both_languages(cli: Cli, zjtui: Cli, small: Path) -> None:
    assert cli("--lang", "zh", "project", "add").code == 1
    assert cli("project", "list", "--lang", "xx").code == 2
    assert cli("--lang", "en", "project", "list", "--help").code == 0
    assert cli("--version").out.startswith("zjtui ")
    assert cli("--help").code == 0
