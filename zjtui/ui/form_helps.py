"""What fills fields of a form by one key: as they were last time, with files."""

from typing import TYPE_CHECKING

from zjtui.i18n import N_, _
from zjtui.ui import file_asking
from zjtui.ui.forms import FILES

if TYPE_CHECKING:
    from zjtui.ui.screens.form import FormScreen


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
