"""What may be saved: every refusal names its field and a rule, and all faults are named at once."""

from datetime import date
from typing import Any

import pytest

from zjtui.domain import registry
from zjtui.domain.check import check, notices
from zjtui.domain.record import Record
from zjtui.errors import RefusedMany

TODAY = date(2023, 9, 20)
DAY = date(2023, 9, 1)
VALID: dict[str, dict[str, Any]] = {
    "project": {"name": "甲", "region_code": "330100", "total_invest": 10**9},
    "annual_plan": {"project_uid": "p", "year": 2023, "year_class": "continuing", "plan_invest": 1},
    "monthly_report": {"project_uid": "p", "month": "2023-08", "invest_month": 6},
    "contact": {"project_uid": "p", "person_uid": "q", "role": "leader", "from_date": DAY},
    "follow_up": {"project_uid": "p", "visit_date": DAY, "findings": "正常", "people": ["q"]},
    "issue": {"no": "1", "project_uid": "p", "title_text": "用地", "kind": "land", "found_on": DAY},
    "service": {"project_uid": "p", "kind": "permit"},
    "element_need": {"project_uid": "p", "element": "land_new", "need": 30.0},
    "policy": {"title_text": "政策", "year": 2023, "package": "科技创新"},
    "policy_match": {"project_uid": "p", "policy_uid": "y"},
    "org": {"name": "发改委"},
    "person": {"name": "张三"},
}
PAUSE = {"from": "2023-09-04", "to": "2023-09-06", "reason": "expert"}
OPEN_PAUSE = {**PAUSE, "to": None}


def checked(entity: str, more: dict[str, Any], before: Record | None = None) -> Record:
    return check(registry.model(entity), {"uid": "x", **VALID[entity], **more}, TODAY, before)


@pytest.mark.parametrize("entity", VALID)
def test_what_is_required_is_enough(entity: str) -> None:
    assert checked(entity, {}).uid == "x"


@pytest.mark.parametrize("entity", VALID)
def test_each_missing_field_is_named(entity: str) -> None:
    required = {name for name, info in registry.model(entity).model_fields.items() if info.is_required()} - {"uid"}
    with pytest.raises(RefusedMany) as error:
        check(registry.model(entity), {"uid": "x"}, TODAY)
    assert {(refusal.field, refusal.rule) for refusal in error.value.refusals} == {(name, "G-10") for name in required}
    with pytest.raises(RefusedMany) as error:
        check(registry.model(entity), {"uid": "x", **dict.fromkeys(required)}, TODAY)
    assert {refusal.field for refusal in error.value.refusals} == required
    assert all(refusal.rule and str(refusal) for refusal in error.value.refusals)


