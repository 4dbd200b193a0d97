"""Several kinds from one row: the project, its leaders, the plan of the year, its months and its problem, in one go."""

from dataclasses import replace

from tests.sheets.conftest import rows_of
from tests.sheets.lists import Make, taken, told, what, why
from zjtui.sheets import reading
from zjtui.usecases import importing, undo
from zjtui.usecases.session import Session

HEADS = [
    "序号", "项目名称", "属地", "总投资（亿元）", "2023年计划投资（万元）", "1月（万元）", "2月（万元）", "联系领导", "联络员", "存在问题",
    "整改期限",
]  # fmt: skip
ROWS = [
    [1, "甲园", "长兴县", 5, 900, 10, 20, "章华（副县长）", "王强", "用地指标不足，需市级统筹", "2023-10-31"],
    [2, "乙园", "德清县", 3, 600, 5, None, "李明、张伟", None, "无", None],
]


def test_everything_in_a_row_is_taken_at_once_counted_and_undone_at_once(session: Session, book: Make) -> None:
    _book, plan = reading.read(session, book([["2023年重大项目推进表"], HEADS, *ROWS]))
    assert plan.kind == "project" and all(column.target for column in plan.columns[1:])
    job = reading.job(session, plan)
    outcome, result = importing.run(session, job, importing.preview(session, job))
    assert what(result) == "nn", [why(line) for line in result.lines]
    assert result.by_kind == {
        "project": {"new": 2, "changed": 0}, "annual_plan": {"new": 2, "changed": 0},
        "monthly_report": {"new": 3, "changed": 0}, "contact": {"new": 4, "changed": 0}, "issue": {"new": 1, "changed": 0},
    }  # fmt: skip
    assert "Contacts: 4 new" in reading.kinds_told(result)
    people = {row["uid"]: row["name"] for row in rows_of(session, "person")}
    assert sorted((people[row["person_uid"]], row["role"]) for row in rows_of(session, "contact")) == [
        ("张伟", "leader"), ("李明", "leader"), ("王强", "liaison"), ("章华", "leader")
    ]  # fmt: skip
    # The first leader that a row names is the one whom the gaps ask for.
    assert {people[row["person_uid"]] for row in rows_of(session, "contact") if row["is_main"]} == {"章华", "李明"}
    (problem,) = rows_of(session, "issue")
    assert (problem["title_text"], problem["due_on"], problem["source"]) == (
        "用地指标不足，需市级统筹",
        "2023-10-31",
        "report",
    )
    assert "L-27" in told(result.lines[0]) and "L-17" in told(result.lines[0])
    again = taken(session, book([["2023年重大项目推进表"], HEADS, *ROWS], name="b.xlsx"))
    assert what(again) == "ss", [line.changes for line in again.lines]
    assert outcome
    undo.undo(session, outcome.operation)
    assert not any(rows_of(session, entity) for entity in ("project", "annual_plan", "contact", "issue"))


def test_what_was_known_of_a_project_gets_what_the_row_adds(session: Session, book: Make) -> None:
    taken(session, book([HEADS[1:4], ["甲园", "长兴县", 5]]))
    (line,) = taken(
        session, book([HEADS[1:4] + HEADS[7:8] + HEADS[9:10], ["甲园", "长兴县", 5, "章华", "缺用地"]], name="b.xlsx")
    ).lines
    assert line.what == "changed" and set(line.made) == {("contact", "new"), ("issue", "new")}
    assert {change[2] for change in line.changes} == {"章华", "缺用地"}


def test_a_plan_that_is_next_to_nothing_of_the_total_is_asked_about(session: Session, book: Make) -> None:
    """6 under a heading without a unit, beside 22亿元: 6万元 is what it says, 6亿元 what was meant."""
    rows = [
        ["项目名称", "属地", "总投资（亿元）", "2023年计划投资"],
        ["甲园", "长兴县", 22, 6],
        ["乙园", "德清县", 3, 20000],
    ]
    _book, plan = reading.read(session, book(rows))
    job = reading.job(session, plan)
    result = importing.preview(session, job)
    assert what(result) == "rn" and "L-26" in why(result.lines[0])
    assert what(importing.preview(session, replace(job, all_sure=True))) == "nn"
