"""What helps with the fields of a form: how each is typed, and keys that fill it as last time or with files."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from zjtui.domain.fields import F, Kind
from zjtui.domain.parse import being_typed
from zjtui.domain.understood import day_meant
from zjtui.i18n import N_, _
from zjtui.store.read import find
from zjtui.ui import file_asking
from zjtui.ui.forms import FILES
from zjtui.ui.widgets.form_row import SEVERAL, FormField, FormRow

if TYPE_CHECKING:
    from zjtui.ui.screens.form import FormScreen
    from zjtui.ui.widgets.form import Form

HINTS = {
    Kind.DATE: N_("A date: 20, 9-20, 30 Nov, yesterday, last Fri, +3, in 2 weeks, end of Oct"),
    Kind.PARTIAL: N_("A year, month or day: 2025, 2023-9, 30 Nov 2023, end of year"),
    Kind.MONTH: N_("A month: 9 or 2023-09"),
    Kind.MONEY: N_("An amount: 1.2bn, 35m; a bare number counts in the unit shown"),
    Kind.AREA: N_("An area: 30 (mu), 2 ha, 20000 m2"),
    Kind.CODE: N_("↑↓ choose, or type part of it or its pinyin initials; ⏎ takes it"),
    Kind.CODES: N_("Several: ⏎ takes one, then a comma and the next"),
    Kind.REF: N_("↑↓ choose, or type part of the name or its pinyin initials; a new name is asked about"),
    Kind.REFS: N_("Several: ⏎ takes one, then a comma and the next"),
    Kind.LONG: N_("Several lines; Tab goes on"),
    Kind.LIST: N_("Several, with commas between them"),
}


def same(screen: "FormScreen") -> None:
    """Fill the empty or untouched fields as they were last time."""
    found = screen.spec.same() if screen.spec.same else {}
    if not found:
        screen.status(_(N_("There is no last time to take from")), "$text-warning")
        return
    for row in screen.form.rows():
        if found.get(row.item.name) and not screen.touched(row.item.name):
            row.put(found[row.item.name])
    screen.status(_(N_("Filled as last time")), "bold")


def as_meant(items: "Sequence[FormField]", typed: "Mapping[str, str]", today: "date") -> dict[str, str]:
    """Return what is typed, to be read on another day: 昨天 is kept as the day that was meant."""
    meant = {item.name: day_meant(item.field, typed[item.name], today) for item in items if typed.get(item.name)}
    return {**typed, **meant}


def turn_day(form: "Form", today: date) -> None:
    """Read days from a new today on; what was typed means the day that it meant."""
    for row in form.rows():
        meant = day_meant(row.item.field, row.text, form.today)
        if meant != row.text:
            row.put(meant)
    form.today = today


def hint(screen: "FormScreen", field: F) -> str:
    """Return how a field is typed, or what to do first."""
    return _nobody(screen, field) or _(field.hint or HINTS.get(field.kind, ""))


def _nobody(screen: "FormScreen", field: F) -> str:
    """Return what to do where a person or unit is asked for and there is none yet, "" where there is one."""
    if field.ref == "person" and not find.choices(screen.session.reader(), "person", limit=1):
        return _(N_("Nobody is in the register yet: Ctrl+N adds yourself, and comes back here"))
    if field.ref == "org" and not find.choices(screen.session.reader(), "org", limit=1):
        return _(N_("No unit is in the register yet: Ctrl+N adds one, and comes back here"))
    return ""


def add_missing(screen: "FormScreen") -> None:
    """Add the person or unit that the field under the cursor asks for; saved, it stands in the field."""
    from zjtui.ui import entry

    row = screen.focused.parent if screen.focused else None
    entity = row.item.field.ref if isinstance(row, FormRow) else ""
    if not isinstance(row, FormRow) or entity not in ("person", "org"):
        screen.status(_(N_("Only where a person or unit is asked for: go to such a field first")), "$text-warning")
        return
    before, typed = being_typed(row.text) if row.item.field.kind in SEVERAL else ([], row.text.strip())

    def added(outcome: Any) -> None:
        if outcome:
            name = find.names(screen.session.reader(), entity, {outcome.uid})[outcome.uid]
            row.put("、".join([*before, name]))
            screen.form.enter(row.item.name)

    given = {"name": typed} if typed else {}
    screen.zj.open_form(lambda: entry.add_spec(screen.zj, entity, None, given), added)


def attach(screen: "FormScreen") -> None:
    """Choose photos or files that go with what is being entered."""
    row = screen.form.row(FILES.name)
    if row is None:
        screen.status(_(N_("Save this first: files are attached to what is saved")), "$text-warning")
        return

    def chosen(paths: str) -> None:
        screen.form.sections.reveal(row)
        row.put("\n".join([row.text, paths]).strip())

    file_asking.ask(screen.zj, N_("Which photos or files? Insert marks several"), chosen, purpose="several")
