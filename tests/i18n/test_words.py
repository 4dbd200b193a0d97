"""One thing has one name, and each language the name that its readers use."""

import re

import pytest

from zjtui.english import NOUNS
from zjtui.i18n import _, set_language
from zjtui.locales import catalogue

# what must not stand in a Chinese text: what stands there instead
CHINESE = {
    r"报送单位": "报给哪个单位",
    r"收入表|收表": "登记一张上级报表",
    r"写文档|表格文件|标记文本": "存为 Word / Excel / Markdown",
    r"拒收|被拒行": "未通过",
    r"说明行|注释行": "非数据行",
    r"时限种类|时限类型": "时限档次",
    r"堵点|卡点": "卡脖子",
    r"逾期|(?<!视同)超时|过期": "超期",
    r"周报(?!送)": "周简报",
    r"承诺时限将到": "承诺时限到期",
}
# what must not be a whole English text, without its context: what is
ENGLISH = {
    "Together": "Total",
    "Sum": "Total",
    "Take in": "Import",
    "Of what": "Scope, or Numerator / denominator",
    "Below the line (bn yuan)": "Denominator (bn yuan)",
    "Move": "Change status",
    "Form": "Visit type",
}


@pytest.mark.parametrize("wrong", CHINESE)
def test_a_chinese_text_uses_the_one_word(wrong: str) -> None:
    texts = [str(message.string) for message in catalogue.read() if message.id]
    assert not [text for text in texts if re.search(wrong, text)], CHINESE[wrong]


@pytest.mark.parametrize("wrong", ENGLISH)
def test_an_english_label_uses_the_one_word(wrong: str) -> None:
    texts = [str(message.id) for message in catalogue.read() if message.id]
    assert wrong not in {text.rpartition("|")[2] for text in texts}, ENGLISH[wrong]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{count} rows are hidden in the file", "1 row is hidden in the file"),
        ("{count} days late", "1 day late"),
        ("{records} records, {entries} entries", "1 record, 12 entries"),
        ("{count} stay empty", "1 stays empty"),
        ("All {count} such rows stay", "All 1 such row stays"),
        ("{count} more starts are needed", "1 more start is needed"),
        ("Row {number} is {label}", "Row 1 is days"),
    ],
)
def test_one_of_something_is_one_in_english(text: str, told: str) -> None:
    set_language("en")
    assert _(text).format(count=1, records="1", entries=12, number=1, label="days") == told


def test_every_word_that_is_counted_has_its_singular() -> None:
    """A number (they have names of their own) before a word in the plural: english.py has to know it."""
    numbers = {"count", "days", "entries", "cells", "records", "rows", "projects", "times", "limit", "least", "most"}
    told = re.compile(r"\{(\w+)\}(?: (?:more|new|open|other|such))? ([\w-]+s)\b")
    found = {word for text in catalogue.messages() for name, word in told.findall(text) if name in numbers}
    assert not found - set(NOUNS) - {"is", "has", "was"}
