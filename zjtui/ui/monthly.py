"""A screen that looks at one month: the one before, the one after; none that has not come yet.

It may look at the register as it was known on an earlier day: then all such screens do, until one goes back to now.
"""

from typing import TYPE_CHECKING

from zjtui.domain.dates import parse_date
from zjtui.domain.month import Month, month_away
from zjtui.domain.understood import day_named
from zjtui.i18n import N_, _
from zjtui.ui.base import BaseScreen

if TYPE_CHECKING:
    from zjtui.usecases.moment import PastSession
    from zjtui.usecases.session import Session


class MonthlyScreen(BaseScreen):
    """Keeps the month; `reload` shows it."""

    _when: Month | None = None

    @property
    def session(self) -> "Session":
        """The register that is looked at: as it is, or as it was known."""
        return self.zj.past or self.zj.session

    @property
    def when(self) -> Month:
        """The month that is looked at; at first the last one that is over. Nothing lies ahead of a day in the past."""
        chosen = self._when or Month.usual(self.zj.session.today)
        today = self.session.today
        return chosen if (chosen.year, chosen.month) <= (today.year, today.month) else Month.usual(today)

    def as_known(self) -> str:
        """Return as of which day the register is shown, "" for now."""
        past = self.zj.past
        return _(N_("as known on {day}")).format(day=past.today.isoformat()) if past else ""

    def nothing_yet(self) -> str:
        """Return what an empty table says, and what to do."""
        if self.zj.past:
            text = _(N_("Nothing of {month} was known on {day}. Esc goes back to now"))
            return text.format(month=self.when, day=self.session.today.isoformat())
        return _(
            N_("Nothing is planned or reported in {month}. Ctrl+← goes a month back; reports are typed under 4")
        ).format(month=self.when)

    def action_month(self, step: int) -> None:
        """Show the month before or after."""
        wanted = Month(*month_away(self.when.year, self.when.month, step))
        today = self.session.today
        if (wanted.year, wanted.month) > (today.year, today.month):
            self.status(_(N_("The month {month} has not come yet")).format(month=wanted), "$text-warning")
            return
        self._when = wanted
        self.reload()

    def action_freezes(self) -> None:
        """Show the months that were frozen."""
        self.zj.action_freezes()

    def action_known(self) -> None:
        """Ask for a day, and show the register as it was known at its end; from there, go back to now."""
        from zjtui.ui.dialogs.prompt import Prompt
        from zjtui.ui.watching import watched
        from zjtui.usecases import moment

        if self.zj.past:
            self._back_to_now()
            return
        live = self.zj.session

        def typed(text: str | None) -> None:
            if not text:
                return
            day = parse_date(text, live.today, past=True)
            watched(
                self,
                N_("Reading the register as it was known"),
                lambda watch: moment.open_past(live, moment.seen_on(live.workspace.reader(), day), day, watch=watch),
                self._take,
            )

        def read(text: str) -> str:
            return f"→ {day_named(parse_date(text, live.today, past=True))}"

        self.zj.push_screen(Prompt(N_("As known at the end of which day? e.g. 9-1, last Fri, -30"), reads=read), typed)

    def _take(self, past: "PastSession") -> None:
        self.zj.past = past
        self.zj.main_screens.changed()

    def _back_to_now(self) -> None:
        """Show what is known now; the file of that day goes once nobody reads it any more."""
        past, self.zj.past = self.zj.past, None
        self.zj.main_screens.changed()
        if past:
            self.run_worker(self.zj.close_past(past))

    def shown_as_it_is(self) -> None:
        """Say that what opens now is the register as it is, where an earlier day is looked at."""
        if self.zj.past:
            self.app.notify(_(N_("This is shown as it is now, not as it was known")), markup=False, timeout=6)

    def writable(self) -> bool:
        """Tell whether anything can be saved: not from a day in the past."""
        if self.zj.past:
            self.status(_(N_("A day in the past is only read. Esc goes back to now")), "$text-warning")
            return False
        return super().writable()

    def action_back(self) -> None:
        """Go back to now first, then to the projects."""
        if self.zj.past:
            self._back_to_now()
        else:
            self.zj.action_go("projects")
