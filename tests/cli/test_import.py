"""`zjtui import`: a list taken in from the command line, corrected by words where it is in doubt."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Answer, Cli
from tests.conftest import TODAY
from zjtui.usecases import project
from zjtui.usecases.session import open_session

HEADS = "项目名称,所在地,总投资（亿元）"
Take = Callable[..., Answer]


@pytest.fixture
def take(cli: Cli, tmp_path: Path) -> Take:
    """Take in a list of these lines."""

    def call(lines: list[str], *words: object) -> Answer:
        path = tmp_path / "list.csv"
        path.write_text("\n".join(lines) + "\n", "utf-8")
        return cli("--lang", "en", "import", path, *words)

    return call


def stored(cli: Cli, name: str) -> dict[str, object]:
    """Return a project by its name."""
    return {row["name"]: row for row in cli("project", "list", "--json").json}[name]


def test_what_is_understood_and_done_is_printed(take: Take, cli: Cli) -> None:
    answer = take(
        [HEADS + ",业主", "杭州西站枢纽,杭州市,26,杭州交投", "甲园,长兴县,3,新公司", "乙园,火星县,4,", "合计,,33,"]
    )
    assert answer.code == 1  # rows were refused
    for text in (
        "list.csv: Projects", "utf-8", "总投资（亿元）", "3 ", "✗", "There is no region “火星县”", "25 → 26",
        "Added on the way: 新公司", "4 lines: New 1, Changed 1, Same 0, Refused 1, No data 1",
        "take it back with: zjtui undo",
    ):  # fmt: skip
        assert text in answer.out, text
    assert cli("undo").code == 0
    assert "甲园" not in cli("project", "list").out


def test_a_dry_run_changes_nothing(take: Take, cli: Cli) -> None:
    answer = take([HEADS, "甲园,长兴县,3"], "--dry-run")
    assert answer.code == 0 and "Nothing was changed" in answer.out and "New 1" in answer.out
    assert "甲园" not in cli("project", "list").out
    assert take([HEADS, "甲园,长兴县,3"]).code == 0
    assert "There was nothing to change" in take([HEADS, "甲园,长兴县,3"]).out


def test_as_json_each_line_says_what_becomes_of_it(take: Take) -> None:
    told = take([HEADS, "杭州西站枢纽,杭州市,26", "甲园,火星县,3"], "--json", "--dry-run").json
    assert (told["kind"], told["encoding"], told["operation"]) == ("project", "utf-8", None)
    assert [column["means"] for column in told["columns"]] == [
        "project.name", "project.region_code", "project.total_invest"
    ]  # fmt: skip
    changed, refused = told["lines"]
    assert changed["changes"] == [{"field": "Total investment (100m yuan)", "before": "25", "after": "26"}]
    assert [(fault["column"], fault["value"], fault["rule"]) for fault in refused["faults"]] == [
        ("所在地", "火星县", "G-30")
    ]


def test_columns_units_and_values_for_all_are_said_by_words(take: Take, cli: Cli) -> None:
    lines = ["项目名称,规模甲,总投资", "甲园,年产百台,30000"]
    assert "states no unit" in take(lines, "--set", "region_code=长兴县").err
    answer = take(lines, "--unit", "总投资=万元", "--column", "规模甲=scale", "--set", "region_code=长兴县")
    assert answer.code == 0 and "For every row without its own: Region = 长兴县" in answer.out
    found = stored(cli, "甲园")
    assert (found["scale"], found["total_invest"], found["region_code"]) == ("年产百台", 300_000_000, "330522")
    left = take(["项目名称,所在地,总投资（亿元）,备注", "乙园,长兴县,3,甲"], "--column", "备注=")
    assert left.code == 0 and stored(cli, "乙园")["remark"] is None


@pytest.mark.parametrize("heading", ["所在地", "region_code", "属地"])
def test_what_a_text_means_is_said_for_a_column_or_its_field(heading: str, take: Take, cli: Cli) -> None:
    answer = take([HEADS, "甲园,南太湖新区,3"], "--word", f"{heading}:南太湖新区=湖州市")
    assert answer.code == 0, answer.out
    assert stored(cli, "甲园")["region_code"] == "330500"
    assert take([HEADS, "乙园,南太湖新区,3"]).code == 0  # it is remembered for lists of this shape


def test_what_a_text_means_in_a_column_of_which_no_rule_knows_the_heading(take: Take, cli: Cli) -> None:
    lines = [HEADS + ",甲栏", "甲园,长兴县,3,拆建"]
    answer = take(lines, "--column", "甲栏=nature", "--word", "甲栏:拆建=rebuild")
    assert answer.code == 0 and stored(cli, "甲园")["nature"] == "rebuild", answer.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--word", "无此列:x=y"), "with a column or field of this list"),
        (("--word", "所在地=湖州市"), "with a column or field of this list"),
        (("--column", "无此列=name"), "There is no column “无此列”"),
        (("--column", "所在地=没有"), "There is no field “没有”"),
        (("--unit", "总投资（亿元）=斤"), "is no unit"),
        (("--set", "没有=3"), "with a field of this kind of list"),
        (("--lower", "原因"), "type FIELD=VALUE"),
        (("--kind", "nothing"), "nothing"),
        (("--sheet", "没有"), "没有"),
    ],
)
def test_a_word_that_cannot_be_is_told_and_changes_nothing(
    words: tuple[str, ...], told: str, take: Take, cli: Cli
) -> None:
    answer = take([HEADS, "甲园,长兴县,3"], *words)
    assert answer.code == 2 and told in answer.err
    assert "甲园" not in cli("project", "list").out


def test_nearly_equal_names_are_decided_on_for_all(take: Take) -> None:
    lines = [HEADS, "杭州西站枢纽工程,杭州市,26"]
    assert "nearly called so" in take(lines, "--dry-run").out
    assert "New 1" in take(lines, "--dry-run", "--twins", "new").out
    assert "Changed 1" in take(lines, "--dry-run", "--twins", "same").out


def test_states_go_back_only_with_what_that_asks_for(take: Take, cli: Cli, small: Path) -> None:
    uid = str(stored(cli, "杭州西站枢纽")["uid"])
    session = open_session(small, today=TODAY)
    project.edit(session, uid, {"audit_on": TODAY, "land_on": TODAY})
    project.move(session, uid, "ready", {})
    session.close()
    lines = [HEADS + ",阶段", "杭州西站枢纽,杭州市,25,前期"]
    assert "an earlier state than the register: 1" in take(lines).out
    assert stored(cli, "杭州西站枢纽")["stage"] == "ready"
    assert "“Preparatory” needs" in take(lines, "--lower", "stage_reason=用地未落实").out
    cli("person", "add", "--name", "李审核")
    answer = take(lines, "--lower", "stage_reason=用地未落实", "--lower", "confirmed_by=李审核")
    assert answer.code == 0 and "Ready → Preparatory" in answer.out
    assert stored(cli, "杭州西站枢纽")["stage"] == "preparatory"


def test_refused_rows_are_written_to_a_workbook_with_their_reasons(take: Take, tmp_path: Path) -> None:
    answer = take([HEADS, "甲园,火星县,3", "乙园,长兴县,4"], "--refused", tmp_path / "again.xlsx")
    assert "The refused rows are in" in answer.out
    rows = list(openpyxl.load_workbook(tmp_path / "again.xlsx").worksheets[0].iter_rows(values_only=True))
    assert any("甲园" in row and any("火星县" in str(cell) and "G-30" in str(cell) for cell in row) for row in rows)
    assert not any("乙园" in row for row in rows)


def test_of_many_lines_the_first_are_printed_and_all_on_request(take: Take) -> None:
    lines = [HEADS, *(f"工程{number}号,长兴县,{number}" for number in range(1, 31))]
    short = take(lines, "--dry-run").out
    assert "… and 10 more" in short and "工程30号" not in short
    assert "工程30号" in take(lines, "--dry-run", "--all").out


def test_a_state_that_the_register_does_not_follow_is_listed(take: Take, cli: Cli) -> None:
    name = "杭州西站枢纽"
    stage = stored(cli, name)["stage"]
    lines = [f"{HEADS},当前阶段", f"{name},,,竣工"]
    answer = take(lines)
    assert f"Same  {name}" in answer.out and "the list says “Completed”" in answer.out and "L-11" in answer.out
    assert "Rows whose state the register does not follow: 1" in answer.out
    assert stored(cli, name)["stage"] == stage
    [line] = take(lines, "--json").json["lines"]
    assert (line["what"], line["changes"]) == ("same", []) and "L-11" in line["notices"][0]
    assert take([HEADS, f"{name},,"], "--json").json["lines"] == []  # of which there is nothing to say


def test_what_holds_for_every_row_is_told_by_its_name(take: Take) -> None:
    answer = take(["领导联系项目", "项目名称,联系领导", "没有的园,章华"])
    assert "For every row without its own: Role = Contact leader" in answer.out, answer.out
    assert "没有的园 · Contact leader" in answer.out


def test_a_total_up_to_a_month_is_settled_by_words(take: Take, cli: Cli) -> None:
    """It is refused until somebody says what becomes of it, and then kept as that says; JSON tells both."""
    rows = [HEADS + ",1-8月累计完成投资（万元）", "甲园,长兴县,3,1600"]
    answer = take(rows, "--json")
    assert answer.code == 1 and "L-28" in answer.json["lines"][0]["faults"][0]["rule"] and answer.json["sums"] is None
    answer = take(rows, "--sums", "spread", "--json")
    assert answer.code == 0 and answer.json["sums"] == "spread"
    assert [row["invest_month"] for row in cli("month", "list", "2023-01", "--json").json if row["name"] == "甲园"] == [
        2_000_000
    ]
    assert "as remembered" in take(rows).out


@pytest.mark.parametrize(
    ("words", "code", "rule"),
    [
        (("import", "{list}", "--json"), 2, "L-30"),
        (("import", "{list}", "--jsn", "--json"), 2, None),
        (("import", "nowhere.csv", "--json"), 2, None),
        (("project", "add", "--json", "--name", "n", "--region", "999999", "--total", "-5"), 1, "G-30"),
        (("nonsense", "--json"), 2, None),
    ],
)
def test_what_is_refused_as_a_whole_is_json_where_json_was_asked_for(
    words: tuple[str, ...], code: int, rule: str | None, cli: Cli, tmp_path: Path
) -> None:
    """Exit code and the line for people stay as they are; a list that is not found names what to say of it."""
    (tmp_path / "list.csv").write_text("什么,也,没有\n1,2,3\n", "utf-8")
    answer = cli("--lang", "en", *(word.format(list=tmp_path / "list.csv") for word in words))
    (error,) = answer.json["errors"][:1]
    assert (answer.code, error["rule"]) == (code, rule) and answer.err.startswith("zjtui: ")
    assert error["error"] in answer.err
    if rule == "L-30":
        assert "--header-row 3 --column B=name" in error["error"]
