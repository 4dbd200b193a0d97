"""Project codes: a mistyped digit is caught, old forms and unknown zones are let through with a word."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zjtui.domain import project_code
from zjtui.errors import Refused

REAL = "2209-330825-04-01-693679"
KNOWN = {"330825", "330100", "330900"}
DIGITS = st.text("0123456789", min_size=19, max_size=19).map(lambda text: "22" + "09" + text[4:])


def whole(digits: str) -> str:
    return digits + str(project_code.check_digit(digits))


def test_a_real_code_is_valid() -> None:
    assert project_code.status(REAL, KNOWN) == "ok"


@pytest.mark.parametrize(
    "typed",
    [
        REAL,
        "22093308250401693679",
        "２２０９３３０８２５０４０１６９３６７９",
        "2209 330825 04 01 693679",
        "2209—330825–04-01－693679",
    ],
)
def test_every_way_of_typing_it_is_mended(typed: str) -> None:
    assert project_code.normalise(typed) == REAL


@pytest.mark.parametrize(
    "typed", ["", "2209", "2209-330825-04-01-69367", "2209-330825-04-01-6936790", "abcd-330825-04-01-693679"]
)
def test_another_length_is_refused(typed: str) -> None:
    with pytest.raises(Refused) as error:
        project_code.normalise(typed)
    assert (error.value.rule, error.value.field) == ("P-01", "code")


@given(DIGITS, st.integers(0, 19), st.integers(1, 9))
def test_one_mistyped_digit_is_always_caught(digits: str, place: int, shift: int) -> None:
    code = whole(digits)
    wrong = code[:place] + str((int(code[place]) + shift) % 10) + code[place + 1 :]
    assert project_code.check_digit(wrong[:19]) != int(wrong[19])


def test_the_wrong_digit_is_named_but_an_old_form_is_not_checked() -> None:
    with pytest.raises(Refused, match="check digit"):
        project_code.refuse_wrong_digit(REAL[:-1] + "8")
    project_code.refuse_wrong_digit("2019-330825-47-03-000001")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (None, "none"), (REAL, "ok"), (REAL[:-1] + "0", "bad_check"), ("2019-330103-47-03-123456", "legacy"),
        ("2016-330103-47-03-123456-000", "legacy"),
    ],
)  # fmt: skip
def test_the_status_tells_them_apart(code: str | None, expected: str) -> None:
    assert project_code.status(code, KNOWN) == expected


@pytest.mark.parametrize(
    ("code", "rule"), [("2209-330354-04-01-693679", "P-03"), (REAL, "P-04"), ("2312-330900-04-01-693679", "P-05")]
)
def test_what_is_odd_is_said_and_not_refused(code: str, rule: str) -> None:
    assert rule in {notice.rule for notice in project_code.notices(code, "330900", KNOWN, date(2023, 9, 20))}
