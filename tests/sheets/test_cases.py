"""Lists as they come, each of a kind that went wrong once, and what is right: taken, asked about or refused, never lost."""

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.sheets.conftest import rows_of
from tests.sheets.lists import Make, taken, told, what, why
from zjtui.errors import UsageError
from zjtui.sheets import reading
from zjtui.usecases import importing
from zjtui.usecases.session import Session, open_session

CASES = Path(__file__).parent / "cases"
YI = 100_000_000


@pytest.fixture
def session(empty_workspace: Path, tmp_path: Path) -> Iterator[Session]:
    """An open, empty register, on a day after all that the lists speak of."""
    opened = open_session(Path(shutil.copytree(empty_workspace, tmp_path / "workspace")), today=date(2026, 11, 30))
    yield opened
    opened.close()


def totals(session: Session) -> list[float]:
    """Return the totals in 亿元."""
    return [row["total_invest"] / YI for row in rows_of(session)]


def projects_of(session: Session) -> None:
    """Take in the projects that a list of problems, months or visits speaks of."""
    taken(session, CASES / "units-projects.csv")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("headings-are-dates.xlsx", [12.5, 5.8]),
        ("styled_at_last_row.xlsx", [12.5, 5.8]),
        ("chinese_commas.csv", [number + 0.5 for number in range(1, 11)]),
        ("one_bad_byte_utf8.csv", [12.5, 5.8, 23]),
        ("invisible-in-heading.xlsx", [12.5]),
        ("unit-line-rmb.xlsx", [1.25, 0.58, 2.3]),
        ("stacked_swapped.xlsx", [12.5, 5.8, 23, 3.1]),
        ("sheet_per_county.xlsx", [12.5, 2, 5.8, 23]),
        ("xlsx-named.xls", [12.5, 5.8, 23]),
        ("sub-projects.xlsx", [20, 5.8]),
        ("guarded-codes.csv", [12.5, 5.8]),
        ("platform-export.csv", [12.5, 0.58]),
        ("ditto_unit.xlsx", [12.5, 2, 3]),
        ("dates_1904.xlsx", [12.5, 5.8, 23, 3.1]),
    ],
)
def test_every_project_has_its_own_total(name: str, expected: list[float], session: Session) -> None:
    taken(session, CASES / name)
    assert totals(session) == expected


def test_a_unit_in_the_format_of_a_cell_is_believed_or_asked_about(session: Session) -> None:
    """WPS shows yuan as 万元; where the format and the heading contradict each other, the row asks."""
    result = taken(session, CASES / "unit-in-number-format.xlsx")
    assert totals(session) == [12.5, 5.8]
    assert "1250000000元" in told(result.lines[0])
    assert "divided by 10,000,000" in why(result.lines[2])
    _book, plan = reading.read(session, CASES / "unit-in-number-format.xlsx")
    for column in plan.columns:
        if column.target and column.target.field.endswith("invest"):
            plan.say(column.target, "2300000000", "23亿元")
            plan.say(column.target, "600000000", "6亿元")
    job = reading.job(session, plan)
    importing.run(session, job, importing.preview(session, job))
    assert totals(session) == [12.5, 5.8, 23]


def test_days_of_a_workbook_that_counts_from_1904(session: Session) -> None:
    taken(session, CASES / "dates_1904.xlsx")
    days = {(row["plan_start"], row["plan_end"], row["real_start"]) for row in rows_of(session)}
    assert days == {("2023-06-01", "2025-12-31", "2023-06-13")}


@pytest.mark.parametrize("name", ["headings-are-dates.xlsx", "headings-are-dates-few.xlsx"])
def test_months_that_became_dates_are_months(name: str, session: Session) -> None:
    taken(session, CASES / name)
    months = {row["month"]: row["invest_month"] / 10_000 for row in rows_of(session, "monthly_report")[:2]}
    assert months == {"2023-01": 1200, "2023-02": 1500}


