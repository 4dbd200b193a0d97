"""Whole lists as city and county offices send them round, everything mixed: what each row is, and what is stored of it."""

from datetime import datetime
from typing import Any

import pytest

from tests.sheets.conftest import rows_of
from tests.sheets.lists import Make, meanings, taken, told, what, why
from zjtui.sheets import reading
from zjtui.usecases import importing, project
from zjtui.usecases.session import Session

PLAN = [
    ["附件1"], ["长兴县2023年重点建设项目计划表"], ["填报单位：长兴县发改局", *[None] * 6, "单位：万元"],
    ["序号", "项目名称", "建设\n地点", "建设起止年限", "计划开工时间", "总投资（亿元）", "2023年计划", None, "1-8月完成投资", "联系领导"],
    [None, None, None, None, None, None, "投资", "形象进度", None, None],
    ["合计（共4个）", None, None, None, None, 48.5, 93000],
    ["一", "先进制造业基地（2个）", None, None, None, 35.5, 80000],
    [1, "储能电池项目", "雉城街道", "2022-2024", None, 25.5, 50000, "主体结顶", 32000, "张三"],
    [2, "机器人技改项目", "安吉县天荒坪镇", "2023-2025", "2023年二季度", "约10", "３００００", "开工", 0, "李四 王五"],
    ["二", "交通强省（1个）", None, None, None, 13, 13000],
    [3, "国道改建工程", "长兴、德清", "2021—2024", None, 13, 13000, "路面", 9000, None],
    ["三", "水网提升安澜领域"],
    [4, "入湖河道整治", "长兴县", "长期", "已开工", 3, None, None, None, None],
    ["填表人：李敏　审核人：周国良"],
]  # fmt: skip
PLAN_MERGED = ["A2:J2", "G4:H4", *(f"{letter}4:{letter}5" for letter in "ABCDEFIJ")]


def test_a_plan_of_a_county(session: Session, book: Make) -> None:
    result = taken(session, book(PLAN, PLAN_MERGED), "spread")
    assert what(result) == "xxnnxnxnx", [str(fault) for line in result.lines for fault in line.faults]
    found = {row["name"]: row for row in rows_of(session)}
    assert {name: (row["region_code"], row["field9"], row["plan_start"], row["plan_end"]) for name, row in found.items()} == {
        "储能电池项目": ("330522", "F1", "2022", "2024"),  # a street: the county of the title
        "机器人技改项目": ("330523", "F1", "2023-06", "2025"),  # the month is closer than the years
        "国道改建工程": ("330500", "F3", "2021", "2024"),  # in two counties: their city
        "入湖河道整治": ("330522", "F5", None, None),
    }  # fmt: skip
    assert found["国道改建工程"]["cross_region"] == '["330522","330521"]'
    assert found["机器人技改项目"]["total_invest"] == 1_000_000_000
    plans = {row["project_uid"]: row for row in rows_of(session, "annual_plan")}
    plan = plans[found["储能电池项目"]["uid"]]
    assert (plan["plan_invest"], plan["plan_progress_text"], plan["year_class"]) == (
        500_000_000,
        "主体结顶",
        "continuing",
    )
    new = plans[found["机器人技改项目"]["uid"]]
    assert (new["plan_invest"], new["year_class"], new["plan_start_month"]) == (300_000_000, "new_start", "2023-06")
    months = {row["project_uid"]: row for row in rows_of(session, "monthly_report")}
    month = months[found["储能电池项目"]["uid"]]
    assert (month["month"], month["reported_ytd"], month["invest_month"]) == ("2023-08", 320_000_000, 40_000_000)
    assert "“约10” is taken as 10" in told(result.lines[3])
    assert "“雉城街道” names no region: 长兴县 is taken" in told(result.lines[2])
    assert taken(session, book(PLAN, PLAN_MERGED)).counts["same"] == 4


def test_what_is_not_taken_says_in_which_list_it_would_be(session: Session, book: Make) -> None:
    _book, plan = reading.read(
        session, book([["项目名称", "属地", "总投资（亿元）", "容缺事项"], ["甲园", "长兴县", 5, "能评"]])
    )
    (column,) = [column for column in plan.columns if column.target is None]
    assert plan.untaken(column) == "(not taken; for the list of: Green-channel services)"


