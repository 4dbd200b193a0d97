"""A screen that looks at one month: the one before, the one after; none that has not come yet."""

from zjtui.i18n import N_, _
from zjtui.reports.indicators import Month
from zjtui.ui.base import BaseScreen


class MonthlyScreen(BaseScreen):
    """Keeps the month; `reload` shows it."""

    _when: Month | None = None

    @property
    def when(self) -> Month:
        """The month that is looked at; at first the last one that is over."""
        return self._when or Month.usual(self.session.today)

    def action_month(self, step: int) -> None:
        """Show the month before or after."""
        number = self.when.year * 12 + self.when.month - 1 + step
        wanted = Month(number // 12, number % 12 + 1)
        today = self.session.today
        if (wanted.year, wanted.month) > (today.year, today.month):
            self.status(_(N_("The month {month} has not come yet")).format(month=wanted), "$text-warning")
            return
        self._when = wanted
        self.reload()

    def action_back(self) -> None:
        """Go back to the projects."""
        self.zj.action_go("projects")
