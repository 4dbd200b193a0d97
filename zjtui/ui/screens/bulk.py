"""Many records changed at once: every row first, what will change and why some cannot; then one operation."""

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from zjtui.errors import Cancelled
from zjtui.i18n import N_, _
from zjtui.ui.action import Action, bindings
from zjtui.ui.actions import BULK
from zjtui.ui.base import BaseScreen
from zjtui.ui.widgets.window_table import Cell, Column, WindowTable
from zjtui.usecases import bulk
from zjtui.usecases.bulk import Job, Line


class BulkScreen(BaseScreen):
    """The preview of one job; Ctrl+S does it, Esc leaves everything as it is."""

    ACTIONS: ClassVar[tuple[Action, ...]] = BULK
    BINDINGS: ClassVar[list[BindingType]] = bindings(BULK)

    def __init__(self, job: Job, uids: Sequence[str], title: str) -> None:
        super().__init__()
        self.job, self.uids, self.heading = job, list(uids), title
        self.lines: list[Line] = []
        self.working = False
        self._stop = False

    def body(self) -> Iterable[Widget]:
        yield WindowTable()

    def on_mount(self) -> None:
        self.show_title()
        self.query_one(WindowTable).focus()
        self.run_worker(self._preview())

    def title_parts(self) -> list[str]:
        return [_(N_("Many at once")), self.heading]

    def _progress(self, done: int, total: int) -> None:
        text = _(N_("{done} of {total} · Esc stops, nothing is changed")).format(done=f"{done:,}", total=f"{total:,}")
        self.app.call_from_thread(self.status, text, "dim")

    async def _work(self, work: Any) -> Any:
        """Run a long job off the screen's thread; Esc cancels it."""
        self.working, self._stop = True, False
        try:
            return await asyncio.to_thread(work)
        except Cancelled as stopped:
            self.status(str(stopped), "$text-warning")
        except Exception as error:  # whatever it is, it must not end the app
            self.complain(error)
        finally:
            self.working = False
        return None

    async def _preview(self) -> None:
        session, job, uids = self.session, self.job, self.uids
        found = await self._work(lambda: bulk.preview(session, job, uids, self._progress, lambda: self._stop))
        if found is None:
            self.dismiss(None)
            return
        self.lines = sorted(found, key=lambda line: bool(line.refusal))
        columns = [
            Column("title", _(N_("Record")), 30),
            Column("before", _(N_("Now")), 16),
            Column("after", _(N_("Then")), 20),
            Column("refusal", _(N_("Why not")), 60),
        ]
        self.query_one(WindowTable).show(columns, range(1, len(self.lines) + 1), self._fetch)
        self._count()

    def _fetch(self, wanted: Sequence[int]) -> list[list[Cell]]:
        page = [self.lines[number - 1] for number in wanted]
        return [[line.title, line.before, (line.after, "good"), (line.refusal, "bad")] for line in page]

    def _count(self) -> None:
        refused = sum(bool(line.refusal) for line in self.lines)
        text = _(N_("{count} will change, {refused} cannot · Ctrl+S does it, Esc leaves it"))
        self.status(text.format(count=f"{len(self.lines) - refused:,}", refused=f"{refused:,}"), "bold")

    async def action_apply(self) -> None:
        """Change all that can be changed, as one operation."""
        if self.working or not self.writable():
            return
        uids = [line.uid for line in self.lines if not line.refusal]
        if not uids:
            self.status(_(N_("None of them can be changed")), "$text-warning")
            return
        session, job = self.session, self.job
        outcome = await self._work(lambda: bulk.run(session, job, uids, self._progress, lambda: self._stop))
        if outcome is None:
            return
        self.zj.main_screens.changed()
        done = _(N_("{count} changed; Ctrl+Z takes all of it back")).format(count=f"{len(uids):,}")
        self.app.notify(done, markup=False, timeout=6)
        self.dismiss(outcome)

    def action_back(self) -> None:
        """Stop what is running, else close."""
        if self.working:
            self._stop = True
        else:
            self.dismiss(None)