def test_the_sum_of_the_year_counts_less_the_months_before_it(session: Session, book: Make) -> None:
    heads = ["项目名称", "属地", "总投资（亿元）", "2023年计划投资（万元）"]
    months = [f"{number}月完成投资（万元）" for number in range(1, 8)]
    taken(session, book([[*heads, *months], ["甲园", "长兴县", 5, 9000, 0, 0, 0, 0, 0, 0, 1000]]))
    result = taken(
        session, book([[*heads, "1-8月累计完成投资（万元）"], ["甲园", "长兴县", 5, 9000, 1500]], name="b.xlsx")
    )
    amounts = {row["month"]: row["invest_month"] for row in rows_of(session, "monthly_report")}
    assert amounts == {f"2023-{number:02}": 0 for number in range(1, 7)} | {
        "2023-07": 10_000_000, "2023-08": 5_000_000
    }  # fmt: skip
    assert "less 7 months before it makes 5 m yuan" in told(result.lines[0])


@pytest.mark.parametrize(
    ("heading", "title", "expected"),
    [
        ("2022年完成投资", "2023年8月完成情况", ""),  # of another year: no month's amount
        ("完成投资", "2023年8月完成情况", ""),  # a month's, the year's or all there is
        ("2023年完成投资", "2023年8月完成情况", "monthly_report.reported_ytd@2023-08"),
        ("8月份完成投资", "2023年重点项目进展", "monthly_report.invest_month@2023-08"),
        ("截至8月底累计完成投资", "2023年重点项目进展", "monthly_report.reported_ytd@2023-08"),
        ("截至2022年底累计完成投资", "2023年重点项目", "annual_plan.opening_total@2023"),
        ("2023年主要建设内容", "2023年重点项目", "annual_plan.plan_progress_text@2023"),
        ("形象进度（%）", "2023年8月重点项目", "monthly_report.progress_pct@2023-08"),
        ("年度计划投资", "2024年度重点项目计划", "annual_plan.plan_invest@2024"),
        ("2023年投资计划②", "重点项目", "annual_plan.plan_invest@2023"),
        ("项目赋码", "重点项目", "project.code"),
        ("是否新开工", "重点项目", "annual_plan.year_class@2023"),
    ],
)
def test_what_a_heading_means(heading: str, title: str, expected: str, session: Session, book: Make) -> None:
    rows = [["附件"], [title], ["项目名称", "所在地", "总投资（亿元）", heading], ["甲园", "长兴县", 5, None]]
    assert meanings(session, book(rows))[heading] == expected


def test_months_under_a_plan_are_no_amounts_that_were_done(session: Session, book: Make) -> None:
    rows = [
        ["平湖市2023年分月计划"], ["项目名称", "属地", "总投资（亿元）", "2023年计划投资（万元）", None, None, "8月份进展（万元）", None],
        [None, None, None, "1月", "2月", "全年", "完成投资", "形象进度"], ["甲园", "平湖市", 5, 1500, 1500, 30000, 800, "桩基"],
    ]  # fmt: skip
    path = book(rows, ["D2:F2", "G2:H2", "A2:A3", "B2:B3", "C2:C3"])
    taken(session, path)
    (plan,) = rows_of(session, "annual_plan")
    assert plan["plan_invest"] == 300_000_000
    assert [row["invest_month"] for row in rows_of(session, "monthly_report")] in ([], [8_000_000])


@pytest.mark.parametrize(
    ("line", "plan", "unsure"),
    [
        ("单位：亿元、万元", 60000, True),  # two units: which one?
        ("单位：亿元", 20000, True),  # 2,000 bn a year for one project
        ("", 6.5, True),  # 65,000 yuan a year
        ("单位：个、亿元、%", 6.5, False),
        ("", 60000, False),
    ],
)
def test_an_amount_that_cannot_be_meant_so_is_asked_about(
    line: str, plan: float, unsure: bool, session: Session, book: Make
) -> None:
    rows = [
        ["桐乡市2023年项目"],
        [line],
        ["项目名称", "属地", "总投资（亿元）", "2023年计划投资"],
        ["甲园", "桐乡市", 50, plan],
    ]
    _book, read = reading.read(session, book(rows))
    assert [column.unsure for column in read.columns] == [False, False, False, unsure]


