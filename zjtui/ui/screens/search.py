"""Search (F7): words, of any length, in projects, follow-ups and issues."""

from collections.abc import Iterable
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from zjtui.domain import registry
from zjtui.i18n import N_, _
from zjtui.store.read.searching import find
from zjtui.ui.action import Action, bindings
from zjtui.ui.actions import SEARCH
from zjtui.ui.base import BaseScreen
from zjtui.ui.widgets.filter_line import FilterLine
from zjtui.ui.widgets.window_table import Cell, Column, WindowTable

_LIMIT = 200


class SearchScreen(BaseScreen):
    """One line to type in, the newest finds below."""

    ACTIONS: ClassVar[tuple[Action, ...]] = SEARCH
    BINDINGS: ClassVar[list[BindingType]] = bindings(SEARCH)

    def __init__(self) -> None:
        super().__init__()
        self.words = ""
        self.found: list[dict[str, Any]] = []

    def body(self) -> Iterable[Widget]:
        yield FilterLine()
        yield WindowTable()

    def on_mount(self) -> None:
        self.reload()
        self.query_one(FilterLine).edit()

    def title_parts(self) -> list[str]:
        return [_(N_("Search"))]

    def record_in_front(self) -> tuple[str, str] | None:
        """Return what the history is asked about."""
        item = self._current()
        return (item["entity"], item["uid"]) if item else None

    def reload(self) -> None:
        """Search anew."""
        self.show_title()
        self.query_one(FilterLine).show(self.words, [], label=_(N_(" Search: ")), hint=_(N_("words in any text")))
        self.found = find(self.session.reader(), self.words, limit=_LIMIT) if self.words.strip() else []
        headings = [
            Column("entity", _(N_("Record")), 10),
            Column("date", _(N_("Date")), 10),
            Column("project", _(N_("Project")), 26),
            Column("text", _(N_("Text")), 80),
        ]

        def row(item: dict[str, Any]) -> list[Cell]:
            noun = _(registry.model(item["entity"]).noun)
            return [(noun, "muted"), item["day"] or "", item["project_name"] or "", item["text"]]

        empty = (
            _(N_("Nothing is found")) if self.words.strip() else _(N_("Type one or more words; Enter goes to the list"))
        )
        self.query_one(WindowTable).show(
            headings,
            range(1, len(self.found) + 1),
            lambda ids: [row(self.found[number - 1]) for number in ids],
            empty=empty,
        )
        more = "+" if len(self.found) >= _LIMIT else ""
        self.status(_(N_("{count} found")).format(count=f"{len(self.found)}{more}") if self.words.strip() else "")

    def on_filter_line_changed(self, event: FilterLine.Changed) -> None:
        """Search with every letter."""
        if event.text != self.words:
            self.words = event.text
            self.query_one(WindowTable).ids = ()
            self.reload()

    def on_filter_line_left(self) -> None:
        """Go to what was found."""
        self.query_one(WindowTable).focus()

    def _current(self) -> dict[str, Any] | None:
        number = self.query_one(WindowTable).current
        return self.found[number - 1] if number else None

    def on_window_table_selected(self) -> None:
        """Open it."""
        self.action_open()

    def action_open(self) -> None:
        """Open what was found."""
        if item := self._current():
            self.zj.open_record(item["entity"], item["uid"])
