"""What the lists of today and of the gaps have in common: ranked rows, a filter, the act that settles a row."""

from array import array
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date
from time import monotonic
from typing import Any, ClassVar

from textual import events
from textual.containers import Horizontal
from textual.widget import Widget

from zjtui.domain.finding import Finding, in_tenths
from zjtui.domain.service_clock import calendar_chip
from zjtui.i18n import N_, _
from zjtui.store.read import findings
from zjtui.store.read.findings import Asked, Board, Scope
from zjtui.ui import acting, finding_rows
from zjtui.ui.base import BackgroundReader, BaseScreen
from zjtui.ui.widgets.filter_line import FilterLine
from zjtui.ui.widgets.window_table import HEADING, Cell, WindowTable

_FIRST = 200  # rows that are shown before all are known
_KEPT = 1000  # findings of rows that were seen
PATIENCE = 0.5  # seconds before what was found so far is shown


class FindingsScreen(BaseScreen):
    """A list of findings: their keys are worked out in the background, only the rows that are seen are built."""

    NAME: ClassVar[str] = ""
    KIND_NAMED: ClassVar[bool] = True  # on the row: not where a heading names it
    FILTER_HINT: ClassVar[str] = N_("project, kind, reason")

    def __init__(self) -> None:
        super().__init__()
        self.reader = BackgroundReader(self)
        self.board = Board()
        self.shown: Sequence[int] = ()  # keys, as far as the filter lets them through
        self.looked = Asked(date.min)  # for what the board was read
        self.complete = False
        self.text = ""
        self.scope = Scope()
        self._held: dict[int, Finding] = {}

    def body(self) -> Iterable[Widget]:
        yield FilterLine()
        with Horizontal(id="list"):
            yield WindowTable()

    def on_mount(self) -> None:
        self.table.focus()
        self.reload()

    def on_resize(self, _event: events.Resize) -> None:
        """Make the columns fit."""
        self.show_rows()

    def on_unmount(self) -> None:
        self.reader.stop()

    @property
    def table(self) -> WindowTable:
        """The list itself."""
        return self.query_one(WindowTable)

    def asked(self, scope: Scope) -> Asked:
        """Return whose findings are meant, on which day."""
        return self.session.asked(scope)

    # What a list gives

    def read(self, connection: Any) -> Any:
        """Return what `take` needs; runs in the background."""
        raise NotImplementedError

    def take(self, result: Any) -> None:
        """Take over what was read."""
        raise NotImplementedError

    def rows(self) -> tuple[Sequence[int], list[str]]:
        """Return the ids of the rows and the headings between them."""
        return self.shown, []

    def look(self, connection: Any, asked: Asked, kinds: Sequence[str]) -> Board:
        """Return all of a list; its first rows are shown as soon as they are known. Runs in the background."""
        self.looked = asked
        first = findings.keys(connection, asked, kinds, _FIRST)
        if len(first) == _FIRST:
            self.tell_so_far(Board(keys=first))
        board = findings.tally(connection, asked, kinds)
        board.keys = first if len(first) < _FIRST else findings.keys(connection, asked, kinds)
        return board

    def tell_so_far(self, board: Board) -> None:
        """Show a part from the background, where nothing is shown yet."""
        if not self.complete:
            with suppress(RuntimeError):  # the app is leaving
                self.app.call_from_thread(self.so_far, board)

    def so_far(self, board: Board) -> None:
        """Show what there is so far."""
        if not self.complete and self.is_mounted:
            self.board, self.shown = board, board.keys
            self.draw()
            self.status(_(N_("Looking…")))

    def chips(self) -> list[str]:
        """Return what is chosen apart from the text."""
        return []

    def empty_text(self) -> str:
        """Return why the list is empty."""
        raise NotImplementedError

    def told(self) -> str:
        """Return the counts for the status line."""
        raise NotImplementedError

    # Showing

    def reload(self) -> None:
        """Work the findings out anew."""
        self.show_title()
        self.reader.read(self.read, self._taken)

    def begin(self) -> None:
        """Work out another list, from its top."""
        self.table.ids = ()
        self.complete = False
        self.reload()

    def _taken(self, result: Any) -> None:
        self.take(result)
        self.complete = True
        self._held.clear()
        self.show_rows()
        self._say()

    def _say(self) -> None:
        """Say what the weight under the cursor is made of, then how many there are."""
        finding = self.current()
        made_of = f"{in_tenths(finding.score.total)} = {finding.score.told()}" if finding else ""
        unknown = calendar_chip(self.session.today, self.session.limits)
        self.status(" · ".join(str(part) for part in (made_of, self.told(), unknown) if part))

    def on_window_table_highlighted(self) -> None:
        """The line below tells of the row under the cursor."""
        if self.board.keys and self.complete:
            self._say()

    def show_rows(self) -> None:
        """Show what was read, as far as the filter lets it through."""
        if self.text.strip() and self.complete:
            self.reader.read(self._matching, self._matched)
        else:
            self.shown = self.board.keys
        self.draw()

    def draw(self) -> None:
        """Show the rows that there are."""
        ids, headings = self.rows()
        self.query_one(FilterLine).show(self.text, self.chips(), hint=_(self.FILTER_HINT))
        empty = _(N_("Nothing fits the filter. Esc clears it")) if self.text.strip() else self.empty_text()
        columns = finding_rows.columns(self.size.width, named=self.KIND_NAMED)
        self.table.show(columns, ids, self._fetch, headings=headings, empty=empty)

    def _matching(self, connection: Any) -> tuple[str, "array[int]"]:
        """Return the keys of what has the text in its row; the first of them are shown meanwhile."""
        typed, found, told = self.text, array("q"), monotonic()
        text = typed.strip().casefold()
        for key, finding in findings.pages(connection, self.looked, self.board.keys):
            if text in finding_rows.words(finding):
                found.append(key)
            if monotonic() - told > PATIENCE:
                told = monotonic()
                if self.text != typed:  # another letter was typed meanwhile
                    break
                with suppress(RuntimeError):
                    self.app.call_from_thread(self._matched, (typed, found[:]))
        return typed, found

    def _matched(self, result: tuple[str, "array[int]"]) -> None:
        typed, found = result
        if typed == self.text and self.is_mounted:
            self.shown = found
            self.draw()

    def _fetch(self, wanted: Sequence[int]) -> list[list[Cell]]:
        page = findings.page(self.session.reader(), self.looked, wanted)
        while len(self._held) > _KEPT:
            self._held.pop(next(iter(self._held)))
        self._held |= page
        return [finding_rows.cells(page[key], named=self.KIND_NAMED) if key in page else [] for key in wanted]

    def on_filter_line_changed(self, event: FilterLine.Changed) -> None:
        """Filter with every letter."""
        if event.text != self.text:
            self.text = event.text
            self.show_rows()

    def on_filter_line_left(self) -> None:
        """Go from the filter to the list."""
        self.table.focus()

    def on_window_table_selected(self) -> None:
        """Open the row."""
        self.action_open()

    # Acting

    def current(self) -> Finding | None:
        """Return the finding under the cursor; a heading is none."""
        key = self.table.current
        if key is None or key <= HEADING:
            return None
        if key not in self._held:
            self._held |= findings.page(self.session.reader(), self.looked, [key])
        return self._held.get(key)

    def record_in_front(self) -> tuple[str, str] | None:
        """Return what the history is asked about."""
        finding = self.current()
        return (finding.about, finding.about_uid) if finding and finding.project_uid else None

    def action_filter(self) -> None:
        """Type into the filter."""
        self.query_one(FilterLine).edit()

    def action_open(self) -> None:
        """Open what the finding is about."""
        if finding := self.current():
            acting.look(self.zj, finding)

    def action_act(self) -> None:
        """Settle the finding."""
        if finding := self.current():
            acting.act(self.zj, finding)

    def action_set_aside(self) -> None:
        """Leave the finding alone for a while."""
        if finding := self.current():
            acting.set_aside(self.zj, finding)

    def action_add_follow_up(self) -> None:
        """Log a follow-up of the finding's project."""
        if project := self._project():
            self.zj.add_follow_up(project)

    def action_open_project(self) -> None:
        """Open the finding's project."""
        if project := self._project():
            self.zj.open_record("project", project)

    def action_plan_visit(self) -> None:
        """Plan a visit of the finding's project."""
        if project := self._project():
            self.zj.add_record("visit_plan", project)

    def _project(self) -> str:
        """Return the project of the finding under the cursor; a draft may have none, which is said."""
        finding = self.current()
        if finding and not finding.project_uid:
            self.status(_(N_("A draft belongs to no project yet: F5 goes on with it")), "$text-warning")
        return finding.project_uid if finding else ""

    def action_back(self) -> None:
        """Clear the filter first, then go back to the projects."""
        if self.text:
            self.text = ""
            self.show_rows()
            self.table.focus()
        else:
            self.zj.action_go("projects")
