"""Closing the day (Ctrl+U): the checks with what is open of each; drafts filed at once, a backup, tomorrow's list."""

from collections.abc import Callable, Coroutine, Iterable, Sequence
from pathlib import Path
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from zjtui.errors import Cancelled, ZjtuiError
from zjtui.i18n import N_, _
from zjtui.reports import tomorrow
from zjtui.reports.page import Page
from zjtui.store.read.records import get
from zjtui.ui import acting, file_asking
from zjtui.ui.action import Action, bindings
from zjtui.ui.actions_looking import DAY
from zjtui.ui.base import BackgroundReader, BaseScreen
from zjtui.ui.screens.tomorrow import TomorrowScreen
from zjtui.ui.text import content
from zjtui.ui.widgets.window_table import HEADING, Cell, Column, WindowTable
from zjtui.usecases import day, filing
from zjtui.usecases.day import CHECKS, Check, Closed, Item
from zjtui.usecases.maintenance import Kept


class DayScreen(BaseScreen):
    """The checks of the day as headings, what is open of each below it."""

    ACTIONS: ClassVar[tuple[Action, ...]] = DAY
    BINDINGS: ClassVar[list[BindingType]] = bindings(DAY)

    def __init__(self) -> None:
        super().__init__()
        self.reader = BackgroundReader(self)
        self.checks: list[Check] = []
        self.lines: list[tuple[str, Item]] = []  # the row with the id n is lines[n - 1]: its check, what is open

    def body(self) -> Iterable[Widget]:
        yield WindowTable()

    def on_mount(self) -> None:
        self.table.focus()
        self.reload()

    def on_unmount(self) -> None:
        self.reader.stop()

    @property
    def table(self) -> WindowTable:
        """The checks."""
        return self.query_one(WindowTable)

    def title_parts(self) -> list[str]:
        return [_(N_("Close the day"))]

    def reload(self) -> None:
        """Check anew; drafts are rehearsed, which takes a moment."""
        self.show_title()
        self.reader.read(lambda connection: (day.checks(self.session), day.done(self.session)), self._taken)

    def _taken(self, result: tuple[list[Check], dict[str, int]]) -> None:
        self.checks, done = result
        headings: list[str] = []
        ids: list[int] = []
        self.lines = []
        for check in self.checks:
            ids.append(-len(headings))
            mark = "☐" if check.count else "☑"
            headings.append(f"{mark} {CHECKS.label(check.code)}  {check.count:,}")
            for item in check.items:
                self.lines.append((check.code, item))
                ids.append(len(self.lines))
        wide = max(self.size.width - 42, 30)
        columns = [Column("text", _(N_("What is open")), 38), Column("fault", _(N_("Why")), wide)]
        self.table.show(columns, ids, self._fetch, headings=headings)
        self.status(day.told(self.checks, done), "dim" if any(check.count for check in self.checks) else "bold")

    def _fetch(self, wanted: Sequence[int]) -> list[list[Cell]]:
        page = [self.lines[number - 1] for number in wanted]
        return [["  " + item.text, (item.fault, "bad" if code == "drafts" else "muted")] for code, item in page]

    def _line(self) -> tuple[str, Item | None]:
        """Return the check under the cursor, and its line: None on the check's own one."""
        current = self.table.current
        if current is None or not self.checks:
            return "", None
        return self.lines[current - 1] if current > HEADING else (self.checks[-current].code, None)

    def on_window_table_selected(self) -> None:
        """Open the line."""
        self.action_open()

    def action_open(self) -> None:
        """Open the draft, the visit or the project's brief under the cursor."""
        code, item = self._line()
        if item is None or item.about == "backup":
            self.status(_(N_("F5 settles it; Enter opens a line below")), "$text-warning")
            return
        if item.about == "draft":
            acting.open_draft(self.zj, item.uid)
        elif code == "questions" and item.about == "project":
            self.zj.open_brief(item.uid)
        else:
            self.zj.open_record(item.about, item.uid)

    def action_act(self) -> None:
        """Settle the line; on a check's own line all of it where that can be, else its first."""
        code, item = self._line()
        if code == "backup":
            self.action_backup()
        elif code == "drafts" and item is None:
            self.action_file()
        elif item or (item := next((each for other, each in self.lines if other == code), None)):
            self._settle(code, item)

    def _settle(self, code: str, item: Item) -> None:
        if code in ("unlinked", "photos"):
            project = get(self.session.reader(), "follow_up", item.uid).project_uid
            if code == "unlinked":
                self.zj.add_issue(project, item.uid)
            else:
                self.zj.deeds.attach(self.zj, project, ("follow_up", item.uid))
        elif code == "next":
            self.zj.add_record("visit_plan", item.uid)
        elif item.about == "promise":
            self.zj.move_record("promise", item.uid)
        elif item.about == "project":
            self.zj.open_brief(item.uid)
        elif item.about == "draft":
            acting.open_draft(self.zj, item.uid)
        else:
            self.zj.open_record(item.about, item.uid)

    def action_discard(self) -> None:
        """Forget a draft, after a question."""
        from zjtui.ui.dialogs.confirm import Question

        _code, item = self._line()
        if item is None or item.about != "draft" or not self.writable():
            self.status(_(N_("Only a draft can be discarded here")), "$text-warning")
            return

        def answered(answer: str | None) -> None:
            if answer == "drop":
                acting.discard_draft(self.zj, item.uid)
                self.reload()

        answers = [("keep", N_("Keep it")), ("drop", N_("Discard it"))]
        self.app.push_screen(Question(N_("Discard the draft?"), item.text, answers), answered)

    def action_file(self) -> None:
        """File every valid draft."""
        if self.writable():
            session = self.session
            self.run_worker(
                self._work(
                    N_("Filing the drafts"),
                    lambda progress, cancelled: (Closed(*filing.file_all(session, progress, cancelled), None),),
                )
            )

    def action_backup(self) -> None:
        """Ask for the folder, then write a backup into it."""
        title = N_("Backup into which folder? (a USB stick is safest)")
        self._ask_folder(
            title,
            lambda folder: self._work(N_("Writing the backup"), lambda _p, _c: (day.backup(self.session, folder),)),
        )

    def action_close(self) -> None:
        """File the drafts, back up where the last backup went, then write and show tomorrow's list."""
        if not self.writable():
            return
        if day.folder_gone(self.session):  # another folder is the person's choice
            title = N_("The folder of the last backup is not there. Into which folder?")
            self._ask_folder(title, self._close)
        else:
            self.run_worker(self._close(day.backup_folder(self.session)))

    async def _close(self, folder: Path) -> None:
        def work(progress: Any, cancelled: Any) -> tuple[Any, ...]:
            closed = day.close(self.session, folder, progress, cancelled)
            try:
                return closed, tomorrow.write(self.session), tomorrow.page(self.session)
            except OSError as error:
                return closed, _unwritten(error), tomorrow.page(self.session)

        await self._work(N_("Closing the day"), work)

    def action_tomorrow(self) -> None:
        """Show tomorrow's list."""
        self.run_worker(self._work(N_("Tomorrow"), lambda _p, _c: (tomorrow.page(self.session),)))

    def _ask_folder(self, title: str, then: Callable[[Path], Coroutine[Any, Any, None]]) -> None:
        def answered(path: str) -> None:
            self.run_worker(then(Path(path)))

        folder = str(day.backup_folder(self.session))
        file_asking.ask(self.zj, title, answered, purpose="folder", text=folder)

    async def _work(self, title: str, work: Any) -> None:
        """Run a long job; say what came of each of its parts, and show a page that it made."""
        from zjtui.ui.dialogs.working import Working

        result = await self.app.push_screen_wait(Working(title, work))
        if isinstance(result, Cancelled):
            self.status(str(result), "$text-warning")
            return
        parts = result if isinstance(result, tuple) else (result,)
        told = [line for part in parts for line in _outcome(part)]
        if told:
            self.app.notify(content("  ".join(told)).plain, markup=False, timeout=10)
        for part in parts:
            fault = part.fault if isinstance(part, Closed) else part
            if isinstance(fault, Exception):
                self.complain(_unwritten(fault) if isinstance(fault, OSError) else fault)
        pages = [part for part in parts if isinstance(part, Page)]
        if len(parts) > len(pages):
            self.zj.main_screens.changed()
        for page in pages:
            self.app.push_screen(TomorrowScreen(self.session, page))


def _unwritten(error: OSError) -> ZjtuiError:
    return ZjtuiError(N_("{path} cannot be written: {reason}"), path=error.filename or "", reason=error.strerror)


def _outcome(part: Any) -> list[str]:
    """Return what was done, in sentences."""
    if isinstance(part, Kept):
        return [str(line) for line in part.told()]
    if isinstance(part, Path):
        return [_(N_("Written: {path}")).format(path=part)]
    if not isinstance(part, Closed):
        return []
    told = [_(N_("{count} drafts filed")).format(count=len(part.filed))]
    if part.left:
        told.append(_(N_("{count} stay, each says why")).format(count=len(part.left)))
    if part.outcome:
        told += [_(N_("Please check: {notice}")).format(notice=notice) for notice in part.outcome.notices[:3]]
    return told + (_outcome(part.backup) if part.backup else [])
