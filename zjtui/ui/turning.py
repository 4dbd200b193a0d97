"""The day turns while the app is open: at midnight by a timer, and at the next key where the computer slept over it."""

from textual.timer import Timer

from zjtui.i18n import N_, _
from zjtui.store.changes import now_ms
from zjtui.ui.base import BaseScreen
from zjtui.ui.ending import EndingApp
from zjtui.ui.text import content
from zjtui.usecases import clock

_DAY = 86_400_000
_BEIJING = 28_800_000  # milliseconds that Beijing is ahead


class TurningApp(EndingApp):
    """An app whose today is today."""

    _midnight = 0  # in milliseconds of the wall clock
    _waking: Timer | None = None

    def watch_day(self) -> None:
        """Say where the clock is not believed, and wait for midnight."""
        for doubt in (clock.doubt(self.session), clock.ahead(self.session)):
            if doubt:
                self.notify(content(str(doubt)).plain, severity="warning", markup=False, timeout=15)
        self._until_midnight()

    def _until_midnight(self) -> None:
        now = now_ms()
        self._midnight = now - (now + _BEIJING) % _DAY + _DAY
        if self._waking:
            self._waking.stop()
        self._waking = self.set_timer((self._midnight - now) / 1000 + 0.5, self._turn)

    def key_arrives(self) -> None:
        """Look at the clock before a key counts: a timer does not run while the computer sleeps."""
        if self._midnight and now_ms() >= self._midnight:
            self._turn()

    def _turn(self) -> None:
        """Take today anew; a key may have been faster than the timer, or the clock was set back."""
        self._until_midnight()
        if not self.session.turn_day():
            return
        for screen in self.screen_stack:
            if isinstance(screen, BaseScreen):
                screen.day_turned()
        self.judge_anew()
        told = _(N_("It is a new day: {day}")).format(day=self.session.today.isoformat())
        self.notify(content(told).plain, markup=False)

    def judge_anew(self) -> None:
        """Work every screen out again."""