@pytest.mark.parametrize(
    ("entity", "more", "field", "rule"),
    [
        ("project", {"name": "长" * 201}, "name", "G-11"),
        ("project", {"total_invest": 0}, "total_invest", "G-12"),
        ("project", {"fund_own": -1}, "fund_own", "G-13"),
        ("monthly_report", {"progress_pct": 100.5}, "progress_pct", "G-14"),
        ("monthly_report", {"progress_pct": 33.335}, "progress_pct", "G-16"),
        ("project", {"colour": "red"}, "colour", "G-15"),
        ("project", {"total_invest": "much"}, "total_invest", "G-16"),
        ("project", {"lng": float("nan")}, "lng", "G-16"),
        ("element_need", {"need": float("inf")}, "need", "G-16"),
        ("project", {"plan_start": "soon"}, "plan_start", "G-16"),
        ("project", {"plan_end": "2023-02-30"}, "plan_end", "G-16"),
        ("monthly_report", {"month": "2023-13"}, "month", "G-16"),
        ("monthly_report", {"month": "２０２３-01"}, "month", "G-16"),
        ("project", {"attr": "nonsense"}, "attr", "G-01"),
        ("project", {"list_kinds": ["key_city", "nonsense"]}, "list_kinds", "G-01"),
        ("project", {"real_start": date(2023, 9, 21)}, "real_start", "D-02"),
        ("project", {"plan_start": "2025", "plan_end": "2024-12"}, "plan_end", "P-06"),
        ("project", {"real_end": DAY}, "real_end", "P-07"),
        ("project", {"real_start": TODAY, "real_end": DAY}, "real_end", "P-08"),
        ("project", {"stat_out": DAY}, "stat_out", "P-09"),
        ("project", {"invest_civil": 10**9, "invest_land": 1}, "invest_other", "P-12"),
        ("project", {"list_kinds": ["thousand_trillion"]}, "field9", "P-13"),
        ("annual_plan", {"adjusted_invest": 5}, "adjust_reason", "A-01"),
        ("annual_plan", {"year_class": "new_start"}, "plan_start_month", "A-02"),
        ("annual_plan", {"curve": ["50"] * 11 + ["99"]}, "curve", "A-03"),
        ("monthly_report", {"invest_month": -1}, "correction_reason", "R-01"),
        ("monthly_report", {"civil_month": 1, "equip_month": 2, "other_month": 4}, "other_month", "R-02"),
        ("contact", {"to_date": date(2023, 8, 31)}, "to_date", "C-01"),
        ("contact", {"role": "team", "is_main": True}, "is_main", "C-02"),
        ("follow_up", {"people": []}, "people", "V-01"),
        ("follow_up", {"end_date": date(2023, 8, 31)}, "end_date", "V-02"),
        ("follow_up", {"next_visit": date(2023, 8, 31)}, "next_visit", "V-03"),
        ("follow_up", {"visit_date": date(2023, 9, 21)}, "visit_date", "D-02"),
        ("issue", {"assigned_on": TODAY, "due_on": DAY}, "due_on", "I-02"),
        ("issue", {"assigned_on": date(2023, 8, 31)}, "found_on", "I-03"),
        ("issue", {"solved_on": date(2023, 8, 31)}, "solved_on", "I-04"),
        ("issue", {"solved_on": TODAY, "closed_on": DAY}, "closed_on", "I-05"),
        ("service", {"applied_on": TODAY, "accepted_on": DAY}, "decided_on", "S-01"),
        ("service", {"accepted_on": date(2023, 9, 5), "pauses": [PAUSE]}, "pauses", "S-02"),
        ("service", {"accepted_on": DAY, "decided_on": date(2023, 9, 5), "pauses": [PAUSE]}, "pauses", "S-02"),
        ("service", {"accepted_on": DAY, "decided_on": TODAY, "pauses": [OPEN_PAUSE]}, "pauses", "S-02"),
        ("service", {"accepted_on": DAY, "pauses": [OPEN_PAUSE, PAUSE]}, "pauses", "S-02"),
        ("service", {"state": "reviewing", "channel": ["tolerant"]}, "missing_docs", "S-03"),
        ("element_need", {"state": "secured"}, "state", "E-01"),
        ("element_need", {"secured": 30.0}, "state", "E-01"),
        ("policy", {"valid_from": TODAY, "valid_to": DAY}, "valid_to", "Y-01"),
        ("policy_match", {"informed_on": TODAY, "granted_on": DAY}, "granted_on", "Y-02"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_each_refusal_names_its_field_and_rule(entity: str, more: dict[str, Any], field: str, rule: str) -> None:
    with pytest.raises(RefusedMany) as error:
        checked(entity, more)
    assert [(refusal.field, refusal.rule) for refusal in error.value.refusals] == [(field, rule)]
    assert f"[{rule}]" in str(error.value)


def test_all_faults_are_named_at_once() -> None:
    with pytest.raises(RefusedMany) as error:
        checked("project", {"attr": "?", "real_end": DAY, "stat_out": DAY})
    assert [refusal.rule for refusal in error.value.refusals] == ["G-01", "P-07", "P-09"]


@pytest.mark.parametrize(
    ("entity", "more", "rule"),
    [
        ("project", {"total_invest": 10_000}, "P-14"),
        ("project", {"fund_own": 1}, "P-16"),
        ("project", {"stat_in": date(2023, 1, 1), "real_start": DAY}, "P-17"),
        ("service", {"promise_days": 8, "limit_days": 7}, "S-04"),
        ("element_need", {"secured": 31.0, "state": "secured"}, "E-02"),
    ],
)
def test_what_is_odd_is_saved_and_said(entity: str, more: dict[str, Any], rule: str) -> None:
    assert rule in [notice.rule for notice in notices(checked(entity, more))]


def test_a_slip_between_the_units_is_said() -> None:
    before = checked("project", {})
    assert "P-15" in [notice.rule for notice in notices(checked("project", {"total_invest": 10**13}), before)]
    assert notices(checked("project", {"total_invest": 2 * 10**9}), before) == []


def test_a_code_of_a_newer_version_that_was_there_is_kept() -> None:
    kind = registry.model("project")
    newer = {"uid": "x", **VALID["project"], "attr": "newer", "list_kinds": ["newer", "key_city"], "tags": []}
    before = kind.trusted({**checked("project", {}).__dict__, **newer})
    after = checked("project", {"attr": "newer", "list_kinds": ["newer", "private"], "tags": ["急"]}, before)
    assert (after.__dict__["attr"], after.__dict__["list_kinds"]) == ("newer", ["newer", "private"])
    with pytest.raises(RefusedMany, match="other"):
        checked("project", {"list_kinds": ["newer", "other"]}, before)


def test_a_day_that_was_stored_is_not_asked_again() -> None:
    later = registry.model("project").trusted({**checked("project", {}).__dict__, "real_start": date(2023, 10, 1)})
    assert checked("project", {"real_start": date(2023, 10, 1)}, later).uid == "x"
