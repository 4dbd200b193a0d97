"""Odd figures read from a register: what the rules need is found, and what was answered is left out."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.reporting import report as counted
from zjtui.domain.named import New
from zjtui.errors import Refused
from zjtui.store.changes import BEIJING
from zjtui.store.read.finding_odd import OddFigure
from zjtui.store.read.finding_scope import Scope
from zjtui.usecases import brief, freeze, month, questions, register, undo
from zjtui.usecases.session import Session, open_session

TODAY = date(2023, 9, 20)
WAN = 10_000
PLAN = {"year": 2023, "year_class": "continuing", "plan_invest": 12_000 * WAN}
At = Callable[[datetime], None]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> At:
    def stand(moment: datetime) -> None:
        milliseconds = int(moment.replace(tzinfo=BEIJING).timestamp() * 1000)
        monkeypatch.setattr("zjtui.store.changes.now_ms", lambda: milliseconds)

    stand(datetime(2098, 9, 20, 12))  # later than when the register was made: the log only goes forward
    return stand


@pytest.fixture
def session(small: Path, at: At) -> Iterator[Session]:
    opened = open_session(small, today=TODAY)
    yield opened
    opened.close()


@pytest.fixture
def project(session: Session) -> str:
    """A project with a plan, on the day of the register."""
    uid = str(session.reader().execute("SELECT uid FROM project WHERE name LIKE '舟山%'").fetchone()[0])
    register.add(session, "annual_plan", uid, PLAN)
    return uid


def report(session: Session, project: str, name: str, wan: int, **more: object) -> None:
    month.put(session, project, f"2023-{name}", {"invest_month": wan * WAN, **more})


def found(session: Session, project: str) -> list[tuple[str, str]]:
    """What is asked of the project; the list of all projects says the same."""
    odd = [(item.hit.rule, item.hit.month) for item in open_of(session, project)]
    everything = questions.open_of(session, Scope())
    assert odd == [(item.hit.rule, item.hit.month) for item in everything if item.project_uid == project]
    return odd


def open_of(session: Session, project: str) -> list[OddFigure]:
    return questions.open_of(session, Scope(project=project))


def test_a_project_in_order_is_asked_nothing(session: Session, project: str) -> None:
    for name, amount in (("06", 990), ("07", 1010), ("08", 1020)):
        report(session, project, name, amount, progress_pct=int(name))
    assert found(session, project) == []


def test_exactly_the_target_and_a_stop_are_found_where_they_are(session: Session, project: str) -> None:
    report(session, project, "07", 4400)
    report(session, project, "08", 4600)
    visit = {"findings": "现场停工", "people": [New("张三")], "visit_date": date(2023, 8, 3)}
    register.add(session, "follow_up", project, visit)
    assert found(session, project) == [("W01", "2023-08"), ("W11", "2023-08")]


def test_a_start_a_blocking_issue_and_the_lights_are_found(session: Session, project: str) -> None:
    register.edit(session, "project", project, {"real_start": date(2023, 1, 5), "start_evidence": ["photo"]})
    report(session, project, "07", 6900)
    report(session, project, "08", 1300)
    mild = {"title_text": "噪声", "kind": "other", "severity": "low", "found_on": date(2023, 8, 1)}
    register.add(session, "issue", project, mild)
    assert found(session, project) == [("W05", "")]
    issue = {"title_text": "断电", "kind": "utility", "severity": "blocking", "found_on": date(2023, 9, 12)}
    register.add(session, "issue", project, issue)
    assert found(session, project) == [("W05", ""), ("W06", "2023-08")]
    register.edit(session, "project", project, {"start_evidence": ["photo", "permit"]})
    assert found(session, project) == [("W06", "2023-08")]


def test_a_light_that_goes_from_green_to_red_is_found(session: Session, project: str) -> None:
    plan = session.reader().execute("SELECT uid FROM annual_plan WHERE project_uid = ?", (project,)).fetchone()[0]
    register.edit(
        session, "annual_plan", plan, {"curve": ["0", "0", "0", "0", "0", "0", "10", "60", "70", "80", "90", "100"]}
    )
    report(session, project, "07", 1210)
    report(session, project, "08", 320)
    assert found(session, project) == [("W07", "2023-08")]


def test_round_figures_are_counted_over_the_unit(session: Session, project: str) -> None:
    register.edit(session, "project", project, {"owner_org": New("杭州交投"), "total_invest": 10**11})
    for number in range(1, 6):
        counted(session, project, f"2023-{number:02}", {"invest_month": 1000 * WAN})
    assert found(session, project) == []
    other = session.reader().execute("SELECT uid FROM project WHERE name LIKE '杭州%'").fetchone()[0]
    for number in range(1, 6):
        counted(session, other, f"2023-{number:02}", {"invest_month": (2000 if number > 3 else 777) * WAN})
    assert found(session, project) == [("W10", "")]


def test_a_month_changed_after_a_freeze_is_found_until_it_is_put_back(session: Session, project: str) -> None:
    report(session, project, "07", 1000)
    report(session, project, "08", 1000)
    report(session, project, "08", 1900)  # nobody was told yet
    freeze.make(session, "2023-07", "七月")
    report(session, project, "08", 1300)  # the freeze of July says nothing of August
    assert found(session, project) == []
    freeze.make(session, "2023-08", "八月")
    report(session, project, "08", 1900)
    assert found(session, project) == []  # five points of 12,000 are not more than five
    report(session, project, "08", 1950)
    report(session, project, "07", 1650)
    assert found(session, project) == [("W12", "2023-07"), ("W12", "2023-08")]
    freeze.make(session, "2023-08", "八月（二）")  # told anew, it was changed all the same
    assert found(session, project) == [("W12", "2023-07"), ("W12", "2023-08")]
    [first, _second] = open_of(session, project)
    assert str(first.hit.sentence) == "2023-07 was frozen with 10 m yuan and is 16.5 m yuan now; what was found?"
    report(session, project, "07", 1000)
    undo.undo(session, None)
    report(session, project, "07", 1599)
    assert found(session, project) == [("W12", "2023-08")]


def test_many_projects_entered_within_two_minutes_are_found(session: Session, project: str, at: At) -> None:
    for number in range(11):
        new = {"name": f"青屿{number:02}号", "region_code": "330900", "total_invest": 10**10}
        uid = project if number == 10 else register.add(session, "project", None, new).uid
        at(datetime(2098, 9, 21, 9, number * 10 // 60, number * 10 % 60))
        report(session, uid, "08", 901)
    assert found(session, project) == [("W08", "2023-08")]


def answered(session: Session, project: str) -> str:
    [odd] = open_of(session, project)
    return questions.answer(session, odd, {"answer": "按进度款", "answered_by": "业主"}).uid


def stored(session: Session, uid: str) -> tuple[str, str, str]:
    return tuple(
        session.reader().execute("SELECT state, month, figures FROM question WHERE uid = ?", (uid,)).fetchone()
    )


def test_what_is_explained_is_silent_until_its_figures_change(session: Session, project: str) -> None:
    report(session, project, "08", 9000)
    uid = answered(session, project)
    assert found(session, project) == []
    report(session, project, "08", 9000, workers=80)
    assert found(session, project) == []
    report(session, project, "08", 9001)  # 75.0 % as well, but another figure
    assert found(session, project) == [("W01", "2023-08")]
    report(session, project, "08", 9000)
    assert found(session, project) == []
    register.move(session, "question", uid, "asked", {})
    assert found(session, project) == [("W01", "2023-08")]
    row = session.reader().execute("SELECT answer, answered_by FROM question").fetchone()
    assert tuple(row) == (None, None)


def test_a_question_is_asked_once_and_answered_by_what_and_whom(session: Session, project: str) -> None:
    report(session, project, "08", 9000)
    [odd] = open_of(session, project)
    uid = questions.answer(session, odd, {}).uid
    [odd] = open_of(session, project)
    assert (odd.uid, odd.state) == (uid, "asked")
    for values, rule in (({}, "Q-03"), ({"answer": "按进度款"}, "Q-11")):
        with pytest.raises(Refused, match=rule):
            questions.answer(session, odd, values)
    twin = {"rule": "W01", "month": "2023-08"}
    with pytest.raises(Refused, match="Q-02"):
        register.add(session, "question", project, twin)
    with pytest.raises(Refused, match="Q-04"):
        register.add(session, "question", project, {"rule": "W02", "month": "2023-08"})
    with pytest.raises(Refused, match="Q-05"):
        register.move(session, "question", uid, "corrected", {})
    report(session, project, "08", 9001)
    register.move(session, "question", uid, "explained", {"answer": "按进度款", "answered_by": "业主"})
    assert found(session, project) == []  # the answer is about the figure of today
    register.move(session, "question", uid, "asked", {})
    assert found(session, project) == [("W01", "2023-08")]


def test_a_question_is_put_right_with_the_figures_and_comes_back_with_them(session: Session, project: str) -> None:
    report(session, project, "08", 9000)
    [odd] = open_of(session, project)
    uid = questions.answer(session, odd, {}).uid
    report(session, project, "08", 9000, workers=80)
    assert stored(session, uid)[0] == "asked"
    report(session, project, "08", 8000)
    assert stored(session, uid)[0] == "corrected"
    assert found(session, project) == []
    undo.undo(session)  # one operation: the figure and the question
    assert stored(session, uid)[0] == "asked"
    assert found(session, project) == [("W01", "2023-08")]
    undo.redo(session)
    assert stored(session, uid)[0] == "corrected"
    report(session, project, "08", 9000)
    assert [item.uid for item in open_of(session, project)] == [""]  # asked anew


def test_a_solved_problem_puts_its_question_right(session: Session, project: str) -> None:
    report(session, project, "07", 6900)
    report(session, project, "08", 1300)
    issue = {"title_text": "断电", "kind": "utility", "severity": "blocking", "found_on": date(2023, 9, 1)}
    about = register.add(session, "issue", project, issue).uid
    [odd] = open_of(session, project)
    uid = questions.answer(session, odd, {}).uid
    register.edit(session, "issue", about, {"severity": "low"})
    assert stored(session, uid)[0] == "corrected"


def test_what_time_has_settled_is_said_in_the_brief_and_put_right_there(session: Session, project: str) -> None:
    register.edit(session, "project", project, {"real_start": date(2023, 1, 5)})
    [odd] = open_of(session, project)
    assert odd.hit.rule == "W05"
    uid = questions.answer(session, odd, {}).uid
    session.workspace.transact(  # as another laptop would, without the rule being looked at
        lambda writer: writer.execute("UPDATE project SET stat_in = '2023-02-01' WHERE uid = ?", (project,))
    )
    [line] = [line for line in brief.lines(session, project) if line.entity == "question"]
    assert line.uid == uid and "odd no longer" in line.text
    register.move(session, "question", uid, "corrected", {})
    assert not [line for line in brief.lines(session, project) if line.entity == "question"]


def test_a_region_and_what_is_looked_at_no_more(session: Session, project: str) -> None:
    report(session, project, "08", 9000)
    for region, count in (("330900", 1), ("330100", 0)):
        assert len(questions.open_of(session, Scope(region=region))) == count
    register.move(session, "project", project, "suspended", {"stage_reason": "停建"})
    assert found(session, project) == []


def test_in_january_the_year_before_is_looked_at(session: Session, project: str) -> None:
    report(session, project, "08", 9000)
    session.today = date(2024, 1, 20)
    assert found(session, project) == [("W01", "2023-08")]
    [odd] = open_of(session, project)
    uid = questions.answer(session, odd, {}).uid
    session.today = date(2024, 2, 20)
    assert found(session, project) == []
    assert questions.stale_of(session, project) == []  # it still waits for its answer, whatever the year
    register.move(session, "question", uid, "explained", {"answer": "按进度款", "answered_by": "业主"})
