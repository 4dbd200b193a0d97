"""The weight of a finding, part by part, and an order that does not depend on how the findings came in."""

from datetime import date
from fractions import Fraction
from math import log10

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zjtui.domain.finding import DUTIES, KINDS, Finding, kind_of, ranked, score, size_of
from zjtui.i18n import set_language

WAN = 10_000


@pytest.mark.parametrize(
    ("plan_wan", "overdue", "cycle", "blocking", "red", "parts"),
    [
        (0, 0, 30, False, False, (0, 0, 0, 0)),
        (9_999, 0, 30, False, False, (40, 0, 0, 0)),
        (99, 15, 30, False, False, (20, 5, 0, 0)),
        (0, 90, 30, False, True, (0, 30, 0, 20)),
        (0, 900, 30, True, False, (0, 30, 30, 0)),
        (0, -5, 30, False, True, (0, 0, 0, 20)),
        (0, 2, 0, False, False, (0, 20, 0, 0)),
        (12_345, 1, 30, False, True, (41, 0, 0, 20)),
    ],
)
def test_the_parts_of_the_score(
    plan_wan: int, overdue: int, cycle: int, blocking: bool, red: bool, parts: tuple[int, ...]
) -> None:
    """In tenths. Overdue alone is not red: that is what a light says."""
    found = score(plan_wan * WAN, overdue, cycle, blocking=blocking, red=red)
    assert (found.plan, found.late, found.blocking, found.red) == parts
    assert found.total == sum(parts)


def test_the_score_is_told_by_its_parts() -> None:
    found = score(9_999 * WAN, 42, 30, red=True)
    assert found.told() == "4.0 +2 red +1.4 late"
    set_language("zh")
    assert found.told() == "4.0 +2 红灯 +1.4 超期"
    assert score(0, 30, 30, blocking=True).told() == "0.0 +3 卡脖子 +1 超期"


@given(st.integers(0, 10**12), st.integers(0, 400), st.integers(1, 90), st.booleans(), st.booleans())
def test_what_is_told_of_a_score_adds_up_to_it(plan: int, late: int, cycle: int, blocking: bool, red: bool) -> None:
    found = score(plan, late, cycle, blocking=blocking, red=red)
    numbers = [Fraction(word) for word in found.told().split() if word.lstrip("+").replace(".", "").isdigit()]
    assert sum(numbers) * 10 == found.total


def test_a_kind_s_own_rhythm_counts_where_the_record_has_none() -> None:
    silent = Finding("issue_silent", "p", "P", "issue", "u", overdue=7)
    assert silent.score.late == 10
    assert Finding("issue_silent", "p", "P", "issue", "u", overdue=7, cycle=14).score.late == 5


def test_every_kind_has_its_words_and_act() -> None:
    for kind in KINDS:
        known = kind_of(kind)
        assert known.label and known.reason and known.act and known.cycle > 0
    gaps = sorted(kind_of(kind).gap for kind in KINDS if kind_of(kind).gap)
    assert gaps == [f"G{number:02}" for number in range(1, 13)]


FINDINGS = st.builds(
    Finding,
    kind=st.sampled_from(DUTIES),
    project_uid=st.sampled_from("abc"),
    project=st.just("P"),
    about=st.just("issue"),
    about_uid=st.text("xyz", max_size=3),
    due=st.none() | st.dates(date(2023, 1, 1), date(2023, 2, 1)),
    overdue=st.integers(0, 100),
    blocking=st.booleans(),
    plan=st.sampled_from([0, WAN, 10**9]),
)
KEYED = st.lists(FINDINGS, max_size=12, unique_by=lambda item: (item.kind, item.project_uid, item.about_uid))


@given(st.data(), KEYED)
def test_the_order_does_not_depend_on_how_they_came_in(data: st.DataObject, found: list[Finding]) -> None:
    shuffled = data.draw(st.permutations(found))
    assert ranked(shuffled) == ranked(found)
    totals = [item.score.total for item in ranked(found) if item.kind != "draft_left"]
    assert [item.kind for item in ranked(found)][: len(found) - len(totals)] == ["draft_left"] * (
        len(found) - len(totals)
    )
    assert totals == sorted(totals, reverse=True)


def test_the_size_of_a_plan_is_its_logarithm_to_the_last_yuan() -> None:
    """10 * log10(1 + plan in 10k yuan), half up; just below and at every step as well."""
    for size in range(1, 100):
        near = int(WAN * (10 ** ((2 * size - 1) / 20) - 1))
        least = next(plan for plan in range(near - 2, near + 3) if size_of(plan) == size)
        assert size_of(least - 1) == size - 1
        for plan in (max(least - 5, 0), least + 5, least * 2):
            assert size_of(plan) == int(log10(1 + plan / 10_000) * 10 + 0.5)
