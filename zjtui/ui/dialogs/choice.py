"""Choosing from a list with the keyboard: type part of a name or its pinyin initials, arrows, Enter."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from zjtui.domain import pinyin
from zjtui.i18n import N_, _
from zjtui.ui.key_meanings import MEANINGS, bound
from zjtui.ui.text import content, styled
from zjtui.ui.widgets.inputs import SafeInput

T = TypeVar("T")


@dataclass(frozen=True)
class Choice:
    """One thing to choose: its value, what is shown, its pinyin initials, and why it cannot be chosen ("": it can).

    `also` is what else it is called; by that it is found, behind those whose own label fits.
    """

    value: str
    label: str
    initials: str = ""
    disabled: str = ""
    also: str = ""


class _Narrowing(SafeInput):
    """The line that narrows the list; a space before anything is typed is none, it marks."""

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "space" and not self.value:
            event.stop()
            event.prevent_default()
            await self.screen.run_action("mark")


class _Picker(ModalScreen[T], Generic[T]):
    """A titled list with a line to type in; typing narrows the list."""

    CSS_PATH = "../styles/dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [bound("back", "dismiss_nothing")]

    def __init__(self, title: str, choices: Sequence[Choice], hint: str, current: str | None = None) -> None:
        super().__init__()
        self.heading, self.choices, self.hint, self.current = title, list(choices), hint, current
        self.shown: list[Choice] = []

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(content(_(self.heading), "bold"), classes="dialog-title")
            yield _Narrowing(id="narrow", compact=True, placeholder=_(N_("type to narrow")))
            yield OptionList(id="options", compact=True)
            yield Static(content(_(self.hint), "dim"), classes="dialog-hint")

    def on_mount(self) -> None:
        self.query_one(OptionList).can_focus = False
        self.narrow("")
        if self.shown:
            row = next((number for number, choice in enumerate(self.shown) if choice.value == self.current), 0)
            self.query_one(OptionList).highlighted = row
        self.query_one(SafeInput).focus()

    def narrow(self, text: str) -> None:
        """Show the choices that `text` fits."""
        wanted = text.strip()
        self.shown = self.fitting(wanted)
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(self.prompt(choice), disabled=False) for choice in self.shown])
        if self.shown:
            options.highlighted = 0
        else:
            options.add_option(Option(content(_(N_("Nothing fits: type less, or other words")), "dim"), disabled=True))

    def fitting(self, wanted: str) -> list[Choice]:
        """Return the choices that `wanted` fits."""
        return narrowed(self.choices, wanted)

    def prompt(self, choice: Choice) -> Any:
        """Return how a choice is shown."""
        if choice.disabled:
            return styled((f"{choice.label}  ", "$foreground 60%"), (_(N_("(not from here)")), "$foreground 60%"))
        return content(choice.label)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow with every letter."""
        self.narrow(event.value)

    def on_key(self, event: events.Key) -> None:
        """Let the arrows move in the list while the cursor is in the text."""
        moves: dict[str, Callable[[], None]] = {
            "down": self.query_one(OptionList).action_cursor_down,
            "up": self.query_one(OptionList).action_cursor_up,
            "pagedown": self.query_one(OptionList).action_page_down,
            "pageup": self.query_one(OptionList).action_page_up,
        }
        if event.key in moves:
            event.stop()
            moves[event.key]()

    @property
    def highlighted(self) -> Choice | None:
        """The choice under the cursor."""
        row = self.query_one(OptionList).highlighted
        return self.shown[row] if row is not None and row < len(self.shown) else None

    def on_input_submitted(self) -> None:
        """Enter takes the highlighted choice."""
        self.take()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """So does the mouse."""
        event.stop()
        self.clicked()

    def clicked(self) -> None:
        """Do what a click on the highlighted choice does."""
        self.take()

    def take(self) -> None:
        """Take the highlighted choice."""
        raise NotImplementedError

    def action_dismiss_nothing(self) -> None:
        """Close without choosing."""
        self.dismiss(None)


