"""One project: its figures, and everything that hangs on it, section by section."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from zjtui.domain import registry, service_clock
from zjtui.domain.fields import F, Kind
from zjtui.domain.figures import ISSUE_FIGURES
from zjtui.domain.issue import late_days
from zjtui.errors import Refused, ZjtuiError
from zjtui.i18n import N_, _, counted
from zjtui.store.read import find, records, services
from zjtui.ui.action import Action, bindings
from zjtui.ui.actions import PROJECT
from zjtui.ui.base import BaseScreen
from zjtui.ui.history_rows import history_cells, history_columns
from zjtui.ui.project_text import header, overview
from zjtui.ui.table_cells import cells, columns, in_order
from zjtui.ui.text import styled
from zjtui.ui.widgets.window_table import Cell, WindowTable

_CLOCK = {
    "used_days": F(N_("Days used"), Kind.INT, width=6),
    "days_left": services.FIGURES["days_left"],
}
_SECTIONS = (
    ("overview", N_("Overview"), ""),
    ("annual_plan", N_("Plan"), N_("No annual plan yet. Ctrl+N adds one")),
    ("monthly_report", N_("Months"), N_("No monthly report yet. Ctrl+N adds one, 4 shows the month's grid")),
    ("contact", N_("Contacts"), N_("No contact leader, team or department yet. Ctrl+N assigns one")),
    ("follow_up", N_("Follow-ups"), N_("No follow-up yet. F3 logs the first one")),
    ("issue", N_("Issues"), N_("No issue. F4 raises one")),
    ("service", N_("Services"), N_("No green-channel service yet. Ctrl+N adds one")),
    ("element_need", N_("Elements"), N_("No element need yet. Ctrl+N adds one")),
    ("policy_match", N_("Policies"), N_("No policy matched yet. Ctrl+T suggests those that fit, Ctrl+N matches one")),
    ("promise", N_("Promises"), N_("No promise yet. Ctrl+N notes one")),
    ("attachment", N_("Files"), N_("No file yet. Ctrl+D attaches one")),
    ("visit_plan", N_("Planned visits"), N_("No visit is planned. Ctrl+N plans one")),
    ("set_aside", N_("Set aside"), N_("Nothing is set aside. Ctrl+T on the list of today (8) does it")),
    ("question", N_("question|Questions"), N_("No question is noted. F5 on a line of the brief (Ctrl+R) does it")),
    ("correction", N_("Corrections"), N_("Nothing was corrected. F2 on a fact that a state stands on does it")),
    ("history", N_("History"), ""),
)
_ELSEWHERE = ("project_uid", "what")  # in the title; and in what a correction tells


class ProjectScreen(BaseScreen):
    """The page of one project."""

    CSS_PATH = "../styles/page.tcss"
    ACTIONS: ClassVar[tuple[Action, ...]] = PROJECT
    BINDINGS: ClassVar[list[BindingType]] = bindings(PROJECT)

    def __init__(self, uid: str, section: str = "overview") -> None:
        super().__init__()
        self.uid = uid
        self.section = section
        self.rows: dict[int, dict[str, Any]] = {}
        self.record: Any = None

    def body(self) -> Iterable[Widget]:
        yield Static(id="header")
        yield Static(id="sections")
        with VerticalScroll(id="overview"):
            yield Static(id="overview-text")
        yield WindowTable()

    def on_mount(self) -> None:
        self.reload()

    def title_parts(self) -> list[str]:
        return [_(N_("Projects")), self.record.name if self.record else ""]

    def record_in_front(self) -> tuple[str, str]:
        """Return what the history is asked about: the row under the cursor, or the project."""
        row = self._row()
        if row and self.section in registry.ENTITIES:
            return self.section, str(row["uid"])
        return "project", self.uid

    def reload(self) -> None:
        """Read the project and the section in front."""
        try:
            self.record = records.get(self.session.reader(), "project", self.uid)
        except Refused as error:
            self.complain(error)
            self.dismiss(None)
            return
        self.show_title()
        self.query_one("#header", Static).update(header(self.session, self.record))
        self._show_section()

    def stand_on(self, uid: str) -> None:
        """Put the cursor on a record that was just saved, where it is of the section in front."""
        if self.section in registry.HANGING:
            self.query_one(WindowTable).wanted = find.local_id(self.session.reader(), self.section, uid)

    def action_section(self, step: int) -> None:
        """Show the section before or after."""
        names = [name for name, _label, _empty in _SECTIONS]
        self.section = names[(names.index(self.section) + step) % len(names)]
        self.query_one(WindowTable).ids = ()
        self._show_section()

    def _show_section(self) -> None:
        counts = records.counts(self.session.reader(), self.uid)
        parts = []
        for name, section_label, _empty in _SECTIONS:
            count = f" {counts[name]}" if counts.get(name) else ""
            parts += [(f" {_(section_label)}{count} ", "reverse" if name == self.section else ""), (" ", "")]
        self.query_one("#sections", Static).update(_fitted(parts, self.size.width, self.section))
        scroll, table = self.query_one("#overview"), self.query_one(WindowTable)
        scroll.display = self.section == "overview"
        table.display = not scroll.display
        if self.section == "overview":
            self.query_one("#overview-text", Static).update(overview(self.session, self.record))
            scroll.focus()
            self.status(_(N_("Tab shows the next section")), "dim")
            return
        self._show_table(table)
        table.focus()
        told = _(N_("Tab shows the next section")) + " · " + counted(N_("{count} rows"), len(table.ids))
        unknown = service_clock.calendar_chip(self.session.today, self.session.limits)
        if self.section == "service" and unknown:
            told = f"{unknown} · {told}"
        self.status(told, "dim")

    def _show_table(self, table: WindowTable) -> None:
        if self.section == "history":
            lines = history_cells(self.session, of_project=self.uid)
            self.rows = {}
            table.show(history_columns(), range(1, len(lines) + 1), lambda ids: [lines[number - 1] for number in ids])
            return
        found = records.of_project(self.session.reader(), self.section, self.uid)
        fields, names = self._fields()
        for row in found:
            self._derive(row)
        self.rows = {row["id"]: row for row in found}

        def fetch(ids: Sequence[int]) -> list[list[Cell]]:
            return [cells(fields, names, self.rows[number]) for number in ids]

        empty = next(_(text) for name, _label, text in _SECTIONS if name == self.section)
        table.show(columns(fields, names), list(self.rows), fetch, empty=empty)

    def _fields(self) -> tuple[dict[str, F], list[str]]:
        declared = registry.model(self.section).fields()
        names = [name for name, field in declared.items() if field.listed and name not in _ELSEWHERE]
        extra = _CLOCK if self.section == "service" else {}
        if self.section == "issue":
            extra = {"late": ISSUE_FIGURES["late"], "extended_count": declared["extended_count"]}
        return {**declared, **extra}, in_order(self.section, [*names, *extra])

    def _derive(self, row: dict[str, Any]) -> None:
        if self.section == "issue":
            row["late"] = late_days(row["state"], row["due_on"], self.session.today)
        if self.section == "correction":
            people = find.names(self.session.reader(), "person", {row["made_by"]})
            row["made_by"] = people.get(row["made_by"], row["made_by"])
        if self.section == "service":
            row |= service_clock.shown(row, self.session.today, self.session.limits)

    def _row(self) -> dict[str, Any] | None:
        table = self.query_one(WindowTable)
        return self.rows.get(table.current or -1) if table.display else None

    def on_window_table_selected(self) -> None:
        """Open the row."""
        self.action_open()

    def action_open(self) -> None:
        """Open the record under the cursor."""
        row = self._row()
        if row and self.section == "attachment":
            self.zj.deeds.open_attachment(self.zj, row["uid"])
        elif row and self.section == "correction":  # what was corrected: a correction itself stays as it is
            self.zj.open_record(row["about"], row["about_uid"])
        elif row:
            self.zj.open_record(self.section, row["uid"])
        else:
            self.status(_(N_("Tab to a section first: Enter opens a record of it")), "$text-warning")

    def action_edit(self) -> None:
        """Edit the row where rows can be edited, else the project."""
        row = self._row()
        if row and self._stays():
            return
        if row:
            self.zj.edit_record(self.section, row["uid"])
        else:
            self.zj.edit_record("project", self.uid)

    def _stays(self) -> bool:
        """Say that a correction is neither added, changed nor taken out here; tell whether one is in front."""
        if self.section == "correction":
            self.status(_(N_("A correction stays as it is: Enter opens what it corrected, F2 there corrects again")))
        return self.section == "correction"

    def action_add_follow_up(self) -> None:
        """Log a follow-up."""
        self.zj.add_follow_up(self.uid)

    def action_add_issue(self) -> None:
        """Raise an issue, from the follow-up under the cursor where there is one."""
        row = self._row()
        self.zj.add_issue(self.uid, row["uid"] if row and self.section == "follow_up" else None)

    def action_add_here(self) -> None:
        """Add a record to the section in front."""
        if self._stays():
            return
        if self.section in registry.HANGING:
            self.zj.add_record(self.section, self.uid)
        else:
            self.status(_(N_("Tab to a section first: Ctrl+N adds a record to it")), "$text-warning")

    def action_brief(self) -> None:
        """Show the page to read before a visit."""
        self.zj.open_brief(self.uid)

    def action_strip(self) -> None:
        """Show which days of the services count."""
        from zjtui.ui.screens.strip import StripScreen

        self.app.push_screen(StripScreen(self.uid))

    def action_attach(self) -> None:
        """Attach a file to the record under the cursor, else to the project."""
        row = self._row()
        about = (self.section, str(row["uid"])) if row and self.section in ("follow_up", "issue") else None
        self.zj.deeds.attach(self.zj, self.uid, about)

    def action_suggest(self) -> None:
        """Match the policies that fit."""
        self.zj.deeds.suggest(self.zj, project=self.uid)

    def action_remove(self) -> None:
        """Take the record under the cursor out."""
        if (row := self._row()) and not self._stays():
            self.zj.deeds.remove(self.zj, self.section, row["uid"])

    def action_move(self) -> None:
        """Move the record under the cursor where it has states, else the project."""
        row = self._row()
        try:
            if row and registry.has_workflow(self.section):
                self.zj.move_record(self.section, row["uid"])
            else:
                self.zj.move_record("project", self.uid)
        except ZjtuiError as error:
            self.complain(error)


def _fitted(parts: list[tuple[str, str]], width: int, _section: str) -> Content:
    """Return the section line; where it is too long, it begins later so that the current section is in view."""
    line = styled(*parts)
    current = next(number for number, (_text, style) in enumerate(parts) if style == "reverse")
    while line.cell_length > width and current > 2:
        parts, current = parts[2:], current - 2
        if styled(*parts[: current + 2]).cell_length <= width and styled(*parts).cell_length <= width:
            return styled(("‹", "dim"), *parts)
        line = styled(*parts)
    return line
