"""League (6): regions, fields, departments and teams side by side; why a place moved, what would move it."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Static

from zjtui.domain.lights import LIGHTS
from zjtui.domain.region import PROVINCE
from zjtui.errors import ZjtuiError
from zjtui.i18n import N_, _
from zjtui.reports import league, league_notes, why
from zjtui.reports.amounts import decimal
from zjtui.reports.league import GROUPS, METRICS, Row
from zjtui.reports.why import Why
from zjtui.store.read import find
from zjtui.store.read.standings import REGIONS
from zjtui.ui.action import Action, bindings
from zjtui.ui.actions_looking import LEAGUE
from zjtui.ui.base import BackgroundReader
from zjtui.ui.charts import bar
from zjtui.ui.dialogs.choice import Choice, ChoiceDialog
from zjtui.ui.monthly import MonthlyScreen
from zjtui.ui.screens.page import PageScreen
from zjtui.ui.text import styled
from zjtui.ui.watching import watched
from zjtui.ui.widgets.window_table import Cell, Column, WindowTable

_WIDE, _SEEN = 110, 2  # cells from which all tables are named; else so many before the one in front
_TONES = {"red": "bad", "yellow": "warn", "green": "good", "grey": "muted"}


class LeagueScreen(MonthlyScreen):
    """One table at a time; Tab shows the next."""

    CSS_PATH = "../styles/page.tcss"
    ACTIONS: ClassVar[tuple[Action, ...]] = LEAGUE
    BINDINGS: ClassVar[list[BindingType]] = bindings(LEAGUE)

    def __init__(self) -> None:
        super().__init__()
        self.by, self.metric = "city", "completion"
        self.places: list[Row] = []
        self.reader = BackgroundReader(self)
        self.own_place = 0  # the row of the person's own region, from 1; 0: none

    def body(self) -> Iterable[Widget]:
        yield Static(id="sections")
        yield WindowTable()

    def on_mount(self) -> None:
        own = self._own()
        if own and not own.endswith("00"):
            counties = league.table(self.session, "county", self.metric, self.when)
            if any(row.key == own and row.rank for row in counties):
                self.by = "county"  # a county looks at itself first, where it is ranked
        self.reload()
        self.table.focus()

    def on_unmount(self) -> None:
        self.reader.stop()

    def _own(self) -> str:
        """Return the region of the person who works here, "" for none or the whole province."""
        session = self.zj.session
        region = find.own_region(self.session.reader(), session.person) or session.settings.region
        return "" if region == PROVINCE else region

    def _own_place(self) -> int:
        """Return which row, from 1, is the person's own region; 0 for none."""
        if self.by not in REGIONS or not (own := self._own()):
            return 0
        key = own[:4] + "00" if self.by == "city" else own
        return next((number for number, row in enumerate(self.places, 1) if row.key == key), 0)

    @property
    def table(self) -> WindowTable:
        """The places."""
        return self.query_one(WindowTable)

    def title_parts(self) -> list[str]:
        return [_(N_("League")), str(self.when), self.as_known(), _(METRICS[self.metric])]

    def reload(self) -> None:
        """Rank anew."""
        self.show_title()
        parts = []
        names = list(GROUPS)
        first = max(names.index(self.by) - _SEEN, 0) if self.size.width < _WIDE else 0
        for name in names[first:]:
            parts += [(f" {_(GROUPS[name])} ", "reverse" if name == self.by else "")]
        self.query_one("#sections", Static).update(styled(*parts))
        try:
            self.places = league.table(self.session, self.by, self.metric, self.when)
        except ZjtuiError as error:
            self.complain(error)
            self.metric = "completion"
            self.places = league.table(self.session, self.by, self.metric, self.when)
            self.show_title()
        columns = [
            Column("rank", _(N_("league|Rank")), 4, right=True),
            Column("name", _(N_("Name")), 22),
            Column("value", _(N_("Value")), 8, right=True),
            Column("change", _(N_("Change")), 6, right=True),
            Column("light", _(N_("Light")), 6),
            Column("of", _(N_("Numerator / denominator")), 18, right=True),
            Column("evidence", _(N_("Evidence")), 8, right=True),
            Column("projects", _(N_("Projects")), 8, right=True),
            Column("bar", "", 30),
        ]
        self.own_place, anew = self._own_place(), not self.table.ids
        notes = (
            ["", *league_notes.notes(self.session, self.places, self.when, self.by, self.metric)] if self.places else []
        )
        if self.own_place:
            notes.append(_(N_("▸ own region, · its neighbours")))
        lines = [*range(1, len(self.places) + 1), *(-number for number in range(len(notes)))]
        self.table.show(columns, lines, self._fetch, headings=notes, empty=self.nothing_yet())
        if anew and self.own_place:
            self.call_after_refresh(self._show_own)
        count = _(N_("{places} places · {count} projects")).format(
            places=len(self.places), count=f"{sum(row.projects for row in self.places):,}"
        )
        self.status(count, "dim")
        if all(row.evidence is None for row in self.places):
            session, places, by, when = self.session, self.places, self.by, self.when
            self.reader.read(lambda connection: league.with_evidence(session, places, by, when), self._backed)

    def _backed(self, places: list[Row]) -> None:
        """Show which share of the money is backed, once it has been read behind the ranks."""
        if [row.key for row in places] == [row.key for row in self.places]:
            self.places = places
            self.table.reread()

    def _show_own(self) -> None:
        """Put the cursor on the own region, with the neighbour below it in view too."""
        for number in (self.own_place + 1, self.own_place):
            self.table.go_to(number)

    def _fetch(self, wanted: Sequence[int]) -> list[list[Cell]]:
        return [self._cells(number, self.places[number - 1]) for number in wanted]

    def _cells(self, number: int, row: Row) -> list[Cell]:
        change = "" if row.change is None else f"{row.change:+d}" if row.change else "="
        tone = "good" if (row.change or 0) > 0 else "bad" if (row.change or 0) < 0 else "muted"
        text = f"{row.name} *" if row.small else row.name
        name: Cell = text
        if number == self.own_place:
            name = (f"▸ {text}", "strong")
        elif row.rank and abs(number - self.own_place) == 1 and self.own_place and self.places[self.own_place - 1].rank:
            name = (f"· {text}", "strong")
        return [
            str(row.rank or "-"), name, (row.shown, "strong"), (change, tone),
            (LIGHTS.label(row.light), _TONES[row.light]), f"{row.numerator} / {row.denominator}", self._evidence(row),
            str(row.projects),
            "" if row.unit == "days" else bar(float(row.value or 0), 30),
        ]  # fmt: skip

    def _evidence(self, row: Row) -> Cell:
        if row.evidence is None:
            return ""
        doubtful = league.unverified(self.session, row)
        return f"{'?' if doubtful else ''}{decimal(row.evidence * 100)}%", "warn" if doubtful else "muted"

    def _row(self) -> Row | None:
        current = self.table.current
        return self.places[current - 1] if current and current > 0 else None

    def on_window_table_selected(self) -> None:
        """Show the projects of the place."""
        self.action_open()

    def action_open(self) -> None:
        """Show the projects of the region or field under the cursor."""
        row = self._row()
        if self.nothing_to_do("open") or row is None:
            return
        self.shown_as_it_is()
        if self.by in REGIONS:
            self._projects(region=row.key)
        elif self.by in ("field9", "attr", "band"):
            self._projects(**{self.by: row.key})
        else:
            self.status(_(N_("Filter the projects by unit: type its name there")), "$text-warning")

    def _projects(self, **values: Any) -> None:
        """Show the projects of a place in the register."""
        from dataclasses import replace

        self.zj.action_go("projects")
        screen: Any = self.zj.screen
        screen.requery(replace(type(screen.query_now)(), **values))

    def action_why(self) -> None:
        """Work out what moved the place since the month before, and show it part by part."""
        row = self._row()
        if row is None:
            return
        session, by, metric, when = self.session, self.by, self.metric, self.when

        def show(found: Why) -> None:
            self.zj.push_screen(PageScreen(N_("Why it moved"), lambda: why.page(found)))

        watched(
            self,
            N_("Reading the change log up to the month before"),
            lambda watch: why.why(session, by, row.key, metric, when, watch),
            show,
        )

    def action_what_if(self) -> None:
        """Ask for a project, and say which rank its region would have once it has started."""
        by = self.by if self.by in REGIONS else "city"

        def chosen(uid: str) -> None:
            try:
                now, then = league.if_started(self.session, uid, by, self.when)
            except ZjtuiError as error:
                self.status(str(error), "$text-warning")
                return
            text = _(N_("{name}: rank {now} ({before}) becomes {then} ({after})"))
            self.status(
                text.format(
                    name=now.name, now=now.rank or "-", then=then.rank or "-", before=now.shown, after=then.shown
                ),
                "bold",
            )

        self.zj.choose_project(N_("What if this project starts?"), chosen)

    def action_section(self, step: int) -> None:
        """Show the table before or after."""
        names = list(GROUPS)
        self.by = names[(names.index(self.by) + step) % len(names)]
        self.table.ids = ()
        self.reload()

    def action_metric(self) -> None:
        """Choose the indicator to rank by."""

        def chosen(name: str | None) -> None:
            if name:
                self.metric = name
                self.reload()

        choices = [Choice(name, _(label)) for name, label in METRICS.items()]
        self.app.push_screen(ChoiceDialog(N_("Rank by"), choices, self.metric), chosen)
