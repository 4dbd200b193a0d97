"""Closing the day (Ctrl+U): the checks with what is open of each; drafts filed at once, a backup, tomorrow's list."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from zjtui.domain import registry
from zjtui.errors import ZjtuiError
from zjtui.i18n import N_, _
from zjtui.reports import tomorrow
from zjtui.ui import drafts
from zjtui.ui.action import Action, bindings
from zjtui.ui.actions import DAY
from zjtui.ui.base import BackgroundReader, BaseScreen
from zjtui.ui.widgets.window_table import Cell, Column, WindowTable
from zjtui.usecases import day, draft, filing
from zjtui.usecases.day import CHECKS, Check, Closed, Item


class DayScreen(BaseScreen):
    """The checks of the day as headings, what is open of each below it."""

    ACTIONS: ClassVar[tuple[Action, ...]] = DAY
    BINDINGS: ClassVar[list[BindingType]] = bindings(DAY)

    def __init__(self) -> None:
        super().__init__()
        self.reader = BackgroundReader(self)
        self.items: list[Item] = []

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
        checks, done = result
        headings: list[str] = []
        ids: list[int] = []
        self.items = []
        for check in checks:
            ids.append(-len(headings))
            mark = "☐" if check.count else "☑"
            headings.append(f"{mark} {CHECKS.label(check.code)}  {check.count:,}")
            for item in check.items:
                self.items.append(item)
                ids.append(len(self.items))
        wide = max(self.size.width - 42, 30)
        columns = [Column("text", _(N_("What is open")), 38), Column("fault", _(N_("Why it stays")), wide)]
        self.table.show(columns, ids, self._fetch, headings=headings)
        self.status(_told(checks, done), "dim" if any(check.count for check in checks) else "bold")

    def _fetch(self, wanted: Sequence[int]) -> list[list[Cell]]:
        return [["  " + self.items[n - 1].text, (self.items[n - 1].fault, "bad")] for n in wanted]

    def _item(self) -> Item | None:
        current = self.table.current
        return self.items[current - 1] if current and current > 0 else None

    def on_window_table_selected(self) -> None:
        """Open the line."""
        self.action_open()

    def action_open(self) -> None:
        """Open the draft, the visit or the project's brief under the cursor."""
        item = self._item()
        if item is None:
            return
        if item.about == "draft":
            typed = draft.find(self.session, item.uid)
            drafts.reopen(self.zj, {"key": item.uid, "typed": typed or {}})
        elif item.about == "project":
            self.zj.open_brief(item.uid)
        else:
            self.zj.open_record(item.about, item.uid)

    def action_discard(self) -> None:
        """Forget a draft, after a question."""
        from zjtui.ui.dialogs.confirm import Question

        item = self._item()
        if item is None or item.about != "draft" or not self.writable():
            self.status(_(N_("Only a draft can be discarded here")), "$text-warning")
            return

        def answered(answer: str | None) -> None:
            if answer == "drop":
                draft.drop(self.session, item.uid)
                self.reload()

        answers = [("keep", N_("Keep it")), ("drop", N_("Discard it"))]
        self.app.push_screen(Question(N_("Discard the draft?"), item.text, answers), answered)

    def action_file(self) -> None:
        """File every valid draft."""
        if self.writable():
            self.run_worker(self._work(N_("Filing the drafts"), self._file))

    def _file(self, progress: Any, cancelled: Any) -> Closed:
        return Closed(*filing.file_all(self.session, progress, cancelled), None)

    def action_backup(self) -> None:
        """Ask for the folder, then write a backup into it."""
        from zjtui.ui.dialogs.prompt import Prompt

        def answered(text: str | None) -> None:
            if text:
                work = lambda _progress, _cancelled: day.backup(self.session, Path(text).expanduser())  # noqa: E731
                self.run_worker(self._work(N_("Writing the backup"), work))

        title = N_("Backup into which folder? (a USB stick is safest)")
        self.app.push_screen(Prompt(title, str(day.backup_folder(self.session))), answered)

    def action_close(self) -> None:
        """File the drafts, back up where the last backup went, write tomorrow's list."""
        if self.writable():
            folder = day.backup_folder(self.session)
            self.run_worker(
                self._work(
                    N_("Closing the day"),
                    lambda progress, cancelled: (
                        day.close(self.session, folder, progress, cancelled),
                        tomorrow.write(self.session),
                    ),
                )
            )

    def action_tomorrow(self) -> None:
        """Write tomorrow's list and say where it is."""
        self.run_worker(self._work(N_("Writing tomorrow's list"), lambda _p, _c: tomorrow.write(self.session)))

    async def _work(self, title: str, work: Any) -> None:
        from zjtui.ui.dialogs.working import Working

        result = await self.app.push_screen_wait(Working(title, work))
        if isinstance(result, Exception):
            self.complain(
                ZjtuiError(N_("{path} cannot be written: {reason}"), path="", reason=result.strerror)
                if isinstance(result, OSError)
                else result
            )
        else:
            self.app.notify("  ".join(_outcome(result)), markup=False, timeout=10)
        self.zj.changed(self)
        self.reload()


def _told(checks: list[Check], done: dict[str, int]) -> str:
    parts = [
        f"{_(registry.model(entity).noun)} {count}" for entity, count in done.items() if entity in registry.ENTITIES
    ]
    today = _(N_("Entered today: {what}")).format(what=" · ".join(parts)) if parts else _(N_("Nothing entered today"))
    if any(check.count for check in checks):
        return today
    return _(N_("Nothing is open. Good night!")) + " " + today


def _outcome(result: Any) -> list[str]:
    """Return what was done, in sentences."""
    if isinstance(result, tuple):
        return [line for part in result for line in _outcome(part)]
    if isinstance(result, Path):
        return [_(N_("Written: {path}")).format(path=result)]
    told = [_(N_("{count} drafts filed")).format(count=len(result.filed))]
    if result.left:
        told.append(_(N_("{count} stay, each says why")).format(count=len(result.left)))
    return told + (_outcome(result.backup) if result.backup else [])
