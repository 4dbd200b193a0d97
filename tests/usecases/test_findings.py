"""Every finding appears where its reason is there, and goes with it; what is set aside comes back."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests import gap_register
from zjtui.domain.finding import DUTIES, GAPS, KINDS
from zjtui.domain.named import New
from zjtui.errors import Refused
from zjtui.store.changes import BEIJING
from zjtui.store.read import findings
from zjtui.store.read.findings import Asked, Scope
from zjtui.usecases import register
from zjtui.usecases.session import Session, open_session

TODAY = gap_register.TODAY


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    folder = tmp_path_factory.mktemp("gaps") / "workspace"
    return folder, gap_register.build(folder)


@pytest.fixture
def session(made: tuple[Path, dict[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    noon = datetime(2023, 9, 20, 12, tzinfo=BEIJING)
    monkeypatch.setattr("zjtui.store.changes.now_ms", lambda: int(noon.timestamp() * 1000))
    opened = open_session(Path(shutil.copytree(made[0], tmp_path / "workspace")), today=TODAY)
    yield opened
    opened.close()


def asked(session: Session, day: date = TODAY, scope: Scope | None = None) -> Asked:
    return replace(session.asked(scope if scope is not None else Scope()), today=day)


def has(session: Session, kind: str, project: str, day: date = TODAY) -> bool:
    board = findings.gaps(session.reader(), asked(session, day), kind)
    return any(finding.project_uid == project for finding in board.findings)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_found_on_its_project(session: Session, made: tuple[Path, dict[str, str]], kind: str) -> None:
    if kind == "draft_left":
        board = findings.today(session.reader(), asked(session))
        assert [item.project for item in board.findings if item.kind == kind] == ["青屿草稿"]
    else:
        assert has(session, kind, made[1][kind])


def test_the_person_s_list_holds_every_duty_and_nothing_else(session: Session) -> None:
    scope = findings.scope_of(session.reader(), session.person)
    board = findings.today(session.reader(), asked(session, scope=scope))
    assert {item.kind for item in board.findings} == set(DUTIES)
    silent, due = (
        {item.about_uid for item in board.findings if item.kind == f"issue_{kind}"} for kind in ("silent", "due")
    )
    assert silent and due and not silent & due  # one row for an issue
    assert findings.counts(session.reader(), asked(session, scope=scope)).keys() == set(GAPS)
    stranger = register.add(session, "person", None, {"name": "王五"}).uid
    board = findings.today(session.reader(), asked(session, scope=Scope(person=stranger)))
    assert {item.kind for item in board.findings} == {"draft_left"}


def test_the_person_in_charge_of_an_issue_sees_it_whoever_contacts_the_project(session: Session) -> None:
    other = register.add(session, "person", None, {"name": "王五"}).uid
    [uid] = [row[0] for row in session.reader().execute("SELECT uid FROM issue WHERE title_text = '问题issue_due'")]
    register.edit(session, "issue", uid, {"owner_person": other})
    board = findings.today(session.reader(), asked(session, scope=Scope(person=other)))
    assert [item.about_uid for item in board.findings if item.kind == "issue_due"] == [uid]


def test_a_region_holds_its_own_projects_only(session: Session) -> None:
    for region, there in (("330000", True), ("330900", True), ("330100", False)):
        board = findings.gaps(session.reader(), asked(session, scope=Scope(region=region)), "no_leader")
        assert bool(board.findings) == there


def test_a_call_is_a_contact_but_no_visit(session: Session, made: tuple[Path, dict[str, str]]) -> None:
    project = made[1]["contact_overdue"]
    call = {
        "findings": "电话了解",
        "people": [New("张三")],
        "form": "phone",
        "mechanism": "contact",
        "visit_date": TODAY,
    }
    register.add(session, "follow_up", project, call)
    assert not has(session, "contact_overdue", project)
    assert has(session, "never_visited", project)
    register.add(session, "follow_up", project, {**call, "form": "onsite"})
    assert not has(session, "never_visited", project)


def test_what_the_gap_board_adds_goes_too(session: Session, made: tuple[Path, dict[str, str]]) -> None:
    projects = made[1]
    register.add(session, "visit_plan", projects["no_next_step"], {"day": TODAY + timedelta(1)})
    register.add(session, "promise", projects["untouched"], {"text": "供水"})
    register.edit(session, "project", projects["blank_fields"], {"site": "青屿岛"})
    session.workspace.transact(lambda writer: writer.execute("UPDATE promise SET side = 'ours'"))
    for kind in ("no_next_step", "untouched", "blank_fields", "unknown_code"):
        assert not has(session, kind, projects[kind]), kind


def test_what_is_set_aside_is_counted_and_returns_the_day_after(
    session: Session, made: tuple[Path, dict[str, str]]
) -> None:
    project, until = made[1]["no_leader"], TODAY + timedelta(10)
    before = findings.counts(session.reader(), asked(session), ("no_leader",))["no_leader"]
    values = {"kind": "no_leader", "reason": "等人事安排", "until": until}
    register.add(session, "set_aside", project, values)
    now = findings.counts(session.reader(), asked(session), ("no_leader",))["no_leader"]
    assert (now, before) == ((before[0] - 1, 1), (before[0], 0))
    assert not has(session, "no_leader", project, until)
    assert has(session, "no_leader", project, until + timedelta(1))


def test_what_one_person_sets_aside_for_himself_the_others_still_see(
    session: Session, made: tuple[Path, dict[str, str]]
) -> None:
    project = made[1]["no_leader"]
    values = {"kind": "no_leader", "reason": "已报", "until": TODAY + timedelta(7), "person_uid": session.person}
    register.add(session, "set_aside", project, values)
    assert not has(session, "no_leader", project)
    board = findings.gaps(session.reader(), replace(asked(session), viewer="another"), "no_leader")
    assert project in {item.project_uid for item in board.findings}


@pytest.mark.parametrize(("days", "rule"), [(61, "N-02"), (-1, "N-01")])
def test_nothing_is_set_aside_for_long(
    session: Session, made: tuple[Path, dict[str, str]], days: int, rule: str
) -> None:
    values = {"kind": "no_leader", "reason": "等", "until": TODAY + timedelta(days)}
    with pytest.raises(Refused, match=rule):
        register.add(session, "set_aside", made[1]["no_leader"], values)


def test_suspended_projects_are_left_alone(session: Session, made: tuple[Path, dict[str, str]]) -> None:
    for project in set(made[1].values()):
        register.move(session, "project", project, "suspended", {"stage_reason": "停建"})
    board = findings.overview(session.reader(), asked(session), 99)
    assert not any(board.counts.values())
    assert {item.kind for item in findings.today(session.reader(), asked(session)).findings} == {"draft_left"}


def test_all_is_clear_until_the_next_thing_comes_due(session: Session, made: tuple[Path, dict[str, str]]) -> None:
    other = register.add(session, "person", None, {"name": "王五"}).uid
    mine = asked(session, scope=Scope(person=other))
    assert findings.all_clear_until(session.reader(), mine) is None
    project = made[1]["no_leader"]
    leader = {"person_uid": other, "role": "leader", "is_main": True, "from_date": TODAY, "cycle_days": 14}
    register.add(session, "contact", project, leader)
    visit = {"findings": "现场查看", "people": [New("王五")], "mechanism": "contact", "visit_date": TODAY}
    register.add(session, "follow_up", project, visit)
    assert findings.today(session.reader(), mine).counts["contact_overdue"] == 0
    assert findings.all_clear_until(session.reader(), mine) == TODAY + timedelta(15)


def test_a_project_visited_too_often_says_so(session: Session, made: tuple[Path, dict[str, str]]) -> None:
    project = made[1]["no_leader"]
    for number in range(4):
        visit = {"findings": "现场查看", "people": [New("张三")], "visit_date": TODAY - timedelta(number)}
        register.add(session, "follow_up", project, visit)
    board = findings.gaps(session.reader(), asked(session), "no_leader")
    assert {item.project_uid: item.visits for item in board.findings if item.visits} == {project: 4}
    outcome = register.add(session, "visit_plan", project, {"day": TODAY, "who": "专班"})
    assert [notice.rule for notice in outcome.notices] == ["N-03"]
    outcome = register.add(session, "visit_plan", project, {"day": TODAY})
    assert [notice.rule for notice in outcome.notices] == ["N-03", "N-04"]
