"""Tomorrow's list on the screen: read at the end of the day, taken along as a Word file."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from zjtui.i18n import N_, language
from zjtui.reports import tomorrow
from zjtui.reports.page import Page
from zjtui.ui import paper
from zjtui.ui.action import Action, bindings
from zjtui.ui.actions_looking import TOMORROW
from zjtui.ui.screens.page import PageScreen

if TYPE_CHECKING:
    from zjtui.usecases.session import Session


class TomorrowScreen(PageScreen):
    """The list as it was worked out; anew only where the language changes."""

    ACTIONS: ClassVar[tuple[Action, ...]] = TOMORROW
    BINDINGS: ClassVar[list[BindingType]] = bindings(TOMORROW)

    def __init__(self, session: "Session", made: Page) -> None:
        known = {language(): made}
        super().__init__(
            N_("Close the day"), lambda: known.get(language()) or known.setdefault(language(), tomorrow.page(session))
        )

    async def action_sheet(self) -> None:
        """Write it as a Word file and say where it is."""
        page = self.page
        await paper.write(self.zj, self, lambda: page, lambda _page: tomorrow.file(self.session, "docx"))
