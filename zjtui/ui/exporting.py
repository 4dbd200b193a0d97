"""Writing a list to a file: which file, how far it is, and where it went."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from zjtui.domain import registry
from zjtui.errors import Refused
from zjtui.i18n import N_, _
from zjtui.ui import file_asking
from zjtui.ui.dialogs.working import Working

if TYPE_CHECKING:
    from zjtui.ui.app import ZjtuiApp

Uids = Callable[[Any], Sequence[str]]  # of a connection; called beside the screen, for the list may be long


def ask(app: "ZjtuiApp", entity: str, uids: Uids, columns: Sequence[str] = (), name: str = "") -> None:
    """Ask for a file's name and write the records to it; a name that is taken is asked for again."""
    screen: Any = app.screen

    def answered(typed: str) -> None:
        work = partial(_written, app, entity, uids, columns, typed)
        app.push_screen(Working(N_("Writing the list"), work), partial(done, typed))

    def done(typed: str, found: Any) -> None:
        if not isinstance(found, Exception):
            path, count = found
            file_asking.written(app, path, _(N_("{count} rows written: {path}")).format(count=f"{count:,}", path=path))
            return
        screen.complain(found)
        if isinstance(found, Refused) and found.rule in file_asking.AGAIN:
            ask(app, entity, uids, columns, typed)

    suggested = name or f"{_(registry.model(entity).noun)}-{app.session.today}.xlsx"
    endings = (".xlsx", ".csv", ".json", ".md")
    title = N_("Write the list to which file? .xlsx .csv .json .md")
    file_asking.ask(app, title, answered, purpose="write", text=suggested, endings=endings)


def _written(
    app: "ZjtuiApp", entity: str, uids: Uids, columns: Sequence[str], typed: str, progress: Any, cancelled: Any
) -> tuple[Any, int]:
    from zjtui.sheets.export import Watch, export, exported
    from zjtui.usecases.attachment import path_typed

    found = uids(app.session.reader())
    if not found:
        raise Refused(N_("The list is empty: there is nothing to write"))
    watch = Watch(progress, cancelled)
    shown = exported(entity, columns, only=True) if columns else ()
    return export(app.session, entity, found, path_typed(typed), shown, watch=watch), len(found)
