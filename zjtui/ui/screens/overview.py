"""Overview (5): how we stand against the targets, each figure with what it is made of and what is behind it."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from zjtui.domain.month import Month
from zjtui.domain.project_codes import FIELDS9
from zjtui.domain.region import PROVINCE
from zjtui.i18n import N_, _
from zjtui.reports import care, indicators, league
from zjtui.reports.amounts import yi
from zjtui.reports.indicators import Figure, Standing
from zjtui.store.read import find, overview, standings
from zjtui.store.read.standings import Scope
from zjtui.ui.action import Action, bindings
from zjtui.ui.actions_looking import OVERVIEW
from zjtui.ui.base import BackgroundReader
from zjtui.ui.charts import ages, groups, months, shares
from zjtui.ui.monthly import MonthlyScreen
from zjtui.ui.regions import region_choices
from zjtui.ui.widgets.window_table import Cell, Column, WindowTable


class OverviewScreen(MonthlyScreen):
    """Figures in sections, with charts between them."""

    ACTIONS: ClassVar[tuple[Action, ...]] = OVERVIEW
    BINDINGS: ClassVar[list[BindingType]] = bindings(OVERVIEW)

    def __init__(self) -> None:
        super().__init__()
        self.scope = Scope()
        self.reader = BackgroundReader(self)
        self.figures: list[Figure] = []
        self.charts: dict[str, list[str]] = {}

    def body(self) -> Iterable[Widget]:
        with Horizontal(id="list"):
            yield WindowTable()

    def on_mount(self) -> None:
        self.table.focus()
        self.reload()

    def on_unmount(self) -> None:
        self.reader.stop()

    @property
    def table(self) -> WindowTable:
        """The figures."""
        return self.query_one(WindowTable)

    def title_parts(self) -> list[str]:
        region = find.names(self.session.reader(), "region", {self.scope.region}) if self.scope.region else {}
        chosen = [*region.values(), FIELDS9.label(self.scope.field9) if self.scope.field9 else ""]
        mine = _(N_("mine")) if self.scope.mine else ""
        return [_(N_("Overview")), str(self.when), self.as_known(), " ".join(part for part in (*chosen, mine) if part)]

    def reload(self) -> None:
        """Read the targets' figures now, the others behind them."""
        self.show_title()
        session, scope, when = self.session, self.scope, self.when
        found = Standing.read(session, scope, when)
        self.figures = found.figures(when)
        self.charts = {_FIRST[0]: months(found.done[: when.month], found.expected, found.sums.plan, self.size.width)}
        self._show()
        if found.sums.projects:
            self.status(indicators.rule(session), "dim")
        else:
            self.status(self.nothing_yet(), "$text-warning")
        self.reader.read(lambda connection: self._rest(), self._more)

    def _rest(self) -> tuple[list[Figure], Any, Any, Any]:
        session, scope, when = self.session, self.scope, self.when
        found = standings_issues(session, scope, when)
        register = overview.figures(session.reader(), session.today) if scope == Scope() else None
        inside = "county" if scope.region and scope.region != PROVINCE else "city"
        parts = [
            (heading, league.table(session, by, "completion", when, scope))
            for by, heading in ((inside, N_("by region")), ("field9", N_("by field")))
        ]
        return care.figures(session, scope, when), found, register, parts

    def _more(self, result: Any) -> None:
        figures, open_by_age, register, parts = result
        self.figures = [figure for figure in self.figures if figure.section in _FIRST] + figures
        self.charts[_PROBLEMS] = ages(open_by_age, self.size.width)
        self.charts[_PARTS] = [line for heading, rows in parts for line in groups(heading, rows, self.size.width)]
        if register is not None:
            self.charts[_REGISTER] = shares(register, self.size.width)
        self._show()

    def _show(self) -> None:
        """Show the figures by section, and the charts as lines between them."""
        headings: list[str] = []
        ids: list[int] = []

        def line(text: str) -> None:
            ids.append(-len(headings))
            headings.append(text)

        for text in self.charts.get(_REGISTER, []):
            line(text)
        sections = list(dict.fromkeys(figure.section for figure in self.figures))
        if self.charts.get(_PARTS):
            sections.insert(1, _PARTS)
        for section in sections:
            line(f"── {_(section)} ──")
            ids += [place for place, figure in enumerate(self.figures, 1) if figure.section == section]
            for text in self.charts.get(section, []):
                line(text)
        wide = self.size.width >= 110
        columns = [
            Column("label", _(N_("Indicator")), 46 if wide else 34),
            Column("value", _(N_("Value")), 9, right=True),
            Column("of", _(N_("Numerator / denominator")), 22 if wide else 18, right=True),
            Column("note", _(N_("Remark")), 60),
        ]
        self.table.show(columns, ids, self._fetch, headings=headings, empty=self.nothing_yet())

    def _fetch(self, wanted: Sequence[int]) -> list[list[Cell]]:
        found: list[list[Cell]] = []
        for number in wanted:
            figure = self.figures[number - 1]
            of = f"{figure.numerator} / {figure.denominator}" if figure.denominator else figure.numerator
            tone = "bad" if figure.code == "gap_pp" and figure.value is not None and figure.value < 0 else "strong"
            found.append([figure.label, (figure.shown, tone), of, (figure.note, "muted")])
        return found

    def on_window_table_selected(self) -> None:
        """Show what is behind a figure."""
        self.action_open()

    def action_open(self) -> None:
        """Show what is behind the figure under the cursor."""
        current = self.table.current
        if self.nothing_to_do("open") or current is None:
            return
        behind = self.figures[current - 1].behind
        if behind in ("issues", "services", "gaps", "months", "directory"):
            self.shown_as_it_is()
            self.zj.action_go(behind)
        elif behind:
            self._members(behind)
        else:
            self.status(_(N_("This one is worked out from the figures above it")), "$text-warning")

    def _members(self, behind: str) -> None:
        from zjtui.ui.screens.members import MembersScreen

        session, scope, when = self.session, self.scope, self.when
        if behind == "unstarted":
            rows = standings.unstarted(session.reader(), scope, when.year, when.month)
            title, head = N_("New starts that have not started"), N_("Permits missing")
            shown = [(uid, name, str(count)) for uid, name, count in rows]
        else:
            rows = indicators.smallest(session, scope, when) if behind == "smallest" else []
            title, head = N_("These few would do: catching up closes the gap"), N_("Behind (bn yuan)")
            if not rows:
                if behind == "smallest":
                    self.status(_(N_("No few projects close the gap: here is who is behind")), "$text-warning")
                rows = standings.behind(session.reader(), scope, when.year, when.month)
                title = N_("Behind their own curve")
            shown = [(uid, name, yi(amount)) for uid, name, amount in rows]
        self.zj.push_screen(MembersScreen(title, head, shown, self.as_known()))

    def action_freeze(self) -> None:
        """Ask for a name, and keep the month's figures under it."""
        from zjtui.ui.dialogs.prompt import Prompt
        from zjtui.usecases import freeze

        if not self.writable():
            return

        def named(name: str | None) -> None:
            if name:
                done = _(N_("Frozen: {name}")).format(name=name)
                self.run_worker(self.save(lambda: freeze.make(self.session, str(self.when), name), done))

        self.zj.push_screen(Prompt(N_("Freeze the month under which name?")), named)

    def action_choose_filter(self) -> None:
        """Choose the region, the field, or one's own projects."""
        from dataclasses import replace

        from zjtui.ui.dialogs.choice import Choice, choose_in_two_steps

        connection = self.zj.session.reader()  # names to find by are only made for the register as it is
        kinds = {
            "region": (N_("Region"), region_choices(connection)),
            "field9": (N_("Field"), [Choice(code, FIELDS9.label(code)) for code in FIELDS9]),
            "mine": (N_("Mine"), [Choice(self.session.person, _(N_("only projects I contact")))]),
        }
        current = {name: getattr(self.scope, name) for name in kinds}

        def chosen(found: dict[str, str]) -> None:
            self.scope = replace(self.scope, **found)
            self.reload()

        choose_in_two_steps(self.app, N_("Filter by"), kinds, current, chosen)


_FIRST = (N_("Investment"), N_("Starts"))
_PROBLEMS, _REGISTER, _PARTS = N_("Problems"), "register", N_("Completion side by side")


def standings_issues(session: Any, scope: Scope, when: Month) -> list[int]:
    """Return how many problems are open, by age."""
    from zjtui.store.read import care as reads

    found: list[int] = reads.issues(session.reader(), scope, when.year, when.month, session.today)["ages"]
    return found
