"""Taking a list in: previewed, one operation, one undo; never a silent change, never a state back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import TODAY
from zjtui.errors import Cancelled, Refused
from zjtui.sheets import reading
from zjtui.usecases import importing, project, register, undo
from zjtui.usecases.importing import Job, Result
from zjtui.usecases.session import Session, open_session

HEADS = "项目名称,所在地,总投资（亿元）"


@pytest.fixture
def session(small: Path) -> Any:
    opened = open_session(small, today=TODAY)
    yield opened
    opened.close()


@pytest.fixture
def job(session: Session, tmp_path: Path) -> Callable[..., Job]:
    def make(text: str, **more: Any) -> Job:
        path = tmp_path / "list.csv"
        path.write_text(text, "utf-8")
        return reading.job(session, reading.read(session, path, more.pop("kind", ""))[1], **more)

    return make


def state(session: Session) -> list[tuple[Any, ...]]:
    found = []
    for table in ("project", "org", "person", "annual_plan", "monthly_report", "contact", "issue", "service"):
        found += [tuple(row) for row in session.reader().execute(f"SELECT * FROM {table} ORDER BY id")]
    return found


def both(session: Session, job: Job) -> Result:
    return importing.run(session, job, importing.preview(session, job))[1]


def test_a_preview_changes_nothing_and_says_each_change(session: Session, job: Callable[..., Job]) -> None:
    before = state(session)
    seen = importing.preview(session, job(f"{HEADS},业主\n杭州西站枢纽,杭州市,26,新业主\n新项目一,长兴县,3,\n"))
    assert state(session) == before
    assert seen.counts == {"new": 1, "changed": 1, "same": 0, "refused": 0, "skipped": 0}
    (line,) = seen.of("changed")
    assert line.changes == (("Total investment (100m yuan)", "25", "26"), ("Owner", "杭州交投", "新业主"))


def test_one_operation_one_undo_and_once_more_nothing(session: Session, job: Callable[..., Job]) -> None:
    before = state(session)
    text = f"{HEADS}\n杭州西站枢纽,杭州市,26\n新项目一,长兴县,3\n新项目二,长兴县,4\n"
    assert both(session, job(text)).counts["new"] == 2
    outcome, again = importing.run(session, job(text), importing.preview(session, job(text)))
    assert (outcome, again.counts["same"]) == (None, 3)
    undo.undo(session)
    assert state(session) == before


def test_rows_in_are_rows_told(session: Session, job: Callable[..., Job]) -> None:
    seen = importing.preview(
        session, job(f"{HEADS}\n合计,,9\n甲项目,长兴县,3\n乙项目,火星,4\n丙项目,长兴县,-1\n,长兴县,1\n注：完\n")
    )
    assert [line.number for line in seen.lines] == [2, 3, 4, 5, 6, 7]
    assert (seen.counts["new"], seen.counts["refused"], seen.counts["skipped"]) == (1, 3, 2)


def stage_of(session: Session, uid: str) -> str:
    return str(session.reader().execute("SELECT stage FROM project WHERE uid = ?", (uid,)).fetchone()[0])


@pytest.fixture
def ready(session: Session) -> str:
    """A project that is ready to start."""
    uid = str(session.reader().execute("SELECT uid FROM project WHERE name = '杭州西站枢纽'").fetchone()[0])
    project.edit(session, uid, {"audit_on": TODAY, "land_on": TODAY})
    project.move(session, uid, "ready", {})
    return uid


def test_a_state_is_taken_as_far_as_its_guards_allow(session: Session, job: Callable[..., Job]) -> None:
    text = f"{HEADS},阶段,批复或备案日期\n杭州西站枢纽,杭州市,25,在建,2023-3-1\n"
    (line,) = both(session, job(text)).lines
    assert "Land settled on" in str(line.notices[-1])  # the guard of the first move
    assert line.back is None


def test_a_state_goes_back_only_where_somebody_says_so(session: Session, job: Callable[..., Job], ready: str) -> None:
    text = f"{HEADS},阶段\n杭州西站枢纽,杭州市,25,前期\n"
    (line,) = both(session, job(text)).lines
    assert (line.what, line.back and line.back.target) == ("same", "preparatory")
    assert "takes no state back unless you say so" in str(line.notices[0])
    kept = importing.preview(session, job(text, backs={2: None}))
    assert (kept.lines[0].what, kept.asking) == ("same", [])
    assert stage_of(session, ready) == "ready"
    told = job(text, backs={2: {"stage_reason": "用地未落实", "confirmed_by": "李审核"}})
    (nobody,) = importing.preview(session, told).lines
    assert (nobody.what, nobody.faults[0].rule) == ("refused", "G-33")  # who confirms it is somebody who is there
    register.add(session, "person", None, {"name": "李审核"})
    (line,) = both(session, told).lines
    assert line.changes == (("Stage", "Ready", "Preparatory"),)
    assert stage_of(session, ready) == "preparatory"
    undo.undo(session)
    assert stage_of(session, ready) == "ready"


def test_a_move_back_without_what_it_asks_for_is_refused(session: Session, job: Callable[..., Job], ready: str) -> None:
    text = f"{HEADS},阶段\n杭州西站枢纽,杭州市,25,前期\n"
    (line,) = both(session, job(text, lower={"stage_reason": "用地未落实"})).lines
    assert (line.what, line.faults[0].rule) == ("refused", "P-11")
    assert stage_of(session, ready) == "ready"


def test_a_nearly_equal_name_waits_for_a_decision(session: Session, job: Callable[..., Job]) -> None:
    text = f"{HEADS}\n舟山绿色石化基地项目一,舟山市,120\n舟山市绿色石化基地工程,舟山市,130\n"
    seen = importing.preview(session, job(text))
    (waiting,) = seen.of("refused")
    assert (waiting.number, waiting.twin and waiting.twin.name) == (3, "舟山绿色石化基地")
    assert importing.preview(session, job(text, decisions={3: "same"})).of("changed")[0].number == 3
    assert importing.preview(session, job(text, decisions={3: "new"})).counts["new"] == 2
    assert importing.preview(session, job(text, twins="new")).counts["new"] == 2


def test_two_rows_about_the_same_must_agree(session: Session, job: Callable[..., Job]) -> None:
    seen = importing.preview(session, job(f"{HEADS}\n新项目一,长兴县,3\n新项目一,长兴县,3\n新项目一,长兴县,4\n"))
    assert [line.what for line in seen.lines] == ["new", "same", "refused"]
    assert seen.lines[2].faults[0].rule == "L-07"


def test_a_register_that_moved_on_is_looked_at_again(session: Session, job: Callable[..., Job]) -> None:
    asked = job(f"{HEADS}\n新项目一,长兴县,3\n")
    seen = importing.preview(session, asked)
    project.add(session, {"name": "别的", "region_code": "330100", "total_invest": 10**9})
    before = state(session)
    with pytest.raises(Refused, match="L-05"):
        importing.run(session, asked, seen)
    assert state(session) == before


def test_stopped_half_way_nothing_is_kept(session: Session, job: Callable[..., Job]) -> None:
    asked = job(HEADS + "\n" + "".join(f"新项目{number}号,长兴县,3\n" for number in range(250)))
    seen = importing.preview(session, asked)
    before, calls = state(session), iter([False, True])
    with pytest.raises(Cancelled):
        importing.run(session, asked, seen, cancelled=lambda: next(calls))
    assert state(session) == before


def test_a_preview_is_stopped_too(session: Session, job: Callable[..., Job]) -> None:
    asked = job(HEADS + "\n" + "".join(f"新项目{number}号,长兴县,3\n" for number in range(250)))
    calls, told = iter([False, False, True]), []
    with pytest.raises(Cancelled):
        importing.preview(session, asked, lambda done, _total: told.append(done), lambda: next(calls))
    assert told == [0, 100]


@pytest.mark.parametrize(
    ("kind", "text", "table", "expected"),
    [
        ("annual_plan", "项目名称,年度,年度类别,年度计划投资（万元）\n杭州西站枢纽,2023,续建,5000", "annual_plan",
         {"year": 2023, "year_class": "continuing", "plan_invest": 50_000_000}),
        ("monthly_report", "项目名称,月份,本月完成投资（万元）,形象进度\n杭州西站枢纽,2023-08,500,桩基", "monthly_report",
         {"month": "2023-08", "invest_month": 5_000_000, "progress_text": "桩基"}),
        ("contact", "项目名称,联系领导,角色\n杭州西站枢纽,王县长,联系领导", "contact",
         {"role": "leader", "mechanism": "contact"}),
        ("issue", "项目名称,存在问题,问题类型,发现日期\n杭州西站枢纽,用电未落实,水电气路讯,2023-09-01", "issue",
         {"title_text": "用电未落实", "kind": "utility", "found_on": "2023-09-01"}),
        ("service", "项目名称,审批事项,审批部门,受理时间,承诺时限\n杭州西站枢纽,施工许可,住建局,2023-09-01,5", "service",
         {"kind": "permit", "accepted_on": "2023-09-01", "promise_days": 5, "state": "accepted"}),
        ("org", "单位名称,统一社会信用代码,类别\n长兴县发改局,,政府部门", "org", {"name": "长兴县发改局"}),
    ],
)  # fmt: skip
def test_every_kind_of_list(
    kind: str, text: str, table: str, expected: dict[str, Any], session: Session, job: Callable[..., Job]
) -> None:
    result = both(session, job(text, kind=kind))
    assert result.counts["new"] == 1, [str(fault) for line in result.lines for fault in line.faults]
    row = session.reader().execute(f"SELECT * FROM {table} ORDER BY id DESC LIMIT 1").fetchone()
    assert {name: row[name] for name in expected} == expected
    assert both(session, job(text, kind=kind)).counts["same"] == 1


def test_refused_rows_go_to_a_workbook_and_come_back_mended(session: Session, tmp_path: Path) -> None:
    path, out = tmp_path / "list.csv", tmp_path / "refused.xlsx"
    path.write_text(f"{HEADS}\n甲项目,长兴县,3\n乙项目,火星,4\n", "utf-8")
    plan = reading.read(session, path)[1]
    seen = importing.preview(session, reading.job(session, plan))
    reading.write_refused(plan, seen, out)
    import openpyxl

    book = openpyxl.load_workbook(out)
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[1][:3] == ("乙项目", "火星", "4")
    assert "火星" in rows[1][3]
    book.active["B2"] = "安吉县"
    book.save(out)
    result = both(session, reading.job(session, reading.read(session, out)[1]))
    assert (result.counts["new"], result.counts["refused"]) == (1, 0)
