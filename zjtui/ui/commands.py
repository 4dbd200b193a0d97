"""The palette: every action of the screen in front, found by its name in either language or its pinyin initials."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider

from zjtui.domain import pinyin
from zjtui.i18n import N_, _, every_language
from zjtui.ui.action import Action, key_name
from zjtui.ui.actions import GLOBAL
from zjtui.ui.actions_looking import FORMS_KEY, FREEZES_KEY
from zjtui.ui.base import BaseScreen
from zjtui.ui.dialogs.choice import initials
from zjtui.ui.quick import confirm, understood
from zjtui.ui.text import content

if TYPE_CHECKING:
    from zjtui.ui.app import ZjtuiApp


class ActionCommands(Provider):
    """Lists the table of actions."""

    def _actions(self) -> Iterator[tuple[Action, str]]:
        screen = self.screen
        own = screen.ACTIONS if isinstance(screen, BaseScreen) else ()
        for action in own:
            if action.palette:
                yield action, "screen."
        elsewhere = (FREEZES_KEY, FORMS_KEY)
        for action in (*GLOBAL, *elsewhere):
            if action.palette and action.name not in {each.name for each in own}:
                yield action, "app."

    @property
    def _zj(self) -> "ZjtuiApp":
        return cast("ZjtuiApp", self.app)

    def _run(self, action: Action, owner: str) -> None:
        self.screen.call_later(self.screen.run_action, owner + action.name)

    async def discover(self) -> Hits:
        """List everything before anything is typed."""
        for action, owner in self._actions():
            text = f"{_(action.label)}  {key_name(action.pressed)}".rstrip()
            yield DiscoveryHit(content(text), partial(self._run, action, owner), text, help=_(action.help))

    async def search(self, query: str) -> Hits:
        """List what `query` fits; a follow-up typed in one line comes first."""
        quick = understood(self._zj.session, query)
        if quick:
            told = _(N_("Log a follow-up: {what}")).format(what=quick.told())
            yield Hit(2.0, content(told), partial(confirm, self._zj, quick), told)
        for action, owner in self._actions():
            shown, names = _(action.label), every_language(action.label)
            searched = " ".join([*names, _(action.help)])
            if pinyin.matches(query, searched, " ".join(map(initials, names))):
                score = 1.0 if query.casefold() in shown.casefold() else 0.5
                text = f"{shown}  {key_name(action.pressed)}".rstrip()
                yield Hit(score, content(text), partial(self._run, action, owner), text, help=_(action.help))