class ChoiceDialog(_Picker[str | None]):
    """Choose one; the result is its value, or None."""

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        current: str | None = None,
        source: Callable[[str], Sequence[Choice]] | None = None,
    ) -> None:
        super().__init__(title, choices, N_("↑↓ choose   ⏎ take   Esc back"), current)
        self.source = source  # finds the choices for what is typed, where there are too many to hold

    def fitting(self, wanted: str) -> list[Choice]:
        return list(self.source(wanted)) if self.source else super().fitting(wanted)

    def take(self) -> None:
        choice = self.highlighted
        if choice is None:
            return
        if choice.disabled:
            self.app.notify(content(choice.disabled).plain, severity="warning", markup=False)
            return
        self.dismiss(choice.value)


class ManyDialog(_Picker[list[str] | None]):
    """Choose several: Insert or Space marks, Enter takes them; the result is the marked values in the order of marking.

    Where nothing is marked Enter takes the one under the cursor.
    """

    BINDINGS: ClassVar[list[BindingType]] = [bound("save", "take"), Binding("insert", "mark", MEANINGS["mark"].label)]

    def __init__(self, title: str, choices: Sequence[Choice], marked: Sequence[str]) -> None:
        super().__init__(title, choices, N_("↑↓ choose   Space mark   ⏎ take   Esc back"))
        self.marked = list(marked)
        self._before = list(marked)

    def prompt(self, choice: Choice) -> Any:
        return content(("[x] " if choice.value in self.marked else "[ ] ") + choice.label)

    def clicked(self) -> None:
        """The mouse marks, as several can be chosen."""
        self.action_mark()

    def action_mark(self) -> None:
        """Mark the choice under the cursor, or unmark it, and go on."""
        choice = self.highlighted
        if choice is None:
            return
        if choice.value in self.marked:
            self.marked.remove(choice.value)
        else:
            self.marked.append(choice.value)
        options = self.query_one(OptionList)
        row = options.highlighted or 0
        options.replace_option_prompt_at_index(row, self.prompt(choice))
        if row + 1 < len(self.shown):
            options.action_cursor_down()

    def take(self) -> None:
        alone = [] if self.marked or self._before or self.highlighted is None else [self.highlighted.value]
        self.dismiss(self.marked or alone)

    def action_take(self) -> None:
        """Close with what is marked."""
        self.take()


def choose_in_two_steps(
    app: App[Any],
    title: str,
    kinds: Mapping[str, tuple[str, Sequence[Choice]]],
    current: Mapping[str, str],
    then: Callable[[dict[str, str]], None],
    *,
    clear: bool = True,
) -> None:
    """Let a person choose a kind, then its value; `then` gets {kind: value}. With `clear`, "" means any value."""
    first = [
        Choice(kind, " · ".join([_(heading), *(each.label for each in values if each.value == current.get(kind))]))
        for kind, (heading, values) in kinds.items()
    ]
    if clear:
        first.append(Choice("", _(N_("Clear all filters"))))

    def kind_chosen(kind: str | None) -> None:
        if kind is None:
            return
        if not kind:
            then(dict.fromkeys(kinds, ""))
            return
        heading, values = kinds[kind]
        options = [Choice("", _(N_("(any)"))), *values] if clear else list(values)

        def value_chosen(value: str | None) -> None:
            if value is not None:
                then({kind: value})

        app.push_screen(ChoiceDialog(heading, options, current.get(kind, "")), value_chosen)

    app.push_screen(ChoiceDialog(title, first), kind_chosen)


def narrowed(choices: Sequence[Choice], wanted: str) -> list[Choice]:
    """Return the choices that what was typed fits; what begins so comes first: Enter and Tab take it.

    Those that are only called so elsewhere come last.
    """
    if not wanted:
        return list(choices)
    known = [(choice, choice.initials or initials(choice.label)) for choice in choices]
    found = [pair for pair in known if pinyin.matches(wanted, f"{pair[0].label} {pair[0].value}", pair[1])]
    found.sort(key=lambda pair: pair[0].value != wanted and pinyin.closeness(wanted, pair[0].label, pair[1]))
    by_label = [choice for choice, _initials in found]
    return by_label + [each for each in choices if each not in by_label and pinyin.matches(wanted, each.also, "")]


def initials(text: str) -> str:
    """Return the pinyin initials of a label; plain ASCII needs none."""
    return "" if text.isascii() else pinyin.keys(text)[1]
