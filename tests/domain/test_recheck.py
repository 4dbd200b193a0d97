"""Closing that holds: re-checks 30 and 90 days after closing, done by going there; a return within 180 days counts."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zjtui.domain.recheck import is_relapse, rechecks

CLOSED = date(2023, 6, 1)


@pytest.mark.parametrize(
    ("visits", "today", "due"),
    [
        ([], date(2023, 6, 30), []),
        ([], date(2023, 7, 1), [date(2023, 7, 1)]),
        ([date(2023, 6, 30)], date(2023, 7, 2), [date(2023, 7, 1)]),  # too early to be the re-check
        ([date(2023, 7, 1)], date(2023, 7, 2), []),
        ([date(2023, 7, 1)], date(2023, 8, 30), [date(2023, 8, 30)]),
        ([], date(2023, 9, 20), [date(2023, 7, 1), date(2023, 8, 30)]),
        ([date(2023, 9, 1)], date(2023, 9, 20), []),  # one visit late does both
    ],
)
def test_a_recheck_is_due_until_somebody_goes_there(visits: list[date], today: date, due: list[date]) -> None:
    assert [item.due_on for item in rechecks(CLOSED, visits) if item.is_due(today)] == due


@given(st.lists(st.integers(-50, 400)), st.integers(1, 60), st.integers(61, 300))
def test_a_recheck_is_done_by_the_first_visit_from_its_day_on(days: list[int], first: int, second: int) -> None:
    visits = [CLOSED + timedelta(days=number) for number in days]
    found = rechecks(CLOSED, visits, {"recheck_first": first, "recheck_second": second})
    for item, after in zip(found, (first, second), strict=True):
        fit = sorted(number for number in days if number >= after)
        assert item.done_on == (CLOSED + timedelta(days=fit[0]) if fit else None)


def test_what_comes_back_within_half_a_year_is_a_relapse() -> None:
    assert is_relapse(CLOSED, CLOSED + timedelta(days=180))
    assert not is_relapse(CLOSED, CLOSED + timedelta(days=181))