def test_hidden_rows_are_told_and_left_out_when_asked(session: Session) -> None:
    _book, plan = reading.read(session, CASES / "hidden-rows.xlsx")
    assert "2 rows are hidden" in str(plan.told[0])
    plan.left_out = ("hidden",)
    result = importing.preview(session, reading.job(session, plan))
    assert what(result) == "nxnx"
    assert "Hidden in the file" in told(result.lines[1])


def test_struck_rows_and_cells_are_told_and_left_out_when_asked(session: Session, tmp_path: Path) -> None:
    import openpyxl
    from openpyxl.styles import Font

    made = openpyxl.Workbook()
    for row in (
        ["项目名称", "所在地", "总投资（亿元）", "备注"],
        ["甲园", "长兴县", 3, "旧"],
        ["乙园", "长兴县", 4, "新"],
    ):
        made.active.append(row)
    for place in ("A2", "B2", "C2", "D2", "D3"):
        made.active[place].font = Font(strike=True)
    made.save(tmp_path / "list.xlsx")
    _book, plan = reading.read(session, tmp_path / "list.xlsx")
    assert "5 cells are struck out" in str(plan.told[0])
    assert "备注" in told(importing.preview(session, reading.job(session, plan)).lines[1])
    plan.left_out = ("struck",)
    job = reading.job(session, plan)
    result = importing.run(session, job, importing.preview(session, job))[1]
    assert what(result) == "xn"
    assert [(row["name"], row["remark"]) for row in rows_of(session)] == [("乙园", None)]


@pytest.mark.parametrize("name", ["error-cells-prefixed.xlsx", "error-cells.ods"])
def test_an_error_is_refused_with_its_place_in_every_dialect(name: str, session: Session) -> None:
    result = taken(session, CASES / name)
    assert set(what(result)) == {"r"}
    assert rows_of(session) == []
    told_of = " ".join(why(line) for line in result.lines)
    assert "#N/A" in told_of
    assert "missing" not in told_of


def test_a_code_loses_its_guard_and_keeps_its_digits(session: Session, tmp_path: Path) -> None:
    taken(session, CASES / "guarded-codes.csv")
    assert [row["code"] for row in rows_of(session)] == ["2209-330825-04-01-693679", "2022-330825-04-01-693679"]
    path = tmp_path / "list.csv"
    path.write_text(
        "项目代码,项目名称,所在地,总投资（亿元）\n'2211-330326-04-01-100024,甲园,平阳县,1\n"
        "\t2209-330825-04-01-693679\x1f,乙园,龙游县,1\n2.20933E+19,丙园,龙游县,1\n"
    )
    assert what(taken(session, path)) == "ncr"  # the second is there by another name; of the third digits were lost


def test_an_amount_over_merged_cells_counts_once(session: Session) -> None:
    result = taken(session, CASES / "one-total-over-three.xlsx")
    assert what(result) == "rrrn"
    assert "stands once for the rows 2 to 4" in why(result.lines[0])
    for answer, expected in (("first", 18.3), ("none", 18.3)):
        _book, plan = reading.read(session, CASES / "one-total-over-three.xlsx")
        plan.shared = answer
        job = reading.job(session, plan)
        importing.run(session, job, importing.preview(session, job))
        assert sum(row["total_invest"] or 0 for row in rows_of(session)) == expected * YI


def test_a_problem_below_its_project_is_the_project_s(session: Session) -> None:
    projects_of(session)
    result = taken(session, CASES / "blank-below.xlsx")
    names = {row["uid"]: row["name"] for row in rows_of(session)}
    assert [names[row["project_uid"]][:2] for row in rows_of(session, "issue")] == ["长兴", "长兴", "安吉"]
    assert "taken from above" in told(result.lines[1])


def test_parts_of_an_item_are_told_and_not_taken(session: Session) -> None:
    result = taken(session, CASES / "sub-projects.xlsx")
    assert what(result) == "nxxnxx"
    assert {told(line) for line in result.of("skipped")} == {"Part of the item above"}


def test_moments_are_days_in_china(session: Session) -> None:
    taken(session, CASES / "timestamps-projects.csv")
    taken(session, CASES / "timestamps.csv")
    assert {(row["found_on"], row["due_on"]) for row in rows_of(session, "issue")} == {("2023-10-01", "2023-10-31")}


