"""One door: whatever writes, the rules of what it touched are asked before anything is kept."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from zjtui.errors import Refused, RefusedMany
from zjtui.store.read import history, records
from zjtui.usecases import bulk, checking, contact, correct, generate, issue, month, register, setup, undo
from zjtui.usecases.session import Session

TODAY = date(2023, 9, 20)
DAY = date(2023, 9, 1)


class Made:
    """A register with one project of each sort that the rules speak of."""

    def __init__(self, session: Session) -> None:
        self.session = session
        for name in ("张三", "李四", "王五"):
            register.add(session, "person", None, {"name": name})
        register.add(session, "org", None, {"name": "县局", "kind": "gov_dept"})
        values = {"name": "青屿抽水蓄能电站", "region_code": "330900", "total_invest": 10**9}
        self.project = register.add(session, "project", None, values).uid

    def move(self, entity: str, uid: str, *steps: tuple[str, dict[str, Any]], on: date | None = None) -> str:
        for target, given in steps:
            register.move(self.session, entity, uid, target, given, on)
        return uid

    def building(self) -> str:
        ready = {"audit_on": DAY, "land_on": DAY}
        begun = {"real_start": DAY, "start_evidence": ["permit"]}
        return self.move("project", self.project, ("ready", ready), ("building", begun))

    def solved(self, **more: Any) -> str:
        uid = register.add(self.session, "issue", self.project, {"title_text": "用地", "kind": "land", **more}).uid
        assigned = {"lead_unit": "县局", "due_on": TODAY, "owner_person": "张三"}
        return self.move("issue", uid, ("assigned", assigned), ("doing", {}), ("solved", {}))

    def visit(self, **more: Any) -> str:
        values = {"findings": "现场查看", "people": ["李四"], **more}
        return register.add(self.session, "follow_up", self.project, values).uid

    def closed(self, **proof: Any) -> str:
        given = {"verifier": "李四", "verify_note": "已核", **(proof or {"evidence": "1号"})}
        return self.move("issue", self.solved(), ("closed", given))

    def reported(self, state: str = "approved") -> str:
        uid = month.put(self.session, self.project, "2023-08", {"invest_month": 10**6, "progress_text": "桩基"}).uid
        return self.move(
            "monthly_report", uid, *[(each, {}) for each in ("submitted", "approved")][: state != "draft" and 2]
        )

    def decided(self) -> str:
        days = {"kind": "permit", "applied_on": DAY, "accepted_on": DAY, "promise_days": 5}
        uid = register.add(self.session, "service", self.project, days).uid
        return self.move("service", uid, ("decided", {"doc_no": "浙1号"}))

    def value(self, entity: str, uid: str, name: str) -> Any:
        return getattr(records.get(self.session.reader(), entity, uid), name)


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Made]:
    session = setup.new(tmp_path / "w", today=TODAY)
    yield Made(session)
    session.close()


def rules(work: Callable[[], object]) -> set[str]:
    """Return the rules by which something is refused."""
    with pytest.raises(Refused) as refused:
        work()
    several = refused.value.refusals if isinstance(refused.value, RefusedMany) else [refused.value]
    return {refusal.rule for refusal in several}


def problems(session: Session) -> list[str]:
    return [str(problem) for problem in checking.check(session).problems]


FACTS: list[tuple[str, Callable[[Made], str], str, Any]] = [
    ("issue", Made.closed, "due_on", date(2023, 10, 30)),
    ("issue", Made.solved, "found_on", DAY),
    ("project", Made.building, "real_start", date(2023, 8, 1)),
    ("project", Made.building, "start_evidence", []),
    ("service", Made.decided, "promise_days", 50),
    ("service", Made.decided, "decided_on", date(2023, 9, 2)),
    ("monthly_report", Made.reported, "invest_month", 2 * 10**6),
    ("monthly_report", Made.reported, "month", "2023-07"),
]


@pytest.mark.parametrize(
    ("entity", "made_by", "name", "value"), FACTS, ids=lambda item: getattr(item, "__name__", str(item))
)
def test_a_fact_that_a_state_stands_on_is_only_corrected(
    made: Made, entity: str, made_by: Callable[[Made], str], name: str, value: Any
) -> None:
    """Neither a form nor many at once changes it; a correction does, and says why in history and in its own record."""
    session, uid = made.session, made_by(made)
    before = made.value(entity, uid, name)
    assert rules(lambda: register.edit(session, entity, uid, {name: value})) == {"G-50"}
    assert rules(lambda: bulk.run(session, bulk.Job("set", entity, {name: value}), [uid])) == {"G-50"}
    assert made.value(entity, uid, name) == before
    if value == []:
        return  # corrected to nothing it would not be building
    given = {"reason": "录错", "confirmed_by": "王五"}
    correct.correct(session, entity, uid, {name: value}, given)
    assert made.value(entity, uid, name) == value
    assert history.newest(session.reader())["action"] == "record.correct"
    [row] = session.reader().execute("SELECT about, about_uid, what, reason, told FROM correction").fetchall()
    assert (row["about"], row["about_uid"], row["what"], row["reason"]) == (entity, uid, name, "录错")
    undo.undo(session)
    assert made.value(entity, uid, name) == before
    assert not session.reader().execute("SELECT 1 FROM correction").fetchall()
    assert problems(session) == []


def test_a_correction_gives_its_reason_and_a_second_person_where_the_state_asked_for_one(made: Made) -> None:
    uid = made.closed()
    change = {"due_on": date(2023, 10, 30)}
    assert rules(lambda: correct.correct(made.session, "issue", uid, change, {"confirmed_by": "王五"})) == {"G-10"}
    assert rules(lambda: correct.correct(made.session, "issue", uid, change, {"reason": "录错"})) == {"G-52"}
    made.session.person = made.value("issue", uid, "verifier")
    mine = {"reason": "录错", "confirmed_by": "李四"}
    assert rules(lambda: correct.correct(made.session, "issue", uid, change, mine)) == {"G-53"}


def test_undoing_what_a_closing_stands_on_is_refused_and_says_what_to_undo_first(made: Made) -> None:
    """The only proof, a tick, another leader, a start: what stands on them goes first."""
    uid = made.solved(steps=["交地"])
    visit = made.visit(issue_uids=[uid])
    proof = history.newest(made.session.reader())["operation"]
    tick = issue.tick(made.session, uid, ["交地"]).operation
    made.move("issue", uid, ("closed", {"verifier": "李四", "verify_note": "已核"}))
    with pytest.raises(RefusedMany, match="I-13") as refused:
        undo.undo(made.session, proof)
    assert "Undo first: Move an issue" in str(refused.value)
    assert rules(lambda: undo.undo(made.session, tick)) == {"I-19"}
    assert rules(lambda: register.edit(made.session, "follow_up", visit, {"visit_date": DAY})) == {"I-13"}
    assert rules(lambda: register.remove(made.session, "follow_up", visit)) == {"I-13"}
    undo.undo(made.session)
    undo.undo(made.session, proof)
    assert problems(made.session) == []


def test_undo_leaves_no_second_leader_and_nobody_who_is_gone(made: Made) -> None:
    session = made.session
    leader = {"person_uid": "张三", "role": "leader", "is_main": True, "from_date": DAY}
    first = register.add(session, "contact", made.project, leader).uid
    ended = register.edit(session, "contact", first, {"to_date": date(2023, 9, 10)}).operation
    register.add(session, "contact", made.project, {**leader, "person_uid": "李四", "from_date": date(2023, 9, 11)})
    assert rules(lambda: undo.undo(session, ended)) == {"C-03"}
    person = register.add(session, "person", None, {"name": "赵六"}).operation
    made.visit(people=["赵六"])
    assert rules(lambda: undo.undo(session, person)) == {"G-51"}
    assert problems(session) == []


def test_what_an_old_register_brings_along_is_listed_and_stops_nothing_that_does_not_touch_it(made: Made) -> None:
    """Upgrading keeps a broken rule; `check` names it; an edit beside it goes through, one of it does not."""
    row = {"uid": made.session.workspace.device, "no": "1", "project_uid": made.project, "title_text": "老问题", "kind": "land",
           "severity": "low", "state": "closed", "source": "visit", "need_coord": 0, "found_on": "2023-09-10", "due_on": "2023-09-05",
           "assigned_on": "2023-09-11", "assist_units": "[]", "escalation": "L1", "reopened_count": 0}  # fmt: skip
    made.session.operate("list.import", lambda tx: tx.insert_rows("issue", [row]))
    told = " ".join(problems(made.session))
    assert all(rule in told for rule in ("[I-02]", "[I-11]")) and "老问题" in told
    register.edit(made.session, "issue", row["uid"], {"detail": "补充说明"})
    assert rules(lambda: correct.correct(made.session, "issue", row["uid"], {"due_on": date(2023, 9, 6)},
                                         {"reason": "录错", "confirmed_by": "王五"})) == {"I-02"}  # fmt: skip


def test_the_demonstration_keeps_every_rule(demo_session: Session) -> None:
    assert problems(demo_session) == []


def test_a_closing_names_its_proof_and_nobody_who_was_in_charge_verifies(made: Made) -> None:
    """A call about the project on the same day proves nothing; naming another owner does not free the former one."""
    session, uid = made.session, made.solved()
    made.visit(form="phone")
    given = {"verifier": "李四", "verify_note": "已核"}
    assert rules(lambda: register.move(session, "issue", uid, "closed", given)) == {"I-13"}
    proved = {**given, "evidence": "1号"}
    register.edit(session, "issue", uid, {"owner_person": None})
    assert rules(lambda: register.move(session, "issue", uid, "closed", proved)) == {"I-11"}
    register.edit(session, "issue", uid, {"owner_person": "王五"})
    assert rules(lambda: register.move(session, "issue", uid, "closed", {**proved, "verifier": "张三"})) == {"I-12"}
    made.visit(form="phone", issue_uids=[uid])
    register.move(session, "issue", uid, "closed", given)


def test_a_service_is_decided_in_order_with_result_and_document(made: Made) -> None:
    session = made.session

    def add(**values: Any) -> Callable[[], object]:
        return lambda: register.add(session, "service", made.project, {"kind": "permit", **values})

    assert rules(add(decided_on=TODAY)) == {"S-11"}  # with nothing before
    assert "S-11" in rules(add(accepted_on=DAY, decided_on=TODAY))  # without a result
    assert rules(add(accepted_on=DAY, decided_on=TODAY, result="approved")) == {"S-12"}
    tolerant = {"accepted_on": DAY, "decided_on": TODAY, "doc_no": "1号", "channel": ["tolerant"]}
    assert rules(add(**tolerant)) == {"S-03"}
    add(**tolerant, missing_docs=["规划图"])()


def test_a_report_comes_in_its_time_with_its_progress_and_parts_that_fit(made: Made) -> None:
    session = made.session
    made.building()

    def put(**values: Any) -> Callable[[], object]:
        return lambda: month.put(session, made.project, "2023-09", {"invest_month": 10**6, **values})

    assert rules(put(civil_month=2 * 10**6)) == {"R-02"}
    uid = put()().uid  # type: ignore[attr-defined]
    assert rules(lambda: register.move(session, "monthly_report", uid, "submitted", {})) == {"R-23"}
    put(progress_text="桩基完成")()
    early = date(2023, 8, 31)
    assert rules(lambda: register.move(session, "monthly_report", uid, "submitted", {}, early)) == {"R-20"}
    made.move("monthly_report", uid, ("submitted", {}), ("returned", {"return_reason": "数字有误"}))
    again = date(2023, 9, 5)  # a late one does not become punctual by coming again
    assert rules(lambda: register.move(session, "monthly_report", uid, "submitted", {}, again)) == {"G-18"}
    funds = {"fund_own": 10**9, "fund_loan": 1}
    assert rules(lambda: register.edit(session, "project", made.project, funds)) == {"P-24"}


def test_twice_the_whole_is_not_got_round_by_entering_backwards(made: Made) -> None:
    month.put(made.session, made.project, "2023-08", {"invest_month": 15 * 10**8})
    assert rules(lambda: month.put(made.session, made.project, "2023-07", {"invest_month": 6 * 10**8})) == {"R-08"}
    assert rules(lambda: register.edit(made.session, "project", made.project, {"total_invest": 5 * 10**8})) == {"R-08"}
    plan = {"year": 2023, "year_class": "continuing", "plan_invest": 10**8, "opening_total": 10**9}
    assert rules(lambda: register.add(made.session, "annual_plan", made.project, plan)) == {"R-08"}


def test_what_has_ended_takes_nothing_new(made: Made) -> None:
    """No step is skipped to the archive; nothing is opened there; a project that withdrew reports no later month."""
    session = made.session
    made.building()
    month.put(session, made.project, "2023-09", {"invest_month": 10**6})
    made.move("project", made.project, ("completed", {"real_end": TODAY}))
    assert rules(lambda: register.move(session, "project", made.project, "archived", {})) == {"P-10"}
    made.move("project", made.project, ("operating", {}))
    shut = made.closed()
    made.move("project", made.project, ("archived", {}))
    found = {"title_text": "用地", "kind": "land"}
    assert rules(lambda: register.add(session, "issue", made.project, found)) == {"I-22"}
    assert rules(lambda: register.move(session, "issue", shut, "doing", {"state_reason": "反弹"})) == {"I-22"}
    assert rules(lambda: register.add(session, "service", made.project, {"kind": "permit"})) == {"S-15"}
    other = register.add(session, "project", None, {"name": "乙", "region_code": "330900", "total_invest": 10**9}).uid
    gone = {"withdraw_reason": "land", "stage_reason": "征迁", "stage_on": date(2023, 7, 15)}
    made.move("project", other, ("withdrawn", gone))
    month.put(session, other, "2023-07", {"invest_month": 1})
    assert rules(lambda: month.put(session, other, "2023-08", {"invest_month": 1})) == {"R-09"}


def test_nobody_hands_over_before_he_began(made: Made) -> None:
    session = made.session
    leader = {"person_uid": "张三", "role": "leader", "is_main": True, "from_date": date(2023, 9, 10)}
    uid = register.add(session, "contact", made.project, leader).uid
    [zhang, li] = [session.reader().execute("SELECT uid FROM person WHERE name = ?", (name,)).fetchone()[0]
                   for name in ("张三", "李四")]  # fmt: skip
    assert rules(lambda: contact.hand_over(session, zhang, li, DAY)) == {"C-06"}
    assert rules(lambda: register.edit(session, "contact", uid, {"to_date": DAY})) == {"C-01"}


def test_a_generated_register_keeps_every_rule(tmp_path: Path) -> None:
    session = setup.new(tmp_path / "g", today=TODAY)
    generate.generate(session, 40, 20, 1, months=8)
    assert problems(session) == []
    session.close()