def test_a_plan_above_the_total_is_asked_about_and_told(session: Session, book: Make) -> None:
    rows = [
        ["项目名称", "属地", "总投资（亿元）", "2023年计划投资"],
        ["甲园", "桐乡市", 3, 60000],
        ["乙园", "桐乡市", 2, 50000],
    ]
    _book, read = reading.read(session, book(rows))
    assert read.columns[3].unsure
    result = taken(session, book(rows))
    assert "above the total" in why(result.lines[0])


def test_a_column_of_kinds_that_holds_classes_of_the_year_is_one(session: Session, book: Make) -> None:
    heads = ["项目名称", "属地", "总投资（亿元）", "2023年计划投资（万元）", "建设性质"]
    rows = [
        heads,
        ["甲园", "长兴县", 5, 900, "新建"],
        ["乙园", "长兴县", 5, 900, "续建"],
        ["丙园", "长兴县", 5, 900, "预备"],
    ]
    taken(session, book(rows))
    assert [row["year_class"] for row in rows_of(session, "annual_plan")] == ["new_start", "continuing", "preparatory"]
    assert {row["nature"] for row in rows_of(session)} == {None}


@pytest.mark.parametrize("heading", ["建设性质", "建设类型"])
def test_kinds_and_classes_mixed_in_one_column(heading: str, session: Session, book: Make) -> None:
    heads = ["项目名称", "属地", "总投资（亿元）", "2023年计划投资（万元）", heading]
    words = ["新建", "技改", "改扩建", "迁建", "改建", "续建"]
    taken(session, book([heads, *([f"{word}园", "长兴县", 5, 900, word] for word in words)]))
    assert [row["nature"] for row in rows_of(session)] == ["new", "renovate", "expand", "relocate", "rebuild", None]
    assert rows_of(session, "annual_plan")[-1]["year_class"] == "continuing"


def test_counties_with_sums_are_headings_and_each_ends_the_one_before(session: Session, book: Make) -> None:
    rows = [
        ["序号", "项目名称", "总投资（亿元）", "2023年计划（万元）"], ["秀洲区（1个）"], [1, "甲园", 3, 100],
        [None, "嘉善县（2个）", 41.66, 5.5], [2, "乙园", 3, 100], ["海宁市1个", None, 3, 1], [3, "丙园", 3, 100],
        ["桐乡市 小计", None, 12, 1],
    ]  # fmt: skip
    result = taken(session, book(rows))
    assert what(result) == "xnxnxnx"
    assert [row["region_code"] for row in rows_of(session)] == ["330411", "330421", "330481"]


@pytest.mark.parametrize(
    "name", ["1.2万吨特种复合材料项目", "3.5GWh钠离子电池项目", "未来社区（3）", "*城北未来社区（二期）", "综合体项目"]
)
def test_a_numbered_line_is_a_project_whatever_it_is_called(name: str, session: Session, book: Make) -> None:
    rows = [["序号", "项目名称", "属地", "总投资（亿元）"], [1, name, "长兴县", 5]]
    assert what(taken(session, book(rows))) == "n"
    assert rows_of(session)[0]["name"] == name


@pytest.mark.parametrize(
    "line",
    [["①先进制造业"], ["Ⅰ 产业项目"], ["A类：基础设施"], ["城镇有机更新"], ["社会民生类项目"], ["其中：省重点项目2个", None, None, 17],
     ["本页小计", None, None, 43], ["以上项目由市发改局负责解释"], ["2023年3月15日"], ["请各责任单位每周五报送。"]],
)  # fmt: skip
def test_lines_that_are_no_projects(line: list[Any], session: Session, book: Make) -> None:
    result = taken(
        session, book([["项目名称", "属地", "总投资（亿元）", "2023年计划（万元）"], line, ["甲园", "长兴县", 5, 9]])
    )
    assert what(result) == "xn", [str(fault) for line in result.lines for fault in line.faults]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("莲都区、青田县、龙泉市", "331100"), ("湖州、嘉兴", "330000"), ("安吉县天荒坪镇", "330523"), ("普陀区（朱家尖）", "330903"),
     ("江干区", "330102"), ("湖州市本级", None), ("南太湖新区", None), ("省级", "330000")],
)  # fmt: skip
def test_where_a_project_is(text: str, expected: str | None, session: Session, book: Make) -> None:
    taken(session, book([["项目名称", "属地", "总投资（亿元）"], ["甲园", text, 5]]))
    assert [row["region_code"] for row in rows_of(session)] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2023一季度", "2023-03"), ("2023.Q4", "2023-12"), ("2023年3月中旬", "2023-03"), ("9月下旬", "2023-09"), ("2023.12前", "2023-12"),
     ("2023年9月1日开工", "2023-09-01"), ("2024—", "2024"), ("长期", None), ("“十四五”期间", None), ("已开工", None)],
)  # fmt: skip
def test_a_planned_day_as_offices_write_it(text: str, expected: str | None, session: Session, book: Make) -> None:
    rows = [["项目名称", "属地", "总投资（亿元）", "计划开工时间"], ["甲园", "长兴县", 5, text]]
    result = taken(session, book([["2023年项目"], *rows]))
    assert rows_of(session)[0]["plan_start"] == expected
    assert expected or "is left out" in told(result.lines[0])


