"""Several lists taken in as one: each with what it would do; a wrong one is named, and somebody says what then."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Static

from zjtui.errors import Cancelled, ZjtuiError
from zjtui.i18n import N_, _
from zjtui.sheets import columns, reading
from zjtui.sheets.mapping import Plan
from zjtui.ui import import_text
from zjtui.ui.action import Action, bindings
from zjtui.ui.actions import IMPORT_FILES
from zjtui.ui.base import BaseScreen
from zjtui.ui.dialogs.confirm import Question
from zjtui.ui.dialogs.working import Working
from zjtui.ui.screens.importing import ImportScreen
from zjtui.ui.text import content
from zjtui.ui.watching import watched
from zjtui.ui.widgets.window_table import Cell, Column, WindowTable
from zjtui.usecases import import_many
from zjtui.usecases.import_line import WHATS
from zjtui.usecases.importing import Job, Result
from zjtui.usecases.moment import Watch


@dataclass
class _List:
    """One of the files: how it is read and what it would do, or why it cannot be taken."""

    path: Path
    plan: Plan | None = None
    job: Job | None = None
    result: Result | None = None
    error: str = ""

    @property
    def told(self) -> str:
        """Why it cannot be taken, else how many rows there are of each kind, and why those that are refused are."""
        if self.error or self.result is None:
            return self.error
        why = dict.fromkeys(str(fault) for line in self.result.of("refused") for fault in line.faults)
        return "; ".join([_counted(self.result.counts), *why])


class ImportFilesScreen(BaseScreen):
    """All lists, one a row. Nothing is written before Ctrl+S."""

    ACTIONS: ClassVar[tuple[Action, ...]] = IMPORT_FILES
    BINDINGS: ClassVar[list[BindingType]] = bindings(IMPORT_FILES)
    DEFAULT_CSS = """
    ImportFilesScreen #whole { height: auto; max-height: 7; padding: 0 1; display: none; }
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        super().__init__()
        self.lists = [_List(path) for path in paths]

    def body(self) -> Iterable[Widget]:
        yield WindowTable()
        yield Static(id="whole")

    def on_mount(self) -> None:
        self.query_one(WindowTable).focus()
        self.look()

    def title_parts(self) -> list[str]:
        return [_(N_("Import")), _(N_("{count} lists")).format(count=len(self.lists))]

    def reload(self) -> None:
        """Show each list with its counts."""
        self.show_title()

        def fetch(wanted: Sequence[int]) -> list[list[Cell]]:
            return [_cells(self.lists[number - 1]) for number in wanted]

        heads = [
            Column("file", _(N_("File")), 22),
            Column("kind", _(N_("Kind")), 10),
            Column("told", _(N_("What it would do")), 200),
        ]
        self.query_one(WindowTable).show(heads, range(1, len(self.lists) + 1), fetch)
        results = [each.result for each in self.lists if each.result]
        wrong = sum(bool(each.error) for each in self.lists)
        parts = [_(N_("{count} lists cannot be taken yet: Enter")).format(count=wrong)] if wrong else []
        parts.append(_counted({what: sum(one.counts[what] for one in results) for what in WHATS}))
        self.status(" · ".join(parts), "$text-warning" if wrong else "")
        self.on_window_table_highlighted()

    def on_window_table_highlighted(self) -> None:
        """Show what is said of the list under the cursor, whole, below the lists."""
        current = self.query_one(WindowTable).current
        text = self.lists[current - 1].told if current and current <= len(self.lists) else ""
        whole = self.query_one("#whole", Static)
        whole.display = bool(text)
        whole.update(content(text))

    def look(self) -> None:
        """Read every list that is not read yet, and look at what all of them together would do."""

        def work(progress: Any, cancelled: Any) -> list[Result]:
            for each in self.lists:
                self._read(each, cancelled)
            jobs = [each.job for each in self.lists if each.job]
            return import_many.preview(self.session, jobs, progress, cancelled)

        def done(found: Any) -> None:
            if isinstance(found, Cancelled):
                self.dismiss(None)
            elif isinstance(found, Exception):
                self.complain(found)
            else:
                results = iter(found)
                for each in self.lists:
                    each.result = next(results) if each.job else None
                self.reload()

        self.app.push_screen(Working(N_("Looking at the rows"), work), done)

    def _read(self, each: _List, cancelled: Any) -> None:
        if each.job:
            return
        try:
            _book, each.plan = reading.read(self.session, each.path, cancelled=cancelled)
            unsure = [column.heading.text for column in each.plan.columns if column.unsure]
            if unsure:
                each.error = _(N_("In which unit does “{name}” count?")).format(name=unsure[0])
                return
            each.job, each.error = reading.job(self.session, each.plan), ""
        except Cancelled:
            raise
        except ZjtuiError as error:
            each.error = str(error)

    def on_window_table_selected(self) -> None:
        """Enter looks at the list."""
        self.action_open()

    def action_open(self) -> None:
        """Look at the list under the cursor; what is settled there comes back here."""
        current = self.query_one(WindowTable).current
        if not current:
            return
        each = self.lists[current - 1]

        def settled(found: tuple[Job, Plan] | None) -> None:
            if found:
                (each.job, each.plan), each.error = found, ""
                self.look()

        self.app.push_screen(ImportScreen(each.path, among=True), settled)

    def action_apply(self) -> None:
        """Take in all lists; where some cannot be taken, ask whether the others are."""
        wrong = [each for each in self.lists if each.error]
        if not self.writable():
            return
        if not wrong:
            self._take_in()
            return
        told = "\n".join(f"{each.path.name}: {each.error}" for each in wrong[:8])
        answers = [("", N_("Take in nothing")), ("others", N_("Take in the others"))]

        def answered(answer: str | None) -> None:
            if answer:
                self._take_in()

        self.app.push_screen(Question(N_("These lists cannot be taken"), told, answers), answered)

    def _take_in(self) -> None:
        ready = [each for each in self.lists if each.job and each.result]
        jobs, seen = [each.job for each in ready if each.job], [each.result for each in ready if each.result]

        def work(watch: Watch) -> Any:
            return import_many.run(self.session, jobs, seen, watch.progress, watch.cancelled)

        watched(self, N_("Taking the list in"), work, lambda found: self._taken(*found))

    def _taken(self, outcome: Any, results: list[Result]) -> None:
        for each in self.lists:
            if each.plan and each.job:
                reading.remember(self.session, each.plan)
        if outcome is None:
            self.status(_(N_("There is nothing to change: every row that stands is in the register already")), "bold")
            return
        self.zj.main_screens.changed()
        counts = {what: sum(result.counts[what] for result in results) for what in WHATS}
        self.app.notify(import_text.taken(counts), markup=False, timeout=8)
        if counts["refused"] or any(each.error for each in self.lists):
            self.look()  # what was refused stays to be seen, list by list
        else:
            self.dismiss(outcome)


def _counted(counts: dict[str, int]) -> str:
    return " · ".join(f"{WHATS.label(what)} {count:,}" for what, count in counts.items() if count)


def _cells(each: _List) -> list[Cell]:
    kind = _(columns.KIND_LABELS[each.plan.kind]) if each.plan else ""
    return [each.path.name, kind, (each.told, "bad") if each.error else each.told]
