"""The reports: choose one, see it, change what it is of, save it as Word, Excel or Markdown."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import BindingType

from zjtui.domain.dates import parse_date
from zjtui.domain.month import Month
from zjtui.domain.understood import day_named
from zjtui.errors import ZjtuiError
from zjtui.i18n import N_, _, language
from zjtui.reports.page import Page
from zjtui.reports.registry import REPORTS
from zjtui.reports.telling import Params
from zjtui.store.read import find
from zjtui.ui import file_asking
from zjtui.ui.action import Action, bindings
from zjtui.ui.actions_looking import REPORT, REPORTS_LIST
from zjtui.ui.base import BaseScreen
from zjtui.ui.dialogs.choice import Choice, ChoiceDialog, choose_in_two_steps
from zjtui.ui.dialogs.prompt import Prompt
from zjtui.ui.regions import region_choices
from zjtui.ui.screens.page import PageScreen
from zjtui.ui.screens.table_screen import TableScreen
from zjtui.ui.watching import watched
from zjtui.ui.widgets.window_table import Cell, Column

if TYPE_CHECKING:
    from zjtui.usecases.session import Session

_MONTHS = 18  # to choose from


class ReportsScreen(TableScreen):
    """The list of reports."""

    ACTIONS: ClassVar[tuple[Action, ...]] = REPORTS_LIST
    BINDINGS: ClassVar[list[BindingType]] = bindings(REPORTS_LIST)

    def title_parts(self) -> list[str]:
        return [_(N_("Reports"))]

    def reload(self) -> None:
        """Tell them in the current language."""
        self.show_title()
        columns = [Column("label", _(N_("report|Report")), 22), Column("about", _(N_("About")), 70)]
        self.table.show(columns, range(1, len(REPORTS) + 1), self._fetch)

    @staticmethod
    def _fetch(wanted: Sequence[int]) -> list[list[Cell]]:
        reports = list(REPORTS.values())
        return [[_(reports[number - 1].label), _(reports[number - 1].about)] for number in wanted]

    def on_window_table_selected(self) -> None:
        """Open it."""
        self.action_open()

    def action_forms(self) -> None:
        """Show the workbooks of other offices."""
        self.zj.action_forms()

    def action_open(self) -> None:
        """Make the report under the cursor; ask for its project first where it is of one."""
        number = self.table.current
        if not number:
            return
        begin(self, list(REPORTS)[number - 1])


class ReportScreen(PageScreen):
    """One report as it was made; anew where the language changes."""

    ACTIONS: ClassVar[tuple[Action, ...]] = REPORT
    BINDINGS: ClassVar[list[BindingType]] = bindings(REPORT)

    def __init__(self, session: "Session", code: str, params: Params, made: Page) -> None:
        self.code, self.params = code, params
        known = {language(): made}
        super().__init__(
            N_("report|Report"),
            lambda: known.get(language()) or known.setdefault(language(), REPORTS[code].make(session, params)),
        )

    def action_write(self) -> None:
        """Ask as what it is saved, the Word file first."""
        choices = [
            Choice("docx", _(N_("Word file (.docx), by the template"))),
            Choice("xlsx", _(N_("Excel file (.xlsx)"))),
            Choice("md", _(N_("Markdown (.md)"))),
        ]

        def chosen(form: str | None) -> None:
            if form:
                self.run_worker(self._write(form))

        self.app.push_screen(ChoiceDialog(N_("Save the report as what?"), choices), chosen)

    async def _write(self, form: str) -> None:
        """Save it in the workspace's folder of reports and say where."""
        from zjtui.sheets import files

        page, folder = self.page, self.session.workspace.folder
        target = _free(folder / "reports" / f"{files.name(page, self.session.today)}.{form}")
        try:
            path = await asyncio.to_thread(lambda: files.write(page, target, self.code, folder / "templates"))
        except (ZjtuiError, OSError) as error:
            self.complain(error)
            return
        file_asking.written(self.zj, path, _(N_("Written: {path}")).format(path=path))

    def action_choose_filter(self) -> None:
        """Choose of which days, month, region, person or project it is."""
        kinds = _kinds(self.session, REPORTS[self.code].asks)
        current = {"region": self.params.region, "person": self.params.person, "month": str(self.params.month or "")}

        def chosen(found: dict[str, Any]) -> None:
            if "days" in found or "until" in found:
                self._ask_days(until_only="until" in found)
            elif "project" in found:
                self.app.push_screen(
                    _project_dialog(self.session), lambda uid: self._other(project=uid) if uid else None
                )
            elif "month" in found:
                self._other(month=Month.of(found["month"]) if found["month"] else None)
            else:
                self._other(**found)

        choose_in_two_steps(self.app, N_("What the report is of"), kinds, current, chosen, clear=False)

    def _ask_days(self, *, until_only: bool) -> None:
        def days_of(text: str) -> list[date]:
            return [parse_date(word, self.session.today) for word in text.split()]

        def typed(text: str | None) -> None:
            if not text:
                return
            days = days_of(text)
            if until_only:
                self._other(until=days[0])
            elif len(days) == 1:
                self._other(since=days[0], until=None)
            else:
                self._other(since=min(days[:2]), until=max(days[:2]))

        title = N_("By which day?") if until_only else N_("From which day to which? e.g. 2023-09-11 2023-09-17")
        reads = lambda text: "→ " + " · ".join(map(day_named, days_of(text)))  # noqa: E731
        self.app.push_screen(Prompt(title, reads=reads), typed)

    def _other(self, **changed: Any) -> None:
        params = replace(self.params, **changed)
        show(self, self.code, params, instead=True)


