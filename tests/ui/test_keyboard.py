"""The keyboard while a Chinese input method is on."""

import csv
from pathlib import Path

import pytest
from textual import events
from textual.widgets import Input, TextArea

from tests.ui.driver import running
from zjtui import config
from zjtui.domain import pinyin
from zjtui.ui.keys import folded

PAIRS = {
    "／": "/", "？": "?", "：": ":", "；": ";", "，": ",", "。": ".", "！": "!", "（": "(", "）": ")", "【": "[", "】": "]", "＋": "+",
    "ａ": "a", "Ｚ": "Z", "１": "1", "９": "9",
}  # fmt: skip


@pytest.mark.parametrize(("typed", "meant"), PAIRS.items())
def test_a_full_width_key_is_folded_for_bindings_and_untouched_in_text(typed: str, meant: str) -> None:
    event = events.Key("x", typed)
    assert folded(event, None).character == meant
    assert folded(event, Input()) is event
    assert folded(event, TextArea()) is event


async def test_a_folded_key_says_that_an_input_method_is_on(workspace: Path) -> None:
    async with running(workspace, "zh") as driver:
        await driver.type("７")
        await driver.type("；")
        assert "中文输入法已开" in driver.text


def test_every_place_of_zhejiang_is_found_by_its_initials() -> None:
    with (config.data_folder() / "regions_zhejiang_2023.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    places = pinyin.place_stems(row["name_zh"] for row in rows)
    for row in rows:
        spelled, initials = pinyin.keys(row["name_zh"], places)
        stem = row["name_en"].split()[0].lower().replace("'", "")
        assert len(initials) == len(row["name_zh"])
        whole = spelled.replace(" ", "").replace("v", "u")
        assert whole.startswith(stem), row["name_zh"]  # 莲都区 is lian du, not lian dou
