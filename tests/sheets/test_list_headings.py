"""What the columns of a list mean: by headings of several rows, by what stands in them, by what was said before."""

from pathlib import Path

import pytest

from tests.sheets.conftest import rows_of
from tests.sheets.lists import Make, meanings, taken, what, why
from zjtui.sheets import reading
from zjtui.sheets.columns import Target
from zjtui.sheets.mapping import Plan
from zjtui.usecases import project
from zjtui.usecases.session import Session

HEADS = ["项目名称", "属地", "总投资（亿元）"]


def texts(session: Session, path: Path) -> list[str]:
    """Return the headings as they are shown."""
    return [column.heading.text for column in reading.read(session, path)[1].columns]


def test_a_column_that_was_said_by_hand_is_of_the_year_and_month_of_each_list(session: Session, book: Make) -> None:
    def read(year: int, month: int) -> Plan:
        rows = [
            [f"{year}年{month}月重点项目"],
            [*HEADS, "甲栏（万元）", "乙栏（万元）"],
            ["甲园", "长兴县", 5, 900, 80],
        ]
        return reading.read(session, book(rows, name=f"{year}-{month}.xlsx"))[1]

    plan = read(2023, 7)
    plan.change(3, Target("annual_plan", "plan_invest", "2023"))
    plan.change(4, Target("monthly_report", "invest_month", "2023-07"))
    reading.remember(session, plan)
    later = [str(column.target) for column in read(2024, 1).columns[3:]]
    assert later == ["annual_plan.plan_invest@2024", "monthly_report.invest_month@2024-01"]


def test_a_unit_that_was_said_is_not_asked_for_again(session: Session, book: Make) -> None:
    path = book([["项目名称", "属地", "总投资"], ["甲园", "长兴县", 5]])
    plan = reading.read(session, path)[1]
    assert plan.columns[2].unsure
    plan.change_unit(2, "万元")
    reading.remember(session, plan)
    again = reading.read(session, path)[1].columns[2]
    assert (again.unsure, again.unit) == (False, "万元")


@pytest.mark.parametrize(
    ("line", "amount", "unit", "unsure"),
    [
        ("单位：万元", 5, "亿元", True),  # 50,000 yuan: no project
        ("单位：万元", 50_000, "万元", False),
        ("", 50_000, "万元", True),
        ("", 5, "亿元", True),
    ],
)
def test_the_unit_of_a_total(line: str, amount: float, unit: str, unsure: bool, session: Session, book: Make) -> None:
    column = reading.read(session, book([[line], ["项目名称", "属地", "总投资"], ["甲园", "长兴县", amount]]))[
        1
    ].columns[2]
    assert (column.unit, column.unsure) == (unit, unsure)


@pytest.mark.parametrize(("amount", "unit"), [(6.5, "亿元"), (65_000_000, "元"), (6_500, "万元")])
def test_the_unit_of_a_plan_without_one_is_guessed_by_its_size(
    amount: float, unit: str, session: Session, book: Make
) -> None:
    rows = [[*HEADS, "2023年计划投资"], ["甲园", "长兴县", 50, amount]]
    assert reading.read(session, book(rows))[1].columns[3].unit == unit


def test_what_stands_under_two_headings_is_shown_with_the_one_above(session: Session, book: Make) -> None:
    rows = [
        [*HEADS, "2023年计划", None, "2023年1-8月完成", None, "计划开工"],
        [None, None, None, "投资数额", "形象进度", "投资数额", "形象进度", "时间"],
        ["甲园", "长兴县", 5, 900, "主体", 80, "桩基", "2024-03"],
    ]
    path = book(rows, ["A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:G1"])
    assert texts(session, path)[3:] == [
        "2023年计划投资数额", "2023年计划形象进度", "2023年1-8月完成投资数额", "2023年1-8月完成形象进度", "计划开工时间"
    ]  # fmt: skip


