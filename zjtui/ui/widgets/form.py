"""A form made from declared fields: one line per field, checked while typing, choices with type-ahead."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from zjtui.domain.fields import F, Kind
from zjtui.domain.parse import parse
from zjtui.domain.show import label
from zjtui.errors import Refused
from zjtui.i18n import N_, _
from zjtui.ui.dialogs.choice import Choice
from zjtui.ui.text import cell_len, content
from zjtui.ui.widgets.inputs import SafeInput, marked
from zjtui.ui.widgets.suggestions import Suggestions

_WIDEST_LABEL = 31
_SEVERAL = (Kind.CODES, Kind.REFS)
_WORDS = (Kind.TEXT, Kind.LIST, *_SEVERAL)


@dataclass(frozen=True)
class FormField:
    """A declared field on a form: whether it must be filled, and where its choices come from."""

    name: str
    field: F
    required: bool = False
    choices: Callable[[str], list[Choice]] | None = None


class LineInput(SafeInput):
    """One line of a form; Enter and the arrows belong to the form."""

    async def _on_key(self, event: events.Key) -> None:
        if event.key in ("up", "down", "enter", "tab", "shift+tab"):
            event.stop()
            event.prevent_default()
            self.post_message(FormRow.Pressed(self, event.key))
            return
        await super()._on_key(event)


class LongInput(TextArea):
    """Several lines of a form; Tab leaves it, as do the arrows at its edges."""

    def get_line(self, line_index: int) -> Text:
        """Return a line as it is drawn: what cannot be seen is marked."""
        return Text(marked(self.document.get_line(line_index)), end="", no_wrap=True)

    async def _on_key(self, event: events.Key) -> None:
        row = self.cursor_location[0]
        leaves = event.key in ("tab", "shift+tab", "ctrl+j")
        leaves = leaves or (event.key == "up" and row == 0) or (event.key == "down" and row == self.document.end[0])
        if leaves:
            event.stop()
            event.prevent_default()
            self.post_message(FormRow.Pressed(self, event.key))
            return
        await super()._on_key(event)


class FormRow(Horizontal):
    """Label, editor and what is wrong with what is typed."""

    class Pressed(Message):
        """A key that the form decides about was pressed in `editor`."""

        def __init__(self, editor: Widget, key: str) -> None:
            super().__init__()
            self.editor = editor
            self.key = key

    def __init__(self, item: FormField, text: str) -> None:
        super().__init__(classes="form-row")
        self.item = item
        self.initial = text
        self.fault = ""
        self.set_class(item.field.kind is Kind.LONG, "-long")

    def compose(self) -> ComposeResult:
        star = "*" if self.item.required else " "
        yield Static(content(f"{star}{label(self.item.field)}"), classes="form-label")
        if self.item.field.kind is Kind.LONG:
            yield LongInput(self.initial, compact=True, show_line_numbers=False, soft_wrap=True, classes="form-editor")
        else:
            # Short values are typed anew, as in a spreadsheet; words are mended.
            anew = self.item.field.kind not in _WORDS
            yield LineInput(self.initial, compact=True, select_on_focus=anew, classes="form-editor")
        yield Static(classes="form-fault")

    @property
    def editor(self) -> LineInput | LongInput:
        """The widget that is typed into."""
        found = self.query(".form-editor").first()
        assert isinstance(found, LineInput | LongInput)
        return found

    @property
    def text(self) -> str:
        """What is typed."""
        editor = self.editor
        return editor.text if isinstance(editor, LongInput) else editor.value

    def put(self, text: str) -> None:
        """Replace what is typed."""
        editor = self.editor
        if isinstance(editor, LongInput):
            editor.text = text
        else:
            editor.value = text
            editor.cursor_position = len(text)

    def complain(self, fault: str) -> None:
        """Show what is wrong ("" where nothing is)."""
        self.fault = fault
        self.set_class(bool(fault), "-wrong")
        self.query_one(".form-fault", Static).update(content(f"! {fault}" if fault else "", "$text-error"))


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

    def __init__(self, items: Sequence[FormField], values: Mapping[str, str], today: date, start: str = "") -> None:
        super().__init__(id="form")
        self.items, self.values, self.today = items, dict(values), today
        self.start = start

    def compose(self) -> ComposeResult:
        group = ""
        for item in self.items:
            if item.field.group and item.field.group != group:
                group = item.field.group
                yield Static(content(_(group), "bold $accent"), classes="form-group")
            yield FormRow(item, self.values.get(item.name, ""))
        yield Suggestions()

    def on_mount(self) -> None:
        # As wide as the longest label of this language, as far as the line has room for it.
        width = min(max(cell_len(label(item.field)) for item in self.items) + 2, _WIDEST_LABEL)
        for shown in self.query(".form-label"):
            shown.styles.width = width
        self.query_one(Suggestions).styles.margin = (0, 0, 0, width)
        self.enter(self.start or next(iter(self.items)).name)

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
            row.editor.focus()

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

    def complain(self, refusals: Sequence[Refused]) -> None:
        """Show refusals at their fields and go to the first."""
        first = None
        for refusal in refusals:
            row = self.row(refusal.field)
            if row:
                row.complain(str(refusal))
                first = first or row
        if first:
            first.editor.focus()

    def check(self, row: FormRow) -> None:
        """Check one field as it stands."""
        try:
            value = parse(row.item.field, row.text, self.today)
        except Refused as refusal:
            row.complain(str(refusal))
            return
        missing = row.item.required and value in (None, [])
        row.complain(_(N_("needed")) if missing and row.has_class("-visited") else "")

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
            return
        text = row.text if row.item.field.kind not in _SEVERAL else row.text.replace("，", "、").rpartition("、")[2]
        panel.open(row, row.item.choices("" if opening else text.strip()), row.text)

    def on_form_row_pressed(self, event: FormRow.Pressed) -> None:
        """Arrows choose where there are choices, else they go to the next field; Enter takes and goes on."""
        event.stop()
        row = event.editor.parent
        assert isinstance(row, FormRow)
        panel = self.query_one(Suggestions)
        if panel.is_open and event.key in ("up", "down"):
            panel.step(1 if event.key == "down" else -1)
            return
        if panel.is_open:
            self._suggest(row)  # as the text stands now
        if event.key in ("enter", "tab") and panel.is_open and panel.chosen is not None:
            several = row.item.field.kind in _SEVERAL
            row.put(panel.take(row.text, several=several))
        self.step(row, -1 if event.key in ("up", "shift+tab") else 1, finish=event.key == "enter")

    def step(self, row: FormRow, direction: int, *, finish: bool = False) -> None:
        """Go to the next field, round the ends; Enter in the last one is done."""
        rows = list(self.rows())
        place = rows.index(row) + direction
        if finish and place == len(rows):
            self.post_message(self.Finished())
            return
        rows[place % len(rows)].editor.focus()