def test_how_long_it_takes_is_no_start(session: Session, book: Make) -> None:
    rows = [
        ["项目名称", "属地", "总投资（亿元）", "建设周期"],
        ["甲园", "长兴县", 5, "24"],
        ["乙园", "长兴县", 5, "36个月"],
    ]
    assert meanings(session, book(rows))["建设周期"] == ""


@pytest.fixture
def known(session: Session) -> Session:
    """A register with two projects."""
    for name in ("杭州西站枢纽", "长兴储能项目"):
        project.add(session, {"name": name, "region_code": "330522", "total_invest": 10**9})
    return session


def test_a_list_of_leaders_is_one_contact_a_person(known: Session, book: Make) -> None:
    rows = [
        ["县领导联系服务重点项目一览表"], ["序号", "联系领导", "职务", "联系项目", "联络员", "联系周期"],
        [1, "周卫兵（县委书记）", "县委书记", "杭州西站枢纽", "朱 卫", "每月1次"], [2, "章华、王晓东", "县长", "长兴储能项目", "李敏 13857212345", "每季度"],
    ]  # fmt: skip
    result = taken(known, book(rows))
    assert result.counts["new"] == 5, [str(fault) for line in result.lines for fault in line.faults]
    people = {row["uid"]: row["name"] for row in rows_of(known, "person")}
    found = [(people[row["person_uid"]], row["role"], row["cycle_days"]) for row in rows_of(known, "contact")]
    assert found == [
        ("周卫兵", "leader", 30),
        ("朱卫", "liaison", 30),
        ("章华", "leader", 90),
        ("王晓东", "leader", 90),
        ("李敏", "liaison", 90),
    ]
    assert set(result.created) == set(people.values())  # told before anything is kept
    assert taken(known, book(rows)).counts["same"] == 5


def test_a_list_of_problems_that_are_over(known: Session, book: Make) -> None:
    long = "项目涉及林地约126亩，其中公益林38亩，因国家级公益林占补平衡指标尚未落实。" * 4
    rows = [
        ["2023年上半年问题清单"], ["项目名称", "存在问题", "提出日期", "完成期限", "责任单位", "责任人", "销号情况"],
        ["杭州西站枢纽", "高压线迁改滞后", "2023/3/1", "2023年4月底前", "县供电公司", "马骏", "已销号"],
        ["长兴储能项目", long, datetime(2023, 6, 1), "立行立改", "县自规局", "丁伟", "推进中"], ["长兴储能项目", "无"],
    ]  # fmt: skip
    result = taken(known, book(rows))
    assert what(result) == "nnx", [str(fault) for line in result.lines for fault in line.faults]
    first, second = rows_of(known, "issue")
    assert (first["state"], first["found_on"], first["assigned_on"], first["due_on"]) == (
        "doing",
        "2023-03-01",
        None,
        "2023-04-30",
    )
    assert "Solved on" in told(result.lines[0]) and result.lines[0].undated == "issue.solved_on"  # no day is invented
    assert (second["state"], second["limit_kind"], second["detail"]) == ("doing", "asap", long)
    assert len(second["title_text"]) <= 100
    assert first["kind"] == "other"


def test_services_with_days_in_words(known: Session, book: Make) -> None:
    rows = [
        ["审批绿色通道事项台账"], ["项目名称", "需办理事项", "审批单位", "收件日期", "受理日期", "承诺期限", "办理状态"],
        ["杭州西站枢纽", "建筑工程施工许可证核发", "县住建局", "2023.9.1", "2023-9-4", "7个工作日", "审批中"],
        ["长兴储能项目", "能评", "县发改局", "2023年9月1日", "2023.9.4", "即办", "已受理"],
    ]  # fmt: skip
    result = taken(known, book(rows))
    assert result.counts["new"] == 2, [str(fault) for line in result.lines for fault in line.faults]
    found = [(row["kind"], row["promise_days"], row["state"]) for row in rows_of(known, "service")]
    assert found == [("permit", 7, "reviewing"), ("energy", 0, "accepted")]


