"""Figures with a question: one case for each rule, none for a plain year, and nothing but questions."""

from datetime import date
from typing import Any

import pytest

from zjtui.domain.indicators import expected_amounts
from zjtui.domain.odd_figures import Year, questions

PLAN = 1200
EXPECTED = tuple(expected_amounts(PLAN, "continuing", 0, []))
PLAIN: dict[str, Any] = {
    "month": 6, "plan": PLAN, "expected": EXPECTED, "started": date(2023, 1, 5), "stat_in": date(2023, 2, 1),
    "amounts": {1: 90, 2: 110, 3: 95, 4: 105, 5: 98, 6: 101}, "percents": {4: 30, 5: 40, 6: 50},
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "odd"),
    [
        ("W01", {"amounts": {1: 150, 2: 150, 3: 150, 4: 150, 5: 150, 6: 150}}),
        ("W02", {"amounts": {1: 90, 2: 110, 3: 95, 4: 105, 5: 98, 6: 330}}),
        ("W03", {"amounts": {**PLAIN["amounts"], 6: -5}}),
        ("W04", {"percents": {4: 50, 5: 50, 6: 50}}),
        ("W05", {"permit": False, "stat_in": None}),
        ("W06", {"blocking_days": 8}),
        ("W07", {"amounts": {1: 100, 2: 100, 3: 100, 4: 100, 5: 100}, "expected": (*EXPECTED[:5], 900, *EXPECTED[6:])}),
        ("W09", {"amounts": dict.fromkeys(range(1, 7), 270)}),
        ("W11", {"stopped": frozenset({6})}),
    ],
)
def test_each_rule_asks_its_question(rule: str, odd: dict[str, Any]) -> None:
    found = questions(Year(**{**PLAIN, **odd}))
    assert rule in [name for name, _question in found]
    assert all(str(question).endswith("?") for _name, question in found)


@pytest.mark.parametrize(
    "plain",
    [
        {},
        {"amounts": {**PLAIN["amounts"], 6: -5}, "corrected": frozenset({6})},  # it says why
        {"amounts": dict.fromkeys(range(1, 7), 270), "adjusted": True},
        {"blocking_days": 7},
        {"percents": {4: 100, 5: 100, 6: 100}},
        {"permit": False},  # but in the statistics
        {"stopped": frozenset({7})},
    ],
)
def test_what_is_plain_or_explained_is_not_asked_about(plain: dict[str, Any]) -> None:
    assert questions(Year(**{**PLAIN, **plain})) == []
