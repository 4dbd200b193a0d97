"""What the lists of projects and of issues have in common: filter line, windowed table, preview, sort and columns."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from textual import events
from textual.containers import Horizontal
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from zjtui.domain.fields import F
from zjtui.domain.show import label
from zjtui.errors import ZjtuiError
from zjtui.i18n import N_, _
from zjtui.store.read import find, records
from zjtui.ui.base import BackgroundReader
from zjtui.ui.marking import MarkingScreen
from zjtui.ui.table_cells import columns as table_columns
from zjtui.ui.widgets.filter_line import FilterLine
from zjtui.ui.widgets.window_table import Cell, WindowTable

_REST = 0.03  # seconds on a row before its preview is read


class ListScreen(MarkingScreen):
    """A list over SQLite. The first page is read at once, the whole list of ids and its sums behind it."""

    NAME: ClassVar[str] = ""
    FIELDS: ClassVar[Mapping[str, F]] = {}
    DEFAULT_COLUMNS: ClassVar[tuple[str, ...]] = ()
    UNSORTED: ClassVar[tuple[str, ...]] = ()  # columns that are worked out for a page only
    FILTER_HINT: ClassVar[str] = ""
    query_now: Any  # a frozen query with `text`, `sort`, `descending`

    def __init__(self) -> None:
        super().__init__()
        self.reader = BackgroundReader(self)
        self._resting: Timer | None = None

    def body(self) -> Iterable[Widget]:
        yield FilterLine()
        with Horizontal(id="list"):
            yield WindowTable()
            yield Static(id="preview")

    def on_mount(self) -> None:
        self.show_title()
        self.query_one("#preview").display = self.size.width >= 110
        self.table.focus()
        self.reload()

    def on_resize(self, event: events.Resize) -> None:
        """Show the preview where there is room for it."""
        self.query_one("#preview").display = event.size.width >= 110

    def on_unmount(self) -> None:
        self.reader.stop()

    @property
    def kind_in_front(self) -> str:
        """A list is of one kind."""
        return self.ENTITY

    @property
    def shown_columns(self) -> list[str]:
        """The chosen columns, or the usual ones."""
        chosen = [name for name in self.session.settings.columns.get(self.NAME, []) if name in self.FIELDS]
        return chosen or list(self.DEFAULT_COLUMNS)

    # What a list gives: the reads behind it.
    def first_ids(self, limit: int) -> Sequence[int]:
        """Return the ids of the first rows."""
        raise NotImplementedError

    def read_all(self, connection: Any) -> Any:
        """Return what `show_all` needs; runs in the background."""
        raise NotImplementedError

    def listed_uids(self, connection: Any) -> Sequence[str]:
        return find.uids(connection, self.ENTITY, self.read_all(connection)[0])

    def show_all(self, result: Any) -> None:
        """Show the whole list and its sums."""
        raise NotImplementedError

    def fetch(self, wanted: Sequence[int]) -> list[list[Cell]]:
        """Return the cells of the rows `wanted`."""
        raise NotImplementedError

    def chips(self) -> list[str]:
        """Return the filters in force, apart from the text."""
        return []

    def empty_text(self) -> str:
        """Return why the list is empty and what to do."""
        raise NotImplementedError

    def preview(self, row_id: int | None) -> None:
        """Show the highlighted row beside the list."""

    def reload(self) -> None:
        """Read the list anew: its first page now, the rest in the background."""
        query = self.query_now
        names = self.shown_columns
        shown = table_columns(self.FIELDS, names, query.sort, query.descending)
        self.query_one(FilterLine).show(query.text, self.chips(), hint=_(self.FILTER_HINT))
        try:
            first = self.first_ids(max(self.size.height, 24) * 2)
        except ZjtuiError as error:
            self.complain(error)
            return
        self.table.show(shown, first, self.fetch, empty=self.empty_text())
        self.reader.read(self.read_all, self._shown)

    def _shown(self, result: Any) -> None:
        """Show the whole list; what was just saved and is not in it is said to be elsewhere."""
        self.show_all(result)
        if self.table.wanted is not None:
            self.table.wanted = None
            self.status(_(N_("Saved; what this list shows leaves it out: F6 chooses what is shown")), "$text-warning")

    def requery(self, query: Any) -> None:
        """Show another selection of the list, from its top."""
        self.query_now = query
        self.table.ids = ()
        self.table.scroll_to(y=0, animate=False)
        self.reload()

    def on_filter_line_changed(self, event: FilterLine.Changed) -> None:
        """Filter with every letter."""
        if event.text != self.query_now.text:
            self.requery(self._replace(text=event.text))

    def on_filter_line_left(self) -> None:
        """Go from the filter to the list."""
        self.table.focus()

    def on_window_table_highlighted(self, event: WindowTable.Highlighted) -> None:
        """Follow the cursor with the preview."""
        if not isinstance(event, WindowTable.Selected):
            if self._resting:
                self._resting.stop()  # a held key: only where it comes to rest
            self._resting = self.set_timer(_REST, self._rest)

    def _rest(self) -> None:
        """Show the preview of the row, then read what the next key may ask for, page by page."""
        self._resting = None
        if self.query_one("#preview").display:
            self.preview(self.table.current)
        self._resting = self.set_timer(_REST, self._read_ahead)

    def _read_ahead(self) -> None:
        self._resting = None
        if self.table.read_ahead():
            self._resting = self.set_timer(_REST, self._read_ahead)

    def on_window_table_heading_clicked(self, event: WindowTable.HeadingClicked) -> None:
        """A click on a heading sorts by it."""
        if event.key in self.sortable:
            self.sort_by(event.key)
        else:
            self.status(_(N_("The list cannot be sorted by this column")), "$text-warning")

    def on_window_table_selected(self) -> None:
        """Open the row."""
        self.run_action_now("open")

    def run_action_now(self, name: str) -> None:
        """Run one of the screen's own actions."""
        self.call_later(self.run_action, name)

    def action_filter(self) -> None:
        """Type into the filter."""
        self.query_one(FilterLine).edit()

    def current_uid(self, row_id: int | None = None) -> str | None:
        """Return the uid of a row, by default of the one under the cursor; a heading has none."""
        wanted = row_id if row_id is not None else self.table.current
        found = find.uids(self.session.reader(), self.ENTITY, [wanted]) if wanted is not None and wanted > 0 else []
        return found[0] if found else None

    def record_in_front(self) -> tuple[str, str] | None:
        """Return what the history is asked about."""
        uid = self.current_uid()
        return (self.ENTITY, uid) if uid else None

    def action_open(self) -> None:
        """Open the record under the cursor."""
        if uid := self.current_uid():
            self.zj.open_record(self.ENTITY, uid)

    def project_in_front(self) -> str:
        """Return the uid of the project of the record under the cursor, "" where there is none."""
        uid = self.current_uid()
        return str(getattr(records.get(self.session.reader(), self.ENTITY, uid), "project_uid", "")) if uid else ""

    def action_open_project(self) -> None:
        """Open the project of the record under the cursor."""
        if project := self.project_in_front():
            self.zj.open_record("project", project)

    def action_add_here(self) -> None:
        """Add a record of the list's kind to a project."""
        self.zj.add_chosen(self.ENTITY, self.project_in_front())

    def stand_on(self, uid: str) -> None:
        """Put the cursor on a record as soon as the list is read anew."""
        self.table.wanted = find.local_id(self.session.reader(), self.ENTITY, uid)

    def action_edit(self) -> None:
        """Edit the record under the cursor."""
        if uid := self.current_uid():
            self.zj.edit_record(self.ENTITY, uid)

    def action_move(self) -> None:
        """Take the record under the cursor to another state."""
        if uid := self.current_uid():
            self.zj.move_record(self.ENTITY, uid)

    def action_views(self) -> None:
        """Choose or save a view."""
        from zjtui.ui.views import choose

        choose(self)

    def action_back(self) -> None:
        """Clear the filter first, then go back to the projects."""
        if self.clear_marks():
            return
        if self.query_now.text:
            self.requery(self._replace(text=""))
            self.table.focus()
        elif self.query_now != type(self.query_now)(sort=self.query_now.sort, descending=self.query_now.descending):
            self.requery(type(self.query_now)(sort=self.query_now.sort, descending=self.query_now.descending))
        elif len(self.app.screen_stack) > 1:
            self.zj.action_go("projects")
        else:
            self.status(_(N_("F10 leaves; everything is saved already")))

    def groupings(self) -> dict[str, str]:
        """Return by what the rows can be grouped, with the words for it."""
        return {}

    @property
    def sortable(self) -> list[str]:
        """The columns that the list can be sorted by."""
        return [name for name in self.FIELDS if name not in ("uid", *self.UNSORTED)]

    def sort_by(self, name: str) -> None:
        """Sort by a column; by the same one again turns the order round."""
        same = name == self.query_now.sort
        self.requery(self._replace(sort=name, descending=not self.query_now.descending if same else False))

    async def action_sort(self) -> None:
        """Choose the column to sort by, or how the rows are grouped."""
        from zjtui.ui.dialogs.choice import Choice, ChoiceDialog

        options = [Choice(name, label(self.FIELDS[name])) for name in self.sortable]
        options.sort(key=lambda option: option.value not in self.shown_columns)
        options += [Choice(f"group:{name}", _(words)) for name, words in self.groupings().items()]

        def chosen(name: str | None) -> None:
            if name and name.startswith("group:"):
                self.requery(self._replace(group=name.partition(":")[2]))
            elif name:
                self.sort_by(name)

        self.app.push_screen(ChoiceDialog(N_("Sort by"), options, self.query_now.sort), chosen)

    async def action_columns(self) -> None:
        """Choose the columns shown."""
        from zjtui.ui.dialogs.choice import Choice, ManyDialog

        options = [Choice(name, label(field)) for name, field in self.FIELDS.items() if name != "uid"]
        options.sort(key=lambda option: option.value not in self.shown_columns)

        def chosen(names: list[str] | None) -> None:
            if names is not None:
                self.session.settings.columns[self.NAME] = [] if names == list(self.DEFAULT_COLUMNS) else names
                self.zj.keep_settings()
                self.reload()

        self.app.push_screen(ManyDialog(N_("Columns"), options, self.shown_columns), chosen)

    def _replace(self, **values: Any) -> Any:
        from dataclasses import replace

        return replace(self.query_now, **values)

    def show_preview(self, text: Content | None) -> None:
        """Fill the preview pane."""
        self.query_one("#preview", Static).update(Content("").join([text] if text else []), layout=False)
