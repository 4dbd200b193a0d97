"""The menu of a screen (Ctrl+T): what can be done there beside what has a key of its own."""

from typing import TYPE_CHECKING

from zjtui.i18n import N_, _
from zjtui.ui.action import Action
from zjtui.ui.dialogs.choice import Choice, ChoiceDialog
from zjtui.ui.key_meanings import DEED
from zjtui.ui.text import cell_len

if TYPE_CHECKING:
    from zjtui.ui.base import BaseScreen


def choose(screen: "BaseScreen") -> None:
    """Let a person choose a deed of the screen, and do it."""
    deeds = [action for action in screen.offered if action.meaning == DEED]
    if not deeds:
        screen.status(_(N_("All that can be done here has a key: F1 shows them")), "$text-warning")
        return
    width = max(cell_len(_(action.label)) for action in deeds)

    def chosen(name: str | None) -> None:
        if name:
            screen.call_later(screen.run_action, name)

    choices = [Choice(action.name, _in_one_line(action, width)) for action in deeds]
    screen.app.push_screen(ChoiceDialog(N_("What is to be done?"), choices), chosen)


def _in_one_line(action: Action, width: int) -> str:
    name = _(action.label)
    return f"{name}{' ' * (width - cell_len(name))}  {_(action.help)}"
