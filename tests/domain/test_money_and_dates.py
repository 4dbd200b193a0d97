"""Amounts and dates as people type them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zjtui.domain import dates, money
from zjtui.domain.fields import WAN, YI
from zjtui.errors import Refused

TODAY = date(2023, 9, 20)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("12亿", 1_200_000_000), ("1.2亿元", 120_000_000), ("3500万", 35_000_000), ("3,500 万元", 35_000_000),
        ("１２．５", 1_250_000_000), ("800元", 800), ("-2亿", -200_000_000), ("0", 0), ("3，500万", 35_000_000),
    ],
)  # fmt: skip
def test_amounts_with_and_without_units(text: str, yuan: int) -> None:
    assert money.parse_money(text, YI) == yuan


@pytest.mark.parametrize("text", ["nan", "inf", "1e5", "十二亿", "12亿万", "", "--3", "1.2.3", "9" * 40])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        money.parse_money(text, YI)


@given(st.integers(-(10**14), 10**14))
def test_what_is_shown_can_be_typed_again(wan: int) -> None:
    yuan = wan * 100
    assert money.parse_money(money.in_unit(yuan, WAN, 8), WAN) == yuan


def test_the_published_shares_come_out_to_the_digit() -> None:
    assert money.percent(4022, 6789, 0) == "59%"
    assert money.percent(2767, 6789, 0) == "41%"
    assert money.percent(4430, 6789, 0) == "65%"
    assert money.percent(1, 0) == "-"
    assert money.percent(130, 100) == "130.0%"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20", "2023-09-20"), ("5", "2023-09-05"), ("9-20", "2023-09-20"), ("9.1", "2023-09-01"), ("9月1日", "2023-09-01"),
        ("2023-9-2", "2023-09-02"), ("20230902", "2023-09-02"), ("2023年9月2日", "2023-09-02"), ("今天", "2023-09-20"),
        ("昨天", "2023-09-19"), ("前天", "2023-09-18"), ("明天", "2023-09-21"), ("+3", "2023-09-23"), ("-3", "2023-09-17"),
        ("+3d", "2023-09-23"), ("+2w", "2023-10-04"), ("上周五", "2023-09-15"), ("周五", "2023-09-22"), ("下周一", "2023-09-25"),
        ("星期日", "2023-09-24"), ("月底", "2023-09-30"), ("季度末", "2023-09-30"), ("＋３", "2023-09-23"), ("today", "2023-09-20"),
    ],
)  # fmt: skip
def test_dates_on_the_20th_of_september(text: str, day: str) -> None:
    assert dates.parse_date(text, TODAY).isoformat() == day


@pytest.mark.parametrize(
    ("text", "day"), [("25", "2023-08-25"), ("12-1", "2022-12-01"), ("31", "2023-08-31"), ("2/29", "2020-02-29")]
)
def test_what_cannot_lie_ahead_means_the_last_such_day(text: str, day: str) -> None:
    assert dates.parse_date(text, TODAY, past=True).isoformat() == day


@pytest.mark.parametrize("text", ["", "32", "13-1", "2-30", "明年", "abc", "2023-13-01", "0", "99999999"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        dates.parse_date(text, TODAY)


@given(st.text("0123456789-./年月日号天昨明上下周一五+ "), st.integers(0, 800))
def test_a_past_date_is_never_in_the_future(text: str, ahead: int) -> None:
    day = TODAY + timedelta(days=ahead)
    try:
        assert dates.parse_date(text, day, past=True) <= day
    except Refused as refusal:
        assert refusal.rule in ("D-01", "D-02")


@pytest.mark.parametrize(
    ("text", "partial"),
    [
        ("2025", "2025"),
        ("2025年", "2025"),
        ("2023-9", "2023-09"),
        ("2023年9月", "2023-09"),
        ("2025-Q2", "2025-06"),
        ("9-2", "2023-09-02"),
    ],
)
def test_a_planned_date_is_as_precise_as_it_was_typed(text: str, partial: str) -> None:
    assert dates.parse_partial(text, TODAY) == partial


@pytest.mark.parametrize(
    ("text", "month"), [("9", "2023-09"), ("10", "2022-10"), ("2023-09", "2023-09"), ("上月", "2023-08")]
)
def test_months(text: str, month: str) -> None:
    assert dates.parse_month(text, TODAY) == month
