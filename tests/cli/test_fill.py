"""`zjtui fill`: workbooks of other offices from the command line."""

from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Cli
from tests.office_forms import city_form, list_form, values_of


@pytest.fixture
def demo(zjtui: Cli, workspace: Path) -> Cli:
    def call(*words: object) -> object:
        return zjtui("--workspace", workspace, "--today", "2023-09-20", "--lang", "en", *words)

    return call


@pytest.fixture
def form(demo: Cli, tmp_path: Path) -> str:
    """A form that was taken in."""
    path = city_form(tmp_path / "form.xlsx")
    assert demo("fill", "add", path, "--to", "省发展改革委", "--name", "推进表").code == 0
    return "推进表"


def test_a_workbook_is_taken_in_and_says_what_was_understood(demo: Cli, tmp_path: Path) -> None:
    path = list_form(tmp_path / "f.xlsx", [["地区", "项目数", "完成投资", "去年"], ["湖州市", None, None, 5]])
    answer = demo("fill", "add", path, "--to", "省办", "--period", "quarter")
    assert "2 cells are understood, 1 of them to be confirmed" in answer.out
    assert "1 cell with a number, left unchanged: D2" in answer.out
    [listed] = demo("fill", "list", "--json").json
    assert (listed["name"], listed["recipient"], listed["period_label"]) == ("f", "省办", "Quarterly")
    assert demo("fill", "show", "f", "--json").json["month"] == "2023-06"


def test_a_form_needs_a_recipient(demo: Cli, tmp_path: Path) -> None:
    answer = demo("fill", "add", city_form(tmp_path / "f.xlsx"))
    assert answer.code == 2 and "--to" in answer.err
    assert demo("fill", "list").out.strip().startswith("There is no form yet")


def test_a_filled_form_is_shown_cell_by_cell_and_as_json(demo: Cli, form: str) -> None:
    shown = demo("fill", "show", form).out
    assert (
        "进度表!C5   Plan of the year" in shown and "54.43 100m yuan" in shown and "82 cells, never sent yet" in shown
    )
    told = demo("fill", "show", form, "--month", "2023-07", "--json").json
    assert (told["month"], told["cells"], told["waiting"]) == ("2023-07", 82, 0)
    line = next(line for line in told["lines"] if line["ref"] == "C5")
    assert (line["query"], line["region"], line["value"], line["shown"]) == ("plan", "330100", "5443000000", "54.43")


