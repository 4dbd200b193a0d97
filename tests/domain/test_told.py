"""What is stored for the program is told in words, and the words are understood where they are typed."""

from datetime import date

import pytest

from zjtui.domain import policy_rules, told
from zjtui.domain.parse import parse
from zjtui.domain.policy import Policy
from zjtui.domain.show import show, typed
from zjtui.i18n import set_language

CONDITIONS = [
    *(f"{name}={code}" for name, codes in policy_rules.FIELDS.items() if codes for code in codes),
    "attr!=industrial", "field9=F1|F6", "total_invest>=10亿", "total_invest<=1234.5亿",
]  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_policys_condition_is_told_in_words_that_mean_the_same_when_typed(lang: str, condition: str) -> None:
    set_language(lang)
    field = Policy.fields()["conditions"]
    shown = typed(field, [condition])
    assert shown == show(field, [condition]) and "_" not in shown
    [back] = parse(field, shown, date(2023, 9, 20))
    assert policy_rules._parsed(back) == policy_rules._parsed(condition)
    assert policy_rules.canonical(back) == policy_rules.canonical(condition)


@pytest.mark.parametrize(
    ("days", "zh", "en"),
    [
        (25, "剩25天", "25 days left"),
        (1, "剩1天", "1 day left"),
        (0, "今天到期", "due today"),
        (-3, "超期3天", "3 days late"),
    ],
)
def test_days_left_are_told_in_words(days: int, zh: str, en: str) -> None:
    assert told.left(days) == told.late(-days) == en
    set_language("zh")
    assert told.left(days) == zh


@pytest.mark.parametrize(
    ("count", "text"),
    [(1, "1 byte"), (999, "999 bytes"), (342_000, "342 KB"), (1_250_000, "1.2 MB"), (25_000_000, "25 MB")],
)
def test_sizes_are_told_as_people_say_them(count: int, text: str) -> None:
    assert told.size(count) == text
