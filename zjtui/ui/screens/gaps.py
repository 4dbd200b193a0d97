"""Gaps (0): what is missing or forgotten in all projects, a region or one's own, kind by kind (查漏补缺)."""

from collections.abc import Sequence
from dataclasses import replace
from time import monotonic
from typing import Any, ClassVar

from textual.binding import BindingType

from zjtui.domain.finding import GAPS as KINDS
from zjtui.domain.finding import kind_of
from zjtui.i18n import N_, _
from zjtui.store.read import find, findings
from zjtui.store.read.findings import Board, Scope
from zjtui.ui.action import Action, bindings
from zjtui.ui.actions_looking import GAPS
from zjtui.ui.screens.findings import PATIENCE, FindingsScreen

_EACH = 5  # rows of a kind while all kinds are shown


class GapsScreen(FindingsScreen):
    """The gap board: every kind with its count and its weightiest rows; Enter on a kind shows all of it."""

    NAME = "gaps"
    KIND_NAMED = False
    ACTIONS: ClassVar[tuple[Action, ...]] = GAPS
    BINDINGS: ClassVar[list[BindingType]] = bindings(GAPS)

    def __init__(self) -> None:
        super().__init__()
        self.kind = ""  # "": all of them, a few rows each
        self._heads: list[str] = []  # the kinds of the headings, in their order
        self._read = False

    def title_parts(self) -> list[str]:
        region = self.scope.region
        names = find.names(self.session.reader(), "region", {region}) if region else {}
        scope = names.get(region, region) or (_(N_("mine")) if self.scope.person else _(N_("all projects")))
        return [_(N_("Gaps")), scope, _(kind_of(self.kind).label) if self.kind else ""]

    def read(self, connection: Any) -> Any:
        asked = self.looked = self.asked(self.scope)
        if self.kind:
            return self.look(connection, asked, (self.kind,))
        told = monotonic()

        def progress(board: Board) -> None:  # the first look at a large register fills in kind by kind
            nonlocal told
            if monotonic() - told > PATIENCE:
                told = monotonic()
                self.tell_so_far(replace(board, keys=board.keys[:], counts=dict(board.counts)))

        return findings.overview(connection, asked, _EACH, progress)

    def so_far(self, board: Board) -> None:
        self._read = True
        super().so_far(board)

    def take(self, result: Any) -> None:
        self.board = result
        self._read = True

    def rows(self) -> tuple[Sequence[int], list[str]]:
        if self.kind or not self._read:
            return super().rows()
        of_kind: dict[str, list[int]] = {}
        for key in self.shown:
            of_kind.setdefault(findings.kind(key), []).append(key)
        # What there is comes first; what there is none of is named all the same, so that it is seen to be clear.
        self._heads = sorted(KINDS, key=lambda kind: not self.board.counts.get(kind))
        ids: list[int] = []
        headings = []
        for number, kind in enumerate(self._heads):
            ids += [-number, *of_kind.get(kind, [])]
            headings.append(self._heading(kind))
        return ids, headings

    def _heading(self, kind: str) -> str:
        count, aside = self.board.counts.get(kind, 0), self.board.aside.get(kind, 0)
        name = f"{kind_of(kind).gap} {_(kind_of(kind).label)}".strip()
        text = f"── {name} ({count:,})"
        return text + " · " + _(N_("{count} set aside")).format(count=aside) if aside else text

    def empty_text(self) -> str:
        return _(N_("Nothing of this kind")) if self._read else _(N_("Looking…"))

    def told(self) -> str:
        board = self.board
        told = _(N_("{count} gaps · {aside} set aside")).format(count=f"{board.total:,}", aside=f"{board.set_aside:,}")
        return told if self.kind else told + " · " + _(N_("⏎ on a kind shows all of it"))

    def action_open(self) -> None:
        """Open what the finding is about; on a heading, show all of its kind."""
        number = self.table.current
        if number is not None and number <= 0:
            self._show(self._heads[-number])
        else:
            super().action_open()

    def _show(self, kind: str) -> None:
        self.kind = kind
        self.begin()

    def action_section(self, step: int) -> None:
        """Go to the next kind, or the one before."""
        if self.kind:
            self._show(KINDS[(KINDS.index(self.kind) + step) % len(KINDS)])
            return
        table = self.table
        places = [row for row, number in enumerate(table.ids) if number <= 0]
        ahead = [row for row in places if row > table.cursor] if step > 0 else []
        before = [row for row in places if row < table.cursor] if step < 0 else []
        if ahead or before:
            table.cursor = ahead[0] if ahead else before[-1]

    def action_choose_scope(self) -> None:
        """Choose whose gaps: all, mine, or a region's."""
        from zjtui.ui.dialogs.choice import Choice, ChoiceDialog
        from zjtui.ui.regions import region_choices

        reader = self.session.reader()
        choices = [Choice("", _(N_("all projects"))), Choice("mine", _(N_("only projects I contact")))]
        choices += region_choices(reader)

        def chosen(value: str | None) -> None:
            if value is not None:
                mine = findings.scope_of(self.session.reader(), self.session.person)
                self.scope = mine if value == "mine" else Scope(region=value)
                self.begin()

        self.app.push_screen(ChoiceDialog(N_("Gaps of"), choices, self.scope.region), chosen)

    def action_print_visits(self) -> None:
        """Write the planned visits of a day, county by county."""
        self.zj.deeds.write_visits(self.zj)

    def action_back(self) -> None:
        """Go back from one kind to all of them, then to the projects."""
        if self.kind and not self.text:
            self._show("")
        else:
            super().action_back()
