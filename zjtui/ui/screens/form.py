"""A form on the whole screen: kept as it is typed, saved with Ctrl+S."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from zjtui.errors import Refused, RefusedMany
from zjtui.i18n import N_, _
from zjtui.ui import form_checks, form_helps
from zjtui.ui.action import Action, bindings
from zjtui.ui.actions import FORM
from zjtui.ui.base import BaseScreen
from zjtui.ui.forms import FormSpec
from zjtui.ui.keeping import Keeper, What
from zjtui.ui.naming import Naming
from zjtui.ui.widgets.form import Form
from zjtui.ui.widgets.form_row import FormRow, LineInput, LongInput
from zjtui.usecases import draft

if TYPE_CHECKING:
    from zjtui.usecases.session import Outcome


class FormScreen(BaseScreen):
    """Shows a `FormSpec`; closes with the outcome of saving, or None."""

    CSS_PATH = "../styles/form.tcss"
    ACTIONS: ClassVar[tuple[Action, ...]] = FORM
    BINDINGS: ClassVar[list[BindingType]] = bindings(FORM)

    def __init__(
        self,
        spec: FormSpec,
        then: Callable[[Any], None] | None = None,
        brought_back: dict[str, str] | None = None,
        completes: str = "",
    ) -> None:
        """Show `spec`; `then` gets what was saved, or None; `brought_back` was typed and discarded.

        `completes` is the draft of the form that is saved by this one.
        """
        super().__init__()
        self.completes = completes
        self.spec, self.then = spec, then
        self.typed = dict(spec.texts)
        self.restored: dict[str, str] | None = brought_back
        self.keeper = Keeper(self)
        self._saving = False
        self._values: dict[str, Any] = {}  # what was tried to be saved last
        self._names = Naming(spec.items)
        self._over = False  # saved or given up: nothing more is kept

    def body(self) -> Iterable[Widget]:
        self.restored = self.restored or draft.find(self.session, self.spec.key)
        known = {item.name for item in self.spec.items}
        kept = {name: text for name, text in (self.restored or {}).items() if name in known}
        self.typed = {**self.spec.texts, **kept}
        yield Form(self.spec.items, self.typed, self.session.today, self.spec.start)

    def on_mount(self) -> None:
        self.show_title()
        if self.restored:
            self.status(_(N_("Your draft is back: it was kept as it was typed")), "$text-warning")
            self._keep()

    def title_parts(self) -> list[str]:
        return [self.spec.subject, _(self.spec.title)]

    @property
    def form(self) -> Form:
        """The form itself."""
        return self.query_one(Form)

    @property
    def dirty(self) -> bool:
        """Whether something would be lost."""
        return any(text != self.spec.texts.get(name, "") for name, text in self.typed.items())

    def relabel(self) -> None:
        """Labels of a form stay in the language in which it was opened: what is typed refers to them."""
        self.show_title()
        self.query_one("#keys").refresh()

    def on_form_changed(self, event: Form.Changed) -> None:
        """Keep what is typed in the database, the newest state only."""
        if event.typed == self.typed:
            return
        self.typed = event.typed
        self._keep()
        if self.spec.hint and (text := self.spec.hint(self.typed)):
            self.status(text, "$text-warning")

    def _keep(self, *, say: bool = False) -> None:
        """Keep what is typed, as the writer: what lies under it may have gone, then a file takes it."""
        if not (self._over or self._saving) and self.session.workspace.holds:
            self.keeper.keep(self._draft(), say=say)

    def _draft(self) -> What:
        typed = form_helps.as_meant(self.spec.items, self.typed, self.form.today)
        return self.spec.key, self.spec.title, f"{_(self.spec.title)}: {self.spec.subject}", typed

    def keep_typed(self) -> None:
        """Keep what stands in the fields, before the app ends."""
        self.typed = self.form.typed()
        if self.dirty and not self._over and self.session.workspace.holds:
            self.keeper.keep_now(self._draft())

    def day_turned(self) -> None:
        """From here on a day is understood from the new today; what was typed means the day that it meant."""
        super().day_turned()
        form_helps.turn_day(self.form, self.session.today)

    def on_form_focused(self, event: Form.Focused) -> None:
        """Say how this field is typed, or what is wrong with it."""
        row: FormRow = event.row
        told = form_checks.told_of(self, row)
        self.status(told or form_helps.hint(self, row.item.field), "$text-error" if told else "dim")

    def on_form_finished(self) -> None:
        """Enter in the last field does not save: a slip would."""
        self.status(_(N_("Ctrl+S saves")), "bold")

    def action_next_field(self, direction: int) -> None:
        """Go to the next or previous field."""
        row = self.focused.parent if self.focused else None
        if isinstance(row, FormRow):
            self.form.step(row, direction)

    def action_attach(self) -> None:
        """Choose photos or files that go with what is being entered."""
        form_helps.attach(self)

    def action_add_here(self) -> None:
        """Add the person or unit that the field asks for."""
        form_helps.add_missing(self)

    def action_section(self, direction: int) -> None:
        """Go to the next or previous section."""
        row = self.focused.parent if self.focused else None
        if isinstance(row, FormRow):
            self.form.go_to_section(row, direction)

    def undo_typed(self) -> bool:
        """Take back what was typed last. As long as the form is open, undo never reaches the register."""
        if not self.form.undo():
            self.on_form_nothing_to_undo()
        return True

    def redo_typed(self) -> bool:
        """Type again what was taken back in the field under the cursor."""
        if isinstance(self.focused, LineInput | LongInput):
            self.focused.action_redo()
        return True

    def on_form_nothing_to_undo(self) -> None:
        """Say where what was saved is taken back."""
        self.status(_(N_("Nothing typed is left to take back; Esc leaves the form")), "dim")

    async def action_save(self) -> None:
        """Save, and close where the rules allow it."""
        if self._saving or self._over or not self.writable():
            return
        row = self.focused.parent if self.focused else None
        if isinstance(row, FormRow) and self.form.take_lit(row):
            self.typed = self.form.typed()
        values = form_checks.filled_in(self)
        if values is None:
            return
        values = self._names.marked(values)
        if self._names.ask(self, values):
            return
        if told := form_checks.doubts(self, values):
            self._ask("\n".join(told), values)
            return
        await self._save(values)

    def _ask(self, told: str, values: dict[str, Any]) -> None:
        """Save only after saying what that does."""
        from zjtui.ui.dialogs.confirm import Question

        def answered(answer: str | None) -> None:
            if answer == "save":
                self.run_worker(self._save(values))

        answers = [("stay", N_("Go on typing")), ("save", N_("Save"))]
        self.app.push_screen(Question(N_("Save this?"), told, answers, typing=True), answered)

    def touched(self, name: str) -> bool:
        """Tell whether a field reads otherwise than at first."""
        return self.typed.get(name, "") != self.spec.texts.get(name, "")

    async def _save(self, values: dict[str, Any]) -> None:
        if self.spec.collect:
            self._drop()
            self.dismiss(None)
            self.spec.collect(values)
            return
        use_case = self.spec.save
        if use_case is None:
            return
        session, keys = self.session, [key for key in (self.spec.key, self.completes) if key]

        def work() -> "Outcome":
            with session.made_of(*keys):  # a draft goes in the transaction in which its record comes
                return use_case(values)

        self._saving, self._values = True, values
        self.keeper.stop()
        try:
            outcome = await self.save(work, _(self.spec.done))
        finally:
            self._saving = False
        if outcome is None:
            self._keep()  # what was typed since
        self._close(outcome)

    def _close(self, outcome: Any) -> None:
        """Close once it is saved; the draft is gone."""
        if outcome is not None:
            self.keeper.stop()
            self._over = True
            self.zj.stand_on(outcome.uid)
            self.dismiss(outcome)

    def _drop(self) -> None:
        """Forget the draft; from here on nothing more is kept."""
        self.keeper.stop()
        if not self.session.workspace.read_only:
            draft.drop(self.session, self.spec.key)
        self._over = True

    def complain(self, error: Exception) -> None:
        """Show refusals at their fields; the rest as a message. The form keeps its text.

        Where nothing is wrong but that it has to be a correction, its reason is asked for.
        """
        if self.spec.correct and (other := self.spec.correct(self._values, error)):
            self.app.push_screen(FormScreen(other, completes=self.spec.key), self._close)
        if isinstance(error, RefusedMany):
            self.form.complain(error.refusals)
            here = {item.name for item in self.spec.items}
            self.status(str(error), "$text-error")
            if all(refusal.field in here for refusal in error.refusals):
                return
        super().complain(error)
        if not isinstance(error, Refused):  # the disk, mostly: does it still take what is typed?
            self._keep(say=True)

    def action_back(self) -> None:
        """Close; ask only where something would be lost."""
        if not self.dirty:
            if self.restored:
                self._drop()
            self.dismiss(None)
            return
        self._ask_what_of_it()

    def _ask_what_of_it(self) -> None:
        """Ask what becomes of what was typed: no key alone throws it away."""
        from zjtui.ui.dialogs.confirm import Question

        answers = [
            ("keep", N_("Close, keep the draft for later")),
            ("save", N_("Save")),
            ("discard", N_("Discard what was typed")),
            ("stay", N_("Go on typing")),
        ]
        question = Question(N_("Not saved yet"), self.keeper.told(), answers, typing=True)
        self.app.push_screen(question, self._answered)

    async def _answered(self, answer: str | None) -> None:
        if answer == "keep":
            self._keep()
            await self.keeper.settled()
            if not self.keeper.lost:
                self.dismiss(None)
        elif answer == "save":
            await self.action_save()
        elif answer == "discard":
            self._discard()

    def action_same(self) -> None:
        """Fill the empty or untouched fields as they were last time."""
        form_helps.same(self)

    def action_snippet(self) -> None:
        """Put a ready sentence into the field."""
        from zjtui.ui.snippets import choose

        choose(self)

    def _discard(self) -> None:
        """Close and forget what was typed; undo brings it back."""
        spec, then, typed, app = self.spec, self.then, self.typed, self.zj
        self._drop()
        app.discarded.note(self.session, lambda: app.show_form(spec, then, typed))
        self.dismiss(None)
