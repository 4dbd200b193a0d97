"""The sections of a long form: those that nobody filled in are one line each, until the cursor goes there."""

from collections.abc import Iterator, Sequence

from textual import events
from textual.message import Message
from textual.widgets import Static

from zjtui.i18n import N_, _
from zjtui.ui.text import content
from zjtui.ui.widgets.form_row import FormRow

_LONG = 12  # fields: a shorter form shows all of them


class SectionHead(Static):
    """The line above a section; a click folds and unfolds it."""

    class Clicked(Message):
        """The line was clicked."""

        def __init__(self, head: "SectionHead") -> None:
            super().__init__()
            self.head = head

    def __init__(self, title: str) -> None:
        super().__init__(classes="form-group")
        self.title = title
        self.rows: list[FormRow] = []
        self.folded = False

    def fold(self, folded: bool) -> None:
        """Show the fields of the section, or the line alone."""
        self.folded = folded
        for row in self.rows:
            row.set_class(folded, "-folded")
        more = _(N_(" · fields: {count}")).format(count=len(self.rows)) if folded else ""
        self.update(content(f"{'▸' if folded else '▾'} {_(self.title)}{more}", "bold $accent"))

    def on_click(self, event: events.Click) -> None:
        """The mouse folds too."""
        event.stop()
        self.post_message(self.Clicked(self))


class Sections:
    """The heads of a form in their order; the fields before the first head always stand open."""

    def __init__(self) -> None:
        self.heads: list[SectionHead] = []
        self.first: list[FormRow] = []  # fields without a section

    def add(self, row: FormRow) -> None:
        """Put a field into the section that was opened last."""
        (self.heads[-1].rows if self.heads else self.first).append(row)

    def fold_empty(self, start: FormRow | None) -> None:
        """Fold what nobody filled in, in a long form: no field needed, none with a text, none to begin in."""
        many = sum(len(head.rows) for head in self.heads) + len(self.first) > _LONG
        for number, head in enumerate(self.heads):
            open_ = (number == 0 and not self.first) or start in head.rows
            filled = any(row.item.required or row.initial.strip() for row in head.rows)
            head.fold(many and not open_ and not filled)

    def reveal(self, row: FormRow) -> None:
        """Unfold the section of a field."""
        head = self.head_of(row)
        if head and head.folded:
            head.fold(False)

    def head_of(self, row: FormRow) -> SectionHead | None:
        """Return the head of a field's section."""
        return next((head for head in self.heads if row in head.rows), None)

    def next_to(self, row: FormRow, direction: int) -> FormRow | None:
        """Return the first field of the next or previous section, round the ends."""
        starts = [rows[0] for rows in self._all() if rows]
        here = next((number for number, rows in enumerate(self._all()) if row in rows), 0)
        return starts[(here + direction) % len(starts)] if len(starts) > 1 else None

    def _all(self) -> Iterator[Sequence[FormRow]]:
        if self.first:
            yield self.first
        yield from (head.rows for head in self.heads)
