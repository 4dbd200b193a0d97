"""One key, one meaning: over all screens and dialogs; the keys of before say where they went; no key is silent."""

import importlib
import pkgutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual import events
from textual.binding import Binding, BindingsMap
from textual.dom import DOMNode
from textual.widgets import Input

import zjtui.ui
from tests.ui.driver import Driver, running
from zjtui.ui import old_keys
from zjtui.ui.actions import SCREENS
from zjtui.ui.key_meanings import DEED, IN_TEXT, MEANINGS, meaning_of
from zjtui.ui.widgets.form_row import LongInput
from zjtui.ui.widgets.inputs import SafeInput

TAKEN = {"ctrl+c", "ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m", "ctrl+v", "f11"}  # Ctrl+C is copied with


def bindings() -> Iterator[tuple[type, Binding]]:
    """Yield every binding that is declared anywhere in the screens, dialogs and widgets."""
    for module in pkgutil.walk_packages(zjtui.ui.__path__, "zjtui.ui."):
        for thing in vars(importlib.import_module(module.name)).values():
            if isinstance(thing, type) and issubclass(thing, DOMNode) and thing.__module__.startswith("zjtui"):
                for binding in BindingsMap(thing.__dict__.get("BINDINGS", [])):
                    yield thing, binding[1]


def test_no_key_has_two_meanings_and_no_meaning_has_two_keys_without_a_reason() -> None:
    meanings = defaultdict(list)
    for name, meaning in MEANINGS.items():
        for key in filter(None, meaning.keys.split(",")):
            meanings[key].append(name)
        assert "," not in meaning.keys or meaning.why, name
    assert {key: names for key, names in meanings.items() if len(names) > 1} == {}
    assert {key for key in meanings if key in TAKEN} == {"ctrl+c"}


def test_every_key_of_every_screen_dialog_and_widget_means_what_the_table_says() -> None:
    named = {(name, action.name): action for name, actions in SCREENS.items() for action in actions}
    seen = 0
    for place, binding in bindings():
        if binding.key.startswith(f"{DEED}-"):
            continue
        meaning = meaning_of(binding.key)
        screen, _dot, name = (binding.id or "").partition(".")
        wanted = named[screen, name].meaning if (screen, name) in named else ""
        assert meaning and (meaning == wanted or MEANINGS[meaning].label == binding.description), (place, binding)
        seen += 1
    assert seen > 200


def test_on_one_screen_no_key_is_there_twice() -> None:
    everywhere = [key for action in SCREENS["everywhere"] for key in action.keys.split(",")]
    for name, actions in SCREENS.items():
        keys = [key for action in actions for key in action.keys.split(",") if key]
        keys += everywhere if name != "everywhere" else []
        assert len(keys) == len(set(keys)), name


def test_what_a_text_field_does_with_a_key_of_the_table_is_said_with_its_reason() -> None:
    found = [pair[1] for editor in (SafeInput(), LongInput()) for pair in editor._bindings]
    keys = {binding.key for binding in found if binding.action != "pass_on"}
    assert {key for key in keys if meaning_of(key)} - set(IN_TEXT) == set()


def test_an_old_key_names_an_action_that_is_there_and_is_free_now() -> None:
    for screen, keys in old_keys.OLD.items():
        now = {key for place in (screen, "everywhere") for action in SCREENS[place] for key in action.keys.split(",")}
        for key in keys:
            assert key not in now, (screen, key)
            assert old_keys.hint(screen, key), (screen, key)


@pytest.mark.parametrize(
    ("lang", "keys", "told"),
    [
        ("en", ["ctrl+d"], "Ctrl+D is now Ctrl+X: Export…"),
        ("zh", ["2", "ctrl+e"], "Ctrl+E 已改为 Ctrl+T，再选“提级”"),
        ("en", ["5", "f3"], "F3 is now Ctrl+←: Month before"),
        ("en", ["f3", "f6"], "F6 is now Esc: Back"),
    ],
)
async def test_an_old_key_says_where_it_went_and_does_nothing_else(
    workspace: Path, lang: str, keys: list[str], told: str
) -> None:
    async with running(workspace, lang) as driver:
        await driver.press(*keys[:-1])
        screen, head = driver.app.screen, driver.head
        await driver.press(keys[-1])
        assert told in driver.foot and driver.app.screen is screen and driver.head == head


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_a_key_that_does_nothing_says_why(small: Path, lang: str) -> None:
    zh = lang == "zh"
    async with running(small, lang) as driver:
        await driver.press("7", "f4")
        assert ("F4 在本页不起作用" if zh else "F4 does nothing here: “Raise an issue”") in driver.foot
        await driver.press("x")
        assert ("没有可筛选的内容" if zh else "nothing to filter here") in driver.foot
        await driver.press("f11")
        assert ("F11 没有定义" if zh else "F11 has no meaning") in driver.foot
        await driver.press("2")
        await driver.type("没有这样的")
        await driver.press("enter")
        for key in ("enter", "f2", "f5", "ctrl+g", "space", "ctrl+b", "ctrl+c", "deed:escalate"):
            await driver.press("1", "2", key)
            assert ("没有符合筛选" if zh else "Nothing fits the filter") in driver.foot, (key, driver.foot)
        await driver.press("1", "ctrl+o", "f7")
        assert ("有一个问题待回答" if zh else "A question is open") in driver.messages


async def _typed_on(driver: Driver, place: str, text: str) -> str:
    await driver.press("1", place)
    await driver.type(text)
    return driver.app.screen.query_one("#filter", Input).value


@pytest.mark.parametrize("place", ["1", "2", "3", "8", "9", "0"])
async def test_letters_and_chinese_typed_on_a_list_begin_its_filter(small: Path, place: str) -> None:
    async with running(small, "zh") as driver:
        assert await _typed_on(driver, place, "zs石化2") == "zs石化2"
        await driver.press("enter", "escape")
        driver.app.post_message(events.Paste("舟山绿色"))  # as some input methods hand over whole words
        await driver.settle()
        assert driver.app.screen.query_one("#filter", Input).value == "舟山绿色"
