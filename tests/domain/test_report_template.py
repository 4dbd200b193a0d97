"""Cells of forms: rounding, what counts as the same figure, which month is due, titles that name a month."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zjtui.domain import period_text
from zjtui.domain.cell_ref import place_of, ref_of
from zjtui.domain.report_template import QUERIES, UNITS_OF, FormCell, kind_of, refs, same, usual_month
from zjtui.errors import Refused

YUAN = st.integers(-(10**14), 10**14).map(Fraction)


def cell(unit: str, decimals: int = 2, query: str = "done") -> FormCell:
    return FormCell("表", "C5", query, unit, decimals)


@pytest.mark.parametrize(
    ("unit", "decimals", "value", "shown"),
    [
        ("yi", 2, Fraction(12_345_000_000), Fraction("123.45")),
        ("yi", 1, Fraction(5_000_000), Fraction("0.1")),  # half up
        ("yi", 1, Fraction(-5_000_000), Fraction("-0.1")),  # away from zero
        ("wan", 0, Fraction(12_345_000), Fraction(1235)),
        ("yuan", 0, Fraction(7), Fraction(7)),
        ("percent", 1, Fraction(2, 3), Fraction("66.7")),
        ("fraction", 3, Fraction(2, 3), Fraction("0.667")),
        ("points", 1, Fraction("-8.25"), Fraction("-8.3")),
    ],
)
def test_a_figure_is_rounded_in_the_unit_of_its_cell(
    unit: str, decimals: int, value: Fraction, shown: Fraction
) -> None:
    assert cell(unit, decimals).rounded(value) == shown


@given(YUAN, YUAN)
def test_figures_are_the_same_where_the_coarser_of_both_cells_shows_the_same(one: Fraction, other: Fraction) -> None:
    fine, coarse = cell("wan", 2), cell("yi", 1)
    told = same(fine, one, coarse, other)
    assert told == (coarse.rounded(one) == coarse.rounded(other)) == same(coarse, other, fine, one)
    assert same(fine, one, coarse, one)


def test_nothing_to_divide_by_is_the_same_only_as_nothing() -> None:
    rate = cell("percent", 1, "completion_rate")
    assert same(rate, None, rate, None) and not same(rate, None, rate, Fraction(0))


@pytest.mark.parametrize("query", list(QUERIES))
def test_every_query_has_a_unit_and_an_asking_cell_gets_one_that_fits(query: str) -> None:
    asked = cell("yi").asking(query)
    assert asked.unit in UNITS_OF[kind_of(query)] and asked.sure


def test_a_cell_keeps_only_what_it_says_and_comes_back_whole() -> None:
    asked = FormCell("表", "C5", "done", "yi", 2, region="330100", sure=False)
    assert FormCell.of({**asked.kept(), "newer": 1}) == asked
    assert "attr" not in asked.kept()


@pytest.mark.parametrize(
    ("period", "today", "due"),
    [
        ("month", "2023-09-20", "2023-08"), ("month", "2023-01-05", "2022-12"), ("quarter", "2023-09-30", "2023-06"),
        ("quarter", "2023-10-01", "2023-09"), ("quarter", "2023-02-01", "2022-12"), ("half", "2023-06-30", "2022-12"),
        ("half", "2023-07-01", "2023-06"), ("year", "2023-12-31", "2022-12"), ("year", "2024-01-01", "2023-12"),
    ],
)  # fmt: skip
def test_the_month_that_is_due_ends_the_last_period_that_is_over(period: str, today: str, due: str) -> None:
    assert usual_month(period, date.fromisoformat(today)) == due


@pytest.mark.parametrize(
    ("text", "september", "january"),
    [
        ("2023年1-8月重大项目推进情况", "2023年1-9月重大项目推进情况", "2024年1月重大项目推进情况"),
        ("1—8月完成投资", "1—9月完成投资", "1月完成投资"),
        ("截至8月底累计", "截至9月底累计", "截至1月底累计"),
        ("2023 年 8 月", "2023 年 9 月", "2024 年 1 月"),
        ("2023年8月报送，6月底前整改", "2023年9月报送，6月底前整改", "2024年1月报送，6月底前整改"),
        ("2023年1-8月（6月起换口径）", "2023年1-9月（6月起换口径）", "2024年1月（6月起换口径）"),
        ("8月当月", "9月当月", "1月当月"),
        ("8月数，6月底前整改", "9月数，6月底前整改", "1月数，6月底前整改"),
        ("2023年度计划投资", "2023年度计划投资", "2024年度计划投资"),
    ],
)
def test_titles_are_told_of_another_month(text: str, september: str, january: str) -> None:
    assert period_text.is_of(text, 2023, 8)
    assert period_text.retold(text, 2023, 9) == september
    assert period_text.retold(text, 2024, 1) == january
    assert period_text.is_of(september, 2023, 9) and period_text.is_of(january, 2024, 1)


@pytest.mark.parametrize("text", ["9月底前完成75%", "2022年完成投资", "项目数", "1-7月"])
def test_texts_of_another_month_are_left_alone(text: str) -> None:
    assert not period_text.is_of(text, 2023, 8)


def test_the_month_of_a_form_is_the_one_that_most_texts_name() -> None:
    assert period_text.month_of(["2023年1-8月情况", "1-8月", "2023年计划", "地区"]) == (2023, 8)
    assert period_text.month_of(["1-8月累计", "地区"]) == (0, 8)
    assert period_text.month_of(["地区", "项目数", "2023年"]) is None


def test_cells_are_named_with_their_sheets_where_there_are_several_and_many_are_cut_short() -> None:
    cells = [FormCell("甲", f"C{row}", "done", "yi") for row in range(1, 4)]
    assert refs(cells) == "C1, C2, C3"
    assert refs(cells, 2) == "C1, C2 …"
    assert refs([cells[0], FormCell("乙", "D1", "done", "yi")]) == "甲!C1, 乙!D1"


@given(st.tuples(st.integers(0, 1_048_575), st.integers(0, 16_383)))
def test_a_cell_has_one_name_and_a_name_one_cell(place: tuple[int, int]) -> None:
    assert place_of(ref_of(place)) == place
    assert place_of(f" ${ref_of(place).lower()} ") == place


@pytest.mark.parametrize("text", ["", "5", "C", "C0", "5C", "XFE1", "A1048577", "C5:D6", "表!C5"])
def test_what_is_no_cell_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="T-04"):
        place_of(text)
