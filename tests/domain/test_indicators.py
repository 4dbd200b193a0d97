"""The province's indicators: the published rules as examples, and what must hold for any numbers."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from zjtui.domain import indicators as formulas

AMOUNTS = st.integers(0, 10**13)
F3_MONTHS = [20, 25, 30, 36, 40, 44, 45]  # of a plan of 400: the worked example of the target radar


def cumulative(months: list[int]) -> list[int]:
    return [sum(months[: number + 1]) for number in range(len(months))]


def test_the_target_radar_of_the_worked_example() -> None:
    done = cumulative(F3_MONTHS)
    expected = formulas.expected_amounts(400, "continuing", 0, [])
    assert formulas.rate(done[-1], 400) == Fraction(60, 100)
    forecast = formulas.forecasts(done, expected, 9)
    assert forecast is not None
    shares = {name: round(float(amount / 4), 1) for name, amount in forecast.items()}
    assert shares["run_rate"] == 77.1 and shares["recent_pace"] == 81.5
    due, share = formulas.target("completion", 7)
    assert (due, share * 400 - done[-1]) == (9, 60)  # 30 a month
    assert formulas.needed_starts(67, 0, Fraction(85, 100)) == 57
    assert formulas.smallest_set([("c", 4), ("a", 6), ("b", 5), ("d", 2), ("e", 1)], 9) == ["a", "b"]
    assert formulas.smallest_set([("a", 6)], 9) is None and formulas.smallest_set([("a", 6)], 0) == []


def test_less_than_two_months_give_no_forecast() -> None:
    assert formulas.forecasts([5], formulas.expected_amounts(100, "continuing", 0, []), 9) is None


def test_a_new_start_is_expected_from_its_month_on_and_a_curve_comes_first() -> None:
    shares = [formulas.expected_share("new_start", 10, [], month) for month in (9, 10, 11, 12)]
    assert shares == [0, Fraction(1, 3), Fraction(2, 3), 1]
    curve = [str(10 * number) for number in range(11)] + ["100"]
    assert formulas.expected_share("new_start", 10, curve, 3) == Fraction(2, 10)
    assert formulas.expected_share("continuing", 0, [], 3) == Fraction(1, 4)


def test_a_rate_is_never_capped_and_nothing_divided_by_nothing_is_none() -> None:
    assert formulas.rate(150, 100) == Fraction(3, 2) and formulas.rate(1, 0) is None
    assert formulas.gap_points(150, 50, 100) == 100 and formulas.ratio(1, 0) is None


def test_ties_share_a_rank_and_nothing_has_none() -> None:
    assert formulas.ranks([Fraction(1), None, Fraction(1), Fraction(1, 2)]) == [1, None, 1, 3]


@given(st.lists(st.one_of(st.none(), st.fractions(0, 3)), max_size=12), st.randoms())
def test_a_rank_never_depends_on_the_order(values: list[Fraction | None], chance: object) -> None:
    order = list(range(len(values)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    ranked = formulas.ranks(values)
    assert [ranked[place] for place in order] == formulas.ranks([values[place] for place in order])


@given(AMOUNTS, st.sampled_from(["new_start", "continuing"]), st.integers(0, 12))
def test_what_is_expected_never_falls_and_is_the_plan_in_december(plan: int, kind: str, start: int) -> None:
    amounts = formulas.expected_amounts(plan, kind, start, [])
    assert amounts == sorted(amounts) and amounts[-1] == plan


@given(
    st.lists(st.tuples(st.integers(), st.integers(1, 10**9)), unique_by=lambda item: item[0]), st.integers(1, 10**10)
)
def test_the_smallest_set_closes_the_gap_and_one_less_does_not(items: list[tuple[int, int]], gap: int) -> None:
    chosen = formulas.smallest_set(items, gap)
    amounts = dict(items)
    if chosen is None:
        assert sum(amounts.values()) < gap
    else:
        assert sum(amounts[key] for key in chosen) >= gap
        assert sum(sorted(amounts.values(), reverse=True)[: len(chosen) - 1]) < gap