def begin(screen: BaseScreen, code: str) -> None:
    """Make a report; ask for its project first where it is of one."""
    if REPORTS[code].asks[0] != "project":
        show(screen, code, Params())
        return

    def chosen(uid: str | None) -> None:
        if uid:
            show(screen, code, Params(project=uid))

    screen.app.push_screen(_project_dialog(screen.session), chosen)


def show(screen: BaseScreen, code: str, params: Params, *, instead: bool = False) -> None:
    """Make a report off the screen's thread and show it, `instead` of the one in front."""
    session = screen.session

    def made(page: Page) -> None:
        if instead:
            screen.dismiss(None)
        screen.zj.push_screen(ReportScreen(session, code, params, page))

    watched(screen, N_("Making the report"), lambda _watch: REPORTS[code].make(session, params), made)


def _project_dialog(session: "Session") -> ChoiceDialog:
    def found(text: str) -> list[Choice]:
        return [Choice(row["uid"], row["name"]) for row in find.choices(session.reader(), "project", text, 50)]

    return ChoiceDialog(N_("Which project?"), found(""), source=found)


def _kinds(session: "Session", asks: Sequence[str]) -> dict[str, tuple[str, Sequence[Choice]]]:
    """Return what can be chosen for a report that asks for `asks`."""
    reader, today = session.reader(), session.today
    anything = Choice("", _(N_("(any)")))
    numbers = range(today.year * 12 + today.month - 1, today.year * 12 + today.month - 1 - _MONTHS, -1)
    typed = [Choice("typed", _(N_("type it")))]

    found: dict[str, tuple[str, Sequence[Choice]]] = {}
    for kind in asks:
        if kind == "month":
            found[kind] = (
                N_("Month"),
                [Choice(f"{n // 12}-{n % 12 + 1:02}", f"{n // 12}-{n % 12 + 1:02}") for n in numbers],
            )
        elif kind == "region":
            found[kind] = (N_("Region"), [anything, *region_choices(reader)])
        elif kind == "person":
            rows = find.choices(reader, "person", limit=5000)
            people = [Choice(row["uid"], row["name"], row["initials"]) for row in rows]
            found[kind] = (N_("Person"), [anything, *people])
        else:
            labels = {"days": N_("Days"), "until": N_("Time limit"), "project": N_("Project")}
            found[kind] = (labels[kind], typed)
    return found


def _free(path: Path) -> Path:
    """Return the path, or one with a number where a file is there already: it may have been worked on."""
    number, free = 2, path
    while free.exists():
        free = path.with_stem(f"{path.stem}-{number}")
        number += 1
    return free
