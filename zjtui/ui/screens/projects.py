"""Projects (1): the register as one list."""

from array import array
from collections.abc import Sequence
from typing import Any, ClassVar

from textual.binding import BindingType

from zjtui.domain import money
from zjtui.domain.fields import YI
from zjtui.domain.project_codes import ATTRS, FIELDS9, SCALE_BANDS, STAGES
from zjtui.i18n import N_, _, counted
from zjtui.store.read import find, projects
from zjtui.store.read.projects import ProjectQuery
from zjtui.ui.action import Action, bindings
from zjtui.ui.actions_lists import PROJECTS
from zjtui.ui.screens.list_screen import ListScreen
from zjtui.ui.table_cells import cells
from zjtui.ui.widgets.window_table import Cell


class ProjectsScreen(ListScreen):
    """All projects: filter, sort, preview, open."""

    NAME = "projects"
    ENTITY = "project"
    ACTIONS: ClassVar[tuple[Action, ...]] = PROJECTS
    BINDINGS: ClassVar[list[BindingType]] = bindings(PROJECTS)
    FIELDS = projects.COLUMNS
    FILTER_HINT = N_("name, code, owner, place, initials")
    UNSORTED = projects.UNSORTED
    DEFAULT_COLUMNS = (
        "name", "region_code", "stage", "total_invest", "plan", "rate", "open_issues", "last_visit", "attr", "field9",
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.query_now = ProjectQuery()

    @property
    def year(self) -> int:
        """The year whose plan and months are shown."""
        return self.session.today.year

    def title_parts(self) -> list[str]:
        return [_(N_("Projects"))]

    def first_ids(self, limit: int) -> Sequence[int]:
        return projects.ids(self.session.reader(), self.query_now, self.year, limit)

    def read_all(self, connection: Any) -> tuple["array[int]", dict[str, int]]:
        query, year = self.query_now, self.year
        return projects.ids(connection, query, year), projects.summary(connection, query, year)

    def show_all(self, result: Any) -> None:
        ids, sums = result
        self.table.extend(ids, self.table.current)
        told = _(N_("total {total} · plan {year}: {plan}")).format(
            total=_amount(sums["total_invest"]), year=self.year, plan=_amount(sums["plan"])
        )
        self.status(counted(N_("{count} projects"), sums["projects"]) + " · " + told)

    def fetch(self, wanted: Sequence[int]) -> list[list[Cell]]:
        names = self.shown_columns
        page = projects.rows(self.session.reader(), wanted, names, self.year, self.session.judge)
        return [cells(self.FIELDS, names, row) for row in page]

    def empty_text(self) -> str:
        if self.query_now.is_filtered():
            return _(N_("Nothing fits the filter. Esc clears it"))
        return _(N_("No projects yet. Ctrl+E takes in a list, Ctrl+N adds one"))

    def chips(self) -> list[str]:
        query = self.query_now
        region = find.names(self.session.reader(), "region", {query.region}) if query.region else {}
        shown = [
            region.get(query.region, query.region),
            FIELDS9.label(query.field9 or None),
            STAGES.label(query.stage or None),
            ATTRS.label(query.attr or None),
            SCALE_BANDS.label(query.band or None),
            _(N_("mine")) if query.mine else "",
        ]
        return [chip for chip in shown if chip]

    def preview(self, row_id: int | None) -> None:
        from zjtui.ui.project_text import project_preview

        self.show_preview(project_preview(self.session, self.current_uid(row_id)))

    def action_add_project(self) -> None:
        """Add a project."""
        self.zj.add_project()

    def action_add_follow_up(self) -> None:
        """Log a follow-up of the project."""
        if uid := self.current_uid():
            self.zj.add_follow_up(uid)

    def action_add_issue(self) -> None:
        """Raise an issue of the project."""
        if uid := self.current_uid():
            self.zj.add_issue(uid)

    def action_brief(self) -> None:
        """Show the page to read before a visit."""
        if uid := self.current_uid():
            self.zj.open_brief(uid)

    def action_choose_filter(self) -> None:
        """Choose what to filter by, then the value."""
        from zjtui.ui.dialogs.choice import Choice, choose_in_two_steps
        from zjtui.ui.regions import region_choices

        connection = self.session.reader()
        me = self.session.person if find.exact(connection, "person", self.session.person) else ""
        kinds = {
            "region": (N_("Region"), region_choices(connection)),
            "stage": (N_("Stage"), [Choice(code, STAGES.label(code)) for code in STAGES]),
            "field9": (N_("Field"), [Choice(code, FIELDS9.label(code)) for code in FIELDS9]),
            "attr": (N_("Attribute"), [Choice(code, ATTRS.label(code)) for code in ATTRS]),
            "band": (N_("Scale"), [Choice(code, SCALE_BANDS.label(code)) for code in SCALE_BANDS]),
        }
        if me:
            kinds["mine"] = (N_("Mine"), [Choice(me, _(N_("only projects I contact")))])
        current = {name: getattr(self.query_now, name) for name in kinds}
        choose_in_two_steps(
            self.app, N_("Filter by"), kinds, current, lambda found: self.requery(self._replace(**found))
        )

    def action_import_list(self) -> None:
        """Ask for a list and show what it would do."""
        from zjtui.ui.opening import import_list

        import_list(self.zj)


def _amount(yuan: int) -> str:
    unit = money.told_unit(YI)
    return money.in_unit(yuan, unit, 2) + _(unit.label)
