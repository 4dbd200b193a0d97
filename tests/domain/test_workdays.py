"""Chinese working days: holidays, weekends worked in exchange, pauses."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zjtui.domain import service_clock, work_calendar, workdays

# National Day 2023: 29 September to 6 October off, 7 and 8 October (a weekend) worked.
OFF = {date(2023, 9, 29) + timedelta(days=number) for number in range(8)}
DAYS = st.dates(date(2023, 1, 3), date(2024, 6, 1))


def test_the_make_up_days_of_october_2023_count() -> None:
    assert workdays.due_date(date(2023, 9, 28), 5, "wd") == date(2023, 10, 11)
    assert not any(workdays.is_workday(day) for day in OFF)
    assert workdays.is_workday(date(2023, 10, 7)) and workdays.is_workday(date(2023, 10, 8))


def test_neither_a_plain_week_nor_holidays_alone_give_the_right_day() -> None:
    start, due = date(2023, 9, 28), workdays.due_date(date(2023, 9, 28), 5, "wd")
    following = [start + timedelta(days=number) for number in range(1, 20)]
    plain = [day for day in following if day.weekday() < 5][4]
    holidays_only = [day for day in following if day.weekday() < 5 and day not in OFF][4]
    assert (plain.isoformat(), holidays_only.isoformat()) == ("2023-10-05", "2023-10-13")
    assert due not in (plain, holidays_only)


@given(DAYS, st.integers(0, 60))
def test_working_days_added_are_the_due_date_without_pauses(start: date, count: int) -> None:
    assert workdays.add_workdays(start, count) == workdays.due_date(start, count, "wd")


@pytest.mark.parametrize(
    ("state", "decided", "days", "light"),
    [
        ("reviewing", None, (5, 0), "yellow"),
        ("decided", date(2023, 10, 11), (5, 0), "green"),
        ("decided", date(2023, 10, 12), (6, -1), "red"),
        ("withdrawn", None, (5, None), "grey"),
    ],
)
def test_a_service_shows_how_its_promise_stands(
    state: str, decided: date | None, days: tuple[int, int], light: str
) -> None:
    values = {"accepted_on": date(2023, 9, 28), "decided_on": decided, "promise_days": 5, "basis": "wd", "pauses": []}
    found = service_clock.clock({**values, "state": state}, date(2023, 10, 11))
    assert ((found["used_days"], found["days_left"]), found["light"]) == (days, light)
    assert found["due_on"] == (None if state == "withdrawn" else date(2023, 10, 11))


def test_a_pause_moves_the_due_date() -> None:
    pause = [(date(2023, 10, 8), date(2023, 10, 10))]
    assert workdays.due_date(date(2023, 9, 28), 5, "wd", pause) == date(2023, 10, 13)
    assert workdays.due_date(date(2023, 9, 28), 5, "wd", [(date(2023, 10, 8), None)]) is None


def test_a_year_without_calendar_is_said_and_not_guessed() -> None:
    """Known days count, the others are told apart; what the office gives is known, and comes first."""
    assert workdays.is_workday(date(2049, 1, 4)) is None
    assert workdays.due_date(date(2049, 1, 4), 3, "wd") is None
    assert workdays.counted(date(2026, 12, 28), date(2027, 1, 12), "wd") == (3, 12)
    assert workdays.due_date(date(2026, 12, 24), 5, "wd") == date(2026, 12, 31)
    given = {2027: workdays.Year(frozenset({date(2027, 1, 1)}), frozenset({date(2027, 1, 3)}))}
    assert workdays.counted(date(2026, 12, 28), date(2027, 1, 12), "wd", (), given) == (3 + 1 + 5 + 2, 0)
    assert workdays.due_date(date(2026, 12, 28), 5, "wd", (), given) == date(2027, 1, 4)
    assert (
        workdays.is_workday(date(2023, 9, 20), {2023: workdays.Year(frozenset({date(2023, 9, 20)}), frozenset())})
        is False
    )
    assert workdays.due_date(date(2049, 1, 4), 3, "cd") == date(2049, 1, 7)


def test_a_calendar_that_stops_in_february_says_nothing_of_march() -> None:
    """A given year ends with 国庆节: what stops before is a part, and its other days are as unknown as a whole year's."""
    days = {"year": 2027, "days_off": ["2027-01-01", "2027-02-05"], "days_worked": ["2027-02-14"]}
    given = work_calendar.given_of([days])
    assert workdays.counted(date(2026, 12, 28), date(2027, 3, 1), "wd", (), given) == (3 + 20 + 10, 15)
    assert workdays.unknown_until(date(2027, 2, 14), given) == 0
    whole = work_calendar.given_of([{**days, "days_off": [*days["days_off"], "2027-10-01"]}])
    assert workdays.unknown_until(date(2027, 12, 31), whole) == 0


@st.composite
def clocks(draw: st.DrawFn) -> tuple[date, date, list[workdays.Span]]:
    start = draw(DAYS)
    cuts = sorted(draw(st.sets(st.integers(1, 90), max_size=6)))
    points = [start + timedelta(days=cut) for cut in cuts]
    pauses: list[workdays.Span] = list(zip(points[::2], points[1::2], strict=False))
    return start, start + timedelta(days=draw(st.integers(0, 120))), pauses


@given(clocks(), st.sampled_from(["wd", "cd"]))
def test_used_days_equal_a_count_day_by_day(clock: tuple[date, date, list[workdays.Span]], basis: str) -> None:
    start, end, pauses = clock
    paused = {begin + timedelta(days=number) for begin, stop in pauses if stop for number in range((stop - begin).days)}
    counted = [start + timedelta(days=number + 1) for number in range((end - start).days)]
    expected = sum(1 for day in counted if day not in paused and (basis == "cd" or workdays.is_workday(day)))
    assert workdays.used_days(start, end, basis, pauses) == expected


@given(clocks(), st.integers(1, 40), st.sampled_from(["wd", "cd"]))
def test_on_the_due_date_exactly_the_promise_is_used(
    clock: tuple[date, date, list[workdays.Span]], limit: int, basis: str
) -> None:
    start, _end, pauses = clock
    due = workdays.due_date(start, limit, basis, pauses)
    assert due is not None
    assert workdays.used_days(start, due, basis, pauses) == limit
    assert workdays.used_days(start, due - timedelta(days=1), basis, pauses) == limit - 1
