"""What counts as overtime is data: lines that a workspace changes, adds and takes away."""

from datetime import date
from typing import Any

import pytest

from zjtui.domain.limits import RULES, limits
from zjtui.domain.overtime import OVERTIME, overtime, parsed
from zjtui.errors import Refused

START = date(2023, 9, 1)  # a Friday
LATE = date(2023, 9, 26)
TWO_PAUSES = (("2023-09-04", "2023-09-12"), ("2023-09-13", None))


def service(**more: Any) -> dict[str, Any]:
    empty = dict.fromkeys(("applied_on", "accepted_on", "decided_on", "delivered_on", "ended_on", "promise_days"))
    return {**empty, "state": "reviewing", "basis": "wd", "pauses": [], "reason": None, "doc_no": None, **more}


def test_every_shipped_rule_is_a_line_with_a_name() -> None:
    assert set(RULES) == set(OVERTIME)
    for line in RULES.values():
        parsed(line)


@pytest.mark.parametrize(
    ("line", "more", "holds"),
    [
        ("accepted_on..decided_on > 16 wd", {"accepted_on": START}, True),  # 17 working days up to 26 September
        ("accepted_on..decided_on > 17 wd", {"accepted_on": START}, False),
        ("accepted_on..decided_on > 24 cd", {"accepted_on": START}, True),
        ("accepted_on..decided_on > 25 cd", {"accepted_on": START}, False),
        ("accepted_on..decided_on > 24 cd", {"accepted_on": START, "decided_on": date(2023, 9, 4)}, False),
        (
            "accepted_on..decided_on > 18",  # the service's own basis: 25 calendar days, 6 of them paused
            {"accepted_on": START, "basis": "cd", "pauses": [{"from": "2023-09-02", "to": "2023-09-08"}]},
            True,
        ),
        (
            "accepted_on..decided_on > 19",
            {"accepted_on": START, "basis": "cd", "pauses": [{"from": "2023-09-02", "to": "2023-09-08"}]},
            False,
        ),
        (
            "accepted_on..paused > 1",  # 12 September is the one day between the pauses
            {"accepted_on": START, "pauses": [{"from": day, "to": end} for day, end in TWO_PAUSES]},
            False,
        ),
        ("accepted_on..paused > 1", {"accepted_on": START, "pauses": [{"from": "2023-09-06", "to": None}]}, True),
        ("accepted_on..decided_on > promise", {"accepted_on": START, "promise_days": 3}, True),
        ("accepted_on..decided_on > promise", {"accepted_on": START}, False),  # nothing was promised
        ("accepted_on..decided_on > 3 wd when paused|已受理", {"accepted_on": START}, False),
        ("accepted_on..decided_on > 3 wd when 审查中|paused", {"accepted_on": START}, True),
        ("ａｃｃｅｐｔｅｄ_on..decided_on ＞ 3 wd", {"accepted_on": START}, True),
        ("applied_on..accepted_on > accept_within wd", {"applied_on": START}, True),
        ("doc_no empty when decided", {"state": "decided"}, True),
        ("doc_no empty when decided", {"state": "decided", "doc_no": "1号"}, False),
        ("", {"accepted_on": START}, False),
    ],
)
def test_a_line_is_read_and_holds(line: str, more: dict[str, Any], holds: bool) -> None:
    own = limits(rules={**dict.fromkeys(RULES, ""), "ours": line})
    assert overtime(service(**more), LATE, own) == (["ours"] if holds else [])


@pytest.mark.parametrize(
    "line",
    ["", "late", "accepted_on > 3", "name..decided_on > 3", "accepted_on..name > 3", "accepted_on..decided_on > soon",
     "accepted_on..decided_on > 3 weeks", "accepted_on..decided_on > 3 when nowhere", "promise empty", "state empty"],
)  # fmt: skip
def test_a_line_that_says_no_rule_is_refused_and_never_stops_a_list(line: str) -> None:
    with pytest.raises(Refused):
        parsed(line)
    assert overtime(service(accepted_on=START, promise_days=1), LATE, limits(rules={"ours": line})) == []


def test_a_refusal_that_came_too_late_counts_and_a_withdrawal_does_not() -> None:
    ended = {"applied_on": START, "ended_on": LATE, "reason": "材料不齐"}
    assert overtime(service(state="refused", **ended), LATE) == ["acceptance"]
    assert overtime(service(state="withdrawn", **ended), LATE) == []
