"""The lights of a project: each threshold from both sides, and each says why."""

from datetime import date

import pytest

from zjtui.domain import lights

TODAY = date(2023, 9, 20)


@pytest.mark.parametrize(
    ("done", "profile", "colour"),
    [
        (4001, "points", "green"), (4000, "points", "yellow"), (2000, "points", "yellow"), (1999, "points", "red"),
        (4000, "ratio", "green"), (3999, "ratio", "yellow"), (3000, "ratio", "yellow"), (2999, "ratio", "red"),
    ],
)  # fmt: skip
def test_progress_by_points_and_by_ratio(done: int, profile: str, colour: str) -> None:
    assert lights.progress(done, 5000, 10_000, profile).colour == colour


def test_without_a_plan_progress_is_idle() -> None:
    assert lights.progress(5, 0, 0).colour == "grey"


@pytest.mark.parametrize(
    ("planned", "started", "colour"),
    [("2023-09", None, "green"), ("2023-08", None, "yellow"), ("2023-06", None, "yellow"), ("2023-05", None, "red"),
     ("2023-05", date(2023, 9, 1), "green")],
)  # fmt: skip
def test_a_start_is_yellow_once_its_month_is_over_and_red_after_three_more(
    planned: str, started: date | None, colour: str
) -> None:
    light = lights.start(planned, started, TODAY)
    assert light is not None and light.colour == colour


@pytest.mark.parametrize(
    ("started", "colour"),
    [(date(2023, 8, 20), "green"), (date(2023, 8, 19), "yellow"), (date(2023, 7, 20), "yellow"),
     (date(2023, 7, 19), "red")],
)  # fmt: skip
def test_a_started_project_has_to_be_in_the_statistics(started: date, colour: str) -> None:
    """More than a month is more: on the day itself it is not yet."""
    light = lights.statistics(started, None, TODAY)
    assert light is not None and light.colour == colour
    entered = lights.statistics(started, TODAY, TODAY)
    assert entered is not None and entered.colour == "green"


@pytest.mark.parametrize(
    ("late", "blocking", "colour"),
    [(0, 7, "green"), (1, 0, "yellow"), (15, 0, "yellow"), (16, 0, "red"), (0, 8, "red")],
)
def test_problems(late: int, blocking: int, colour: str) -> None:
    assert lights.issues(late, blocking).colour == colour


@pytest.mark.parametrize(
    ("missing", "late", "colour"), [(0, False, "green"), (0, True, "yellow"), (1, False, "yellow"), (2, False, "red")]
)
def test_reports(missing: int, late: bool, colour: str) -> None:
    assert lights.reports(missing, late).colour == colour


def test_the_worst_light_counts_and_what_is_suspended_is_idle() -> None:
    found = [lights.issues(1, 0), lights.progress(9, 5, 10), lights.reports(2, False)]
    assert lights.overall(lights.judged("building", found)).kind == "report"
    assert [light.colour for light in lights.judged("suspended", found)] == ["grey"]
    idle = [lights.progress(0, 0, 0), lights.issues(99, 0)]
    assert [light.colour for light in lights.judged("preparatory", idle)] == ["grey"]
    assert lights.overall(lights.judged("ready", idle)).colour == "red"


def test_thresholds_are_settings() -> None:
    strict = {"points_yellow": 1, "points_red": 2, "ratio_yellow": 0.99, "ratio_red": 0.9}
    assert lights.progress(4700, 5000, 10_000, "points", strict).colour == "red"
    assert "1" in str(lights.rule("points", strict)) and "0.99" in str(lights.rule("ratio", strict))
