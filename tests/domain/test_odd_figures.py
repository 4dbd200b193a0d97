"""Every rule of odd figures asks about its own fixture, and none about a project that is in order."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import accumulate
from typing import Any

import pytest

from zjtui.domain.odd_facts import RULES, Entry, Facts, entered_together, says_stopped
from zjtui.domain.odd_figures import hits

WAN = 10_000
PLAN = 120_000 * WAN
MONTHS = tuple(amount * WAN for amount in (9100, 9900, 10400, 10200, 9700, 10300, 9800, 10050))


def year(*wan: int | None) -> tuple[int | None, ...]:
    """Return the amounts of a year whose first months are given in 万元."""
    given = [None if item is None else item * WAN for item in wan]
    return tuple(given + [None] * (12 - len(given)))


CLEAN = Facts(
    2023,
    date(2023, 9, 20),
    amounts=(*MONTHS, None, None, None, None),
    reported_ytd=(*accumulate(MONTHS), None, None, None, None),
    progress=(8, 16, 25, 34, 42, 50, 58, 66, None, None, None, None),
    plan=PLAN,
    expected=tuple(PLAN * month // 12 for month in range(1, 13)),
    real_start=date(2022, 11, 1),
    permit=True,
    stat_in=date(2022, 12, 1),
    blocking_days=7,
    typed={8: 10},
    told={3: 10_000 * WAN},
    unit_figures=20,
    unit_round=12,
)
AUGUST = "2023-08"
FIXTURES: dict[str, tuple[str, dict[str, Any]]] = {
    "W01": (AUGUST, {"amounts": year(9100, 9900, 10400, 10200, 9700, 10300, 9800, 20600)}),
    "W02": (AUGUST, {"amounts": year(9100, 9900, 10400, 10200, 9700, 10300, 9800, 31000)}),
    "W03": ("2023-05", {"reported_ytd": year(9100, 19000, 29400, 39600, 39599, None, None, None)}),
    "W04": ("2023-07", {"progress": (8, 16, 25, 34, 50, 50, 50, 66, None, None, None, None)}),
    "W05": ("", {"permit": False, "stat_in": None}),
    "W06": (AUGUST, {"blocking_days": 8}),
    "W07": (AUGUST, {"expected": tuple(WAN * n for n in (*range(9000, 79000, 10000), 116_000, *[120_000] * 4))}),
    "W08": (AUGUST, {"typed": {8: 11}}),
    "W09": (AUGUST, {"plan": 61_000 * WAN, "expected": tuple(5000 * WAN * n for n in range(1, 13))}),
    "W10": ("", {"unit_figures": 10, "unit_round": 7, "amounts": year(9100, 9900, 10400, 10000)}),
    "W11": (AUGUST, {"stopped": {8: date(2023, 8, 12)}}),
    "W12": ("2023-03", {"told": {3: 3000 * WAN}}),
}


def asked(facts: Facts) -> list[tuple[str, str]]:
    return [(hit.rule, hit.month) for hit in hits(facts)]


def test_a_project_in_order_is_asked_nothing() -> None:
    assert asked(CLEAN) == []


def test_there_is_a_fixture_for_every_rule() -> None:
    assert list(FIXTURES) == list(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_asks_about_its_fixture_and_no_other_does(rule: str) -> None:
    month, values = FIXTURES[rule]
    [hit] = hits(replace(CLEAN, **values))
    assert (hit.rule, hit.month) == (rule, month)
    assert str(hit.sentence).endswith("?") and "{" not in str(hit.sentence)


@pytest.mark.parametrize("rule", RULES)
def test_a_question_knows_its_figures_and_they_change_with_them(rule: str) -> None:
    month, values = FIXTURES[rule]
    [hit] = hits(replace(CLEAN, **values))
    assert hit.figures
    other = {
        "W04": {"progress": (8, 16, 25, 34, 55, 55, 55, 66, None, None, None, None)},
        "W05": {"real_start": date(2022, 11, 2)},
        "W10": {"unit_round": 9},
        "W11": {"stopped": {8: date(2023, 8, 13)}},
    }
    if rule in ("W01", "W06", "W07", "W09"):
        other[rule] = {"plan": replace(CLEAN, **values).plan + 1}
    elif rule not in other:
        number = int(month[5:])
        amounts = list(replace(CLEAN, **values).amounts)
        amounts[number - 1] = (amounts[number - 1] or 0) + 1
        other[rule] = {"amounts": tuple(amounts)}
    [changed] = hits(replace(CLEAN, **{**values, **other[rule]}))
    assert (changed.rule, changed.month) == (hit.rule, hit.month)
    assert changed.figures != hit.figures


def test_the_light_is_that_of_the_profile_in_force() -> None:
    far = {"expected": tuple(WAN * n for n in (*range(9000, 79000, 10000), 116_000, *[120_000] * 4))}
    assert asked(replace(CLEAN, **far)) == [("W07", AUGUST)]
    assert asked(replace(CLEAN, **far, profile="ratio")) == []  # 0.68 of what is expected is yellow by ratio


def test_a_target_reached_is_asked_about_once() -> None:
    months = (10_000, 20_000, 30_000, 30_000, 0, 0)
    assert ("W01", "2023-04") in asked(replace(CLEAN, amounts=year(*months)))
    assert ("W01", "2023-05") not in asked(replace(CLEAN, amounts=year(*months)))
    assert "75.0 %" in str(hits(replace(CLEAN, **FIXTURES["W01"][1]))[0].sentence)


def test_a_negative_month_is_asked_about_unless_its_reason_is_given() -> None:
    fallen = replace(CLEAN, amounts=year(9100, 9900, -400, 10200), reported_ytd=year(), told={})
    assert asked(fallen) == [("W03", "2023-03")]
    assert asked(replace(fallen, corrected=frozenset({3}))) == []


def test_the_same_progress_is_asked_about_every_three_months_while_building() -> None:
    still = replace(CLEAN, progress=(50,) * 7 + (None,) * 5)
    assert asked(still) == [("W04", "2023-03"), ("W04", "2023-06")]
    assert asked(replace(still, stage="completed")) == []
    assert asked(replace(CLEAN, progress=(50, 50, None, 50, 50, 60, *[None] * 6))) == []


def test_a_permit_or_the_statistics_shows_a_start() -> None:
    assert asked(replace(CLEAN, permit=False)) == asked(replace(CLEAN, stat_in=None)) == []
    assert asked(replace(CLEAN, permit=False, stat_in=None, real_start=None)) == []


def test_yellow_between_is_no_leap_and_a_month_nobody_reported_is_no_colour() -> None:
    late = FIXTURES["W07"][1]["expected"]
    assert asked(replace(CLEAN, expected=(*late[:6], 85_000 * WAN, *late[7:]))) == []
    assert asked(replace(CLEAN, amounts=(*MONTHS[:7], *[None] * 5), expected=late)) == []


def test_an_adjusted_plan_answers_what_is_far_above_it() -> None:
    assert asked(replace(CLEAN, **FIXTURES["W09"][1], adjusted=True)) == []


def test_exactly_on_the_threshold_is_not_beyond_it() -> None:
    for told, found in ((4400, []), (4399, [("W12", "2023-03")]), (16_400, []), (16_401, [("W12", "2023-03")])):
        assert asked(replace(CLEAN, told={3: told * WAN})) == found
    done = year(9100, 9900, 10400, 10200, 9700, 10300, 9800, 8600)  # 130 % of 60,000
    on_time = tuple(5000 * WAN * n for n in range(1, 13))
    assert asked(replace(CLEAN, plan=60_000 * WAN, amounts=done, expected=on_time)) == []
    assert asked(replace(CLEAN, unit_figures=10, unit_round=6, amounts=year(9100, 9900, 10400, 10000))) == []
    assert asked(replace(CLEAN, unit_figures=9, unit_round=9, amounts=year(9100, 9900, 10400, 10000))) == []


@pytest.mark.parametrize(
    ("text", "stopped"),
    [
        ("现场已停工", True),
        ("项目停建", True),
        ("未停工，正常施工", False),
        ("没有停工", False),
        ("高温天中午停工", False),
        ("停工41天", True),
    ],
)
def test_a_stop_is_read_in_the_findings(text: str, stopped: bool) -> None:
    assert says_stopped(text) is stopped


def test_entries_of_one_person_within_two_minutes_are_counted_by_project() -> None:
    noon = datetime(2023, 9, 5, 12)
    fast = [Entry("张三", noon + timedelta(seconds=12 * n), f"p{n}", AUGUST) for n in range(11)]
    twice = Entry("张三", noon, "p0", "2023-07")
    other = Entry("李四", noon, "q", AUGUST)
    later = Entry("张三", noon + timedelta(seconds=121), "r", AUGUST)
    found = entered_together([later, other, twice, *fast], 2)
    assert found["p0", AUGUST] == found["p0", "2023-07"] == found["p10", AUGUST] == 11
    assert found["q", AUGUST] == 1 and found["r", AUGUST] == 11  # p1 to p10 and r
