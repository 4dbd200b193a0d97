"""The filter above a list: filters with every letter; full-width punctuation and an input method are no obstacle."""

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from zjtui.i18n import N_, _
from zjtui.ui.text import content
from zjtui.ui.widgets.inputs import SafeInput


class FilterInput(SafeInput):
    """One line; Enter, the arrows down and Esc go back to the list, as does Tab."""

    async def _on_key(self, event: events.Key) -> None:
        if event.key in ("enter", "down", "tab"):
            event.stop()
            event.prevent_default()
            self.post_message(FilterLine.Left())


class FilterLine(Horizontal):
    """A label, the text, and the other filters in force."""

    class Changed(Message):
        """The filter reads `text` now."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Left(Message):
        """The person is done typing."""

    def __init__(self) -> None:
        super().__init__()
        self._told = [""]  # what was typed, from the text that the list last showed on: the list may be behind

    def compose(self) -> ComposeResult:
        yield Static(id="filter-label")
        yield FilterInput(id="filter", compact=True, select_on_focus=False)
        yield Static(id="chips")

    def show(self, text: str, chips: Sequence[str], *, hint: str, label: str = "") -> None:
        """Show the filter as it is in force; what is being typed stays, also where the list has not come to it yet."""
        self.query_one("#filter-label", Static).update(content(label or _(N_(" Filter / ")), "dim"))
        field = self.query_one(FilterInput)
        field.placeholder = hint
        if text in self._told:
            del self._told[: self._told.index(text)]
        else:
            self._told = [text]
            field.load(text)
        self.query_one("#chips", Static).update(content("  ".join(f"[{chip}]" for chip in chips), "$accent"))

    def edit(self) -> None:
        """Put the cursor into the text."""
        field = self.query_one(FilterInput)
        field.focus()
        field.cursor_position = len(field.value)

    def begin(self, text: str) -> None:
        """Go on with the filter where a list was typed on: with what was typed in it."""
        self.edit()
        self.query_one(FilterInput).insert_text_at_cursor(text)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell the list."""
        event.stop()
        if event.value != self._told[-1]:
            self._told.append(event.value)
        self.post_message(self.Changed(event.value))
