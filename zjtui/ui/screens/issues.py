"""Issues (2): all problems across projects."""

from array import array
from collections.abc import Sequence
from typing import Any, ClassVar

from textual.binding import BindingType

from zjtui.domain.issue_codes import KINDS, SEVERITIES, STATES
from zjtui.i18n import N_, _, counted
from zjtui.store.read import find, issues, records
from zjtui.store.read.issues import IssueQuery
from zjtui.ui.action import Action, bindings
from zjtui.ui.actions_lists import ISSUES
from zjtui.ui.code_choices import code_choices
from zjtui.ui.project_text import overview
from zjtui.ui.screens.list_screen import ListScreen
from zjtui.ui.table_cells import cells
from zjtui.ui.widgets.window_table import Cell

_GROUPINGS = {"state": N_("Group by state"), "lead_unit": N_("Group by unit"), "": N_("No groups")}


class IssuesScreen(ListScreen):
    """The problem list: filter, group, sort, move."""

    NAME = "issues"
    ENTITY = "issue"
    ACTIONS: ClassVar[tuple[Action, ...]] = ISSUES
    BINDINGS: ClassVar[list[BindingType]] = bindings(ISSUES)
    FIELDS = issues.COLUMNS
    FILTER_HINT = N_("problem, number, project")
    DEFAULT_COLUMNS = ("title_text", "project_uid", "late", "state", "due_on", "severity", "kind", "lead_unit")

    def __init__(self) -> None:
        super().__init__()
        self.query_now = IssueQuery()

    def title_parts(self) -> list[str]:
        return [_(N_("Issues"))]

    def first_ids(self, limit: int) -> Sequence[int]:
        if self.query_now.group:
            return ()
        session = self.session
        return issues.ids(session.reader(), self.query_now, session.today, limit, session.limits)

    def read_all(self, connection: Any) -> Any:
        query, today, limits = self.query_now, self.session.today, self.session.limits
        found = issues.ids(connection, query, today, limits=limits)
        groups = issues.groups(connection, query, today, limits)
        return found, groups, issues.summary(connection, query, today, limits)

    def show_all(self, result: Any) -> None:
        found, groups, sums = result
        headings: list[str] = []
        if groups:
            headings, found = self._with_headings(groups, found)
        self.table.headings = headings
        self.table.extend(found, self.table.current)
        told = _(N_("{late} late · {blocking} blocking")).format(
            late=f"{sums['late']:,}", blocking=f"{sums['blocking']:,}"
        )
        self.status(counted(N_("{count} issues"), sums["issues"]) + " · " + told)

    def _with_headings(self, groups: list[tuple[str, int]], found: "array[int]") -> tuple[list[str], "array[int]"]:
        """Put a heading (an id of 0 or less) before the issues of each group."""
        headings, ids, start = [], array("q"), 0
        for number, (code, count) in enumerate(groups):
            name = STATES.label(code) if self.query_now.group == "state" else code or _(N_("(no unit yet)"))
            headings.append(f"── {name} ({count}) ")
            ids.append(-number)
            ids.extend(found[start : start + count])
            start += count
        return headings, ids

    def fetch(self, wanted: Sequence[int]) -> list[list[Cell]]:
        names = self.shown_columns
        session = self.session
        page = issues.rows(session.reader(), wanted, names, session.today, session.limits)
        return [cells(self.FIELDS, names, row) for row in page]

    def empty_text(self) -> str:
        if self.query_now == IssueQuery(sort=self.query_now.sort, descending=self.query_now.descending):
            return _(N_("No open issue. F4 on a project raises one; F6 shows closed ones"))
        return _(N_("Nothing fits the filter. Esc clears it"))

    def chips(self) -> list[str]:
        query = self.query_now
        region = find.names(self.session.reader(), "region", {query.region}) if query.region else {}
        unit = find.names(self.session.reader(), "org", {query.unit}) if query.unit else {}
        shows = {"open": _(N_("open")), "late": _(N_("late")), "recheck": _(N_("re-check due"))}
        shown = [
            shows.get(query.show, STATES.label(query.show or None)),
            KINDS.label(query.kind or None),
            SEVERITIES.label(query.severity or None),
            region.get(query.region, query.region),
            unit.get(query.unit, query.unit),
        ]
        return [chip for chip in shown if chip]

    def preview(self, row_id: int | None) -> None:
        uid = self.current_uid(row_id)
        self.show_preview(overview(self.session, records.get(self.session.reader(), "issue", uid)) if uid else None)

    def action_escalate(self) -> None:
        """Take the issue up the ladder."""
        if uid := self.current_uid():
            self.zj.deeds.escalate(self.zj, uid)

    def action_tick(self) -> None:
        """Say which steps of the issue are done."""
        if uid := self.current_uid():
            self.zj.deeds.tick(self.zj, uid)

    def action_merge(self) -> None:
        """Merge the issue into another open one."""
        if uid := self.current_uid():
            self.zj.deeds.merge(self.zj, uid)

    def action_sheet(self) -> None:
        """Make the issue's escalation sheet."""
        if uid := self.current_uid():
            self.zj.deeds.sheet(self.zj, uid)

    def groupings(self) -> dict[str, str]:
        return _GROUPINGS

    def action_choose_filter(self) -> None:
        """Choose what to filter by, then the value."""
        from zjtui.ui.dialogs.choice import Choice, choose_in_two_steps
        from zjtui.ui.regions import region_choices

        connection = self.session.reader()
        units = [
            Choice(item["uid"], item["name"], item["initials"]) for item in find.choices(connection, "org", "", 2000)
        ]
        shows = [
            Choice("open", _(N_("open"))),
            Choice("late", _(N_("late"))),
            Choice("recheck", _(N_("re-check due"))),
        ]
        kinds = {
            "show": (N_("State"), [*shows, *(Choice(code, STATES.label(code)) for code in STATES if code != "open")]),
            "kind": (N_("issue|Kind"), code_choices("issue", "kind")),
            "severity": (N_("Severity"), [Choice(code, SEVERITIES.label(code)) for code in SEVERITIES]),
            "region": (N_("Region"), region_choices(connection)),
            "unit": (N_("Lead unit"), units),
        }
        current = {name: getattr(self.query_now, name) for name in kinds}
        choose_in_two_steps(
            self.app, N_("Filter by"), kinds, current, lambda found: self.requery(self._replace(**found))
        )
