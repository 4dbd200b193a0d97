"""One field of a form: its label, the editor that is typed into, and what is wrong with what is typed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static, TextArea

from zjtui.domain.fields import F, Kind
from zjtui.domain.show import label
from zjtui.ui import copying
from zjtui.ui.dialogs.choice import Choice
from zjtui.ui.key_meanings import bound
from zjtui.ui.text import content
from zjtui.ui.widgets.inputs import NOT_TYPING, UNDO, NothingTyped, SafeInput, marked

SEVERAL = (Kind.CODES, Kind.REFS)
SCREENS = {"ctrl+d": "attach"}  # keys that a line would take for deleting and that belong to the form
_WORDS = (Kind.TEXT, Kind.LIST, *SEVERAL)


@dataclass(frozen=True)
class FormField:
    """A declared field on a form: whether it must be filled, and where its choices come from.

    What is `starred` is needed as things stand; the form asks when it is saved.
    """

    name: str
    field: F
    required: bool = False
    choices: Callable[[str], list[Choice]] | None = None
    starred: bool = False


async def _to_form(editor: Widget, event: events.Key, *, leaves: bool) -> None:
    """Hand a key to the form where it `leaves` the field, or to the screen where it belongs to that."""
    if not leaves and event.key not in SCREENS:
        return
    event.stop()
    event.prevent_default()
    if leaves:
        editor.post_message(FormRow.Pressed(editor, event.key))
    else:
        await editor.screen.run_action(SCREENS[event.key])


class LineInput(SafeInput):
    """One line of a form; Enter and the arrows belong to the form."""

    BINDINGS: ClassVar[list[BindingType]] = NOT_TYPING

    async def _on_key(self, event: events.Key) -> None:
        await _to_form(self, event, leaves=event.key in ("up", "down", "enter", "tab", "shift+tab"))


class LongInput(TextArea):
    """Several lines of a form; Tab leaves it, as do the arrows at its edges."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *UNDO, *NOT_TYPING, bound("filter_by", "pass_on"), bound("search", "pass_on"),
    ]  # fmt: skip

    @property
    def typed(self) -> bool:
        """Whether there is something to take back."""
        return bool(self.history.undo_stack)

    def action_undo(self) -> None:
        """Take back what was typed last in this field."""
        if self.typed:
            super().action_undo()
        else:
            self.post_message(NothingTyped(self))

    def action_copy(self) -> None:
        """Copy what is selected in the field, or all of it."""
        if not self.text:
            raise SkipAction
        copying.put(self.screen, self.selected_text or self.text)

    def action_pass_on(self) -> None:
        """A function key with which text could be selected is the screen's, as everywhere."""
        raise SkipAction

    def get_line(self, line_index: int) -> Text:
        """Return a line as it is drawn: what cannot be seen is marked."""
        return Text(marked(self.document.get_line(line_index)), end="", no_wrap=True)

    async def _on_key(self, event: events.Key) -> None:
        row = self.cursor_location[0]
        leaves = event.key in ("tab", "shift+tab", "ctrl+j")
        leaves = leaves or (event.key == "up" and row == 0) or (event.key == "down" and row == self.document.end[0])
        await _to_form(self, event, leaves=leaves)


class FormRow(Horizontal):
    """Label, editor and beside it how what is typed is understood, or what is wrong with it."""

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
        star = "*" if self.item.required or self.item.starred else " "
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
            editor.replace(text, (0, 0), editor.document.end)  # a text that is set anew could not be taken back
        else:
            editor.value = text
            editor.cursor_position = len(text)

    def complain(self, fault: str, echo: str = "") -> None:
        """Show what is wrong, or where nothing is ("") how it is understood."""
        self.fault = fault
        self.set_class(bool(fault), "-wrong")
        text, tone = (f"! {fault}", "$text-error") if fault else (echo, "dim")
        self.query_one(".form-fault", Static).update(content(text, tone))
