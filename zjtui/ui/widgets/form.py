"""A form made from declared fields: one line per field, checked while typing, choices with type-ahead."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, TextArea
from textual.widgets._toast import ToastRack

from zjtui.domain.parse import being_typed, parse
from zjtui.domain.show import label
from zjtui.domain.understood import doubtful, question, understood
from zjtui.errors import Refused
from zjtui.i18n import N_, _
from zjtui.ui.text import cell_len
from zjtui.ui.widgets.form_row import SEVERAL, FormField, FormRow, LineInput, LongInput
from zjtui.ui.widgets.form_sections import SectionHead, Sections
from zjtui.ui.widgets.inputs import NothingTyped
from zjtui.ui.widgets.suggestions import Suggestions

WIDEST_LABEL = 37  # no label is cut: its unit stands at its end


class Form(VerticalScroll, can_focus=False):
    """The rows of a form, with what is typed into them as text."""

    class Changed(Message):
        """Something was typed: `typed` holds every field's text."""

        def __init__(self, typed: dict[str, str]) -> None:
            super().__init__()
            self.typed = typed

    class Focused(Message):
        """The cursor went to the field `row`."""

        def __init__(self, row: FormRow) -> None:
            super().__init__()
            self.row = row

    class Finished(Message):
        """Enter was pressed in the last field."""

    class NothingToUndo(Message):
        """Undo was pressed, and the form stands as it was opened."""

    def __init__(self, items: Sequence[FormField], values: Mapping[str, str], today: date, start: str = "") -> None:
        super().__init__(id="form")
        self.items, self.values, self.today = items, dict(values), today
        self.start = start
        self.sections = Sections()
        self._edited_last: list[LineInput | LongInput] = []  # the editors in the order in which they were typed into

    def compose(self) -> ComposeResult:
        group = ""
        for item in self.items:
            if item.field.group and item.field.group != group:
                group = item.field.group
                self.sections.heads.append(SectionHead(group))
                yield self.sections.heads[-1]
            row = FormRow(item, self.values.get(item.name, ""))
            self.sections.add(row)
            yield row
        yield Suggestions()

    def on_mount(self) -> None:
        # As wide as the longest label of this language, as far as the line has room for it.
        width = min(max(cell_len(label(item.field)) for item in self.items) + 2, WIDEST_LABEL)
        for shown in self.query(".form-label"):
            shown.styles.width = width
        self.query_one(Suggestions).left = width
        start = self.start or next(iter(self.items)).name
        self.sections.fold_empty(self.row(start))
        self.enter(start)

    def rows(self) -> Iterator[FormRow]:
        """Yield the rows in their order."""
        yield from self.query(FormRow)

    def row(self, name: str) -> FormRow | None:
        """Return the row of a field."""
        return next((row for row in self.rows() if row.item.name == name), None)

    def enter(self, name: str) -> None:
        """Put the cursor into a field."""
        row = self.row(name)
        if row:
            self.sections.reveal(row)
            row.editor.focus()
            if isinstance(row.editor, LineInput) and row.editor.select_on_focus:
                row.editor.select_all()  # also where the cursor was there already: what is typed next stands alone

    def go_to_section(self, row: FormRow, direction: int) -> None:
        """Put the cursor into the next or previous section."""
        if target := self.sections.next_to(row, direction):
            self.enter(target.item.name)

    def on_section_head_clicked(self, event: SectionHead.Clicked) -> None:
        """Fold or unfold; the section that the cursor is in stays open."""
        event.stop()
        inside = any(row.editor.has_focus for row in event.head.rows)
        event.head.fold(not event.head.folded and not inside)

    def typed(self) -> dict[str, str]:
        """Return every field's text."""
        return {row.item.name: row.text for row in self.rows()}

    def parsed(self) -> tuple[dict[str, Any], list[Refused]]:
        """Return every field's value, and what is wrong with those that have none."""
        values: dict[str, Any] = {}
        refusals = []
        for row in self.rows():
            try:
                values[row.item.name] = parse(row.item.field, row.text, self.today)
            except Refused as refusal:
                refusal.field = row.item.name
                refusals.append(refusal)
        return values, refusals

    def doubts(self, values: Mapping[str, Any]) -> list[str]:
        """Return what is to be asked about `values` before they are saved."""
        typed = [(row.item.field, row.text, values[row.item.name]) for row in self.rows() if row.item.name in values]
        return [question(*each, self.today) for each in typed if doubtful(*each, self.today)]

    def complain(self, refusals: Sequence[Refused], missing: Sequence[str] = ()) -> None:
        """Show refusals at their fields, and what is `missing`; go to the first of these fields on the form."""
        wrong = set(missing)
        for refusal in refusals:
            row = self.row(refusal.field)
            if row:
                row.complain(str(refusal))
                self.sections.reveal(row)
                wrong.add(refusal.field)
        first = next((row.item.name for row in self.rows() if row.item.name in wrong), "")
        self.enter(first)

    def check(self, row: FormRow) -> None:
        """Check one field as it stands."""
        try:
            value = parse(row.item.field, row.text, self.today)
        except Refused as refusal:
            row.complain(str(refusal))
            return
        missing = row.item.required and value in (None, []) and row.has_class("-visited")
        row.complain(_(N_("needed")) if missing else "", understood(row.item.field, row.text, value, self.today))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Check and keep with every letter."""
        event.stop()
        self._edited(event.input)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Check and keep with every letter."""
        event.stop()
        self._edited(event.text_area)

    def _edited(self, editor: Widget) -> None:
        row = editor.parent
        if isinstance(row, FormRow) and row.is_mounted:
            self._edited_last = [*(other for other in self._edited_last if other is not editor), row.editor]
            if editor.has_focus:
                self._suggest(row)
            if self.query_one(Suggestions).is_open:
                row.complain("")  # not wrong yet: a choice is being looked for
            else:
                self.check(row)
            self.post_message(self.Changed(self.typed()))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Offer the choices of the field that the cursor went to."""
        row = event.widget.parent
        if isinstance(row, FormRow):
            row.scroll_visible(animate=False)
            self.call_after_refresh(row.scroll_visible, animate=False)  # its section may just be unfolding
            self._suggest(row, opening=True)
            self.post_message(self.Focused(row))

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Check a field that was left, also for being empty."""
        row = event.widget.parent
        if isinstance(row, FormRow) and row.is_mounted:
            row.add_class("-visited")
            self.check(row)

    def _suggest(self, row: FormRow, *, opening: bool = False) -> None:
        panel = self.query_one(Suggestions)
        if row.item.choices is None:
            panel.close()
            self._show_messages(panel)
            return
        text = being_typed(row.text)[1] if row.item.field.kind in SEVERAL else row.text.strip()
        panel.open(row, row.item.choices("" if opening else text), row.text)
        self.call_after_refresh(self._place, row)
        self._show_messages(panel)

    def _show_messages(self, panel: Suggestions) -> None:
        """No message covers the choices; it comes back after them."""
        for messages in self.screen.query(ToastRack):
            messages.display = not panel.is_open

    def _place(self, row: FormRow) -> None:
        """Put the list of choices under its field; over it where there is more room."""
        panel = self.query_one(Suggestions)
        if panel.is_open:
            below = row.virtual_region.bottom - int(self.scroll_y)
            above = row.virtual_region.y - int(self.scroll_y)
            panel.place(below, above, self.size)

    def take_lit(self, row: FormRow) -> bool:
        """Take the choice that is lit for what stands in `row` now; tell whether there was one."""
        panel = self.query_one(Suggestions)
        if not panel.is_open:
            return False
        if not panel.stands_for(row):  # typed so fast that the list is still that of the text before
            self._suggest(row)
        if panel.chosen is None:
            return False
        row.put(panel.take(row.text, several=row.item.field.kind in SEVERAL))
        panel.close()
        return True

    def undo(self) -> bool:
        """Take back what was typed last, in whichever field; tell whether there was something."""
        for editor in reversed(self._edited_last):
            typed = editor.typed if isinstance(editor, LongInput) else editor.history.typed
            if typed:
                row = editor.parent
                assert isinstance(row, FormRow)
                self.enter(row.item.name)
                editor.action_undo()
                return True
        return False

    def on_suggestions_picked(self, event: Suggestions.Picked) -> None:
        """A click takes a choice, as Enter does."""
        event.stop()
        row = self.row(event.field)
        if row and self.take_lit(row):
            row.editor.focus()

    def on_nothing_typed(self, event: NothingTyped) -> None:
        """Nothing is left in the field under the cursor: go back to the one that was typed into before."""
        event.stop()
        if not self.undo():
            self.post_message(self.NothingToUndo())

    def on_form_row_pressed(self, event: FormRow.Pressed) -> None:
        """Arrows choose where there are choices, else they go to the next field; Enter takes and goes on."""
        event.stop()
        row = event.editor.parent
        assert isinstance(row, FormRow)
        panel = self.query_one(Suggestions)
        if panel.is_open and event.key in ("up", "down"):
            panel.step(1 if event.key == "down" else -1)
            return
        if event.key in ("enter", "tab"):
            self.take_lit(row)
        self.step(row, -1 if event.key in ("up", "shift+tab") else 1, finish=event.key == "enter")

    def step(self, row: FormRow, direction: int, *, finish: bool = False) -> None:
        """Go to the next field, round the ends; Enter in the last one is done."""
        rows = list(self.rows())
        place = rows.index(row) + direction
        if finish and place == len(rows):
            self.post_message(self.Finished())
            return
        self.enter(rows[place % len(rows)].item.name)