def test_the_export_of_the_platform_is_known(session: Session) -> None:
    taken(session, CASES / "platform-export.csv")
    found = [(row["code"][:4], row["region_code"], row["plan_start"], row["plan_end"]) for row in rows_of(session)]
    assert found == [("2209", "330825", "2023-03-01", "2025-12-31"), ("2211", "330326", "2023-06-01", "2024-06-30")]
    assert sorted(row["plan_invest"] / YI for row in rows_of(session, "annual_plan")) == [0.2, 3]
    assert all(row["owner_org"] for row in rows_of(session))


def test_thousands_are_known_and_dollars_refused(session: Session) -> None:
    projects_of(session)
    taken(session, CASES / "months-in-thousands.xlsx")
    assert [row["invest_month"] / 10_000 for row in rows_of(session, "monthly_report")] == [1200, 800]
    result = taken(session, CASES / "plan-in-dollars.xlsx")
    assert what(result) == "rr"
    assert "万美元" in why(result.lines[0])
    assert rows_of(session, "annual_plan") == []


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("总投资/万元", "万元"), ("总投资 万元", "万元"), ("总投资\n（人民币千元）", "千元"), ("总投资(亿元)", "亿元"),
        ("总投资：百万元", "百万元"), ("总投资（RMB 万元）", "万元"), ("总投资（万美元）", "万美元"), ("总投资(USD)", "usd"),
        ("总投资（万欧元）", "万欧元"), ("总投资（含税）", ""), ("总投资", ""),
    ],
)  # fmt: skip
def test_a_unit_is_known_however_it_is_written(heading: str, unit: str, session: Session, book: Make) -> None:
    path = book([["项目名称", "所在地", heading], ["甲园", "长兴县", 12000]])
    _book, plan = reading.read(session, path)
    assert str(plan.columns[2].target) == "project.total_invest"
    assert plan.columns[2].heading.unit == unit


def test_problems_without_a_column_of_titles(session: Session) -> None:
    projects_of(session)
    taken(session, CASES / "issues-detail-only.xlsx")
    found = [(row["title_text"][:5], row["detail"][:5]) for row in rows_of(session, "issue")]
    assert found == [("35千伏线", "35千伏线"), ("林地指标缺", "林地指标缺")]


def test_a_broken_letter_is_told_at_its_row(session: Session) -> None:
    result = taken(session, CASES / "one_bad_byte_utf8.csv")
    assert rows_of(session)[1]["remark"] == "被截断的备�"
    assert "could not be read" in told(result.lines[1])


def test_letters_that_nobody_sees_are_told_where_a_name_changes(session: Session, book: Make) -> None:
    path = book([["项目\u200b名称", "\ufeff所在地", "总投资\u00a0（亿元）"], ["甲\u200e园\u200b", "长兴县", 3]])
    result = taken(session, path)
    assert rows_of(session)[0]["name"] == "甲园"
    assert "nobody sees" in told(result.lines[0])


def test_a_percent_in_the_heading_is_believed(session: Session, tmp_path: Path) -> None:
    """0.8 below “（%）” is 0.8 %; a third place is rounded and told; a cell that is shown as 80% is 80 %."""
    import openpyxl

    projects_of(session)
    result = taken(session, CASES / "percent-heading.xlsx")
    assert [row["progress_pct"] for row in rows_of(session, "monthly_report")] == [1, 0.8, 0.5]
    assert not any(line.notices for line in result.lines)
    made = openpyxl.Workbook()
    for row in (
        ["2023年7月重点项目月报"],
        ["项目名称", "当月完成投资（万元）", "完成比例（%）"],
        ["长兴蓄电池智造项目", 5, 0.8],
        ["安吉竹材精深加工项目", 5, 33.335],
    ):
        made.active.append(row)
    made.active["C3"].number_format = "0%"
    made.save(tmp_path / "list.xlsx")
    result = taken(session, tmp_path / "list.xlsx")
    assert [row["progress_pct"] for row in rows_of(session, "monthly_report")][3:] == [80, 33.34]
    assert "“33.335” is taken as 33.34" in told(result.lines[1])


