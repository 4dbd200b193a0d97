"""Green channel (3): every service of every project on its clock."""

from array import array
from collections.abc import Sequence
from typing import Any, ClassVar

from textual.binding import BindingType

from zjtui.domain.service_clock import calendar_chip, why
from zjtui.domain.service_codes import KINDS, STATES
from zjtui.i18n import N_, _, counted
from zjtui.store.read import find, records, services
from zjtui.store.read.services import ServiceQuery
from zjtui.ui.action import Action, bindings
from zjtui.ui.actions_lists import SERVICES
from zjtui.ui.code_choices import code_choices
from zjtui.ui.screens.list_screen import ListScreen
from zjtui.ui.service_text import service_preview
from zjtui.ui.table_cells import cells
from zjtui.ui.widgets.window_table import Cell


class ServicesScreen(ListScreen):
    """The green channel: what runs, whose days are used, what is left."""

    NAME = "services"
    ENTITY = "service"
    ACTIONS: ClassVar[tuple[Action, ...]] = SERVICES
    BINDINGS: ClassVar[list[BindingType]] = bindings(SERVICES)
    FIELDS = services.COLUMNS
    FILTER_HINT = N_("project, department, document")
    DEFAULT_COLUMNS = (
        "project_uid", "kind", "state", "light", "days_left", "used_days", "promise_days", "due_on", "owner", "third",
        "waiting", "dept",
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.query_now = ServiceQuery()

    def title_parts(self) -> list[str]:
        return [_(N_("Green channel"))]

    def first_ids(self, limit: int) -> Sequence[int]:
        session = self.session
        return services.ids(session.reader(), self.query_now, session.today, session.limits)[:limit]

    def read_all(self, connection: Any) -> tuple["array[int]", dict[str, int]]:
        query, session = self.query_now, self.session
        found = services.ids(connection, query, session.today, session.limits)
        return found, services.summary(connection, found, session.today, session.limits)

    def show_all(self, result: Any) -> None:
        found, counts = result
        self.table.extend(found, self.table.current)
        told = _(N_("{red} red · {yellow} yellow · {green} green")).format_map(counts)
        self.status(counted(N_("{count} services"), counts["services"]) + " · " + told)

    def fetch(self, wanted: Sequence[int]) -> list[list[Cell]]:
        session, names = self.session, self.shown_columns
        page = services.rows(session.reader(), wanted, session.today, session.limits)
        return [cells(self.FIELDS, names, row) for row in page]

    def empty_text(self) -> str:
        if self.query_now == ServiceQuery(sort=self.query_now.sort, descending=self.query_now.descending):
            told = N_(
                "Nothing is running or to be delivered. Ctrl+N on a project's services adds one; F6 shows the others"
            )
            return _(told)
        return _(N_("Nothing fits the filter. Esc clears it"))

    def chips(self) -> list[str]:
        query, reader = self.query_now, self.session.reader()
        shows = {"open": _(N_("running or to be delivered")), "documents": _(N_("documents outstanding"))}
        region = find.names(reader, "region", {query.region}) if query.region else {}
        unit = find.names(reader, "org", {query.unit}) if query.unit else {}
        unknown = calendar_chip(self.session.today, self.session.limits)
        shown = [
            str(unknown) if unknown else "",
            shows.get(query.show, STATES.label(query.show or None)),
            KINDS.label(query.kind or None),
            region.get(query.region, query.region),
            unit.get(query.unit, query.unit),
            _(N_("mine")) if query.mine else "",
        ]
        return [chip for chip in shown if chip]

    def preview(self, row_id: int | None) -> None:
        uid = self.current_uid(row_id)
        self.show_preview(service_preview(self.session, uid) if uid else None)

    def _current(self, row_id: int | None = None) -> dict[str, Any] | None:
        wanted = row_id if row_id is not None else self.table.current
        if wanted is None:
            return None
        session = self.session
        found = services.rows(session.reader(), [wanted], session.today, session.limits)
        return found[0] if found else None

    def action_documents(self) -> None:
        """Note outstanding documents as received."""
        if uid := self.current_uid():
            self.zj.receive_documents(uid)

    def action_why(self) -> None:
        """Say in one sentence why it is paused, late or where it is."""
        if uid := self.current_uid():
            record = records.get(self.session.reader(), "service", uid)
            self.status(str(why(record.__dict__, self.session.today, self.session.limits)), "bold")

    def action_strip(self) -> None:
        """Show which days of the project's services count towards the 90 days."""
        if row := self._current():
            from zjtui.ui.screens.strip import StripScreen

            self.app.push_screen(StripScreen(row["project_uid"]))

    def action_choose_filter(self) -> None:
        """Choose what to filter by, then the value."""
        from zjtui.ui.dialogs.choice import Choice, choose_in_two_steps
        from zjtui.ui.regions import region_choices

        reader = self.session.reader()
        me = self.session.person if find.exact(reader, "person", self.session.person) else ""
        shows = [
            Choice("open", _(N_("running or to be delivered"))),
            Choice("documents", _(N_("documents outstanding"))),
        ]
        units = [Choice(item["uid"], item["name"], item["initials"]) for item in find.choices(reader, "org", "", 2000)]
        kinds = {
            "show": (N_("State"), [*shows, *(Choice(code, STATES.label(code)) for code in STATES)]),
            "kind": (N_("Service"), code_choices("service", "kind")),
            "region": (N_("Region"), region_choices(reader)),
            "unit": (N_("Department"), units),
        }
        if me:
            kinds["mine"] = (N_("Mine"), [Choice(me, _(N_("only projects I contact")))])
        current = {name: getattr(self.query_now, name) for name in kinds}
        choose_in_two_steps(
            self.app, N_("Filter by"), kinds, current, lambda found: self.requery(self._replace(**found))
        )