def test_a_monthly_list_is_of_the_month_in_its_title(known: Session, book: Make) -> None:
    rows = [
        ["2023年8月重点项目投资完成情况月报表"], ["单位：万元"], ["序号", "项目名称", "本月完成投资", "本年累计完成投资", "形象进度"],
        [1, "杭州西站枢纽", 860, 4150, "路基52%"],
    ]  # fmt: skip
    assert taken(known, book(rows)).counts["new"] == 1
    (row,) = rows_of(known, "monthly_report")
    assert (row["month"], row["invest_month"], row["reported_ytd"]) == ("2023-08", 8_600_000, 41_500_000)


def test_the_next_month_of_the_same_shape_is_of_its_own_month(session: Session, book: Make) -> None:
    heads = ["项目名称", "属地", "总投资（亿元）", "本月完成投资（万元）"]
    for month, amount in ((7, 100), (8, 200)):
        path = book([[f"2023年{month}月进度"], heads, ["甲园", "长兴县", 5, amount]], name=f"{month}.xlsx")
        _book, plan = reading.read(session, path)
        job = reading.job(session, plan)
        importing.run(session, job, importing.preview(session, job))
        reading.remember(session, plan)
    assert {row["month"]: row["invest_month"] for row in rows_of(session, "monthly_report")} == {
        "2023-07": 1_000_000, "2023-08": 2_000_000
    }  # fmt: skip


def test_the_number_in_another_list_is_left_as_it_is(session: Session, book: Make) -> None:
    heads = ["序号", "项目名称", "属地", "总投资（亿元）"]
    taken(session, book([heads, [7, "甲园", "长兴县", 5]]))
    assert taken(session, book([heads, [1, "甲园", "长兴县", 5]])).counts["same"] == 1
    assert rows_of(session)[0]["serial"] == "7"


@pytest.mark.parametrize(
    "name",
    [
        "318国道长兴段改建工程二期",
        "长兴县G318国道长兴段改建工程(二期)",
        "★G318国道长兴段改建（二期）",
        "G318国道长兴段改建工程（二期）（长兴段）",
    ],
)
def test_the_same_project_under_nearly_the_same_name_is_asked_about(name: str, session: Session, book: Make) -> None:
    heads = ["项目名称", "属地", "总投资（亿元）"]
    taken(session, book([heads, ["G318国道长兴段改建工程（二期）", "长兴县", 5]]))
    result = taken(session, book([heads, [name, "长兴县", 5]]))
    (line,) = result.lines
    assert line.what == "same" or (line.twin and line.twin.name == "G318国道长兴段改建工程（二期）")
    assert what(taken(session, book([heads, ["G318国道长兴段改建工程（三期）", "长兴县", 5]]))) == "n"


def test_three_rows_of_headings(session: Session, book: Make) -> None:
    rows = [
        ["项目名称", "属地", "投资情况（万元）", None, None], [None, None, "总投资", "2023年", None], [None, None, None, "计划", "1-8月完成"],
        ["甲园", "长兴县", 50000, 9000, 4000],
    ]  # fmt: skip
    taken(session, book(rows, ["A1:A3", "B1:B3", "C1:E1", "C2:C3", "D2:E2"]), "spread")
    assert rows_of(session)[0]["total_invest"] == 500_000_000
    assert rows_of(session, "annual_plan")[0]["plan_invest"] == 90_000_000
    assert rows_of(session, "monthly_report")[-1]["reported_ytd"] == 40_000_000


def test_a_name_that_goes_on_where_the_other_ends_is_asked_about(session: Session, book: Make) -> None:
    heads = ["项目名称", "属地", "总投资（亿元）"]
    taken(session, book([heads, ["长兴县人民医院浙北分院迁建工程", "长兴县", 5]]))
    (line,) = taken(session, book([heads, ["长兴县人民医院浙北分院", "长兴县", 5]])).lines
    assert line.twin and line.twin.name == "长兴县人民医院浙北分院迁建工程"
