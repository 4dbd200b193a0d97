"""Services, months, contacts, needs, policies, promises from the command line; a file of calls."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Cli


def uid_of(cli: Cli, *words: str) -> str:
    answer = cli(*words, "--json")
    assert answer.code == 0, answer.err
    return str(answer.json["uid"])


def test_a_service_runs_from_application_to_delivery(cli: Cli) -> None:
    words = (
        "--kind",
        "permit",
        "--applied",
        "2023-09-01",
        "--accepted",
        "2023-09-05",
        "--promise",
        "5",
        "--basis",
        "wd",
    )
    uid = uid_of(cli, "service", "add", "舟山", *words)
    [row] = cli("service", "list", "--json").json
    assert (row["state"], row["used_days"], row["days_left"], row["light"]) == ("accepted", 11, -6, "red")
    refused = cli("service", "move", uid, "decided", "--date", "2023-09-12")
    assert (refused.code, "[S-11]" in refused.err) == (1, True)  # nobody says what came of it
    refused = cli("service", "move", uid, "decided", "--result", "approved", "--date", "2023-09-12")
    assert (refused.code, "[S-12]" in refused.err) == (1, True)
    said = ("--document", "浙建许1号")
    assert cli("service", "move", uid, "decided", *said, "--date", "2023-09-12").code == 0
    [row] = cli("service", "list", "--json").json
    assert (row["used_days"], row["days_left"], row["light"]) == (5, 0, "green")
    assert cli("service", "move", uid, "delivered").code == 0


def test_outstanding_documents_are_listed_until_they_came_in(cli: Cli) -> None:
    words = ("--kind", "energy", "--accepted", "2023-09-05", "--channel", "tolerant", "--missing", "土地证明、规划图")
    uid = uid_of(cli, "service", "add", "舟山", *words)
    assert "土地证明" in cli("service", "why", uid).out
    assert cli("service", "receive", uid, "别的").code == 1
    assert "规划图" in cli("service", "receive", uid, "土地证明").out
    assert cli("service", "receive", uid, "规划图").code == 0
    [row] = cli("service", "list", "--json").json
    assert (row["missing_docs"], row["received_docs"]) == ([], ["土地证明", "规划图"])


def test_a_month_is_set_again_submitted_and_then_closed_to_changes(cli: Cli) -> None:
    assert cli("month", "set", "舟山", "2023-09", "--amount", "1200万", "--progress", "桩基完成").code == 0
    assert cli("month", "set", "舟山", "2023-09", "--amount", "1300万").code == 0
    rows = {row["name"]: row for row in cli("month", "list", "2023-09", "--json").json}
    row = rows["舟山绿色石化基地"]
    assert (row["invest_month"], row["progress_text"], row["waiting"]) == (13_000_000, "桩基完成", 13_000_000)
    assert row["invest_ytd"] is None  # a draft counts nowhere
    assert rows["杭州西站枢纽"]["invest_month"] is None  # missing, not invented
    assert [item["name"] for item in cli("month", "list", "--show", "missing", "--json").json] == ["杭州西站枢纽"]
    assert cli("month", "move", "舟山", "2023-09", "submitted").code == 0
    refused = cli("month", "set", "舟山", "2023-09", "--amount", "1")
    assert (refused.code, "[G-50]" in refused.err) == (1, True)


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        (["2023-10", "--amount", "1"], "R-05"),
        (["2023-09", "--progress", "只有进度"], "R-06"),
        (["2023-09", "--amount", "-5"], "R-01"),
        (["2023-09", "--amount", "300亿"], "R-08"),
    ],
)
def test_a_month_that_cannot_be_is_refused(cli: Cli, words: list[str], rule: str) -> None:
    refused = cli("month", "set", "舟山", *words)
    assert (refused.code, f"[{rule}]" in refused.err) == (1, True)
    assert len(cli("month", "list", "--show", "missing", "--json").json) == 2


def test_a_slip_of_ten_thousand_is_noticed(cli: Cli) -> None:
    cli("month", "set", "舟山", "2023-08", "--amount", "1200万")
    notices = cli("month", "set", "舟山", "2023-09", "--amount", "1200亿", "--json")
    assert notices.code == 1  # beyond twice the whole investment
    notices = cli("month", "set", "舟山", "2023-09", "--amount", "1200元", "--json")
    assert "R-11" in notices.json["notices"][0]


def test_one_main_leader_and_a_hand_over(cli: Cli) -> None:
    uid_of(
        cli,
        "contact",
        "add",
        "舟山",
        "--who",
        "王县长",
        "--role",
        "leader",
        "--main",
        "yes",
        "--from",
        "2023-07-04",
        "--new",
        "王县长",
    )
    refused = cli("contact", "add", "舟山", "--who", "李县长", "--role", "leader", "--main", "yes", "--new", "李县长")
    assert (refused.code, "[C-03]" in refused.err) == (1, True)
    cli("person", "add", "--name", "李县长")
    assert cli("contact", "hand-over", "王县长", "李县长", "--date", "2023-09-20").code == 0
    rows = {row["person_uid_name"]: row for row in cli("contact", "list", "--json").json}
    assert (rows["王县长"]["to_date"], rows["李县长"]["to_date"]) == ("2023-09-19", None)
    assert rows["李县长"]["is_main"]
    assert cli("undo").code == 0
    assert {row["person_uid_name"] for row in cli("contact", "list", "--json").json} == {"王县长"}


def test_a_need_is_secured_exactly_when_it_is_met(cli: Cli) -> None:
    uid = uid_of(cli, "element", "add", "舟山", "--element", "land_new", "--need", "100")
    for secured, state in (("40", "secured_part"), ("100", "secured"), ("60", "secured_part"), ("0", "secured_part")):
        assert cli("element", "set", uid, "--secured", secured).code == 0
        [row] = cli("element", "list", "--json").json
        assert row["state"] == state or (secured, row["state"]) == ("0", "reviewing") or secured == "0"


def test_a_policy_finds_the_projects_that_its_conditions_fit(cli: Cli) -> None:
    words = ("--title", "先进制造奖补", "--year", "2023", "--package", "先进制造业")
    assert cli("policy", "add", *words, "--conditions", "attr=industrial、total_invest>=100亿").code == 0
    assert cli("policy", "add", *words, "--conditions", "不是条件").code == 1
    assert cli("policy", "suggest").code == 0
    [match] = cli("match", "list", "--json").json
    assert match["project_uid_name"] == "舟山绿色石化基地"
    assert cli("policy", "suggest").code == 1  # nothing fits that is not matched already
    assert cli("match", "move", match["uid"], "informed", "--date", "2023-09-01").code == 0


def test_issues_merge_escalate_and_are_ticked(cli: Cli) -> None:
    first = cli("issue", "list", "--json").json[0]["uid"]
    second = uid_of(
        cli, "issue", "add", "舟山", "--title", "用地指标仍未落实", "--kind", "land", "--steps", "补手续、交地"
    )
    stranger = uid_of(cli, "issue", "add", "杭州西站", "--title", "另一项目", "--kind", "land")
    assert "[I-14]" in cli("issue", "merge", first, stranger).err
    assert cli("issue", "merge", first, second).code == 0
    assert "[I-14]" in cli("issue", "merge", second, first).err
    assert "[I-18]" in cli("issue", "escalate", second, "--level", "L3").err
    assert cli("issue", "escalate", second).code == 0
    assert cli("issue", "escalate", second, "--level", "L4", "--reason", "市长批示").code == 0
    assert "[I-20]" in cli("issue", "tick", second, "没有这一步").err
    assert cli("issue", "tick", second, "交地").code == 0


def test_a_promise_is_noted_and_settled_and_removed(cli: Cli) -> None:
    uid = uid_of(cli, "promise", "add", "舟山", "--text", "两周内交地", "--side", "ours", "--due", "+14")
    assert "[K-11]" in cli("promise", "move", uid, "broken").err
    assert cli("promise", "move", uid, "kept").code == 0
    assert cli("promise", "remove", uid).code == 0
    assert cli("promise", "list", "--json").json == []
    assert cli("undo").code == 0
    assert cli("promise", "list", "--json").json[0]["state"] == "kept"


def test_a_file_is_attached_by_its_content(cli: Cli, small: Path, tmp_path: Path) -> None:
    photo = tmp_path / "现场 照片.jpg"
    photo.write_bytes(b"\xff\xd8photo")
    for _again in range(2):
        assert cli("attachment", "add", "舟山", f"'{photo}'", "--note", "桩基").code == 0
    rows = cli("attachment", "list", "--json").json
    assert [row["name"] for row in rows] == ["现场 照片.jpg"] * 2
    assert len([path for path in (small / "files").rglob("*") if path.is_file()]) == 1
    assert "[F-01]" in cli("attachment", "add", "舟山", tmp_path / "nothing.jpg").err
    assert cli("check").code == 0
    [stored] = [path for path in (small / "files").rglob("*") if path.is_file()]
    stored.write_bytes(b"something else")
    assert "was changed" in cli("check").out
    stored.unlink()
    assert cli("check").code == 1


def lines(path: Path, *calls: Any) -> Path:
    path.write_text(
        "\n".join(call if isinstance(call, str) else json.dumps(call, ensure_ascii=False) for call in calls)
    )
    return path


def test_a_file_of_calls_prints_an_operation_for_each(cli: Cli, tmp_path: Path) -> None:
    calls = lines(
        tmp_path / "calls.jsonl",
        {"do": "follow-up add", "project": "舟山", "form": "onsite", "note": "=1+1 现场查看"},
        {"do": "month set", "project": "舟山", "month": "2023-09", "amount": "1200万", "progress": "--"},
        "",
        {"do": "issue add", "project": "舟山", "title": "用电未接通", "kind": "utility", "need-coord": True},
    )
    answer = cli("apply", calls)
    assert answer.code == 0
    operations = answer.out.split()
    assert len(operations) == 3
    for operation in reversed(operations):
        assert cli("undo", operation).code == 0


@pytest.mark.parametrize(
    "bad",
    [
        "{",
        "[1]",
        '{"do": "month set", "project": "舟山", "month": "2023-09", "amount": "x"}',
        '{"do": "project list"}',
        '{"do": "undo"}',
        '{"do": "follow-up add", "note": "没有项目"}',
        '{"do": "follow-up add", "project": "舟山", "note": "x", "nothing": 1}',
        '{"do": "follow-up add", "project": "舟山", "note": "x", "note": "y"}',
        '{"do": "follow-up add", "project": "舟山", "note": NaN}',
        '{"do": "follow-up add", "project": "舟山", "note": {"a": 1}}',
    ],
)
def test_a_bad_line_stops_with_its_number_and_changes_nothing(cli: Cli, tmp_path: Path, bad: str) -> None:
    good = {"do": "follow-up add", "project": "舟山", "note": "好的一行"}
    before = len(cli("follow-up", "list", "--json").json)
    answer = cli("apply", lines(tmp_path / "calls.jsonl", good, bad, good))
    assert answer.code == 1
    assert len(answer.out.split()) == 1
    assert "ine 2:" in answer.err
    assert len(cli("follow-up", "list", "--json").json) == before + 1


def test_every_action_has_a_key_that_an_input_method_lets_through(cli: Cli) -> None:
    rows = cli("keys", "--json").json
    assert len(rows) > 80
    for row in rows:
        first = row["keys"][0]
        assert not (len(first) == 1 and first.isalpha()), row
    assert "F3" in cli("keys").out


@pytest.mark.parametrize(
    ("day", "rule"), [("9-21", "D-02"), ("5-1", "D-05"), ("半年前", "D-05"), ("5月", "D-01"), ("两周后", "D-02")]
)
def test_a_day_that_may_be_another_one_is_refused(cli: Cli, tmp_path: Path, day: str, rule: str) -> None:
    """Nobody can be asked here: one in the future, or long back without its year, is never taken in silence."""
    calls = tmp_path / "calls.jsonl"
    calls.write_text(json.dumps({"do": "follow-up add", "project": "舟山", "note": "看现场", "date": day}))
    before = cli("follow-up", "list", "--json").json
    moved = cli("issue", "move", "用地指标", "refused", "--reason", "不属实", "--date", day)
    for refused in (cli("follow-up", "add", "舟山", "--note", "看现场", "--date", day), cli("apply", calls), moved):
        assert (refused.code, f"[{rule}]" in refused.err) == (1, True)
    assert cli("follow-up", "list", "--json").json == before
    assert cli("follow-up", "add", "舟山", "--note", "看现场", "--date", "2023-5-1").code == 0
    assert "2023-05-01" in {row["visit_date"] for row in cli("follow-up", "list", "--json").json}


def test_a_unit_or_person_is_new_only_where_that_is_said(cli: Cli, tmp_path: Path) -> None:
    cli("org", "add", "--name", "发展和改革局", "--kind", "gov_dept")
    before = [row["name"] for row in cli("org", "list", "--json").json]
    move = ("issue", "move", "用地指标", "assigned", "--due", "+7", "--unit", "fgw")
    refused = cli(*move)
    assert refused.code == 1 and "near are 发展和改革局" in refused.err and "--new “fgw”" in refused.err
    calls = tmp_path / "calls.jsonl"
    calls.write_text(
        json.dumps({"do": "follow-up add", "project": "舟山", "note": "看现场", "people": ["张三", "李新"]})
    )
    assert (cli("apply", calls).code, "[G-32]" in cli("apply", calls).err) == (1, True)
    slip = cli(*move, "--new", "fgj")
    assert (slip.code, "“fgj”" in slip.err) == (2, True)
    assert [row["name"] for row in cli("org", "list", "--json").json] == before
    assert cli(*move, "--new", "fgw", "--json").json["created"] == ["fgw"]
    call = {"do": "follow-up add", "project": "舟山", "note": "看现场", "people": ["张三", "李新"], "new": ["李新"]}
    calls.write_text(json.dumps(call))
    assert cli("apply", calls).code == 0
    assert "李新" in {row["name"] for row in cli("person", "list", "--json").json}
    for state in ("doing", "solved"):
        assert cli("issue", "move", "用地指标", state).code == 0
    closing = ("--verifier", "王某", "--note", "已核", "--document", "1号")
    refused = cli("issue", "move", "用地指标", "closed", *closing)
    assert (refused.code, "[G-33]" in refused.err, "--new" in refused.err) == (1, True, False)


def test_a_correction_names_somebody_new_only_where_that_is_said(cli: Cli) -> None:
    uid = uid_of(cli, "issue", "add", "西站", "--title", "拆迁受阻", "--kind", "relocation")
    words = ("correction", "add", "issue", uid, "owner_person=王新来", "--reason", "录错")
    refused = cli(*words)
    assert (refused.code, "[G-32]" in refused.err) == (1, True)
    assert "[G-33]" in cli(*words, "--new", "王新来", "--confirmed-by", "赵某").err  # who confirms is there already
    assert cli(*words, "--new", "王新来", "--json").json["created"] == ["王新来"]


def test_a_correction_goes_through_apply(cli: Cli, tmp_path: Path) -> None:
    """What a state stands on is corrected from a file of calls as from the command line: reason and all."""
    uid = cli("month", "set", "舟山", "2023-08", "--amount", "100", "--progress", "桩基", "--json").json["uid"]
    cli("month", "move", "舟山", "2023-08", "submitted", "--date", "2023-09-03")
    calls = lines(
        tmp_path / "calls.jsonl",
        {
            "do": "correction add",
            "kind": "month",
            "record": uid,
            "fields": ["invest_month=120"],
            "reason": "录错",
        },
    )
    answer = cli("apply", calls)
    assert answer.code == 0, answer.err
    assert [row["invest_month"] for row in cli("month", "list", "2023-08", "--json").json if "舟山" in row["name"]] == [
        1_200_000
    ]
    assert [row["reason"] for row in cli("correction", "list", "--json").json] == ["录错"]


@pytest.mark.parametrize("words", [("apply",), ("attachment", "add", "舟山"), ("import",), ("calendar", "add")])
def test_a_pipe_is_refused_at_once(words: tuple[str, ...], cli: Cli, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    answer = cli("--lang", "en", *words, tmp_path / "pipe")
    assert answer.code in (1, 2) and "file" in answer.err
    assert cli("apply", "/dev/zero").code == 2


def test_a_kind_of_service_is_known_by_its_full_name(cli: Cli) -> None:
    assert cli("service", "add", "杭州西站枢纽", "--kind", "建设项目环境影响报告表审批").code == 0
    assert [row["kind"] for row in cli("service", "list", "--json").json] == ["eia_form"]
