"""The parts of a change add up to it exactly, whatever happened."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zjtui.domain.bridge import (
    CAUSES,
    METRICS,
    Point,
    Stand,
    Stands,
    commencement,
    completion,
    pace,
    rank_effects,
)
from zjtui.domain.indicators import ranks

AMOUNT = st.integers(-(10**6), 10**9)
DAYS = st.one_of(st.none(), st.sampled_from([f"2023-{month:02}-15" for month in range(1, 13)]))
STAND = st.builds(
    Stand,
    plan=st.integers(0, 10**9),
    months=st.dictionaries(st.integers(1, 12), AMOUNT, max_size=12),
    expected=st.lists(st.integers(0, 10**9), min_size=12, max_size=12).map(sorted),
    new=st.booleans(),
    started=DAYS,
    out=st.integers(1, 13),
)
STANDS = st.dictionaries(st.sampled_from("abcd"), STAND)
MONTHS = st.integers(1, 12)


def point(month: int) -> Point:
    return Point(month, f"2023-{month:02}-28")


def value(metric: str, stands: Stands, at: Point) -> tuple[int, int]:
    """Numerator and denominator by the definition of the indicator, not by the bridge."""
    if metric == "commencement":
        new = [stand for stand in stands.values() if stand.new and stand.out > at.month]
        return sum(1 for stand in new if stand.started and stand.started <= at.last_day), len(new)
    done = sum(sum(amount for month, amount in s.months.items() if month <= at.month) for s in stands.values())
    counted = [s for s in stands.values() if s.out > at.month]
    over = sum(s.plan if metric == "completion" else s.expected[at.month - 1] for s in counted)
    return done, over


@pytest.mark.parametrize("metric", METRICS)
@given(before=STANDS, after=STANDS, one=MONTHS, two=MONTHS)
def test_the_parts_add_up_to_the_change_exactly(metric: str, before: Stands, after: Stands, one: int, two: int) -> None:
    start, end = point(one), point(two)  # also backwards
    was, now = value(metric, before, start), value(metric, after, end)
    change = METRICS[metric](before, start, after, end)
    assert sum(change.numerator.values()) == now[0] - was[0]
    assert sum(change.denominator.values()) == now[1] - was[1]
    points = change.points(*was)
    assert (points is None) == (not was[1] or not now[1])
    if points is not None:
        assert sum(points.values()) == (Fraction(*now) - Fraction(*was)) * 100


def test_each_cause_gets_what_it_did() -> None:
    old = {
        "stays": Stand(100, {1: 10, 2: 20, 3: 5}),
        "late": Stand(100, {1: 10}),
        "left": Stand(50, {1: 7}),
    }
    new = {
        "stays": Stand(120, {1: 10, 2: 15, 3: 5, 4: 30}),  # the plan was raised, February corrected
        "late": Stand(100, {1: 10, 2: 9, 4: -2}),  # February came late, April is a correction
        "new": Stand(80, {2: 4, 4: 6}),
    }
    change = completion(old, point(3), new, point(4))
    assert change.numerator == {**dict.fromkeys(CAUSES, 0), "month": 36, "late": 9, "corrections": -7, "entered": 4,
                                "left": -7}  # fmt: skip
    assert change.denominator == {**dict.fromkeys(CAUSES, 0), "entered": 80, "left": -50, "plans": 20}
    points = change.points(52, 250)
    assert points is not None
    assert points["month"] == Fraction(36 * 100, 300) and points["plans"] == -Fraction(52 * 20 * 100, 250 * 300)


def test_a_start_is_of_the_month_late_or_a_correction() -> None:
    def new(day: str | None) -> Stand:
        return Stand(new=True, started=day)

    old = {"this": new(None), "late": new(None), "wrong": new("2023-02-01"), "same": new("2023-01-05")}
    now = {
        "this": new("2023-04-10"), "late": new("2023-03-09"), "wrong": new(None), "same": new("2023-01-05"),
        "came": new("2023-02-02"),
    }  # fmt: skip
    change = commencement(old, point(3), now, point(4))
    assert {cause: count for cause, count in change.numerator.items() if count} == {
        "month": 1, "late": 1, "corrections": -1, "entered": 1,
    }  # fmt: skip
    assert change.denominator["entered"] == 1


def test_what_is_withdrawn_in_between_leaves_the_denominator_and_what_it_did_stays() -> None:
    stands = {"stays": Stand(100, {1: 10}), "goes": Stand(40, {1: 5}, out=2, new=True, started="2023-01-05")}
    change = completion(stands, point(1), stands, point(2))
    assert (change.denominator["left"], sum(change.numerator.values())) == (-40, 0)
    assert commencement(stands, point(1), stands, point(2)).numerator["left"] == -1


def test_what_the_calendar_expects_more_is_not_the_projects_doing() -> None:
    stand = Stand(120, {1: 10, 2: 10}, expected=tuple(range(10, 130, 10)))
    change = pace({"a": stand}, point(1), {"a": stand}, point(2))
    assert change.denominator["calendar"] == 10 and change.numerator["month"] == 10


VALUES = st.dictionaries(st.sampled_from("abcdef"), st.one_of(st.none(), st.fractions(0, 2)), min_size=1)


@given(VALUES, VALUES)
def test_own_step_and_the_others_step_make_the_change_of_rank(
    before: dict[str, Fraction | None], after: dict[str, Fraction | None]
) -> None:
    for key, old in before.items():
        found = rank_effects(before, after, key)
        if found is None:
            assert old is None or after.get(key) is None
            continue
        was, alone, now = found
        assert was == ranks(before.values())[list(before).index(key)]
        assert now == ranks(after.values())[list(after).index(key)]
        assert (was - alone) + (alone - now) == was - now
        if after[key] == old:
            assert alone == was  # standing still is nobody's own doing
