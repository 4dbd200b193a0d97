"""The palette: every action of the screen in front; screens, reports, views, projects; in both languages, by pinyin."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.widgets.option_list import Option

from zjtui.domain import pinyin
from zjtui.i18n import N_, _, every_language
from zjtui.ui import palette_finds as finding
from zjtui.ui.action import Action, key_name
from zjtui.ui.actions import GLOBAL
from zjtui.ui.actions_shared import FORMS_KEY, FREEZES_KEY
from zjtui.ui.base import BaseScreen
from zjtui.ui.quick import confirm, understood
from zjtui.ui.text import content

if TYPE_CHECKING:
    from zjtui.ui.app import ZjtuiApp


class Palette(CommandPalette):
    """The palette, in the language of the screen."""

    def _start_no_matches_countdown(self, search_value: str) -> None:
        """Say after a moment that nothing was found."""
        self._stop_no_matches_countdown()

        def nothing_found() -> None:
            if search_value:
                told = N_("Nothing fits: type less, or other words")
                nothing = Option(content(_(told)), disabled=True, id=self._NO_MATCHES)
                self.query_one(CommandList).add_option(nothing)
            self._list_visible = bool(search_value)

        self._no_matches_timer = self.set_timer(self._NO_MATCHES_COUNTDOWN, nothing_found)


class ActionCommands(Provider):
    """Lists the table of actions."""

    def _actions(self) -> Iterator[tuple[Action, str]]:
        screen = self.screen
        own = screen.offered if isinstance(screen, BaseScreen) else ()
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
            if any(pinyin.found_by(query, name) for name in (*names, _(action.help))):
                score = 1.0 if query.casefold() in shown.casefold() else 0.5
                text = f"{shown}  {key_name(action.pressed)}".rstrip()
                yield Hit(score, content(text), partial(self._run, action, owner), text, help=_(action.help))
        if isinstance(self.screen, BaseScreen):
            for found in finding.found(self._zj, query):
                yield Hit(found.score, content(found.text), found.go, found.text, help=_(found.what))