def test_without_merged_cells_a_heading_spreads_only_over_what_stands_below(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    heads = "项目名称,,总投资（亿元）,2023年计划,,属地\n,代码,,投资（万元）,形象进度,\n"
    path.write_text(f"{heads}甲园,2306-330522-04-01-123456,5,900,主体,长兴县\n", "utf-8")
    assert texts(session, path) == [
        "项目名称", "代码", "总投资（亿元）", "2023年计划投资（万元）", "形象进度", "属地"
    ]  # fmt: skip


def test_what_was_done_by_the_end_of_this_year_did_not_stand_at_its_beginning(session: Session, book: Make) -> None:
    rows = [["2023年重点项目"], [*HEADS, "截至2023年底累计完成投资"], ["甲园", "长兴县", 5, 1]]
    assert "opening_total" not in meanings(session, book(rows))["截至2023年底累计完成投资"]


def test_the_column_with_real_codes_is_the_code(session: Session, book: Make) -> None:
    code = "2306-330522-04-01-123456"
    rows = [
        [*HEADS, "项目代码", "备案文号"],
        ["甲园", "长兴县", 5, 17, code],
        ["乙园", "长兴县", 5, 18, code[:-1] + "7"],
    ]
    assert meanings(session, book(rows)) == {
        "项目名称": "project.name", "属地": "project.region_code", "总投资（亿元）": "project.total_invest",
        "项目代码": "", "备案文号": "project.code",
    }  # fmt: skip


def test_of_two_starts_the_first_counts_unless_one_holds_ranges(session: Session, book: Make) -> None:
    heads = [*HEADS, "计划开工", "建设起止年限"]
    plain = meanings(session, book([heads, ["甲园", "长兴县", 5, "2023-06", "2023-07"]]))
    assert (plain["计划开工"], plain["建设起止年限"]) == ("project.plan_start", "")
    ranges = meanings(session, book([heads, ["甲园", "长兴县", 5, "2023-06", "2023-2025"]], name="b.xlsx"))
    assert (ranges["计划开工"], ranges["建设起止年限"]) == ("project.plan_start", "project.plan_start")
    taken(session, book([heads, ["甲园", "长兴县", 5, "2023-06", "2023-2025"]], name="c.xlsx"))
    assert [(row["plan_start"], row["plan_end"]) for row in rows_of(session)] == [("2023-06", "2025")]  # no vaguer


def test_a_column_of_which_no_word_is_known_is_not_taken(session: Session, book: Make) -> None:
    rows = [[*HEADS, "建设性质"], *([f"{text}园", "长兴县", 5, text] for text in ("甲级", "乙级", "丙级"))]
    assert meanings(session, book(rows))["建设性质"] == ""
    few = [[*HEADS, "建设性质"], ["甲园", "长兴县", 5, "甲级"]]  # of one text it may be a slip
    assert meanings(session, book(few, name="b.xlsx"))["建设性质"] == "project.nature"


def test_a_contact_is_a_leader_where_no_heading_says_the_role(session: Session, book: Make) -> None:
    project.add(session, {"name": "甲园", "region_code": "330522", "total_invest": 10**9})
    path = book([["县领导联系服务项目安排"], ["项目名称", "姓名"], ["甲园", "章华"]])
    assert reading.read(session, path, "contact")[1].fixed == {"contact.role": "leader"}
    taken(session, path, kind="contact")
    assert [row["role"] for row in rows_of(session, "contact")] == ["leader"]


@pytest.mark.parametrize(
    ("title", "heads", "kind"),
    [
        ("", ["项目名称", "属地", "月份", "本月完成投资（万元）"], "monthly_report"),  # each row a project in a month
        ("", ["项目名称", "属地", "总投资（亿元）", "8月完成投资（万元）"], "project"),
        ("县领导联系服务重点项目安排", ["项目名称", "建设地点", "联系领导"], "contact"),
        ("重点项目安排", ["项目名称", "建设地点", "联系领导"], "project"),
        ("重点项目问题交办单", ["项目名称", "建设地点", "问题"], "issue"),
        (  # with amounts it is one of projects, whatever else the title speaks of
            "重大项目推进情况及存在问题清单",
            ["项目名称", "属地", "总投资（亿元）", "2023年计划（万元）", "存在问题"],
            "project",
        ),
    ],
)
def test_what_kind_of_list_it_is(title: str, heads: list[str], kind: str, session: Session, book: Make) -> None:
    path = book([[title], heads, ["甲园", "长兴县", "8", "9", "-"][: len(heads)]])
    assert reading.read(session, path)[1].kind == kind


def test_what_was_said_of_a_list_as_one_kind_holds_for_that_kind_alone(session: Session, book: Make) -> None:
    path = book([["项目名称", "建设地点", "联系领导", "备注"], ["甲园", "长兴县", "章华", "甲"]])
    reading.remember(session, reading.read(session, path, "project")[1])
    assert reading.read(session, path, "project")[1].remembered
    as_contact = reading.read(session, path, "contact")[1]
    assert not as_contact.remembered and "contact.person_uid" in {str(column.target) for column in as_contact.columns}


@pytest.mark.parametrize("word", ["合计", "总额", "小计"])
def test_what_only_says_that_it_is_the_whole_means_what_stands_above(word: str, session: Session, book: Make) -> None:
    rows = [
        ["项目名称", "属地", "总投资（亿元）", None, "2023年计划投资（万元）", None],
        [None, None, word, "其中：设备", word, "其中：中央预算内"],
        ["甲园", "长兴县", 5, 1, 900, 20],
    ]
    found = meanings(session, book(rows, merge=["A1:A2", "B1:B2", "C1:D1", "E1:F1"]))
    assert list(found.values())[2] == "project.total_invest"
    assert list(found.values())[4] == "annual_plan.plan_invest@2023"


def test_a_list_of_who_contacts_projects_is_none_of_projects(session: Session, book: Make) -> None:
    heads = ["序号", "项目名称", "项目属地", "联系领导", "职务", "牵头单位", "联络员", "联系电话", "备注"]
    row = [1, "甲园", "长兴县", "章华", "副县长", "县发改局", "王强", "13800000001", "双组长"]
    title = "县领导联系重大项目安排表（2023年）"
    assert reading.read(session, book([[title], heads, row]))[1].kind == "contact"


@pytest.mark.parametrize(
    ("code", "name", "expected"),
    [
        ("2303-330522-04-01-000015", "甲园", "n"),
        (None, "甲园", "n"),  # not every project has one
        ("2303-330522-04-01-000015", None, "n"),
        ("2303-330522-04-01-000015", "乙园", "r"),  # that are two
        (None, "丙园", "r"),
    ],
)
def test_a_project_is_named_by_its_code_or_its_name(
    code: str | None, name: str | None, expected: str, session: Session, book: Make
) -> None:
    facts = {"region_code": "330522", "total_invest": 10**9}
    project.add(session, {"name": "甲园", "code": "2303-330522-04-01-000015", "code_note": "试", **facts})
    project.add(session, {"name": "乙园", **facts})
    rows = [["审批事项"], ["项目代码", "项目名称", "审批事项", "审批部门"], [code, name, "环评报告表审批", "县环保局"]]
    for line in ([rows[1][1], rows[1][0]], rows[1][:2]):  # whichever stands first
        cells = [rows[2][rows[1].index(str(head))] for head in line]
        result = taken(session, book([rows[0], [*line, *rows[1][2:]], [*cells, *rows[2][2:]]]))
        assert what(result) == expected, why(result.lines[0])
        assert result.lines[0].title.startswith(name or str(code))
        expected = expected.replace("n", "s")  # the second time it is there


def test_months_in_words(session: Session, book: Make) -> None:
    heads = ["项目名称", "元月", "二月份", "十月", "十一月", "十二月完成"]
    found = meanings(session, book([["2022年月度完成投资（单位：万元）"], heads, ["甲园", 1, 2, 3, 4, 5]]))
    assert [target.rpartition("@")[2] for target in found.values()][1:] == [
        "2022-01", "2022-02", "2022-10", "2022-11", "2022-12"
    ]  # fmt: skip
