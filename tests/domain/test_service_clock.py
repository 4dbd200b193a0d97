"""The clock of a service: counted by hand, counted by brute force, and split over four watches."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zjtui.domain import service_clock, service_span, workdays
from zjtui.domain.limits import LIMITS, limits
from zjtui.domain.service_codes import PAUSE_REASONS
from zjtui.i18n import set_language

# Accepted on, days promised, working or calendar days, pauses (from counted as paused, to as running), due on.
# The State Council's calendar of 2023 and 2024: e.g. 21-27 January 2023 off, 28 and 29 (a weekend) worked.
BY_HAND: list[tuple[str, int, str, list[tuple[str, str]], str]] = [
    ("2022-12-30", 1, "wd", [], "2023-01-03"),
    ("2023-01-19", 1, "wd", [], "2023-01-20"),
    ("2023-01-19", 2, "wd", [], "2023-01-28"),
    ("2023-01-20", 1, "wd", [], "2023-01-28"),
    ("2023-01-20", 3, "wd", [], "2023-01-30"),
    ("2023-01-20", 10, "wd", [], "2023-02-08"),
    ("2023-02-03", 5, "wd", [], "2023-02-10"),
    ("2023-03-31", 3, "wd", [], "2023-04-06"),
    ("2023-04-04", 1, "wd", [], "2023-04-06"),
    ("2023-04-04", 5, "wd", [], "2023-04-12"),
    ("2023-04-21", 1, "wd", [], "2023-04-23"),
    ("2023-04-21", 5, "wd", [], "2023-04-27"),
    ("2023-04-28", 1, "wd", [], "2023-05-04"),
    ("2023-04-28", 3, "wd", [], "2023-05-06"),
    ("2023-04-28", 7, "wd", [], "2023-05-11"),
    ("2023-05-05", 1, "wd", [], "2023-05-06"),
    ("2023-06-21", 1, "wd", [], "2023-06-25"),
    ("2023-06-21", 3, "wd", [], "2023-06-27"),
    ("2023-06-23", 5, "wd", [], "2023-06-29"),
    ("2023-08-01", 20, "wd", [], "2023-08-29"),
    ("2023-09-28", 1, "wd", [], "2023-10-07"),
    ("2023-09-28", 2, "wd", [], "2023-10-08"),
    ("2023-09-28", 5, "wd", [], "2023-10-11"),
    ("2023-09-28", 15, "wd", [], "2023-10-25"),
    ("2023-09-15", 10, "wd", [], "2023-10-07"),
    ("2023-10-06", 5, "wd", [], "2023-10-11"),
    ("2023-12-29", 1, "wd", [], "2024-01-02"),
    ("2024-02-02", 2, "wd", [], "2024-02-05"),
    ("2024-02-09", 1, "wd", [], "2024-02-18"),
    ("2024-02-09", 6, "wd", [], "2024-02-23"),
    ("2024-04-03", 1, "wd", [], "2024-04-07"),
    ("2024-04-30", 1, "wd", [], "2024-05-06"),
    ("2024-06-07", 1, "wd", [], "2024-06-11"),
    ("2024-09-13", 2, "wd", [], "2024-09-18"),
    ("2024-09-30", 1, "wd", [], "2024-10-08"),
    ("2024-09-30", 5, "wd", [], "2024-10-12"),
    ("2023-09-28", 5, "cd", [], "2023-10-03"),
    ("2023-01-20", 30, "cd", [], "2023-02-19"),
    ("2024-02-28", 2, "cd", [], "2024-03-01"),
    ("2023-09-28", 5, "wd", [("2023-10-08", "2023-10-10")], "2023-10-13"),
    ("2023-08-01", 5, "wd", [("2023-08-02", "2023-08-09")], "2023-08-15"),
    ("2023-08-01", 5, "wd", [("2023-08-05", "2023-08-06")], "2023-08-08"),
    ("2023-08-01", 7, "cd", [("2023-08-03", "2023-08-05")], "2023-08-10"),
    ("2023-09-20", 7, "wd", [("2023-09-25", "2023-10-09")], "2023-10-13"),
    ("2023-06-19", 5, "wd", [("2023-06-20", "2023-06-21"), ("2023-06-25", "2023-06-27")], "2023-06-30"),
]  # fmt: skip
START = date(2023, 3, 1)


def span(pauses: list[tuple[str, str]]) -> list[workdays.Span]:
    return [(date.fromisoformat(begin), date.fromisoformat(stop)) for begin, stop in pauses]


def service(**more: Any) -> dict[str, Any]:
    empty = dict.fromkeys(("applied_on", "accepted_on", "decided_on", "delivered_on", "ended_on", "promise_days",
                           "reason", "doc_no", "missing_due"))  # fmt: skip
    return {**empty, "state": "reviewing", "basis": "wd", "pauses": [], "missing_docs": [], **more}


@pytest.mark.parametrize(("accepted", "promise", "basis", "pauses", "due"), BY_HAND)
def test_due_dates_counted_by_hand(
    accepted: str, promise: int, basis: str, pauses: list[tuple[str, str]], due: str
) -> None:
    start, last = date.fromisoformat(accepted), date.fromisoformat(due)
    assert workdays.due_date(start, promise, basis, span(pauses)) == last
    assert workdays.used_days(start, last, basis, span(pauses)) == promise


def test_the_day_of_acceptance_does_not_count() -> None:
    values = service(accepted_on=date(2023, 9, 4), promise_days=3)
    assert service_clock.clock(values, date(2023, 9, 4))["used_days"] == 0
    assert service_clock.clock(values, date(2023, 9, 5))["used_days"] == 1


@st.composite
def histories(draw: st.DrawFn) -> tuple[dict[str, Any], date]:
    """Return a service with random days and pauses, and the day on which it is looked at."""
    days = sorted(draw(st.lists(st.integers(0, 200), min_size=3, max_size=9)))
    applied, accepted, *cuts = (START + timedelta(days=day) for day in days)
    pauses = [
        {"from": begin.isoformat(), "to": stop.isoformat(), "reason": draw(st.sampled_from(list(PAUSE_REASONS)))}
        for begin, stop in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    if len(cuts) % 2 and draw(st.booleans()):
        pauses.append({"from": cuts[-1].isoformat(), "to": None, "reason": "expert"})
    basis = draw(st.sampled_from(["wd", "cd"]))
    return service(applied_on=applied, accepted_on=accepted, pauses=pauses, basis=basis), START + timedelta(days=201)


@settings(max_examples=1000)
@given(histories())
def test_every_day_is_on_exactly_one_watch(history: tuple[dict[str, Any], date]) -> None:
    values, today = history
    assert sum(service_clock.watches(values, today).values()) == (today - values["applied_on"]).days


@settings(max_examples=300)
@given(histories())
def test_the_promise_counts_the_departments_days_alone(history: tuple[dict[str, Any], date]) -> None:
    values, today = history
    mine = [day for day, watch in service_clock.days_of(values, today) if watch == "department"]
    expected = sum(1 for day in mine if values["basis"] == "cd" or workdays.is_workday(day))
    assert service_clock.clock(values, today)["used_days"] == expected


def test_a_year_without_a_calendar_is_said() -> None:
    values = service(applied_on=date(2049, 1, 1), accepted_on=date(2049, 1, 4), promise_days=3)
    found = service_clock.line(values, date(2049, 1, 20))
    assert (found["due_on"], found["light"], found["unknown_days"]) == (None, None, 16)
    assert "2049" in found["note"]
    assert "2049" in str(service_clock.calendar_note(date(2049, 1, 20)))
    assert service_clock.calendar_note(date(2026, 12, 31)) is None


def test_what_was_overdue_stays_overdue_in_a_year_without_a_calendar() -> None:
    """Accepted on 2026-11-20 with five working days, it was overdue on 30 November: it is so on 12 January too."""
    values = service(accepted_on=date(2026, 11, 20), promise_days=5)
    late = service_clock.line(values, date(2026, 12, 31))
    found = service_clock.line(values, date(2027, 1, 12))
    assert (late["light"], late["used_days"], late["due_on"]) == ("red", 29, date(2026, 11, 27))
    assert (found["light"], found["used_days"], found["due_on"]) == ("red", 29, date(2026, 11, 27))
    assert found["unknown_days"] == 12 and "2027" in str(service_clock.why(values, date(2027, 1, 12)))


@pytest.mark.parametrize(
    ("more", "today", "rule"),
    [
        ({"state": "applied", "applied_on": date(2023, 9, 4)}, date(2023, 9, 12), "acceptance"),
        (
            {
                "accepted_on": date(2023, 9, 4),
                "promise_days": 3,
                "pauses": [{"from": "2023-09-12", "to": None, "reason": "expert"}],
            },
            date(2023, 9, 14),
            "late_pause",
        ),
        ({"state": "decided", "accepted_on": START, "decided_on": date(2023, 9, 4)}, date(2023, 9, 25), "delivery"),
        ({"state": "refused", "ended_on": date(2023, 9, 4)}, date(2023, 9, 25), "no_reason"),
    ],
)
def test_what_counts_as_overtime_is_flagged_not_counted(more: dict[str, Any], today: date, rule: str) -> None:
    assert service_clock.overtime(service(**more), today) == [rule]
    lenient = limits({"accept_within": 99, "deliver_within": 99})
    if rule in ("acceptance", "delivery"):
        assert service_clock.overtime(service(**more), today, lenient) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_why_names_the_reason_and_the_document(lang: str) -> None:
    set_language(lang)
    pause = {"from": "2023-09-12", "to": None, "reason": "expert", "note": "评审会纪要3号"}
    paused = service(state="paused", accepted_on=START, pauses=[pause])
    told = str(service_clock.why(paused, date(2023, 9, 20)))
    assert "2023-09-12" in told and "评审会纪要3号" in told and PAUSE_REASONS.label("expert") in told
    late = service(applied_on=START, accepted_on=START, promise_days=3)
    assert "136" in str(service_clock.why(late, date(2023, 9, 15)))


def test_ninety_days_count_what_government_uses_once() -> None:
    early = service(kind="land_pre", applied_on=START, accepted_on=START, decided_on=START + timedelta(days=10),
                    delivered_on=START + timedelta(days=10), state="delivered")  # fmt: skip
    beside = {**early, "kind": "energy"}
    later = service(kind="permit", applied_on=START + timedelta(days=20), accepted_on=START + timedelta(days=20),
                    pauses=[{"from": "2023-03-23", "to": "2023-03-26", "reason": "owner_prep"}])  # fmt: skip
    supply = {**early, "kind": "labour"}
    start, acceptance = service_span.stages([early, beside, later, supply], START + timedelta(days=30), LIMITS)
    assert (start.counted, start.limit, len(start.stretches)) == (10 + 7, 60, 3)
    assert (acceptance.counted, acceptance.limit) == (0, 30)
    assert [stretch.longest for stretch in start.stretches] in ([True, False, True], [False, True, True])
