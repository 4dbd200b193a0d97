"""What a person settled about a list: nothing of it goes with one key, and undo brings it back."""

from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from zjtui.i18n import N_, _
from zjtui.sheets.book import Book
from zjtui.sheets.mapping import Plan
from zjtui.ui.dialogs.confirm import Question

if TYPE_CHECKING:
    from zjtui.ui.screens.importing import ImportScreen


@dataclass
class Settled:
    """A list as it was read, and what was said of its columns and rows since; of rows by their numbers.

    `decisions` say which project a row is, `backs` which states go back (None: it stays), `sure` which odd amounts are
    right.
    """

    book: Book | None = None
    plan: Plan | None = None
    decisions: dict[int, str] = field(default_factory=dict)
    backs: dict[int, dict[str, Any] | None] = field(default_factory=dict)
    sure: set[int] = field(default_factory=set)
    _known: Any = None

    @classmethod
    def of(cls, book: Book | None, plan: Plan | None) -> "Settled":
        """Return a list that was read just now."""
        settled = cls(book, plan)
        settled.note()
        return settled

    def note(self) -> None:
        """Nothing of what stands now would be lost: it was just read, or taken in."""
        self._known = self._said()

    @property
    def is_lost(self) -> bool:
        """Whether something that a person said would be lost."""
        return self.plan is not None and self._said() != self._known

    def _said(self) -> Any:
        plans = [self.plan, *self.plan.more] if self.plan else []
        return deepcopy([[_of_plan(plan) for plan in plans], self.decisions, self.backs, self.sure])


def _of_plan(plan: Plan) -> Any:
    """Return what a person may say of a list: not its rows, of which there may be a hundred thousand."""
    return plan.columns, plan.fixed, plan.words, plan.month, plan.left_out, plan.shared, plan.sums


def ask(screen: "ImportScreen") -> None:
    """Ask before the list is left; what was settled comes back by undo."""

    def answered(answer: str | None) -> None:
        if answer != "discard":
            return
        app, again, settled = screen.zj, type(screen), screen.settled

        def bring_back() -> None:
            app.push_screen(again(screen.path, settled=settled))

        if not screen.among:
            app.discarded.note(screen.session, bring_back)
        screen.dismiss(None)

    told = _(N_("Nothing of the list was taken in. What was said of its columns and rows would be lost."))
    answers = [("stay", N_("Go on with the list")), ("discard", N_("Leave the list"))]
    screen.app.push_screen(Question(N_("Not taken in yet"), told, answers, typing=True), answered)
