"""Amounts, areas and shares: what people type is understood to the yuan, and nothing doubtful is guessed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zjtui.domain import money
from zjtui.domain.fields import WAN, YI, F, Kind, Unit
from zjtui.domain.show import show
from zjtui.errors import Refused
from zjtui.i18n import set_language

YUAN = st.integers(-money.LARGEST, money.LARGEST)


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("12", 1_200_000_000), ("12亿", 1_200_000_000), ("1.2亿元", 120_000_000), ("3500万", 35_000_000),
        ("3,500 万元", 35_000_000), ("3，500万", 35_000_000), ("1,234,567元", 1_234_567), ("800元", 800),
        ("１２．５", 1_250_000_000), ("１，２００万", 12_000_000), ("-2亿", -200_000_000), ("−2亿", -200_000_000), ("0", 0),
        ("1亿2000万", 120_000_000), ("-1亿2000万", -120_000_000), ("十二亿", 1_200_000_000), ("三千五百万", 35_000_000),
        ("一亿二千万元", 120_000_000), ("5千万", 50_000_000), (".5亿", 50_000_000), ("3.亿", 300_000_000), ("0.00001", 1_000), ("0.5元", 1), ("-0.5元", -1), ("0.49元", 0),
    ],
)  # fmt: skip
def test_amounts_with_and_without_units(text: str, yuan: int) -> None:
    assert money.parse_money(text, YI) == yuan


@pytest.mark.parametrize(
    "text",
    [
        "", "nan", "NaN", "inf", "-Infinity", "1e5", "0x10", "三千五亿", "十四五亿", "1.5千万", "1亿20000万", "12亿万", "12 美元", "--3", "1.2.3", "+", ".", "亿",
        "3,5亿", "12,34", "1,2345", "1,,234", "1、2亿", "٣亿", "92233720369亿", "9" * 40, "9" * 5000,
    ],
)  # fmt: skip
def test_what_is_no_amount_or_could_be_two_is_refused(text: str) -> None:
    with pytest.raises(Refused) as error:
        money.parse_money(text, YI)
    assert error.value.rule in ("M-01", "M-05")


@given(YUAN, st.sampled_from([YI, WAN]))
def test_what_is_shown_in_full_can_be_typed_again(yuan: int, unit: Unit) -> None:
    assert money.parse_money(money.in_unit(yuan, unit, 8), unit) == yuan


@given(YUAN, st.sampled_from([YI, WAN]))
def test_what_is_shown_is_rounded_half_up_and_never_further_off_than_half(yuan: int, unit: Unit) -> None:
    shown = Decimal(money.show_money(yuan, unit).replace(",", ""))
    step = Decimal(1).scaleb(-unit.decimals)
    off = shown * int(unit.factor) - yuan
    half = step * int(unit.factor) / 2
    assert abs(off) < half or (abs(off) == half and abs(shown) * int(unit.factor) > abs(yuan))


def test_the_unit_is_named_in_the_language_of_the_screen() -> None:
    assert money.show_money(67_890_000_000, YI, named=True) == "67.89 bn yuan"
    assert money.show_money(35_005_000, WAN, named=True) == "35.005 m yuan"
    assert money.parse_money("67.89 bn yuan", WAN) == 67_890_000_000 and money.parse_money("35.005 m", YI) == 35_005_000
    set_language("zh")
    assert money.show_money(67_890_000_000, YI, named=True) == "678.9亿元"
    assert money.show_money(35_005_000, WAN, named=True) == "3,500.5万元"


@given(st.text(max_size=40) | st.text("0123456789.,，+-eE 万亿元", max_size=12))
def test_whatever_is_typed_gives_a_whole_number_or_a_refusal(text: str) -> None:
    for parse in (lambda: money.parse_money(text, WAN), lambda: money.parse_area(text), lambda: money.parse_int(text)):
        try:
            assert abs(parse()) <= money.LARGEST
        except Refused as refusal:
            assert refusal.rule.startswith("M-")


@pytest.mark.parametrize(
    ("text", "square_metres"),
    [
        ("30", 20_000),
        ("30亩", 20_000),
        ("1.5mu", 1_000),
        ("2公顷", 20_000),
        ("2 HA", 20_000),
        ("20000㎡", 20_000),
        ("7平方米", 7),
    ],
)
def test_areas(text: str, square_metres: int) -> None:
    assert money.parse_area(text) == square_metres


@pytest.mark.parametrize("text", ["30,5", "1,2", "1.5", "x", "", "1" * 19])
def test_a_whole_number_is_whole(text: str) -> None:
    with pytest.raises(Refused):
        money.parse_int(text)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (50_000_000.1, "50,000,000.1"),
        (99_999_999_999.9, "99,999,999,999.9"),
        (120.153576, "120.153576"),
        (1e-9, "0.000000001"),
        (0.1 + 0.2, "0.3"),
        (30.0, "30"),
    ],
)
def test_a_decimal_is_shown_as_it_was_typed(value: float, shown: str) -> None:
    assert show(F("Need", Kind.NUMBER), value) == shown


@pytest.mark.parametrize(
    ("done", "plan", "shown"),
    [
        (4022, 6789, "59.2%"),
        (4430, 6789, "65.3%"),
        (1305, 1000, "130.5%"),
        (1, 2000, "0.1%"),
        (-1, 2000, "-0.1%"),
        (0, 7, "0.0%"),
        (1, 0, "-"),
    ],
)
def test_shares_are_exact_not_capped_and_rounded_once(done: int, plan: int, shown: str) -> None:
    assert money.percent(done, plan) == shown


def test_a_share_of_sums_is_not_the_mean_of_shares() -> None:
    parts = [(402_200, 402_200), (0, 276_700)]  # industrial, infrastructure of 4 July 2023
    assert money.percent(sum(done for done, _all in parts), sum(plan for _done, plan in parts)) == "59.2%"  # not 50.0%
