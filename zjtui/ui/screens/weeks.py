"""Calendar: week by week what is planned, agreed and due, and what was done."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Any, ClassVar

from textual.binding import BindingType

from zjtui.domain import told
from zjtui.domain.understood import day_named
from zjtui.i18n import N_, _, counted
from zjtui.store.read import find, findings, weeks
from zjtui.store.read.weeks import KINDS, Entry, WeekQuery, monday
from zjtui.ui.action import Action, bindings
from zjtui.ui.actions_looking import WEEKS
from zjtui.ui.base import BackgroundReader
from zjtui.ui.screens.table_screen import TableScreen
from zjtui.ui.widgets.window_table import Cell, Column

_SHOWN = 5  # weeks at a time; what was due before this one is seen by going back
_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class _Whose:
    mine: str = ""
    region: str = ""


class WeeksScreen(TableScreen):
    """The lines of some weeks under a heading each."""

    NAME: ClassVar[str] = "weeks"
    ACTIONS: ClassVar[tuple[Action, ...]] = WEEKS
    BINDINGS: ClassVar[list[BindingType]] = bindings(WEEKS)

    def __init__(self) -> None:
        super().__init__()
        self.reader = BackgroundReader(self)
        self.first: date | None = None  # the Monday it begins with
        self.whose: _Whose | None = None
        self.found: list[Entry] = []
        self._wanted = ""

    def title_parts(self) -> list[str]:
        whose = self.whose or _Whose()
        names = find.names(self.session.reader(), "region", {whose.region}) if whose.region else {}
        return [_(N_("Calendar")), *([_(N_("mine"))] if whose.mine else []), *names.values()]

    def start(self) -> None:
        """Begin with one's own projects where the person looks after any."""
        self.whose = _Whose(mine=findings.scope_of(self.session.reader(), self.session.person).person)
        self.reload()

    def on_unmount(self) -> None:
        self.reader.stop()

    def reload(self) -> None:
        """Read the weeks anew."""
        self.show_title()
        first = self.first or monday(self.session.today)
        whose = self.whose or _Whose()
        query = WeekQuery(first, first + _WEEK * _SHOWN - timedelta(days=1), whose.mine, whose.region)
        limits, today = self.session.limits, self.session.today
        self.reader.read(lambda connection: weeks.entries(connection, query, limits, today), self.show_all)

    def show_all(self, found: list[Entry]) -> None:
        """Show what was read, each week under its heading, also one without a line."""
        self.found = found
        first = self.first or monday(self.session.today)
        by_week = {week: list(lines) for week, lines in groupby(enumerate(found), lambda item: monday(item[1].day))}
        headings, ids = [], []
        for number in range(_SHOWN):
            week = first + _WEEK * number
            lines = by_week.get(week, [])
            headings.append(_heading(week, [entry for _place, entry in lines], self.session.today))
            ids.append(-number)
            ids += [place + 1 for place, _entry in lines]
        columns = [
            Column("day", _(N_("Date")), 15),
            Column("kind", _(N_("week|What")), max(_widths())),
            Column("when", _(N_("State")), 16),
            Column("project", _(N_("Project")), 24),
            Column("text", _(N_("Text")), 60),
        ]
        place = next((number for number, entry in enumerate(found, 1) if entry.uid == self._wanted), None)
        self.table.wanted, self._wanted = place, ""
        self.table.show(columns, ids, self._fetch, headings=headings)
        open_now = sum(not entry.done for entry in found)
        self.status(
            counted(N_("{count} lines to come"), open_now) + " · " + counted(N_("{count} done"), len(found) - open_now)
        )

    def _fetch(self, wanted: Sequence[int]) -> list[list[Cell]]:
        return [self._cells(self.found[number - 1]) for number in wanted]

    def _cells(self, entry: Entry) -> list[Cell]:
        left = entry.left[0] if entry.left else (entry.day - self.session.today).days
        text = told.of_promise(*entry.left) if entry.left else told.left(left)
        when: Cell = (_(N_("week|done")), "muted") if entry.done else (text, "bad" if left < 0 else "")
        return [day_named(entry.day), KINDS.label(entry.kind), when, entry.project, " ".join(entry.text.split())]

    def stand_on(self, uid: str) -> None:
        self._wanted = uid

    def current(self) -> Entry | None:
        """Return the line under the cursor; a heading is none."""
        number = self.table.current
        return self.found[number - 1] if number and number > 0 else None

    def record_in_front(self) -> tuple[str, str] | None:
        """Return what the history is asked about."""
        entry = self.current()
        return (entry.entity, entry.uid) if entry else None

    def on_window_table_selected(self) -> None:
        """Enter opens it."""
        self.action_open()

    def action_open(self) -> None:
        """Open the record under the cursor."""
        if entry := self.current():
            self.zj.open_record(entry.entity, entry.uid)

    def action_edit(self) -> None:
        """Edit the record under the cursor."""
        if entry := self.current():
            self.zj.edit_record(entry.entity, entry.uid)

    def action_open_project(self) -> None:
        """Open the project of the line under the cursor."""
        if entry := self.current():
            self.zj.open_record("project", entry.project_uid)

    def action_add_here(self) -> None:
        """Plan a visit."""
        entry = self.current()
        self.zj.add_chosen("visit_plan", entry.project_uid if entry else "")

    def action_week(self, step: int) -> None:
        """Begin a week earlier or later."""
        self.first = (self.first or monday(self.session.today)) + _WEEK * step
        self.reload()

    def action_choose_filter(self) -> None:
        """Choose whose weeks, or a region's."""
        from zjtui.ui.dialogs.choice import Choice, choose_in_two_steps
        from zjtui.ui.regions import region_choices

        reader, whose = self.session.reader(), self.whose or _Whose()
        me = self.session.person if find.exact(reader, "person", self.session.person) else ""
        kinds = {"region": (N_("Region"), region_choices(reader))}
        if me:
            kinds["mine"] = (N_("Mine"), [Choice(me, _(N_("only projects I contact")))])

        def chosen(found: dict[str, Any]) -> None:
            self.whose = replace(whose, **found)
            self.reload()

        choose_in_two_steps(self.app, N_("Filter by"), kinds, {n: getattr(whose, n) for n in kinds}, chosen)


def _widths() -> list[int]:
    from zjtui.ui.text import cell_len

    return [cell_len(KINDS.label(code)) for code in KINDS]


def _heading(week: date, lines: list[Entry], today: date) -> str:
    """Return a week's heading: which it is, and how much of it is done."""
    span = f"{week.isoformat()} – {(week + timedelta(days=6)).isoformat()}"
    name = _(N_("Week {number}")).format(number=week.isocalendar().week)
    now = " · " + _(N_("this week")) if week == monday(today) else ""
    done = sum(entry.done for entry in lines)
    counted = _(N_("{done} of {count} done")).format(done=done, count=len(lines))
    if not lines:
        counted = _(N_("nothing planned or due"))
    return f"── {name}{now} · {span} · {counted} "
