"""What helps with the fields of a form: how each is typed, and keys that fill it as last time or with files."""

from typing import TYPE_CHECKING

from zjtui.domain.fields import Kind
from zjtui.i18n import N_, _
from zjtui.ui import file_asking
from zjtui.ui.forms import FILES

if TYPE_CHECKING:
    from zjtui.ui.screens.form import FormScreen

HINTS = {
    Kind.DATE: N_("A date: 20, 9-20, 昨天, 上周五, +3, 两周后, 10月底"),
    Kind.PARTIAL: N_("A year, month or day: 2025, 2023-9, 2023-9-20, 年底"),
    Kind.MONTH: N_("A month: 9 or 2023-09"),
    Kind.MONEY: N_("An amount: 1.2亿, 3500万; a bare number counts in the unit shown"),
    Kind.AREA: N_("An area: 30 (mu), 2公顷, 20000平方米"),
    Kind.CODE: N_("↑↓ choose, or type part of it or its pinyin initials; ⏎ takes it"),
    Kind.CODES: N_("Several: ⏎ takes one, 、 and the next"),
    Kind.REF: N_("↑↓ choose, or type part of the name or its pinyin initials; a new name is asked about"),
    Kind.REFS: N_("Several: ⏎ takes one, 、 and the next"),
    Kind.LONG: N_("Several lines; Tab goes on"),
    Kind.LIST: N_("Several, with 、 between them"),
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
