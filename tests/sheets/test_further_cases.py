"""Lists as they came that were still not right: one test for each kind, the file built in it."""

from pathlib import Path

import openpyxl
import pytest

from tests.sheets.conftest import rows_of
from tests.sheets.lists import Make, taken, told, what, why
from zjtui.sheets import reading
from zjtui.usecases.session import Session

YI = 100_000_000
HEAD = "项目名称,所在地,总投资（亿元）"


@pytest.fixture
def known(session: Session, tmp_path: Path) -> Session:
    """A register with two projects."""
    (tmp_path / "known.csv").write_text(f"{HEAD}\n甲园,长兴县,3\n乙园,安吉县,4\n", "utf-8")
    taken(session, tmp_path / "known.csv")
    return session


def test_what_only_a_table_further_down_says_is_read_and_told(session: Session, book: Make) -> None:
    """A column that is new there is taken where it is beyond doubt, and named as not taken where it is not."""
    days = ["计划开工时间", "计划竣工时间"]
    rows = [["2023年重点项目"], [*HEAD.split(","), *days], ["甲园", "长兴县", 3, "2023-03", "2023-08"]]
    rows += [[*HEAD.split(","), "2023年计划投资（亿元）", "领导批示"], ["乙园", "安吉县", 4, 1, "阅"]]
    result = taken(session, book(rows))
    assert [row["plan_invest"] for row in rows_of(session, "annual_plan")] == [YI]
    notes = told(next(line for line in result.lines if "2023年计划投资" in told(line)))
    assert "which are read too: 2023年计划投资" in notes and "not taken: 领导批示" in notes


def test_a_table_above_a_wider_one_is_not_passed_over(session: Session, book: Make) -> None:
    rows = [["2023年重点项目"], HEAD.split(","), ["甲园", "长兴县", 3]]
    rows += [[*HEAD.split(","), "计划开工时间", "建设单位"], ["乙园", "安吉县", 4, "2023-03", "乙公司"]]
    taken(session, book(rows))
    assert [(row["name"], row["plan_start"]) for row in rows_of(session)] == [("甲园", None), ("乙园", "2023-03")]


def test_planned_and_real_below_a_heading_of_two_columns(session: Session, book: Make) -> None:
    """“计划” below “开工时间” is the planned start, and no plan of investment."""
    rows = [
        [*HEAD.split(","), "开工时间", "", "竣工时间", ""],
        ["", "", "", "计划", "实际", "计划", "实际"],
        ["甲园", "长兴县", 3, "2023-03-01", "2023-06-15", "2023-08-31", "2023-09-01"],
    ]
    result = taken(session, book(rows, merge=("A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:G1")))
    (row,) = rows_of(session) or pytest.fail(why(result.lines[0]))
    days = [row[name] for name in ("plan_start", "real_start", "plan_end", "real_end")]
    assert days == ["2023-03-01", "2023-06-15", "2023-08-31", "2023-09-01"]


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
def test_a_short_utf8_text_with_two_bad_places_is_read(mark: bytes, session: Session, tmp_path: Path) -> None:
    content = f"{HEAD},备注\n甲园,长兴县,3,第一\n乙园,安吉县,4,第二\n".encode()
    path = tmp_path / "list.csv"
    path.write_bytes(mark + content.replace("一".encode(), b"\xff").replace("二".encode(), "二".encode()[:2]))
    result = taken(session, path)
    assert [row["remark"] for row in rows_of(session)] == ["第�", "第�"]
    assert all("could not be read" in told(line) for line in result.lines)


def test_of_sheets_of_several_kinds_the_projects_come_first(session: Session, tmp_path: Path) -> None:
    """Problems hang on projects: their sheet is named as not read, however well its headings are known."""
    made = openpyxl.Workbook()
    sheets = {
        "问题": [["项目名称", "存在问题", "牵头单位", "完成时限"], ["甲园", "断电", "供电公司", "2023-12-30"]],
        "项目": [HEAD.split(","), ["甲园", "长兴县", 3]],
    }
    for name, rows in sheets.items():
        page = made.create_sheet(name)
        for row in rows:
            page.append(row)
    made.remove(made.active)
    made.save(tmp_path / "list.xlsx")
    _book, plan = reading.read(session, tmp_path / "list.xlsx")
    assert (plan.kind, [notice.params.get("names") for notice in plan.told]) == ("project", ["问题"])
    assert reading.read(session, tmp_path / "list.xlsx", sheet="问题")[1].kind == "issue"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("环评批复【报告书】", "eia_report"),
        ("建设项目环境影响评价文件（报告表）审批", "eia_form"),
        ("环评手续〔登记表〕", "eia_reg"),
        ("环评审批（报告书、报告表）", ""),
    ],
)
def test_the_paper_in_brackets_says_which_approval_it_is(text: str, kind: str, known: Session, book: Make) -> None:
    result = taken(known, book([["审批事项"], ["项目名称", "审批事项", "审批部门"], ["甲园", text, "县环保局"]]))
    assert [row["kind"] for row in rows_of(known, "service")] == ([kind] if kind else []), what(result)


def test_a_description_in_the_column_of_titles_is_kept_whole(known: Session, book: Make) -> None:
    """As the description too, where it is more than a phrase; and what a column of details says is kept beside it."""
    short = "35千伏线路迁改未完成，影响二号厂房桩基施工，资金渠道尚未明确，导致整体工期延后三个月以上"
    long = "林地指标缺口20亩。" + "需要协调" * 30
    rows = [["项目名称", "问题描述", "情况说明"], ["甲园", short, ""], ["乙园", long, "已报省厅"], ["乙园", "断电", ""]]
    taken(known, book([["2023年问题清单"], *rows]))
    found = [(row["title_text"], row["detail"]) for row in rows_of(known, "issue")]
    assert found == [(short, short), ("林地指标缺口20亩", f"{long}\n已报省厅"), ("断电", None)]
