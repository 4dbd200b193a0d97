"""The guard tables: which moves there are, what they ask, and what no path can get round."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zjtui.domain import registry
from zjtui.domain.check import check
from zjtui.domain.workflow import Facts, Workflow
from zjtui.errors import Refused, RefusedMany

TODAY = date(2023, 9, 20)
ENTITIES = ("issue", "project", "service", "monthly_report")
START: dict[str, dict[str, Any]] = {
    "issue": {"no": "1", "project_uid": "p", "title_text": "用地", "kind": "land", "found_on": TODAY, "state": "draft"},
    "project": {"name": "甲", "region_code": "330100", "total_invest": 10**9, "stage": "reserve"},
    "service": {"project_uid": "p", "kind": "permit", "state": "planned"},
    "monthly_report": {"project_uid": "p", "month": "2023-08", "invest_month": 1, "state": "draft"},
}
GIVEN: dict[str, Any] = {
    "lead_unit": "u", "owner_person": "甲", "due_on": TODAY, "state_reason": "因", "resume_on": TODAY, "verifier": "乙",
    "verify_note": "已核", "evidence": "文1", "merged_into": "other", "audit_on": TODAY, "land_on": TODAY,
    "real_start": TODAY, "start_evidence": ["permit"], "real_end": TODAY, "stage_reason": "因", "confirmed_by": "乙",
    "withdraw_reason": "land", "reason": "因", "doc_no": "号", "return_reason": "因",
}  # fmt: skip
FACTS = Facts(TODAY, visits_since_solved=1, invested=1)


def record(entity: str) -> dict[str, Any]:
    kind = registry.model(entity)
    return dict(check(kind, {"uid": "x", **START[entity]}, TODAY).__dict__)


def labels(entity: str) -> dict[str, str]:
    return {name: field.label for name, field in registry.model(entity).fields().items()}


def move(
    entity: str, values: dict[str, Any], target: str, given: dict[str, Any], facts: Facts = FACTS
) -> dict[str, Any]:
    return {**values, **registry.workflow(entity).apply(values, target, given, facts, labels(entity))}


def needed(flow: Workflow, state: str, target: str) -> dict[str, Any]:
    found = flow.find(state, target)
    return {name: GIVEN[name] for name in (*found.needs, *found.asks) if name in GIVEN}


@pytest.mark.parametrize("entity", ENTITIES)
def test_every_state_can_be_reached_and_every_move_can_be_made(entity: str) -> None:
    flow = registry.workflow(entity)
    reached, waiting = set(), [record(entity)]
    while waiting:
        values = waiting.pop()
        state = values[flow.state_field]
        if state in reached:
            continue
        reached.add(state)
        for step in flow.from_state(state):
            if step.source == "suspended" and step.target not in (values["suspended_from"], "withdrawn"):
                continue
            waiting.append(move(entity, values, step.target, needed(flow, state, step.target)))
    assert reached == set(flow.states)


@pytest.mark.parametrize("entity", ENTITIES)
def test_a_move_that_is_not_in_the_table_is_refused_with_those_that_are(entity: str) -> None:
    flow = registry.workflow(entity)
    for source in flow.states:
        allowed = {step.target for step in flow.from_state(source)}
        for target in set(flow.states) - allowed:
            with pytest.raises(Refused) as error:
                flow.find(source, target)
            assert all(flow.states.label(possible) in str(error.value) for possible in allowed)


@pytest.mark.parametrize("entity", ENTITIES)
def test_every_missing_field_is_named(entity: str) -> None:
    flow = registry.workflow(entity)
    for step in flow.moves:
        values = {**record(entity), flow.state_field: step.source, "doc_no": None, "suspended_from": None}
        if step.needs:
            with pytest.raises(RefusedMany) as error:
                flow.apply(values, step.target, {}, FACTS, labels(entity))
            assert {refusal.field for refusal in error.value.refusals} == set(step.needs)


WALK = st.lists(
    st.tuples(
        st.sampled_from(list(registry.workflow("issue").states)), st.sets(st.sampled_from(sorted(GIVEN))), st.booleans()
    ),
    max_size=25,
)


@settings(deadline=None, max_examples=200)
@given(WALK)
def test_no_path_leads_to_closed_without_a_second_person_a_note_and_a_proof(
    walk: list[tuple[str, set[str], bool]],
) -> None:
    values = record("issue")
    known = {*registry.model("issue").fields()}
    for target, names, visited in walk:
        before = values["state"]
        given = {name: GIVEN[name] for name in names & known}
        try:
            values = move("issue", values, target, given, Facts(TODAY, visits_since_solved=int(visited)))
        except Refused:
            assert values["state"] == before
            continue
        if target == "closed":
            assert before == "solved"
            assert values["verify_note"] and values["verifier"] and values["verifier"] != values["owner_person"]
            assert visited or values["evidence"]


def test_the_one_in_charge_cannot_verify() -> None:
    values = {**record("issue"), "state": "solved", "owner_person": "甲", "solved_on": TODAY}
    with pytest.raises(RefusedMany, match="another person"):
        move("issue", values, "closed", {"verifier": "甲", "verify_note": "已核"})


def test_reopening_counts_and_clears_the_proof() -> None:
    values = {**record("issue"), "state": "closed", "verifier": "乙", "evidence": "文1", "closed_on": TODAY}
    after = move("issue", values, "doing", {"state_reason": "反弹"})
    assert (after["reopened_count"], after["evidence"], after["closed_on"]) == (1, None, None)


def test_a_suspended_project_goes_back_to_where_it_was() -> None:
    values = move("project", {**record("project"), "stage": "ready"}, "suspended", {"stage_reason": "因"})
    with pytest.raises(RefusedMany, match="Ready"):
        move("project", values, "building", {})
    assert move("project", values, "ready", {})["suspended_from"] is None


@pytest.mark.parametrize(
    ("stage", "target", "facts"),
    [("building", "completed", Facts(TODAY, invested=0)), ("completed", "archived", Facts(TODAY, open_issues=1))],
)
def test_a_project_is_not_completed_on_paper_nor_archived_with_open_problems(
    stage: str, target: str, facts: Facts
) -> None:
    with pytest.raises(RefusedMany):
        move("project", {**record("project"), "stage": stage}, target, {"real_end": TODAY}, facts)