def test_the_reason_of_a_unit_s_name_stands_at_the_row(session: Session) -> None:
    result = taken(session, CASES / "consortium.xlsx")
    assert "at most 100 characters" in why(result.lines[0])


def test_a_list_without_a_known_heading_is_read_as_a_person_says_and_remembered(session: Session) -> None:
    path = CASES / "unknown-headings.xlsx"
    with pytest.raises(UsageError, match="No list was found"):
        reading.read(session, path)
    _book, plan = reading.read(session, path, header=1)
    from zjtui.sheets.columns import Target

    for place, name in ((1, "name"), (2, "region_code"), (3, "total_invest")):
        plan.change(place, Target("project", name))
    job = reading.job(session, plan)
    importing.run(session, job, importing.preview(session, job))
    reading.remember(session, plan)
    assert totals(session) == [12.5, 12.5] or [row["name"] for row in rows_of(session)] == ["环城路", "水厂"]
    _book, again = reading.read(session, path)
    assert [str(column.target or "") for column in again.columns][1:] == [
        "project.name", "project.region_code", "project.total_invest"
    ]  # fmt: skip


def test_every_sheet_is_read_or_named(session: Session, tmp_path: Path) -> None:
    taken(session, CASES / "sheet_per_county.xlsx")
    assert [row["region_code"] for row in rows_of(session)] == ["330522", "330522", "330523", "330521"]
    import openpyxl

    made = openpyxl.load_workbook(CASES / "sheet_per_county.xlsx")
    other = made.create_sheet("说明")
    other.append(["填报口径"])
    made.create_sheet("旧表").append(["x"])
    made["旧表"].sheet_state = "hidden"
    made.save(tmp_path / "list.xlsx")
    _book, plan = reading.read(session, tmp_path / "list.xlsx")
    said = " ".join(str(notice) for notice in plan.told)
    assert "not read: 说明" in said
    assert "旧表" in said
    result = importing.preview(session, reading.job(session, plan))
    assert [line.place for line in result.lines][2:] == ["安吉县 3", "德清县 3"]


def test_a_second_table_is_read_by_its_own_headings(session: Session) -> None:
    taken(session, CASES / "stacked_swapped.xlsx")
    plans = {row["project_uid"]: row["plan_invest"] / YI for row in rows_of(session, "annual_plan")}
    found = {row["name"][:2]: (row["total_invest"] / YI, plans[row["uid"]]) for row in rows_of(session)}
    assert found["德清"] == (23, 2)


def test_of_a_heading_that_stands_twice_each_is_remembered(session: Session) -> None:
    for month in ("06", "07"):
        path = CASES / f"same_heading_twice_{month}.xlsx"
        _book, plan = reading.read(session, path)
        job = reading.job(session, plan)
        importing.run(session, job, importing.preview(session, job))
        reading.remember(session, plan)
        assert [row["remark"] for row in rows_of(session)] == [f"第一条备注{month}"]


def test_ditto_is_the_row_above(session: Session) -> None:
    taken(session, CASES / "ditto_unit.xlsx")
    assert {row["name"] for row in rows_of(session, "org")} == {"长兴县经信局", "浙江某公司"}


def test_brackets_are_part_of_a_heading(session: Session) -> None:
    taken(session, CASES / "start_actual.xlsx")
    row = rows_of(session)[0]
    found = [row[name] for name in ("plan_start", "real_start", "plan_end", "real_end")]
    assert found == ["2023-03-01", "2023-06-15", "2025-12-31", "2026-02-01"]


def test_report_and_form_are_two_things(session: Session) -> None:
    projects_of(session)
    result = taken(session, CASES / "eia_services.xlsx")
    assert [row["kind"] for row in rows_of(session, "service")] == ["eia_form", "eia_report", "eia_reg", "water_soil"]
    assert "书（表）" in why(result.lines[2])


