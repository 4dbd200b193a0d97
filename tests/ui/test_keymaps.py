"""A person's own keys: they work at once, are shown everywhere, and a map with faults still holds where it can."""

from pathlib import Path

import pytest

from tests.ui.driver import running
from zjtui.config import Settings, load_settings, save_settings
from zjtui.ui import keymaps


async def test_an_own_key_works_is_shown_and_the_old_one_does_nothing(small: Path) -> None:
    save_settings(small, Settings(keys={"projects.add_follow_up": "f11,ctrl+t"}))
    async with running(small, size=(120, 40)) as driver:
        assert "F11 Follow up" in driver.text.splitlines()[-1]
        await driver.press("f3")
        assert "Follow up ›" not in driver.text.splitlines()[0] and "Projects" in driver.text.splitlines()[0]
        await driver.press("ctrl+t")
        assert "Follow up" in driver.text.splitlines()[0]
        await driver.press("escape", "f1")
        assert "F11 ^T" in driver.text


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_keys_are_changed_in_the_settings_and_hold_at_once(small: Path, lang: str) -> None:
    async with running(small, lang) as driver:
        await driver.press("f9")
        await driver.type("按键" if lang == "zh" else "Keys")
        await driver.press("enter")
        await driver.type("everywhere.search")
        await driver.press("enter", "ctrl+u")
        await driver.type("F8")
        await driver.press("enter")
        assert ("已用于" if lang == "zh" else "is taken by") in driver.messages
        await driver.press("ctrl+u")
        await driver.type("Ctrl+N, F11")
        await driver.press("enter", "ctrl+u")  # Ctrl+N is taken too, it is asked again
        await driver.type("F11")
        await driver.press("enter", "f11")
        assert load_settings(small).keys == {"everywhere.search": "f11"}
        assert ("搜索" if lang == "zh" else "Search") in driver.text.splitlines()[0]


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_thresholds_and_overtime_rules_are_changed_in_the_settings(small: Path, lang: str) -> None:
    async with running(small, lang) as driver:

        async def ask(words: str) -> None:
            await driver.press("f9")
            await driver.type("阈值" if lang == "zh" else "thresholds")
            await driver.press("enter")
            await driver.type(words)
            await driver.press("enter", "ctrl+u")

        await ask("report_day")
        await driver.type("late")
        await driver.press("enter")
        assert ("不是数字" if lang == "zh" else "is not a number") in driver.messages
        await driver.press("ctrl+u")
        await driver.type("8")
        await driver.press("enter")
        await ask("视同超时" if lang == "zh" else "overtime")
        await driver.type("applied_on..accepted_on > 3 wd")
        await driver.press("enter")
        kept = load_settings(small)
        assert (kept.limits, kept.overtime) == ({"report_day": 8}, {"acceptance": "applied_on..accepted_on > 3 wd"})
        await ask("report_day")
        await driver.type("*")
        await driver.press("enter")
        assert load_settings(small).limits == {}


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ({"projects.nothing": "f11"}, "there is no action"),
        ({"projects.edit": "hyper+q"}, "is no key"),
        ({"projects.edit": "ctrl+c"}, "keeps ctrl+c for itself"),
        ({"projects.edit": "e"}, "would swallow e"),
        ({"projects.edit": "f3"}, "is taken by “Follow up”"),
        ({"projects.edit": "f7"}, "is taken by “Search”"),
        ({"everywhere.search": "f5"}, "is taken by"),
    ],
)
def test_what_cannot_be_a_key_is_told_and_the_rest_holds(wanted: dict[str, str], told: str) -> None:
    held, faults = keymaps.checked({**wanted, "log.undo_this": "ctrl+t"})
    assert held == {"log.undo_this": "ctrl+t"}
    assert len(faults) == 1 and told in str(faults[0])


def test_two_actions_can_swap_their_keys() -> None:
    swapped = {"projects.add_follow_up": "f4", "projects.add_issue": "f3"}
    assert keymaps.checked(swapped) == (swapped, [])


async def test_a_map_with_a_fault_says_so_at_the_start(small: Path) -> None:
    save_settings(small, Settings(keys={"projects.edit": "f3", "everywhere.search": "f11"}))
    async with running(small) as driver:
        assert "is taken by" in driver.messages
        await driver.press("f11")
        assert "Search" in driver.text.splitlines()[0]
