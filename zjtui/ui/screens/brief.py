"""The visit brief: one page before the visit, answered line by line after it."""

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.binding import BindingType

from zjtui.errors import Refused
from zjtui.i18n import N_, _
from zjtui.ui import acting, file_asking, paper
from zjtui.ui.action import Action, bindings
from zjtui.ui.actions_looking import BRIEF
from zjtui.ui.screens.table_screen import TableScreen
from zjtui.ui.widgets.window_table import Cell, Column
from zjtui.usecases import brief, register
from zjtui.usecases.brief import BriefLine


class BriefScreen(TableScreen):
    """The lines of one project's brief."""

    ACTIONS: ClassVar[tuple[Action, ...]] = BRIEF
    BINDINGS: ClassVar[list[BindingType]] = bindings(BRIEF)

    def __init__(self, project_uid: str) -> None:
        super().__init__()
        self.project_uid = project_uid
        self.lines: list[BriefLine] = []

    def title_parts(self) -> list[str]:
        return [_(N_("Brief")), self.lines[0].text if self.lines else ""]

    def reload(self) -> None:
        """Read the page anew."""
        try:
            self.lines = brief.lines(self.session, self.project_uid)
        except Refused as error:
            self.complain(error)
            self.dismiss(None)
            return
        self.show_title()
        width = max(self.size.width - 2, 40)
        self.table.show(
            [Column("line", _(N_("Before the visit: read. After it: F5 done, Ctrl+T not done")), width)],
            range(1, len(self.lines) + 1),
            self._fetch,
        )

    def _fetch(self, wanted: Sequence[int]) -> list[list[Cell]]:
        page = [self.lines[number - 1] for number in wanted]
        return [[(("  " if line.entity else "") + line.text, line.tone)] for line in page]

    def _line(self) -> BriefLine | None:
        current = self.table.current
        line = self.lines[current - 1] if current else None
        return line if line and line.entity else None

    def on_window_table_selected(self) -> None:
        """Open the row."""
        self.action_open()

    def action_open(self) -> None:
        """Open what the line is about."""
        line = self._line()
        if line and line.uid:
            self.zj.open_record(line.entity, line.uid)
        elif line:
            self.status(_(N_("Nothing is noted about it yet; F5 asks it and takes the answer")), "$text-warning")
        else:
            self.status(_(N_("There is nothing to open in this line")), "$text-warning")

    def action_yes(self) -> None:
        """Answer the line: kept, told; a question in words, unless its figures are in order; the rest is moved."""
        line = self._line()
        if line is None:
            self.status(_(N_("There is nothing to answer in this line")), "$text-warning")
            return
        if line.odd:
            acting.answer_question(self.zj, line.odd)
            return
        targets = {"promise": "kept", "policy_match": "informed", "question": "corrected"}
        if line.entity in targets:
            self._answer(line, targets[line.entity], {})
        elif line.entity in ("issue", "service", "element_need"):
            self.zj.move_record(line.entity, line.uid)
        else:
            self.status(_(N_("There is nothing to answer in this line")), "$text-warning")

    def action_no(self) -> None:
        """Answer the line: the promise was broken."""
        from zjtui.ui.dialogs.prompt import Prompt

        line = self._line()
        if line is None or line.entity != "promise":
            self.status(_(N_("Only a promise is answered with “not done”")), "$text-warning")
            return

        def answered(note: str | None) -> None:
            if note:
                self._answer(line, "broken", {"note": note})

        self.app.push_screen(Prompt(N_("Why was it not kept?")), answered)

    def _answer(self, line: BriefLine, target: str, given: dict[str, Any]) -> None:
        if not self.writable():
            return
        work = self.save(lambda: register.move(self.session, line.entity, line.uid, target, given), _(N_("Answered")))
        self.run_worker(work)

    def action_add_follow_up(self) -> None:
        """Log the visit."""
        self.zj.add_follow_up(self.project_uid)

    async def action_write(self) -> None:
        """Write the page as a Word file, each line with a box to tick."""
        from zjtui.reports import brief as on_paper
        from zjtui.sheets import files

        session, folder = self.session, file_asking.reports(self.zj)
        await paper.write(
            self.zj,
            self,
            lambda: on_paper.page(session, self.project_uid),
            lambda page: folder / f"{files.name(page, session.today)}.docx",
        )

    def action_add_issue(self) -> None:
        """Raise an issue."""
        self.zj.add_issue(self.project_uid)