def test_a_log_of_visits_is_visits_with_their_people_and_problems(session: Session) -> None:
    projects_of(session)
    result = taken(session, CASES / "visits.xlsx")
    assert what(result) == "nnn"
    names = {row["uid"]: row["name"] for row in rows_of(session, "person")}
    visits = rows_of(session, "follow_up")
    assert [(row["visit_date"], [names[uid] for uid in json.loads(row["people"])]) for row in visits] == [
        ("2023-06-12", ["甲某", "乙某"]), ("2023-06-20", ["甲某"]), ("2023-06-21", ["丙某"])
    ]  # fmt: skip
    (issue,) = rows_of(session, "issue")
    assert (issue["title_text"], issue["found_on"]) == ("35千伏线路迁改未完成", "2023-06-12")
    assert issue["follow_up_uid"] == visits[0]["uid"]
    assert what(taken(session, CASES / "visits.xlsx")) == "sss"


def test_needs_and_policies_come_in_as_well(session: Session, book: Make) -> None:
    projects_of(session)
    rows = [
        ["要素保障需求清单"], ["项目名称", "要素类别", "需求量", "已保障", "需求时间"],
        ["长兴蓄电池智造项目", "用地", 120, 80, "2027-03"], ["安吉竹材精深加工项目", "用能", 3000, 0, ""],
    ]  # fmt: skip
    assert what(taken(session, book(rows))) == "nn"
    assert [(row["element"], row["need"], row["secured"]) for row in rows_of(session, "element_need")] == [
        ("land_new", 120, 80), ("energy", 3000, 0)
    ]  # fmt: skip
    rows = [["惠企政策清单"], ["政策名称", "文号", "年度", "政策包", "主要内容"],
            ["设备更新贷款贴息", "浙发改〔2026〕1号", 2026, "“8+4”政策", "贴息1个百分点"]]  # fmt: skip
    assert what(taken(session, book(rows))) == "n"
    assert rows_of(session, "policy")[0]["year"] == 2026


@pytest.mark.parametrize("name", ["form-plain.xlsx", "form-prefixed.xlsx"])
def test_a_form_of_another_writer_has_the_same_cells(name: str, session: Session, tmp_path: Path) -> None:
    from fractions import Fraction

    from zjtui.sheets import form_guess, form_write
    from zjtui.sheets.form_file import open_form

    form = open_form(CASES / name)
    cells = form_guess.propose(form, session.reader(), 2026).cells
    assert len(cells) == 82
    first = next(cell for cell in cells if cell.query != "period")
    path = tmp_path / "filled.xlsx"
    path.write_bytes(form_write.filled(CASES / name, {first.place: Fraction(7, 2)}))
    assert 3.5 in open_form(path).sheets[0].values.values()


@pytest.mark.parametrize("name", ["full_width_braces.docx", "body_in_table.docx"])
def test_a_template_as_other_programs_leave_it_is_filled(name: str) -> None:
    import io

    from docx import Document

    from zjtui.reports.page import Page, Paragraph
    from zjtui.sheets import template

    page = Page(title="周报一", scope="全省", parts=[Paragraph("话甲")], footer="脚")
    made = Document(io.BytesIO(template.filled(page, CASES / name)))
    texts = [item.text for item in made.paragraphs] + [c.text for t in made.tables for r in t.rows for c in r.cells]
    assert {"周报一", "话甲"} <= {text.strip() for text in texts}


@pytest.mark.parametrize("amounts", [("25000", "1"), ("1.2", "30000")])
def test_an_amount_that_cannot_be_is_asked_about(amounts: tuple[Any, Any], session: Session, tmp_path: Path) -> None:
    """A project of 25,000 亿元, a plan above the total: refused until somebody says that it is right."""
    path = tmp_path / "list.csv"
    path.write_text("项目名称,所在地,总投资（亿元）,2023年计划投资（万元）\n甲园,长兴县," + ",".join(amounts), "utf-8")
    assert what(taken(session, path)) == "r"
    _book, plan = reading.read(session, path)
    job = reading.job(session, plan, all_sure=True)
    importing.run(session, job, importing.preview(session, job))
    assert len(rows_of(session)) == 1
