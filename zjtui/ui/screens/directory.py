"""Directory (9): people, units, policies; element needs, matches, promises and contacts of all projects."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Static

from zjtui.domain import registry
from zjtui.domain.element import ELEMENTS
from zjtui.domain.fields import F
from zjtui.i18n import N_, _, counted
from zjtui.store.read import directory, find
from zjtui.store.read.directory import FIGURES, SECTIONS, DirectoryQuery
from zjtui.ui import deeds
from zjtui.ui.action import Action, bindings
from zjtui.ui.actions_lists import DIRECTORY
from zjtui.ui.base import BaseScreen
from zjtui.ui.dialogs.choice import Choice, choose_in_two_steps
from zjtui.ui.table_cells import cells, columns, in_order
from zjtui.ui.text import styled
from zjtui.ui.widgets.filter_line import FilterLine
from zjtui.ui.widgets.window_table import Cell, WindowTable

_LABELS = {
    "person": N_("directory|People"), "org": N_("directory|Units"), "policy": N_("Policies"),
    "element_need": N_("Elements"), "policy_match": N_("Matches"), "promise": N_("Promises"), "contact": N_("Contacts"),
}  # fmt: skip
_WITHOUT_PROJECT = ("person", "org", "policy")


class DirectoryScreen(BaseScreen):
    """One list at a time; Tab shows the next."""

    NAME: ClassVar[str] = "directory"
    FIELDS: ClassVar[dict[str, F]] = {}  # a view keeps no columns: each list has other ones
    shown_columns: ClassVar[list[str]] = []
    CSS_PATH = "../styles/page.tcss"
    ACTIONS: ClassVar[tuple[Action, ...]] = DIRECTORY
    BINDINGS: ClassVar[list[BindingType]] = bindings(DIRECTORY)

    def __init__(self) -> None:
        super().__init__()
        self.query_now = DirectoryQuery()

    def body(self) -> Iterable[Widget]:
        yield Static(id="sections")
        yield FilterLine()
        yield WindowTable()

    def on_mount(self) -> None:
        self.reload()
        self.table.focus()

    def title_parts(self) -> list[str]:
        return [_(N_("Directory")), _(_LABELS[self.section])]

    @property
    def table(self) -> WindowTable:
        """The list."""
        return self.query_one(WindowTable)

    @property
    def section(self) -> str:
        """The list in front."""
        return self.query_now.section

    @property
    def kind_in_front(self) -> str:
        """The list in front is of one kind."""
        return self.section

    @property
    def text(self) -> str:
        """What is typed into the filter."""
        return self.query_now.text

    def requery(self, query: DirectoryQuery, *, focus: bool = True) -> None:
        """Show another list, or something else of it."""
        self.query_now = query
        self.table.ids = array("q")
        self.reload()
        if focus:
            self.table.focus()

    def _chosen(self) -> list[str]:
        state = registry.model(self.section).fields()["state"].codes if self.query_now.state else None
        parts = [state.label(self.query_now.state)] if state else []
        return [*parts, _(N_("only projects I contact"))] if self.query_now.mine else parts

    def reload(self) -> None:
        """Read the list in front anew."""
        self.show_title()
        parts = []
        for name in SECTIONS:
            parts += [(f" {_(_LABELS[name])} ", "reverse" if name == self.section else ""), (" ", "")]
        self.query_one("#sections", Static).update(styled(*parts))
        self.query_one(FilterLine).show(self.text, self._chosen(), hint=_(N_("name, project, initials")))
        found = directory.ids(self.session.reader(), self.query_now)
        fields, names = self._fields()
        self.table.show(columns(fields, names), found, self._fetch, empty=self._empty())
        self.status(self._summary(found), "dim")

    def _fields(self) -> tuple[dict[str, F], list[str]]:
        declared = registry.model(self.section).fields()
        names = [name for name, field in declared.items() if field.listed]
        if self.section not in _WITHOUT_PROJECT:
            names.insert(0, "project_uid")
        if self.section in FIGURES:
            return {**declared, "figure": FIGURES[self.section]}, in_order(self.section, [*names, "figure"])
        return dict(declared), in_order(self.section, names)

    def _fetch(self, wanted: Sequence[int]) -> list[list[Cell]]:
        fields, names = self._fields()
        return [cells(fields, names, row) for row in directory.rows(self.session.reader(), self.section, wanted)]

    def _empty(self) -> str:
        if self.query_now != DirectoryQuery(self.section):
            return _(N_("Nothing fits the filter. Esc clears it"))
        return _(N_("Nothing here yet. Ctrl+N adds the first one"))

    def _summary(self, found: "array[int]") -> str:
        count = _(N_("Tab shows the next list")) + " · " + counted(N_("{count} rows"), len(found))
        if self.section != "element_need":
            return count
        sums = directory.element_sums(self.session.reader())
        gaps = [f"{ELEMENTS.label(name)} {gap:,.0f}" for name, _need, _secured, gap in sums if gap]
        return _(N_("Gaps: ")) + " · ".join(gaps) if gaps else count

    def _row(self) -> dict[str, Any] | None:
        current = self.table.current
        found = directory.rows(self.session.reader(), self.section, [current]) if current is not None else []
        return found[0] if found else None

    def action_export_list(self) -> None:
        """Write the list in front to a file."""
        from zjtui.ui import exporting

        query = self.query_now
        exporting.ask(
            self.zj,
            query.section,
            lambda connection: find.uids(connection, query.section, directory.ids(connection, query)),
            self._fields()[1],
        )

    def stand_on(self, uid: str) -> None:
        """Put the cursor on a record that was just saved, where it is of the list in front."""
        self.table.wanted = find.local_id(self.session.reader(), self.section, uid)

    def record_in_front(self) -> tuple[str, str] | None:
        """Return what the history is asked about."""
        row = self._row()
        return (self.section, str(row["uid"])) if row else None

    def on_filter_line_changed(self, event: FilterLine.Changed) -> None:
        """Filter with every letter."""
        if event.text != self.text:
            self.requery(replace(self.query_now, text=event.text), focus=False)

    def on_filter_line_left(self) -> None:
        """Go from the filter to the list."""
        self.table.focus()

    def on_window_table_selected(self) -> None:
        """Open the row."""
        self.action_open()

    def action_filter(self) -> None:
        """Type into the filter."""
        self.query_one(FilterLine).edit()

    def action_choose_filter(self) -> None:
        """Choose a state, or one's own projects."""
        declared = registry.model(self.section).fields()
        if self.section in _WITHOUT_PROJECT:
            self.status(_(N_("These belong to no project: type to filter them by name")), "$text-warning")
            return
        kinds = {"mine": (N_("Whose"), [Choice(self.session.person, _(N_("only projects I contact")))])}
        if "state" in declared and (codes := declared["state"].codes):
            kinds["state"] = (N_("State"), [Choice(code, codes.label(code)) for code in codes])
        current = {name: getattr(self.query_now, name) for name in kinds}

        def chosen(found: dict[str, Any]) -> None:
            self.requery(replace(self.query_now, **found))

        choose_in_two_steps(self.app, N_("Filter by"), kinds, current, chosen)

    def action_views(self) -> None:
        """Choose or save a view: a list with its filter."""
        from zjtui.ui.views import choose

        choose(self)

    def action_section(self, step: int) -> None:
        """Show the list before or after."""
        self.requery(DirectoryQuery(SECTIONS[(SECTIONS.index(self.section) + step) % len(SECTIONS)]))

    def action_back(self) -> None:
        """Clear the filter first, then go back to the projects."""
        if self.query_now != DirectoryQuery(self.section):
            self.requery(DirectoryQuery(self.section))
        else:
            self.zj.action_go("projects")

    def action_open(self) -> None:
        """Open the record."""
        if row := self._row():
            self.zj.open_record(self.section, row["uid"])

    def action_edit(self) -> None:
        """Edit the record."""
        if row := self._row():
            self.zj.edit_record(self.section, row["uid"])

    def action_move(self) -> None:
        """Take the record to its next state."""
        row = self._row()
        if row and registry.has_workflow(self.section):
            self.zj.move_record(self.section, row["uid"])
        else:
            self.status(_(N_("These records have no states; F2 edits them")), "$text-warning")

    def action_add_here(self) -> None:
        """Add a record to the list in front, to a project where it hangs on one."""
        if self.section in _WITHOUT_PROJECT:
            self.zj.add_record(self.section, None)
        else:
            row = self._row()
            self.zj.add_chosen(self.section, str(row["project_uid"]) if row else "")

    def action_hand_over(self) -> None:
        """Hand the person's projects over."""
        row = self._row()
        person = row and (row["uid"] if self.section == "person" else row.get("person_uid"))
        if person:
            deeds.hand_over(self.zj, str(person))
        else:
            self.status(_(N_("Choose a person first")), "$text-warning")

    def action_suggest(self) -> None:
        """Match the policy under the cursor, or all, to the projects they fit."""
        row = self._row()
        deeds.suggest(self.zj, policy=str(row["uid"]) if row and self.section == "policy" else "")

    def action_open_project(self) -> None:
        """Open the record's project."""
        row = self._row()
        if row and row.get("project_uid"):
            self.zj.open_record("project", row["project_uid"])
        else:
            self.status(_(N_("It belongs to no single project")), "$text-warning")

    def action_remove(self) -> None:
        """Take the record out."""
        if row := self._row():
            deeds.remove(self.zj, self.section, row["uid"])
