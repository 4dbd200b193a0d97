"""Visits: every follow-up of every project, whoever was there, with what came of it."""

from array import array
from collections.abc import Sequence
from typing import Any, ClassVar

from textual.binding import BindingType

from zjtui.domain.contact import MECHANISMS
from zjtui.domain.follow_up import FORMS, RESULTS
from zjtui.i18n import N_, _, counted
from zjtui.store.read import find, records, visits
from zjtui.store.read.visits import PERIODS, VisitQuery
from zjtui.ui.action import Action, bindings
from zjtui.ui.actions_lists import VISITS
from zjtui.ui.project_text import overview
from zjtui.ui.screens.list_screen import ListScreen
from zjtui.ui.table_cells import cells
from zjtui.ui.visit_text import visit_text
from zjtui.ui.widgets.window_table import Cell


class VisitsScreen(ListScreen):
    """All visits: mine, this week's, a region's, by one mechanism."""

    NAME = "visits"
    ENTITY = "follow_up"
    ACTIONS: ClassVar[tuple[Action, ...]] = VISITS
    BINDINGS: ClassVar[list[BindingType]] = bindings(VISITS)
    FIELDS = visits.COLUMNS
    UNSORTED = visits.UNSORTED
    FILTER_HINT = N_("words of the visit, project")
    DEFAULT_COLUMNS = (
        "visit_date", "project_uid", "findings", "people", "problems", "next_visit", "files", "mechanism", "form",
        "result", "region_code",
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.query_now = VisitQuery()

    def title_parts(self) -> list[str]:
        return [_(N_("Visits"))]

    def first_ids(self, limit: int) -> Sequence[int]:
        return visits.ids(self.session.reader(), self.query_now, self.session.today, limit)

    def read_all(self, connection: Any) -> tuple["array[int]", dict[str, int]]:
        query, today = self.query_now, self.session.today
        return visits.ids(connection, query, today), visits.summary(connection, query, today)

    def show_all(self, result: Any) -> None:
        found, sums = result
        self.table.extend(found, self.table.current)
        parts = (
            counted(N_("{count} visits"), sums["visits"]),
            counted(N_("{count} projects"), sums["projects"]),
            _(N_("{onsite} on site")).format(onsite=f"{sums['onsite']:,}"),
        )
        self.status(" · ".join(parts))

    def fetch(self, wanted: Sequence[int]) -> list[list[Cell]]:
        names = self.shown_columns
        return [cells(self.FIELDS, names, row) for row in visits.rows(self.session.reader(), wanted, names)]

    def empty_text(self) -> str:
        if self.query_now == VisitQuery(sort=self.query_now.sort, descending=self.query_now.descending):
            return _(N_("No visit yet. Ctrl+N logs the first one"))
        return _(N_("Nothing fits the filter. Esc clears it"))

    def chips(self) -> list[str]:
        query = self.query_now
        region = find.names(self.session.reader(), "region", {query.region}) if query.region else {}
        shown = [
            _(N_("mine")) if query.mine else "",
            PERIODS.label(query.period or None),
            region.get(query.region, query.region),
            MECHANISMS.label(query.mechanism or None),
            FORMS.label(query.form or None),
            RESULTS.label(query.result or None),
        ]
        return [chip for chip in shown if chip]

    def preview(self, row_id: int | None) -> None:
        uid = self.current_uid(row_id)
        record = records.get(self.session.reader(), "follow_up", uid) if uid else None
        self.show_preview(visit_text(self.session, record, overview(self.session, record)) if record else None)

    def action_add_issue(self) -> None:
        """Raise an issue from the visit under the cursor."""
        if uid := self.current_uid():
            self.zj.add_issue(self.project_in_front(), uid)

    def action_choose_filter(self) -> None:
        """Choose what to filter by, then the value."""
        from zjtui.ui.dialogs.choice import Choice, choose_in_two_steps
        from zjtui.ui.regions import region_choices

        reader = self.session.reader()
        me = self.session.person if find.exact(reader, "person", self.session.person) else ""
        kinds = {
            "period": (N_("When"), [Choice(code, PERIODS.label(code)) for code in PERIODS]),
            "region": (N_("Region"), region_choices(reader)),
            "mechanism": (N_("Mechanism"), [Choice(code, MECHANISMS.label(code)) for code in MECHANISMS]),
            "form": (N_("Visit type"), [Choice(code, FORMS.label(code)) for code in FORMS]),
            "result": (N_("Result"), [Choice(code, RESULTS.label(code)) for code in RESULTS]),
        }
        if me:
            kinds["mine"] = (N_("Mine"), [Choice(me, _(N_("I was there, or contact the project")))])
        current = {name: getattr(self.query_now, name) for name in kinds}
        choose_in_two_steps(
            self.app, N_("Filter by"), kinds, current, lambda found: self.requery(self._replace(**found))
        )
