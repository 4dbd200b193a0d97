"""A form of many fields: what nobody fills in is folded, a key goes from section to section, nothing covers a choice."""

from pathlib import Path

import pytest
from textual.widgets._toast import ToastRack

from tests.ui.driver import Driver, running
from zjtui.domain import registry
from zjtui.domain.show import label
from zjtui.i18n import set_language
from zjtui.ui.screens.form import FormScreen
from zjtui.ui.text import cell_len
from zjtui.ui.widgets.form import WIDEST_LABEL
from zjtui.ui.widgets.form_row import FormRow
from zjtui.ui.widgets.form_sections import SectionHead
from zjtui.ui.widgets.suggestions import Suggestions


async def follow_up(driver: Driver) -> FormScreen:
    """Open the form of a follow-up of the project under the cursor, by whatever key it has."""
    await driver.app.screen.run_action("add_follow_up")
    await driver.settle()
    assert isinstance(driver.app.screen, FormScreen)
    return driver.app.screen


def folded(screen: FormScreen) -> list[bool]:
    return [head.folded for head in screen.query(SectionHead)]


def section_of_cursor(screen: FormScreen) -> str:
    assert screen.focused
    row = screen.focused.parent
    assert isinstance(row, FormRow)
    head = screen.form.sections.head_of(row)
    return head.title if head else ""


async def test_sections_that_nobody_filled_in_are_one_line_until_a_key_goes_there(workspace: Path) -> None:
    async with running(workspace) as driver:
        screen = await follow_up(driver)
        assert folded(screen).count(True) >= 2
        titles, seen = [head.title for head in screen.query(SectionHead)], []
        for _each in titles:
            seen.append(section_of_cursor(screen))
            await driver.press("ctrl+down")
        assert set(titles) <= {*seen, section_of_cursor(screen)}
        assert not any(folded(screen))


async def test_no_message_covers_the_choices_and_it_comes_back_after_them(workspace: Path) -> None:
    async with running(workspace, messages=True) as driver:
        screen = await follow_up(driver)
        [messages] = screen.query(ToastRack)
        driver.app.notify("已保存")
        for field, shown in (("findings", True), ("people", False), ("findings", True)):
            screen.form.enter(field)
            await driver.settle()
            assert (screen.query_one(Suggestions).is_open, messages.display) == (not shown, shown)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_label_of_a_form_is_cut(lang: str) -> None:
    set_language(lang)
    declared = [
        field for entity in registry.ENTITIES for field in registry.model(entity).fields().values() if field.form
    ]
    cut = [label(field) for field in declared if cell_len(label(field)) + 2 > WIDEST_LABEL]
    assert not cut
