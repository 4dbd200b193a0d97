"""A name in a form that nobody has: who is meant, or is it a new one? Asked before anything is saved."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from zjtui.domain.named import mark
from zjtui.domain.show import label
from zjtui.errors import Msg
from zjtui.i18n import N_, _
from zjtui.store.read import find
from zjtui.ui.widgets.form_row import FormField

if TYPE_CHECKING:
    from zjtui.ui.screens.form import FormScreen
    from zjtui.usecases.names import Near, Unknown

_ADD = {"org": N_("Add “{name}” as a new unit"), "person": N_("Add “{name}” as a new person")}
_NEW, _BACK = "new", "back"


class Naming:
    """The names of one form, and which of them were said to be new."""

    def __init__(self, items: Sequence[FormField]) -> None:
        self._fields = {item.name: item.field for item in items}
        self._new: dict[str, set[str]] = defaultdict(set)  # by entity

    def marked(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return the values with the names marked that were said to be new."""
        fields = self._fields
        return {name: mark(fields[name], value, self._new[fields[name].ref]) for name, value in values.items()}

    def ask(self, screen: "FormScreen", values: dict[str, Any]) -> bool:
        """Ask about the first name that nobody has, and save on once it is answered; tell whether there is one."""
        from zjtui.usecases import names

        unknown = next(names.unknown(screen.session.reader(), self._fields, values), None)
        if unknown is None:
            return False
        value = values[unknown.name]

        def answered(text: str | None) -> None:
            row = screen.form.row(unknown.name)
            if text is None:
                self._new[unknown.field.ref].add(unknown.text)
            elif row:
                items = value if isinstance(value, list) else [value]
                row.put("、".join(text if item == unknown.text else item for item in items))
                screen.typed = screen.form.typed()
            screen.run_worker(screen.action_save())

        _ask(screen, unknown, answered)
        return True


def _ask(screen: "FormScreen", unknown: "Unknown", answered: Callable[[str | None], None]) -> None:
    """Ask who is meant: `answered` gets the text that names who was chosen, None for a new one; going back, nothing."""
    from zjtui.ui.dialogs.confirm import Question
    from zjtui.usecases.names import SHOWN, near

    reader, field = screen.session.reader(), unknown.field
    found = near(reader, field.ref, unknown.text, SHOWN + 1)
    alike = found[:SHOWN]
    answers: list[tuple[str, str | Msg]] = [(each.uid, _named(each)) for each in alike]
    if not field.known:
        answers.append((_NEW, Msg(_ADD[field.ref], name=unknown.text)))
    # With nobody to choose from, going back is the safe answer.
    answers.insert(len(answers) if alike else 0, (_BACK, N_("Go back and type another")))
    told = _(N_("{label}: “{name}” is not in the register")).format(label=label(field), name=unknown.text)
    if len(found) > SHOWN:
        told += "\n" + _(N_("More are like it than are shown: go back and type more of the name."))
    if field.known:
        told += "\n" + _(N_("Only somebody who is there already can be named here; Ctrl+N in the field adds one."))

    def chosen(answer: str | None) -> None:
        if answer == _NEW:
            answered(None)
        elif answer in (None, _BACK):
            screen.form.enter(unknown.name)
        else:
            name = next(each.name for each in alike if each.uid == answer)
            answered(name if len(find.exact(reader, field.ref, name)) == 1 else answer)

    screen.app.push_screen(Question(N_("Who is meant?"), told, answers, typing=True), chosen)


def _named(each: "Near") -> Msg:
    return Msg("{name} ({initials})", name=each.name, initials=each.initials)
