"""The guard tables: which moves there are, what they ask, and what no path can get round."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import hypothesis
import pytest
from hypothesis import settings
from hypothesis import strategies as st

from zjtui.domain import registry
from zjtui.domain.around import broken
from zjtui.domain.check import check
from zjtui.domain.project_codes import STAGES
from zjtui.domain.workflow import Facts, Move
from zjtui.errors import Refused, RefusedMany

TODAY = date(2023, 9, 20)
FACTS = Facts(TODAY)
ENTITIES = ("issue", "project", "service", "monthly_report", "element_need", "policy_match", "promise")
MOVES = [(entity, move) for entity in ENTITIES for move in registry.workflow(entity).moves]
EACH_MOVE = pytest.mark.parametrize(
    ("entity", "step"), MOVES, ids=[f"{entity}: {move.source} to {move.target}" for entity, move in MOVES]
)
START: dict[str, dict[str, Any]] = {
    "issue": {"no": "1", "project_uid": "p", "title_text": "用地", "kind": "land", "found_on": TODAY, "state": "draft"},
    "project": {"name": "甲", "region_code": "330100", "total_invest": 10**9, "stage": "reserve"},
    "service": {"project_uid": "p", "kind": "permit", "state": "planned"},
    "monthly_report": {"project_uid": "p", "month": "2023-08", "invest_month": 1, "state": "draft"},
    "element_need": {"project_uid": "p", "element": "land_new", "need": 100.0},
    "policy_match": {"project_uid": "p", "policy_uid": "y"},
    "promise": {"project_uid": "p", "text": "两周内交地", "made_on": TODAY},
}
GIVEN: dict[str, list[Any]] = {
    "lead_unit": ["u"], "owner_person": ["甲", "乙"], "due_on": [TODAY], "state_reason": ["因", ""], "resume_on": [TODAY],
    "verifier": ["乙", "甲"], "verify_note": ["已核", ""], "evidence": ["文1"], "merged_into": ["other", "x"], "audit_on": [TODAY],
    "land_on": [TODAY], "real_start": [TODAY], "start_evidence": [["permit"], []], "real_end": [TODAY], "stage_reason": ["因", ""],
    "confirmed_by": ["乙"], "withdraw_reason": ["land"], "reason": ["因", ""], "doc_no": ["号"], "return_reason": ["因", ""],
    "pause_reason": ["expert", "supplement"], "secured": [40.0, 0.0], "amount": [10_000], "note": ["因", ""],
}  # fmt: skip


@dataclass
class World:
    """The register around a record, as `domain.around.Around` asks for it."""

    visits: int = 1
    invested: int = 1
    open: tuple[int, int] = (0, 0)
    former: frozenset[str] = frozenset()
    today: date = TODAY + timedelta(days=9)

    def row(self, entity: str, uid: str) -> Any:
        project = {"stage": "building", "stage_on": None, "real_start": None, "real_end": None}
        return {"uid": uid, "project_uid": "p", **project}

    def one(self, entity: str, project_uid: str, field: str, value: Any) -> list[str]:
        return []

    def proofs(self, issue: Any) -> int:
        return self.visits

    def in_charge(self, issue: Any) -> set[str]:
        return {issue.owner_person, *self.former} - {None}

    def other_leader(self, contact: Any) -> str | None:
        return None

    def money(self, project_uid: str) -> tuple[int, int]:
        return self.invested, 10**9

    def asked_already(self, question: Any) -> bool:
        return False

    def unsettled(self, project_uid: str) -> tuple[int, int]:
        return self.open


HERE = World()


def record(entity: str, **more: Any) -> dict[str, Any]:
    return dict(check(registry.model(entity), {"uid": "x", **START[entity], **more}, TODAY).__dict__)


def labels(entity: str) -> dict[str, str]:
    return {name: field.label for name, field in registry.model(entity).fields().items()}


def move(
    entity: str, values: dict[str, Any], target: str, given: dict[str, Any], facts: Facts = FACTS, world: World = HERE
) -> dict[str, Any]:
    """Return the record after the move, asked as every record is before it is stored."""
    changes = registry.workflow(entity).apply(values, target, given, facts, labels(entity))
    kind = registry.model(entity)
    after = check(kind, {**values, **changes}, facts.today, kind.trusted(values))
    if refusals := [each for each in broken(after, world) if any(name in changes for name in each.facts)]:
        raise RefusedMany(refusals)
    return dict(after.__dict__)


def asked(step: Move) -> dict[str, Any]:
    """Return something for whatever the move asks."""
    return {name: GIVEN[name][0] for name in (*step.needs, *step.asks) if name in GIVEN}


Step = tuple[str, dict[str, Any], Facts, World]


def walks(entity: str) -> st.SearchStrategy[list[Step]]:
    """Return attempts at moves, to any state, with any values filled in, right or wrong."""
    flow = registry.workflow(entity)
    known = sorted({name for step in flow.moves for name in (*step.needs, *step.asks)} & set(GIVEN))
    filled = st.fixed_dictionaries({}, optional={name: st.sampled_from(GIVEN[name]) for name in known})
    facts = st.builds(lambda day: Facts(TODAY + timedelta(days=day)), st.integers(0, 3))
    worlds = st.builds(lambda few, some: World(few, some, (few, few)), st.integers(0, 1), st.integers(0, 1))
    return st.lists(st.tuples(st.sampled_from(list(flow.states)), filled, facts, worlds), max_size=30)


def fitting(entity: str, values: dict[str, Any], target: str, given: dict[str, Any]) -> dict[str, Any]:
    """Return what the move asks for of all that a walk fills in; anything besides would be refused."""
    flow = registry.workflow(entity)
    names = {
        name
        for step in flow.from_state(values[flow.state_field])
        if step.target == target
        for name in (*step.needs, *step.asks)
    }
    return {name: value for name, value in given.items() if name in names}


@pytest.mark.parametrize("entity", ENTITIES)
def test_every_state_can_be_reached_and_every_move_can_be_made(entity: str) -> None:
    flow = registry.workflow(entity)
    reached, made, waiting = set(), set(), [record(entity)]
    while waiting:
        values = waiting.pop()
        state = values[flow.state_field]
        if (state, values.get("suspended_from")) in reached:
            continue
        reached.add((state, values.get("suspended_from")))
        for step in flow.from_state(state):
            if state != "suspended" or step.target in (values["suspended_from"], "withdrawn"):
                waiting.append(move(entity, values, step.target, asked(step)))
                made.add((step.source, step.target))
    assert {state for state, _from in reached} == set(flow.states)
    assert made == {(step.source, step.target) for step in flow.moves}


@pytest.mark.parametrize("entity", ENTITIES)
def test_a_move_that_is_not_in_the_table_is_refused_with_those_that_are(entity: str) -> None:
    flow = registry.workflow(entity)
    pairs = [(step.source, step.target) for step in flow.moves]
    assert len(pairs) == len(set(pairs))
    for source in flow.states:
        allowed = {step.target for step in flow.from_state(source)}
        for target in set(flow.states) - allowed:
            with pytest.raises(Refused) as error:
                flow.apply({**record(entity), flow.state_field: source}, target, {}, FACTS, labels(entity))
            assert (error.value.rule, error.value.field) == (f"{flow.rule}-10", flow.state_field)
            assert all(flow.states.label(possible) in str(error.value) for possible in allowed)


@EACH_MOVE
def test_every_missing_field_is_named(entity: str, step: Move) -> None:
    flow = registry.workflow(entity)
    empty = {**record(entity), flow.state_field: step.source}
    if step.needs:
        for given in ({}, dict.fromkeys(step.needs), dict.fromkeys(step.needs, "")):
            with pytest.raises(RefusedMany) as error:
                flow.apply(empty, step.target, given, FACTS, labels(entity))
            assert {(each.field, each.rule) for each in error.value.refusals} == {
                *((name, f"{flow.rule}-11") for name in step.needs),
                *((each.field, each.rule) for each in flow.wanted(empty, step.target, given, FACTS)),
            }


@EACH_MOVE
def test_a_reason_given_earlier_is_no_reason_now(entity: str, step: Move) -> None:
    flow = registry.workflow(entity)
    earlier = {name: values[0] for name, values in GIVEN.items() if name in labels(entity)}
    before = {**record(entity), **earlier, flow.state_field: step.source}
    fresh = set(step.needs) & flow.fresh
    if fresh:
        with pytest.raises(RefusedMany) as error:
            flow.apply(before, step.target, {}, FACTS, labels(entity))
        assert {refusal.field for refusal in error.value.refusals} == fresh


@EACH_MOVE
def test_a_record_that_came_from_elsewhere_moves_or_is_refused(entity: str, step: Move) -> None:
    flow = registry.workflow(entity)
    bare = {**record(entity), flow.state_field: step.source}
    for given in ({}, asked(step)):
        try:
            assert flow.apply(bare, step.target, given, FACTS, labels(entity))[flow.state_field] == step.target
        except Refused as refusal:
            assert str(refusal)


@pytest.mark.parametrize("entity", ENTITIES)
@settings(max_examples=60)
@hypothesis.given(st.data())
def test_no_walk_leaves_the_table(entity: str, data: st.DataObject) -> None:
    flow = registry.workflow(entity)
    table = {(step.source, step.target) for step in flow.moves}
    values = record(entity)
    for target, given, facts, world in data.draw(walks(entity)):
        before = values[flow.state_field]
        try:
            values = move(entity, values, target, fitting(entity, values, target, given), facts, world)
        except Refused:
            assert values[flow.state_field] == before
        else:
            assert (before, values[flow.state_field]) in table


@settings(max_examples=200)
@hypothesis.given(walks("issue"))
def test_no_path_leads_to_closed_without_a_second_person_a_note_and_a_proof(
    walk: list[Step],
) -> None:
    values, reopened, owners = record("issue"), 0, set[str]()
    for target, given, facts, world in [*_to_solved(), *walk]:
        before, given = values, fitting("issue", values, target, given)  # noqa: PLW2901
        try:
            owners.update({values["owner_person"]} - {None})
            values = move("issue", values, target, given, facts, replace(world, former=frozenset(owners)))
        except Refused:
            continue
        if target == "closed":
            assert before["state"] == "solved"
            assert given["verifier"] not in {*owners, values["owner_person"]}
            assert given["verify_note"] and values["closed_on"] == facts.today
            assert world.visits or given.get("evidence")
            assert set(values["steps"]) <= set(values["steps_done"])
        reopened += before["state"] == "closed"
        assert values["reopened_count"] == reopened


def _to_solved() -> list[Step]:
    return [
        ("open", {}, FACTS, HERE), ("assigned", {"lead_unit": "u", "owner_person": "甲"}, FACTS, HERE),
        ("doing", {}, FACTS, HERE), ("solved", {}, FACTS, HERE),
    ]  # fmt: skip


def test_nobody_strikes_off_what_is_still_in_hand() -> None:
    for state in registry.workflow("issue").states:
        if state != "solved":
            with pytest.raises(Refused):
                move(
                    "issue",
                    {**record("issue"), "state": state},
                    "closed",
                    {"verifier": "乙", "verify_note": "已核", "evidence": "文1"},
                )


SOLVED: dict[str, Any] = {
    "state": "solved",
    "lead_unit": "u",
    "due_on": TODAY,
    "owner_person": "甲",
    "solved_on": TODAY,
}


@pytest.mark.parametrize(
    ("given", "world", "rule"),
    [
        ({"verifier": "甲", "verify_note": "已核"}, HERE, "I-12"),
        # handed on, or not solved any more, in the same breath
        ({"verifier": "甲", "verify_note": "已核", "owner_person": "乙"}, World(former=frozenset({"甲"})), "I-12"),
        ({"verifier": "乙", "verify_note": "已核", "owner_person": None}, HERE, "I-11"),
        ({"verifier": "乙", "verify_note": "已核", "solved_on": None}, HERE, "G-17"),
        ({"verifier": "乙", "verify_note": "已核"}, World(visits=0), "I-13"),
        (
            {"verifier": "乙", "verify_note": "已核", "evidence": "文1", "evidence_on": TODAY - timedelta(days=1)},
            World(visits=0),
            "I-13",
        ),
        ({"verifier": "乙", "evidence": "文1"}, HERE, "I-11"),
    ],
)
def test_closing_is_refused(given: dict[str, Any], world: World, rule: str) -> None:
    values = record("issue", **SOLVED)
    with pytest.raises(RefusedMany) as error:
        move("issue", values, "closed", given, FACTS, world)
    assert [refusal.rule for refusal in error.value.refusals] == [rule]


def test_reopening_counts_and_clears_the_proof() -> None:
    values = record("issue", **{**SOLVED, "state": "closed"}, verifier="乙", evidence="文1", closed_on=TODAY)
    after = move("issue", values, "doing", {"state_reason": "反弹"})
    assert (after["reopened_count"], after["evidence"], after["closed_on"]) == (1, None, None)


def test_closing_waits_for_every_step() -> None:
    given = {"verifier": "乙", "verify_note": "已核"}
    steps = {"steps": ["补办手续", "交地"], "steps_done": ["交地"]}
    values = record("issue", **SOLVED, **steps)
    with pytest.raises(RefusedMany, match="补办手续") as error:
        move("issue", values, "closed", given)
    assert error.value.refusals[0].rule == "I-19"
    assert move("issue", {**values, "steps_done": ["交地", "补办手续"]}, "closed", given)["state"] == "closed"


def test_an_issue_that_was_sent_back_keeps_its_first_date() -> None:
    values = record("issue", state="assigned", lead_unit="u", found_on=TODAY - timedelta(days=9),
                    assigned_on=TODAY - timedelta(days=5), due_on=TODAY)  # fmt: skip
    back = move("issue", values, "open", {"state_reason": "不属本单位"})
    again = move("issue", back, "assigned", {"lead_unit": "v"})
    assert (again["assigned_on"], again["bounced_count"]) == (TODAY - timedelta(days=5), 1)


def test_what_is_solved_comes_down_the_ladder() -> None:
    values = record("issue", state="doing", escalation="L3", lead_unit="u", assigned_on=TODAY, due_on=TODAY)
    assert move("issue", values, "solved", {})["escalation"] == "L1"


@pytest.mark.parametrize(
    "into",
    [{"uid": "x"}, {"uid": "y", "project_uid": "q"}, {"uid": "y", "state": "merged"}, {"uid": "y", "state": "closed"}],
)
def test_an_issue_is_merged_only_into_another_open_one_of_its_project(into: dict[str, Any]) -> None:
    other = {**record("issue", state="open"), **into}
    with pytest.raises(RefusedMany, match="I-14"):
        move(
            "issue",
            record("issue", state="open"),
            "merged",
            {"merged_into": into["uid"]},
            Facts(TODAY, merge_into=other),
        )


@settings(max_examples=150)
@hypothesis.given(walks("project"))
def test_a_project_comes_back_only_to_where_it_was_suspended(walk: list[Step]) -> None:
    values, suspended_from = record("project", stage="building"), None
    for target, given, facts, world in walk:
        before = values
        try:
            values = move("project", values, target, given, facts, world)
        except Refused:
            continue
        if before["stage"] == "suspended" and target != "withdrawn":
            assert target == suspended_from
        suspended_from = before["stage"] if target == "suspended" else suspended_from
        if target not in ("suspended", "withdrawn"):
            assert values["suspended_from"] is None
        assert before["stage"] not in ("completed", "operating", "archived") or target in ("operating", "archived")
        assert target != "withdrawn" or (given["withdraw_reason"] and given["stage_reason"])
        if list(STAGES).index(target) < list(STAGES).index(before["stage"]) <= 3:
            assert given["stage_reason"] and given["confirmed_by"]


def test_a_project_that_comes_back_leaves_its_reasons_behind() -> None:
    values = record("project", stage="withdrawn", withdraw_reason="land", suspended_from="building")
    after = move("project", values, "preparatory", {})
    assert (after["withdraw_reason"], after["suspended_from"]) == (None, None)


@pytest.mark.parametrize(
    ("stage", "target", "world", "rule"),
    [
        ("building", "completed", World(invested=0), "P-21"),
        ("operating", "archived", World(open=(1, 0)), "P-22"),
        ("operating", "archived", World(open=(0, 1)), "P-22"),
    ],
)
def test_a_project_is_not_completed_on_paper_nor_archived_with_open_problems(
    stage: str, target: str, world: World, rule: str
) -> None:
    with pytest.raises(RefusedMany) as error:
        given = {"real_end": TODAY} if target == "completed" else {}
        done = {"real_end": TODAY} if target == "archived" else {}
        values = record("project", stage=stage, real_start=TODAY, start_evidence=["permit"], **done)
        move("project", values, target, given, FACTS, world)
    assert [refusal.rule for refusal in error.value.refusals] == [rule]


@pytest.mark.parametrize("target", ["preparatory", "ready"])
def test_a_step_back_is_confirmed_by_somebody_else(target: str) -> None:
    values, given = (
        record("project", stage="building", audit_on=TODAY, land_on=TODAY),
        {"stage_reason": "因", "confirmed_by": "乙"},
    )
    with pytest.raises(RefusedMany, match="P-23"):
        move("project", values, target, given, Facts(TODAY, person="乙"))
    assert move("project", values, target, given, Facts(TODAY, person="甲"))["stage"] == target


@settings(max_examples=100)
@hypothesis.given(walks("service"))
def test_a_service_is_approved_only_with_a_document_and_its_clock_is_whole(
    walk: list[Step],
) -> None:
    values, day = record("service", state="accepted", accepted_on=TODAY), TODAY
    for target, given, facts, _world in walk:
        day, given = max(day, facts.today), fitting("service", values, target, given)  # noqa: PLW2901
        try:
            values = move("service", values, target, given, Facts(day))
        except Refused:
            continue
        assert values["result"] != "approved" or values["doc_no"]
        assert values["state"] != "delivered" or (values["result"] and not values["missing_docs"])
        open_pauses = [pause for pause in values["pauses"] if pause["to"] is None]
        assert len(open_pauses) == (1 if values["state"] == "paused" else 0)


def test_an_approval_needs_its_document_number_a_refusal_does_not() -> None:
    values = record("service", state="reviewing", accepted_on=TODAY)
    with pytest.raises(RefusedMany, match="S-12"):
        move("service", values, "decided", {"result": "approved"})
    with pytest.raises(RefusedMany, match="S-11"):  # nobody says what came of it
        move("service", values, "decided", {})
    assert move("service", values, "decided", {"doc_no": "号"})["result"] == "approved"
    assert move("service", values, "decided", {"result": "refused"})["decided_on"] == TODAY