def test_cells_are_set_confirmed_and_dropped(demo: Cli, form: str) -> None:
    assert (
        demo(
            "fill", "set", form, "I5:I6", "--query", "done", "--region", "湖州市", "--unit", "wan", "--decimals", 0
        ).code
        == 0
    )
    lines = {line["ref"]: line for line in demo("fill", "show", form, "--json").json["lines"]}
    assert lines["I5"]["shown"] == lines["I6"]["shown"] == "267,925"
    assert demo("fill", "drop", form, "I6").code == 0
    assert "I6" not in {line["ref"] for line in demo("fill", "show", form, "--json").json["lines"]}
    assert demo("fill", "set", form, "I5", "--region", "").code == 0
    lines = {line["ref"]: line for line in demo("fill", "show", form, "--json").json["lines"]}
    assert lines["I5"]["shown"].startswith("2,34")
    demo("undo")
    lines = {line["ref"]: line for line in demo("fill", "show", form, "--json").json["lines"]}
    assert lines["I5"]["shown"] == "267,925"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("set", "{form}", "C16", "--query", "plan"), "T-03"),
        (("set", "{form}", "I5"), "--query"),
        (("set", "{form}", "I5", "--query", "jobs"), "--query"),
        (("set", "{form}", "5I", "--query", "plan"), "T-04"),
        (("set", "{form}", "Sheet9!A1", "--query", "plan"), "Sheet9"),
        (("set", "{form}", "A1:ZZ999", "--query", "plan"), "more than"),
        (("set", "{form}", "B5", "--unit", "yi"), "T-02"),
        (("set", "{form}", "D5", "--decimals", "7"), "T-09"),
        (("drop", "{form}", "I5"), "not filled by this form"),
        (("show", "nothing"), "nothing is found"),
        (("show", "{form}", "--month", "2023-13"), "2023-13"),
        (("show", "{form}", "--freeze", "nothing"), "nothing is found"),
        (("again", "nothing!", "--file", "x.xlsx"), "nothing is found"),
        (("add", "nothing.xlsx", "--to", "x"), "There is no file"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_what_cannot_be_is_refused_and_changes_nothing(demo: Cli, form: str, words: tuple[str, ...], told: str) -> None:
    before = demo("fill", "show", form, "--json").out
    answer = demo("fill", *(word.format(form=form) for word in words))
    assert answer.code in (1, 2) and told in answer.err
    assert demo("fill", "show", form, "--json").out == before


def test_it_is_written_sent_listed_and_written_again(demo: Cli, form: str, tmp_path: Path) -> None:
    answer = demo("fill", "write", form, "--file", tmp_path / "draft")
    assert answer.code == 0 and values_of(tmp_path / "draft.xlsx")["B5"] == 9
    assert demo("fill", "sent", "--json").json == []
    answer = demo("fill", "send", form, "--file", tmp_path / "sent.xlsx", "--on", "2023-09-18")
    assert answer.code == 0 and "Recorded as sent to 省发展改革委" in answer.out
    assert (tmp_path / "sent-slip.docx").exists()
    [sent] = demo("fill", "sent", "--form", form, "--json").json
    assert (sent["recipient"], sent["month"], sent["sent_on"], sent["template_uid_name"]) == (
        "省发展改革委", "2023-08", "2023-09-18", form,
    )  # fmt: skip
    again = demo("fill", "again", sent["uid"], "--file", tmp_path / "again.xlsx")
    assert again.code == 0 and "Signatures" in again.out
    assert (tmp_path / "again.xlsx").read_bytes() == (tmp_path / "sent.xlsx").read_bytes()
    assert demo("fill", "remove", form).code == 1  # something was sent in it
    demo("undo")
    assert demo("fill", "sent", "--json").json == [] and demo("freeze", "list", "--json").json == []
    assert demo("fill", "remove", form).code == 0 and demo("fill", "list", "--json").json == []


def test_a_newer_workbook_takes_the_place_of_an_older(demo: Cli, form: str, tmp_path: Path) -> None:
    answer = demo("fill", "renew", form, city_form(tmp_path / "newer.xlsx", month=9, unit="万元"))
    assert answer.code == 0 and "33 cells to be confirmed" in answer.out  # three columns of amounts count otherwise
    shown = demo("fill", "show", form, "--json").json
    assert (shown["waiting"], shown["cells"]) == (33, 49)
    assert demo("fill", "set", form, "?").code == 0
    lines = {line["ref"]: line for line in demo("fill", "show", form, "--json").json["lines"]}
    assert lines["C5"]["shown"] == "544,300"


def test_another_figure_for_another_office_needs_a_reason(demo: Cli, form: str, tmp_path: Path) -> None:
    demo("fill", "send", form, "--file", tmp_path / "one.xlsx")
    other = tmp_path / "other.xlsx"
    demo("fill", "add", list_form(other, [["地区", "完成投资（万元）"], ["湖州市", None]]), "--to", "省统计局")
    demo("fill", "set", "other", "B2", "--region", "杭州市")
    assert demo("fill", "show", "other", "--json").json["against"] == 0
    changed = demo("month", "set", "桐庐砚溪堤防提升工程", "2023-08", "--amount", "3亿", "--reason", "核减")
    assert changed.code == 0, changed.err
    assert demo("fill", "show", "other", "--json").json["against"] == 0  # a draft changes nothing that was told
    assert demo("month", "move", "桐庐砚溪堤防提升工程", "2023-08", "submitted").code == 0
    shown = demo("fill", "show", "other", "--json").json
    assert shown["against"] == 1 and shown["lines"][0]["against"][0]["recipient"] == "省发展改革委"
    refused = demo("fill", "send", "other", "--file", tmp_path / "two.xlsx")
    assert refused.code == 1 and "T-05" in refused.err and not (tmp_path / "two.xlsx").exists()
    assert demo("fill", "send", "other", "--file", tmp_path / "two.xlsx", "--reason", "审计核减").code == 0


def test_a_freeze_that_is_not_there_is_said_in_one_line(demo: Cli) -> None:
    answer = demo("freeze", "show", "nothing")
    assert answer.code == 2 and "nothing is found for “nothing”" in answer.err


def test_cells_set_by_hand_are_of_what_their_row_and_column_name(demo: Cli, tmp_path: Path) -> None:
    rows = [["地区", "排名", "3月", "4月", "5月"], ["湖州市", *[None] * 4], ["产业项目", *[None] * 4]]
    path = list_form(tmp_path / "f.xlsx", rows)
    demo("fill", "add", path, "--to", "省办")
    demo("fill", "set", "f", "B2:C3", "--query", "done", "--unit", "wan", "--decimals", 1)
    lines = demo("fill", "show", "f", "--json").json["lines"]
    told = {line["ref"]: (line.get("region"), line.get("attr"), line.get("month"), line["unit"]) for line in lines}
    assert told == {
        "B2": ("330500", None, None, "wan"), "B3": (None, "industrial", None, "wan"),
        "C2": ("330500", None, 3, "wan"), "C3": (None, "industrial", 3, "wan"),
    }  # fmt: skip
    demo("fill", "set", "f", "B2", "--month", 7)
    assert "month 7 · Huzhou City" in demo("fill", "show", "f").out
    answer = demo("fill", "set", "f", "B2", "--month", 13)
    assert answer.code == 1 and "a month is 1 to 12" in answer.err
    # what is there already keeps what it is of
    demo("fill", "set", "f", "C2:C3", "--query", "plan")
    lines = demo("fill", "show", "f", "--json").json["lines"]
    assert [(line["query"], line.get("month"), line["unit"]) for line in lines if line["ref"] == "C3"] == [
        ("plan", 3, "wan")
    ]


def test_cells_that_wait_are_not_sent_unless_somebody_says_so(demo: Cli, tmp_path: Path) -> None:
    demo(
        "fill",
        "add",
        list_form(tmp_path / "f.xlsx", [["地区", "项目数", "完成投资"], ["湖州市", None, None]]),
        "--to",
        "省办",
    )
    answer = demo("fill", "send", "f", "--file", tmp_path / "out.xlsx")
    assert answer.code == 1 and "1 cell waits to be confirmed (C2)" in answer.err
    assert not (tmp_path / "out.xlsx").exists()
    assert demo("fill", "send", "f", "--file", tmp_path / "out.xlsx", "--incomplete").code == 0
    [sent] = demo("fill", "sent", "--json").json
    assert (
        "left as they were in the workbook: C2" in demo("fill", "again", sent["uid"], "--file", tmp_path / "b.xlsx").out
    )


def test_a_cell_set_by_hand_is_of_the_city_in_the_title_where_its_row_names_none(demo: Cli, tmp_path: Path) -> None:
    rows = [
        ["湖州市重大项目进度表"],
        ["类别", "项目数", "排名"],
        ["产业项目", None, None],
        ["基础设施项目", None, None],
    ]
    demo("fill", "add", list_form(tmp_path / "f.xlsx", rows, ["A1:C1"]), "--to", "省办")
    demo("fill", "set", "f", "C3", "--query", "done")
    [line] = [line for line in demo("fill", "show", "f", "--json").json["lines"] if line["ref"] == "C3"]
    assert (line["region"], line["attr"]) == ("330500", "industrial")


def test_a_form_with_a_row_for_each_project_is_filled(cli: Cli, tmp_path: Path) -> None:
    """Shown first, a row of which nobody knows the project is asked about; JSON tells each cell and what stands there."""
    book = openpyxl.Workbook()
    for row in (["项目名称", "总投资（亿元）", "存在问题"], ["舟山绿色石化基地", None, "旧"], ["不知道的", None, None]):
        book.active.append(row)
    book.save(tmp_path / "f.xlsx")
    answer = cli("--lang", "en", "fill", "rows", tmp_path / "f.xlsx", "--month", "2023-08")
    assert answer.code == 1 and "which project? --row 3=" in answer.out and "stands there: 旧" in answer.out
    words = ("--row", "3=杭州西站枢纽", "--file", tmp_path / "out.xlsx", "--json")
    answer = cli("fill", "rows", tmp_path / "f.xlsx", "--month", "2023-08", *words)
    assert answer.code == 0 and answer.json["rows"][0]["cells"][1]["written"] is False
    page = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    assert page["C2"].value == "旧" and page["B3"].value == 25
    assert cli("fill", "rows", tmp_path / "f.xlsx", "--row", "x=y").code == 2
