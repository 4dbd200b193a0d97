"""Project codes: a mistyped digit is caught, old forms and unknown zones are let through with a word."""

from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from zjtui.domain import project_code
from zjtui.errors import Refused

REAL = "2209-330825-04-01-693679"
KNOWN = {"330000", "330825", "330100", "330900"}
TODAY = date(2023, 9, 20)
DIGITS = st.builds(
    "{:02}{:02}{}".format, st.integers(20, 99), st.integers(1, 12), st.text("0123456789", min_size=15, max_size=15)
)


def whole(digits19: str) -> str:
    """Return the code of 19 digits with its check digit."""
    return project_code.normalise(digits19 + str(project_code.check_digit(digits19)))


def refused(code: str) -> bool:
    """Tell whether the code is refused for its check digit."""
    try:
        project_code.refuse_wrong_digit(code)
    except Refused as refusal:
        return (refusal.rule, refusal.field) == ("P-02", "code")
    return False


@pytest.mark.parametrize("code", [REAL, whole("2011330900040100001"), whole("2404330100999900000")])
def test_a_right_code_is_valid(code: str) -> None:
    assert project_code.status(code, KNOWN) == "ok"
    assert not refused(code)


@pytest.mark.parametrize(
    "typed",
    [
        REAL, "22093308250401693679", "２２０９３３０８２５０４０１６９３６７９", "2209 330825 04 01 693679", "  2209-330825-04-01-693679\n",
        "2209—330825–04-01－693679", "2209−330825‐04‑01-693679", "2209_330825_04_01_693679", "２２０９－３３０８２５－０４－０１－６９３６７９",
    ],
)  # fmt: skip
def test_every_way_of_typing_it_is_mended(typed: str) -> None:
    assert project_code.normalise(typed) == REAL


@given(DIGITS)
def test_a_written_code_is_left_as_it_is(digits: str) -> None:
    code = whole(digits)
    assert project_code.normalise(code) == project_code.normalise(code.replace("-", "")) == code


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "2209",
        REAL[:-1],
        REAL + "0",
        REAL + "-00",
        "abcd-330825-04-01-693679",
        "٢٢٠٩-330825-04-01-693679",
        "二二〇九330825040169367",
    ],
)
def test_another_shape_is_refused(typed: str) -> None:
    with pytest.raises(Refused) as error:
        project_code.normalise(typed)
    assert (error.value.rule, error.value.field) == ("P-01", "code")


@settings(max_examples=200)
@given(DIGITS, st.integers(0, 19), st.integers(1, 9))
def test_one_mistyped_digit_is_always_caught(digits: str, place: int, shift: int) -> None:
    code = whole(digits).replace("-", "")
    wrong = code[:place] + str((int(code[place]) + shift) % 10) + code[place + 1 :]
    # Only what looks like 2013 to 2020 may be a code of the old form, which has no check digit.
    assume(not (wrong.startswith("20") and 13 <= int(wrong[2:4]) <= 20))
    assert refused(project_code.normalise(wrong))
    assert project_code.status(project_code.normalise(wrong), KNOWN) == "bad_check"


@settings(max_examples=200)
@given(DIGITS, st.integers(4, 18))
def test_two_digits_in_the_wrong_order_are_caught_where_the_standard_can(digits: str, place: int) -> None:
    code = whole(digits).replace("-", "")
    first, second = int(code[place]), int(code[place + 1])
    # ISO 7064 MOD 11,10 misses 20 of 900 swaps, all of digits that follow each other (0 after 9).
    assume((first - second) % 10 not in (0, 1, 9))
    assert refused(project_code.normalise(f"{code[:place]}{second}{first}{code[place + 2 :]}"))


def test_a_mistyped_month_is_not_taken_for_an_old_form() -> None:
    assert refused(REAL.replace("2209", "2239"))
    assert refused(REAL.replace("2209", "2219"))


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (None, "none"), ("", "none"), (REAL, "ok"), (REAL[:-1] + "0", "bad_check"), (whole("2209330354040169367"), "bad_region"),
        (whole("2209000000040169367"), "ok"), ("2019-330103-47-03-123456", "legacy"), ("2016-330103-47-03-123456", "legacy"),
        ("2016-330103-47-03-123456-000", "legacy"), ("2012-330100-04-01-123456-001", "legacy"),
    ],
)  # fmt: skip
def test_the_status_tells_them_apart(code: str | None, expected: str) -> None:
    assert project_code.status(code, KNOWN) == expected
    assert project_code.normalise(code) == code if code else True


@pytest.mark.parametrize("code", ["2019-330825-47-03-000001", "2020-330825-47-03-000002-000"])
def test_an_old_form_has_no_check_digit(code: str) -> None:
    assert not refused(code)


@pytest.mark.parametrize(
    ("code", "rules"),
    [
        (whole("2209330354040169367"), ["P-03"]),  # a development zone: its code is in no list
        (REAL, ["P-04"]),  # another city's
        (whole("2310330900040169367"), ["P-05"]),
        (whole("2312330354040169367"), ["P-03", "P-05"]),
        (whole("2209330900040169367"), []),
        (whole("2209330000040169367"), []),  # the province's own
        (whole("2209000000040169367"), []),  # a central project
        ("2019-330900-47-03-123456", []),
    ],
)
def test_what_is_odd_is_said_and_not_refused(code: str, rules: list[str]) -> None:
    found = project_code.notices(code, "330921", KNOWN, TODAY)
    assert [notice.rule for notice in found] == rules
    assert all(notice.field == "code" and str(notice) for notice in found)
    assert not refused(code)
